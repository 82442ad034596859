"""From two lists of words to the pairs that may be translations of each other.

Cosines of the words' concept weights are taken relative to each word's neighbours in the other
list (CSLS; Conneau et al. 2018), and each word divides itself between its best counterparts and
none at all. What remains is a similarity that a translation table can use as pseudo-counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aligner.lexicon.rows import Rows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Pairs:
    """Cells of a sparse matrix of words by words."""

    rows: NDArray[np.int32]
    cols: NDArray[np.int32]
    values: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Choice:
    """How a word divides itself between its counterparts.

    ``best`` of them at most, with a cosine above ``floor``; a softmax of their margins at
    ``temperature`` with one unit for none; values under ``least`` are dropped. ``neighbours`` make
    the local mean of the margin.
    """

    best: int = 6
    floor: float = 0.05
    temperature: float = 0.25
    least: float = 0.02
    neighbours: int = 10


def cosines(left: Rows, right: Rows, *, least: float = 0.0) -> Pairs:
    """Every pair of words with a cosine above ``least``; in row, then column order."""
    import numpy as np

    from aligner.lexicon.kernels import COSINES

    order = np.argsort(right.concepts, kind="stable")
    shelf, words, weights = right.concepts[order], right.owners[order], right.weights[order]
    first = np.searchsorted(shelf, left.concepts, "left")
    end = np.searchsorted(shelf, left.concepts, "right")
    work = float((end - first).sum())
    room = 16 * (len(left) + len(right))
    while True:
        rows, cols = np.zeros(room, np.int32), np.zeros(room, np.int32)
        values = np.zeros(room, np.float32)
        found = int(
            COSINES(
                work, left.starts, first, end, left.weights, words, weights,
                np.zeros(len(right)), np.zeros(len(right), np.int32), least, rows, cols, values,
            )
        )  # fmt: skip
        if found <= room:
            break
        room = found
    by_place = np.argsort(rows[:found].astype(np.int64) * len(right) + cols[:found])
    return Pairs(rows[by_place], cols[by_place], np.minimum(values[by_place], 1))


def similarity(left: Rows, right: Rows, choice: Choice) -> Pairs:
    """The pairs that may be translations, values in 0..1, in row, then column order."""
    import numpy as np

    pairs = cosines(left, right, least=choice.floor)
    here = _local_mean(pairs.rows, pairs.values, len(left), choice.neighbours)
    there = _local_mean(pairs.cols, pairs.values, len(right), choice.neighbours)
    margin = 2 * pairs.values - here[pairs.rows] - there[pairs.cols]
    value = np.maximum(
        _shares(pairs.rows, margin, len(left), choice),
        _shares(pairs.cols, margin, len(right), choice),
    ) * np.sqrt((pairs.values - choice.floor) / (1 - choice.floor))
    kept = value >= choice.least
    return Pairs(pairs.rows[kept], pairs.cols[kept], value[kept].astype(np.float32))


def _ranks(
    groups: NDArray[np.int32], values: NDArray[np.float32]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """An order by group and falling value, and each place's rank in its group from 0 on."""
    import numpy as np

    order = np.lexsort((-values, groups))
    sorted_groups = groups[order]
    begins = np.searchsorted(sorted_groups, sorted_groups, "left")
    return order, np.arange(len(order)) - begins


def _local_mean(
    groups: NDArray[np.int32], values: NDArray[np.float32], size: int, neighbours: int
) -> NDArray[np.float32]:
    import numpy as np

    order, rank = _ranks(groups, values)
    best = order[rank < neighbours]
    sums = np.bincount(groups[best], values[best], size)
    return (sums / neighbours).astype(np.float32)


def _shares(
    groups: NDArray[np.int32], margin: NDArray[np.float32], size: int, choice: Choice
) -> NDArray[np.float32]:
    import numpy as np

    order, rank = _ranks(groups, margin)
    best = order[rank < choice.best]
    weight = np.zeros(len(margin))
    weight[best] = np.exp(margin[best].astype(np.float64) / choice.temperature)
    total = 1 + np.bincount(groups, weight, size)
    return (weight / total[groups]).astype(np.float32)
