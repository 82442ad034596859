"""What the writing system of a text says about its language, and the script part of a tag."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from functools import lru_cache

# (first code point, ISO 15924 code or "" for what belongs to no one script), letters only.
_RANGES: tuple[tuple[int, str], ...] = (
    (0x0041, "Latn"), (0x0250, "Latn"), (0x02B0, ""), (0x0370, "Grek"), (0x0400, "Cyrl"),
    (0x0530, "Armn"), (0x0590, "Hebr"), (0x0600, "Arab"), (0x0700, "Syrc"), (0x0750, "Arab"),
    (0x0780, "Thaa"), (0x07C0, "Nkoo"), (0x0800, ""), (0x0860, "Arab"), (0x0900, "Deva"),
    (0x0980, "Beng"), (0x0A00, "Guru"), (0x0A80, "Gujr"), (0x0B00, "Orya"), (0x0B80, "Taml"),
    (0x0C00, "Telu"), (0x0C80, "Knda"), (0x0D00, "Mlym"), (0x0D80, "Sinh"), (0x0E00, "Thai"),
    (0x0E80, "Laoo"), (0x0F00, "Tibt"), (0x1000, "Mymr"), (0x10A0, "Geor"), (0x1100, "Hang"),
    (0x1200, "Ethi"), (0x13A0, "Cher"), (0x1400, "Cans"), (0x1680, ""), (0x1780, "Khmr"),
    (0x1800, "Mong"), (0x18B0, ""), (0x1C80, "Cyrl"), (0x1C90, "Geor"), (0x1CC0, ""),
    (0x1D00, "Latn"), (0x1D80, ""), (0x1E00, "Latn"), (0x1F00, "Grek"), (0x2000, ""),
    (0x2C60, "Latn"), (0x2C80, ""), (0x2D00, "Geor"), (0x2D30, "Tfng"), (0x2D80, "Ethi"),
    (0x2DE0, "Cyrl"), (0x2E00, ""), (0x2E80, "Hani"), (0x2FE0, ""), (0x3005, "Hani"),
    (0x3008, ""), (0x3041, "Kana"), (0x3105, "Bopo"), (0x3130, "Hang"), (0x3190, ""),
    (0x31F0, "Kana"), (0x3200, ""), (0x3400, "Hani"), (0x4DC0, ""), (0x4E00, "Hani"),
    (0xA000, "Yiii"), (0xA4D0, ""), (0xA640, "Cyrl"), (0xA6A0, ""), (0xA720, "Latn"),
    (0xA800, ""), (0xA8E0, "Deva"), (0xA900, ""), (0xA960, "Hang"), (0xA980, "Java"),
    (0xA9E0, "Mymr"), (0xAA00, ""), (0xAA60, "Mymr"), (0xAA80, ""), (0xAB00, "Ethi"),
    (0xAB30, "Latn"), (0xAB70, "Cher"), (0xABC0, ""), (0xAC00, "Hang"), (0xD7FC, ""),
    (0xF900, "Hani"), (0xFB00, "Latn"), (0xFB13, "Armn"), (0xFB1D, "Hebr"), (0xFB50, "Arab"),
    (0xFE00, ""), (0xFE70, "Arab"), (0xFF00, ""), (0xFF21, "Latn"), (0xFF5B, ""),
    (0xFF66, "Kana"), (0xFFA0, "Hang"), (0xFFE0, ""), (0x20000, "Hani"), (0x32000, ""),
)  # fmt: skip
_STARTS = [start for start, _ in _RANGES]

_SCRIPTS: dict[str, str] = {
    **dict.fromkeys(["be", "bg", "ba", "cv", "mk", "ru", "uk"], "Cyrl"),
    **dict.fromkeys(["ab", "os", "sah", "kv", "udm", "ce"], "Cyrl"),
    **dict.fromkeys(["ar", "fa", "ps", "ur", "ug", "ary", "arz", "sdh"], "Arab"),
    **dict.fromkeys(["sd", "uzs", "ckb", "prs"], "Arab"),
    **dict.fromkeys(["hi", "mr", "ne", "sa", "gom", "mai", "bho"], "Deva"),
    **dict.fromkeys(["he", "hbo", "yi"], "Hebr"),
    **dict.fromkeys(["el", "grc"], "Grek"),
    **dict.fromkeys(["am", "ti"], "Ethi"),
    **dict.fromkeys(["bn", "as"], "Beng"),
    **dict.fromkeys(["zh", "yue", "wuu"], "Hani"),
    "sr": "Cyrl Latn", "bs": "Latn Cyrl", "uz": "Latn Cyrl Arab", "az": "Latn Cyrl Arab",
    "tk": "Latn Cyrl", "ku": "Latn Arab", "crh": "Latn Cyrl", "ms": "Latn Arab",
    "ja": "Kana Hani", "ko": "Hang", "hy": "Armn", "ka": "Geor", "th": "Thai", "lo": "Laoo",
    "km": "Khmr", "my": "Mymr", "dz": "Tibt", "bo": "Tibt", "si": "Sinh", "ta": "Taml",
    "te": "Telu", "kn": "Knda", "ml": "Mlym", "gu": "Gujr", "pa": "Guru Arab", "or": "Orya",
    "kab": "Latn Tfng", "kk": "Cyrl Latn Arab", "ky": "Cyrl Arab", "mn": "Cyrl Mong",
    "tg": "Cyrl Latn", "tt": "Cyrl Latn",
}  # fmt: skip

_PURE = (
    ("Latn", re.compile("[\x00-\u024f\u2000-\u206f]*")),
    (
        "Cyrl",
        re.compile("[\x00-@\\[-`{-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf\u2000-\u206f\u0400-\u052f]*"),
    ),
)  # texts in one script alone, told without counting

_KNOWN = frozenset(script for own in _SCRIPTS.values() for script in own.split()) | {"Latn"}

ONE_LANGUAGE = frozenset(
    [
        "Armn",
        "Geor",
        "Grek",
        "Thai",
        "Hang",
        "Laoo",
        "Khmr",
        "Mymr",
        "Tibt",
        "Sinh",
        "Taml",
        "Telu",
        "Knda",
    ]
)
"""Scripts that settle the language by themselves."""

_SAYS = {"Hani": 6, "Kana": 3, "Hang": 3}  # one sign says as much as so many letters

_WRITTEN = frozenset(["uz", "az", "sr", "bs", "zh"])
"""Languages whose tag always names the script; others name it only when it is not their first."""


@lru_cache(maxsize=65536)
def script_of(char: str) -> str:
    """The ISO 15924 code of a letter's script; "" for everything that is no letter of one."""
    if not char.isalpha() and not char.isidentifier():
        return ""
    return _RANGES[max(0, bisect_right(_STARTS, ord(char)) - 1)][1]


def scripts(text: str) -> list[tuple[str, int]]:
    """The scripts of a text with their number of letters, the one that says most first."""
    if text.isascii():
        count = sum(map(str.isalpha, text))
        return [("Latn", count)] if count else []
    found: Counter[str] = Counter()
    for char, number in Counter(text).items():
        script = script_of(char)
        if script:
            found[script] += number
    return sorted(found.items(), key=lambda item: (-item[1] * _SAYS.get(item[0], 1), item[0]))


def main_script(text: str) -> str:
    """The script most letters of a text are in; "" without letters; Kana if a tenth is Kana."""
    for script, pure in _PURE:
        if pure.fullmatch(text):
            return script if any(map(str.isalpha, text)) else ""
    found = scripts(text)
    if not found:
        return ""
    counts = dict(found)
    if counts.get("Kana", 0) * 10 > counts.get("Hani", 0) > 0:
        return "Kana"
    return found[0][0]


def written_in(lang: str) -> tuple[str, ...]:
    """The scripts a language is written in, the usual one first; Latin unless listed."""
    return tuple(_SCRIPTS.get(lang.split("-", maxsplit=1)[0], "Latn").split())


def fits(lang: str, script: str) -> bool:
    """True if a language (or tag) can stand in a script; True for a text without letters."""
    if not script or lang in {"und", "zxx", "mul"}:
        return True
    named = script_subtag(lang)
    if named:
        return _parent(named) == script or (script == "Kana" and named == "Jpan")
    return script in written_in(lang)


def is_known(text: str) -> bool:
    """True if any letter of a text is of a script that a language known to detectors has."""
    return any(script_of(char) in _KNOWN for char in text)


def is_usual(tag: str, script: str) -> bool:
    """True if a tag is written in a script when it says nothing else of it."""
    if script_subtag(tag) or tag == "ja":
        return fits(tag, script)
    return not script or script == written_in(tag)[0]


def fits_tag(declared: str, found: str) -> bool:
    """True if a declared tag does not name another script than the tag found."""
    one, other = script_subtag(declared), script_subtag(found)
    return not one or not other or one == other


def script_subtag(tag: str) -> str:
    """The script a BCP 47 tag names, or ""."""
    for part in tag.split("-")[1:2]:
        if len(part) == 4 and part.isalpha():
            return part.title()
    return ""


def _parent(script: str) -> str:
    return {"Hans": "Hani", "Hant": "Hani", "Jpan": "Kana", "Kore": "Hang"}.get(script, script)


def with_script(lang: str, text: str, script: str | None = None) -> str:
    """A language as a BCP 47 tag, with the script of ``text`` where it tells something.

    ``script`` is the main script of the text, where it is known already.
    """
    if lang == "zh":
        return "zh-" + han_variant(text)
    return _in_script(lang, main_script(text) if script is None else script)


@lru_cache(maxsize=4096)
def _in_script(lang: str, script: str) -> str:
    if script_subtag(lang) or lang in {"und", "zxx", "mul"}:
        return lang
    known = written_in(lang)
    if script not in known:
        script = known[0]
    return f"{lang}-{script}" if lang in _WRITTEN or script != known[0] else lang


def han_variant(text: str) -> str:
    """``Hans`` or ``Hant``: the set whose own characters are more frequent; Hans when equal."""
    return "Hant" if variant_balance(text) > 0 else "Hans"


def variant_balance(text: str) -> int:
    """How many characters of traditional Chinese alone more than of simplified alone."""
    return sum(_variant(char) * number for char, number in Counter(text).items())


@lru_cache(maxsize=65536)
def _variant(char: str) -> int:
    """1 for a character of traditional text only, -1 of simplified: by their code pages."""
    if script_of(char) != "Hani":
        return 0
    return _encodes(char, "big5") - _encodes(char, "gb2312")


def _encodes(char: str, codec: str) -> int:
    try:
        char.encode(codec)
    except UnicodeEncodeError:
        return 0
    return 1
