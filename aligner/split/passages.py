"""The stretches of a segment that may hold several units: blocks, mended across page breaks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from aligner.model import Block, Document, Kind, Segment, Span
from aligner.split.judge import is_small
from aligner.split.references import entries, reference_blocks
from aligner.split.stretches import paragraphs
from aligner.split.signs import CITATION, CLOSERS, HARD, OPENERS, SOFT

_ENDED = re.compile(rf"[{re.escape(SOFT + HARD)}:;][{re.escape(CLOSERS)}]*+{CITATION}*+$")
_INNER_END = re.compile(rf"[{re.escape(SOFT + HARD)}][{re.escape(CLOSERS)}]*+\s")
_CUT_LENGTH = 80
"""Characters of a paragraph that can be taken to be cut before a capital: more than a heading has."""


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
    block: Block
    whole: bool


def passages(document: Document, segment: Segment) -> tuple[Passage, ...]:
    """A segment in; its passages in order, covering every character that is not white space."""
    found: list[Passage] = []
    last: _Piece | None = None
    for piece in _pieces(document, segment):
        if last is not None and _goes_on(document, last, piece):
            before = found[-1]
            found[-1] = Passage(before.kind, (*before.pieces, piece.span))
        else:
            found.append(Passage(piece.block.kind, (piece.span,), piece.whole))
        last = piece
    return tuple(found)


def _pieces(document: Document, segment: Segment) -> Iterator[_Piece]:
    text = document.text
    references = reference_blocks(document)
    for start, end, block in _stretches(document, segment):
        if id(block) in references:
            for a, b in entries(text, start, end):
                yield _Piece(Span(a, b), block, whole=True)
            continue
        whole = block.kind in {"heading", "item", "label"}
        if whole:
            yield _Piece(Span(start, end), block, whole=True)
            continue
        for a, b in paragraphs(text[start:end]):
            yield _Piece(Span(start + a, start + b), block, whole=False)


def _stretches(document: Document, segment: Segment) -> Iterator[tuple[int, int, Block]]:
    """Span by span and block by block; marks go to the block after them, the last to the one before."""
    blocks = document.blocks
    starts = [block.span.start for block in blocks]
    for span in segment.spans:
        held: tuple[int, int, Block] | None = None
        opened: int | None = None
        number = max(0, bisect_right(starts, span.start) - 1)
        for block in _overlapping(blocks, number, span.end):
            start, end = max(span.start, block.span.start), min(span.end, block.span.end)
            if not document.text[start:end].strip() or start >= end:
                continue
            if block.kind == "mark":
                opened = start if opened is None else opened
                mark = (opened, end, block)
                continue
            if held is not None:
                yield held
            held = (start if opened is None else opened, end, block)
            opened = None
        if opened is not None:
            held = mark if held is None else (held[0], mark[1], held[2])
        if held is not None:
            yield held


def _overlapping(blocks: tuple[Block, ...], number: int, end: int) -> Iterator[Block]:
    while number < len(blocks) and blocks[number].span.start < end:
        yield blocks[number]
        number += 1


def _goes_on(document: Document, left: _Piece, right: _Piece) -> bool:
    """If the right piece is the second half of the paragraph that the left one began."""
    if left.whole or right.whole or {left.block.kind, right.block.kind} != {"paragraph"}:
        return False
    between = _between(document, left.span.end, right.span.start)
    if not between <= {"note", "mark"}:
        return False
    if right.block.continues and right.block is not left.block:
        return True
    text = document.text
    tail = text[max(left.span.start, left.span.end - 400) : left.span.end]
    if _ENDED.search(tail):
        return False
    first = text[right.span.start : right.span.end].lstrip(OPENERS)[:1]
    if first.isalpha() and is_small(first):
        return True
    return (
        "mark" not in between
        and first.isalpha()
        and len(left.span) >= _CUT_LENGTH
        and (tail[-1].isalpha() or tail[-1] in ",-–—")
        and _INNER_END.search(text, left.span.start, left.span.end) is not None
        and _ENDED.search(text[right.span.start : right.span.end][-400:]) is not None
    )


def _between(document: Document, start: int, end: int) -> set[Kind | None]:
    """The kinds of what stands between two pieces."""
    if not document.text[start:end].strip():
        return set()
    starts = [block.span.start for block in document.blocks]
    number = max(0, bisect_right(starts, start) - 1)
    return {
        block.kind
        for block in _overlapping(document.blocks, number, end)
        if document.text[max(start, block.span.start) : min(end, block.span.end)].strip()
    }
