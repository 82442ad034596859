"""Passages that moved: found apart from the alignment, whose order cannot hold them.

A moved paragraph comes out of the search as a run of omissions here and a run of additions there.
Local alignment (Smith and Waterman 1981) over what the words of their units say finds such runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

APART = 1.0
"""What a unit without its own counterpart costs inside a passage that moved."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Rows and columns of the table that say the same, and how surely."""

    a: range
    b: range
    gain: float


def passages(
    gains: NDArray[np.float64],
    runs_a: Sequence[range],
    runs_b: Sequence[range],
    *,
    least: float,
    units: int = 2,
) -> list[Passage]:
    """Find the passages of one side that stand elsewhere on the other, in the order of A.

    ``gains`` (n, m) says how much more alike two units are than strangers (negative for
    strangers), ``runs_a`` and ``runs_b`` which rows and columns stand together. A passage gains
    ``least`` or more, has ``units`` units or more on a side, and no unit is in two.
    """
    left = np.array(gains, np.float64)
    found: list[Passage] = []
    waiting = [p for a in runs_a for b in runs_b for p in _best(left, a, b, least)]
    while waiting:
        waiting.sort(key=lambda p: (-p.gain, p.a.start, p.b.start))
        chosen = waiting.pop(0)
        if max(len(chosen.a), len(chosen.b)) >= units:
            found.append(chosen)
        left[chosen.a.start : chosen.a.stop, :] = -np.inf
        left[:, chosen.b.start : chosen.b.stop] = -np.inf
        again = [(a, b) for a in runs_a for b in runs_b if _meet(a, chosen.a) or _meet(b, chosen.b)]
        stale = {(a.start, b.start) for a, b in again}
        waiting = [p for p in waiting if (_home(p.a, runs_a), _home(p.b, runs_b)) not in stale]
        waiting += [p for a, b in again for p in _best(left, a, b, least)]
    return sorted(found, key=lambda p: (p.a.start, p.b.start))


def _meet(one: range, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop


def _home(part: range, runs: Sequence[range]) -> int:
    return next(run.start for run in runs if run.start <= part.start < run.stop)


def _best(gains: NDArray[np.float64], a: range, b: range, least: float) -> Iterator[Passage]:
    """The best passage of two runs, if there is one."""
    table = gains[a.start : a.stop, b.start : b.stop]
    if float(table.clip(min=0.0).max(axis=1).sum()) < least:
        return
    high, end, start = 0.0, (0, 0), (0, 0)
    last: list[tuple[float, tuple[int, int]]] = [(0.0, (0, j)) for j in range(len(b) + 1)]
    for i, row in enumerate(table.tolist(), 1):
        line: list[tuple[float, tuple[int, int]]] = [(0.0, (i, 0))]
        for j, gain in enumerate(row, 1):
            steps = (
                (last[j - 1][0] + gain, last[j - 1][1]),
                (last[j][0] + min(gain, 0.0) - APART, last[j][1]),
                (line[j - 1][0] + min(gain, 0.0) - APART, line[j - 1][1]),
            )
            value, origin = max(steps, key=lambda step: step[0])
            if value <= 0.0:
                value, origin = 0.0, (i, j)
            elif value > high:
                high, end, start = value, (i, j), origin
            line.append((value, origin))
        last = line
    if high >= least:
        yield Passage(
            range(a.start + start[0], a.start + end[0]),
            range(b.start + start[1], b.start + end[1]),
            high,
        )
