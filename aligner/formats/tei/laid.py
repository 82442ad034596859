"""The text of somebody's TEI laid out as a document: its blocks, and where its units stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aligner.model import Block, Kind, Span, UnitKind
from aligner.safexml import TEI

if TYPE_CHECKING:
    from lxml import etree

Q = f"{{{TEI}}}"

KIND: dict[str, UnitKind] = {
    "s": "sentence",
    "seg": "sentence",
    "term": "keyword",
    "l": "verse",
    "ab": "paragraph",
    "p": "paragraph",
    "head": "sentence",
    "item": "sentence",
    "u": "sentence",
}
"""Elements that may be units of alignment, and what they are then; the last three if linked."""

_BLOCKS: dict[str, Kind] = {
    "head": "heading",
    "p": "paragraph",
    "ab": "paragraph",
    "l": "paragraph",
    "item": "item",
    "bibl": "item",
    "cell": "cell",
    "label": "label",
    "note": "note",
    "byline": "label",
    "u": "paragraph",
}
_REPLACED = frozenset({"sic", "orig", "abbr"})
"""What stands in a ``choice`` beside the form to read."""

_BREAKS = frozenset({"lb", "cb", "pb"})
_TOKENS = frozenset({"w", "pc"})
_LINE_END = re.compile(r"[ \t]*[\r\n][ \t\r\n]*")


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; nothing for comments and instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


class Laid:
    """Lays the text of a ``text`` out: blocks as they come, a blank line between.

    A line end and the indentation after it are one space: they are how the file is printed. Notes
    inside a block become blocks after it; of a ``choice`` the corrected or expanded form is read;
    ``@join`` of words is heeded.
    """

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.blocks: list[Block] = []
        self.spans: dict[int, Span] = {}
        self._at = 0
        self._notes: list[etree._Element] = []
        self._holding: set[etree._Element] = set()
        self._divided: set[etree._Element] = set()

    def text_of(self, top: etree._Element, units: set[int]) -> None:
        """Append everything below an element, block by block; ``units`` are id() of elements."""
        for element in top.iter(*(f"{Q}{name}" for name in _BLOCKS)):
            known = self._holding if local(element) == "note" else self._divided
            for each in element.iterancestors():
                if each in known:
                    break
                known.add(each)
        self._holding |= self._divided
        self._below(top, units)

    def _below(self, top: etree._Element, units: set[int]) -> None:
        for element in top:
            name = local(element)
            if not name:
                continue
            if name in _BLOCKS and (id(element) in units or element not in self._divided):
                self._block(element, _BLOCKS[name], units)
            elif element in self._holding:
                self._below(element, units)
            elif "".join(map(str, element.itertext())).strip():
                self._block(element, "paragraph", units)

    def _block(self, element: etree._Element, kind: Kind, units: set[int]) -> None:
        if self.pieces:
            self._put("\n\n")
        start, notes, self._notes = self._at, self._notes, []
        self._inside(element, units)
        if self._at > start:
            self.blocks.append(Block(Span(start, self._at), kind))
        inner, self._notes = self._notes, notes
        for note in inner:
            self._block(note, "note", units)

    def _inside(self, element: etree._Element, units: set[int]) -> None:
        start = self._at
        self._put(_LINE_END.sub(" ", element.text or ""))
        choice = local(element) == "choice"
        glued = False
        for child in element:
            name = local(child)
            if glued or (name in _TOKENS and child.get("join") in {"left", "both"}):
                self._close_up(start)
            glued = name in _TOKENS and child.get("join") in {"right", "both"}
            if name == "note":
                self._notes.append(child)
            elif name and not (choice and name in _REPLACED and len(element) > 1):
                self._inside(child, units)
            tail = "" if choice else _LINE_END.sub(" ", child.tail or "")
            self._put(self._broken(child, tail, start) if name in _BREAKS else tail)
        if id(element) in units:
            self.spans[id(element)] = self._trimmed(start)

    def _broken(self, milestone: etree._Element, tail: str, start: int) -> str:
        """What follows a line break or the like: a space, or nothing inside a word."""
        if milestone.get("break") == "no":
            self._close_up(start)
            return tail.lstrip()
        ended = self._at == start or self.pieces[-1][-1:].isspace() or tail[:1].isspace()
        return tail if ended else f" {tail}"

    def _close_up(self, start: int) -> None:
        """Take back white space at the end, as far as it was put since ``start``."""
        while self.pieces and self._at > start and self.pieces[-1][-1:].isspace():
            piece = self.pieces.pop()
            self._at -= len(piece)
            kept = max(len(piece.rstrip()), start - self._at)
            self._put(piece[:kept])
            if kept:
                return

    def _put(self, text: str) -> None:
        if text:
            self.pieces.append(text)
            self._at += len(text)

    def _trimmed(self, start: int) -> Span:
        """The span of what was put since ``start``, without white space at its edges."""
        held, at = [], self._at
        for piece in reversed(self.pieces):
            if at <= start:
                break
            held.append(piece)
            at -= len(piece)
        text = "".join(reversed(held))
        bare = text.strip()
        first = start + len(text) - len(text.lstrip()) if bare else start
        return Span(first, first + len(bare))
