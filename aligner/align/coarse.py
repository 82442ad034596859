"""A rough path through two long texts, from places where they agree, coarse to fine.

The texts are cut into blocks, the weight of the agreeing places is summed up per pair of blocks,
and the best rising chain of blocks is the path; then the blocks are cut smaller and summed up near
the path only. A step aside has a small toll: a missing chapter is stepped over, because what
follows is worth it; in a text that repeats itself the path stays where it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from aligner.chain import best_chain

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int32]
    Points = tuple[Ints, Ints, Floats]

BLOCKS = 240
"""Blocks a side of the first look."""

FINER = 4
"""How many blocks one is cut into for the next look."""

FINEST = 12
"""Units of a block of the last look, about."""

NEAR = 4
"""Blocks to either side of the path that a finer look sees."""

CLEARLY = 1.6
"""How much better a chain must be than one through mirrored places to be believed."""

TOLL = 0.02
"""What a step aside of one unit costs, in words that stand once on either side: a gap of 50 units
must be followed by one such word."""


@dataclass(frozen=True, slots=True)
class Rough:
    """A path from corner to corner, (k, 2), and how far off it may be at each point, in columns.

    Behind row ``known`` nothing agrees any more: the path is only drawn out.
    """

    path: Floats = field(repr=False)
    reach: Floats = field(repr=False)
    known: int


def rough_path(size: tuple[int, int], points: Points, *, pace: float | None = None) -> Rough | None:
    """Sizes of two texts and their points (rows, columns, weights) in, the path out.

    With ``pace`` (columns a row) the path begins at that pace and may end anywhere in the last
    row; without it ends in the corner. None if the points show no path.
    """
    n, m = size
    rows, cols, weights = points
    if min(n, m) == 0 or len(rows) < 8:
        return None
    speed = pace or m / n
    corner = (float(n), float(m)) if pace is None else (float(n), n * speed)
    path = np.array([(0.0, 0.0), corner])
    reach = np.full(2, float(max(m, n * speed)))
    step = float(max(1, n // BLOCKS))
    first = True
    while True:
        steps = (step, max(step * speed, 1.0))
        given = (path, reach, pace is not None)
        found, value = _look(size, (rows, cols, weights), given, steps)
        if first:
            mirrored = (rows, (m - 1 - cols).astype(np.int32), weights)
            if value < CLEARLY * max(_look(size, mirrored, given, steps)[1], 0.0) or not len(found):
                return None
            first = False
        if len(found):
            known = min(int((found[-1, 0] + 1) * step), n)
            path, reach = _through(found, steps, size, pace)
        if step <= FINEST:
            return Rough(path, reach, known)
        step /= FINER


def _look(
    size: tuple[int, int],
    points: Points,
    given: tuple[Floats, Floats, bool],
    steps: tuple[float, float],
) -> tuple[Ints, float]:
    """The best chain of blocks near a path, (k, 2), and its value."""
    path, reach, open_end = given
    tall, wide = int((size[0] - 1) // steps[0]) + 1, int((size[1] - 1) // steps[1]) + 1
    blocks = np.arange(tall)
    middle = np.interp((blocks + 0.5) * steps[0], path[:, 0], path[:, 1]) / steps[1]
    off = np.interp((blocks + 0.5) * steps[0], path[:, 0], reach) / steps[1] + NEAR
    low = np.minimum.accumulate((middle - off)[::-1])[::-1]
    high = np.maximum.accumulate(middle + off)
    lo = np.clip(low, 0, wide - 1).astype(np.int32)
    hi = np.clip(high, 0, wide - 1).astype(np.int32)
    lo[0] = 0
    if not open_end:
        hi[-1] = wide - 1
    offsets = np.concatenate([[0], np.cumsum(hi - lo + 1)]).astype(np.int64)
    row = (points[0] / steps[0]).astype(np.int64)
    level = points[1] - (points[0] - (row + 0.5) * steps[0]) * (steps[1] / steps[0])
    col = np.floor(level / steps[1] - 0.5).astype(np.int64)
    table = np.zeros(int(offsets[-1]))
    for k in (col, col + 1):  # both, so that it does not matter where the borders of blocks lie
        seen = (k >= lo[row]) & (k <= hi[row])
        cell = offsets[row[seen]] + k[seen] - lo[row[seen]]
        table += np.bincount(cell, points[2][seen], minlength=len(table))
    # What a pair of blocks holds by chance is worth nothing, nor is a trace above it.
    neutral = float(table.mean()) + 0.05
    rows, cols, value = best_chain(
        lo, hi, (table - neutral).astype(np.float32), toll=TOLL * steps[0], open_end=open_end
    )
    return np.stack([rows, cols], 1), value


def _through(
    found: Ints, steps: tuple[float, float], size: tuple[int, int], pace: float | None
) -> tuple[Floats, Floats]:
    """The chain in units, and how far off it may be: more where it jumps."""
    inside = np.minimum((found + 0.5) * np.array(steps), np.array(size, float))
    speed = steps[1] / steps[0]
    last = inside[-1]
    end = float(size[1]) if pace is None else min(last[1] + (size[0] - last[0]) * pace, size[1])
    path = np.concatenate([[(0.0, 0.0)], inside, [(float(size[0]), end)]])
    jumps = np.diff(path, axis=0)
    off = np.abs(jumps[:, 1] - jumps[:, 0] * speed)
    reach = np.maximum(np.concatenate([[0.0], off]), np.concatenate([off, [0.0]]))
    return path, reach + 1.5 * steps[1]
