"""What scholars count: beads by shape, omissions and additions, expansion, sentence lengths."""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt

from aligner.analysis.measures import Ints, sides, tokens
from aligner.model import Alignment, Corpus, Version

EDGES = re.compile(r"^[\W_]+|[\W_]+$")
"""What stands around a word and is none of it."""

WINDOW = 100
"""Words in the window of the moving-average type-token ratio."""


@dataclass(frozen=True, slots=True)
class PairStats:
    """Beads of two versions of a parallel, first version against second.

    ``shapes`` are (shape, beads) by frequency; ``omissions`` units of the first version without
    counterpart, in ``omission_runs`` runs; additions the same for the second; ``splits`` beads
    1-n, ``merges`` n-1; ``expansion`` characters of the second over those of the first in beads
    that have both.
    """

    document: str
    role: str
    first: str
    second: str
    beads: int
    shapes: tuple[tuple[str, int], ...]
    omissions: int
    omission_runs: int
    additions: int
    addition_runs: int
    splits: int
    merges: int
    expansion: float | None
    word_expansion: float | None


@dataclass(frozen=True, slots=True)
class LanguageStats:
    """One language of a corpus: size, sentence lengths in words, variety, unaligned share.

    ``variety`` is the moving-average type-token ratio over 100 words (Covington and McFall,
    2010); None for shorter texts.
    """

    lang: str
    units: int
    words: int
    characters: int
    mean_words: float
    median_words: float
    variety: float | None
    unaligned: float


@dataclass(frozen=True, slots=True)
class Stats:
    """The counts of a corpus: per language, and per parallel and pair of languages."""

    title: str
    languages: tuple[LanguageStats, ...]
    pairs: tuple[PairStats, ...]

    @property
    def as_dict(self) -> dict[str, Any]:
        """The counts as plain values, for JSON."""
        return asdict(self)


def stats(corpus: Corpus) -> Stats:
    """Count a corpus: a corpus in, its Stats out."""
    vocabularies: dict[str, _Vocabulary] = defaultdict(_Vocabulary)
    aligned = [
        [_counted(version, vocabularies[version.lang]) for version in alignment.versions]
        for alignment in corpus.alignments
    ]
    rest = [_counted(version, vocabularies[version.lang]) for version in corpus.rest]
    pairs = [
        pair
        for parallel, alignment, units in zip(
            corpus.parallels, corpus.alignments, aligned, strict=True
        )
        for pair in _pairs(alignment, parallel.role, units)
    ]
    inside = [units for parallel in aligned for units in parallel]
    languages = [
        _language(tag, vocabulary, inside, rest) for tag, vocabulary in vocabularies.items()
    ]
    return Stats(corpus.title, tuple(languages), tuple(pairs))


class _Vocabulary(defaultdict[str, int]):
    """The words of a language, numbered in the order in which they are met."""

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self)
        return number

    def forms(self) -> Ints:
        """For the number of every word that of its form: no case, no punctuation; -1 if no more."""
        numbers = _Vocabulary()
        forms = (EDGES.sub("", word).casefold() for word in self)
        return np.array([numbers[form] if form else -1 for form in forms], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class _Units:
    """A version in numbers: the length of each unit, and the number of each word of the text."""

    lang: str
    characters: Ints
    words: Ints
    text: Ints


def _counted(version: Version, vocabulary: _Vocabulary) -> _Units:
    texts, text, counts = version.texts, array("q"), array("q")
    for words in tokens(texts, version.lang):
        counts.append(len(words))
        text.extend(map(vocabulary.__getitem__, words))
    characters = array("q", map(len, texts))
    return _Units(version.lang, np.array(characters), np.array(counts), np.array(text))


def _pairs(alignment: Alignment, role: str, units: list[_Units]) -> Iterator[PairStats]:
    """Count the beads of an alignment as projected on every two of its versions."""
    every = [sides(alignment, column) for column in range(len(alignment.versions))]
    for i, j in combinations(range(len(every)), 2):
        a, b = every[i].units, every[j].units
        a, b = a[a + b > 0], b[a + b > 0]
        full = (every[i].units > 0) & (every[j].units > 0)
        yield PairStats(
            document=alignment.versions[i].document.name,
            role=role,
            first=alignment.versions[i].lang,
            second=alignment.versions[j].lang,
            beads=len(a),
            shapes=_shapes(a, b),
            omissions=int(a[b == 0].sum()),
            omission_runs=_runs(b == 0),
            additions=int(b[a == 0].sum()),
            addition_runs=_runs(a == 0),
            splits=int(((a == 1) & (b > 1)).sum()),
            merges=int(((a > 1) & (b == 1)).sum()),
            expansion=_expansion(*(every[k].totals(units[k].characters)[full] for k in (i, j))),
            word_expansion=_expansion(*(every[k].totals(units[k].words)[full] for k in (i, j))),
        )


def _shapes(a: Ints, b: Ints) -> tuple[tuple[str, int], ...]:
    counted = Counter(zip(a.tolist(), b.tolist(), strict=True))
    return tuple((f"{m}-{n}", beads) for (m, n), beads in counted.most_common())


def _runs(flags: npt.NDArray[np.bool_]) -> int:
    """How many stretches of beads are marked."""
    return int(flags[:1].sum() + (flags[1:] & ~flags[:-1]).sum())


def _expansion(first: Ints, second: Ints) -> float | None:
    """The size of the second sides over that of the first sides."""
    total = int(first.sum()), int(second.sum())
    return round(total[1] / total[0], 4) if all(total) else None


def _language(
    tag: str, vocabulary: _Vocabulary, aligned: list[_Units], rest: list[_Units]
) -> LanguageStats:
    inside = [units for units in aligned if units.lang == tag]
    outside = [units for units in rest if units.lang == tag]
    every = inside + outside
    words = np.concatenate([units.words for units in every])
    characters, alone = (
        sum(int(units.characters.sum()) for units in part) for part in (every, outside)
    )
    text = vocabulary.forms()[np.concatenate([units.text for units in every])]
    return LanguageStats(
        lang=tag,
        units=len(words),
        words=int(words.sum()),
        characters=characters,
        mean_words=round(float(words.mean()), 2) if len(words) else 0.0,
        median_words=float(np.median(words)) if len(words) else 0.0,
        variety=moving_type_token_ratio(text[text >= 0]),
        unaligned=round(alone / characters, 4) if characters else 0.0,
    )


def moving_type_token_ratio(words: Ints, *, window: int = WINDOW) -> float | None:
    """Types over tokens, as the mean over every window of ``window`` words; None if too short.

    ``words`` are the numbers of the words of a text. Moving-average type-token ratio (Covington
    and McFall, 2010).
    """
    windows = len(words) - window + 1
    if windows < 1:
        return None
    # Sorted together with their places, equal words stand beside each other in text order.
    word, place = np.divmod(np.sort(words * len(words) + np.arange(len(words))), len(words))
    again = np.concatenate(([False], word[1:] == word[:-1]))
    before = np.where(again, np.concatenate(([0], place[:-1])), -1)
    # A word counts in every window that holds it and not its last appearance before.
    first = np.maximum(before + 1, place - window + 1)
    total = np.maximum(0, np.minimum(place, windows - 1) - first + 1).sum()
    return round(float(total) / windows / window, 4)
