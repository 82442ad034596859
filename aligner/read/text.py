"""Plain text: blank lines, line ends or indents part its paragraphs, whichever the text uses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from aligner.errors import ReadError
from aligner.model import Block, Cell, Document, Kind, Span
from aligner.read import labels
from aligner.read.encoding import decode
from aligner.read.forms import finished
from aligner.read.lines import Line, first_word, is_open, lines_of, wrap_width
from aligner.read.source import load

_ITEM = re.compile(r"(?:[-*•·▪‣◦]|\(?(\d{1,3})[.)]|\[(\d{1,3})\])\s+(?=\S)")


def read(path: Path, *, encoding: str | None = None) -> Document:
    """Read a text file; the encoding is found unless given.

    Blocks: paragraphs, headings (lines in capitals), labels, list items, cells of tables whose
    columns are parted by tabs. Raises ReadError, EncodingError.
    """
    decoded = decode(load(path), where=str(path), encoding=encoding)
    if not decoded.text.strip():
        raise ReadError("nothing but white space is in it", where=str(path))
    blocks = blocks_of(decoded.text)
    return finished(path.name, decoded.text, blocks, facts=decoded.facts, feeds=decoded.feeds)


def plain(path: Path, *, encoding: str | None = None) -> Document:
    """Read a text file whose lines mean something already: one block, nothing is looked for.

    Raises ReadError, EncodingError.
    """
    decoded = decode(load(path), where=str(path), encoding=encoding)
    if not decoded.text.strip():
        raise ReadError("nothing but white space is in it", where=str(path))
    whole = Block(Span(0, len(decoded.text)))
    return Document(path.name, decoded.text, (whole,), tuple(decoded.facts))


def blocks_of(text: str) -> list[Block]:
    """The blocks of a plain text, before anything is said of labels and running heads."""
    lines = lines_of(text)
    groups = runs(lines)
    if _columns(text, [line for group in groups for line in group]) > 1:
        return _cells(text, [line for group in groups for line in group], 0)
    width = wrap_width(text, groups)
    blocks: list[Block] = []
    tables = 0
    for group in groups:
        if _columns(text, group) > 1:
            blocks += _cells(text, group, tables)
            tables += 1
            continue
        for piece in paragraphs(text, group, width):
            span = Span(piece[0].start, piece[-1].end)
            kind = _kind(text[span.start : span.end])
            blocks.append(Block(span, kind, place=f"line {piece[0].number}"))
    return _headed(text, blocks)


def runs(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines that stand together, between blank ones."""
    groups: list[list[Line]] = [[]]
    for line in lines:
        if not line.blank:
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    return [group for group in groups if group]


def paragraphs(text: str, group: Sequence[Line], width: int | None) -> list[list[Line]]:
    """Cut a run of lines into paragraphs: one a line, or (wrapped text) where a line ends early."""
    pieces = [[group[0]]]
    base = min(line.indent for line in group)
    listed = sum(1 for line in group if _ITEM.match(text, line.start)) > 1
    for before, line in pairwise(group):
        if width is None or _starts(text, before, line, width=width, base=base, listed=listed):
            pieces.append([line])
        else:
            pieces[-1].append(line)
    return pieces


def _starts(text: str, before: Line, line: Line, *, width: int, base: int, listed: bool) -> bool:
    """Whether a line of a wrapped text starts a paragraph."""
    if listed and _ITEM.match(text, line.start):
        return True
    if line.indent > base + 1 and before.indent <= base + 1 and not listed:
        return True
    room = width - before.reach - 1 - first_word(text, line)
    small = text[line.start].islower()
    return room > 0.3 * width and (not small or not is_open(text[before.start : before.end]))


def _kind(body: str) -> Kind:
    if match := _ITEM.match(body):
        return "item" if match.group(1) or match.group(2) or len(body) > 2 else "paragraph"
    return "heading" if "\n" not in body.strip() and labels.capitals(body) else "paragraph"


def _headed(text: str, blocks: list[Block]) -> list[Block]:
    """A numbered line without a stop before a paragraph is a heading, not a list item."""
    found = []
    for number, block in enumerate(blocks):
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        body = text[block.span.start : block.span.end]
        if (
            block.kind == "item"
            and body[0].isdigit()
            and following is not None
            and following.kind == "paragraph"
            and len(body) <= 100
            and is_open(body)
            and len(following.span) > 2 * len(body)
        ):
            block = Block(block.span, "heading", place=block.place)  # noqa: PLW2901
        found.append(block)
    return found


def _columns(text: str, group: Sequence[Line]) -> int:
    """How many columns a run of lines has, if every line has the same number of tabs."""
    counts = {text.count("\t", line.first, line.last) for line in group}
    if len(counts) != 1 or len(group) < 2:
        return 1
    return counts.pop() + 1


def _cells(text: str, group: Sequence[Line], table: int) -> list[Block]:
    cells = []
    for row, line in enumerate(group):
        position = line.first
        for column, cell in enumerate(text[line.first : line.last].split("\t")):
            left = position + len(cell) - len(cell.lstrip())
            if cell.strip():
                span = Span(left, left + len(cell.strip()))
                place = f"line {line.number}"
                cells.append(Block(span, "cell", cell=Cell(table, row, column), place=place))
            position += len(cell) + 1
    return cells
