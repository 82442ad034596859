"""A search that is told where to look: one pass round a given path, wider where it proves tight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from aligner.align import band as bands
from aligner.align.pairwise import Pairwise
from aligner.align.rounds import Tables
from aligner.align.search import best, posteriors
from aligner.align.shapes import DEFAULT, Shapes, chances, checked, logs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aligner.protocols import Band

SMALL = 250_000
"""Nodes that are all looked at without a guide."""

WIDTH = 4.0
"""Columns to either side of the guide, beyond its own uncertainty."""

CLOSE = 8.0
"""Columns to either side of the path found that count as its alternatives."""


def guided(
    scorer: Any,
    *,
    barriers: Sequence[tuple[int, int]] = (),
    shapes: Shapes = DEFAULT,
    keep: bool = False,
) -> Pairwise:
    """Align two versions with a scorer that has ``guide()`` and nothing to learn.

    ``scorer.guide()`` gives the first and last column to look at for every place of the first
    version, n + 1 of each. The chances of shapes are re-estimated once.
    """
    n, m = scorer.size
    shapes = checked(shapes)
    start = np.asarray(chances(shapes))
    low, high = scorer.guide()
    path = np.stack([np.arange(n + 1.0), (low + high) / 2], 1)
    width = (high - low) / 2 + (m + 1 if (n + 1) * (m + 1) <= SMALL else WIDTH)
    for _ in range(6):
        band = bands.around((n, m), shapes, path, width, list(barriers))
        scores = -scorer.costs(band)
        rows, cols, kinds = best(band, scores, logs(start))
        tight = (cols - band.lo[rows] < 3) & (band.lo[rows] > 0)
        tight |= (band.hi[rows] - cols < 3) & (band.hi[rows] < band.end[rows])
        if not tight.any() or float(width.min()) > m:
            break
        width = width * 2
    counts = np.bincount(kinds, minlength=len(shapes)).astype(np.float64)
    prior = logs((counts + 30 * start) / (counts.sum() + 30))
    path = np.array([*zip(band.rows[rows].tolist(), cols.tolist(), strict=True), (n, m)], float)
    near = bands.around((n, m), shapes, path, np.full(len(path), CLOSE), list(barriers))
    return _result(near, _part(scores, band, near), prior, keep=keep)


def _result(
    band: Band, scores: NDArray[np.float32], prior: NDArray[np.float64], *, keep: bool
) -> Pairwise:
    rows, cols, kinds = best(band, scores, prior)
    post = posteriors(band, scores, prior)
    cells = band.offsets[rows] + cols - band.lo[rows]
    beads = tuple(
        (range(i, i + a), range(j, j + b))
        for i, j, (a, b) in zip(
            band.rows[rows].tolist(), cols.tolist(), band.shapes[kinds].tolist(), strict=True
        )
    )
    sure = post[cells, kinds].astype(np.float64).tolist()
    tables = Tables(band, scores, scores, prior, post) if keep else None
    return Pairwise(beads, tuple(scores[cells, kinds].tolist()), tuple(sure), tables)


def _part(scores: NDArray[np.float32], wide: Band, near: Band) -> NDArray[np.float32]:
    """Give the scores of a band's cells out of those of another over the same rows."""
    row = np.repeat(np.arange(len(near.rows)), np.diff(near.offsets))
    column = np.arange(near.cells) - near.offsets[row] + near.lo[row]
    inside = (column >= wide.lo[row]) & (column <= wide.hi[row])
    cell = np.where(inside, wide.offsets[row] + column - wide.lo[row], 0)
    part = scores[cell]
    part[~inside] = -np.inf
    return part
