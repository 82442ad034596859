"""The text that detectors see: addresses, identifiers and numbers out, capitals lowered."""

from __future__ import annotations

import re

FEW_LETTERS = 8
"""A unit with fewer letters says nothing but its script; its neighbours decide."""
FEW_EAST = 4
"""So many letters of an East Asian script are enough: they may be a sentence."""

_SIGNS = "#*_<>\\[\\]|\\\\/{}~^`=+\\d"
_MAY_BE_NONE = re.compile(f"[@{_SIGNS}]")
_NUMBERS_NAMES = r"\b(?:UDK|УДК|UDC|ББК|DOI|ISSN|ISBN|МРНТИ|JEL|E-?mail|arXiv)\b:?"
_OTHER_NONE = re.compile(rf"{_NUMBERS_NAMES}|\borcid\b|\bwww\.\S+", re.IGNORECASE)
_NO_LANGUAGE = re.compile(
    r"https?://\S+|file:\S+|www\.\S+|(?<!\S)[^\s@]+@\S+\.\w+|\b10\.\d{4,}/\S+"
    r"|\borcid(?:\.org)?(?:\s+id)?\b\S*"
    rf"|{_NUMBERS_NAMES}"
    r"|\b\d+[^\W\d_]{0,2}-(?=[^\W\d_]{2,}(?![\w./:=]))"
    r"|\b[0-9A-Za-z]*\d(?:(?![\u2e80-\ud7ff])[\w./:()=-])*"
    rf"|[{_SIGNS}]",
    re.IGNORECASE,
)
_LATIN = re.compile("[\x00-\u024f\u2000-\u206f]*")
_LATIN_LETTERS = re.compile("[A-Za-z\u00c0-\u024f]+")
_NAME = re.compile("(?<![^\\W\\d_])[A-Z\u00c0-\u00de][A-Za-z\u00c0-\u024f'’-]*")
_LOOK_ALIKE = ("ABCEHIJKMOPSTXYaceijopsxy", "АВСЕНІЈКМОРЅТХУасеіјорѕху")
_TO_CYRILLIC, _TO_LATIN = str.maketrans(*_LOOK_ALIKE), str.maketrans(*_LOOK_ALIKE[::-1])
_CYRILLIC_ALONE = re.compile(f"(?![{_LOOK_ALIKE[1]}])[\u0400-\u04ff]")
_MIXED_WORD = re.compile(
    "[A-Za-z]+[\u0400-\u04ff][A-Za-z\u0400-\u04ff]*|[\u0400-\u04ff]+[A-Za-z][A-Za-z\u0400-\u04ff]*"
)
_FEW, _MANY_NAMES = 4, 8
_EAST = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7ff]")


def cleaned(text: str) -> str:
    """A text as detectors should see it: what is of no language out, one space for any other.

    A text mostly in capitals comes back in small letters, because profiles know few capitals.
    Names in Latin letters are left out of a text in another script, and a word typed with Latin
    and Cyrillic letters that look alike is put into one of the two.
    """
    none = _NO_LANGUAGE if _MAY_BE_NONE.search(text) else _OTHER_NONE
    text = " ".join(none.sub(" ", text).split())
    if not _LATIN.fullmatch(text):
        text = _without_names(_MIXED_WORD.sub(_in_one_script, text))
    return text.lower() if mostly_capitals(text) else text


def _without_names(text: str) -> str:
    bare, names = _NAME.subn(" ", text)
    if names > _MANY_NAMES:
        return text
    bare = " ".join(bare.split())
    latin = sum(map(len, _LATIN_LETTERS.findall(bare)))
    other = letters(bare) - latin
    return bare if other > 2 * latin and (other >= _FEW or _EAST.search(bare)) else text


def _in_one_script(word: re.Match[str]) -> str:
    if _CYRILLIC_ALONE.search(word[0]):
        return word[0].translate(_TO_CYRILLIC)
    return word[0].translate(_TO_LATIN)


def mostly_capitals(text: str) -> bool:
    """True if more than half of the letters are capitals."""
    if text.islower():
        return False
    capitals = sum(map(str.isupper, text))
    return capitals * 2 > len(text) or (capitals > 0 and capitals * 2 > letters(text))


def is_weak(text: str) -> bool:
    """True for too few letters to tell a language by."""
    return letters(text) < FEW_LETTERS and len(_EAST.findall(text)) < FEW_EAST


def letters(text: str) -> int:
    """The number of letters (marks, digits and signs are none)."""
    return sum(map(str.isalpha, text))
