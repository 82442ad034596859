"""The text that detectors see: addresses, identifiers and numbers out, capitals lowered."""

from __future__ import annotations

import re

FEW_LETTERS = 8
"""A unit with fewer letters says nothing but its script; its neighbours decide."""

_NO_LANGUAGE = re.compile(
    r"https?://\S+|file:\S+|www\.\S+|\S+@\S+\.\w+|\b10\.\d{4,}/\S+"
    r"|\borcid(?:\.org)?(?:\s+id)?\b\S*"
    r"|\b(?:UDK|УДК|UDC|ББК|DOI|ISSN|ISBN|МРНТИ|JEL|E-?mail|arXiv)\b:?"
    r"|\b[0-9A-Za-z]*\d(?:(?![\u2e80-\ud7ff])[\w./:()=-])*"
    r"|[#*_<>\[\]|\\/{}~^`=+\d]",
    re.IGNORECASE,
)
_SPACE = re.compile(r"\s+")


def cleaned(text: str) -> str:
    """A text as detectors should see it: what is of no language out, one space for any other.

    A text mostly in capitals comes back in small letters, because profiles know few capitals.
    """
    text = _SPACE.sub(" ", _NO_LANGUAGE.sub(" ", text)).strip()
    return text.lower() if mostly_capitals(text) else text


def mostly_capitals(text: str) -> bool:
    """True if more than half of the letters are capitals."""
    capitals = sum(map(str.isupper, text))
    return capitals * 2 > capitals + sum(map(str.islower, text))


def letters(text: str) -> int:
    """The number of letters (marks, digits and signs are none)."""
    return sum(map(str.isalpha, text))
