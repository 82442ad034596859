"""Rows of pieces in several languages in, columns out: pieces that are versions of one another.

A cheapest-path search over two rows at a time (the shapes of Gale and Church 1993, on paragraphs);
each further language joins the columns found so far, as in progressive multiple alignment. Nothing
is charged for what has no counterpart, so that ends and insertions of any length stay out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from aligner.match.evidence import Column, Kinds, Row, Weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHAPES = ((1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1))
PRIOR = {(1, 1): -0.3, (1, 2): -1.5, (2, 1): -1.5, (2, 2): -3.0, (1, 3): -2.5, (3, 1): -2.5}
NEXT = 1.0
"""The gain of a column that follows the last one directly, or starts both rows."""

LEAST, LEAST_KNOWN = 0.5, 1.5
"""Evidence per piece of the shorter row below which two rows are strangers, without and with a
lexicon. Measured: two unrelated texts reach 0.2 (one in ten 0.6) and 0.5 (one in ten 1.2),
versions 0.6 and more, and 3.4 and more."""


@dataclass(frozen=True, slots=True)
class Path:
    """Matched ranges of two rows, (start, end, start, end, score) each, in order."""

    steps: tuple[tuple[int, int, int, int, float], ...]
    score: float = 0.0


def join(left: Sequence[Column], right: Sequence[Column], weights: Weights) -> list[Column]:
    """Columns of both, matched where the evidence is for it, in an order that keeps both rows."""
    if not left or not right:
        return [*left, *right]
    path = search(Row(left, right, weights), Row(right, left, weights))
    known = all(any(column.count[1] for column in row) for row in (left, right))
    if path.score < (LEAST_KNOWN if known else LEAST) * min(len(left), len(right)):
        return _loose(left, right)
    joined: list[Column] = []
    i = j = 0
    for start_i, end_i, start_j, end_j, score in path.steps:
        joined += _loose(left[i:start_i], right[j:start_j])
        joined.append(_merged(left[start_i:end_i], right[start_j:end_j], score))
        i, j = end_i, end_j
    return joined + _loose(left[i:], right[j:])


def _loose(left: Sequence[Column], right: Sequence[Column]) -> list[Column]:
    """Unmatched columns of both in the order of their cycles, else left before right."""
    if any(column.cycle is None for column in (*left, *right)):
        return [*left, *right]
    return sorted((*left, *right), key=lambda column: column.cycle or 0)


def _merged(left: Sequence[Column], right: Sequence[Column], score: float) -> Column:
    first = left[0]
    members = [*left, *right]
    pieces: dict[str, tuple[int, ...]] = {}
    for column in members:
        for lang, numbers in column.pieces.items():
            pieces[lang] = (*pieces.get(lang, ()), *numbers)
    sizes = [sum(c.size for c in side) for side in (left, right)]
    weights = [max(len(c.pieces) for c in side) for side in (left, right)]
    counts = [
        tuple(sum(kind) for kind in zip(*(c.count for c in side), strict=True))
        for side in (left, right)
    ]
    return replace(
        first,
        pieces=pieces,
        size=sum(s * w for s, w in zip(sizes, weights, strict=True)) / sum(weights),
        count=tuple(
            sum(n * w for n, w in zip(pair, weights, strict=True)) / sum(weights)
            for pair in zip(*counts, strict=True)
        ),
        features=pooled(members),
        runs={lang: run for column in reversed(members) for lang, run in column.runs.items()},
        hint=next((column.hint for column in members if column.hint), None),
        score=sum(column.score for column in members) + score,
    )


def pooled(columns: Sequence[Column]) -> Kinds:
    """The features of all columns, by kind."""
    return tuple(
        frozenset().union(*kind) for kind in zip(*(c.features for c in columns), strict=True)
    )


def search(left: Row, right: Row) -> Path:
    """The path of highest evidence through two rows (states: just matched, or in a gap)."""
    import numpy as np

    n, m = len(left), len(right)
    came = np.zeros((n + 1, m + 1), np.int8)
    gap_came = np.zeros((n + 1, m + 1), np.int8)
    gains = np.zeros((n + 1, m + 1), np.float32)
    matched = [np.full(m + 1, -np.inf)]
    matched[0][0] = 0.0
    gaps = [np.maximum.accumulate(matched[0])]
    gap_came[0, 1:] = 1
    gap_came[0, 0] = 2
    for i in range(1, n + 1):
        best = np.full(m + 1, -np.inf)
        for number, (a, b) in enumerate(SHAPES):
            if a > i or b > m:
                continue
            gain = left.gains(right, i, a, b) + PRIOR[a, b]
            after_match, after_gap = matched[-a][:-b] + NEXT, gaps[-a][:-b]
            total = np.maximum(after_match, after_gap) + gain
            better = np.flatnonzero(total > best[b:])
            best[b:][better] = total[better]
            state = (after_match >= after_gap).astype(np.int8)
            came[i, b:][better] = 2 * number + state[better]
            gains[i, b:][better] = gain[better]
        up = np.maximum(gaps[-1], best)
        along = np.maximum.accumulate(up)
        gap_came[i] = np.where(along > up, 1, np.where(best >= gaps[-1], 2, 0))
        matched, gaps = [*matched[-3:], best], [*gaps[-3:], along]
    return _trace(came, gap_came, gains, float(gaps[-1][-1]))


def _trace(came: NDArray, gap_came: NDArray, gains: NDArray, score: float) -> Path:  # type: ignore[type-arg]
    i, j = came.shape[0] - 1, came.shape[1] - 1
    steps: list[tuple[int, int, int, int, float]] = []
    in_gap = True
    while i or j:
        if in_gap:
            step = gap_came[i, j]
            if step == 2:
                in_gap = False
            else:
                i, j = (i - 1, j) if step == 0 else (i, j - 1)
            continue
        number, after_match = divmod(int(came[i, j]), 2)
        a, b = SHAPES[number]
        steps.append((i - a, i, j - b, j, float(gains[i, j])))
        i, j, in_gap = i - a, j - b, not after_match
    return Path(tuple(reversed(steps)), score)
