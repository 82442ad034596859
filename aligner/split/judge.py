"""Whether a sentence ends at a place where it might: the rules of one language."""

from __future__ import annotations

import re

from aligner.split.language import Language, normal
from aligner.split.letters import is_caseless, is_initial, is_small
from aligner.split.quotes import whole_stretches
from aligner.split.references import is_entry
from aligner.split.signs import (
    CLOSERS,
    HARD,
    INNER,
    LINK,
    NEXT_INITIAL,
    NUMERAL,
    OPENERS,
    OPENING,
    WORD,
    candidates,
)

_TOKEN = 40
"""Characters read before a full stop: longer abbreviations there are none."""

_NONE = (1 << 62, 1 << 62)
_PICTURES = 0x2600
"""From here on a sign is a picture, and at the start of a sentence a bullet."""

_SPACED = 4
"""The longest part of an abbreviation written with spaces, as in ``z. B.`` or ``т. наз.``"""

_INNER = frozenset(INNER)
_HARD = frozenset(HARD)
_STRIP = OPENERS + CLOSERS
_DASHES = frozenset("-–—")
_DOTTED = re.compile(r"[^\W\d_](?:\.[^\W\d_]{1,3})+")
_LEVELS = re.compile(r"[(§\s]*(?:\d{1,3}(?:\.\d{1,3}){1,5}|[IVX]{2,5})")
"""The mark of a clause or chapter that a sentence starts with: ``2.1.``, ``§ 3.2.``, ``IV.``"""

_KANA = re.compile(r"[\u3041-\u3096]")
_UNSPACED = re.compile(r"[\u3041-\u30fa\u3400-\u9fff\uf900-\ufaff]")


class Judge:
    """Finds the cuts of a paragraph in one language; see docs/sentences.md for the rules."""

    def __init__(self, known: Language, *, inside_quotes: bool, caseless: bool | None) -> None:
        self.known = known
        self.inside_quotes = inside_quotes
        self.caseless = caseless if known.caseless or caseless else False
        self.signs = candidates(known.soft, known.hard)
        self.hard = frozenset(HARD + known.hard)
        self.words = known.known | known.initials
        self.sure = known.never - known.after - known.names

    def sentences(self, text: str) -> tuple[list[tuple[int, int]], list[int]]:
        """A trimmed paragraph in; its sentences, and the numbers of those with a refused candidate.

        The sentences are (start, end) and trimmed.
        """
        if is_entry(text):
            return [(0, len(text))], []
        any_case = is_caseless(text) if self.caseless is None else self.caseless
        stretches = iter(() if self.inside_quotes else whole_stretches(text))
        opened, closed = next(stretches, _NONE)
        spans: list[tuple[int, int]] = []
        refused: list[int] = []
        start = 0
        for match in self.signs.finditer(text):
            before, stop = match.span(2)
            after = match.end()
            if after == len(text):
                break
            while closed <= stop:
                opened, closed = next(stretches, _NONE)
            ends = False
            if opened >= before:
                plain = self._plainly(text, start, match, after)
                ends = self._ends(text, start, match, any_case) if plain is None else plain
            if ends:
                spans.append((start, stop))
                start = after
            elif not refused or refused[-1] != len(spans):
                refused.append(len(spans))
        spans.append((start, len(text)))
        return spans, refused

    def _plainly(self, text: str, start: int, match: re.Match[str], after: int) -> bool | None:
        """The case of nearly every candidate, found quickly; None: it needs a closer look.

        ``word. Word`` ends a sentence if the word is no abbreviation, ``Dr. Word`` does not.
        """
        stop, end = match.span(1)
        if match.end(2) != end or after == end or end - stop > 1 or not text[after].isupper():
            return None
        if text[stop] != ".":
            return True if text[stop] in "?!" else None
        token = text[max(start, stop - _TOKEN) : stop].rpartition(" ")[2]
        if not token.isalpha():
            return None
        word = token.lower()
        if word not in self.known.known:
            return True if len(token) > 2 and word not in self.known.initials else None
        return False if len(word) > 1 and word in self.sure else None

    def _ends(self, text: str, start: int, match: re.Match[str], any_case: bool) -> bool:
        run, closers, space = match.groups()
        after = match.end()
        first = text[after]
        if not self.hard.isdisjoint(run):
            return first not in _INNER and not (closers and _KANA.match(first))
        if not space:
            return run[-1] in "!?" and _UNSPACED.match(first) is not None and not closers
        bullet = match.start() == start and ord(run[0]) > _PICTURES
        return not bullet and first not in _INNER and self._ends_soft(text, start, match, any_case)

    def _ends_soft(self, text: str, start: int, match: re.Match[str], any_case: bool) -> bool:
        """After a soft terminator and white space: whether a sentence begins."""
        after = match.end()
        opening = OPENING.match(text, after)
        position = after if opening is None else opening.end()
        if position == len(text):
            return True
        if not any_case and is_small(text[position]):
            return self._ends_before_small(text, match, position)
        if match[1] == "." and not match[2]:
            return self._ends_stop(text, start, match.start(), after, position)
        return True

    def _ends_before_small(self, text: str, match: re.Match[str], position: int) -> bool:
        """Before a small letter: an address of the web, or a writer who uses no capitals."""
        if LINK.match(text, position):
            return True
        if not self.known.small or position != match.end() or match[2] or match[1] not in ".?!":
            return False
        stop = match.start()
        before = text[max(0, stop - _TOKEN) : stop].split()
        if not before:
            return False
        word = before[-1]
        known = self.known
        return len(word) >= known.small and word.isalpha() and normal(word) not in known.known

    def _ends_stop(self, text: str, start: int, stop: int, after: int, position: int) -> bool:
        """After a single full stop: is it of an abbreviation, initial, ordinal or list mark."""
        before = text[max(start, stop - _TOKEN) : stop].split()
        if not before:
            return False
        token = before[-1].lstrip(_STRIP)
        word = self._whole_word(before, token)
        number = text[position].isdecimal()
        initial = is_initial(token, self.known)
        if word in self.known.known and (number or not initial or "." in word):
            return self._ends_abbreviation(text, start, stop, word, after, position)
        if token.isdecimal():
            return self._ends_number(text, before, position)
        if _LEVELS.fullmatch(text, start, stop):
            return False
        single = len(word) == 1 and self.known.single and word.isalpha()
        if initial or single or ("." in token and _DOTTED.fullmatch(token)):
            return not (initial and number) and self._starts(text, position)
        bracketed = before[-1][0] == "(" and token.isalpha() and token.islower()
        return not bracketed and not (number and len(word) <= 2 and token.islower())

    def _whole_word(self, before: list[str], token: str) -> str:
        """The word before a stop as the lists have it: ``т.д`` where ``т. д`` is written."""
        word = normal(token)
        spelt = word
        for earlier in before[-2:-4:-1]:
            if len(spelt) > _SPACED or not 1 < len(earlier) <= _SPACED or earlier[-1] != ".":
                break
            spelt = f"{normal(earlier.lstrip(_STRIP))}.{spelt}"
            if spelt in self.known.known:
                word = spelt
        return word

    def _ends_abbreviation(
        self, text: str, start: int, stop: int, word: str, after: int, position: int
    ) -> bool:
        known = self.known
        if word in known.after and _after_number(text, start, stop, word):
            return self._ends_maybe(text, after, position)
        if word in known.never:
            return False
        if word in known.maybe:
            return self._ends_maybe(text, after, position)
        if word in known.number:
            return NUMERAL.match(text, position) is None
        return word in known.names and self._starts(text, position)

    def _ends_maybe(self, text: str, after: int, position: int) -> bool:
        if text[after] == "(" or text[after] in _DASHES:
            return False
        return not text[position].isdecimal() and NEXT_INITIAL.match(text, position) is None

    def _ends_number(self, text: str, before: list[str], position: int) -> bool:
        """After a number: no list mark at the start, and no ordinal."""
        if len(before) == 1 or before[:-1] == ["§"]:
            return False
        if (
            self.known.ordinals
            and len(before[-1].lstrip(_STRIP)) <= 2
            and before[-2][-1] not in ".№"
        ):
            return self._starts(text, position)
        return True

    def _starts(self, text: str, position: int) -> bool:
        word = WORD.match(text, position)
        if word is None or word[0].lower() not in self.known.starters:
            return False
        return NEXT_INITIAL.match(text, position) is None


def _after_number(text: str, start: int, stop: int, word: str) -> bool:
    before = text[max(start, stop - len(word) - 12) : stop - len(word)].split()
    return bool(before) and (before[-1][-1].isdecimal() or _is_roman(before[-1]))


def _is_roman(word: str) -> bool:
    return not set(word) - set("IVXLCXІХ–—-")
