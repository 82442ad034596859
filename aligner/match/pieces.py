"""Documents and segments in, pieces out: what of one block is in one language.

A piece that cannot have a counterpart (labels, notes, reference lists, stray quotations) is no
content; it goes to the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from aligner.match.labels import inline_label, label_role
from aligner.match.references import is_reference_list
from aligner.model import Block, Document, Kind, Segment, Span

QUOTATION = 0.25
"""In a block of several languages, one with less than this share of the longest is a quotation.

If the block has one language beside quotations, they stay where they are: a matched sentence is
whole. Where the block has no match, they are segments of their own again.
"""

IN_MARKS = 0.6
"""The same for one that stands in quotation marks and is no sentence: a title, a name."""

ONE_LANGUAGE = 0.8
"""A document is in one language if at least this share of its text is."""

CUT_OFF = ("abstract", "keywords")
"""Labels that are cut off the paragraph they open."""

_MARKED = re.compile('[«»„“”"‟‹›「『][^.!?。！？؟।]*[^.!?。！？؟।«»„“”"‹›」』][«»“”"‹›」』]')
_NOT_LANGUAGES = ("und", "zxx", "mul")
_BLANK = re.compile(r"[\s!-/:-@\[-`{-~\u2000-\u206f]+")
_WIDE = (
    (re.compile("[\u2e80-\ua4ff\uf900-\ufaff]+"), 2.8),
    (re.compile("[\uac00-\ud7ff]+"), 2.0),
    (re.compile("[\u0590-\u08ff]+"), 1.15),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one language in one block, with the segment it was cut from.

    ``size`` is its length in letters of a Latin alphabet, ``block`` the number of the block,
    ``hint`` the role that a label gives it; only ``content`` can be matched. ``quoted`` are the
    spans of quotations in other languages inside it, each also a piece and a ``quotation``.
    A ``reference`` stands in a list of them.
    """

    document: int
    block: int
    spans: tuple[Span, ...]
    segment: Segment
    lang: str
    kind: Kind = "paragraph"
    level: int | None = None
    cell: tuple[int, int, int] | None = None
    hint: str | None = None
    content: bool = True
    quoted: tuple[Span, ...] = ()
    quotation: bool = False
    reference: bool = False
    text: str = field(default="", repr=False)
    size: float = 0.0

    @property
    def start(self) -> int:
        """Where its first span starts."""
        return self.spans[0].start


def cut(
    number: int, document: Document, segments: Sequence[Segment], *, whole: bool = False
) -> list[Piece]:
    """All pieces of a document in text order; together they hold every character once.

    With ``whole`` nothing but notes and what is in no language is set aside: every label,
    quotation and reference of one file may have its counterpart in the other.
    """
    found = list(_pieces(number, document, segments, whole=whole))
    found.sort(key=lambda piece: (piece.start, piece.spans[-1].end))
    return found if whole else list(_without_references(_hinted(_without_strays(found))))


def _pieces(
    number: int, document: Document, segments: Sequence[Segment], *, whole: bool
) -> Iterator[Piece]:
    """The text of every block, one piece a language."""
    by_block: dict[int, dict[str, list[tuple[Span, Segment]]]] = {}
    for segment in segments:
        for index, span in _by_block(document, segment):
            by_block.setdefault(index, {}).setdefault(segment.lang, []).append((span, segment))
    for index in sorted(by_block):
        block = document.blocks[index]
        place = block.cell
        cell = None if place is None else (place.table, place.row, place.column)
        made: list[Piece] = []
        for lang, parts in by_block[index].items():
            spans = tuple(sorted(span for span, _ in parts))
            origin = max(parts, key=lambda part: len(part[0]))[1]
            piece = Piece(number, index, spans, origin, lang, block.kind, block.level, cell)
            made += _of_language(piece, document, whole=whole)
        yield from _with_quotations(made)


def _with_quotations(made: list[Piece]) -> Iterator[Piece]:
    """The pieces of a block; the main one, if there is only one, knows its quotations."""
    longest = max((piece.size for piece in made), default=0.0)
    quotes = [piece.size < _share(piece) * longest for piece in made]
    short = [p for p, quote in zip(made, quotes, strict=True) if p.kind != "label" and quote]
    main = [p for p, quote in zip(made, quotes, strict=True) if not quote and longest > 0]
    own = len(main) == 1 and main[0].content
    short = [piece for piece in short if not (main and _is_mark(piece, main))]
    for piece in made:
        if piece in short:
            yield replace(piece, content=False, quotation=own)
        elif own and piece is main[0]:
            yield replace(piece, quoted=tuple(span for p in short for span in p.spans))
        else:
            yield piece


def _is_mark(piece: Piece, main: Sequence[Piece]) -> bool:
    """True for what is in no language and not inside the text: a label, a stroke between texts."""
    first, last = main[0].spans[0].start, main[0].spans[-1].end
    inside = piece.spans[0].start > first and piece.spans[-1].end < last
    return piece.lang in _NOT_LANGUAGES and not (inside and len(main) == 1)


def _share(piece: Piece) -> float:
    """Below which share of the longest text of its block a piece is a quotation."""
    return IN_MARKS if _MARKED.fullmatch(piece.text.strip()) else QUOTATION


def _by_block(document: Document, segment: Segment) -> Iterator[tuple[int, Span]]:
    """The spans of a segment, cut at block borders and trimmed of white space."""
    blocks, text = document.blocks, document.text
    index = _block_at(blocks, segment.spans[0].start)
    for span in segment.spans:
        while index and blocks[index].span.start > span.start:
            index -= 1
        position = span.start
        while position < span.end:
            while index + 1 < len(blocks) and blocks[index + 1].span.start <= position:
                index += 1
            limit = blocks[index + 1].span.start if index + 1 < len(blocks) else span.end
            end = min(span.end, max(limit, position))
            part = text[position:end]
            if part.strip():
                lead = len(part) - len(part.lstrip())
                yield index, Span(position + lead, position + len(part.rstrip()))
            position = end


def _block_at(blocks: Sequence[Block], position: int) -> int:
    low, high = 0, max(len(blocks) - 1, 0)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if blocks[middle].span.start <= position else (low, middle - 1)
    return low


def _of_language(piece: Piece, document: Document, *, whole: bool) -> Iterator[Piece]:
    """The piece with its text, with a label at its head cut off."""
    spans = piece.spans
    text = " ".join(document.text[span.start : span.end] for span in spans)
    content = piece.kind not in {"note", "mark"} and piece.lang not in _NOT_LANGUAGES
    inline = None if whole else inline_label(text)
    role = None if whole else label_role(text)
    if role in CUT_OFF and piece.kind != "cell":
        yield replace(piece, kind="label", hint=role, content=False, text=text)
        return
    if inline and inline.end < len(spans[0]) and inline.role in CUT_OFF:
        border = spans[0].start + inline.end
        head = Span(spans[0].start, spans[0].start + len(text[: inline.end].rstrip()))
        yield replace(piece, spans=(head,), kind="label", content=False, text=text[: inline.end])
        piece = replace(piece, spans=(Span(border, spans[0].end), *spans[1:]))
        text = text[inline.end :]
    hint = inline.role if inline else role
    yield replace(piece, text=text, size=size(text), content=content, hint=hint)


def size(text: str) -> float:
    """The length of a text in letters of a Latin alphabet: Han, Hangul and such say more in one."""
    plain = len(text) - sum(map(len, _BLANK.findall(text)))
    return plain + sum((w - 1) * sum(map(len, wide.findall(text))) for wide, w in _WIDE)


def _hinted(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Every content piece that follows a label directly gets the label's role as its hint."""
    pending: str | None = None
    for piece in pieces:
        if piece.kind == "label" and not piece.content:
            pending = piece.hint
            yield piece
        elif piece.content:
            heading = piece.kind == "heading"
            yield piece if heading else replace(piece, hint=piece.hint or pending)
            pending = None
        else:
            yield piece


def _without_strays(pieces: Sequence[Piece]) -> list[Piece]:
    """A label in another language than the text before and after it has no counterpart there.

    Mostly it is a word that no detector knows. Between labels it is left alone: they may be the
    same one in several languages.
    """
    texts = [n for n, piece in enumerate(pieces) if piece.content]
    sides = [None, *(pieces[n] for n in texts), None]
    stray: set[int] = set()
    for n, before, after in zip(texts, sides, sides[2:], strict=False):
        around = {side.lang for side in (before, after) if side is not None}
        strange = len(around) == 1 and pieces[n].lang not in around
        if pieces[n].kind == "label" and strange and (before is None or before.kind != "label"):
            stray.add(n)
    return [replace(p, content=False) if n in stray else p for n, p in enumerate(pieces)]


def _without_references(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """The same pieces; those of reference lists are no content."""
    listed = list(pieces)
    runs: list[list[int]] = [[]]
    for index, piece in enumerate(listed):
        if piece.kind in {"label", "heading"} or piece.hint is not None:
            runs.append([])
        runs[-1].append(index)
    dropped: set[int] = set()
    for run in runs:
        head = [index for index in run[:1] if listed[index].hint == "references"]
        items = run[len(head) :]
        first = is_reference_list([listed[index].text for index in items], named=bool(head))
        if first is not None:
            dropped.update((*head, *items[first:]))
    for index, piece in enumerate(listed):
        yield replace(piece, content=False, reference=True) if index in dropped else piece


def main_language(pieces: Sequence[Piece]) -> str | None:
    """The language of nearly all the text of a document, if there is one."""
    shares: dict[str, float] = {}
    for piece in pieces:
        if piece.lang not in {"und", "zxx", "mul"}:
            shares[piece.lang] = shares.get(piece.lang, 0.0) + sum(map(len, piece.spans))
    best = max(sorted(shares), key=lambda lang: shares[lang], default=None)
    if best is None or shares[best] < ONE_LANGUAGE * sum(shares.values()):
        return None
    return best
