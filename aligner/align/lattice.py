"""A lattice of joint cuts: nodes are one place per version, edges are beads over all versions.

What a bead is worth is the sum over pairs of versions of what its projection on the pair is worth,
so that every pair's evidence counts and none decides alone.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from aligner.compiled import Kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aligner.align.rounds import Tables

    Ints = NDArray[np.int32]
    Longs = NDArray[np.int64]
    Reals = NDArray[np.float64]
    Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pairs' tables in flat arrays: which two versions, where each row begins, all scores.

    ``rows[p, i]`` is the row of ``lo``, ``hi`` and ``cells`` for beads of pair ``p`` that begin
    before unit i; ``kind[p, n, m]`` the column of a shape, -1 if there is none; ``null[p]`` what a
    unit left alone costs (of the first version, of the second).
    """

    versions: NDArray[np.int32]
    rows: NDArray[np.int64]
    lo: NDArray[np.int32]
    hi: NDArray[np.int32]
    cells: NDArray[np.int64]
    width: NDArray[np.int32]
    kind: NDArray[np.int32]
    null: NDArray[np.float64]
    final: NDArray[np.float32]
    first: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Edges:
    """Beads between nodes, ordered by the node they leave: numbers of nodes, both scores."""

    source: NDArray[np.int32]
    target: NDArray[np.int32]
    final: NDArray[np.float64]
    first: NDArray[np.float64]


def flattened(
    sizes: Sequence[int], tables: Mapping[tuple[int, int], Tables], weight: float
) -> Pairs:
    """Lay the tables of all pairs end to end; ``weight`` is how much the shapes' chances count."""
    kinds = [_kinds(table) for table in tables.values()]
    most = max(len(kind) for kind in kinds)
    kind = np.full((len(kinds), most, most), -1, np.int32)
    rows = np.full((len(kinds), max(sizes) + 1), -1, np.int64)
    null = np.zeros((len(kinds), 2))
    lo, hi, cells, final, first = [], [], [], [], []
    row = cell = 0
    for p, table in enumerate(tables.values()):
        band = table.band
        kind[p, : len(kinds[p]), : len(kinds[p])] = kinds[p]
        rows[p, band.rows] = row + np.arange(len(band.rows))  # the last row of a unit wins
        null[p] = weight * table.prior[kinds[p][1, 0]], weight * table.prior[kinds[p][0, 1]]
        lo.append(band.lo)
        hi.append(band.hi)
        cells.append(band.offsets[:-1] * len(band.shapes) + cell)
        shift = (weight * table.prior).astype(np.float32)
        final.append((table.final + shift).ravel())
        first.append((table.first + shift).ravel())
        row += len(band.rows)
        cell += table.final.size
    widths = [len(table.band.shapes) for table in tables.values()]
    return Pairs(
        np.array(list(tables), np.int32), rows, np.concatenate(lo), np.concatenate(hi),
        np.concatenate(cells), np.array(widths, np.int32), kind, null,
        np.concatenate(final), np.concatenate(first),
    )  # fmt: skip


def _kinds(table: Tables) -> NDArray[np.int32]:
    shapes = table.band.shapes
    most = int(shapes.max()) + 1
    kinds = np.full((most, most), -1, np.int32)
    kinds[shapes[:, 0], shapes[:, 1]] = np.arange(len(shapes))
    return kinds


def edges(nodes: NDArray[np.int32], pairs: Pairs, walls: Sequence[Sequence[int | None]]) -> Edges:
    """Find every bead between nodes that all pairs and walls allow; nodes are sorted by sum."""
    most = (pairs.kind.shape[1] - 1) * nodes.shape[1]
    sums = nodes.sum(axis=1)
    ends = np.searchsorted(sums, sums + most, side="right")
    work = float((ends - np.arange(len(nodes))).sum()) * len(pairs.versions)
    shared = (
        nodes, ends, pairs.versions, pairs.rows, pairs.lo, pairs.hi, pairs.cells, pairs.width,
        pairs.kind, pairs.null, pairs.final, pairs.first, _below(nodes, walls),
    )  # fmt: skip
    empty = np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0), np.zeros(0)
    count = _EDGES(work, *shared, *empty)
    found = np.zeros(count, np.int32), np.zeros(count, np.int32), np.zeros(count), np.zeros(count)
    _EDGES(work, *shared, *found)
    return Edges(*found)


def _below(nodes: NDArray[np.int32], walls: Sequence[Sequence[int | None]]) -> NDArray[np.int32]:
    """Count the walls at or before every unit of every version."""
    counts = np.zeros((nodes.shape[1], int(nodes.max(initial=0)) + 2), np.int32)
    for wall in walls:
        for version, place in enumerate(wall):
            if place is not None:
                counts[version, place] += 1
    return np.cumsum(counts, axis=1, dtype=np.int32)


def best(count: int, lattice: Edges) -> list[int]:
    """Find the best path from the first to the last of ``count`` nodes: its edges in order."""
    back = np.full(count, -1, np.int64)
    _BEST(len(lattice.source), lattice.source, lattice.target, lattice.final,
          np.full(count, -np.inf), back)  # fmt: skip
    path: list[int] = []
    node = count - 1
    while node > 0:
        edge = int(back[node])
        path.append(edge)
        node = int(lattice.source[edge])
    return path[::-1]


def chances(
    count: int, lattice: Edges, scores: NDArray[np.float64], temperature: float
) -> NDArray[np.float64]:
    """Give the probability of every edge over all paths; ``temperature`` multiplies the scores."""
    out = np.zeros(len(lattice.source))
    _CHANCES(len(lattice.source) * 6, lattice.source, lattice.target, scores * temperature,
             np.full(count, -np.inf), np.full(count, -np.inf), out)  # fmt: skip
    return out


def _edges(  # noqa: C901, PLR0912 - one loop for numba
    nodes: Ints, ends: Longs, versions: Ints, rows: Longs, lo: Ints, hi: Ints, cells: Longs,
    width: Ints, kind: Ints, null: Reals, final: Floats, first: Floats, below: Ints,
    source: Ints, target: Ints, out_final: Reals, out_first: Reals,
) -> int:  # fmt: skip
    """Count the edges, and write them if there is room."""
    room = len(source)
    found = 0
    most = kind.shape[1] - 1
    many = nodes.shape[1]
    for u in range(len(nodes)):
        for v in range(u + 1, ends[u]):
            filled = 0
            total = 0
            for k in range(many):
                size = nodes[v, k] - nodes[u, k]
                if size < 0 or size > most:
                    filled = -1
                    break
                if size > 1 and below[k, nodes[v, k] - 1] > below[k, nodes[u, k]]:
                    filled = -1
                    break
                total += size
                if size > 0:
                    filled += 1
            if filled < 1 or (filled == 1 and total > 1):
                continue
            value = 0.0
            other = 0.0
            for p in range(len(versions)):
                a = versions[p, 0]
                b = versions[p, 1]
                n = nodes[v, a] - nodes[u, a]
                m = nodes[v, b] - nodes[u, b]
                if n == 0 or m == 0:
                    cost = n * null[p, 0] + m * null[p, 1]
                    value += cost
                    other += cost
                    continue
                s = kind[p, n, m]
                row = rows[p, nodes[u, a]]
                j = nodes[u, b]
                if s < 0 or row < 0 or j < lo[row] or j > hi[row]:
                    value = -np.inf
                    break
                cell = cells[row] + (j - lo[row]) * width[p] + s
                value += final[cell]
                other += first[cell]
                if value == -np.inf:
                    break
            if value == -np.inf:
                continue
            if found < room:
                source[found] = u
                target[found] = v
                out_final[found] = value
                out_first[found] = other
            found += 1
    return found


def _best(source: Ints, target: Ints, score: Reals, total: Reals, back: Longs) -> None:
    """Viterbi over edges ordered by source."""
    total[0] = 0.0
    for e in range(len(source)):
        value = total[source[e]] + score[e]
        if value > total[target[e]]:
            total[target[e]] = value
            back[target[e]] = e


def _chances(
    source: Ints, target: Ints, score: Reals, ahead: Reals, behind: Reals, out: Reals
) -> None:
    """Forward and backward sums in logs."""
    ahead[0] = 0.0
    for e in range(len(source)):
        value = ahead[source[e]] + score[e]
        old = ahead[target[e]]
        if value > -np.inf:
            top = max(old, value)
            ahead[target[e]] = top + math.log(math.exp(old - top) + math.exp(value - top))
    behind[len(behind) - 1] = 0.0
    whole = ahead[len(ahead) - 1]
    for e in range(len(source) - 1, -1, -1):
        value = behind[target[e]] + score[e]
        old = behind[source[e]]
        if value > -np.inf:
            top = max(old, value)
            behind[source[e]] = top + math.log(math.exp(old - top) + math.exp(value - top))
            chance = ahead[source[e]] + value - whole
            if chance > -60.0:
                out[e] = math.exp(min(chance, 0.0))


_EDGES: Any = Kernel(_edges)
_BEST: Any = Kernel(_best)
_CHANCES: Any = Kernel(_chances)
