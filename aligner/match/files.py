"""Separate files, one per language: the whole of each is a version, headings may be barriers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aligner.match.assemble import barriers, rest_of, segment_of
from aligner.match.evidence import Column
from aligner.match.pieces import Piece, cut
from aligner.match.records import Match, Matching
from aligner.match.roles import Group
from aligner.match.rows import joined
from aligner.model import Document, Parallel, Segment


def match_files(
    documents: Sequence[Document],
    segments: Sequence[Sequence[Segment]],
    mains: Sequence[str],
    *,
    lexicon: Any = None,
) -> Matching:
    """One parallel of all documents, each in its main language; the rest is what is in another."""
    pieces = [
        piece
        for number, (document, own) in enumerate(zip(documents, segments, strict=True))
        for piece in cut(number, document, own, whole=True)
    ]
    chosen = [p for p in pieces if p.content and p.lang == mains[p.document]]
    columns = joined(chosen, [None] * len(chosen), lexicon)
    group = Group("body", tuple(column for column in columns if len(column.pieces) > 1))
    parallel = Parallel(
        tuple(
            segment_of([p for p in chosen if p.document == number], documents)
            for number in range(len(documents))
        )
    )
    rest = rest_of(pieces, chosen, documents)
    borders = _fitting(barriers(group, mains, chosen), chosen, columns)
    return Matching((Match(parallel, tuple(documents), borders),), tuple(rest))


def _fitting(
    borders: tuple[tuple[int, ...], ...], chosen: Sequence[Piece], columns: Sequence[Column]
) -> tuple[tuple[int, ...], ...]:
    """Barriers only if more than a few headings agree: half of those of the richest version."""
    headings: dict[str, int] = {}
    for piece in chosen:
        if piece.kind == "heading":
            headings[piece.lang] = headings.get(piece.lang, 0) + 1
    return borders if len(borders) * 2 + 2 >= max(headings.values(), default=0) else ()
