"""Makes the n-gram model of ``ngrams`` from texts of known languages."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from aligner.detect.ngrams import ORDER, STEP, NgramModel, framed, hashes, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

_DAMPING = 0.7  # a list of menu words says one word a thousand times: counts are raised to this
_DISCOUNT = 0.5  # of absolute discounting, interpolated (Ney, Essen and Kneser 1994)
_BACK_OFF = 0.4  # what a step to the shorter n-gram costs (Brants and others 2007)
_UNSEEN_LETTER = 1e-4
_WORD_END = 0.15


class _Level(NamedTuple):
    """The n-grams of one order: hashes, damped counts, probabilities, those one letter shorter."""

    grams: NDArray[np.uint32]
    counts: NDArray[np.float64]
    chances: NDArray[np.float64]
    shorter: NDArray[np.float64]


def train(
    vocabularies: Mapping[str, Mapping[str, int]], *, keep: Mapping[str, int] | int = 12000
) -> NgramModel:
    """Per tag the words with their counts in; a model with the ``keep`` best n-grams each out."""
    tags = tuple(vocabularies)
    parts: list[tuple[NDArray[np.uint32], NDArray[np.float64], int]] = []
    for column, tag in enumerate(tags):
        wanted = keep if isinstance(keep, int) else keep[tag]
        grams, weights = _entries(_levels(vocabularies[tag]), wanted)
        parts.append((grams, weights, column))
    grams = np.concatenate([part[0] for part in parts])
    weights = np.concatenate([part[1] for part in parts])
    columns = np.concatenate([np.full(len(part[0]), part[2], np.uint8) for part in parts])
    known, row = np.unique(grams, return_inverse=True)
    table = np.zeros((len(known), len(tags)), dtype=np.int8)
    table[row, columns] = np.clip(np.round(weights / STEP), -120, 120).astype(np.int8)
    bare = NgramModel(tags, known, table, np.zeros(len(tags)))
    norms = [_norm(bare, column, vocabularies[tag]) for column, tag in enumerate(tags)]
    return replace(bare, norms=np.array(norms))


def _norm(model: NgramModel, column: int, counted: Mapping[str, int]) -> float:
    """What a letter brings in the language's own words; every third frequent one will do."""
    frequent = sorted(counted, key=lambda word: (-counted[word], word))[:3000:3]
    damped = np.array([counted[word] for word in frequent], dtype=np.float64) ** _DAMPING
    size = np.array([len(word) + 1 for word in frequent])
    found = model.word_scores(frequent)[:, column]
    return float((damped * found).sum() / (damped * size).sum())


def vocabulary(lines: Iterable[str]) -> Counter[str]:
    """The words of texts with their counts."""
    counted: Counter[str] = Counter()
    for line in lines:
        counted.update(words(line))
    return counted


def _levels(counted: Mapping[str, int]) -> list[_Level]:
    ordered = sorted(counted)
    points, _ = framed(ordered)
    damped = np.array([counted[word] for word in ordered], dtype=np.float64) ** _DAMPING
    mass = np.repeat(damped, [len(word) + 2 for word in ordered])
    levels: list[_Level] = []
    shorter_hash = np.zeros(len(points), np.uint32)
    for order in range(1, ORDER + 1):
        gram, at = hashes(points, order)
        grams, one, group = np.unique(gram, return_index=True, return_inverse=True)
        counts = np.bincount(group, mass[at]).astype(np.float64)
        start = at[one]
        if order == 1:
            context, shorter = np.zeros(len(grams), np.int64), np.full(len(grams), _UNSEEN_LETTER)
        else:
            _, context = np.unique(shorter_hash[start], return_inverse=True)
            shorter = _found(levels[-1], shorter_hash[start + 1])
            if order == 2:
                shorter = np.where(points[start + 1] == ord("_"), _WORD_END, shorter)
        levels.append(_level(grams, counts, context, shorter))
        shorter_hash = np.zeros(len(points), np.uint32)
        shorter_hash[at] = gram
    return levels


def _level(
    grams: NDArray[np.uint32],
    counts: NDArray[np.float64],
    context: NDArray[np.int64],
    shorter: NDArray[np.float64],
) -> _Level:
    total = np.bincount(context, counts)[context]
    kinds = np.bincount(context)[context]
    left = np.minimum(0.99, _DISCOUNT * kinds / total)
    chances = np.maximum(counts - _DISCOUNT, 0.0) / total + left * shorter
    return _Level(grams, counts, chances, shorter)


def _found(level: _Level, asked: NDArray[np.uint32]) -> NDArray[np.float64]:
    place = np.minimum(np.searchsorted(level.grams, asked), len(level.grams) - 1)
    return np.where(level.grams[place] == asked, level.chances[place], _UNSEEN_LETTER)


def _entries(levels: list[_Level], keep: int) -> tuple[NDArray[np.uint32], NDArray[np.float64]]:
    weights, worth = [], []
    for order, level in enumerate(levels, 1):
        step = np.log(_BACK_OFF) if order > 1 else 0.0
        gained = np.log(level.chances) - np.log(level.shorter) - step
        weights.append(gained)
        worth.append(level.counts * np.abs(gained) if order > 1 else np.full(len(gained), np.inf))
    grams = np.concatenate([level.grams for level in levels])
    best = np.argsort(-np.concatenate(worth), kind="stable")[:keep]
    return grams[best], np.concatenate(weights)[best]
