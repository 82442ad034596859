"""A document cut into the pieces that get one language each: sentences and quoted spans."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from aligner.detect.cleaning import cleaned, is_weak
from aligner.detect.lines import Line, lines
from aligner.detect.script_runs import by_script
from aligner.detect.scripts import main_script
from aligner.detect.sides import leading
from aligner.model import Document, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_SENTENCE = re.compile(
    r".+?(?:(?:[.!?。！？…։।॥؟۔]|(?<=[ա-ֆ]):)+(?:[\u00a0\u202f]?[”“\"»)’'])*(?=\s|$)|[。！？]|$)",
    re.DOTALL,
)
_INITIAL = re.compile(r"(?:^|[\s(.])[^\W\d_]\.$")
_QUOTED = re.compile(r"[“«„‟][^“”«»„\n]{12,}?[”»“]|\"[^\"\n]{12,}?\"(?!\w)")

NEAR, SENTENCE, QUOTE, WRAP, INNER = 2.0, 3.0, 2.5, 6.0, 1.0
"""Cost (-ln p) of a change of language at a line, a sentence, a quotation, a wrapped line, and
inside a sentence where the evidence for a change has been weighed already."""


ANNOUNCED = 0.5
"""The same where a label names another language than the last one did."""
LONG = 200
"""A side of more characters is cut into its sentences."""
COLUMN = 8.0
"""The same at a line of a list that has this language in the line before."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of one block; ``cost`` is that of changing the language before it.

    ``column`` is the first line of the list that it stands in and its side of the line, if it
    stands in one; ``named`` is the language that a label before or behind it names.
    """

    span: Span
    block: int
    cost: float
    whole_line: bool = False
    column: tuple[int, int] | None = None
    named: str | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands between languages: a label, with the language it names, or a stroke.

    It is part of the text only if that is in one language all the same.
    """

    span: Span
    block: int
    named: str | None = None
    behind: bool = False


def units(document: Document) -> tuple[list[Unit], list[Mark]]:
    """The units of all blocks that are no marks, in text order, and the marks between them.

    Together they cover everything that is not white space.
    """
    found: list[Unit] = []
    marks: list[Mark] = []
    block = -1
    for line in lines(document):
        cost = NEAR if line.block != block or _ended(document.text, line.span) else WRAP
        block = line.block
        made, between = _of_line(document.text, line, cost)
        found += made
        marks += between
    return found, marks


def _of_line(text: str, line: Line, cost: float) -> tuple[list[Unit], list[Mark]]:
    found: list[Unit] = []
    marks: list[Mark] = []
    for side, part in enumerate(line.parts):
        marks += [Mark(each.span, line.block, each.tag, each.behind) for each in part.labels]
        made = _of_part(text, line, side, NEAR if side or part.labels else cost)
        lead = leading(text, part.span) if found and made else 0
        if lead:
            made[0] = replace(made[0], span=Span(made[0].span.start + lead, made[0].span.end))
        found += made
    taken = sorted([*(unit.span for unit in found), *(mark.span for mark in marks)])
    gaps = (_trimmed(text, Span(one.end, other.start)) for one, other in pairwise(taken))
    return found, [*marks, *(Mark(gap, line.block) for gap in gaps if len(gap))]


def _of_part(text: str, line: Line, side: int, cost: float) -> list[Unit]:
    """The units of a line, or of a side of it: a short side is one whatever stands in it."""
    part = line.parts[side]
    column = None if line.listed is None else (line.listed, side)
    if column is not None:
        cost = COLUMN
        if 0 < len(part.span) <= LONG:
            return [Unit(part.span, line.block, cost, True, column, part.named)]
    pieces = _joined(text, list(_pieces(text, part.span)))
    whole = len(pieces) == 1 and len(line.parts) == 1
    return [
        Unit(span, line.block, inner if number else cost, whole, column, part.named)
        for number, (span, inner) in enumerate(pieces)
    ]


def _ended(text: str, line: Span) -> bool:
    before = text[max(0, line.start - 80) : line.start].rstrip()[-1:]
    first = text[line.start : line.end].lstrip()[:1]
    return not first.islower() or before in ".!?:;"


def _pieces(text: str, line: Span) -> Iterator[tuple[Span, float]]:
    for span in (part for sentence in _sentences(text, line) for part in by_script(text, sentence)):
        position, cost = span.start, SENTENCE
        for quoted in _QUOTED.finditer(text, span.start, span.end):
            if _is_name(quoted[0]):
                continue
            before = _trimmed(text, Span(position, quoted.start()))
            if len(before):
                yield before, cost
                cost = QUOTE
            yield Span(quoted.start(), quoted.end()), QUOTE
            position, cost = quoted.end(), QUOTE
        after = _trimmed(text, Span(position, span.end))
        if len(after):
            yield after, cost


def _sentences(text: str, line: Span) -> list[Span]:
    """Rough sentences: none begins with a small letter, or after an initial."""
    found: list[Span] = []
    for sentence in _SENTENCE.finditer(text, line.start, line.end):
        span = _trimmed(text, Span(sentence.start(), sentence.end()))
        if not len(span):
            continue
        if found and (
            text[span.start].islower()
            or _is_initial(text[max(0, found[-1].end - 6) : found[-1].end])
        ):
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
    return found


def _is_initial(end: str) -> bool:
    """True for "J." and "z. B.", not for a small letter alone: it may be a word ("dedi u.")."""
    found = _INITIAL.search(end)
    return bool(found and (end[-2].isupper() or _INITIAL.search(end[: found.start()].rstrip())))


def _is_name(quoted: str) -> bool:
    """True for a few words with capitals: a firm or programme rather than another language."""
    found = re.findall(r"[^\W\d_]+", quoted)
    capitals = sum(word[0].isupper() for word in found)
    return len(found) <= 5 and capitals * 2 >= len(found)


def _is_bare_name(text: str) -> bool:
    """True for at most three words, all with capitals, initials and years left out."""
    words = re.findall(r"[^\W\d_]{2,}", text)
    return len(words) <= 3 and all(word[0].isupper() for word in words)


def _joined(text: str, pieces: list[tuple[Span, float]]) -> list[tuple[Span, float]]:
    """Pieces that cannot speak for themselves joined to the one before, or to the one after.

    One in another script than that before it waits for the one after.
    """
    kept: list[tuple[Span, float, bool]] = []
    script = ""
    for n, (span, cost) in enumerate(pieces):
        words = cleaned(text[span.start : span.end])
        weak = is_weak(words) or _is_bare_name(words)
        last, script = script, main_script(words) or script
        waits = weak and script != last and n + 1 < len(pieces)
        if kept and (kept[-1][2] or (weak and not waits)):
            before, first, was_weak = kept[-1]
            kept[-1] = (Span(before.start, span.end), first, was_weak and weak)
        else:
            kept.append((span, cost, weak))
    return [(span, cost) for span, cost, _ in kept]


def _trimmed(text: str, span: Span) -> Span:
    piece = text[span.start : span.end]
    start = span.start + len(piece) - len(piece.lstrip())
    return Span(start, max(start, span.start + len(piece.rstrip())))
