"""From a text to the words that the lexicon knows: one folding and one way to cut, for all.

A folded word is NFKC, lower case, without the marks that writers leave out at will (Arabic vowel
signs, Greek accents, the dot of a lowered Turkish İ), with one apostrophe for the many that are
typed. Cyrillic Uzbek becomes Latin Uzbek, so that both scripts share one vocabulary.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache, lru_cache

APOSTROPHES = "'\u2018\u2019\u02bb\u02bc\u02bf\u00b4`\u2032\u055a\ua78c"
IDEOGRAPH = "\u3005\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
HIRAGANA = "\u3041-\u309f"
KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff"
ELIDING = frozenset({"fr", "it", "ca"})
"""Languages in which an apostrophe ends a word (l'homme); elsewhere it may stand inside one."""

_EAST = f"{IDEOGRAPH}{HIRAGANA}{KATAKANA}"
_MARKS = (  # signs that are part of a word and yet no letters to a regular expression
    "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0951-\u0957"
    "\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u09d7\u09e2\u09e3"
)
_WORD = rf"[^\W\d_{_EAST}]+(?:[{_MARKS}]+[^\W\d_{_EAST}]*)*"
_SIGNS = rf"[{IDEOGRAPH}]|[{HIRAGANA}]+|[{KATAKANA}]+"
_ONE_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
_UNWRITTEN = re.compile(r"[\u0610-\u061a\u064b-\u065f\u0670\u0640\u0307\u00ad\u200b-\u200f]")
_ARABIC = str.maketrans(
    {"ى": "ي", "ی": "ي", "ک": "ك", "أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه", "ۀ": "ه"}
)
_ARTICLE = re.compile(r"^(?:[وفبك]?ال|و?لل)(?=..)")
_ACCENT = re.compile("[\u0300-\u036f]")
_UZBEK = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "j", "з": "z",
    "и": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ф": "f", "х": "x", "ц": "s", "ч": "ch", "ш": "sh", "щ": "sh",
    "ъ": "'", "ы": "i", "ь": "", "э": "e", "ю": "yu", "я": "ya", "ў": "o'", "қ": "q", "ғ": "g'",
    "ҳ": "h",
}  # fmt: skip
_UZBEK_TABLE = str.maketrans(_UZBEK)
_UZBEK_YE = re.compile(r"(?:^|(?<=[аеёиоуўэюяъ]))е")
_UZBEK_TS = re.compile(r"(?<=[аеёиоуўэюя])ц(?=[аеёиоуўэюя])")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LOOSE = re.compile(r"(?<![og])'")


def language(tag: str) -> str:
    """The primary language of a BCP 47 tag, as the lexicon names it (``uz-Cyrl`` gives ``uz``)."""
    return tag.split("-", 1)[0].lower()


def uzbek_latin(word: str) -> str:
    """A lower-case Uzbek word in Cyrillic, in the Latin script of 1995 with plain apostrophes."""
    word = _UZBEK_TS.sub("ts", _UZBEK_YE.sub("ye", word))
    return word.translate(_UZBEK_TABLE)


@lru_cache(maxsize=1 << 16)
def fold(word: str, lang: str) -> str:
    """A word as the lexicon stores it; ``lang`` is a primary language (see ``language``)."""
    if word.isascii():
        word = word.lower().replace("`", "'").strip("'")
        if lang not in {"en", "uz"}:
            return word
    else:
        word = unicodedata.normalize("NFKC", word).lower().translate(_ONE_APOSTROPHE).strip("'")
        word = _UNWRITTEN.sub("", word)
    if lang == "en":
        return word.removesuffix("'s")
    if lang == "uz":
        if _CYRILLIC.search(word):
            word = uzbek_latin(word)
        return _LOOSE.sub("", word)
    return _SCRIPTS[lang](word) if lang in _SCRIPTS else word


def _arabic(word: str) -> str:
    word = word.translate(_ARABIC)
    return _ARTICLE.sub("", word) if len(word) > 4 else word


def _persian(word: str) -> str:
    return word.translate(_ARABIC)


def _greek(word: str) -> str:
    return _ACCENT.sub("", unicodedata.normalize("NFD", word)).replace("ς", "σ")


def _russian(word: str) -> str:
    return word.replace("ё", "е")


_SCRIPTS: Mapping[str, Callable[[str], str]] = {
    "ar": _arabic,
    "fa": _persian,
    "el": _greek,
    **dict.fromkeys(("ru", "uk", "be"), _russian),
}


@cache
def _token(eliding: bool) -> re.Pattern[str]:
    """What a token is; made when it is asked for, because that takes a while."""
    joined = "" if eliding else f"(?:[{APOSTROPHES}]{_WORD})*"
    return re.compile(rf"{_WORD}{joined}|\d+|{_SIGNS}")


def cut(text: str, lang: str) -> list[str]:
    """The words, numbers and ideographs of a text in lower case, in order, not yet folded."""
    text = text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).lower()
    return _token(lang in ELIDING).findall(text)


def tokens(text: str, lang: str) -> list[str]:
    """The words, numbers and ideographs of a text, folded, in order; punctuation is left out."""
    return [fold(token, lang) for token in cut(text, lang)]
