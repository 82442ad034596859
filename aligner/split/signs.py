"""The characters that end, close and open sentences in the scripts of the world, compiled once."""

from __future__ import annotations

import re

SOFT = ".!?…‥⁇⁈⁉‼\u203d"
"""May end a sentence, if white space and then no lower-case letter follows."""

HARD = "。！？｡．؟۔।॥։።፧፨។៕။᙮⸮꓿"
"""End a sentence whatever follows; no white space is needed."""

CLOSERS = "\"”“’'»›)]}」』》〉）】〗*_"
"""Stay with the sentence that ends before them."""

OPENERS = "\"“”„«‹‘’'([{¿¡「『《〈（【〖—–-*_•†‡§"
"""Stand before the first letter of the next sentence."""

INNER = ",;:.)]}»…،؛、，；：）」』!?/=&+|%"
"""If one of these follows, the sentence goes on."""

CITATION = r"(?:\s?\[(?:\d{1,4}(?:[-–,;:. ]{1,3}\d{1,5}){0,8}|…|\.{3})\])"
"""A reference or an omission in brackets: ``[3]``, ``[3-5, 7; 12]``, ``[...]``."""

EMOJI = "\u2639-\u263b\u2605\u2606\u266a\u266b\u270a-\u270d\u2728\U0001f000-\U0001faff"
"""Pictures that close a message as a full stop does; hearts and ticks stand for words."""

_JOINED = f"{EMOJI}\u2764\ufe0f\u200d"

_STRAY = r"(?:\s[»”](?=\s|$)|\s[\"](?=\s))"
"""A closing mark set off by a space, as French writes it."""

BLANK = re.compile(
    r"[\n\r\x85\u2028\u2029](?:(?<=\u2029)\s*+"
    r"|(?:(?<=\r)\n)?+[^\S\n\r\x85\u2028]*+[\n\r\x85\u2028]\s*+)"
)
"""A blank line, or a paragraph separator, with the white space after it."""

WORD = re.compile(r"[^\W_][\w'ʼ’ʻ‘`-]{0,40}")
NEXT_INITIAL = re.compile(r"(?:[^\W\d_]|[^\W\d_][ʻʼ‘’'`h]|D[zj]|Дж)\.")
NUMERAL = re.compile(r"[№#(\[]?\d|[IVXLCDM]{1,7}\b|[^\W\d_]\b|[A-Z]\d")
LINK = re.compile(r"(?:https?://|www\.)")
OPENING = re.compile(rf"(?:[-–—]{{1,3}}\s)?[{re.escape(OPENERS)}]{{0,4}}+")
"""What stands before the first letter of a sentence; longer runs are decoration."""


def candidates(soft: str = "", hard: str = "") -> re.Pattern[str]:
    """A pattern of every place where a sentence may end, with a language's own signs added.

    Groups: 1 the run of terminators, 2 the closers, citations and pictures after it, 3 the white
    space. All quantifiers are possessive, and a match takes the whole run: the search is linear.
    """
    signs = re.escape(SOFT + HARD + soft + hard)
    closers = f"[{re.escape(CLOSERS)}]"
    return re.compile(
        rf"([{signs}{EMOJI}][{signs}{_JOINED}]*+)"
        rf"({closers}*+(?:{CITATION}++\.?+)?+(?:{_STRAY}{closers}*+)?+(?:\s?[{_JOINED}]++)*+)(\s*+)"
    )
