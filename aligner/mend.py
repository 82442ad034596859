"""The mended view of a text: line wraps undone, for scoring and display, never for storing."""

from __future__ import annotations

import re

_HYPHEN_WRAP = re.compile(r"(?<=\w)[-\u2010\u00ad][ \t]*\r?\n\s*(?=[^\W\d_])")
_SPACE = re.compile(r"\s+")


def mended(text: str) -> str:
    """A text as a reader sees it: words rejoined over line ends, every white space one space."""
    if "\n" in text or "\u00ad" in text:
        text = _HYPHEN_WRAP.sub(_rejoin, text).replace("\u00ad", "")
    return _SPACE.sub(" ", text).strip()


def _rejoin(match: re.Match[str]) -> str:
    after = match.string[match.end()]
    return "" if after.islower() or not after.isupper() else "-"
