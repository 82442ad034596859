"""What two versions of a text share whatever their languages: numbers, names, cognates.

Words are romanised; what is compared are the first letters of a word, and its consonants alone
("Карабах", "Qarabağ"). The idea of comparing openings of words is that of Simard, Foster and
Isabelle (1992).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from aligner.mend import mended

_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f ](?=\d{3}(?!\d))\d{3})*(?:[.,:]\d+)*")
_WORD = re.compile(
    r"[^\s\d!-/:-@\[-`{-~\u00a1-\u00bf\u2000-\u206f\u3000-\u303f\uff00-\uff0f।॥؟،؛]+"
)
_NO_APOSTROPHES = str.maketrans("", "", "'’ʻʼ‘`")
_HAN = re.compile(r"[\u2e80-\u2fff\u3005-\u3007\u3400-\u9fff\uf900-\ufaff]")
_KANA = re.compile(r"[\u30a0-\u30ff]{3,}")
_FOLDS = (
    ("sch", "s"), ("tch", "c"), ("ch", "c"), ("sh", "s"), ("zh", "j"), ("kh", "k"), ("gh", "g"),
    ("ph", "f"), ("th", "t"), ("ts", "c"), ("ck", "k"), ("qu", "k"), ("q", "k"), ("x", "ks"),
    ("w", "v"),
)  # fmt: skip
_VOWELS = re.compile(r"[aeiouyhjvw]+")
_DOUBLE = re.compile(r"(.)\1+")
_SKELETON = str.maketrans("cgzbdr", "skspt" + "l")


def features(text: str) -> frozenset[str]:
    """The numbers, word openings and consonant skeletons of a text."""
    text = mended(text).translate(_NO_APOSTROPHES)
    return frozenset((*_numbers(text), *_words(text)))


def _numbers(text: str) -> Iterator[str]:
    for match in _NUMBER.finditer(text):
        digits = "".join(str(unicodedata.digit(c, 0)) for c in match.group() if c.isdigit())
        yield f"n:{digits}"


def _words(text: str) -> Iterator[str]:
    for match in _WORD.finditer(text):
        word = match.group()
        if _HAN.search(word):
            continue
        yield from _word_features(word)
    for match in _KANA.finditer(text):
        yield from _word_features(match.group())


@lru_cache(maxsize=65536)
def _word_features(word: str) -> tuple[str, ...]:
    from anyascii import anyascii

    plain = "".join(c for c in anyascii(word).lower() if "a" <= c <= "z")
    if "\u0600" <= word[0] <= "\u06ff" and len(plain) > 4:
        plain = plain.removeprefix("w").removeprefix("al")
    if len(plain) < 4:
        return (f"a:{plain}",) if len(plain) >= 2 and word.isupper() else ()
    skeleton = _skeleton(plain)
    found = [f"w:{plain[:5]}"]
    if len(skeleton) >= 3:
        found.append(f"s:{skeleton[:4]}")
    return tuple(found)


def _skeleton(plain: str) -> str:
    for old, new in _FOLDS:
        plain = plain.replace(old, new)
    return _DOUBLE.sub(r"\1", _VOWELS.sub("", plain).translate(_SKELETON))
