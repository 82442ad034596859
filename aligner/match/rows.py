"""Pieces in, one row of columns a language out, and all rows joined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from aligner.match.columns import join
from aligner.match.evidence import Column, Kinds, Run, weigh, weighed
from aligner.match.features import features
from aligner.match.knowledge import concepts
from aligner.match.pieces import Piece
from aligner.match.rounds import steady

if TYPE_CHECKING:
    from aligner.lexicon import Lexicon

_END = re.compile(r"(?<=[.!?。！？؟।։])\s*")
_LIST = re.compile(r"[,;،、，；·•]")
_SENTENCE = re.compile(r"[.!?。！？؟।](?=\s+\S)")


def joined(
    pieces: Sequence[Piece], numbers: Sequence[int | None], lexicon: Lexicon | None
) -> list[Column]:
    """Columns of all languages of the content pieces; ``numbers`` are the rounds they stand in."""
    sentences = _sentences(pieces, lexicon)
    weights = weigh(kinds for own in sentences for kinds in own)
    runs = _runs(pieces)
    places = steady(pieces, numbers)
    rows: dict[str, list[Column]] = {}
    for index, piece in enumerate(pieces):
        column = _column(index, piece, sentences[index])
        runs_of = {piece.lang: runs[index]}
        column = replace(column, cycle=numbers[index], place=places[index], runs=runs_of)
        rows.setdefault(piece.lang, []).append(weighed(column, weights))
    columns: list[Column] = []
    for row in sorted(rows.values(), key=lambda row: sum(column.size for column in row)):
        columns = join(columns, row, weights)
    return columns


def _sentences(pieces: Sequence[Piece], lexicon: Lexicon | None) -> list[list[Kinds]]:
    """The features of every piece by sentence (cut roughly, to tell rare from common)."""
    texts = [[part for part in _END.split(piece.text) if part.strip()] for piece in pieces]
    known: dict[str, list[frozenset[str]]] = {}
    for lang in sorted({piece.lang for piece in pieces}):
        own = [t for piece, ts in zip(pieces, texts, strict=True) if piece.lang == lang for t in ts]
        known[lang] = concepts(own, lang, lexicon)[::-1]
    return [
        [(features(text), known[piece.lang].pop()) for text in of_piece]
        for piece, of_piece in zip(pieces, texts, strict=True)
    ]


def _runs(pieces: Sequence[Piece]) -> list[Run]:
    """The place of every piece in its run."""
    found: list[Run] = []
    groups = groupby(pieces, key=lambda piece: (piece.document, piece.lang))
    lengths = [len(list(group)) for _, group in groups]
    telling = len(lengths) > len({piece.lang for piece in pieces})
    for number, length in enumerate(lengths):
        found += [Run(number, place, length * telling) for place in range(length)]
    return found


def _column(index: int, piece: Piece, sentences: Sequence[Kinds]) -> Column:
    found: Kinds = tuple(
        frozenset().union(*(kinds[kind] for kinds in sentences)) for kind in range(2)
    )
    return Column(
        pieces={piece.lang: (index,)},
        size=piece.size,
        features=found,
        count=tuple(float(len(kind)) for kind in found),
        kind=piece.kind,
        level=piece.level,
        hint=piece.hint,
        listed=is_list(piece.text),
        block=piece.block,
        parts=len(piece.spans),
    )


def is_list(text: str) -> bool:
    """True for a list of keywords: short items between commas or semicolons, and no sentences."""
    items = [item for item in _LIST.split(text) if item.strip()]
    if len(items) < 3 or len(text) > 600 or _SENTENCE.search(text.strip()):
        return False
    words = sorted(len(item.split()) for item in items)
    return words[len(words) // 2] <= 3 and words[-1] <= 7
