"""Markdown: the raw text is kept, its marks become blocks of their own at the edges of blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from aligner.errors import ReadError
from aligner.model import Block, Cell, Document, Fact, Kind, Span
from aligner.read import labels
from aligner.read.encoding import decode
from aligner.read.forms import finished
from aligner.read.frontmatter import front_matter
from aligner.read.inline import pieces, unwrapped
from aligner.read.lines import Line, lines_of, wrap_width
from aligner.read.source import load
from aligner.read.text import paragraphs, runs

if TYPE_CHECKING:
    from markdown_it.token import Token

_PREFIX = re.compile(r"(?:>[ \t]?|[-+*][ \t]+(?=\S)|[ \t]+)*")
_HEADING = re.compile(r"#{1,6}[ \t]*(.*?)[ \t]*(?:#+[ \t]*)?(?:\{[^{}]*\}[ \t]*)?\Z", re.DOTALL)
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]:[ \t]*")
_BOLD_START = re.compile(r"\*\*[^*\n]{1,60}[:.：]\*\*|\*\*[^*\n]{1,60}\*\*[ \t]*[:：]")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_REFERENCE = re.compile(r"\[[^\]\n^][^\]\n]*\]:[ \t]*\S")
_PIPE = re.compile(r"(?<!\\)\|")
_LONG_LINE = 400


@dataclass(frozen=True, slots=True)
class Leaf:
    """A block of Markdown without children: its lines (from 0, last excluded) and its kind."""

    first: int
    last: int
    kind: Kind
    level: int | None = None
    cells: tuple[int, int] | None = None
    markup: str = ""


def read(path: Path, *, encoding: str | None = None) -> Document:
    """Read a Markdown file (CommonMark with pipe tables and YAML front matter).

    In a file called .txt a line is a paragraph where the shape of the text says so. Raises
    ReadError, EncodingError.
    """
    decoded = decode(load(path), where=str(path), encoding=encoding)
    if not decoded.text.strip():
        raise ReadError("nothing but white space is in it", where=str(path))
    strict = path.suffix.lower() in (".md", ".markdown")
    blocks, facts = blocks_of(decoded.text, strict=strict)
    return finished(
        path.name, decoded.text, blocks, facts=(*decoded.facts, *facts), feeds=decoded.feeds
    )


def blocks_of(text: str, *, strict: bool = True) -> tuple[list[Block], tuple[Fact, ...]]:
    """The blocks of a Markdown text, marks included, and the facts of its front matter.

    ``strict``: lines that stand together are one paragraph, as in CommonMark; else the shape of
    the text decides, as in plain text.
    """
    lines = lines_of(text)
    skip, facts = front_matter(text)
    width = None if strict else wrap_width(text, [g for g in runs(lines) if len(g) > 1])
    blocks = [Block(Span(0, len(text[:skip].rstrip())), "mark")] if skip else []
    for leaf in _leaves(_parse(text, lines, skip)):
        blocks += _blocks(text, lines, leaf, whole=strict, width=width)
    return _with_marks(text, blocks), facts


def _parse(text: str, lines: Sequence[Line], skip: int) -> list[Token]:
    """Block tokens with their lines. Long lines are shortened first: only their edges matter."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    source = []
    for line in lines:
        raw = "" if line.first < skip else text[line.first : min(line.last, line.first + 8_000)]
        if line.last - line.first > _LONG_LINE and "|" not in raw:
            raw = f"{raw[: _LONG_LINE - 60]} {text[line.last - 40 : line.last]}"
        source.append(raw)
    return parser.parse("\n".join(source) + "\n")


def _leaves(tokens: Sequence[Token]) -> Iterator[Leaf]:
    depth = tables = row = 0
    for token in tokens:
        first, last = token.map or (0, 0)
        if token.type in ("list_item_open", "list_item_close"):
            depth += token.nesting
        elif token.type == "heading_open":
            yield Leaf(first, last, "heading", int(token.tag[1]), markup=token.markup)
        elif token.type == "paragraph_open":
            yield Leaf(first, last, "item" if depth else "paragraph", depth or None)
        elif token.type in ("fence", "code_block"):
            yield Leaf(first, last, "paragraph", markup=token.markup or "code")
        elif token.type == "html_block":
            yield Leaf(first, last, "paragraph", markup="html")
        elif token.type == "table_open":
            tables, row = tables + 1, 0
        elif token.type == "tr_open":
            yield Leaf(first, last, "cell", cells=(tables - 1, row))
            row += 1


def _blocks(
    text: str, lines: Sequence[Line], leaf: Leaf, *, whole: bool, width: int | None
) -> Iterator[Block]:
    own = [line for line in lines[leaf.first : leaf.last] if not line.blank]
    if not own:
        return
    if leaf.cells is not None:
        yield from _cells(text, own[0], *leaf.cells)
    elif leaf.kind == "heading":
        yield from _heading(text, own, leaf)
    elif leaf.markup == "html":
        yield from _html(text, own)
    elif leaf.markup:
        inner = own if leaf.markup == "code" else _fenced(text, own)
        if inner:
            yield Block(Span(inner[0].start, inner[-1].end), place=_place(inner[0]))
    else:
        for group in _parted(text, own, whole=whole, width=width):
            yield from _paragraph(text, group, leaf)


def _parted(
    text: str, own: Sequence[Line], *, whole: bool, width: int | None
) -> Iterator[list[Line]]:
    """Cut the lines of a paragraph where a label starts a line or a line end is forced."""
    for group in [list(own)] if whole else paragraphs(text, own, width):
        piece = [group[0]]
        for before, line in pairwise(group):
            hard = text.endswith("\\", before.start, before.end)
            hard = hard or text.startswith("  ", before.end, before.last)
            if hard or _labelled(text, line, group[-1]):
                yield piece
                piece = []
            piece.append(line)
        yield piece


def _labelled(text: str, line: Line, last: Line) -> bool:
    """Whether a line starts with a label: in bold, or before a list of terms that ends with it."""
    if _BOLD_START.match(text, line.start):
        return True
    rest = text[line.start : min(last.end, line.start + 2_000)]
    return any(labels.run_in(part) for part in (rest, text[line.start : line.end]))


def _paragraph(text: str, group: Sequence[Line], leaf: Leaf) -> Iterator[Block]:
    match = _PREFIX.match(text, group[0].start)
    start = match.end() if match else group[0].start
    end = group[-1].end
    if text.endswith("\\", start, end):
        end -= 1
    kind = leaf.kind
    if note := _FOOTNOTE.match(text, start):
        start, kind = note.end(), "note"
    if start >= end:
        return
    body = text[start:end].rstrip()
    for piece in pieces(body, labelled=kind == "paragraph"):
        span = Span(start + piece.start, start + piece.end)
        yield Block(span, piece.kind or kind, level=leaf.level, place=_place(group[0]))


def _heading(text: str, own: Sequence[Line], leaf: Leaf) -> Iterator[Block]:
    match = _PREFIX.match(text, own[0].start)
    start = match.end() if match else own[0].start
    end = own[-1].end
    if leaf.markup.startswith("#"):
        inner = _HEADING.match(text[start:end])
        if inner is None:
            return
        start, end = start + inner.start(1), start + inner.end(1)
    else:
        end = own[-2].end if len(own) > 1 else end
    start, end, _ = unwrapped(text[:end], start, end) if end > start else (start, end, False)
    if end > start:
        yield Block(Span(start, end), "heading", level=leaf.level, place=_place(own[0]))


def _cells(text: str, line: Line, table: int, row: int) -> Iterator[Block]:
    first = _PREFIX.match(text, line.start)
    start = first.end() if first else line.start
    start += text.startswith("|", start, line.end)
    edges = [m.start() for m in _PIPE.finditer(text, start, line.end)]
    if not edges or edges[-1] != line.end - 1:
        edges.append(line.end)
    for column, edge in enumerate(edges):
        cell = text[start:edge]
        left = start + len(cell) - len(cell.lstrip())
        right = left + len(cell.strip())
        start = edge + 1
        if right > left:
            body = text[left:right]
            inner, outer, _ = unwrapped(body, 0, len(body))
            span = Span(left + inner, left + outer)
            yield Block(span, "cell", cell=Cell(table, row, column), place=_place(line))


def _fenced(text: str, own: Sequence[Line]) -> Sequence[Line]:
    fence = text[own[0].start] * 3
    return own[1:-1] if len(own) > 1 and text.startswith(fence, own[-1].start) else own[1:]


def _html(text: str, own: Sequence[Line]) -> Iterator[Block]:
    """The text between the tags of raw HTML; tags and comments are marks."""
    position, end = own[0].start, own[-1].end
    for left, right in (*_tags(text, position, end), (end, end)):
        part = text[position:left]
        if part.strip():
            start = position + len(part) - len(part.lstrip())
            yield Block(Span(start, start + len(part.strip())), place=_place(own[0]))
        if left < right:
            yield Block(Span(left, right), "mark")
        position = right


def _tags(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where tags and comments stand, each looked at once."""
    while (start := text.find("<", start, end)) >= 0:
        stop = start + 1
        if text.startswith("<!--", start):
            close = text.find("-->", start + 4, end)
            stop = end if close < 0 else close + 3
            yield start, stop
        elif match := _TAG.match(text, start, end):
            stop = match.end()
            yield start, stop
        start = stop


def _with_marks(text: str, blocks: Sequence[Block]) -> list[Block]:
    """Fill what no block covers with marks, one a line; definitions of links are notes."""
    found: list[Block] = []
    position = 0
    for block in (*blocks, None):
        edge = block.span.start if block else len(text)
        if text[position:edge].strip():
            for line in lines_of(text[position:edge]):
                if not line.blank:
                    span = Span(position + line.start, position + line.end)
                    reference = _REFERENCE.match(text, span.start, span.end)
                    found.append(Block(span, "note" if reference else "mark"))
        if block:
            found.append(block)
            position = block.span.end
    return found


def _place(line: Line) -> str:
    return f"line {line.number}"
