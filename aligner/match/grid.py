"""How strongly two runs of pieces speak for being versions of one another: all pairs at once.

Lengths, shared numbers, names, cognates and concepts, kinds of block, labels, the place in an
interleaved document. No part is indispensable. Rows of an array are pieces of one side, columns of
the other; everything is in log odds.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from aligner.match.evidence import KINDS, Column, Weights
from aligner.match.laws import LEAST, content_odds, length_odds, part_odds

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Odds = NDArray[np.float64]

SAME_PLACE = 1.0
"""Log odds of standing at the same place of two runs of as many pieces, in a document in which
the languages change more often than there are languages (front matter)."""


STEADY = 3.0
"""Log odds of standing at the same place of one of several rounds that are all alike, beyond those
of standing in one round: of lines that hold a word in two languages each, nothing more is known."""
PARTS = 3
"""So many parts of one block that take turns are such rounds, too."""


class Side:
    """The columns of one side, as arrays."""

    def __init__(self, columns: Sequence[Column]) -> None:
        import numpy as np

        self.columns = columns
        self.size = np.cumsum([0.0, *(column.size for column in columns)])
        self.count = [np.cumsum([0.0, *(c.count[kind] for c in columns)]) for kind in KINDS]
        self.norm = [np.cumsum([0.0, *(c.weight[kind] for c in columns)]) for kind in KINDS]
        self.heading = np.array([c.kind == "heading" for c in columns])
        self.item = np.array([c.kind == "item" for c in columns])
        self.listed = np.array([c.listed for c in columns])
        self.level = np.array([c.level or 0 for c in columns])
        self.place = np.array([-1 if c.place is None else c.place for c in columns])
        self.block = np.array([c.block for c in columns])
        self.parts = np.array([c.parts for c in columns])
        self.cycle = np.array([-1 if c.cycle is None else c.cycle for c in columns])
        hints = [c.hint for c in columns]
        self.hint = np.array([0 if h is None else _HINTS.get(h, 9) for h in hints])
        alone = self.heading | np.array([c.kind == "label" for c in columns])
        plain = ~alone & ~np.roll(alone, 1) & (self.hint == 0)
        after = [_one_run(a, b) for a, b in pairwise((columns[-1], *columns))]
        self.goes_on = plain & (self.cycle == np.roll(self.cycle, 1)) & np.array(after)

    def __len__(self) -> int:
        return len(self.columns)

    def broken(self, step: int) -> NDArray[np.bool_]:
        """For every run of ``step`` columns whether they cannot be one."""
        import numpy as np

        count = len(self) - step + 1
        found = np.zeros(count, bool)
        for shift in range(1, step):
            found |= ~self.goes_on[shift : count + shift]
        return found


class Grid:
    """Two sides, and what is known of every pair of their columns."""

    def __init__(self, left: Sequence[Column], right: Sequence[Column], weights: Weights) -> None:
        self.left, self.right = Side(left), Side(right)
        self.shared = [_shared(left, right, kind, weights) for kind in KINDS]
        self.outward = _outward(self.left, self.right)

    def gains(self, a: int, b: int) -> Odds:
        """Log odds of columns i to i+a of the left side and j to j+b of the right."""
        import numpy as np

        left, right = self.left, self.right
        rows, cols = len(left) - a + 1, len(right) - b + 1
        sizes = (_sums(left.size, a)[:, None], _sums(right.size, b)[None, :])
        total = length_odds(*sizes)
        headed = left.heading[a - 1 :]
        total[headed] = np.maximum(total[headed], -1.5)
        for kind in KINDS:
            total += self._content(kind, a, b)
        total += self.outward[:rows, :cols]
        total[left.broken(a)] = -np.inf
        total[:, right.broken(b)] = -np.inf
        return total

    def _content(self, kind: int, a: int, b: int) -> Odds:
        """What the features of a kind say; each part of a merge must share its own."""
        import numpy as np

        left, right, cells = self.left, self.right, self.shared[kind]
        rows, cols = len(left) - a + 1, len(right) - b + 1
        norms = _sums(left.norm[kind], a)[:, None], _sums(right.norm[kind], b)[None, :]
        counts = _sums(left.count[kind], a)[:, None], _sums(right.count[kind], b)[None, :]
        across = np.add.reduce([cells[:, y : y + cols] for y in range(b)])
        down = np.add.reduce([cells[x : x + rows] for x in range(a)])
        both = np.add.reduce([across[x : x + rows] for x in range(a)])
        total = content_odds(kind, both, np.sqrt(norms[0] * norms[1]), np.minimum(*counts))
        worst = np.zeros((rows, cols))
        for x in range(a if a > 1 else 0):
            own = np.diff(left.norm[kind])[x : x + rows, None]
            few = np.minimum(np.diff(left.count[kind])[x : x + rows, None], counts[1])
            share = own / np.maximum(norms[0], LEAST)
            odds = part_odds(kind, across[x : x + rows], own * norms[1], share, few)
            worst = np.minimum(worst, odds)
        for y in range(b if b > 1 else 0):
            own = np.diff(right.norm[kind])[None, y : y + cols]
            few = np.minimum(np.diff(right.count[kind])[None, y : y + cols], counts[0])
            share = own / np.maximum(norms[1], LEAST)
            odds = part_odds(kind, down[:, y : y + cols], own * norms[0], share, few)
            worst = np.minimum(worst, odds)
        found: Odds = total + 1.5 * worst
        return found


def _sums(cumulated: Odds, step: int) -> Odds:
    sums: Odds = cumulated[step:] - cumulated[:-step]
    return sums


def _shared(left: Sequence[Column], right: Sequence[Column], kind: int, weights: Weights) -> Odds:
    """The weight of the features that each pair of columns shares."""
    import numpy as np

    places: dict[str, list[int]] = {}
    for number, column in enumerate(right):
        for feature in column.features[kind]:
            if weights.get(feature, 0.0) > 0:
                places.setdefault(feature, []).append(number)
    found = np.zeros((len(left), len(right)))
    for row, column in zip(found, left, strict=True):
        for feature in sorted(column.features[kind] & places.keys()):
            row[places[feature]] += weights[feature]
    return found


def _outward(left: Side, right: Side) -> Odds:
    """What kinds, labels, places and the round say about every pair of columns."""
    import numpy as np

    here = {name: getattr(left, name)[:, None] for name in _TRAITS}
    there = {name: getattr(right, name)[None, :] for name in _TRAITS}
    same = {name: here[name] == there[name] for name in _TRAITS}
    headings = np.where(same["level"], 2.0, 1.0) * here["heading"]
    total: Odds = np.where(same["heading"], headings, -3.0)
    total += np.where(same["item"], 0.5 * here["item"], -1.0)
    total += np.where(same["listed"], 1.5 * here["listed"], -1.5)
    named = np.where(same["hint"], 4.0 * (here["hint"] > 0), -6.0)
    total += np.where((here["hint"] == 0) ^ (there["hint"] == 0), -1.0, named)
    places: dict[tuple[int, int], list[int]] = {}
    for number, column in enumerate(right.columns):
        for place in _places(column):
            places.setdefault(place, []).append(number)
    for row, column in zip(total, left.columns, strict=True):
        for place in sorted(_places(column) & places.keys()):
            row[places[place]] += SAME_PLACE
    rounds = _rounds(left.columns, right.columns)
    if rounds > 0:
        cycle = np.where(same["cycle"], rounds, -rounds - 1.0)
        total += np.where(here["cycle"] >= 0, cycle, 0.0)
        total += STEADY * (same["cycle"] & same["place"] & (here["place"] >= 0))
    parts = np.where(same["block"] & same["parts"], here["parts"], 1)
    total += np.where(parts >= PARTS, np.log(parts) + 1.0 + STEADY, 0.0)
    return total


_TRAITS = ("heading", "item", "listed", "level", "hint", "cycle", "place", "block", "parts")
_HINTS = {"abstract": 1, "keywords": 2, "introduction": 3, "references": 4, "conclusion": 5}


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


def _rounds(left: Sequence[Column], right: Sequence[Column]) -> float:
    """The log odds of standing in one round: the more rounds, the more it says."""
    rounds = {c.cycle for c in left if c.cycle is not None} & {c.cycle for c in right}
    return math.log(len(rounds)) + 1.0 if len(rounds) > 1 else 0.0
