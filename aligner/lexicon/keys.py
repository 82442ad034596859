"""The features of a word: its beginnings, from short to long, and the whole word.

What is not known of a word is taken from the longest beginning that is known. In languages that
add ending to ending most forms of a text were never seen, and their beginnings were.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from zlib import crc32

CUTS: dict[str, tuple[int, ...]] = {
    **dict.fromkeys(("zh", "ja"), (1, 2, 3)),
    "ko": (1, 2, 3, 4),
    **dict.fromkeys(("ar", "fa", "hi", "as", "ur", "he"), (3, 4, 5, 6)),
    **dict.fromkeys(("ira", "trk"), (5, 6, 8)),  # see families
}
"""How many letters the beginnings have, for the languages whose signs carry more than a letter."""

OTHER_CUTS = (4, 5, 6, 8)
WHOLE = "$"
"""Marks the end of a word, so that a whole word and a beginning are two features."""


def keys(word: str, lang: str) -> list[str]:
    """The features of a folded word, shortest first; numbers and the empty word have none."""
    if not word or word.isdigit():
        return []
    size = len(word)
    found = [word[:cut] for cut in CUTS.get(lang, OTHER_CUTS) if cut <= size]
    found.append(word + WHOLE)
    return found


COMPOUNDING = frozenset(
    ("af", "da", "de", "et", "fi", "fo", "fy", "hu", "is", "lb", "nb", "nl", "nn", "no", "sv")
)
"""Languages that write compounds as one word, the head last."""

SHORTEST, HEAD, MODIFIER = 8, 4, 3
"""Letters that a compound, its head and what stands before the head have at least."""


def heads(word: str, lang: str) -> list[str]:
    """The whole words that may be the head of a compound, shortest first."""
    if lang not in COMPOUNDING or len(word) < SHORTEST or not word.isalpha():
        return []
    return [word[cut:] + WHOLE for cut in range(len(word) - HEAD, MODIFIER - 1, -1)]


def codes(features: Iterable[str]) -> Iterator[int]:
    """Each feature as an unsigned 32-bit number."""
    return map(crc32, map(str.encode, features))
