"""Lines that hold one text in several languages: "house — дом", "Mietvertrag / Lease agreement".

What is found here are places to cut: the path through the whole document decides whether the
language changes there, and a mark between two languages then belongs to neither.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aligner.detect.cleaning import FEW_LETTERS, letters
from aligner.detect.scripts import scripts
from aligner.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_STROKES = tuple(
    re.compile(mark)
    for mark in (r"\t", r"(?<=\s)//+(?=\s)", r"(?<=\s)/(?=\s)", r"(?<=\s)\|+(?=\s)")
)
_MARKS = tuple(
    re.compile(rf"(?<=\s)(?:{mark})(?=\s)") for mark in ("=+>?", "[→↔]", ":", "[—–]|-{1,3}>?")
)
"""What stands between languages: strokes between texts of any length, other marks in lists."""
_ALONE = re.compile(r"\t|(?<=\s)(?:/+|\|+)(?=\s)")
"""Those that are looked at where a single line has them, and"""
_BETWEEN_SCRIPTS = re.compile(r"\t|(?<=\s)(?:[-–—=:|/]+|=>|[→↔])(?=\s)")
"""those between two scripts, in a short line also"""
_COLON = re.compile(r":(?=\s)")
_SHORT = 120
"""So short are the lines of a list of words, in characters."""
_ENDED = re.compile(r"[.!?。！？…։।॥؟۔][”“\"»)’'*_]*")
_LEADING = re.compile(r"(?:/{1,3}|\|{1,2}|=>|->|[→↔])\s+")
_AREA = re.compile(r"\.\s[-–—]\s")
_SOURCE = re.compile(
    r"№\s?\d|\b(?:pp?|с|c|С|C|P|S|vol|Vol|no|No|Т|т|бет|б)\.\s?\d|\d\s?[–-]\s?\d+\.?$"
)
"""Strokes and dashes of a list of references stand between its areas (GOST 7.1, ISO 690)."""
_FEWEST_SIDES, _FEWEST = 2, 3
"""A line has so many sides, so many lines cut alike are a list, with"""
_BREAK = 1
"""at most so many others between two of them."""
_ALIKE, _LIKE = 2.5, 0.6
"""Sides of a list differ in length by less than this factor in so many of its lines."""
_WORD = 3
"""A side in another script has at least so many letters."""
_TOGETHER = dict.fromkeys(("Hani", "Kana", "Hang", "Bopo"), "East")
_EAST = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7ff]")


@dataclass(frozen=True, slots=True)
class Sides:
    """The sides of a line; ``listed`` is the first line of the list it stands in, if in any."""

    spans: tuple[Span, ...]
    listed: int | None = None


def sided(text: str, lines: Sequence[Span]) -> dict[int, Sides]:
    """A text and its lines in; the sides of those that have any, by their start, out."""
    lines = [line for line in lines if not _is_reference(text[line.start : line.end])]
    found: dict[int, Sides] = {}
    for run in _lists(text, lines):
        first = min(run)
        found.update((start, Sides(spans, first)) for start, spans in run.items())
    for line in lines:
        if line.start not in found:
            spans = _alone(text, line)
            if spans:
                found[line.start] = Sides(spans)
    return found


def _is_reference(line: str) -> bool:
    return bool(_AREA.search(line) or ("//" in line and _SOURCE.search(line)))


def leading(text: str, span: Span) -> int:
    """How many characters at the head of a span are a mark between languages."""
    found = _LEADING.match(text, span.start, span.end)
    return found.end() - span.start if found else 0


def _lists(text: str, lines: Sequence[Span]) -> Iterator[Mapping[int, tuple[Span, ...]]]:
    """Runs of lines cut alike, the longest first; no line is in two."""
    runs: list[dict[int, tuple[Span, ...]]] = []
    short = [line for line in lines if len(line) <= _SHORT]
    for mark in (*_STROKES, *_MARKS):
        asked = lines if mark in _STROKES else short
        runs += _runs([(line, _cut(text, line, mark)) for line in asked])
    runs = [run for run in runs if len(run) >= _FEWEST and _alike(text, run)]
    taken: set[int] = set()
    for run in sorted(runs, key=len, reverse=True):
        if taken.isdisjoint(run):
            taken.update(run)
            yield run


def _runs(
    cuts: Sequence[tuple[Span, tuple[Span, ...]]],
) -> Iterator[dict[int, tuple[Span, ...]]]:
    """Runs of lines with as many sides, at most one line between two of them."""
    open_: dict[int, tuple[int, dict[int, tuple[Span, ...]]]] = {}
    for number, (line, spans) in enumerate(cuts):
        if len(spans) < _FEWEST_SIDES:
            continue
        last, run = open_.get(len(spans), (number, {}))
        if number - last > _BREAK + 1:
            yield run
            run = {}
        run[line.start] = spans
        open_[len(spans)] = (number, run)
    yield from (run for _, run in open_.values())


def _cut(text: str, line: Span, mark: re.Pattern[str]) -> tuple[Span, ...]:
    """The sides of a line; nothing if less than two of them have letters."""
    marks = [found.span() for found in mark.finditer(text, line.start, line.end)]
    if not marks:
        return ()
    edges = [line.start, *(edge for pair in marks for edge in pair), line.end]
    spans = [Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    spans = [_trimmed(text, span) for span in spans if text[span.start : span.end].strip()]
    worded = sum(1 for span in spans if letters(text[span.start : span.end]))
    return tuple(spans) if worded > 1 else ()


def _alike(text: str, run: Mapping[int, tuple[Span, ...]]) -> bool:
    """True if the sides of most lines are of like length, as versions are."""
    near = 0
    for spans in run.values():
        sizes = [n for n in (_size(text[s.start : s.end]) for s in spans) if n]
        near += math.log((max(sizes) + 5) / (min(sizes) + 5)) <= math.log(_ALIKE)
    return near >= _LIKE * len(run)


def _size(text: str) -> int:
    """Letters; an East Asian one says as much as three."""
    return letters(text) + 2 * len(_EAST.findall(text))


def _alone(text: str, line: Span) -> tuple[Span, ...]:
    """The sides of a line by itself: in two scripts, or about a stroke with words on both sides."""
    between = [_BETWEEN_SCRIPTS, _COLON] if len(line) <= _SHORT else [_BETWEEN_SCRIPTS]
    for mark in between:
        spans = _cut(text, line, mark)
        if len(spans) > 1 and _in_scripts([text[span.start : span.end] for span in spans]):
            return spans
    spans = _cut(text, line, _ALONE)
    sides = [text[span.start : span.end] for span in spans]
    if len(line) > _SHORT and not all(map(_ENDED.search, (side[-4:] for side in sides[:-1]))):
        return ()
    return spans if all(letters(side) >= FEW_LETTERS for side in sides) else ()


def _in_scripts(sides: Sequence[str]) -> bool:
    """True if each side is in a script of its own, and more than a sign."""
    own = [{_TOGETHER.get(script, script) for script, _ in scripts(side)} for side in sides]
    few = any(letters(side) < _WORD and not _EAST.search(side) for side in sides)
    pure = all(len(found) == 1 for found in own)
    return pure and len(set().union(*own)) == len(sides) and not few


def _trimmed(text: str, span: Span) -> Span:
    piece = text[span.start : span.end]
    start = span.start + len(piece) - len(piece.lstrip())
    return Span(start, max(start, span.start + len(piece.rstrip())))
