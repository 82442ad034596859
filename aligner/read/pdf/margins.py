"""Running heads and page numbers: what stands at the edge of pages and comes again."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from aligner.read.pdf.page import Fragment, Page, joined, rows

_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"[\W_]*(?:\d{1,4}|[ivxlcIVXLC]{1,7})[\W_]*")
_NOTE = re.compile(r"(\d{1,3}|[*†‡§]{1,3})\s*[^\W\d]")
_DEPTH = 3
_Row = list[Fragment]


def without_margins(pages: Sequence[Page]) -> list[Page]:
    """The pages, their running heads and page numbers taken apart from their text."""
    tops = [rows(page.fragments) for page in pages]
    heads = _repeated([_edge(r, top=True) for r in tops])
    feet = _repeated([_edge(r, top=False) for r in tops])
    return [_parted(page, found, heads, feet) for page, found in zip(pages, tops, strict=True)]


def _edge(found: list[_Row], *, top: bool) -> list[_Row]:
    return found[:_DEPTH] if top else found[::-1][:_DEPTH]


def _repeated(edges: Sequence[list[_Row]]) -> set[tuple[str, int]]:
    """Text (digits levelled) and height of the rows that stand at the edge of pages in a row.

    Left and right pages may differ: the same row must come again at most two pages on.
    """
    where: dict[tuple[str, int], list[int]] = defaultdict(list)
    for number, page in enumerate(edges):
        for key in {(_level(row), round(row[0].base / 6)) for row in page}:
            where[key].append(number)
    least = max(2, min(4, len(edges) // 8))
    found = {key for key, numbers in where.items() if len(numbers) >= least and _in_series(numbers)}
    return {(text, height + off) for text, height in found for off in (-1, 0, 1)}


def _in_series(numbers: list[int]) -> bool:
    """Whether most of the pages have a neighbour with the same row, one or two pages off."""
    steps = [b - a <= 2 for a, b in pairwise(numbers)]
    near = sum(1 for a, b in zip([False, *steps], [*steps, False], strict=True) if a or b)
    return near >= 2 and near * 10 >= len(numbers) * 6


def _parted(
    page: Page, found: list[_Row], heads: set[tuple[str, int]], feet: set[tuple[str, int]]
) -> Page:
    top = _taken(found[:-1], heads, page)
    bottom = _taken(found[len(top) :][::-1], feet, page)[::-1]
    body = found[len(top) : len(found) - len(bottom)]
    if not body:
        body, top, bottom = found, [], []
    own = [fragment for row in body for fragment in row]
    kept = {id(fragment) for fragment in own}
    return Page(
        page.number, page.width, page.height,
        [fragment for fragment in page.fragments if id(fragment) in kept],
        [fragment for row in top for fragment in row],
        [fragment for row in bottom for fragment in row],
    )  # fmt: skip


def _taken(found: list[_Row], known: set[tuple[str, int]], page: Page) -> list[_Row]:
    """The rows from the edge inwards that are running heads or bare page numbers.

    They stand off from the text and are not set larger than it.
    """
    steps = [abs(b[0].base - a[0].base) for a, b in pairwise(found)]
    sizes = [row[0].size for row in found]
    if not steps:
        return []
    leading, size, taken = median(steps), median(sizes), 0
    marks = {piece.text.strip() for f in page.fragments for piece in f.pieces if piece.raised}
    for number, row in enumerate(found[:_DEPTH]):
        repeated = (_level(row), round(row[0].base / 6)) in known
        edge = min(row[0].base, page.height - row[0].base) < 0.12 * page.height
        if not repeated and not (edge and _NUMBER.fullmatch(_text(row))):
            break
        note = _NOTE.match(_text(row))
        if row[0].size > 1.08 * size or (note and note.group(1) in marks):
            break
        if number < len(steps) and steps[number] > 1.25 * leading:
            taken = number + 1
    return found[:taken]


def _level(row: _Row) -> str:
    return _DIGITS.sub("#", _text(row)).casefold()


def _text(row: _Row) -> str:
    return " ".join("".join(piece.text for piece in joined(row)).split())
