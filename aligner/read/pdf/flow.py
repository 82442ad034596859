"""From lines to blocks: paragraphs, headings, list items, footnotes, over columns and pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from aligner.model import Kind
from aligner.read.draft import Draft, Run, Spot
from aligner.read.lines import is_open
from aligner.read.pdf.hyphens import Hyphens
from aligner.read.pdf.layout import in_order
from aligner.read.pdf.page import Fragment, Line, Page, Piece, joined, rows

_ITEM = re.compile(r"\s*(?:(\d{1,3})[.)]|\[(\d{1,3})\]|[•▪‣◦·])\s+\S")
_MARK = re.compile(r"\s*(\d{1,3}|[*†‡§]{1,3})")


class Flow:
    """Puts the lines of all pages together to the blocks of a draft.

    A paragraph is one block also where a column or page ends inside it; the notes, running heads
    and page numbers met on its way come right after it.
    """

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._hyphens = Hyphens()
        self._body = 10.0
        self._leading = 12.0
        self._sizes: list[float] = []
        self._indented = False
        self._justified = False
        self._open: list[Line] = []
        self._asides: list[tuple[list[Piece], Spot]] = []

    def pages(self, pages: Sequence[Page]) -> None:
        """Add the blocks of all pages to the draft."""
        found = in_order(pages)
        every = [line for page in found for line in page]
        self._measure(every)
        self._hyphens.learn([line.text for line in every])
        for page, own in zip(pages, found, strict=True):
            self._margin(page.head, page.number, "head")
            self._page(own)
            self._margin(page.foot, page.number, "foot")
        self._close()

    def _page(self, own: Sequence[Line]) -> None:
        lines = self._notes(own)
        marks = {m.group(1) for line in lines if (m := _MARK.match(line.text))}
        notes = _parted(lines, marks)
        numbers = {id(line) for line in lines}
        for line in own:
            if id(line) in numbers:
                continue
            met = {p.text.strip() for p in line.pieces if p.raised} & marks
            line.pieces = [p for p in line.pieces if not (p.raised and p.text.strip() in met)]
            if self._open and self._starts(self._open[-1], line):
                self._close()
            self._open.append(line)
            for note in [note for note in notes if _mark(note) in met]:
                self._aside(note)
                notes.remove(note)
        for note in notes:
            self._aside(note)

    def _aside(self, note: Sequence[Line]) -> None:
        """Keep a footnote for the end of the paragraph that refers to it."""
        first = note[0]
        pieces = self._hyphens.joined([_spaced(first.pieces), *(n.pieces for n in note[1:])])
        self._asides.append(
            (pieces, Spot(first.page, f"footnote of page {first.page}", "footnote"))
        )

    def _measure(self, every: Sequence[Line]) -> None:
        sizes: Counter[float] = Counter()
        for line in every:
            sizes[round(line.size * 2) / 2] += len(line.text)
        self._body = max(sizes, key=lambda size: (sizes[size], size))
        self._sizes = sorted((s for s in sizes if s > 1.12 * self._body), reverse=True)
        steps = [
            b.base - a.base
            for a, b in pairwise(every)
            if a.column == b.column and 0 < b.base - a.base < 3 * self._body
        ]
        self._leading = median(steps) if steps else 1.2 * self._body
        full = [line for line in every if line.size > 0.92 * self._body]
        self._indented = 12 * sum(map(_indented, full)) > len(full)
        self._justified = 10 * sum(map(_flush, full)) > 6 * len(full)

    def _notes(self, own: Sequence[Line]) -> list[Line]:
        """The footnotes of a page: small lines at the foot of a column that start with a mark."""
        raised = {p.text.strip() for line in own for p in line.pieces if p.raised}
        notes: list[Line] = []
        for column in dict.fromkeys(line.column for line in own):
            lines_ = [line for line in own if line.column == column]
            tail: list[Line] = []
            for line in reversed(lines_):
                if line.size > 0.93 * self._body:
                    break
                tail.insert(0, line)
            marks = [n for n, line in enumerate(tail) if _starts_note(line, raised)]
            notes += tail[marks[0] :] if marks else []
        return notes

    def _starts(self, before: Line, line: Line) -> bool:
        """Whether a line starts a paragraph, seen beside the one before it."""
        if abs(line.size - before.size) > 0.08 * self._body or line.bold != before.bold:
            return True
        if _ITEM.match(line.text) and line.left <= before.left + 0.5 * line.size:
            return True
        if line.column != before.column:
            return not self._over(before, line)
        step = line.base - before.base
        if step > max(1.35 * self._leading, 1.5 * line.size) or step < -line.size:
            return True
        alone = self._justified and len(self._open) == 1 and not _flush(before)
        if self._indented and _indented(line) and (alone or not _indented(before)):
            return True
        goes_on = is_open(before.text) and line.text.lstrip()[:1].islower()
        return self._short(before, line) and not goes_on

    def _over(self, before: Line, line: Line) -> bool:
        """Whether a paragraph goes on from the foot of a column to the head of the next.

        A last line that reaches the edge of its column is rare: then it does, stop or no stop.
        """
        if self._short(before, line) or _indented(line):
            return False
        return self._indented or before.right > before.edges[1] - 4 * before.size or (
            is_open(before.text) or line.text.lstrip()[:1].islower()
        )  # fmt: skip

    def _short(self, before: Line, line: Line) -> bool:
        """Whether a line ends before its column does, as the last of a paragraph."""
        if self._justified and len(self._open) > 1 and _flush(self._open[-2]):
            return before.edges[1] - before.right > 0.8 * before.size
        return _fits(before, line)

    def _close(self) -> None:
        """Add the paragraph that has come to its end, and what stood aside of it."""
        if self._open:
            first = self._open[0]
            pieces = self._hyphens.joined([line.pieces for line in self._open])
            kind, level = self._kind(self._open)
            place = f"page {first.page}, {first.base:.0f} pt from the top"
            spot = Spot(first.page, place, level=level)
            self._draft.add([Run(piece.text, piece.bold) for piece in pieces], kind, spot)
        for aside, where in self._asides:
            self._draft.add([Run(piece.text) for piece in aside], "note", where)
        self._open, self._asides = [], []

    def _kind(self, own: Sequence[Line]) -> tuple[Kind, int | None]:
        size = round(own[0].size * 2) / 2
        if size > 1.12 * self._body and sum(len(line.text) for line in own) < 400:
            return "heading", self._sizes.index(size) + 1 if size in self._sizes else 1
        if _ITEM.match(own[0].text):
            return "item", 1
        return "paragraph", None

    def _margin(self, fragments: list[Fragment], page: int, style: str) -> None:
        for row in rows(fragments):
            self._asides.append((joined(row), Spot(page, f"{style} of page {page}", style)))
        if not self._open:
            self._close()


def _parted(notes: Sequence[Line], marks: set[str]) -> list[list[Line]]:
    """The lines of each footnote of a page."""
    found: list[list[Line]] = []
    for line in notes:
        if not found or _starts_note(line, marks):
            found.append([])
        found[-1].append(line)
    return found


def _mark(note: Sequence[Line]) -> str:
    match = _MARK.match(note[0].text)
    return match.group(1) if match else ""


def _spaced(pieces: Sequence[Piece]) -> list[Piece]:
    """The first line of a note, with a space after its mark."""
    text = "".join(piece.text for piece in pieces)
    match = _MARK.match(text)
    if match is None or text[match.end() : match.end() + 1].isspace():
        return list(pieces)
    return [Piece(f"{text[: match.end()]} {text[match.end() :]}")]


def _indented(line: Line) -> bool:
    """Whether a line starts inside its column, as the first line of a paragraph may."""
    inside = line.left - line.edges[0]
    return 0.7 * line.size < inside < 6 * line.size and not _centred(line)


def _flush(line: Line) -> bool:
    """Whether a line reaches the right edge of its column, as in justified text."""
    return line.edges[1] - line.right < 0.4 * line.size


def _centred(line: Line) -> bool:
    left, right = line.left - line.edges[0], line.edges[1] - line.right
    return left > line.size and right > line.size and abs(left - right) < 0.1 * (left + right) + 3


def _fits(before: Line, line: Line) -> bool:
    """Whether a line ends though the first word of the next would have fitted on it."""
    word = line.text.split(maxsplit=1)[0] if line.text.strip() else ""
    wide = (line.right - line.left) / max(len(line.text), 1)
    room = before.edges[1] - before.right
    if _centred(before):
        room += before.left - before.edges[0]
    return room > (len(word) + 1) * wide * 1.1 + 0.6 * before.size


def _starts_note(line: Line, raised: set[str]) -> bool:
    """Whether a line starts with the mark of a note that the text above refers to."""
    match = _MARK.match(line.text)
    if match is None:
        return False
    first: Piece = line.pieces[0]
    after = line.text[match.end() :]
    return first.raised or (match.group(1) in raised and after[:1] not in ".)")
