"""From languages of units to segments: runs of blocks, or parts of blocks, in one language."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from aligner.model import Document, Segment, Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Tagged:
    """A piece of a block with its tag and how it came to it; ``weight`` is in letters."""

    span: Span
    block: int
    tag: str
    source: Source
    weight: float
    chances: tuple[tuple[str, float], ...]


def grouped(document: Document, pieces: Sequence[Tagged]) -> tuple[Segment, ...]:
    """Pieces in any order in; segments in text order out. Notes are segments of their own."""
    ordered = sorted(pieces, key=lambda piece: piece.span)
    note = [document.blocks[piece.block].kind == "note" for piece in ordered]
    text = [piece for piece, aside in zip(ordered, note, strict=True) if not aside]
    notes = [piece for piece, aside in zip(ordered, note, strict=True) if aside]
    runs = [list(run) for _, run in groupby(text, key=lambda piece: piece.tag)]
    runs += [list(run) for _, run in groupby(notes, key=lambda piece: (piece.block, piece.tag))]
    made = [_segment(document, run) for run in runs]
    return tuple(sorted(made, key=lambda segment: segment.spans))


def _segment(document: Document, run: Sequence[Tagged]) -> Segment:
    tag = run[0].tag
    weight = sum(piece.weight for piece in run)
    chances: defaultdict[str, float] = defaultdict(float)
    sources: defaultdict[Source, float] = defaultdict(float)
    for piece in run:
        share = piece.weight / weight if weight else 1.0 / len(run)
        sources[piece.source] += piece.weight + 1e-9
        for other, probability in piece.chances:
            chances[other] += share * probability
    others = [(other, round(p, 4)) for other, p in chances.items() if other != tag and p >= 0.005]
    return Segment(
        tag,
        tuple(_spans(run)),
        confidence=round(min(1.0, chances[tag]), 4),
        source=max(sources, key=lambda source: (sources[source], source)),
        alternatives=tuple(sorted(others, key=lambda pair: (-pair[1], pair[0]))[:5]),
        kind=document.blocks[run[0].block].kind,
    )


def _spans(run: Sequence[Tagged]) -> Iterator[Span]:
    for _, part in groupby(run, key=lambda piece: piece.block):
        pieces = list(part)
        yield Span(pieces[0].span.start, pieces[-1].span.end)
