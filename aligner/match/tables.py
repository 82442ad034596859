"""Tables: a language a column or a row, and columns that have no version."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from aligner.match.pieces import Piece

PLAIN = 0.6
"""A column is in one language if this share of it is; the others are names and words few know."""
PURE = 0.8
"""So much of a table is in the language of its row, and not in that of its column, if a row is
what has a language."""

_Sizes = dict[tuple[int, int], dict[str, float]]
"""Letters by table and column (or row), and by language."""


def in_columns(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, the cells of every table in the language of their column.

    Tables with a language a row are turned; a column that is one too many in its language
    (remarks, numbers with a heading) is no content.
    """
    return _without_remarks(_in_column_language(_turned(pieces)))


def _turned(pieces: Sequence[Piece]) -> list[Piece]:
    columns, rows = _sizes(pieces, 2), _sizes(pieces, 1)
    turned = {
        table
        for table in {table for table, _ in rows}
        if _purity(rows, table) >= PURE > _purity(columns, table)
    }
    return [
        replace(piece, cell=(piece.cell[0], piece.cell[2], piece.cell[1]))
        if piece.cell is not None and piece.cell[0] in turned
        else piece
        for piece in pieces
    ]


def _sizes(pieces: Sequence[Piece], axis: int) -> _Sizes:
    sizes: _Sizes = {}
    for piece in pieces:
        if piece.cell is not None and piece.content:
            shares = sizes.setdefault((piece.cell[0], piece.cell[axis]), {})
            shares[piece.lang] = shares.get(piece.lang, 0.0) + piece.size
    return sizes


def _purity(sizes: _Sizes, table: int) -> float:
    """How much of a table is in the main language of its column (or row)."""
    own = [shares for (other, _), shares in sizes.items() if other == table]
    whole = math.fsum(size for shares in own for size in shares.values())
    return math.fsum(max(shares.values()) for shares in own) / whole if whole else 0.0


def _in_column_language(pieces: Sequence[Piece]) -> list[Piece]:
    plain = _plain(pieces)
    tables = {
        table
        for table in {place[0] for place in plain}
        if len({lang for (other, _), lang in plain.items() if other == table}) > 1
    }
    return [
        _recoloured(piece, plain) if piece.cell and piece.cell[0] in tables else piece
        for piece in pieces
    ]


def _plain(pieces: Sequence[Piece]) -> dict[tuple[int, int], str]:
    """The columns whose language is plain, with it."""
    plain: dict[tuple[int, int], str] = {}
    for place, shares in _sizes(pieces, 2).items():
        best = max(sorted(shares), key=lambda lang: shares[lang])
        if shares[best] >= PLAIN * sum(shares.values()):
            plain[place] = best
    return plain


def _recoloured(piece: Piece, plain: dict[tuple[int, int], str]) -> Piece:
    if piece.cell is None or piece.kind == "mark":
        return piece
    lang = plain.get((piece.cell[0], piece.cell[2]), piece.lang)
    if lang == piece.lang:
        return piece
    segment = replace(piece.segment, source="inherited", lang=lang)
    return replace(piece, lang=lang, segment=segment)


def _without_remarks(pieces: Sequence[Piece]) -> list[Piece]:
    """Of each language the columns that come nearest in length to those of the others.

    As many as every language has: what one has more of has no version.
    """
    extra: set[tuple[int, int]] = set()
    cells = Counter((p.cell[0], p.cell[2]) for p in pieces if p.cell is not None and p.content)
    height = {table: max(n for (t, _), n in cells.items() if t == table) for table, _ in cells}
    sizes = {place: sum(shares.values()) for place, shares in _sizes(pieces, 2).items()}
    tables: dict[int, dict[str, list[tuple[int, int]]]] = {}
    for place, lang in _plain(pieces).items():
        tables.setdefault(place[0], {}).setdefault(lang, []).append(place)
    for columns in tables.values():
        for lang, own in columns.items():
            full = [p for p in own if 2 * cells[p] >= height[p[0]]]
            columns[lang] = full or own
            extra.update(set(own).difference(columns[lang]))
    for columns in tables.values():
        fewest = min(map(len, columns.values()))
        sure = [sizes[p] for own in columns.values() if len(own) == fewest for p in own]
        usual = math.fsum(sure) / len(sure)
        for own in columns.values() if len(columns) > 1 else ():
            near = sorted(own, key=lambda p: (abs(math.log((sizes[p] + 1) / (usual + 1))), p))
            extra.update(near[fewest:])
    return [
        replace(piece, content=False)
        if piece.cell and (piece.cell[0], piece.cell[2]) in extra
        else piece
        for piece in pieces
    ]
