"""How strongly two runs of pieces speak for being versions of one another, in log odds.

Lengths (Gale and Church 1993), shared numbers, names and cognates, kinds of block, labels, place
in an interleaved document, and, if one is passed, a lexicon. No part is indispensable.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Similarity = Callable[[Sequence[int], Sequence[int]], float]
"""Numbers of pieces of two sides in, log odds out."""

SAME_PLACE = 1.0
"""Log odds of standing at the same place of two runs of as many pieces, in a document in which
the languages change more often than there are languages (front matter)."""

COMMON = 0.3
"""A feature in more than this share of many pieces says nothing."""


class Run(NamedTuple):
    """Where a piece stands in its run (neighbouring pieces of one language) of how many pieces.

    A length of 0 says that place and length mean nothing, as each language has one run.
    """

    number: int
    place: int
    length: int


@dataclass(frozen=True, slots=True)
class Column:
    """Pieces that are versions of one another (at first one piece alone), by language.

    ``size`` in letters and ``count`` of features are means over the versions; ``cycle`` numbers
    the rounds of an interleaved document; ``score`` adds up the evidence.
    """

    pieces: dict[str, tuple[int, ...]]
    size: float
    features: frozenset[str] = field(repr=False)
    count: float = 0.0
    kind: str = "paragraph"
    level: int | None = None
    hint: str | None = None
    listed: bool = False
    cycle: int | None = None
    runs: dict[str, Run] = field(default_factory=dict)
    score: float = 0.0


class Row:
    """The columns of one side, as arrays; ``other`` is the side they are to be compared with."""

    def __init__(self, columns: Sequence[Column], other: Sequence[Column]) -> None:
        import numpy as np

        self.columns = columns
        self.size = np.cumsum([0.0, *(column.size for column in columns)])
        self.count = np.cumsum([0.0, *(column.count for column in columns)])
        weights = _weights(columns, other)
        squares = [sum(weights[f] for f in c.features) * _share(c) for c in columns]
        self.norm = np.cumsum([0.0, *squares])
        self.weights = weights
        self.heading = np.array([c.kind == "heading" for c in columns])
        self.item = np.array([c.kind == "item" for c in columns])
        self.listed = np.array([c.listed for c in columns])
        self.level = np.array([c.level or 0 for c in columns])
        self.cycle = np.array([-1 if c.cycle is None else c.cycle for c in columns])
        hints = [c.hint for c in columns]
        self.hint = np.array([0 if h is None else _HINTS.get(h, 9) for h in hints])
        plain = ~self.heading & (self.hint == 0)
        after = [_one_run(a, b) for a, b in pairwise((columns[-1], *columns))]
        self.goes_on = plain & (self.cycle == np.roll(self.cycle, 1)) & np.array(after)
        self.places: dict[tuple[int, int], list[int]] = {}
        for number, column in enumerate(columns):
            for place in _places(column):
                self.places.setdefault(place, []).append(number)
        self.cycles = _rounds(columns, other)
        self._postings: dict[str, NDArray[np.int64]] = {}
        self._shared: dict[int, NDArray[np.float64]] = {}

    def __len__(self) -> int:
        return len(self.columns)

    def gains(
        self, other: Row, i: int, a: int, b: int, similarity: Similarity | None
    ) -> NDArray[np.float64]:
        """Log odds of columns i-a..i of this side and j-b..j of the other, for every j from b."""
        import numpy as np

        m = len(other)
        end = m - b + 1
        size_a = self.size[i] - self.size[i - a]
        size_b = other.size[b:] - other.size[:-b]
        total = _length_odds(size_a, size_b)
        if self.heading[i - 1]:
            total = np.maximum(total, -1.5)
        cells = {
            (x, y): self._shared_with(other, i - a + x)[y : y + end]
            for x in range(a)
            for y in range(b)
        }
        norm_a, norm_b = self.norm[i] - self.norm[i - a], other.norm[b:] - other.norm[:-b]
        count_a, count_b = self.count[i] - self.count[i - a], other.count[b:] - other.count[:-b]
        shared = sum(cells.values(), np.zeros(end))
        if similarity is None:
            total += _content_odds(shared, np.sqrt(norm_a * norm_b), np.minimum(count_a, count_b))
        worst = np.zeros(end)
        for x in range(a if a > 1 else 0):
            part = sum((cells[x, y] for y in range(b)), np.zeros(end))
            own = self.norm[i - a + x + 1] - self.norm[i - a + x]
            count = self.count[i - a + x + 1] - self.count[i - a + x]
            odds = _content_odds(
                part, own * np.sqrt(norm_b / max(norm_a, _LEAST)), np.minimum(count, count_b)
            )
            worst = np.minimum(worst, odds)
        for y in range(b if b > 1 else 0):
            part = sum((cells[x, y] for x in range(a)), np.zeros(end))
            own = other.norm[y + 1 : y + 1 + end] - other.norm[y : y + end]
            count = other.count[y + 1 : y + 1 + end] - other.count[y : y + end]
            odds = _content_odds(
                part, own * np.sqrt(norm_a / np.maximum(norm_b, _LEAST)), np.minimum(count, count_a)
            )
            worst = np.minimum(worst, odds)
        total += 1.5 * worst
        total += self._outward(other, i - a)[:end]
        if a > 1 and not self.goes_on[i - a + 1 : i].all():
            total[:] = -np.inf
        for shift in range(1, b):
            total[~other.goes_on[shift : end + shift]] = -np.inf
        return total

    def _shared_with(self, other: Row, i: int) -> NDArray[np.float64]:
        """Weight of the features that column i shares with every column of the other side."""
        import numpy as np

        if i not in self._shared:
            row = np.zeros(len(other))
            for feature in sorted(self.columns[i].features):
                places = other.postings().get(feature)
                if places is not None:
                    row[places] += self.weights[feature]
            self._shared[i] = row
            self._shared.pop(i - 4, None)
        return self._shared[i]

    def postings(self) -> dict[str, NDArray[np.int64]]:
        """Every feature that weighs something, and the columns that have it."""
        import numpy as np

        if not self._postings:
            places: dict[str, list[int]] = {}
            for number, column in enumerate(self.columns):
                for feature in column.features:
                    if self.weights[feature] > 0:
                        places.setdefault(feature, []).append(number)
            self._postings = {f: np.array(numbers) for f, numbers in places.items()}
        return self._postings

    def _outward(self, other: Row, i: int) -> NDArray[np.float64]:
        """What kinds, labels and the round say about column i and each of the other side."""
        import numpy as np

        total = np.zeros(len(other))
        if self.heading[i]:
            same = np.where(other.level == self.level[i], 2.0, 1.0)
            total += np.where(other.heading, same, -3.0)
        else:
            total += np.where(other.heading, -3.0, 0.0)
        total += np.where(self.item[i] == other.item, 0.5 * self.item[i], -1.0)
        total += np.where(self.listed[i] == other.listed, 1.5 * self.listed[i], -1.5)
        if self.hint[i]:
            named = np.where(other.hint == self.hint[i], 4.0, -6.0)
            total += np.where(other.hint == 0, -1.0, named)
        else:
            total -= np.where(other.hint == 0, 0.0, 1.0)
        for place in _places(self.columns[i]):
            total[other.places.get(place, [])] += SAME_PLACE
        if self.cycles > 0 and self.cycle[i] >= 0:
            total += np.where(other.cycle == self.cycle[i], self.cycles, -self.cycles - 1.0)
        return total


_LEAST = 1e-9
_HINTS = {"abstract": 1, "keywords": 2, "introduction": 3, "references": 4, "conclusion": 5}


def _share(column: Column) -> float:
    """Features of several versions are pooled: their weight counts as that of one."""
    return column.count / len(column.features) if column.features else 1.0


def _one_run(left: Column, right: Column) -> bool:
    """True if the second column goes on with the runs of the first."""
    return all(
        left.runs[lang].number == run.number
        for lang, run in right.runs.items()
        if lang in left.runs
    )


def _places(column: Column) -> set[tuple[int, int]]:
    """(place in the run, length of the run) of the pieces of a column, where that says anything."""
    return {(run.place, run.length) for run in column.runs.values() if run.length}


def _weights(left: Sequence[Column], right: Sequence[Column]) -> Counter[str] | dict[str, float]:
    """The weight of every feature: rare ones say more; the same for either order of the sides."""
    number = len(left) + len(right)
    found = Counter(feature for column in (*left, *right) for feature in column.features)
    most = COMMON * number if number > 20 else number
    return {f: math.log(1 + number / k) if k <= most else 0.0 for f, k in found.items()}


def _rounds(left: Sequence[Column], right: Sequence[Column]) -> float:
    """The log odds of standing in one round: the more rounds, the more it says."""
    rounds = {c.cycle for c in left if c.cycle is not None} & {c.cycle for c in right}
    return math.log(len(rounds)) + 1.0 if len(rounds) > 1 else 0.0


def _length_odds(left: float, right: NDArray[np.float64]) -> NDArray[np.float64]:
    """Log ratio of lengths, near 0 for versions, anything for other texts."""
    import numpy as np

    spread = np.sqrt(0.2**2 + 5.0 / (1.0 + np.minimum(left, right)))
    distance = np.log((left + 5.0) / (right + 5.0)) / spread
    odds: NDArray[np.float64] = np.maximum(np.log(0.7 / spread) - distance**2 / 2, -6.0)
    return odds


def _content_odds(
    shared: NDArray[np.float64], norm: NDArray[np.float64], fewest: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Two exponential laws: versions share some 9 % of their features' weight, others some 2 %."""
    import numpy as np

    cosine = shared / np.maximum(norm, _LEAST)
    against = -1.5 * np.minimum(1.0, fewest / 40.0)
    odds: NDArray[np.float64] = against + np.minimum(np.minimum(39.0 * cosine, 0.8 * shared), 9.0)
    return odds
