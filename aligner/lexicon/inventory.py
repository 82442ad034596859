"""The words of a model and their counterparts, for a person to look at."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from aligner.errors import LanguageTagError
from aligner.lexicon.words import fold, language

if TYPE_CHECKING:
    from aligner.lexicon.lexicon import Lexicon

CHUNK = 2000
"""Words looked up at a time."""


def vocabulary(lexicon: Lexicon, tag: str) -> list[str]:
    """The commonest words of a language that the model knows, the commonest first.

    Raises LanguageTagError if it does not know the language.
    """
    if not lexicon.knows(tag):
        raise LanguageTagError(
            f"the word model knows no {tag!r}", do=f"It knows: {', '.join(lexicon.langs)}"
        )
    raw = lexicon.arrays[f"{language(tag)}.words"].tobytes()
    return [word for word in zlib.decompress(raw).decode().split("\n") if word]


def translations(
    lexicon: Lexicon,
    lang_a: str,
    lang_b: str,
    *,
    words: Sequence[str] = (),
    best: int = 3,
    least: float = 0.3,
) -> Iterator[tuple[str, str, float]]:
    """The word pairs of two languages: (word, word, cosine), commonest and best first.

    ``words`` of the first language are looked up instead of its whole vocabulary, inflected forms
    too. At most ``best`` counterparts a word, none under ``least``. Raises LanguageTagError for a
    language that the model does not know.
    """
    import numpy as np

    from aligner.lexicon.prior import cosines

    ours, theirs = vocabulary(lexicon, lang_a), vocabulary(lexicon, lang_b)
    ours = [fold(word, language(lang_a)) for word in words] or ours
    right = lexicon.rows(theirs, lang_b)
    for first in range(0, len(ours), CHUNK):
        part = ours[first : first + CHUNK]
        pairs = cosines(lexicon.rows(part, lang_a), right, least=least)
        order = np.lexsort((pairs.cols, -pairs.values, pairs.rows))
        rows = pairs.rows[order]
        order = order[np.arange(len(order)) - np.searchsorted(rows, rows, "left") < best]
        for cell in order.tolist():
            value = round(float(pairs.values[cell]), 3)
            yield part[pairs.rows[cell]], theirs[pairs.cols[cell]], value
