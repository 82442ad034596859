"""Words that show a place: where rare words of the one text stand in the other.

Names, loans and numbers go by their skeletons, so that they are found across scripts. What is rare
is counted in the stretches that are compared: a name that is everywhere in a book may show the
place within a chapter.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from aligner.score.tokens import NUMBER, WORD, Words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Points = tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]

RARE = 8
"""A word that stands more often than this on either side shows no place."""


@dataclass(frozen=True, slots=True)
class Places:
    """Words of one skeleton in both texts: numbers and units of their occurrences, in order."""

    words_a: NDArray[np.int32] = field(repr=False)
    units_a: NDArray[np.int32] = field(repr=False)
    words_b: NDArray[np.int32] = field(repr=False)
    units_b: NDArray[np.int32] = field(repr=False)

    def points(self, a: range, b: range) -> Points:
        """Compare two stretches: units of a and b, counted from their starts, and weights."""
        known_a, first_a, many_a, places_a = _rare(self.words_a, self.units_a, a)
        known_b, first_b, many_b, places_b = _rare(self.words_b, self.units_b, b)
        _, here, there = np.intersect1d(known_a, known_b, assume_unique=True, return_indices=True)
        first_a, many_a = first_a[here], many_a[here]
        first_b, many_b = first_b[there], many_b[there]
        total = many_a * many_b
        word = np.repeat(np.arange(len(total)), total)
        nth = np.arange(len(word)) - np.repeat(np.cumsum(total) - total, total)
        return (
            places_a[first_a[word] + nth // many_b[word]],
            places_b[first_b[word] + nth % many_b[word]],
            1.0 / np.maximum(many_a, many_b)[word],
        )


def places(a: Words, b: Words) -> Places:
    """Find the words that both texts have, long enough to be told from others."""
    bones_a, bones_b = _bones(a), _bones(b)
    shared = bones_a.keys() & bones_b.keys()
    number = {bones: k for k, bones in enumerate(sorted(shared))}
    return Places(*_occurrences(a, bones_a, number), *_occurrences(b, bones_b, number))


def _bones(side: Words) -> dict[str, list[int]]:
    """The types of every skeleton that shows a place."""
    found: dict[str, list[int]] = {}
    for k, (name, bones, kind) in enumerate(
        zip(side.types, side.bones, side.kinds.tolist(), strict=True)
    ):
        if kind == WORD and len(bones) >= 4:
            found.setdefault(bones, []).append(k)
        elif kind == NUMBER and len(name) > 1:
            found.setdefault(name, []).append(k)
    return found


def _occurrences(
    side: Words, bones: dict[str, list[int]], number: dict[str, int]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    word = np.full(len(side.types), -1, np.int32)
    for name, chosen in number.items():
        word[bones[name]] = chosen
    words = word[side.ids]
    known = np.flatnonzero(words >= 0)
    units = np.searchsorted(side.starts, known, side="right") - 1
    return words[known], units.astype(np.int32)


def _rare(
    words: NDArray[np.int32], units: NDArray[np.int32], stretch: range
) -> tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.int64], NDArray[np.int32]]:
    """The rare words of a stretch: numbers, where each begins in a list, how many; the list."""
    first, stop = np.searchsorted(units, (stretch.start, stretch.stop))
    order = np.argsort(words[first:stop], kind="stable")
    known, begins, many = np.unique(words[first:stop][order], return_index=True, return_counts=True)
    rare = many <= RARE
    return known[rare], begins[rare], many[rare], units[first:stop][order] - stretch.start
