"""Separate files, one per language: the whole of each is a version, headings may be barriers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from aligner.match.assemble import barriers, rest_of, segment_of
from aligner.match.evidence import Kinds, weigh
from aligner.match.features import features
from aligner.match.knowledge import concepts
from aligner.match.laws import texts_odds
from aligner.match.pieces import Piece, cut, main_language, size
from aligner.match.records import Match, Matching
from aligner.match.roles import Group
from aligner.match.rows import joined
from aligner.model import Document, Parallel, Segment

if TYPE_CHECKING:
    from aligner.lexicon import Lexicon

CONTENT = 20_000
"""So many characters of a document are compared."""


def match_files(
    documents: Sequence[Document],
    segments: Sequence[Sequence[Segment]],
    mains: Sequence[str],
    *,
    lexicon: Lexicon | None = None,
) -> Matching:
    """One parallel of all documents, each in its main language; the rest is what is in another."""
    pieces = [
        piece
        for number, (document, own) in enumerate(zip(documents, segments, strict=True))
        for piece in cut(number, document, own, whole=True)
    ]
    chosen = [p for p in pieces if p.content and p.lang == mains[p.document]]
    headed = {piece.document for piece in chosen if piece.kind == "heading"}
    columns = joined(chosen, [None] * len(chosen), lexicon) if len(headed) > 1 else []
    group = Group("body", tuple(column for column in columns if len(column.pieces) > 1))
    parallel = Parallel(
        tuple(
            segment_of([p for p in chosen if p.document == number], documents)
            for number in range(len(documents))
        )
    )
    rest = rest_of(pieces, chosen, documents)
    borders = _fitting(barriers(group, mains, chosen) if columns else (), chosen)
    return Matching((Match(parallel, tuple(documents), borders),), tuple(rest))


def _fitting(
    borders: tuple[tuple[int, ...], ...], chosen: Sequence[Piece]
) -> tuple[tuple[int, ...], ...]:
    """Barriers only if more than a few headings agree: half of those of the richest version."""
    headings: dict[str, int] = {}
    for piece in chosen:
        if piece.kind == "heading":
            headings[piece.lang] = headings.get(piece.lang, 0) + 1
    return borders if len(borders) * 2 + 2 >= max(headings.values(), default=0) else ()


def pair_by_content(
    documents: Sequence[Document],
    segments: Sequence[Sequence[Segment]],
    *,
    lexicon: Lexicon | None = None,
) -> tuple[tuple[int, ...], ...]:
    """Group documents that are versions of one another, by what they say.

    In: documents and the segments of each. Out: groups of document numbers, each document in one
    group, at most one of a language in a group, in the order of their first documents; a document
    without counterpart is a group of its own. Pairs are taken best first (greedily).
    """
    pieces = [
        cut(n, d, s, whole=True) for n, (d, s) in enumerate(zip(documents, segments, strict=True))
    ]
    tags = [main_language(own) for own in pieces]
    texts = [
        " ".join(piece.text for piece in own if piece.lang == tag)[:CONTENT]
        for own, tag in zip(pieces, tags, strict=True)
    ]
    scores = _scores(texts, tags, lexicon)
    group = list(range(len(documents)))
    for _, left, right in sorted(scores, key=lambda each: (-each[0], each[1:])):
        ours, theirs = group[left], group[right]
        both = [n for n, own in enumerate(group) if own in {ours, theirs}]
        langs = [tags[n] for n in both]
        if ours != theirs and len(set(langs)) == len(langs):
            for n in both:
                group[n] = min(ours, theirs)
    return tuple(
        tuple(n for n, own in enumerate(group) if own == first) for first in sorted(set(group))
    )


def _scores(
    texts: Sequence[str], tags: Sequence[str | None], lexicon: Lexicon | None
) -> list[tuple[float, int, int]]:
    """(log odds, number, number) of all pairs in two languages that speak for being versions."""
    known = [
        concepts([text], tag, lexicon)[0] if tag else frozenset()
        for text, tag in zip(texts, tags, strict=True)
    ]
    found: list[Kinds] = [(features(t), own) for t, own in zip(texts, known, strict=True)]
    weights = weigh(found)
    return [
        (odds, left, right)
        for left in range(len(texts))
        for right in range(left + 1, len(texts))
        if tags[left] and tags[right] and tags[left] != tags[right]
        if (
            odds := texts_odds(
                found[left], found[right], size(texts[left]), size(texts[right]), weights
            )
        )
        > 0
    ]
