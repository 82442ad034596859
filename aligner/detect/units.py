"""A document cut into the pieces that get one language each: sentences and quoted spans."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aligner.detect.cleaning import cleaned, is_weak
from aligner.detect.script_runs import by_script
from aligner.detect.scripts import main_script, scripts
from aligner.model import Block, Document, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINE = re.compile(r"[^\n]+")
_SENTENCE = re.compile(
    r".+?(?:(?:[.!?。！？…։।॥؟۔]|(?<=[ա-ֆ]):)+(?:[\u00a0\u202f]?[”“\"»)’'])*(?=\s|$)|[。！？]|$)",
    re.DOTALL,
)
_GLOSS = re.compile(r"\s*(\S.{0,59}?)\s+[-–—=:|]+\s+(\S.{0,59}?)\s*")
_INITIAL = re.compile(r"(?:^|[\s(.])[^\W\d_]\.$")
_QUOTED = re.compile(r"[“«„‟][^“”«»„\n]{12,}?[”»“]|\"[^\"\n]{12,}?\"(?!\w)")

NEAR, SENTENCE, QUOTE, WRAP, INNER = 2.0, 3.0, 2.5, 6.0, 1.0
"""Cost (-ln p) of a change of language at a line, a sentence, a quotation, a wrapped line, and
inside a sentence where the evidence for a change has been weighed already."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of one block; ``cost`` is that of changing the language before it.

    ``side`` is 1 or 2 for a side of a line of a word list.
    """

    span: Span
    block: int
    cost: float
    whole_line: bool = False
    side: int = 0


def units(document: Document, number: int, block: Block) -> list[Unit]:
    """The units of one block: they cover all of it that is not white space.

    They are in order, but of a word list ("word - слово") all first sides come before all others.
    """
    found: list[Unit] = []
    text = document.text
    for line in _LINE.finditer(text, block.span.start, block.span.end):
        if not line[0].strip():
            continue
        cost = NEAR if not found or _ended(text, line) else WRAP
        span = Span(line.start(), line.end())
        sides = _gloss(text, span)
        if sides:
            found += [Unit(side, number, NEAR, side=n) for n, side in enumerate(sides, 1)]
            continue
        pieces = _joined(text, list(_pieces(text, span)))
        for index, (span, inner) in enumerate(pieces):
            found.append(Unit(span, number, inner if index else cost, len(pieces) == 1))
    return sorted(found, key=lambda unit: unit.side)


def _gloss(text: str, line: Span) -> tuple[Span, ...]:
    """The two sides of "word - слово", a line of a list of words; nothing of any other line."""
    found = _GLOSS.fullmatch(text, line.start, line.end)
    if not found or any(len(scripts(side)) != 1 for side in found.groups()):
        return ()
    if main_script(found[1]) == main_script(found[2]):
        return ()
    rest = _trimmed(text, Span(found.end(1), line.end))
    return Span(found.start(1), found.end(1)), rest


def _ended(text: str, line: re.Match[str]) -> bool:
    before = text[max(0, line.start() - 80) : line.start()].rstrip()[-1:]
    first = line[0].lstrip()[:1]
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
    """True for one to three words with capitals and nothing else."""
    words = re.findall(r"[^\W\d_]+", text)
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
