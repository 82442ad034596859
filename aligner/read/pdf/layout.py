"""Reading order: columns are found by the gutter that no line crosses, bands by lines that do."""

from __future__ import annotations

from collections.abc import Sequence

from aligner.read.pdf.page import Fragment, Line, Page, joined, rows

_LEAST = 3
"""Lines beside one another that make two columns."""


_Column = tuple[str, list[Fragment]]
"""Where on the page ("" for all of its width, "l", "r", "rl" ...), and what stands there."""


def in_order(pages: Sequence[Page]) -> list[list[Line]]:
    """The lines of every page in reading order, each with its column and the column's edges."""
    found: list[list[Line]] = []
    for page in pages:
        columns = _columns(page.fragments, "")
        found.append(
            [
                line
                for number, (kind, own) in enumerate(columns)
                for line in _column(own, page.number, number, kind)
            ]
        )
    _set_edges([line for page in found for line in page])
    return found


def _set_edges(every: Sequence[Line]) -> None:
    """Give every line the edges that columns of its kind have, on all pages they stand on."""
    reach: dict[tuple[str, int], tuple[float, float]] = {}
    starts: dict[tuple[int, int], float] = {}
    for line in every:
        starts[line.column] = min(starts.get(line.column, line.left), line.left)
    for line in every:
        for key in _near(line.kind, starts[line.column]):
            left, right = reach.get(key, (line.left, line.right))
            reach[key] = (min(left, line.left), max(right, line.right))
    for line in every:
        line.edges = reach[_near(line.kind, starts[line.column])[1]]


def _near(kind: str, left: float) -> list[tuple[str, int]]:
    return [(kind, round(left / 6) + off) for off in (-1, 0, 1)]


def _columns(fragments: Sequence[Fragment], kind: str) -> list[_Column]:
    """Cut a stretch of a page into columns, in reading order."""
    gutter = _gutter(fragments) if len(kind) < 3 else None
    if gutter is None:
        return [(kind, list(fragments))] if fragments else []
    columns: list[_Column] = []
    across: list[Fragment] = []
    for wide, own in _bands(fragments, gutter):
        if wide:
            across += own
            continue
        if across:
            columns.append((kind, across))
            across = []
        columns += _columns([f for f in own if f.right <= gutter + 1], kind + "l")
        columns += _columns([f for f in own if f.right > gutter + 1], kind + "r")
    return [*columns, (kind, across)] if across else columns


def _bands(fragments: Sequence[Fragment], gutter: float) -> list[tuple[bool, list[Fragment]]]:
    """Stretches from top to bottom that use the whole width (True), or two columns."""
    bands: list[tuple[bool, list[Fragment]]] = []
    for row in rows(list(fragments)):
        wide = any(f.left < gutter - 1 and f.right > gutter + 1 for f in row)
        if not bands or bands[-1][0] != wide:
            bands.append((wide, []))
        bands[-1][1].extend(row)
    found: list[tuple[bool, list[Fragment]]] = []
    for wide, own in bands:
        whole = wide or _one_sided(own, gutter, min(f.left for f in fragments))
        if found and found[-1][0] and whole:
            found[-1][1].extend(own)
        else:
            found.append((whole, own))
    return found


def _one_sided(own: Sequence[Fragment], gutter: float, start: float) -> bool:
    """Whether short lines on one side of the gutter are part of text over the whole width."""
    if any(f.left >= gutter - 1 for f in own):
        return False
    wide = [f for f in own if f.right > start + 0.85 * (gutter - start)]
    return 2 * len(wide) < len(own) or len(own) < _LEAST


def _gutter(fragments: Sequence[Fragment]) -> float | None:
    """The middle of the widest strip with lines beside it and none (or few) across it."""
    if len(fragments) < 2 * _LEAST:
        return None
    start, end = min(f.left for f in fragments), max(f.right for f in fragments)
    if not 150 <= end - start <= 20_000:  # a damaged file may set type miles away
        return None
    across = _crossings(fragments, start, end)
    best: tuple[float, float] | None = None
    x = int(0.2 * (end - start))
    stop = int(0.8 * (end - start))
    while x < stop:
        width = 0
        while x + width < stop and across[x + width] == across[x]:
            width += 1
        if width >= 6:
            middle = start + x + width / 2
            worth = _worth(fragments, middle, across[x])
            if worth > 0 and (best is None or worth > best[0]):
                best = (worth, middle)
        x += max(width, 1)
    return best[1] if best else None


def _crossings(fragments: Sequence[Fragment], start: float, end: float) -> list[int]:
    """For each point of the width, how many fragments lie across it."""
    steps = [0] * (int(end - start) + 3)
    for fragment in fragments:
        steps[int(fragment.left - start)] += 1
        steps[int(fragment.right - start) + 1] -= 1
    total, found = 0, []
    for step in steps:
        total += step
        found.append(total)
    return found


def _worth(fragments: Sequence[Fragment], gutter: float, across: int) -> float:
    """How well a gutter parts two columns of running text; 0 if it does not."""
    left = [f for f in fragments if f.right <= gutter]
    right = [f for f in fragments if f.left >= gutter]
    if len(left) < _LEAST or len(right) < _LEAST:
        return 0.0
    both = sum(1 for f in left if any(abs(f.base - g.base) < 0.5 * f.size for g in right))
    facing = min(max(f.base for f in left), max(f.base for f in right)) - max(
        min(f.base for f in left), min(f.base for f in right)
    )
    size = left[0].size
    if both < _LEAST and facing < 4 * size:
        return 0.0
    if not (_filled(left) and _filled(right)):
        return 0.0
    paired = max(both, facing / (1.3 * size))
    return 0.0 if paired < 0.25 * across else paired - 0.1 * across


def _filled(column: Sequence[Fragment]) -> bool:
    """Whether most lines of a column reach over most of its width, as running text does."""
    width = max(f.right for f in column) - min(f.left for f in column)
    wide = sum(1 for row in rows(list(column)) if row[-1].right - row[0].left > 0.6 * width)
    return wide * 2 >= len(rows(list(column))) and width > 60


def _column(fragments: list[Fragment], page: int, number: int, kind: str) -> list[Line]:
    found = []
    for row in rows(fragments):
        size = max(row, key=lambda f: f.right - f.left).size
        left, right = min(f.left for f in row), max(f.right for f in row)
        found.append(Line(joined(row), left, right, row[0].base, size, page, (page, number), kind))
    return found
