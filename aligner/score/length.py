"""How well the lengths of two sides fit: the pair's own ratio and spread, learned as it goes.

After Gale and Church (1993), made symmetric: both sides are measured in one unit, characters
divided by the square root of the ratio, so that Chinese against English is as even as German
against French.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

SPREAD = 6.8
"""Variance per character before anything is known (Gale and Church)."""

FLOOR = 4.0
"""Characters by which even the shortest sentences may differ."""

BELIEF = 20.0
"""Pseudo-beads that hold the spread near ``SPREAD``."""


@dataclass(frozen=True, slots=True)
class Lengths:
    """Characters of the units of both sides, the ratio b/a, and the spread of true pairs."""

    a: NDArray[np.float64] = field(repr=False)
    b: NDArray[np.float64] = field(repr=False)
    ratio: float
    spread: float = SPREAD

    @property
    def even(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Both sides in the common unit."""
        root = math.sqrt(self.ratio)
        return self.a * root, self.b / root

    def learned(
        self, a: NDArray[np.float64], b: NDArray[np.float64], weight: NDArray[np.float64]
    ) -> Lengths:
        """Lengths of both sides of probable beads and their probability in, a fitted model out."""
        total_a, total_b = float((weight * a).sum()), float((weight * b).sum())
        if total_a <= 0 or total_b <= 0:
            return self
        held = BELIEF * 60.0
        ratio = (total_b + held * math.sqrt(self.ratio)) / (total_a + held / math.sqrt(self.ratio))
        root = math.sqrt(ratio)
        off = (a * root - b / root) ** 2 / ((a * root + b / root) / 2 + FLOOR)
        off = off.clip(max=SPREAD * 9)  # one wrong bead must not widen everything
        spread = float((weight * off).sum() + BELIEF * SPREAD) / float(weight.sum() + BELIEF)
        return replace(self, ratio=ratio, spread=max(spread, 1.0))


def lengths(a: NDArray[np.float64], b: NDArray[np.float64]) -> Lengths:
    """Characters per unit in; a model with the ratio of the whole texts out."""
    total_a, total_b = float(a.sum()), float(b.sum())
    return Lengths(a, b, total_b / total_a if total_a and total_b else 1.0)


def blocks(
    sizes: NDArray[np.float64], most: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Lengths of units in; (total, log of the chance of it) of blocks of 1 to ``most`` units out.

    Both of shape (n, most). The chance is that of any block of so many units: a gamma
    distribution with the mean and variance of this text.
    """
    total = np.zeros((len(sizes), most))
    chance = np.zeros((len(sizes), most))
    if not len(sizes):
        return total, chance
    mean = max(float(sizes.mean()), 1.0)
    shape = min(max(mean * mean / max(float(sizes.var()), 1.0), 0.5), 20.0)
    scale = mean / shape
    run = np.concatenate([[0.0], np.cumsum(sizes)])
    for m in range(1, most + 1):
        last = np.minimum(np.arange(len(sizes)) + m, len(sizes))
        total[:, m - 1] = run[last] - run[:-1]
        x = np.maximum(total[:, m - 1], 1.0) / scale
        chance[:, m - 1] = (
            (m * shape - 1) * np.log(x) - x - math.lgamma(m * shape) - math.log(scale)
        )
    return total, np.maximum(chance, -15.0)


def surprise_table() -> NDArray[np.float64]:
    """Log of the chance of a deviation of k/32 standard deviations or more, k = 0..."""
    return np.array(
        [max(math.log(max(math.erfc(k / 32 / math.sqrt(2)), 1e-300)), -30.0) for k in range(320)]
    )
