"""What the text elements do not say of a document: its other characters and blocks.

A unit says where it stands (``source="d1:57,112"``: code points of document 1), so a document is
its units put in their places, the text between them, and its blocks. A block that its element
shows completely (``p`` from its first unit to its last) needs no more. What remains is listed in
one ``spanGrp`` a document: stretches of text that are not plain line ends, and the other blocks.
"""

from __future__ import annotations

import re
from array import array
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from aligner.formats.tei.escape import attribute
from aligner.formats.xmltext import escaped
from aligner.model import Block, Cell, Document, Kind, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_CELL = re.compile(r"(-?\d+)_(-?\d+)_(-?\d+)\Z")


class Layout:
    """Of one document, while its text is being written."""

    def __init__(self, document: Document, number: int) -> None:
        self.document = document
        self.prefix = f"d{number + 1}:"
        self.shown = bytearray(len(document.blocks))
        self.line_end = "\r\n" if "\r\n" in document.text else "\n"
        self._written = array("q")

    def wrote(self, start: int, end: int) -> None:
        """Note that an element holds the characters ``start`` to ``end``."""
        written = self._written
        if written and written[-1] == start:
            written[-1] = end
        elif end > start:
            written.extend((start, end))

    def rows(self) -> Iterator[str]:
        """The lines of the document's ``spanGrp``, in the order of its text."""
        gaps = self._gaps()
        size = len(self.document.text)
        start, end = next(gaps, (size, size))
        for number, block in enumerate(self.document.blocks):
            if self.shown[number]:
                continue
            while end <= block.span.start and start < size:
                yield from self._text(start, end)
                start, end = next(gaps, (size, size))
            if block.span and start <= block.span.start and block.span.end <= end:
                yield from self._text(start, block.span.start)
                start = block.span.end
                yield self._block(block, self.document.text[block.span.start : start])
            else:
                yield self._block(block, "")
        while start < size:
            yield from self._text(start, end)
            start, end = next(gaps, (size, size))

    def _gaps(self) -> Iterator[tuple[int, int]]:
        written = self._written
        pairs = list(zip(written[::2], written[1::2], strict=True))
        if any(a[0] > b[0] for a, b in pairwise(pairs)):
            pairs.sort()
        position = 0
        for start, end in pairs:
            if start > position:
                yield position, start
            position = max(position, end)
        if position < len(self.document.text):
            yield position, len(self.document.text)

    def _text(self, start: int, end: int) -> Iterator[str]:
        text = self.document.text[start:end]
        if text and text != plain(end - start, self.line_end):
            yield f'<span type="text" target="{self.prefix}{start},{end}">{escaped(text)}</span>\n'

    def _block(self, block: Block, text: str) -> str:
        place = "" if block.place is None else f' n="{attribute(block.place)}"'
        facts = " ".join(_facts(block))
        rend = f' rend="{facts}"' if facts else ""
        head = (
            f'<span type="{block.kind}" target="{self.prefix}{block.span.start},{block.span.end}"'
        )
        return (
            f"{head}{place}{rend}>{escaped(text)}</span>\n" if text else f"{head}{place}{rend}/>\n"
        )


def plain(length: int, line_end: str) -> str:
    """What stands where nothing is said: line ends."""
    return (line_end * length)[:length]


def _facts(block: Block) -> Iterator[str]:
    if block.lang_hint is not None:
        yield f"lang={_word(block.lang_hint)}"
    if block.level is not None:
        yield f"level={int(block.level)}"
    if block.cell is not None:
        yield f"cell={block.cell.table}_{block.cell.row}_{block.cell.column}"
    if block.page is not None:
        yield f"page={int(block.page)}"
    if block.style is not None:
        yield f"style={_word(block.style)}"
    if block.continues:
        yield "continues"


def _word(text: str) -> str:
    attribute(text)
    return quote(text, safe="")


def read_block(span: Span, kind: Kind, place: str | None, rend: str) -> Block:
    """The block of a ``span`` row. Raises ValueError if its facts are none of ours."""
    facts = dict(fact.partition("=")[::2] for fact in rend.split())
    return Block(
        span,
        kind,
        lang_hint=unquote(facts["lang"]) if "lang" in facts else None,
        level=int(facts["level"]) if "level" in facts else None,
        cell=_cell(facts["cell"]) if "cell" in facts else None,
        page=int(facts["page"]) if "page" in facts else None,
        place=place,
        style=unquote(facts["style"]) if "style" in facts else None,
        continues="continues" in facts,
    )


def _cell(text: str) -> Cell:
    found = _CELL.match(text)
    if not found:
        raise ValueError(text)
    return Cell(*map(int, found.groups()))
