"""Telling a list of references from running text, label or no label."""

from __future__ import annotations

import re
from collections.abc import Sequence

_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_SOURCE = re.compile(
    r"https?://|www\.|\bdoi\b|\b10\.\d{4,}/|\bISBN\b|\bISSN\b"
    r"|\b(?:pp?|с|s|S|бет|б|v|vol|Vol|no|No|т|Т|С|Вып|b|nr|Nr|Bd|Hrsg|eds?|et al)\.\s?[\d(IVX]"
    r"|№\s?\d|//|\d\s?[–-]\s?\d+\s*(?:[cсsp]\.|\.?$)|\b\d+\s?\(\d+\)\s?[,:]",
)
_INITIALS = re.compile(
    r"[^\W\d_]{2,},?\s(?P<after>[^\W\d_]{1,2})\."
    r"|(?<![^\W\d_])(?P<before>[^\W\d_])\.\s?(?:[^\W\d_]\.\s?){0,2}[^\W\d_]{2,}"
)
_LONGEST = 700
_FEWEST = 3


def is_reference_list(texts: Sequence[str], *, named: bool = False) -> int | None:
    """Where in a run of paragraphs a list of references starts; None if there is none.

    Under a label that says so (``named``) two in five paragraphs must look the part and the list
    starts at once; without one, at least three in a row at the end of the run, nearly all of them.
    """
    marks = [looks_like_reference(text) for text in texts]
    if named:
        return 0 if marks and sum(marks) >= 0.4 * len(marks) else None
    if len(marks) < _FEWEST or (not marks[-1] and not marks[-2]):
        return None
    start = len(marks)
    while start and (marks[start - 1] or (start > 1 and marks[start - 2] and start < len(marks))):
        start -= 1
    found = marks[start:]
    return start if len(found) >= _FEWEST and sum(found) >= 0.8 * len(found) else None


def looks_like_reference(text: str) -> bool:
    """True if two of year, source and initials show in a text of the length of a reference."""
    if len(text) > _LONGEST:
        return False
    signs = (_YEAR.search(text), _SOURCE.search(text), _has_initials(text[:120]))
    return sum(map(bool, signs)) >= 2


def _has_initials(text: str) -> bool:
    """True for a name with initials, before it or after it; no small letters are."""
    return any(not (m["after"] or m["before"]).islower() for m in _INITIALS.finditer(text))
