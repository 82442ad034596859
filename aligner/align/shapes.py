"""The shapes a bead may have, and how common each is before anything is known."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from aligner.errors import UsageError

if TYPE_CHECKING:
    from numpy.typing import NDArray

Shapes = tuple[tuple[int, int], ...]

MOST = 4
TOTAL = 6
"""Units of a bead by default, a side and in all; a longer omission is a run of null beads."""


def up_to(most_a: int = MOST, most_b: int = MOST, total: int | None = TOTAL) -> Shapes:
    """All shapes of at most so many units a side and in all, null beads included."""
    every = [
        (n, m)
        for n in range(1, most_a + 1)
        for m in range(1, most_b + 1)
        if total is None or n + m <= max(total, 2)
    ]
    every.sort(key=lambda s: (s[0] + s[1], abs(s[0] - s[1]), s))
    return (*every, (1, 0), (0, 1))


DEFAULT = up_to()


def checked(shapes: Shapes) -> Shapes:
    """Shapes as a search needs them: unique, with the null beads; raises UsageError for 0-0."""
    for n, m in shapes:
        if n < 0 or m < 0 or n + m == 0 or (min(n, m) == 0 and n + m > 1):
            raise UsageError(
                f"{n}-{m} is no shape of a bead",
                do="Give shapes such as 1-1, 1-2, 3-1, 1-0, 0-1; longer omissions are runs of 1-0",
            )
    wanted = dict.fromkeys((*shapes, (1, 0), (0, 1)))
    return tuple(wanted)


def chances(shapes: Shapes) -> NDArray[np.float64]:
    """The chance of every shape before a text is seen; sums to 1."""
    return np.array([_chance(n, m) for n, m in shapes]) / sum(_chance(n, m) for n, m in shapes)


def _chance(n: int, m: int) -> float:
    if 0 in (n, m):
        return 0.03
    if n == m == 1:
        return 0.80
    if min(n, m) == 1:
        return 0.05 * 0.12 ** (max(n, m) - 2)
    return 0.01 * 0.12 ** (n + m - 4)


def logs(chance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Natural logs; 0 becomes minus infinity."""
    return np.array([math.log(c) if c > 0 else -math.inf for c in chance.tolist()])
