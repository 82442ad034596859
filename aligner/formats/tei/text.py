"""The words of a version: a ``div`` of heads, paragraphs, lists and tables that hold its units."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aligner.formats.tei.escape import attribute
from aligner.formats.tei.plan import ELEMENT, Zone
from aligner.formats.xmltext import SPECIAL, escaped
from aligner.model import Block, Sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from aligner.formats.tei.layout import Layout

BLOCK = {
    "heading": "head",
    "paragraph": "p",
    "item": "item",
    "cell": "cell",
    "label": "label",
    "note": "note",
}
"""The element of a kind of block; other kinds, and units in no block, stand in ``ab``."""

_LISTED = {"item": "bibl", "paragraph": "bibl"}
"""The same in a list of references."""

_AROUND = {"item": "list", "bibl": "listBibl"}
"""What stands around a run of these."""

_WORDS = re.compile(r"(?!level-)[\w.,;:()/#+*-]+( [\w.,;:()/#+*-]+)*\Z")


def zone_lines(zone: Zone, layout: Layout, point: Callable[[str, str], str]) -> Iterator[str]:
    """The ``div`` of a version, in pieces; ``layout`` learns which characters they hold."""
    yield _head(zone, layout, point)
    if zone.version.segment.alternatives:
        yield from _alternatives(zone)
    flow = _Flow(zone, layout, point)
    for numbers, blocks in _groups(zone):
        yield from flow.open(blocks, zone.version.units[numbers.start], numbers)
        yield flow.units(numbers) + flow.close_block()
    yield from flow.close()
    yield "</div>\n"


def _head(zone: Zone, layout: Layout, point: Callable[[str, str], str]) -> str:
    segment = zone.version.segment
    spans = " ".join(f"{layout.prefix}{span.start},{span.end}" for span in segment.spans)
    said = segment.kind not in {"paragraph", zone.role}
    kind = f' subtype="{attribute(segment.kind)}"' if said else ""
    return (
        f'<div type="{zone.role}"{kind} xml:id="{zone.id}" xml:lang="{segment.lang}"'
        f' cert="{float(segment.confidence)!r}" ana="{point("", "lang." + segment.source)}"'
        f' decls="{point("", "unit." + zone.version.unit)}" source="{spans}">\n'
    )


def _alternatives(zone: Zone) -> Iterator[str]:
    for tag, probability in zone.version.segment.alternatives:
        yield (
            f'<certainty locus="value" match="@xml:lang" assertedValue="{attribute(tag)}"'
            f' degree="{float(probability)!r}"/>\n'
        )


def _groups(zone: Zone) -> Iterator[tuple[range, list[int]]]:
    """Runs of units that stand in one element, with the numbers of the blocks they stand in."""
    blocks, units = zone.version.document.blocks, zone.version.units
    at, start, held, reach = 0, 0, [], -1
    last = len(blocks)
    for number, unit in enumerate(units):
        position = unit.span.start
        while at < last and (blocks[at].span.end <= position):
            if blocks[at].span.end == position == unit.span.end and blocks[at].span:
                break
            at += 1
        home = at if at < last and blocks[at].span.start <= position else -1
        if number == start:
            held = [home]
        elif home != held[-1]:
            joins = home >= 0 and (reach > blocks[home].span.start or blocks[home].continues)
            if joins and held[-1] >= 0 and blocks[home].kind == blocks[held[-1]].kind:
                held.append(home)
            else:
                yield range(start, number), held
                start, held = number, [home]
        reach = unit.span.end
    if units:
        yield range(start, len(units)), held


class _Flow:
    """Opens and closes what stands around the blocks: sub-divisions, lists, tables, pages."""

    def __init__(self, zone: Zone, layout: Layout, point: Callable[[str, str], str]) -> None:
        self._joined, self._forced = point("", "unit.joined"), point("", "unit.forced")
        self._zone, self._layout = zone, layout
        self._blocks = zone.version.document.blocks
        self._text = zone.version.document.text
        self._raw = SPECIAL.search(self._text) is None
        self._unit = zone.version.unit
        self._element = BLOCK | _LISTED if zone.role == "references" else BLOCK
        self._around: list[str] = []
        self._cell: tuple[int, int] | None = None
        self._sub = self._filled = False
        self._page: int | None = None
        self._end = "</p>\n"

    def open(self, held: list[int], first: Sentence, numbers: range) -> Iterator[str]:
        """The start tag of a block, after whatever has to end or begin before it."""
        block = self._blocks[held[0]] if held[0] >= 0 else None
        placed = block is not None and (block.kind != "cell" or block.cell is not None)
        tag = self._element.get(block.kind, "ab") if block and placed else "ab"
        last = self._zone.version.units[numbers.stop - 1]
        whole = (
            block is not None
            and len(held) == 1
            and not self._layout.shown[held[0]]
            and block.span.start == first.span.start
            and block.span.end == last.span.end
            and bool(block.span)
        )
        rows = block is not None and block.kind == "cell" and block.cell is not None
        yield from self._surround(tag, block if rows else None)
        turned = block is not None and block.page not in {None, self._page}
        if block and whole and turned and self._around[-1:] != ["row"]:
            self._page = block.page
            yield f'<pb n="{block.page}"/>\n'
        if rows and block:
            yield from self._row(block)
        natural = whole and tag != "ab" and not (tag == "bibl" and block and block.kind != "item")
        said = self._attributes(block) if block and natural else None
        if said is not None:
            self._layout.shown[held[0]] = 1
        else:
            said = self._unnatural(held)
        if tag == "cell" and block and block.cell is not None:
            said = f' n="{block.cell.column}"' + said
        yield self._start(tag, said)

    def _unnatural(self, held: list[int]) -> str:
        spans = [self._blocks[number].span for number in held if number >= 0]
        if not spans:
            return ""
        prefix = self._layout.prefix
        return ' source="' + " ".join(f"{prefix}{span.start},{span.end}" for span in spans) + '"'

    def _start(self, tag: str, said: str) -> str:
        if tag == "p" and self._unit == "keyword":
            self._end = "</list>\n"
            return f'<list rend="inline"{said}>\n'
        if tag == "p" and self._unit == "verse":
            self._end = "</lg>\n"
            return f"<lg{said}>\n"
        self._end = f"</{tag}>\n"
        return f"<{tag}{said}>"

    def _attributes(self, block: Block) -> str | None:
        """What the element itself can say of its block; None if not all of it."""
        if block.page != self._page or block.continues:
            return None
        if block.lang_hint not in {None, self._zone.version.lang}:
            return None
        if (block.cell is not None) != (block.kind == "cell"):
            return None
        said = f' xml:lang="{block.lang_hint}"' if block.lang_hint else ""
        if block.place is not None:
            if block.kind == "cell":
                return None
            said += f' n="{attribute(block.place)}"'
        return self._rend(block, said)

    def _rend(self, block: Block, said: str) -> str | None:
        words = [] if block.level is None else [f"level-{int(block.level)}"]
        if block.style is not None:
            if not _WORDS.match(block.style):
                return None
            words.append(block.style)
        if not words:
            return said
        if block.kind == "paragraph" and self._unit == "keyword":
            return None
        return f'{said} rend="{" ".join(words)}"'

    def _surround(self, tag: str, cell: Block | None) -> Iterator[str]:
        """End lists and tables that ``tag`` does not continue; begin those it needs."""
        wanted = _AROUND.get(tag) or ("table" if cell else None)
        aside = tag == "note" and self._around != ["listBibl"]
        if aside or (self._around and self._around[0] == wanted):
            if tag == "note" and self._around[1:]:
                yield self._close_row()
            if cell and cell.cell and self._cell and cell.cell.table != self._cell[0]:
                yield from self._close_around()
        else:
            yield from self._close_around()
        if tag == "head" and self._filled:
            yield "</div>\n<div>\n" if self._sub else "<div>\n"
            self._sub, self._filled = True, False
        elif tag not in {"head", "note"}:
            self._filled = True
        if wanted and not self._around:
            yield f'<table n="{cell.cell.table}">\n' if cell and cell.cell else f"<{wanted}>\n"
            self._around = [wanted]

    def _row(self, block: Block) -> Iterator[str]:
        cell = block.cell
        if cell is None:
            return
        if self._cell != (cell.table, cell.row) or self._around[-1] != "row":
            if self._around[-1] == "row":
                yield self._close_row()
            yield f'<row n="{cell.row}">'
            self._around.append("row")
            self._cell = (cell.table, cell.row)

    def _close_row(self) -> str:
        self._around.pop()
        return "</row>\n"

    def _close_around(self) -> Iterator[str]:
        while self._around:
            yield f"</{self._around.pop()}>\n"

    def close_block(self) -> str:
        """The end tag of the block."""
        return self._end

    def close(self) -> Iterator[str]:
        """End everything that is still open."""
        yield from self._close_around()
        if self._sub:
            yield "</div>\n"

    def units(self, numbers: range) -> str:
        """The units of one block, and the white space between them where it is only that."""
        item, verse = self._end == "</list>\n", self._end == "</lg>\n"
        name = "seg" if self._unit == "verse" and not verse else ELEMENT[self._unit]
        before, after = ("<item>", "</item>\n") if item else ("", "\n" if verse else "")
        text, raw, layout, zone = self._text, self._raw, self._layout, self._zone
        prefix, first, source = zone.prefix, zone.first, layout.prefix
        out: list[str] = []
        start = end = -1
        for number in numbers:
            unit = zone.version.units[number]
            at = unit.span.start
            gap = text[end:at] if 0 <= end < at and not after else ""
            if gap and gap.isspace():
                out.append(gap if raw else escaped(gap))
            elif at != end:
                layout.wrote(start, end)
                start = at
            end = unit.span.end
            if unit.holes:
                layout.wrote(start, at)
                said, words = self._pieces(unit)
                start = end
            else:
                said, words = f"{source}{at},{end}", text[at:end]
            marks = ""
            identifier = f"{prefix}{first + number}"
            if unit.joined or unit.forced or unit.id is not None:
                marks, identifier = self._marks(unit, number), zone.unit_id(number)
            out.append(f'{before}<{name} xml:id="{identifier}"{marks} source="{said}">')
            out.append(f"{words if raw else escaped(words)}</{name}>{after}")
        layout.wrote(start, end)
        return "".join(out)

    def _marks(self, unit: Sentence, number: int) -> str:
        ways = [self._joined] if unit.joined else []
        ways += [self._forced] if unit.forced else []
        said = f' ana="{" ".join(ways)}"' if ways else ""
        kept = self._zone.kept.get(number)
        return said if kept is None else f'{said} n="{attribute(kept)}"'

    def _pieces(self, unit: Sentence) -> tuple[str, str]:
        edges = [unit.span.start, *(e for h in unit.holes for e in (h.start, h.end)), unit.span.end]
        pairs = list(zip(edges[::2], edges[1::2], strict=True))
        for start, end in pairs:
            self._layout.wrote(start, end)
        said = " ".join(f"{self._layout.prefix}{start},{end}" for start, end in pairs)
        return said, "".join(self._text[start:end] for start, end in pairs)
