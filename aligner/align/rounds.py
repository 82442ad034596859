"""Score, learn, narrow the band, score again: one stretch of text that fits into memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from aligner.align import band as bands
from aligner.align.coarse import rough_path
from aligner.align.search import best, posteriors
from aligner.align.shapes import Shapes, chances, logs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aligner.protocols import Band

    Path = tuple[NDArray[np.float64], NDArray[np.float64]]

Node = tuple[int, int]

SMALL = 4_000
"""Nodes that are all looked at."""

UNEVEN = 200_000
"""The same for texts of which one is twenty times as long: no diagonal leads through them."""

NEAR = 12.0
"""Columns to either side of a rough path, beyond its own uncertainty."""

UNGUIDED = 60.0
"""Columns to either side of the diagonal of characters where there is no rough path."""

MARGINS = (4, 3)
"""Columns round the likely nodes that the second and the third look see."""

STEADY = 30.0
"""Beads of the usual shapes that count beside those of the text."""


@dataclass(frozen=True, slots=True)
class Tables:
    """What the search saw: evidence of every bead before and after learning (higher is better).

    float32 (cells, shapes); ``prior`` is the log chance per shape, not contained in the evidence;
    ``posterior`` the final probability of every bead.
    """

    band: Band
    first: NDArray[np.float32] = field(repr=False)
    final: NDArray[np.float32] = field(repr=False)
    prior: NDArray[np.float64] = field(repr=False)
    posterior: NDArray[np.float32] = field(repr=False)


def search(
    scorer: Any, nodes: Sequence[Node], shapes: Shapes, *, near: Path | None = None
) -> tuple[Tables, Any]:
    """Score, learn and narrow until done: the tables of the last look, and what has learned.

    ``near`` is a path to look along and how far to either side; without it one is looked for.
    """
    usual = chances(shapes)
    small = tuple(s for s in shapes if max(s) <= 2)
    band, scores, likely = _first_look(
        scorer, nodes, small, usual[[shapes.index(s) for s in small]], near
    )
    taught = scorer
    teach = min(scorer.size) > 0 and hasattr(scorer, "learned")
    prior = logs(usual)
    for margin in MARGINS if teach else MARGINS[:1]:
        if teach:
            taught = taught.learned(band, likely)
        band = bands.focused(band, likely, shapes, nodes, margin)
        scores = -taught.costs(band)
        likely = posteriors(band, scores, prior)
        prior = logs(_chance(likely, usual))
    first = -scorer.costs(band) if teach else scores
    if hasattr(taught, "crossed"):
        scores = -taught.crossed(-scores, band, likely)
        first = -scorer.crossed(-first, band, likely) if teach else scores
    return Tables(band, first, scores, prior, posteriors(band, scores, prior)), taught


def _first_look(
    scorer: Any,
    nodes: Sequence[Node],
    shapes: Shapes,
    usual: NDArray[np.float64],
    near: Path | None,
) -> tuple[Band, NDArray[np.float32], NDArray[np.float32]]:
    """The first band, widened until the best path is clear of its edges; scores; posteriors."""
    size = scorer.size
    usual = usual / usual.sum()
    path, width = near or path_of(scorer)
    while True:
        band = bands.around(size, shapes, path, width, nodes)
        scores = -scorer.costs(band)
        rows, cols, _ = best(band, scores, logs(usual))
        tight = bands.touched(band, rows, cols)
        if not tight.any() or float(width.max()) > size[1]:
            return band, scores, posteriors(band, scores, logs(usual))
        path, width = _widened(path, width, band.rows[rows[tight]], size)


def path_of(scorer: Any) -> Path:
    """A path from corner to corner to look along, and how far to either side."""
    n, m = scorer.size
    corners = np.array([(0, 0), (n, m)], np.float64)
    if all_seen((n, m)):
        return corners, np.full(2, m + 1.0)
    if hasattr(scorer, "guide"):
        low, high = scorer.guide()
        return np.stack([np.arange(n + 1.0), (low + high) / 2], 1), (high - low) / 2 + NEAR
    places = scorer.places() if hasattr(scorer, "places") else None
    found = rough_path((n, m), places.points(range(n), range(m))) if places else None
    if found is not None:
        return found.path, found.reach + NEAR
    if not hasattr(scorer, "characters"):
        return corners, np.full(2, UNGUIDED + abs(n - m))
    return by_characters(*scorer.characters)


def all_seen(size: tuple[int, int]) -> bool:
    """Whether two texts of so many units are compared each with each."""
    uneven = max(size) > 20 * min(size)
    return (size[0] + 1) * (size[1] + 1) <= (UNEVEN if uneven else SMALL)


def by_characters(a: NDArray[np.float64], b: NDArray[np.float64]) -> Path:
    """The diagonal of two texts of which nothing but the characters of every unit are known."""
    run_a, run_b = (np.concatenate([[0.0], np.cumsum(c)]) for c in (a, b))
    places = np.arange(len(b) + 1)
    cols = np.interp(run_a / max(run_a[-1], 1), run_b / max(run_b[-1], 1), places)
    width = UNGUIDED + 0.02 * len(b)
    return np.stack([np.arange(len(a) + 1.0), cols], 1), np.full(len(a) + 1, width)


def _widened(path: NDArray[np.float64], width: NDArray[np.float64], rows: Any, size: Any) -> Path:
    """The path with a point per unit, and three times the width near ``rows``."""
    units = np.arange(size[0] + 1)
    wide = np.interp(units, path[:, 0], width)
    near = np.zeros(size[0] + 1, bool)
    reach = int(3 * wide.max()) + 20
    for row in rows.tolist():
        near[max(0, row - reach) : row + reach] = True
    line = np.stack([units, np.interp(units, path[:, 0], path[:, 1])], 1)
    return line, np.where(near, 3 * wide, wide)


def _chance(likely: NDArray[np.float32], usual: NDArray[np.float64]) -> NDArray[np.float64]:
    """How common every shape is: as found, and a few beads as usual."""
    counts = likely.sum(axis=0, dtype=np.float64)
    return np.asarray((counts + STEADY * usual) / (counts.sum() + STEADY))
