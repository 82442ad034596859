"""Groups of columns in, matches out, with their barriers; and the rest, nothing lost."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from aligner.match.evidence import Column
from aligner.match.pieces import Piece
from aligner.match.records import Match
from aligner.match.roles import Group
from aligner.model import Document, Parallel, Segment, Span

LOOSE_END = 0.25
"""A whole text keeps paragraphs without counterpart at its ends up to this share of the matched."""
FEWEST = 3
"""A body of fewer columns may be an abstract: what stands at its ends is none of it."""
SURE = 5.0
"""Evidence (log odds) from which a heading is a barrier though the versions differ in headings."""


def members(group: Group, pieces: Sequence[Piece], taken: set[int]) -> dict[str, list[int]]:
    """Per language the numbers of the pieces of a group, those between and beside them included."""
    found: dict[str, list[int]] = {}
    for column in group.columns:
        for lang, numbers in column.pieces.items():
            found.setdefault(lang, []).extend(numbers)
    if group.role != "body":
        return {lang: sorted(numbers) for lang, numbers in found.items()}
    return {lang: _filled(lang, numbers, group, pieces, taken) for lang, numbers in found.items()}


def _filled(
    lang: str, numbers: Sequence[int], group: Group, pieces: Sequence[Piece], taken: set[int]
) -> list[int]:
    """A body has no holes but what other groups took, and may have loose ends."""
    row = [index for index, piece in enumerate(pieces) if piece.lang == lang]
    low, high = row.index(min(numbers)), row.index(max(numbers))
    matched = set(numbers)
    own = [index for index in row[low : high + 1] if index in matched or index not in taken]
    usual = sum(column.size for column in group.columns if lang in column.pieces)
    has = sum(pieces[index].size for index in own)
    in_table = pieces[own[0]].cell is not None
    long = sum(1 for column in group.columns if lang in column.pieces) >= FEWEST
    for end in (row[:low], row[high + 1 :]) if long else ():
        free = [i for i in end if i not in taken and (pieces[i].cell is not None) == in_table]
        more = sum(pieces[index].size for index in free)
        if free and (more <= LOOSE_END * has or _nearer(usual, has, more)):
            own += free
    return sorted(own)


def _nearer(usual: float, has: float, more: float) -> bool:
    """True if a version comes nearer to the mean length of all with what stands at its end."""
    return abs(math.log((has + more) / (usual + 1.0))) < abs(math.log(has / (usual + 1.0)))


def match_of(
    group: Group,
    chosen: dict[str, list[int]],
    pieces: Sequence[Piece],
    documents: Sequence[Document],
) -> Match:
    """The match of a group: a segment a language, in the order in which they start."""
    langs = sorted(chosen, key=lambda lang: chosen[lang][0])
    segments = tuple(segment_of([pieces[i] for i in chosen[lang]], documents) for lang in langs)
    return Match(
        Parallel(segments, group.role),
        tuple(documents[pieces[chosen[lang][0]].document] for lang in langs),
        barriers(group, langs, pieces) if group.role == "body" else (),
    )


def barriers(
    group: Group, langs: Sequence[str], pieces: Sequence[Piece]
) -> tuple[tuple[int, ...], ...]:
    """Places between columns that every version passes at once, and matched headings."""
    columns = group.columns
    single = len({pieces[n].document for c in columns for ns in c.pieces.values() for n in ns}) == 1
    equal = _equal_headings(columns, langs, pieces)
    found: list[tuple[int, ...]] = []
    end = 0
    later = [0] * (len(columns) + 1)
    later[-1] = 1 << 62
    for number in range(len(columns) - 1, -1, -1):
        later[number] = min(later[number + 1], *_edges(columns[number], pieces, first=True))
    for number, column in enumerate(columns):
        if number and single and end <= later[number]:
            found.append((later[number],) * len(langs))
        elif number and _is_sure(column, langs, equal=equal):
            found.append(tuple(pieces[column.pieces[lang][0]].start for lang in langs))
        found += _inside(column, langs, pieces)
        end = max(end, *_edges(column, pieces, first=False))
    return _forward(found)


def _edges(column: Column, pieces: Sequence[Piece], *, first: bool) -> list[int]:
    spans = [pieces[number].spans for numbers in column.pieces.values() for number in numbers]
    return [each[0].start if first else each[-1].end for each in spans]


def _is_sure(column: Column, langs: Sequence[str], *, equal: bool) -> bool:
    if set(column.pieces) != set(langs):
        return False
    if column.kind != "heading":
        return column.kind == "cell" and column.place is not None
    return equal or column.score >= SURE * (len(langs) - 1)


def _equal_headings(
    columns: Sequence[Column], langs: Sequence[str], pieces: Sequence[Piece]
) -> bool:
    """True if every version has as many headings as are matched."""
    full = sum(1 for c in columns if c.kind == "heading" and set(c.pieces) == set(langs))
    counts = {
        sum(1 for piece in pieces if piece.lang == lang and piece.kind == "heading")
        for lang in langs
    }
    return counts == {full}


def _inside(column: Column, langs: Sequence[str], pieces: Sequence[Piece]) -> list[tuple[int, ...]]:
    """Borders of rounds inside one block that interleaves sentences in a steady order."""
    if len(column.pieces) < 2 or any(len(numbers) != 1 for numbers in column.pieces.values()):
        return []
    own = [pieces[numbers[0]] for numbers in column.pieces.values()]
    counts = {len(piece.spans) for piece in own}
    if len({piece.block for piece in own}) != 1 or len(counts) != 1 or counts == {1}:
        return []
    order = sorted((span, piece.lang) for piece in own for span in piece.spans)
    width = len(own)
    first = [lang for _, lang in order[:width]]
    if any(lang != first[number % width] for number, (_, lang) in enumerate(order)):
        return []
    return [(order[number][0].start,) * len(langs) for number in range(width, len(order), width)]


def _forward(found: Iterable[tuple[int, ...]]) -> tuple[tuple[int, ...], ...]:
    """The barriers in order, without those that would run backwards in one version."""
    kept: list[tuple[int, ...]] = []
    for barrier in found:
        last = kept[-1] if kept else (0,) * len(barrier)
        if barrier != last and all(a <= b for a, b in zip(last, barrier, strict=True)):
            kept.append(barrier)
    return tuple(kept)


def segment_of(
    pieces: Sequence[Piece], documents: Sequence[Document], *, quoting: bool = True
) -> Segment:
    """One segment of pieces of one language in one document, with or without its quotations."""
    text = documents[pieces[0].document].text
    spans: list[Span] = []
    for span in sorted(span for piece in pieces for span in piece.spans + piece.quoted * quoting):
        if spans and not text[spans[-1].end : span.start].strip():
            spans[-1] = Span(spans[-1].start, span.end)
        else:
            spans.append(span)
    sources = {piece.segment.source for piece in pieces}
    lengths = [sum(map(len, piece.spans)) for piece in pieces]
    mean = sum(
        piece.segment.confidence * length for piece, length in zip(pieces, lengths, strict=True)
    ) / max(sum(lengths), 1)
    return Segment(
        pieces[0].lang,
        tuple(spans),
        min(1.0, max(0.0, round(mean, 6))),
        sources.pop() if len(sources) == 1 else "detected",
        pieces[0].segment.alternatives if len({id(p.segment) for p in pieces}) == 1 else (),
        "references" if pieces[0].reference else pieces[0].kind,
    )


def rest_of(
    pieces: Sequence[Piece], chosen: Iterable[Piece], documents: Sequence[Document]
) -> list[tuple[Document, Segment]]:
    """What no match took: neighbouring pieces of one language as one segment."""
    kept = {id(piece) for piece in chosen}
    full = {(piece.document, piece.block) for piece in pieces if id(piece) in kept and piece.quoted}
    left = [
        piece
        for piece in pieces
        if id(piece) not in kept and not (piece.quotation and (piece.document, piece.block) in full)
    ]
    found: list[tuple[Document, Segment]] = []

    def together(piece: Piece) -> tuple[int, str, bool, int]:
        alone = piece.kind in {"label", "note", "mark"} and not piece.reference
        return (piece.document, piece.lang, piece.reference, piece.start if alone else -1)

    for _, run in groupby(_by_language(left), key=together):
        listed = list(run)
        found.append((documents[listed[0].document], segment_of(listed, documents, quoting=False)))
    return found


def _by_language(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The same pieces; in a list of references, those of one language stand together."""
    for (_, listed), run in groupby(pieces, key=lambda piece: (piece.document, piece.reference)):
        order = list(run)
        if listed:
            langs = list(dict.fromkeys(piece.lang for piece in order))
            order.sort(key=lambda piece: langs.index(piece.lang))
        yield from order
