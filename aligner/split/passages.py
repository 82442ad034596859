"""The stretches of a segment that may hold several units: blocks, mended across page breaks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from aligner.model import Block, Document, Kind, Segment, Span
from aligner.split.letters import is_small
from aligner.split.references import entries, reference_blocks
from aligner.split.signs import CITATION, CLOSERS, HARD, OPENERS, SOFT
from aligner.split.stretches import paragraphs, trim

_ENDED = re.compile(rf"[{re.escape(SOFT + HARD)}:;][{re.escape(CLOSERS)}]*+{CITATION}*+$")
_INNER_END = re.compile(rf"[{re.escape(SOFT + HARD)}][{re.escape(CLOSERS)}]*+\s")
_ADDRESS = re.compile(r"(?:e-?mail|orcid|https?:|www\.|tel[.:]|doi\b)|\S+@", re.IGNORECASE)
_CUT_LENGTH = 80
"""Characters of a paragraph that may be cut before a capital: more than a heading has."""


_TAIL = 400
_WHOLE = frozenset({"heading", "label"})


@dataclass(frozen=True, slots=True)
class Passage:
    """Pieces of a document that read as one text; ``whole``: not to be cut into sentences."""

    kind: Kind
    pieces: tuple[Span, ...]
    whole: bool = False

    def view(self, text: str) -> str:
        """The text of the pieces, one space between them, every line end a space (1:1)."""
        joined = " ".join(text[piece.start : piece.end] for piece in self.pieces)
        return joined.translate(_LINE_ENDS) if not joined.isprintable() else joined


_LINE_ENDS = {ord(sign): " " for sign in "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"}


@dataclass(frozen=True, slots=True)
class _Piece:
    span: Span
    number: int
    block: Block
    whole: bool


class _Layout:
    """What every segment of a document asks: where blocks start, which are references."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.starts = [block.span.start for block in document.blocks]
        self.references = reference_blocks(document)

    def overlapping(self, start: int, end: int) -> Iterator[tuple[int, Block]]:
        """The blocks that have characters between two positions, with their numbers."""
        blocks = self.document.blocks
        number = max(0, bisect_right(self.starts, start) - 1)
        while number < len(blocks) and blocks[number].span.start < end:
            if blocks[number].span.end > start:
                yield number, blocks[number]
            number += 1


@dataclass(frozen=True, slots=True, eq=False)
class _Same:
    """A document by identity: to compare its text would take longer than to read it again."""

    document: Document

    def __hash__(self) -> int:
        return id(self.document)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.document is self.document


@lru_cache(maxsize=8)
def _layout(same: _Same) -> _Layout:
    return _Layout(same.document)


def passages(document: Document, segment: Segment) -> tuple[Passage, ...]:
    """A segment in; its passages in order, covering every character that is not white space."""
    found: list[Passage] = []
    last: _Piece | None = None
    layout = _layout(_Same(document))
    for piece in _pieces(layout, segment):
        if last is not None and _goes_on(layout, last, piece):
            before = found[-1]
            found[-1] = Passage(before.kind, (*before.pieces, piece.span))
        else:
            found.append(Passage(piece.block.kind, (piece.span,), piece.whole))
        last = piece
    return tuple(found)


def _pieces(layout: _Layout, segment: Segment) -> Iterator[_Piece]:
    text = layout.document.text
    for start, end, number, block in _stretches(layout, segment):
        if number in layout.references:
            for a, b in entries(text, start, end):
                yield _Piece(Span(a, b), number, block, whole=True)
        elif block.kind in _WHOLE:
            yield _Piece(Span(*(trim(text, start, end) or (start, end))), number, block, whole=True)
        else:
            for a, b in paragraphs(text[start:end]):
                yield _Piece(Span(start + a, start + b), number, block, whole=False)


def _stretches(layout: _Layout, segment: Segment) -> Iterator[tuple[int, int, int, Block]]:
    """Span by span, block by block; marks go to the next block, the last to the one before."""
    text = layout.document.text
    for span in segment.spans:
        held: tuple[int, int, int, Block] | None = None
        opened: int | None = None
        for number, block in layout.overlapping(span.start, span.end):
            start, end = max(span.start, block.span.start), min(span.end, block.span.end)
            if not text[start:end].strip():
                continue
            if block.kind == "mark":
                opened = start if opened is None else opened
                last = (opened, end, number, block)
                continue
            if held is not None:
                yield held
            held = (start if opened is None else opened, end, number, block)
            opened = None
        if opened is not None:
            held = last if held is None else (held[0], last[1], *held[2:])
        if held is not None:
            yield held


def _goes_on(layout: _Layout, left: _Piece, right: _Piece) -> bool:
    """If the right piece is the second half of the paragraph that the left one began."""
    if left.whole or right.whole or {left.block.kind, right.block.kind} != {"paragraph"}:
        return False
    between = _between(layout, left.span.end, right.span.start)
    if right.number != left.number and not between.isdisjoint({left.number, right.number}):
        return False  # one of the two has more text, in another language
    kinds = {layout.document.blocks[number].kind for number in between - {left.number}}
    if not kinds <= {"note", "mark"}:
        return False
    if right.block.continues and right.number != left.number:
        return True
    return _is_broken_off(layout, left, right, marked="mark" in kinds)


def _is_broken_off(layout: _Layout, left: _Piece, right: _Piece, *, marked: bool) -> bool:
    """If the text says so: no end on the left, and a small letter or a cut sentence."""
    text = layout.document.text
    first = text[right.span.start : right.span.start + _TAIL].lstrip(OPENERS)[:1]
    if not first.isalpha() or _is_ended(text, left.span):
        return False
    if is_small(first):
        return _has_capitals(text, left.span) and not _ADDRESS.match(text, right.span.start)
    cut = not marked and right.number != left.number
    return cut and _is_cut(text, left.span, right.span)


def _has_capitals(text: str, span: Span) -> bool:
    """If small letters mean something here: not in lists of words or text without capitals."""
    piece = text[span.start : span.end]
    return piece != piece.lower()


def _is_ended(text: str, span: Span) -> bool:
    return _ENDED.search(text[max(span.start, span.end - _TAIL) : span.end]) is not None


def _is_cut(text: str, left: Span, right: Span) -> bool:
    """If a paragraph cannot end with the left piece, though the right one opens with a capital.

    Both are running text with full stops, and the left one ends in the middle of its last sentence.
    """
    last = text[left.end - 1]
    return (
        len(left) >= _CUT_LENGTH
        and (last.isalpha() or last in ",-–—")
        and _INNER_END.search(text, left.start, left.end) is not None
        and _is_ended(text, right)
    )


def _between(layout: _Layout, start: int, end: int) -> set[int]:
    """The numbers of the blocks that have text between two pieces."""
    text = layout.document.text
    if not text[start:end].strip():
        return set()
    return {
        number
        for number, block in layout.overlapping(start, end)
        if text[max(start, block.span.start) : min(end, block.span.end)].strip()
    }
