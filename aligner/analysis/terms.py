"""Term pairs: from the keyword lists, the word model, and words that go together in the texts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import log
from typing import TYPE_CHECKING, Literal

import numpy as np

from aligner.analysis.kwic import folded
from aligner.errors import LanguageTagError, UsageError
from aligner.mend import mended
from aligner.model import Alignment, Corpus, find_tag, joiner

if TYPE_CHECKING:
    from aligner.lexicon import Lexicon

Origin = Literal["keywords", "text", "lexicon"]
Pair = tuple[str, str]

WORD = re.compile(r"[^\W\d_][\w'’ʻʼ‘-]*\w")
"""Two characters or more: initials and single letters are no terms."""

MOST_WORDS = 60
"""Words of a side beyond this are left out: very long beads say little on single words."""


@dataclass(frozen=True, slots=True)
class TermPair:
    """A term and its counterpart, the number of beads in which they meet, and one of these.

    ``strength`` is what the pair rests on: the number of keyword beads, the log-likelihood ratio,
    or the similarity in the word model.
    """

    langs: Pair
    first: str
    second: str
    count: int
    strength: float
    origin: Origin
    example: Pair


def terms(
    corpus: Corpus,
    *,
    langs: Pair | None = None,
    origin: Origin = "keywords",
    least: int = 2,
    lexicon: Lexicon | None = None,
) -> list[TermPair]:
    """Find pairs of terms in two versions: a corpus in, pairs out, the strongest first.

    ``langs`` are the two versions (the first two by default). From ``keywords`` a pair is a 1-1
    bead of keyword lists. From ``text`` it is two words that share beads far more often than chance
    (log-likelihood ratio, Dunning, 1993), from ``lexicon`` two words of a bead that the word model
    holds for translations (the built-in model by default); these meet in ``least`` beads or more
    and are each other's best. Raises UsageError if the corpus has no such two versions,
    LanguageTagError if the model does not know them.
    """
    chosen = _tags(corpus, langs)
    if origin == "keywords":
        return _from_keywords(corpus, chosen)
    beads = _sides(corpus, chosen, keywords=False)
    met = _meetings(beads, chosen, least)
    strengths = _likelihoods(met) if origin == "text" else _similarities(met, chosen, lexicon)
    found = []
    for x, y in _mutual(strengths):
        example = beads[min(set(met.first[x]) & set(met.second[y]))]
        strength = round(strengths[x, y], 2)
        found.append(TermPair(chosen, x, y, met.both[x, y], strength, origin, example))
    return found


def _tags(corpus: Corpus, langs: Pair | None) -> Pair:
    """The tags of the two versions, as the first alignment that has both writes them."""
    for alignment in corpus.alignments:
        tags = [version.lang for version in alignment.versions]
        columns = _columns(alignment, langs or (tags[0], tags[1]))
        if columns is not None:
            return tags[columns[0]], tags[columns[1]]
    known = dict.fromkeys(v.lang for a in corpus.alignments for v in a.versions)
    if langs is None or not known:
        raise UsageError("this corpus has no alignment, so there are no term pairs in it")
    raise UsageError(
        f"no alignment of this corpus is of {langs[0]} and {langs[1]}",
        do=f"The versions are: {', '.join(known)}",
    )


def _sides(corpus: Corpus, langs: Pair, *, keywords: bool) -> list[Pair]:
    """The texts of the two versions in every bead that has both."""
    found = []
    for alignment in corpus.alignments:
        columns = _columns(alignment, langs)
        if columns is None or (alignment.versions[0].unit == "keyword") != keywords:
            continue
        for view in alignment:
            first, second = (view.sides[column] for column in columns)
            if first and second and (not keywords or len(first) == len(second) == 1):
                found.append((mended(first.text), mended(second.text)))
    return found


def _columns(alignment: Alignment, langs: tuple[str, str]) -> tuple[int, int] | None:
    tags = tuple(version.lang for version in alignment.versions)
    try:
        return find_tag(tags, langs[0]), find_tag(tags, langs[1])
    except UsageError:
        return None


def _from_keywords(corpus: Corpus, langs: Pair) -> list[TermPair]:
    beads = _sides(corpus, langs, keywords=False)
    views = [(folded(a), folded(b)) for a, b in beads]
    found = []
    for (a, b), lists in Counter(_sides(corpus, langs, keywords=True)).most_common():
        first, second = _beginnings(a), _beginnings(b)
        places = [n for n, (x, y) in enumerate(views) if first.search(x) and second.search(y)]
        example = beads[places[0]] if places else (a, b)
        count = lists + len(places)
        found.append(TermPair(langs, a, b, count, float(lists), "keywords", example))
    return found


def _beginnings(term: str) -> re.Pattern[str]:
    """The words of a term, each with any ending, as most languages inflect them."""
    return re.compile(r"(?<!\w)" + r"\w*\s+".join(map(re.escape, folded(term).split())))


@dataclass(frozen=True, slots=True)
class _Meetings:
    """The beads in which each word stands, and in how many two of them meet, if often enough."""

    beads: int
    first: dict[str, list[int]]
    second: dict[str, list[int]]
    both: dict[Pair, int]


def _meetings(beads: list[Pair], langs: Pair, least: int) -> _Meetings:
    first, second = (
        _places((bead[side] for bead in beads), lang) for side, lang in enumerate(langs)
    )
    names = list(second)
    beside: list[list[int]] = [[] for _ in beads]
    for number, places in enumerate(second.values()):
        for place in places:
            beside[place].append(number)
    there = [np.array(numbers, dtype=np.int64) for numbers in beside]
    both = {}
    # Word by word, since the pairs of all words of a large corpus are more than memory holds.
    for word, places in first.items():
        met, counts = np.unique(
            np.concatenate([there[place] for place in places]), return_counts=True
        )
        often = counts >= least
        for number, count in zip(met[often].tolist(), counts[often].tolist(), strict=True):
            both[word, names[number]] = count
    return _Meetings(len(beads), first, second, both)


def _places(texts: Iterable[str], lang: str) -> dict[str, list[int]]:
    """For every word the numbers of the texts in which it stands."""
    places: dict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        for word in _words(text, lang):
            places[word].append(number)
    return dict(places)


def _likelihoods(met: _Meetings) -> dict[Pair, float]:
    return {
        (x, y): strength
        for (x, y), count in met.both.items()
        if (strength := _likelihood(count, len(met.first[x]), len(met.second[y]), met.beads)) > 0
    }


def _similarities(met: _Meetings, langs: Pair, lexicon: Lexicon | None) -> dict[Pair, float]:
    from aligner.lexicon import built_in

    model = lexicon or built_in()
    words = sorted(met.first), sorted(met.second)
    found = model.similarity(words[0], langs[0], words[1], langs[1])
    if found is None:
        raise LanguageTagError(
            f"the word model does not know {langs[0]} and {langs[1]}",
            do=f"It knows: {', '.join(model.langs)}",
        )
    return {
        pair: float(value)
        for row, column, value in zip(*found, strict=True)
        if (pair := (words[0][row], words[1][column])) in met.both
    }


def _words(text: str, lang: str) -> list[str]:
    """The distinct words of a text, or its pairs of characters where none are spaced."""
    if joiner(lang):
        found = [word.casefold() for word in WORD.findall(text)]
    else:
        letters = [c for c in text if c.isalnum()]
        found = [a + b for a, b in pairwise(letters)]
    return sorted(set(found[:MOST_WORDS]))


def _mutual(scored: dict[tuple[str, str], float]) -> list[tuple[str, str]]:
    """The pairs whose words are each other's best, strongest first."""
    best: dict[int, dict[str, float]] = {0: defaultdict(float), 1: defaultdict(float)}
    for pair, strength in scored.items():
        for side in (0, 1):
            best[side][pair[side]] = max(best[side][pair[side]], strength)
    kept = [p for p, s in scored.items() if s == best[0][p[0]] == best[1][p[1]]]
    return sorted(kept, key=lambda pair: (-scored[pair], pair))


def _likelihood(both: int, first: int, second: int, total: int) -> float:
    """The log-likelihood ratio of two words in a table of beads; 0 if they avoid each other."""
    if both * total <= first * second:
        return 0.0
    cells = (both, first - both, second - both, total - first - second + both)
    sums = (first, total - first, second, total - second)
    value = sum(n * log(n) for n in cells if n) - sum(n * log(n) for n in sums if n)
    return 2 * (value + total * log(total))
