"""Lines of a text with their places, and how a text uses them: to wrap, or to end paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_WORD = re.compile(r"\S+")
_NO_SPACES = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")
MAX_WIDTH = 160
"""No typewriter and no mail program wraps lines later than this."""

ENDS = ".!?…:;。！？．؟۔।॥։።፧၊။។᠃:"
"""What a finished paragraph ends with, in the scripts that mark ends."""
CLOSERS = "\"'”’»«)]}›」』）*_“"


class Line(NamedTuple):
    """A line, numbered from 1: code points ``first`` to ``last``, ``start`` to ``end`` stripped."""

    number: int
    first: int
    start: int
    end: int
    last: int

    @property
    def blank(self) -> bool:
        """True if only white space is in it."""
        return self.start == self.end

    @property
    def indent(self) -> int:
        """How many characters of white space it starts with."""
        return self.start - self.first

    @property
    def reach(self) -> int:
        """The column at which its text ends."""
        return self.end - self.first


def lines_of(text: str) -> list[Line]:
    """Cut a text at its line ends (LF, CR LF, CR): one Line each."""
    lines = []
    for number, match in enumerate(_LINE.finditer(text), start=1):
        raw = match.group(1)
        if match.start() == match.end():
            break
        body = raw.strip()
        start = match.start() + (len(raw) - len(raw.lstrip()) if body else 0)
        lines.append(Line(number, match.start(), start, start + len(body), match.end(1)))
    return lines


def is_open(text: str) -> bool:
    """Whether a paragraph stops without an end: its last sign is no stop, question mark ..."""
    tail = text.rstrip().rstrip(CLOSERS).rstrip()
    return bool(tail) and tail[-1] not in ENDS


def wrap_width(text: str, groups: Sequence[Sequence[Line]]) -> int | None:
    """The column at which a text is hard-wrapped, or None if its lines are paragraphs.

    ``groups`` are runs of lines between blank ones. A line end is a wrap if the first word of the
    next line would not have fitted; a text is wrapped if most of its line ends are.
    """
    breaks = [(a, b) for group in groups for a, b in pairwise(group)]
    if not breaks:
        return None
    lengths = sorted(a.reach for a, _ in breaks)
    width = lengths[min(len(lengths) - 1, int(len(lengths) * 0.95))]
    if width > MAX_WIDTH or width < 20:
        return None
    soft = [(a, b) for a, b in breaks if a.reach + 1 + first_word(text, b) >= width]
    cut = [b for a, b in soft if is_open(text[a.start : a.end])]
    small = sum(1 for b in cut if text[b.start].islower() or not text[b.start].isupper())
    # Lists of short lines look even too; but then nearly every line is finished.
    even = len(soft) * 10 >= len(breaks) * 6
    return width if even and len(cut) * 2 > len(soft) and small * 3 > len(cut) else None


def first_word(text: str, line: Line) -> int:
    """How many columns the first word of a line needs (one letter in Chinese and Japanese)."""
    match = _WORD.match(text, line.start, line.end)
    if match is None:
        return 0
    return 1 if _NO_SPACES.match(match.group()) else len(match.group())
