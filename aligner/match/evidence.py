"""How strongly two runs of pieces speak for being versions of one another, in log odds.

Lengths (Gale and Church 1993), shared numbers, names and cognates, kinds of block, labels, place
in an interleaved document, and, if one is passed, a lexicon. No part is indispensable.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Kinds = tuple[frozenset[str], ...]
"""Features by kind: numbers, names and cognates; concepts of a lexicon."""
Weights = Mapping[str, float]
"""What each feature weighs: rare ones say more."""

LAWS = ((-1.5, 39.0, 9.0), (-4.0, 60.0, 6.0))
"""Per kind of features: log odds where nothing is shared, their growth with the cosine, the most.

Numbers, names and cognates: versions share some 9 % of the weight, other texts some 2 % (two
exponential laws). Concepts: some 17 % (11 % Chinese and English), others 3.7 %.
"""
CHANCE = (0.02, 0.037)
"""The cosine that other texts reach, by kind of features."""
MANY = 40.0
"""With fewer features than this, what is not shared says less."""

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
    features: Kinds = field(repr=False)
    count: tuple[float, ...] = ()
    kind: str = "paragraph"
    level: int | None = None
    hint: str | None = None
    listed: bool = False
    cycle: int | None = None
    runs: dict[str, Run] = field(default_factory=dict)
    score: float = 0.0


class Row:
    """The columns of one side, as arrays; ``other`` is the side they are to be compared with."""

    def __init__(
        self, columns: Sequence[Column], other: Sequence[Column], weights: Weights
    ) -> None:
        import numpy as np

        self.columns = columns
        self.weights = weights
        self.size = np.cumsum([0.0, *(column.size for column in columns)])
        self.count = [np.cumsum([0.0, *(c.count[kind] for c in columns)]) for kind in KINDS]
        self.norm = [np.cumsum([0.0, *(_square(c, k, weights) for c in columns)]) for k in KINDS]
        self.own_norm = [np.diff(norm) for norm in self.norm]
        self.own_count = [np.diff(count) for count in self.count]
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
        self._shared: dict[tuple[int, int], NDArray[np.float64]] = {}

    def __len__(self) -> int:
        return len(self.columns)

    def gains(self, other: Row, i: int, a: int, b: int) -> NDArray[np.float64]:
        """Log odds of columns i-a..i of this side and j-b..j of the other, for every j from b."""
        import numpy as np

        end = len(other) - b + 1
        total = _length_odds(self.size[i] - self.size[i - a], other.size[b:] - other.size[:-b])
        if self.heading[i - 1]:
            total = np.maximum(total, -1.5)
        for kind in KINDS:
            total += self._content(other, kind, i, a, b)
        total += self._outward(other, i - a)[:end]
        if a > 1 and not self.goes_on[i - a + 1 : i].all():
            total[:] = -np.inf
        for shift in range(1, b):
            total[~other.goes_on[shift : end + shift]] = -np.inf
        return total

    def _content(self, other: Row, kind: int, i: int, a: int, b: int) -> NDArray[np.float64]:
        """What the features of a kind say; each part of a merge must share its own."""
        import numpy as np

        end = len(other) - b + 1
        cells = np.array(
            [
                [self._shared_with(other, row, kind)[y : y + end] for y in range(b)]
                for row in range(i - a, i)
            ]
        )
        norm_a = self.norm[kind][i] - self.norm[kind][i - a]
        norm_b = other.norm[kind][b:] - other.norm[kind][:-b]
        count_a = self.count[kind][i] - self.count[kind][i - a]
        count_b = other.count[kind][b:] - other.count[kind][:-b]
        fewest = np.minimum(count_a, count_b)
        total = _content_odds(kind, cells.sum((0, 1)), np.sqrt(norm_a * norm_b), fewest)
        worst = np.zeros(end)
        for x in range(a if a > 1 else 0):
            own = self.own_norm[kind][i - a + x]
            few = np.minimum(self.own_count[kind][i - a + x], count_b)
            share = own / max(norm_a, _LEAST)
            worst = np.minimum(worst, _part_odds(kind, cells[x].sum(0), own * norm_b, share, few))
        for y in range(b if b > 1 else 0):
            own = other.own_norm[kind][y : y + end]
            few = np.minimum(other.own_count[kind][y : y + end], count_a)
            share = own / np.maximum(norm_b, _LEAST)
            worst = np.minimum(
                worst, _part_odds(kind, cells[:, y].sum(0), own * norm_a, share, few)
            )
        odds: NDArray[np.float64] = total + 1.5 * worst
        return odds

    def _shared_with(self, other: Row, i: int, kind: int) -> NDArray[np.float64]:
        """Weight of the features that column i shares with every column of the other side."""
        import numpy as np

        if (i, kind) not in self._shared:
            row = np.zeros(len(other))
            for feature in sorted(self.columns[i].features[kind]):
                places = other.postings().get(feature)
                if places is not None:
                    row[places] += self.weights[feature]
            self._shared[i, kind] = row
            self._shared.pop((i - 4, kind), None)
        return self._shared[i, kind]

    def postings(self) -> dict[str, NDArray[np.int64]]:
        """Every feature that weighs something, and the columns that have it."""
        import numpy as np

        if not self._postings:
            places: dict[str, list[int]] = {}
            for number, column in enumerate(self.columns):
                for feature in frozenset().union(*column.features):
                    if self.weights.get(feature, 0.0) > 0:
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


KINDS = (0, 1)
_LEAST = 1e-9
_HINTS = {"abstract": 1, "keywords": 2, "introduction": 3, "references": 4, "conclusion": 5}


def _square(column: Column, kind: int, weights: Weights) -> float:
    """The weight of a column's features; those of several versions count as one's."""
    found = column.features[kind]
    if not found:
        return 0.0
    return math.fsum(weights[f] for f in found) * column.count[kind] / len(found)


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


def weigh(sentences: Iterable[Kinds]) -> dict[str, float]:
    """The weight of every feature, from the share of sentences (in any language) that have it."""
    listed = list(sentences)
    found = Counter(f for kinds in listed for features in kinds for f in features)
    most = COMMON * len(listed) if len(listed) > 20 else len(listed)
    floor = {"c": math.log(2.0)}
    return {
        f: math.log(1 + len(listed) / k) - floor.get(f[0], 0.0) if k <= most else 0.0
        for f, k in found.items()
    }


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
    kind: int, shared: NDArray[np.float64], norm: NDArray[np.float64], fewest: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Log odds of sharing so much weight of features, of which the poorer side has ``fewest``."""
    import numpy as np

    against, growth, most = LAWS[kind]
    gain = np.minimum(growth * shared / np.maximum(norm, _LEAST), 0.8 * shared)
    odds: NDArray[np.float64] = np.minimum(against * np.minimum(1.0, fewest / MANY) + gain, most)
    return odds


def _part_odds(
    kind: int,
    shared: NDArray[np.float64],
    squares: NDArray[np.float64],
    share: float | NDArray[np.float64],
    fewest: NDArray[np.float64],
) -> NDArray[np.float64]:
    """The same for a part that is ``share`` of its side, compared with the whole other side.

    What it shares by chance is taken off; what it shares as a version is measured against its
    share of the other side.
    """
    import numpy as np

    norm = np.sqrt(squares)
    own = np.maximum(shared - CHANCE[kind] * norm, 0.0)
    return _content_odds(kind, own, norm * np.sqrt(share), fewest)


def texts_odds(
    left: Kinds, right: Kinds, left_size: float, right_size: float, weights: Weights
) -> float:
    """Log odds of two whole texts by length and content alone."""
    import numpy as np

    total = float(_length_odds(left_size, np.array([right_size]))[0])
    for kind in KINDS:
        sums = [math.fsum(weights[f] for f in sorted(side[kind])) for side in (left, right)]
        shared = math.fsum(weights[f] for f in sorted(left[kind] & right[kind]))
        fewest = np.array([min(len(left[kind]), len(right[kind]))], float)
        norm = np.array([math.sqrt(sums[0] * sums[1])])
        total += float(_content_odds(kind, np.array([shared]), norm, fewest)[0])
    return total
