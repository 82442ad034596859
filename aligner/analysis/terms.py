"""Term pairs: from the keyword lists, and from words that go together in the texts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import log
from typing import Literal

from aligner.errors import UsageError
from aligner.mend import mended
from aligner.model import Alignment, Corpus, find_tag, joiner

Origin = Literal["keywords", "text"]

WORD = re.compile(r"[^\W\d_](?:[\w'’ʻʼ‘-]*\w)?")
MOST_WORDS = 60
"""Words of a side beyond this are left out: very long beads say little on single words."""


@dataclass(frozen=True, slots=True)
class TermPair:
    """A term and its counterpart, how often they meet, how strongly, and a bead as example."""

    langs: tuple[str, str]
    first: str
    second: str
    count: int
    strength: float
    origin: Origin
    example: tuple[str, str]


def terms(
    corpus: Corpus,
    *,
    langs: tuple[str, str] | None = None,
    origin: Origin = "keywords",
    least: int = 2,
) -> list[TermPair]:
    """Find pairs of terms in two versions: a corpus in, pairs out, the strongest first.

    ``langs`` are the two versions (the first two by default). From ``keywords`` a pair is a 1-1
    bead of keyword lists; from ``text`` two words that share beads far more often than chance
    (log-likelihood ratio, Dunning, 1993), met ``least`` times or more, each the other's best.
    Raises UsageError if the corpus has no such two versions.
    """
    chosen = langs or _first_two(corpus)
    if origin == "keywords":
        return _from_keywords(corpus, chosen)
    return _from_text(corpus, chosen, least)


def _first_two(corpus: Corpus) -> tuple[str, str]:
    for alignment in corpus.alignments:
        return alignment.versions[0].lang, alignment.versions[1].lang
    raise UsageError("this corpus has no alignment, so there are no term pairs in it")


def _sides(corpus: Corpus, langs: tuple[str, str], *, keywords: bool) -> Iterator[tuple[str, str]]:
    for alignment in corpus.alignments:
        columns = _columns(alignment, langs)
        if columns is None or (alignment.versions[0].unit == "keyword") != keywords:
            continue
        for view in alignment:
            first, second = (view.sides[column] for column in columns)
            if first and second and (not keywords or len(first) == len(second) == 1):
                yield mended(first.text), mended(second.text)


def _columns(alignment: Alignment, langs: tuple[str, str]) -> tuple[int, int] | None:
    tags = tuple(version.lang for version in alignment.versions)
    try:
        return find_tag(tags, langs[0]), find_tag(tags, langs[1])
    except UsageError:
        return None


def _from_keywords(corpus: Corpus, langs: tuple[str, str]) -> list[TermPair]:
    pairs = Counter((a, b) for a, b in _sides(corpus, langs, keywords=True))
    return [
        TermPair(langs, a, b, count, float(count), "keywords", (a, b))
        for (a, b), count in pairs.most_common()
    ]


def _from_text(corpus: Corpus, langs: tuple[str, str], least: int) -> list[TermPair]:
    beads = list(_sides(corpus, langs, keywords=False))
    first: Counter[str] = Counter()
    second: Counter[str] = Counter()
    both: Counter[tuple[str, str]] = Counter()
    example: dict[tuple[str, str], int] = {}
    for number, (a, b) in enumerate(beads):
        left, right = _words(a, langs[0]), _words(b, langs[1])
        first.update(left)
        second.update(right)
        for pair in ((x, y) for x in left for y in right):
            both[pair] += 1
            example.setdefault(pair, number)
    scored = {
        (x, y): strength
        for (x, y), count in both.items()
        if count >= least and (strength := _likelihood(count, first[x], second[y], len(beads))) > 0
    }
    kept = _mutual(scored)
    return [
        TermPair(langs, x, y, both[x, y], round(scored[x, y], 2), "text", beads[example[x, y]])
        for x, y in kept
    ]


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
