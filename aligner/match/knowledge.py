"""What a lexicon knows of the words of pieces: sets of concepts, the same for all languages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aligner.lexicon import Lexicon

BEST = 3
"""So many concepts of a word are taken, the heaviest ones,"""
SHARE = 0.3
"""and none that has less than this share of the heaviest one's weight."""


def concepts(texts: Sequence[str], lang: str, lexicon: Lexicon | None) -> list[frozenset[str]]:
    """The concepts that the words of each text stand for; empty sets where nothing is known."""
    if lexicon is None or not lexicon.knows(lang):
        return [frozenset()] * len(texts)
    from aligner.lexicon.words import language, tokens

    words = [set(tokens(text, language(lang))) for text in texts]
    known = _by_word(sorted(set().union(*words)), lang, lexicon)
    return [frozenset().union(*(known[word] for word in own)) for own in words]


def _by_word(words: Sequence[str], lang: str, lexicon: Lexicon) -> dict[str, frozenset[str]]:
    rows = lexicon.rows(words, lang)
    starts, numbers, weights = rows.starts.tolist(), rows.concepts.tolist(), rows.weights.tolist()
    return {
        word: frozenset(_heaviest(zip(numbers[a:b], weights[a:b], strict=True)))
        for word, a, b in zip(words, starts, starts[1:], strict=False)
    }


def _heaviest(entries: Iterable[tuple[int, float]]) -> list[str]:
    best = sorted(entries, key=lambda entry: (-entry[1], entry[0]))[:BEST]
    return [f"c:{number}" for number, weight in best if weight >= SHARE * best[0][1]]
