"""Words learned from beads that are as good as sure: knowledge for other texts of the same job."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from aligner.score.lexicon import Beads, Hints, shares, taught
from aligner.score.tokens import stem, words

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEAST = 0.1
"""Word pairs with a lower value are chance: a word met once stands beside a dozen others."""

Matches = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Learned:
    """What texts have taught about two languages; a Prior.

    ``matches`` are stems of the first language, each with stems of the second and a value 0..1;
    ``beads`` is how many they were learned from.
    """

    langs: tuple[str, str]
    matches: Matches = field(repr=False)
    beads: int

    @property
    def name(self) -> str:
        """How a recipe names it."""
        return f"{'-'.join(self.langs)} from {self.beads} beads"

    def similarity(
        self, types_a: Sequence[str], lang_a: str, types_b: Sequence[str], lang_b: str
    ) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32]] | None:
        """Words in; rows, columns, values 0..1 of a sparse matrix out, or None: other languages."""
        if (lang_b, lang_a) == self.langs:
            turned = self.similarity(types_b, lang_b, types_a, lang_a)
            return None if turned is None else (turned[1], turned[0], turned[2])
        if (lang_a, lang_b) != self.langs:
            return None
        places: dict[str, list[int]] = {}
        for place, word in enumerate(types_b):
            places.setdefault(stem(word), []).append(place)
        found = [
            (row, col, value)
            for row, word in enumerate(types_a)
            for match, value in self.matches.get(stem(word), {}).items()
            for col in places.get(match, ())
        ]
        rows, cols, values = zip(*found, strict=True) if found else ((), (), ())
        return np.array(rows, np.int32), np.array(cols, np.int32), np.array(values, np.float32)


def learned(texts_a: Sequence[str], texts_b: Sequence[str], langs: tuple[str, str]) -> Learned:
    """Texts that say the same, one beside the other, in; the words they teach out.

    A table of translations in both directions (IBM model 1, Brown et al. 1993); the value of a pair
    is the geometric mean of both chances.
    """
    a, b = words(texts_a, langs[0]), words(texts_b, langs[1])
    each = np.arange(len(texts_a))
    nothing = Hints(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0))
    table = taught(a, b, nothing, Beads(each, each + 1, each, each + 1, np.ones(len(each))))
    rows = np.repeat(np.arange(len(a.types)), np.diff(table.starts))
    chance_a, chance_b = shares(a), shares(b)
    value = np.sqrt(table.forward * chance_b[table.cols] * table.backward * chance_a[rows])
    matches: dict[str, dict[str, float]] = {}
    for k in np.flatnonzero(value >= LEAST).tolist():
        one, other = a.types[rows[k]], b.types[table.cols[k]]
        matches.setdefault(one, {})[other] = min(1.0, float(value[k]))
    return Learned(langs, matches, len(each))
