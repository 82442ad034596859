"""Pictures of an alignment as SVG: its path, the shapes of its beads, its length ratios."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from aligner.analysis.measures import length_ratios, sides
from aligner.errors import UsageError
from aligner.files import whole_file
from aligner.model import Alignment, Bead, find_tag

DOUBTFUL = 0.5
"""Beads below this confidence are marked."""

MOST_MARKS = 4000
"""A picture of more beads shows every n-th of the undoubtful ones: no eye can tell the rest."""

COLORS = {
    "1-1": "#4c78a8",
    "split": "#f2a93b",
    "merge": "#54a24b",
    "n-m": "#b279a2",
    "null": "#d9d9d9",
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
    """Draw the way of an alignment through two of its versions, doubtful beads in red.

    ``langs`` names the two versions (the first two by default), ``size`` is in pixels. Every mark
    carries its units and confidence as a tooltip.
    """
    i, j = _columns(alignment, langs)
    first, second = alignment.versions[i], alignment.versions[j]
    width, height = max(1, len(first.units)), max(1, len(second.units))
    marks = [
        _box(bead, i, j, size / width, size / height) for bead in _thinned(alignment.beads, i, j)
    ]
    title = f"{first.lang} and {second.lang}: path of {len(alignment.beads)} beads"
    axes = (
        f'<rect width="{size}" height="{size}" fill="#fff" stroke="#999"/>'
        f'<text x="{size / 2}" y="{size + 30}" text-anchor="middle">{escape(first.lang)},'
        f" {len(first.units)} units</text>"
        f'<text transform="translate(-14 {size / 2}) rotate(-90)" text-anchor="middle">'
        f"{escape(second.lang)}, {len(second.units)} units</text>"
    )
    return _picture(
        title, size + 60, size + 80, f'<g transform="translate(40 28)">{axes}{"".join(marks)}</g>'
    )


def shape_picture(
    alignment: Alignment, *, langs: Sequence[str] | None = None, width: int = 720
) -> Picture:
    """Draw the shapes of the beads as a ribbon along the text, with a legend and counts."""
    i, j = _columns(alignment, langs)
    beads = [bead for bead in alignment.beads if bead.sides[i] or bead.sides[j]]
    step = width / max(1, len(beads))
    kinds = [_kind(bead, i, j) for bead in beads]
    stripes = [
        f'<rect x="{start * step:.2f}" y="0" width="{(stop - start) * step:.2f}" height="36"'
        f' fill="{COLORS[kind]}"><title>{kind}: beads {start + 1}-{stop}</title></rect>'
        for start, stop, kind in _stretches(kinds)
    ]
    legend = []
    for place, kind in enumerate(name for name in COLORS if name != "doubtful"):
        x = place * 120
        legend.append(
            f'<rect x="{x}" y="52" width="14" height="14" fill="{COLORS[kind]}"/>'
            f'<text x="{x + 20}" y="64">{kind}: {kinds.count(kind)}</text>'
        )
    tags = f"{alignment.versions[i].lang} and {alignment.versions[j].lang}"
    body = f'<g transform="translate(20 28)">{"".join(stripes)}{"".join(legend)}</g>'
    return _picture(f"{tags}: shapes of {len(beads)} beads", width + 40, 110, body)


def ratio_picture(
    alignment: Alignment, *, langs: Sequence[str] | None = None, width: int = 720
) -> Picture:
    """Draw the ratio of characters of each bead along the text, on a logarithmic scale."""
    from math import exp, log
    from statistics import fmean

    i, j = _columns(alignment, langs)
    first, second = (
        sides(alignment, column).totals(list(map(len, alignment.versions[column].texts)))
        for column in (i, j)
    )
    dots = [
        (place, bead, ratio)
        for place, (bead, ratio) in enumerate(
            zip(alignment.beads, length_ratios(second, first).tolist(), strict=True)
        )
        if ratio > 0
    ]
    middle = exp(fmean(log(ratio) for _, _, ratio in dots)) if dots else 1.0
    step, height = width / max(1, len(alignment.beads)), 220
    every = max(1, len(dots) // MOST_MARKS)
    marks = [
        f'<circle cx="{place * step:.1f}" cy="{_level(ratio / middle, height):.1f}" r="2.5"'
        f' fill="{COLORS["doubtful"] if bead.confidence < DOUBTFUL else COLORS["1-1"]}">'
        f"<title>bead {place + 1}: {ratio:.2f}</title></circle>"
        for place, bead, ratio in dots[::every]
    ]
    lines = [
        f'<line x1="0" x2="{width}" y1="{_level(f, height):.1f}" y2="{_level(f, height):.1f}"'
        f' stroke="#ccc"/><text x="{width + 6}" y="{_level(f, height) + 4:.1f}">'
        f"{middle * f:.2f}</text>"
        for f in (0.5, 1.0, 2.0)
    ]
    tags = f"{alignment.versions[j].lang} / {alignment.versions[i].lang}"
    body = f'<g transform="translate(20 28)">{"".join(lines)}{"".join(marks)}</g>'
    return _picture(f"{tags}: ratio of characters", width + 80, height + 48, body)


def _columns(alignment: Alignment, langs: Sequence[str] | None) -> tuple[int, int]:
    tags = tuple(version.lang for version in alignment.versions)
    if len(tags) < 2:
        raise UsageError("a picture needs two versions")
    if langs is None:
        return 0, 1
    if len(langs) != 2:
        raise UsageError("name the two versions to draw", do=f"Versions: {', '.join(tags)}")
    return find_tag(tags, langs[0]), find_tag(tags, langs[1])


def _thinned(beads: Sequence[Bead], i: int, j: int) -> list[Bead]:
    shown = [bead for bead in beads if bead.sides[i] or bead.sides[j]]
    every = max(1, len(shown) // MOST_MARKS)
    return [
        bead for place, bead in enumerate(shown) if place % every == 0 or bead.confidence < DOUBTFUL
    ]


def _box(bead: Bead, i: int, j: int, across: float, down: float) -> str:
    a, b = bead.sides[i], bead.sides[j]
    color = COLORS["doubtful" if bead.confidence < DOUBTFUL else _kind(bead, i, j)]
    return (
        f'<rect x="{a.start * across:.2f}" y="{b.start * down:.2f}"'
        f' width="{max(1.5, len(a) * across):.2f}" height="{max(1.5, len(b) * down):.2f}"'
        f' fill="{color}"><title>{_units(a)} : {_units(b)}, confidence {bead.confidence:.2f}'
        "</title></rect>"
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


def _stretches(kinds: Sequence[str]) -> list[tuple[int, int, str]]:
    edges = [k for k in range(len(kinds)) if k == 0 or kinds[k] != kinds[k - 1]]
    ends = [*edges[1:], len(kinds)][: len(edges)]
    return [(start, stop, kinds[start]) for start, stop in zip(edges, ends, strict=True)]


def _level(relative: float, height: int) -> float:
    """The height of a ratio relative to the mean, a factor of 4 above and below it shown."""
    from math import log

    return height / 2 - max(-1.0, min(1.0, log(relative) / log(4))) * height / 2


def _picture(title: str, width: float, height: float, body: str) -> Picture:
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}"'
        f' width="{width:.0f}" height="{height:.0f}" role="img" font-family="sans-serif"'
        f' font-size="12"><title>{escape(title)}</title>'
        f'<text x="20" y="18" font-size="14">{escape(title)}</text>{body}</svg>'
    )
    return Picture(title, svg)
