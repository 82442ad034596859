"""Paths through a band: the best one, and the probability of every bead.

Knows nothing of where the scores come from. ``scores`` are float32 (cells, shapes), higher is
better, -inf impossible; ``prior`` is a log chance per shape that is added.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aligner.align.kernels import BEST, BOTH_WAYS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aligner.protocols import Band


def posteriors(
    band: Band, scores: NDArray[np.float32], prior: NDArray[np.float64], temperature: float = 1.0
) -> NDArray[np.float32]:
    """The probability of every bead over all paths, float32 (cells, shapes).

    ``temperature`` multiplies scores and prior: below 1 spreads the probability.
    """
    out = np.zeros(scores.shape, np.float32)
    BOTH_WAYS(
        scores.size * 4.0, band.shapes, band.last, band.lo, band.hi, band.end, band.offsets,
        scores, prior, temperature, np.zeros(band.cells), np.zeros(band.cells),
        np.zeros(len(band.shapes)), out,
    )  # fmt: skip
    return out


def best(
    band: Band, scores: NDArray[np.float32], prior: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]:
    """The best path: node rows, columns and shape numbers of its beads, in order."""
    room = (
        len(band.rows) + int((band.end - band.lo).max(initial=0)) + int(band.hi.max(initial=0)) + 1
    )
    rows, cols, shapes = (
        np.zeros(room, np.int64),
        np.zeros(room, np.int32),
        np.zeros(room, np.int32),
    )
    count = BEST(
        scores.size * 2.0, band.shapes, band.last, band.lo, band.hi, band.end, band.offsets,
        scores, prior, np.zeros(band.cells), np.zeros(band.cells, np.int16), rows, cols, shapes,
    )  # fmt: skip
    return rows[:count][::-1], cols[:count][::-1], shapes[:count][::-1]
