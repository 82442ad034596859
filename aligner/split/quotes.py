"""Quotations that are part of a sentence, so that their own sentences stay in one unit."""

from __future__ import annotations

import re

_QUOTE = re.compile(
    r"“[^“”]{1,400}+”|«[^«»]{1,400}+»|„[^„“”]{1,400}+[“”]|「[^「」]{1,400}+」|『[^『』]{1,400}+』"
    r'|(?<![^\s(\[—–-])"(?=\S)[^"]{1,400}+"(?!\w)'
)
_GOES_ON = re.compile(r"[,;:،，；]|\s*+(?:\[|[–—-]\s|\(?[^\W\d_])")


def whole_quotes(text: str) -> list[tuple[int, int]]:
    """The spans of quotations after which the sentence goes on, in order, without overlaps."""
    found = []
    for match in _QUOTE.finditer(text):
        if _continues(text, match.end()):
            found.append(match.span())
    return found


def _continues(text: str, end: int) -> bool:
    goes_on = _GOES_ON.match(text, end)
    if goes_on is None:
        return False
    last = goes_on[0][-1]
    return not last.isalpha() or last.islower()
