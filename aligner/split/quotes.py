"""Quotations and brackets that are part of a sentence, so that what they hold stays in one unit."""

from __future__ import annotations

import re
from collections.abc import Iterator

MOST = 100
_QUOTE = re.compile(
    rf'“[^“”]{{1,{MOST}}}+”|«[^«»]{{1,{MOST}}}+»|„[^„“”]{{1,{MOST}}}+[“”]|「[^「」]{{1,{MOST}}}+」|『[^『』]{{1,{MOST}}}+』'
    rf'|(?<![^\s(\[—–-])"(?=\S)[^"]{{1,{MOST}}}+"(?!\w)|\([^()]{{1,{MOST}}}+\)'
)
_GOES_ON = re.compile(r"[,;:،，；]|\s*+(?:\[|[–—-]\s|\(?[^\W\d_])")
_BEFORE = frozenset(".!?…。！？")


def whole_stretches(text: str) -> Iterator[tuple[int, int]]:
    """The spans of quotations and brackets that a sentence goes on after, in order, not nested."""
    for match in _QUOTE.finditer(text):
        if match[0][0] == "(":
            before = text[max(0, match.start() - 3) : match.start()].rstrip()
            if before and before[-1] not in _BEFORE:
                yield match.span()
        elif _continues(text, match.end()) or text[max(0, match.start() - 1):match.start()] in ('：',):
            yield match.span()


def _continues(text: str, end: int) -> bool:
    goes_on = _GOES_ON.match(text, end)
    if goes_on is None:
        return False
    last = goes_on[0][-1]
    return not last.isalpha() or last.islower()
