"""The whole training: parallel texts in, the facts and arrays of a model file out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from aligner.errors import InputError
from aligner.lexicon.concepts import Concepts, concepts
from aligner.lexicon.families import pooled
from aligner.lexicon.groups import Texts
from aligner.lexicon.keys import codes
from aligner.lexicon.kin import kin
from aligner.lexicon.learning import Features, Plan, Sheet, learn, pivot_sheet
from aligner.lexicon.rows import WEIGHT, Tongue

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST = 1 << 16
"""Concepts that a model can hold: their numbers are stored in two bytes."""

FAINT = 0.005
"""Chances below this are left out."""

LISTED = 10_000
"""Words of a language that a model lists by name; of the others it keeps a number."""


def build(
    texts: Mapping[str, Texts],
    *,
    pivot: str | None = None,
    plan: Plan | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """Train on texts (see ``groups.gather``) and give what ``store.save`` writes.

    ``pivot`` is the language whose words are the concepts: English if it is there, else the one
    with most texts. ``tell`` hears of each language as it is learned. Raises InputError if there
    are not two languages.
    """
    plan = plan or Plan()
    if len(texts) < 2:
        raise InputError(
            "the training texts are all in one language", do="Give groups of two languages or more"
        )
    if pivot is None:
        pivot = "en" if "en" in texts else max(sorted(texts), key=lambda lang: len(texts[lang]))
    meaning = concepts(texts[pivot].words, pivot)
    learned: dict[str, tuple[Features, Sheet]] = {}
    for lang in sorted(texts):
        tell(lang)
        learned[lang] = (
            pivot_sheet(texts[pivot], meaning, plan)
            if lang == pivot
            else learn(texts[lang], texts[pivot], meaning, plan)
        )
    for family, together in pooled(texts).items():
        tell(family)
        learned[family] = learn(together, texts[pivot], meaning, plan)
    used, names = _used(learned, meaning)
    tongues = {lang: _packed(*found, used) for lang, found in learned.items()}
    near = kin([tongues[lang] for lang in sorted(texts) if lang != pivot], len(names))
    arrays: dict[str, NDArray[Any]] = {}
    for lang, tongue in (*tongues.items(), ("kin", near)):
        for part in ("codes", "sizes", "concepts", "weights"):
            arrays[f"{lang}.{part}"] = getattr(tongue, part)
    for lang, of in texts.items():
        arrays[f"{lang}.words"] = _text(_common(of))
    arrays["words"] = _text(names)
    return {"langs": sorted(texts), "pivot": pivot, "concepts": len(names)}, arrays


def _used(
    learned: Mapping[str, tuple[Features, Sheet]], meaning: Concepts
) -> tuple[NDArray[np.int32], list[str]]:
    """New numbers for the concepts that rows of two languages name; -1 for the rest."""
    seen = np.zeros(len(meaning), np.int64)
    mass = np.zeros(len(meaning))
    for lang, (_, sheet) in learned.items():
        if lang != meaning.lang:
            seen[np.unique(sheet.concepts)] += 1
            mass += np.bincount(sheet.concepts, sheet.values, len(meaning))
    order = np.lexsort((np.arange(len(meaning)), -mass))
    order = order[seen[order] > 0][:MOST]
    used = np.full(len(meaning), -1, np.int32)
    used[order] = np.arange(len(order))
    return used, [meaning.words[n] for n in order]


def _packed(known: Features, sheet: Sheet, used: NDArray[np.int32]) -> Tongue:
    """The rows of one language, by feature code."""
    weight = np.rint(WEIGHT * np.sqrt(sheet.values)).astype(np.int64)
    fit = (used[sheet.concepts] >= 0) & (sheet.values >= FAINT)
    rows, concept, weight = sheet.features[fit], used[sheet.concepts[fit]], weight[fit]
    present = np.unique(rows)
    coded = np.array([*codes(known.names[n] for n in present)], np.uint32)
    order = np.argsort(coded, kind="stable")
    order = order[
        np.concatenate([[True], np.diff(coded[order].astype(np.int64)) > 0])[: len(order)]
    ]
    first = np.searchsorted(rows, present[order], "left")
    count = np.searchsorted(rows, present[order], "right") - first
    starts = np.concatenate([[0], np.cumsum(count)])
    place = np.arange(starts[-1]) - np.repeat(starts[:-1], count) + np.repeat(first, count)
    return Tongue(
        coded[order],
        count.astype(np.uint8),
        concept[place].astype(np.uint16),
        np.minimum(weight[place], 255).astype(np.uint8),
    )


def _common(texts: Texts) -> list[str]:
    """The commonest words of a language, the commonest first: for people to look at."""
    counts = np.bincount(texts.flat, minlength=len(texts.words))
    order = np.lexsort((np.arange(len(counts)), -counts))[:LISTED]
    return [texts.words[n] for n in order if not texts.words[n].isdigit()]


def _text(names: list[str]) -> NDArray[np.uint8]:
    """Words as compressed bytes: they are read only when a person asks for them."""
    import zlib

    return np.frombuffer(zlib.compress("\n".join(names).encode(), 9), np.uint8)
