"""Lengths of texts: characters, words, and the ratio of two versions as a z-score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from aligner.model import Alignment, joiner

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def word_counts(texts: Sequence[str], lang: str) -> list[int]:
    """Words between white space; where a language writes none (zh, ja, th ...), its letters."""
    return [len(words) for words in tokens(texts, lang)]


def tokens(texts: Sequence[str], lang: str) -> Iterator[list[str]]:
    """The words of each text, as ``word_counts`` counts them."""
    if joiner(lang):
        return map(str.split, texts)
    return ([character for character in text if character.isalnum()] for text in texts)


@dataclass(frozen=True, slots=True)
class Sides:
    """One version's sides of the beads of an alignment, a value a bead.

    They hold the units ``start`` (included) to ``stop`` (excluded); empty ones are 0 to 0.
    """

    start: Ints
    stop: Ints

    @property
    def units(self) -> Ints:
        """The number of units of every side."""
        return self.stop - self.start

    def totals(self, sizes: Sequence[int] | Ints) -> Ints:
        """Sizes of units in, sizes of sides out."""
        edges = np.concatenate(([0], np.cumsum(sizes, dtype=np.int64)))
        return edges[self.stop] - edges[self.start]


def sides(alignment: Alignment, column: int) -> Sides:
    """The sides of the version in that column."""
    ranges = [bead.sides[column] for bead in alignment.beads]
    return Sides(
        np.array([side.start if side else 0 for side in ranges], dtype=np.int64),
        np.array([side.stop if side else 0 for side in ranges], dtype=np.int64),
    )


def length_ratios(characters: Ints, of: Ints) -> Floats:
    """Characters of sides over those of the first sides; not a number where one is empty."""
    ratios = np.full(len(characters), np.nan)
    np.divide(characters, of, out=ratios, where=(characters > 0) & (of > 0))
    return np.round(ratios, 4)


def z_scores(ratios: Floats) -> Floats:
    """How far the logarithm of each ratio lies from their mean, in standard deviations.

    Fewer than three ratios, or ratios that are all one, have no scores (not a number).
    """
    logs = np.log(np.where(ratios > 0, ratios, np.nan))
    known = logs[~np.isnan(logs)]
    if len(known) < 3 or known.std() < 1e-9:
        return np.full(len(ratios), np.nan)
    scores: Floats = np.round((logs - known.mean()) / known.std(), 3)
    return scores


def listed(values: Floats) -> list[Any]:
    """Numbers as a list, None for what is not a number."""
    return [None if value != value else value for value in values.tolist()]  # noqa: PLR0124
