"""Whether a sentence ends at a place where it might: the rules of one language."""

from __future__ import annotations

import re

from aligner.split.language import Language, normal
from aligner.split.quotes import whole_quotes
from aligner.split.signs import (
    CLOSERS,
    HARD,
    INNER,
    MOST_OPENERS,
    NEXT_INITIAL,
    OPENERS,
    ROMAN,
    SOFT,
    WORD,
    candidates,
)

_TOKEN = 40
"""Characters read before a full stop: longer abbreviations there are none."""

_OPENERS = frozenset(OPENERS)
_INNER = frozenset(INNER)
_STRIP = OPENERS + CLOSERS
_DOTTED = re.compile(r"[^\W\d_](?:\.[^\W\d_]{1,3})+")


class Judge:
    """Finds the cuts of a paragraph in one language; see docs/sentences.md for the rules."""

    def __init__(self, known: Language, inside_quotes: bool, caseless: bool | None) -> None:
        self.known = known
        self.inside_quotes = inside_quotes
        self.caseless = caseless
        self.signs = candidates(known.soft, known.hard)
        self.hard = frozenset(HARD + known.hard)
        self.soft = frozenset(SOFT + known.soft)

    def cuts(self, text: str) -> tuple[list[int], bool]:
        """A trimmed paragraph in; where its later sentences begin, and if a candidate was refused."""
        any_case = is_caseless(text) if self.caseless is None else self.caseless
        quotes = [] if self.inside_quotes else whole_quotes(text)
        found: list[int] = []
        doubtful = False
        start = 0
        for match in self.signs.finditer(text):
            after = match.end()
            if after == len(text):
                break
            while quotes and quotes[0][1] <= match.end(2):
                del quotes[0]
            if quotes and quotes[0][0] < match.start():
                doubtful = True
            elif self._ends(text, start, match, any_case):
                found.append(after)
                start = after
            else:
                doubtful = True
        return found, doubtful

    def _ends(self, text: str, start: int, match: re.Match[str], any_case: bool) -> bool:
        run, closers, space = match.groups()
        after = match.end()
        if not self.hard.isdisjoint(run):
            return self._ends_hard(text, match)
        if not space:
            return False
        first = text[after]
        if first in _INNER:
            return False
        position = after
        while text[position] in _OPENERS:
            position += 1
            if position == len(text) or position - after > MOST_OPENERS:
                return True
        letter = text[position]
        if not any_case and is_small(letter):
            return False
        if run == "." and not closers:
            return self._ends_stop(text, start, match.start(), position)
        return True

    def _ends_hard(self, text: str, match: re.Match[str]) -> bool:
        return text[match.end()] not in _INNER

    def _ends_stop(self, text: str, start: int, stop: int, after: int) -> bool:
        """After a single full stop: not an abbreviation, an initial, an ordinal or a list mark?"""
        known = self.known
        before = text[max(start, stop - _TOKEN) : stop].split()
        if not before:
            return False
        token = before[-1].lstrip(_STRIP)
        word = normal(token)
        letter = text[after]
        if word in known.known:
            return self._ends_abbreviation(text, start, stop, word, after)
        if token.isdecimal():
            return self._ends_number(text, start, stop, token, after)
        if is_initial(token, word, known):
            return not letter.isalpha() or self._starts(text, after)
        if "." in token and _DOTTED.fullmatch(token):
            return self._starts(text, after)
        if len(word) == 1 and known.single and word.isalpha():
            return self._starts(text, after)
        return not (letter.isdecimal() and len(word) <= 3 and token.islower())

    def _ends_abbreviation(self, text: str, start: int, stop: int, word: str, after: int) -> bool:
        known = self.known
        letter = text[after]
        if word in known.after and _after_number(text, start, stop, word):
            return not letter.isdecimal() and NEXT_INITIAL.match(text, after) is None
        if word in known.never:
            return False
        if word in known.maybe:
            return not letter.isdecimal() and NEXT_INITIAL.match(text, after) is None
        if word in known.number:
            return not (letter.isdecimal() or ROMAN.match(text, after))
        return False

    def _ends_number(self, text: str, start: int, stop: int, token: str, after: int) -> bool:
        if stop - len(token) <= start:
            return False
        if self.known.ordinals and len(token) <= 2:
            return self._starts(text, after)
        return True

    def _starts(self, text: str, after: int) -> bool:
        word = WORD.match(text, after)
        return word is not None and word[0].lower() in self.known.starters


def _after_number(text: str, start: int, stop: int, word: str) -> bool:
    before = text[max(start, stop - len(word) - 12) : stop - len(word)].split()
    return bool(before) and (before[-1][-1].isdecimal() or _is_roman(before[-1]))


def _is_roman(word: str) -> bool:
    return not set(word) - set("IVXLCXІХ–—-")


def is_initial(token: str, word: str, known: Language) -> bool:
    """If a token before a full stop can be the initial of a name: ``A``, ``Sh``, ``Gʻ``, ``J.-P``."""
    last = token.rpartition(".")[2].lstrip("-‐")
    if not last[:1].isupper():
        return False
    return len(last) == 1 or normal(last) in known.initials


def is_small(letter: str) -> bool:
    """If a sentence does not begin with this letter; Georgian ones are small and do."""
    return letter.islower() and not "\u10d0" <= letter <= "\u10ff"


def is_caseless(text: str) -> bool:
    """If a text has 40 letters with case and next to no capitals: then small ones open sentences."""
    sample = text[:20_000]
    capitals = sum(map(str.isupper, sample)) if not sample.islower() else 0
    small = sum(map(str.islower, sample))
    georgian = any("\u10d0" <= letter <= "\u10ff" for letter in sample[:200])
    return not georgian and capitals + small >= 40 and capitals < 0.003 * (capitals + small)
