"""Quotations and brackets that are part of a sentence, so that what they hold stays in one unit."""

from __future__ import annotations

import re
from collections.abc import Iterator

PAIRS = ("“”", "«»", "„“”", "「」", "『』", "()", '""')
LONGEST = 100
"""Characters of a quotation that is kept whole; longer ones are cut like other text."""


def _stretch(pair: str) -> str:
    opened, closed = re.escape(pair[0]), re.escape(pair[1:])
    tight = r'(?<!\w")(?!\s)' if opened == closed else ""
    return rf"(?<={opened}){tight}[^{opened}{closed}]{{1,{LONGEST}}}+[{closed}]"


_QUOTE = re.compile(
    "["
    + re.escape("".join(pair[0] for pair in PAIRS))
    + "](?:"
    + "|".join(map(_stretch, PAIRS))
    + ")"
)
_GOES_ON = re.compile(r"[,;:،，；]|\s*+(?:\[|[–—-]\s|\(?[^\W\d_])")
_BEFORE = frozenset(".!?…。！？")


def whole_stretches(text: str) -> Iterator[tuple[int, int]]:
    """The spans of quotations and brackets that a sentence goes on after, in order, not nested."""
    if text.isascii() and "(" not in text and '"' not in text:
        return
    for match in _QUOTE.finditer(text):
        start, end = match.span()
        before = text[max(0, start - 3) : start]
        if text[start] == "(":
            if before.strip() and before.rstrip()[-1] not in _BEFORE:
                yield start, end
        elif before[-1:] == "：" or _continues(text, end):
            yield start, end


def _continues(text: str, end: int) -> bool:
    goes_on = _GOES_ON.match(text, end)
    if goes_on is None:
        return False
    last = goes_on[0][-1]
    return not last.isalpha() or last.islower()
