"""Word knowledge from parallel texts: files in, a model file and what it is worth out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aligner.errors import InputError

if TYPE_CHECKING:
    from aligner.lexicon import Lexicon
    from aligner.lexicon.groups import Group

DOCUMENT = 30
"""Sentences of the documents made to measure alignment."""

DOCUMENTS = 10
"""Documents a language pair, at most."""


@dataclass(frozen=True, slots=True)
class Learned:
    """What a model is worth for one language, on groups that were kept aside.

    ``pairs`` texts had to find their counterpart in the pivot language: ``retrieval`` is the
    share that did. ``without`` and ``with_model`` are strict F1 on short made documents (a
    sentence in ten missing on either side, one in ten joined with its neighbour).
    """

    lang: str
    pairs: int
    retrieval: float
    without: float | None
    with_model: float | None


def train(
    files: Sequence[Path],
    output: Path,
    *,
    pivot: str | None = None,
    seed: int = 0,
    facts: dict[str, str] | None = None,
    force: bool = False,
    tell: Callable[[str], None] = lambda _: None,
) -> tuple[Learned, ...]:
    """Train a word model on parallel files and write it; the report on held-out groups out.

    A file is a table of groups (``.tsv``, ``.tsv.gz``: group, tag, text) or any corpus that
    ``load`` reads (TEI, TMX ...), each bead a group. ``facts`` (licence, credits) go into the
    model; ``seed`` chooses the groups kept aside. The same files and seed give the same bytes.
    Raises InputError for files without two languages, OutputError.
    """
    from aligner.lexicon import Lexicon, store
    from aligner.lexicon.building import build
    from aligner.lexicon.groups import gather
    from aligner.lexicon.parallel import put_aside

    held: list[Group] = []
    texts = gather(put_aside(_groups(files, tell), seed, held))
    found, arrays = build(texts, pivot=pivot, tell=tell)
    known = found | {"seed": seed, "files": [file.name for file in files]} | (facts or {})
    store.save(output, known, arrays, force=force)
    tell("measuring")
    return measure(Lexicon.open(output), held, found["pivot"])


def _groups(files: Sequence[Path], tell: Callable[[str], None]) -> Iterator[Group]:
    from aligner.lexicon.parallel import read_groups

    for file in files:
        tell(file.name)
        if not file.exists():
            raise InputError("there is no such file", where=str(file))
        if file.name.endswith((".tsv", ".tsv.gz")):
            yield from read_groups(file)
        else:
            yield from _beads(file)


def _beads(file: Path) -> Iterator[Group]:
    """The beads of a corpus file that were not rejected."""
    from aligner.formats import load

    for alignment in load(file).alignments:
        for bead in alignment:
            if bead.status != "rejected":
                yield tuple((side.lang, side.text) for side in bead.sides if side)


def measure(lexicon: Lexicon, held: Sequence[Group], pivot: str) -> tuple[Learned, ...]:
    """What a model is worth, language by language, on groups it has not seen."""
    return tuple(
        _measured(lexicon, lang, pivot, _couples(held, lang, pivot))
        for lang in lexicon.langs
        if lang != pivot
    )


def _couples(held: Sequence[Group], lang: str, pivot: str) -> list[tuple[str, str]]:
    """One text of each language per group, no text twice."""
    from aligner.lexicon.words import language

    found: dict[str, str] = {}
    seen: set[str] = set()
    for group in held:
        first = {language(tag): text for tag, text in reversed(group)}
        if lang in first and pivot in first and first[pivot] not in seen:
            seen.add(first[pivot])
            found.setdefault(first[lang], first[pivot])
    return list(found.items())


def _measured(lexicon: Lexicon, lang: str, pivot: str, couples: list[tuple[str, str]]) -> Learned:
    if not couples:
        return Learned(lang, 0, 0.0, None, None)
    import numpy as np

    ours = lexicon.encode([one for one, _ in couples], lang)
    theirs = lexicon.encode([other for _, other in couples], pivot)
    right = float((np.argmax(ours @ theirs.T, axis=1) == np.arange(len(couples))).mean())
    sentences = [couple for couple in couples if len(couple[1].split()) > 3]
    if len(sentences) < DOCUMENT:
        return Learned(lang, len(couples), right, None, None)
    without, with_model = (_aligned(sentences, (lang, pivot), prior) for prior in (None, lexicon))
    return Learned(lang, len(couples), right, without, with_model)


def _aligned(couples: Sequence[tuple[str, str]], langs: tuple[str, str], prior: Any) -> float:
    """Strict F1 over documents made of the couples."""
    from aligner.align import pairwise
    from aligner.evaluate import score_documents
    from aligner.score import evidence

    results = []
    for first in range(0, min(len(couples), DOCUMENTS * DOCUMENT), DOCUMENT):
        ours, theirs, gold = _document(couples[first : first + DOCUMENT])
        found = pairwise(evidence(ours, theirs, langs=langs, prior=prior))
        test = tuple((tuple(a), tuple(b)) for a, b in found.beads)
        results.append((test, gold))
    return score_documents(results).strict.f1


def _document(couples: Sequence[tuple[str, str]]) -> tuple[list[str], list[str], Any]:
    """Texts of both sides with sentences missing and joined at fixed places, and the true beads."""
    ours: list[str] = []
    theirs: list[str] = []
    gold: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
    for number, (one, other) in enumerate(couples):
        a, b = len(ours), len(theirs)
        place = number % 20
        if place == 13 and gold:  # joined with the one before
            ours[-1] = f"{ours[-1]} {one}"
            theirs.append(other)
            gold[-1] = (gold[-1][0], (*gold[-1][1], b))
            continue
        if place != 4:
            ours.append(one)
        if place != 9:
            theirs.append(other)
        gold.append(((a,) if place != 4 else (), (b,) if place != 9 else ()))
    return ours, theirs, tuple(gold)
