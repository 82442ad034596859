"""The lines of a document in the parts that their layout shows, with labels of languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aligner.detect.names import Naming, namings
from aligner.detect.sides import sided
from aligner.model import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aligner.model import Document

_LINE = re.compile(r"[^\n]+")
_ONE_PIECE = ("note", "cell")
_END = 1 << 62


@dataclass(frozen=True, slots=True)
class Part:
    """A line, or a side of it, without its labels; ``named`` is the language they name."""

    span: Span
    labels: tuple[Naming, ...] = ()
    named: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a block in its parts; ``listed`` is the first line of the list it stands in."""

    span: Span
    block: int
    parts: tuple[Part, ...]
    listed: int | None = None


def lines(document: Document) -> list[Line]:
    """All lines that are not empty, of blocks that are no marks, in text order."""
    text, blocks = document.text, document.blocks
    whole = [
        (number, Span(line.start(), line.end()))
        for number, block in enumerate(blocks)
        if block.kind != "mark"
        for line in _LINE.finditer(text, block.span.start, block.span.end)
        if line[0].strip()
    ]
    headings = {span.start for number, span in whole if blocks[number].kind == "heading"}
    labels = namings(text, [span for _, span in whole], headings)
    before = {start: label for start, label in labels.items() if not label.behind}
    bare = [_without(text, span, before.get(span.start)) for _, span in whole]
    free = [
        span
        for (number, _), span in zip(whole, bare, strict=True)
        if len(span) and blocks[number].kind not in _ONE_PIECE
    ]
    sides = sided(text, free)
    each = [span for found in sides.values() for span in found.spans]
    inner = namings(text, each, known={label.tag for label in labels.values()})
    names = _named(document, whole, bare, labels)
    found: list[Line] = []
    for (number, span), rest, name in zip(whole, bare, names, strict=True):
        own = sides.get(rest.start) if len(rest) else None
        label = labels.get(span.start)
        if own is None:
            parts = [_part(text, span, label, name)]
        else:
            parts = [_part(text, side, inner.get(side.start), None) for side in own.spans]
            if label is not None and not label.behind:
                first = parts[0]
                parts[0] = Part(first.span, (label, *first.labels), first.named or label.tag)
        found.append(Line(span, number, tuple(parts), own.listed if own else None))
    return found


def _part(text: str, span: Span, label: Naming | None, named: str | None) -> Part:
    if label is None:
        return Part(span, (), named)
    return Part(_without(text, span, label), (label,), label.tag)


def _without(text: str, line: Span, label: Naming | None) -> Span:
    """A line without its label, and without white space at its ends."""
    if label is not None and label.behind:
        line = Span(line.start, label.span.start)
    elif label is not None:
        line = Span(label.span.end, line.end)
    piece = text[line.start : line.end]
    start = line.start + len(piece) - len(piece.lstrip())
    return Span(start, max(start, line.start + len(piece.rstrip())))


def _named(
    document: Document,
    whole: Sequence[tuple[int, Span]],
    bare: Sequence[Span],
    labels: dict[int, Naming],
) -> list[str | None]:
    """The language that the labels name for every line.

    A label says it of its line and what follows in the block, or stands before in it; one that
    stands alone says it of all up to the next label or heading.
    """
    names: list[str | None] = []
    current, until = None, -1
    for (block, span), rest in zip(whole, bare, strict=True):
        label = labels.get(span.start)
        if label is not None and not label.behind:
            current, until = label.tag, block if len(rest) else _END
        elif block > until or document.blocks[block].kind == "heading":
            current = None
        names.append(current)
    behind, last = None, -1
    for number in range(len(names) - 1, -1, -1):
        block, span = whole[number]
        label = labels.get(span.start)
        if label is not None or block != last:
            behind = label.tag if label is not None and label.behind else None
        last = block
        names[number] = behind or names[number]
    return names
