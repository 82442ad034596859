"""How sure a bead is: a calibrated probability.

The search's own posterior after learning is too sure of what the text has taught itself. The
posterior under the mean of the evidence before and after learning orders right and wrong beads
better; a logistic curve, fitted on gold alignments with every set weighing the same, makes it a
probability (``tests/bench`` measures it set by set).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aligner.align.search import posteriors

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aligner.align.rounds import Tables

LEVEL = 0.805
SLOPE = 0.614
NULL = -0.589
"""Beads with one side only are wrong more often than they look."""

LARGE = -1.042
"""So are beads of more than three units."""


def confidence(
    tables: Tables, cells: NDArray[np.int64], kinds: NDArray[np.int32]
) -> NDArray[np.float64]:
    """Tables, cells and shape numbers of beads in; the chance that each is right out."""
    possible = np.isfinite(tables.final)
    mean = np.full(tables.final.shape, -np.inf, np.float32)
    mean[possible] = (tables.final[possible] + tables.first[possible]) / 2
    chance = posteriors(tables.band, mean, tables.prior)[cells, kinds].astype(np.float64)
    logit = np.log(chance.clip(1e-7, 1)) - np.log((1 - chance).clip(1e-5, 1))
    sizes = tables.band.shapes[kinds]
    value = LEVEL + SLOPE * logit + NULL * (sizes.min(axis=1, initial=9) == 0)
    value += LARGE * (sizes.sum(axis=1) > 3)
    return np.asarray(1 / (1 + np.exp(-value)))
