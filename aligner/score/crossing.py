"""Words that cross inside a bead of several units a side: a clause that went to the next sentence.

Where two sentences stand opposite two, most words still lie between the first and the first, the
second and the second. A model without order (IBM model 1) lets every word choose among both, and
so asks twice the price for every one of them; that buries the few words that do cross, which are
the only reason to make such a bead. Here a word of one half has its translation in the half
opposite, but for a small chance that it has it in the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aligner.score.kernels import CROSSING

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aligner.protocols import Band
    from aligner.score.lexicon import Table
    from aligner.score.tokens import Words

    Halves = NDArray[np.int64]

CROSS = 0.05
"""Chance that a word of one half of a bead has its translation in the other half."""

PRICE = 1.6
"""What such a bead costs beside its shape: one in five beads of several units a side is of words
that keep to their half."""

LIKELY = 0.05
"""Beads less likely than this are not tried as halves."""

LARGE = 1500.0
"""Characters of a side from which on the words of a bead are not weighed again."""


def crossed(
    costs: NDArray[np.float32],
    band: Band,
    likely: NDArray[np.float32],
    sides: tuple[Words, Words],
    table: Table,
    cap: float,
) -> NDArray[np.float32]:
    """Costs in which words keep to their half of a bead, where that says more for it.

    ``costs`` and ``likely``, the probability of the beads, are float32 (cells, shapes); tried are
    the wholes of two neighbouring beads that are likely. ``cap`` is the most a word can say. Out
    come new costs, never above those given.
    """
    where, halves = _likely(band, likely)
    fits = np.isfinite(costs[where]) & _small(halves, sides)
    where, halves = (where[0][fits], where[1][fits]), halves[fits]
    gain = 0.5 * _weighed(halves, sides, table, cap)[:, 0] - PRICE
    out = costs.copy()
    np.minimum.at(out, where, (costs[where] - np.maximum(gain, 0.0)).astype(np.float32))
    return out


def across(
    first: NDArray[np.int64], sizes: NDArray[np.int64], sides: tuple[Words, Words], table: Table,
    cap: float,
) -> NDArray[np.float64]:  # fmt: skip
    """How much the words across each border of a row of beads say against it (natural log).

    Beads are first units (k, 2) and sizes (k, 2); k - 1 values out, 0 at a null bead.
    """
    halves = np.stack(
        [*first[:-1].T, *(column for k in (0, 1) for column in (sizes[:-1, k], sizes[1:, k]))], 1
    )
    halves[:, 3] += halves[:, 2]
    halves[:, 5] += halves[:, 4]
    full = sizes.min(axis=1, initial=9) > 0
    fits = full[:-1] & full[1:] & _small(halves, sides)
    out = np.zeros(len(halves))
    out[fits] = 0.5 * _weighed(halves[fits], sides, table, cap)[:, 1]
    return np.maximum(out, 0.0)


def _likely(
    band: Band, likely: NDArray[np.float32]
) -> tuple[tuple[NDArray[np.int64], NDArray[np.int64]], Halves]:
    """Pairs of neighbouring likely beads: cell and shape number of the whole, and the halves.

    A row of halves is the first unit of a and of b, then for a and for b the number of units in
    the first half and in both.
    """
    shapes = band.shapes.astype(np.int64)
    full = shapes.min(axis=1, initial=9) > 0
    cell, kind = np.nonzero((likely >= LIKELY) & full[None, :])
    row = np.searchsorted(band.offsets, cell, side="right") - 1
    column = band.lo[row] + cell - band.offsets[row]
    ends = row + shapes[kind, 0]
    goal = band.offsets[ends] + column + shapes[kind, 1] - band.lo[ends]
    begin, stop = np.searchsorted(cell, goal), np.searchsorted(cell, goal, side="right")
    count = stop - begin
    one = np.repeat(np.arange(len(cell)), count)
    other = np.arange(len(one)) - np.repeat(np.cumsum(count) - count, count) + begin[one]
    half, size = shapes[kind[one]], shapes[kind[one]] + shapes[kind[other]]
    number = np.full(2 * shapes.max(axis=0, initial=1) + 1, -1, np.int64)
    number[shapes[:, 0], shapes[:, 1]] = np.arange(len(shapes))
    whole = number[size[:, 0], size[:, 1]]
    halves = np.stack(
        [
            band.rows[row[one]].astype(np.int64), column[one].astype(np.int64),
            half[:, 0], size[:, 0], half[:, 1], size[:, 1],
        ],
        axis=1,
    )  # fmt: skip
    known = whole >= 0
    return (cell[one][known], whole[known]), halves[known]


def _small(halves: Halves, sides: tuple[Words, Words]) -> NDArray[np.bool_]:
    """Whether one side of the whole is shorter than ``LARGE``."""
    long = np.full(len(halves), np.inf)
    for k, side in enumerate(sides):
        run = np.concatenate([[0.0], np.cumsum(side.lengths)])
        first = halves[:, k]
        long = np.minimum(long, run[first + halves[:, 3 + 2 * k]] - run[first])
    return np.asarray(long < LARGE)


def _weighed(
    halves: Halves, sides: tuple[Words, Words], table: Table, cap: float
) -> NDArray[np.float64]:
    """What the words of each whole say more if they keep to their half, and if some may cross."""
    gain = np.zeros((len(halves), 2))
    if not len(halves):
        return gain
    a, b = sides
    tokens = [
        side.starts[halves[:, k] + halves[:, 3 + 2 * k]] - side.starts[halves[:, k]]
        for k, side in enumerate(sides)
    ]
    CROSSING(
        float(tokens[0].sum()) * 40.0, halves, a.ids, a.starts, b.ids, b.starts,
        table.starts, table.cols, table.forward, table.backward, table.base_a, table.base_b,
        np.full(len(b.types), -1, np.int32), np.zeros(int(tokens[1].max()), np.int32),
        np.zeros((int(tokens[0].max()), 2)), np.zeros((int(tokens[1].max()), 2)), np.zeros((2, 2)),
        CROSS, cap, gain,
    )  # fmt: skip
    return gain
