"""What scholars count: beads by shape, omissions and additions, expansion, sentence lengths."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from itertools import chain, combinations
from statistics import fmean, median
from typing import Any

from aligner.analysis.measures import word_counts
from aligner.model import Alignment, Corpus, Version, joiner

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
    pairs = [
        pair_stats(alignment, parallel.role, i, j)
        for parallel, alignment in zip(corpus.parallels, corpus.alignments, strict=True)
        for i, j in combinations(range(len(alignment.versions)), 2)
    ]
    aligned = [v for alignment in corpus.alignments for v in alignment.versions]
    tags = dict.fromkeys(version.lang for version in (*aligned, *corpus.rest))
    return Stats(
        corpus.title,
        tuple(_language(tag, aligned, corpus.rest) for tag in tags),
        tuple(pairs),
    )


def pair_stats(alignment: Alignment, role: str, i: int, j: int) -> PairStats:
    """Count the beads of an alignment as projected on its versions number ``i`` and ``j``."""
    first, second = alignment.versions[i], alignment.versions[j]
    sides = [(bead.sides[i], bead.sides[j]) for bead in alignment.beads]
    sides = [(a, b) for a, b in sides if a or b]
    shapes = Counter(f"{len(a)}-{len(b)}" for a, b in sides)
    full = [(a, b) for a, b in sides if a and b]
    texts = first.texts, second.texts
    lengths = [[len(text) for text in column] for column in texts]
    words = [word_counts(c, v.lang) for v, c in zip((first, second), texts, strict=True)]
    return PairStats(
        document=first.document.name,
        role=role,
        first=first.lang,
        second=second.lang,
        beads=len(sides),
        shapes=tuple(shapes.most_common()),
        omissions=sum(len(a) for a, b in sides if not b),
        omission_runs=_runs([bool(a) and not b for a, b in sides]),
        additions=sum(len(b) for a, b in sides if not a),
        addition_runs=_runs([bool(b) and not a for a, b in sides]),
        splits=sum(1 for a, b in full if len(a) == 1 and len(b) > 1),
        merges=sum(1 for a, b in full if len(b) == 1 and len(a) > 1),
        expansion=_ratio(full, lengths),
        word_expansion=_ratio(full, words),
    )


def _runs(flags: list[bool]) -> int:
    return sum(1 for place, flag in enumerate(flags) if flag and not (place and flags[place - 1]))


def _ratio(beads: list[tuple[range, range]], sizes: list[list[int]]) -> float | None:
    """The size of the second sides over that of the first sides."""
    first = sum(sum(sizes[0][a.start : a.stop]) for a, _ in beads)
    second = sum(sum(sizes[1][b.start : b.stop]) for _, b in beads)
    return round(second / first, 4) if first and second else None


def _language(tag: str, aligned: list[Version], rest: tuple[Version, ...]) -> LanguageStats:
    inside = [text for version in aligned if version.lang == tag for text in version.texts]
    outside = [text for version in rest if version.lang == tag for text in version.texts]
    texts = inside + outside
    spoken = [text.casefold().split() for text in texts]
    counts = [len(words) for words in spoken] if joiner(tag) else word_counts(texts, tag)
    counts = counts or [0]
    characters = sum(map(len, texts))
    return LanguageStats(
        lang=tag,
        units=len(texts),
        words=sum(counts),
        characters=characters,
        mean_words=round(fmean(counts), 2),
        median_words=float(median(counts)),
        variety=moving_type_token_ratio(list(chain.from_iterable(spoken))),
        unaligned=round(sum(map(len, outside)) / characters, 4) if characters else 0.0,
    )


def moving_type_token_ratio(words: list[str], *, window: int = WINDOW) -> float | None:
    """Types over tokens, as the mean over every window of ``window`` words; None if too short.

    Moving-average type-token ratio (Covington and McFall, 2010).
    """
    windows = len(words) - window + 1
    if windows < 1:
        return None
    import numpy as np

    numbers = {word: number for number, word in enumerate(set(words))}
    ids = np.array(list(map(numbers.__getitem__, words)))
    order = np.argsort(ids, kind="stable")
    again = ids[order[1:]] == ids[order[:-1]]
    before = np.full(len(ids), -1)
    before[order[1:][again]] = order[:-1][again]
    # A word counts in every window that holds it and not its last appearance before.
    place = np.arange(len(ids))
    first = np.maximum(before + 1, place - window + 1)
    total = np.maximum(0, np.minimum(place, windows - 1) - first + 1).sum()
    return round(float(total) / windows / window, 4)
