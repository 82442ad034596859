"""Passages into units: sentences, terms, paragraphs, lines; and the limit on their length."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from unicodedata import category

from aligner.model import Sentence, Span, UnitKind
from aligner.protocols import Splitter
from aligner.split.covering import covered
from aligner.split.passages import Passage
from aligner.split.stretches import trim

_SPACE = re.compile(r"\s++")
_LINE = re.compile(r"[^\n\r\x85\u2028\u2029]+")
_LABEL = re.compile(r"[^,;:.،；，、]{2,40}[:：][*_]*(?=\s|\w)")
_SEPARATORS = (re.compile(r"\s*[;；؛]\s*"), re.compile(r"\s*[,，、،]\s*(?![^()]{0,200}\))"))
_FINAL = " \t\n\r.;,。．…*_"


def units_of(
    text: str, passage: Passage, splitter: Splitter, lang: str, unit: UnitKind
) -> Iterator[Sentence]:
    """The units of a passage, in order; joined ones are marked and have their holes."""
    if unit == "verse":
        for piece in passage.pieces:
            for match in _LINE.finditer(text, piece.start, piece.end):
                trimmed = trim(text, *match.span())
                if trimmed is not None:
                    yield Sentence(Span(*trimmed))
        return
    view = passage.view(text)
    if unit == "keyword" and not passage.whole:
        spans: Iterable[tuple[int, int]] = terms(view)
    elif unit == "paragraph" or passage.whole:
        spans = covered(view, ())
    else:
        spans = covered(view, splitter.split(view, lang))
    for start, end in spans:
        yield _placed(text, passage.pieces, start, end)


def terms(view: str) -> list[tuple[int, int]]:
    """The terms of a keyword list and the label before it; separators are in none of them."""
    label = _LABEL.match(view)
    start = label.end() if label is not None else 0
    found = [(0, start)] if label is not None else []
    separator = next((s for s in _SEPARATORS if s.search(view, start)), None)
    edges = [start, len(view)]
    if separator is not None:
        cuts = [edge for match in separator.finditer(view, start) for edge in match.span()]
        edges[1:1] = cuts
    for left, right in zip(edges[::2], edges[1::2], strict=True):
        stripped = view[left:right].rstrip(_FINAL)
        trimmed = trim(view, left, left + len(stripped))
        if trimmed is not None:
            found.append(trimmed)
    return found or list(covered(view, ()))


def _placed(text: str, pieces: tuple[Span, ...], start: int, end: int) -> Sentence:
    """A stretch of a view back in the document."""
    if len(pieces) == 1:
        base = pieces[0].start
        return Sentence(Span(base + start, base + end))
    offsets = [0]
    for piece in pieces:
        offsets.append(offsets[-1] + len(piece) + 1)
    first = bisect_right(offsets, start) - 1
    last = bisect_right(offsets, end - 1) - 1
    span = Span(
        pieces[first].start + start - offsets[first], pieces[last].start + end - offsets[last]
    )
    gaps = (
        trim(text, pieces[number].end, pieces[number + 1].start) for number in range(first, last)
    )
    holes = tuple(Span(*gap) for gap in gaps if gap is not None)
    return Sentence(span, holes=holes, joined=last > first)


def limited(text: str, unit: Sentence, most: int) -> Iterator[Sentence]:
    """A unit cut at white space into pieces of at most ``most`` characters, marked as forced.

    A longer word stays whole, unless its script writes no spaces; then it is cut at the limit.
    """
    if len(unit.span) <= most:
        yield unit
        return
    edges = [unit.span.start, *(e for h in unit.holes for e in (h.start, h.end)), unit.span.end]
    for left, right in zip(edges[::2], edges[1::2], strict=True):
        for start, end in _windows(text, left, right, most):
            yield Sentence(Span(start, end), joined=unit.joined, forced=True)


def _windows(text: str, start: int, end: int, most: int) -> Iterator[tuple[int, int]]:
    while start < end:
        cut = end if end - start <= most else min(end, _window_end(text, start, start + most))
        trimmed = trim(text, start, cut)
        if trimmed is not None:
            yield trimmed
        start = cut


def _window_end(text: str, start: int, limit: int) -> int:
    """The last white space before a limit; else the limit, if it cuts no word; else the next."""
    if text[limit].isspace():
        return limit
    spaces = [match.end() for match in _SPACE.finditer(text, start, limit)]
    if spaces and spaces[-1] > start:
        return spaces[-1]
    if category(text[limit]) == "Lo" and not "\u0590" <= text[limit] <= "\u08ff":
        return limit
    found = _SPACE.search(text, limit)
    return len(text) if found is None else found.end()
