"""Which beads a search looks at: stretches between fixed points, and a band round a path."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from aligner.align.shapes import Shapes
from aligner.protocols import Band

if TYPE_CHECKING:
    from numpy.typing import NDArray

Node = tuple[int, int]

LIKELY = 1e-5
"""Beads less likely than this are not looked at again."""


def full(size: tuple[int, int], shapes: Shapes, nodes: Sequence[Node] = ()) -> Band:
    """Everything between the corners and the ``nodes`` that every path must pass."""
    path = np.array([(0, 0), (size[0], size[1])], np.float64)
    return around(size, shapes, path, np.full(2, float(size[1] + 1)), nodes)


def around(
    size: tuple[int, int],
    shapes: Shapes,
    path: NDArray[np.float64],
    width: NDArray[np.float64],
    nodes: Sequence[Node] = (),
) -> Band:
    """The band round a path.

    ``path`` is (k, 2), rising, from corner to corner; between its points it runs straight.
    ``width`` is how many columns to either side belong to the band, per point of the path.
    """
    units = np.arange(size[0] + 1)
    middle = np.interp(units, path[:, 0], path[:, 1])
    reach = np.interp(units, path[:, 0], width)
    low = np.minimum.accumulate((middle - reach)[::-1])[::-1]
    high = np.maximum.accumulate(middle + reach)
    return _between(size, shapes, low, high, nodes)


def _between(
    size: tuple[int, int], shapes: Shapes, low: Any, high: Any, nodes: Sequence[Node]
) -> Band:
    """The band between two rising limits, cut at the nodes."""
    corners = sorted({(0, 0), *nodes, (size[0], size[1])})
    parts = [_stretch(a, b, low, high) for a, b in pairwise(corners)]
    if not parts:  # nothing on either side
        parts = [_stretch((0, 0), (0, 0), low, high)]
    rows = np.concatenate([part[0] for part in parts])
    lo = np.concatenate([part[1] for part in parts])
    hi = np.concatenate([part[2] for part in parts])
    ends = np.cumsum([len(part[0]) for part in parts]) - 1
    counts = [len(part[0]) for part in parts]
    offsets = np.concatenate([[0], np.cumsum(hi - lo + 1)]).astype(np.int64)
    return Band(
        np.array(shapes, np.int32).reshape(-1, 2),
        rows.astype(np.int32),
        np.repeat(ends, counts).astype(np.int32),
        lo.astype(np.int32),
        hi.astype(np.int32),
        np.repeat([part[3] for part in parts], counts).astype(np.int32),
        offsets,
    )


def _stretch(a: Node, b: Node, low: Any, high: Any) -> tuple[Any, Any, Any, int]:
    """Rows and columns of the band between two nodes; both nodes are inside."""
    rows = np.arange(a[0], b[0] + 1)
    lo = np.clip(np.floor(low[rows]), a[1], b[1])
    hi = np.clip(np.ceil(high[rows]), a[1], b[1])
    lo[0], hi[-1] = a[1], b[1]
    hi[:-1] = np.maximum(hi[:-1], lo[1:])  # one row must reach the next, however steep the path
    return rows, np.minimum(lo, hi), np.maximum(lo, hi), b[1]


def focused(
    old: Band,
    chance: NDArray[np.float32],
    shapes: Shapes,
    nodes: Sequence[Node] = (),
    margin: int = 5,
) -> Band:
    """A band round every node that is at all likely, ``margin`` more to either side.

    ``chance`` is the probability of every bead of the old band, (cells, shapes). Where the search
    is sure the new band is narrow, where it is in doubt it stays wide.
    """
    units = int(old.rows[-1]) + 1
    likely = np.flatnonzero(chance.max(axis=1) > LIKELY)
    row = np.searchsorted(old.offsets, likely, side="right") - 1
    column = old.lo[row] + likely - old.offsets[row]
    last = int(old.end[-1])
    low, high = np.full(units, last), np.zeros(units, np.int64)
    np.minimum.at(low, old.rows[row], column)
    np.maximum.at(high, old.rows[row], column)
    low = np.minimum.accumulate(low[::-1])[::-1]
    high = np.maximum.accumulate(high)
    near = 3
    low = np.concatenate([np.repeat(low[:1], near), low])[:units]
    high = np.concatenate([high, np.repeat(high[-1:], near)])[near:]
    return _between((units - 1, last), shapes, low - margin, high + margin, nodes)


def touched(
    band: Band, rows: NDArray[np.int64], cols: NDArray[np.int32], near: int = 3
) -> NDArray[np.bool_]:
    """Which nodes of a path lie at an edge of the band that could be moved outward there."""
    opens = np.diff(band.last, prepend=-1) != 0
    first = band.lo[np.maximum.accumulate(np.where(opens, np.arange(len(band.last)), 0))]
    low = (cols - band.lo[rows] < near) & (band.lo[rows] > first[rows])
    high = (band.hi[rows] - cols < near) & (band.hi[rows] < band.end[rows])
    return np.asarray(low | high)
