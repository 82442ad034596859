"""A rough path through two long texts, from places where they agree, coarse to fine.

The texts are cut into blocks, the weight of the agreeing places is summed up per pair of blocks,
and the best rising chain of blocks is the path; then the blocks are cut smaller and summed up near
the path only. A gap costs nothing: a missing chapter is stepped over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aligner.align.kernels import CHAIN

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


def rough_path(size: tuple[int, int], points: Points) -> tuple[Floats, Floats] | None:
    """Sizes of two texts and their points (rows, columns, weights) in.

    Out: the path, (k, 2) from corner to corner, and how far off it may be at each of its points in
    columns; None if the points show no path.
    """
    n, m = size
    rows, cols, weights = points
    if min(n, m) == 0 or len(rows) < 8:
        return None
    path = np.array([(0.0, 0.0), (float(n), float(m))])
    reach = np.full(2, float(m))
    step = max(1, n // BLOCKS) / n
    first = True
    while True:
        steps = (max(step * n, 1.0), max(step * m, 1.0))
        found, value = _look(size, (rows, cols, weights), path, reach, steps)
        if first:
            mirrored = (rows, (m - 1 - cols).astype(np.int32), weights)
            if value < CLEARLY * _look(size, mirrored, path, reach, steps)[1]:
                return None
            first = False
        if len(found):
            path, reach = _through(found, steps, size)
        if steps[0] <= FINEST:
            return path, reach
        step /= FINER


def _look(
    size: tuple[int, int], points: Points, path: Floats, reach: Floats, steps: tuple[float, float]
) -> tuple[Ints, float]:
    """The best chain of blocks near a path, (k, 2), and its value."""
    tall, wide = int((size[0] - 1) // steps[0]) + 1, int((size[1] - 1) // steps[1]) + 1
    blocks = np.arange(tall)
    middle = np.interp((blocks + 0.5) * steps[0], path[:, 0], path[:, 1]) / steps[1]
    off = np.interp((blocks + 0.5) * steps[0], path[:, 0], reach) / steps[1] + NEAR
    low = np.minimum.accumulate((middle - off)[::-1])[::-1]
    high = np.maximum.accumulate(middle + off)
    lo = np.clip(low, 0, wide - 1).astype(np.int32)
    hi = np.clip(high, 0, wide - 1).astype(np.int32)
    offsets = np.concatenate([[0], np.cumsum(hi - lo + 1)]).astype(np.int64)
    row = (points[0] / steps[0]).astype(np.int64)
    col = (points[1] / steps[1]).astype(np.int64)
    seen = (col >= lo[row]) & (col <= hi[row])
    row, col = row[seen], col[seen]
    cell = offsets[row] + col - lo[row]
    table = np.bincount(cell, points[2][seen], minlength=int(offsets[-1]))
    neutral = float(points[2][seen].sum()) / max(len(table), 1) + 0.05
    total = np.zeros(len(table))
    back = np.zeros(len(table), np.int8)
    chain = np.zeros((tall + wide, 2), np.int32)
    ends = np.zeros(1)
    count = CHAIN(len(table) * 4.0, lo, hi, offsets, table, neutral, total, back, chain, ends)
    return chain[:count][::-1], float(ends[0])


def _through(
    found: Ints, steps: tuple[float, float], size: tuple[int, int]
) -> tuple[Floats, Floats]:
    """The chain in units, and how far off it may be: more where it jumps."""
    inside = (found + 0.5) * np.array(steps)
    inside = np.minimum(inside, np.array(size, float))
    path = np.concatenate([[(0.0, 0.0)], inside, [size]])
    jumps = np.diff(path, axis=0)
    off = np.abs(jumps[:, 1] - jumps[:, 0] * (size[1] / size[0]))
    reach = np.maximum(np.concatenate([[0.0], off]), np.concatenate([off, [0.0]]))
    return path, reach + 1.5 * steps[1]
