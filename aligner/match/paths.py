"""The path of highest evidence through two rows of columns.

A cheapest-path search over the shapes of Gale and Church (1993), on paragraphs. Nothing is charged
for what has no counterpart, so that ends and insertions of any length stay out. Long rows are
searched in windows along a guide: the rounds of an interleaved document, or the path through the
same rows in larger parts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from aligner.match.evidence import Column, Weights, pooled, weighed
from aligner.match.grid import Grid

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHAPES = ((1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1))
PRIOR = {(1, 1): -0.3, (1, 2): -1.5, (2, 1): -1.5, (2, 2): -3.0, (1, 3): -2.5, (3, 1): -2.5}
NEXT = 1.0
"""The gain of a column that follows the last one directly, or starts both rows."""

AT_ONCE = 90_000
"""So many pairs are searched at once; more are searched in windows of"""
WINDOW, KEPT, MARGIN = 150, 100, 30
"""so many columns, of which the first ones' steps count, and so many more of the other row."""
PARTS = 200
"""The number of parts a long row is cut into to find the guide."""

Step = tuple[int, int, int, int, float]
"""A matched range of either row and its evidence: start, end, start, end, log odds."""


@dataclass(frozen=True, slots=True)
class Path:
    """Steps in order, and their evidence all together."""

    steps: tuple[Step, ...]
    score: float = 0.0


def search(left: Sequence[Column], right: Sequence[Column], weights: Weights) -> Path:
    """The path of highest evidence through two rows."""
    if len(left) * len(right) <= AT_ONCE:
        return _whole(left, right, weights)
    guide = _guide(left, right, weights)
    found: list[Step] = []
    i = j = 0
    while i < len(left) and j < len(right):
        stop = i + WINDOW
        last = stop >= len(left)
        end = len(right) if last else max(guide[stop], j) + MARGIN
        path = _whole(left[i:stop], right[j:end], weights)
        steps = [(i + a, i + b, j + c, j + d, s) for a, b, c, d, s in path.steps]
        steps = [step for step in steps if last or step[1] <= i + KEPT]
        found += steps
        if last:
            break
        i, j = (steps[-1][1], steps[-1][3]) if steps else (i + KEPT, j)
    follow = sum(one[1] == two[0] and one[3] == two[2] for one, two in pairwise(found))
    return Path(tuple(found), sum(step[4] for step in found) + NEXT * follow)


def _guide(left: Sequence[Column], right: Sequence[Column], weights: Weights) -> list[int]:
    """For every column of the left row a place in the right that its versions come before."""
    if all(column.cycle is not None for column in (*left, *right)):
        rounds = [column.cycle or 0 for column in right]
        return [bisect_left(rounds, column.cycle or 0) for column in left]
    ours, theirs = _parts(left), _parts(right)
    rough = [
        [weighed(_one(row[a:b]), weights) for a, b in pairwise(cuts)]
        for row, cuts in ((left, ours), (right, theirs))
    ]
    steps = _whole(rough[0], rough[1], weights).steps
    starts = [ours[step[0]] for step in steps]
    ends = [*(theirs[step[3]] for step in steps), len(right)]
    return [ends[bisect_left(starts, number)] for number in range(len(left))]


def _parts(row: Sequence[Column]) -> list[int]:
    """The borders of some 200 parts of a row."""
    step = -(-len(row) // PARTS)
    return [*range(0, len(row), step), len(row)]


def _one(group: Sequence[Column]) -> Column:
    """Neighbouring columns as one, without what only single ones can tell."""
    found = pooled(group)
    return replace(
        group[0],
        size=sum(column.size for column in group),
        features=found,
        count=tuple(float(len(kind)) for kind in found),
        kind="paragraph",
        level=None,
        hint=None,
        listed=False,
        cycle=None,
        runs={},
    )


def _whole(left: Sequence[Column], right: Sequence[Column], weights: Weights) -> Path:
    """The path through all pairs (states: just matched, or in a gap)."""
    import numpy as np

    if not left or not right:
        return Path(())
    grid = Grid(left, right, weights)
    fitting = [(a, b) for a, b in SHAPES if a <= len(left) and b <= len(right)]
    odds = {(a, b): grid.gains(a, b) + PRIOR[a, b] for a, b in fitting}

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
            gain = odds[a, b][i - a]
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
