"""How sure a bead is: a calibrated probability.

The search's own posterior after learning is too sure of what the text has taught itself. Four
things tell right and wrong beads apart: the posterior under the mean of the evidence before and
after learning; the posterior under lengths alone, which nothing was learned for; words that have
their translation across a border of the bead; and its shape. A logistic curve makes them a
probability, fitted on gold alignments and on made ones, every set with the same weight
(``tests/bench/confidence.py`` fits it and measures it on sets kept aside).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from aligner.align.search import posteriors

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aligner.align.rounds import Tables

    Floats = NDArray[np.float64]

WEIGHTS = (0.625, 0.688, 0.174, -0.638, -0.147, -0.28)
"""Of 1, posterior, that of lengths, words across, null beads, beads of more than three units."""

MOST = 3.0
"""The most that words across a border count (natural log)."""


def confidence(
    tables: Tables, taught: Any, cells: NDArray[np.int64], kinds: NDArray[np.int32]
) -> Floats:
    """Tables, the scorer that has learned, cells and shape numbers of a path's beads in.

    The chance that each bead is right comes out.
    """
    value = np.column_stack([np.ones(len(cells)), features(tables, taught, cells, kinds)]) @ WEIGHTS
    return np.asarray(1 / (1 + np.exp(-value)))


def features(
    tables: Tables, taught: Any, cells: NDArray[np.int64], kinds: NDArray[np.int32]
) -> Floats:
    """What the confidence of every bead of a path rests on, (k, 5), in the order of ``WEIGHTS``."""
    band = tables.band
    possible = np.isfinite(tables.final)
    mean = np.full(tables.final.shape, -np.inf, np.float32)
    mean[possible] = (tables.final[possible] + tables.first[possible]) / 2
    whole = _logit(posteriors(band, mean, tables.prior)[cells, kinds])
    lengths = whole
    if hasattr(taught, "plain"):
        scores = -taught.plain().costs(band)
        lengths = _logit(posteriors(band, scores, tables.prior)[cells, kinds])
    rows = np.searchsorted(band.offsets, cells, side="right") - 1
    first = np.stack([band.rows[rows], band.lo[rows] + cells - band.offsets[rows]], 1)
    sizes = band.shapes[kinds].astype(np.int64)
    null = sizes.min(axis=1, initial=9) == 0
    words = _words(taught, first.astype(np.int64), sizes)
    return np.column_stack([whole, lengths, words, null, sizes.sum(axis=1) > 3])


def _words(taught: Any, first: NDArray[np.int64], sizes: NDArray[np.int64]) -> Floats:
    """What words say against the worse border of every bead."""
    borders = np.zeros(len(first) + 1)
    if len(first) > 1 and hasattr(taught, "across"):
        borders[1:-1] = taught.across(first, sizes)
    return np.asarray(np.maximum(borders[:-1], borders[1:]).clip(0.0, MOST))


def _logit(chance: NDArray[np.float32]) -> Floats:
    """Log odds, cut where rounding would make them up."""
    exact = chance.astype(np.float64)
    return np.asarray(np.log(exact.clip(1e-7, 1)) - np.log((1 - exact).clip(1e-5, 1)))
