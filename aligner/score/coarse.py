"""A rough path through two texts from their vectors, coarse to fine, without an N x N search.

Neighbouring vectors are summed up to at most ``COARSEST`` blocks a side; the blocks are compared
each with each, and the best rising chain of matches is the path. Then the blocks are cut smaller
and compared near the path only (after Salvador and Chan 2007, as Thompson and Koehn 2019 use it;
here by sums of centred unit vectors, with gaps free, so that missing chapters are stepped over).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from aligner.chain import best_chain
from aligner.compiled import Kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int32]

COARSEST = 400
"""Blocks a side of the first look."""

FINER = 4
"""How many blocks one is cut into for the next look."""

NEAR = 3.0
"""Blocks of the last look, to either side of the path, that a finer look compares."""


class Vectors(Protocol):
    """Centred unit vectors by stretches."""

    def __len__(self) -> int: ...

    def rows(self, start: int, stop: int) -> Floats:
        """Give the vectors of a stretch."""
        ...


def rough_path(a: Vectors, b: Vectors) -> tuple[Corridor, float]:
    """Find the way through two texts.

    Out: the first and last column of ``b`` to look at for every place in ``a`` (n + 1 of each), and
    the cosine that matching units typically have (0 if there is none).
    """
    n, m = len(a), len(b)
    points = np.array([(0.0, 0.0), (float(n), float(m))])
    if not n or not m:
        return (np.zeros(n + 1), np.full(n + 1, float(m))), 0.0
    size_a, size_b = _fine(n, m)
    levels = [(_sums(a, size_a), _sums(b, size_b), float(size_a), float(size_b))]
    while max(len(levels[-1][0]), len(levels[-1][1])) > 2 * COARSEST:
        left, right, step_a, step_b = levels[-1]
        levels.append((_grouped(left), _grouped(right), step_a * FINER, step_b * FINER))
    values = np.zeros(0, np.float32)
    slack = float(m + 1)
    for left, right, step_a, step_b in reversed(levels):
        places = (np.arange(len(left)) + 0.5) * step_a
        low, high = corridor(points, places, slack * FINER * step_a, slack * FINER * step_b)
        rows, cols, values = _chain(_unit(left), _unit(right), low / step_b, high / step_b)
        inside = np.stack([(rows + 0.5) * step_a, (cols + 0.5) * step_b], 1)
        points = np.concatenate([[(0.0, 0.0)], np.minimum(inside, (n, m)), [(n, m)]])
        slack = NEAR
    if size_a == size_b == 1 and len(values):
        typical = float(np.median(values))
    else:
        typical = _typical(a, b, points)
    places = np.arange(n + 1.0)
    return corridor(points, places, 2.0 * size_a, 2.0 * size_b), typical


Corridor = tuple["NDArray[np.float64]", "NDArray[np.float64]"]


def corridor(
    points: NDArray[np.float64], places: NDArray[Any], aside: float, more: float
) -> Corridor:
    """Give the columns between the points round each place, a margin to all sides."""
    before = np.searchsorted(points[:, 0], places - aside, side="right") - 1
    after = np.searchsorted(points[:, 0], places + aside, side="left")
    low = points[np.maximum(before, 0), 1] - more
    high = points[np.minimum(after, len(points) - 1), 1] + more
    return low, high


def _fine(n: int, m: int) -> tuple[int, int]:
    """Units per block of the finest look, about as many blocks on either side."""
    if max(n, m) <= COARSEST:
        return 1, 1
    small = 3
    large = min(round(small * max(n, m) / min(n, m)), 64)
    return (small, large) if n <= m else (large, small)


def _sums(vectors: Vectors, size: int) -> Floats:
    """Sum the vectors of every ``size`` units."""
    parts = []
    step = max(252 // size, 1) * size
    for start in range(0, len(vectors), step):
        part = vectors.rows(start, start + step)
        parts.append(part if size == 1 else _folded(part, size))
    return np.concatenate(parts)


def _grouped(sums: Floats) -> Floats:
    return _folded(sums, FINER)


def _folded(part: Floats, size: int) -> Floats:
    whole = len(part) // size * size
    sums = part[0:whole:size].copy()
    for k in range(1, size):
        sums += part[k:whole:size]
    if whole < len(part):
        sums = np.concatenate([sums, part[whole:].sum(axis=0, keepdims=True)])
    return sums


def _unit(sums: Floats) -> Floats:
    length = np.sqrt(np.einsum("ij,ij->i", sums, sums))
    return np.asarray(sums / np.maximum(length, 1e-6)[:, None], np.float32)


def _chain(
    left: Floats, right: Floats, low: NDArray[np.float64], high: NDArray[np.float64]
) -> tuple[Ints, Ints, Floats]:
    """Find the best rising chain of matches in a corridor: rows, columns, cosines."""
    lo = np.clip(np.floor(low), 0, len(right) - 1).astype(np.int32)
    hi = np.clip(np.ceil(high), 0, len(right) - 1).astype(np.int32)
    lo[0], hi[-1] = 0, len(right) - 1
    offsets = np.concatenate([[0], np.cumsum(hi - lo + 1)]).astype(np.int64)
    table = np.zeros(int(offsets[-1]), np.float32)
    rows = np.arange(len(left), dtype=np.int32)
    DOTS(float(len(table)) * left.shape[1], left, right, rows, lo, hi - lo + 1, table)
    # What strangers have is worth nothing, nor is a trace above it.
    neutral = float(np.median(table)) + 0.05
    rows, cols, _ = best_chain(lo, hi, table - np.float32(neutral))
    return rows, cols, table[offsets[rows] + cols - lo[rows]]


def _typical(a: Vectors, b: Vectors, points: NDArray[np.float64]) -> float:
    """The median over some units of the best cosine near the path."""
    best: list[float] = []
    for k in np.linspace(0, len(a) - 1, 8).astype(int).tolist():
        left = a.rows(max(0, k - 16), min(len(a), k + 16))
        middle = int(np.interp(k, points[:, 0], points[:, 1]))
        right = b.rows(max(0, middle - 48), min(len(b), middle + 48))
        if len(right):
            best += np.einsum("ik,jk->ij", left, right).max(axis=1).tolist()
    return float(np.median(best)) if best else 0.0


def _dots(left: Any, right: Any, rows: Any, first: Any, many: Any, out: Any) -> None:
    """Inner products of every row with ``many`` columns from ``first`` on, one after another.

    Not by a library of linear algebra: it would start threads for products as small as these.
    """
    at = 0
    for r in range(len(rows)):
        one = left[rows[r]]
        for c in range(first[r], first[r] + many[r]):
            other = right[c]
            total = one[0] * other[0]
            for k in range(1, len(one)):
                total += one[k] * other[k]
            out[at] = total
            at += 1


def _dots_by_rows(left: Any, right: Any, rows: Any, first: Any, many: Any, out: Any) -> None:
    """The same without compiling, a row at a time."""
    at = 0
    for row, start, size in zip(rows.tolist(), first.tolist(), many.tolist(), strict=True):
        out[at : at + size] = np.einsum("jk,k->j", right[start : start + size], left[row])
        at += size


DOTS: Any = Kernel(_dots, plain=_dots_by_rows, loose=True)
