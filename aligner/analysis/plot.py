"""Pictures of an alignment as SVG: its path, the shapes of its beads, its length ratios."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise
from math import exp, log
from pathlib import Path
from statistics import fmean

from aligner.analysis.measures import length_ratios, sides
from aligner.errors import UsageError
from aligner.files import whole_file
from aligner.model import Alignment, Bead, find_tag

DOUBTFUL = 0.5
"""Beads below this confidence are marked."""

MOST_MARKS = 4000
"""A picture of more beads shows every n-th of the undoubtful ones: no eye can tell the rest."""

MOST_STRIPES = 240
"""A ribbon of more beads shows several in a stripe."""

RIBBON = 40
"""Pixels that a ribbon is high."""

COLORS = {
    "1-1": "#4c78a8",
    "split": "#f2a93b",
    "merge": "#54a24b",
    "n-m": "#b279a2",
    "null": "#9a9a9a",
    "doubtful": "#d1495b",
}


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG drawing; a notebook shows it, ``save`` writes it."""

    title: str
    svg: str = field(repr=False)

    def _repr_svg_(self) -> str:
        return self.svg

    def save(self, path: str | Path, *, force: bool = False) -> None:
        """Write the drawing to a file; raises OutputError if it exists and ``force`` is false."""
        with whole_file(Path(path), force=force) as part:
            part.write_text(self.svg, encoding="utf-8")


def path_picture(
    alignment: Alignment, *, langs: Sequence[str] | None = None, size: int = 560
) -> Picture:
    """Draw the way of an alignment through two of its versions, doubtful beads in red rings.

    ``langs`` names the two versions (the first two by default), ``size`` is in pixels. The dashed
    line is the way of equal shares. Every mark carries its units and confidence as a tooltip.
    """
    i, j = _columns(alignment, langs)
    first, second = alignment.versions[i], alignment.versions[j]
    beads = [bead for bead in alignment.beads if bead.sides[i] or bead.sides[j]]
    width, height = max(1, len(first)), max(1, len(second))
    marks = [_box(bead, i, j, size / width, size / height) for bead in _thinned(beads)]
    axes = (
        f'<rect width="{size}" height="{size}" fill="none" stroke="#999"/>'
        f'<line x2="{size}" y2="{size}" stroke="#ccc" stroke-dasharray="4 4"/>'
        f'<g transform="translate(0 {size})">{_ticks(len(first), size)}'
        f'<text x="{size / 2}" y="36" text-anchor="middle">{escape(first.lang)}, units</text></g>'
        f'<g transform="rotate(90)">{_ticks(len(second), size)}'
        f'<text x="{size / 2}" y="36" text-anchor="middle">{escape(second.lang)}, units</text></g>'
    )
    kinds = Counter(_kind(bead, i, j) for bead in beads)
    legend = _legend(kinds | {"doubtful": _doubtful(beads)})
    body = (
        f'<g transform="translate(50 30)">{axes}{"".join(marks)}</g>'
        f'<g transform="translate(20 {size + 80})">{legend}</g>'
    )
    title = f"{first.lang} and {second.lang}: path of {len(beads)} beads"
    return _picture(title, max(size + 80, 110 * len(kinds) + 150), size + 110, body)


def shape_picture(
    alignment: Alignment, *, langs: Sequence[str] | None = None, width: int = 720
) -> Picture:
    """Draw the shapes of the beads as a ribbon along the text, with a legend and counts.

    In a long text a stripe of the ribbon stands for several beads and shows their shares; the
    narrow ribbon below it marks those that hold doubtful beads.
    """
    i, j = _columns(alignment, langs)
    beads = [bead for bead in alignment.beads if bead.sides[i] or bead.sides[j]]
    kinds = [_kind(bead, i, j) for bead in beads]
    count = min(len(beads), MOST_STRIPES)
    edges = [len(beads) * place // count for place in range(count + 1)] if count else []
    stripes = [
        _stripe(start, Counter(kinds[start:stop]), _doubtful(beads[start:stop]), width / len(beads))
        for start, stop in pairwise(edges)
    ]
    legend = _legend(Counter(kinds) | {"doubtful": _doubtful(beads)})
    body = (
        f'<g transform="translate(20 30)"><g shape-rendering="crispEdges">{"".join(stripes)}</g>'
        f'<g transform="translate(0 {RIBBON + 10})">{_ticks(len(beads), width)}</g></g>'
        f'<g transform="translate(20 {RIBBON + 75})">{legend}</g>'
    )
    tags = f"{alignment.versions[i].lang} and {alignment.versions[j].lang}"
    return _picture(f"{tags}: shapes of {len(beads)} beads", width + 60, RIBBON + 105, body)


def ratio_picture(
    alignment: Alignment, *, langs: Sequence[str] | None = None, width: int = 720
) -> Picture:
    """Draw the ratio of characters of each bead along the text, on a logarithmic scale.

    The middle line is the mean; beads beyond four times or a quarter of it stand at the edges.
    """
    i, j = _columns(alignment, langs)
    first, second = (
        sides(alignment, column).totals(list(map(len, alignment.versions[column].texts)))
        for column in (i, j)
    )
    ratios = length_ratios(second, first).tolist()
    dots = [bead for bead, ratio in zip(alignment.beads, ratios, strict=True) if ratio > 0]
    middle = exp(fmean(log(ratio) for ratio in ratios if ratio > 0)) if dots else 1.0
    places = {id(bead): place for place, bead in enumerate(alignment.beads)}
    step, height = width / max(1, len(alignment.beads)), 220
    marks = [
        f'<circle cx="{place * step:.1f}" cy="{_level(ratios[place] / middle, height):.1f}" r="2.5"'
        f' fill="{COLORS["doubtful" if bead.confidence < DOUBTFUL else "1-1"]}">'
        f"<title>bead {place + 1}: {ratios[place]:.2f}</title></circle>"
        for bead in _thinned(dots)
        for place in (places[id(bead)],)
    ]
    lines = [
        f'<line x1="0" x2="{width}" y1="{_level(f, height):.1f}" y2="{_level(f, height):.1f}"'
        f' stroke="#ccc"/><text x="{width + 6}" y="{_level(f, height) + 4:.1f}">'
        f"{middle * f:.2f} {told}</text>"
        for f, told in ((0.5, "half"), (1.0, "mean"), (2.0, "twice"))
    ]
    body = (
        f'<g transform="translate(20 30)">{"".join(lines)}{"".join(marks)}'
        f'<g transform="translate(0 {height})">{_ticks(len(alignment.beads), width)}</g></g>'
        f'<g transform="translate(20 {height + 65})">{_legend({"doubtful": _doubtful(dots)})}</g>'
    )
    tags = f"{alignment.versions[j].lang} / {alignment.versions[i].lang}"
    return _picture(f"{tags}: ratio of characters", width + 110, height + 95, body)


def _columns(alignment: Alignment, langs: Sequence[str] | None) -> tuple[int, int]:
    tags = tuple(version.lang for version in alignment.versions)
    if len(tags) < 2:
        raise UsageError("a picture needs two versions")
    if langs is None:
        return 0, 1
    if len(langs) != 2:
        raise UsageError("name the two versions to draw", do=f"Versions: {', '.join(tags)}")
    return find_tag(tags, langs[0]), find_tag(tags, langs[1])


def _thinned(beads: Sequence[Bead]) -> list[Bead]:
    every = max(1, len(beads) // MOST_MARKS)
    return [
        bead for place, bead in enumerate(beads) if place % every == 0 or bead.confidence < DOUBTFUL
    ]


def _doubtful(beads: Sequence[Bead]) -> int:
    return sum(bead.confidence < DOUBTFUL for bead in beads)


def _box(bead: Bead, i: int, j: int, across: float, down: float) -> str:
    a, b = bead.sides[i], bead.sides[j]
    told = f"<title>{_units(a)} : {_units(b)}, confidence {bead.confidence:.2f}</title>"
    x, y = a.start * across, b.start * down
    box = (
        f'<rect x="{x:.2f}" y="{y:.2f}" width="{max(2.5, len(a) * across):.2f}"'
        f' height="{max(2.5, len(b) * down):.2f}" fill="{COLORS[_kind(bead, i, j)]}">{told}</rect>'
    )
    if bead.confidence >= DOUBTFUL:
        return box
    middle = x + len(a) * across / 2, y + len(b) * down / 2
    return (
        f'{box}<circle cx="{middle[0]:.2f}" cy="{middle[1]:.2f}" r="5" fill="none"'
        f' stroke="{COLORS["doubtful"]}" stroke-width="1.5" pointer-events="all">{told}</circle>'
    )


def _stripe(start: int, kinds: Counter[str], doubtful: int, step: float) -> str:
    """Some beads of the ribbon: how many of each kind, and a mark below if any are doubtful."""
    count = kinds.total()
    across = f'x="{start * step:.2f}" width="{count * step:.2f}"'
    parts, y = [], 0.0
    for kind, color in COLORS.items():
        height = RIBBON * kinds[kind] / count
        if height:
            parts.append(f'<rect {across} y="{y:.2f}" height="{height:.2f}" fill="{color}"/>')
        y += height
    if doubtful:
        parts.append(f'<rect {across} y="{RIBBON + 2}" height="6" fill="{COLORS["doubtful"]}"/>')
    told = ", ".join(f"{kinds[kind]} {kind}" for kind in COLORS if kinds[kind])
    name = f"bead {start + 1}" if count == 1 else f"beads {start + 1}-{start + count}"
    more = f", {doubtful} doubtful" if doubtful else ""
    return f"<g><title>{name}: {told}{more}</title>{''.join(parts)}</g>"


def _legend(counts: Mapping[str, int]) -> str:
    """The colours in use, with the number of beads of each."""
    return "".join(
        f'<rect x="{place * 110}" width="14" height="14" fill="{COLORS[kind]}"/>'
        f'<text x="{place * 110 + 20}" y="12">{kind}: {counts[kind]}</text>'
        for place, kind in enumerate(kind for kind in COLORS if counts.get(kind))
    )


def _ticks(count: int, width: float) -> str:
    """Round numbers along an axis of so many units or beads, five to ten of them."""
    step = next(
        unit
        for unit in (factor * 10**power for power in range(10) for factor in (1, 2, 5))
        if unit * 10 >= count
    )
    return "".join(
        f'<line x1="{x:.1f}" x2="{x:.1f}" y2="5" stroke="#999"/>'
        f'<text x="{x:.1f}" y="18" text-anchor="middle" fill="#555">{number}</text>'
        for number in range(0, count + 1, step)
        for x in (number * width / max(1, count),)
    )


def _units(side: range) -> str:
    if not side:
        return "-"
    return str(side.start + 1) if len(side) == 1 else f"{side.start + 1}-{side.stop}"


def _kind(bead: Bead, i: int, j: int) -> str:
    a, b = len(bead.sides[i]), len(bead.sides[j])
    if not a or not b:
        return "null"
    if a == 1:
        return "1-1" if b == 1 else "split"
    return "merge" if b == 1 else "n-m"


def _level(relative: float, height: int) -> float:
    """The height of a ratio relative to the mean, a factor of 4 above and below it shown."""
    return height / 2 - max(-1.0, min(1.0, log(relative) / log(4))) * height / 2


def _picture(title: str, width: float, height: float, body: str) -> Picture:
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}"'
        f' width="{width:.0f}" height="{height:.0f}" role="img" font-family="sans-serif"'
        f' font-size="12"><title>{escape(title)}</title>'
        f'<rect width="{width:.0f}" height="{height:.0f}" fill="#fff"/>'
        f'<text x="20" y="18" font-size="14">{escape(title)}</text>{body}</svg>'
    )
    return Picture(title, svg)
