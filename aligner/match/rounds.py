"""Rounds of an interleaved document: de fr en, de fr en, de en, ... and the rows of its tables."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from aligner.match.pieces import Piece

FEWEST = 3
"""So many rounds of two languages or more make a document interleaved."""
TELLING = 100.0
"""From so many letters on words say whether paragraphs are versions."""
REGULAR = 0.8
"""Share of changes of language that follow the usual order, for the order to count."""


def rounds(pieces: Sequence[Piece]) -> list[int | None]:
    """The number of the round each content piece of a document stands in; None for all if none."""
    keys = _fixed(pieces)
    free = [index for index, key in enumerate(keys) if key is None]
    numbers: list[tuple[int, int]] = [(0, 0)] * len(pieces)
    for index, key in enumerate(keys):
        if key is not None:
            numbers[index] = (key, 1)
    for index, (opening, number) in zip(free, _free([pieces[i] for i in free]), strict=True):
        numbers[index] = (opening, 2 + number)
    order = {key: number for number, key in enumerate(sorted(set(numbers)))}
    found = [order[key] for key in numbers]
    langs: dict[int, set[str]] = {}
    for piece, number in zip(pieces, found, strict=True):
        langs.setdefault(number, set()).add(piece.lang)
    mixed = sum(1 for group in langs.values() if len(group) > 1)
    return list(found) if mixed >= FEWEST else [None] * len(found)


def steady(pieces: Sequence[Piece], numbers: Sequence[int | None]) -> list[int | None]:
    """The place of every content piece in a round that is one of three and more all alike.

    Such rounds follow one another, and each has the same languages in the same order, with as many
    pieces of the same kinds; the place is counted within the language. None for other pieces.
    """
    places: list[int | None] = [None] * len(pieces)
    members: dict[int, list[int]] = {}
    for index, number in enumerate(numbers):
        if number is not None:
            members.setdefault(number, []).append(index)
    rounds = [members[number] for number in sorted(members)]
    start = 0
    for order, run in groupby(_order([pieces[index] for index in group]) for group in rounds):
        length = len(list(run))
        for group in rounds[start : start + length] if order and length >= FEWEST else ():
            for _, own in groupby(group, key=lambda index: pieces[index].lang):
                for place, index in enumerate(own):
                    places[index] = place
        start += length
    return places


def _order(pieces: Sequence[Piece]) -> tuple[tuple[str, str], ...]:
    """Languages and kinds of a round; nothing if a language comes back in it, or words can tell.

    Paragraphs that take turns may be quotations and what is said of them; lines of a list, the
    sides of a line and the cells of a row are not.
    """
    runs = [(lang, len(list(run))) for lang, run in groupby(piece.lang for piece in pieces)]
    langs = {lang for lang, _ in runs}
    even = len({length for _, length in runs}) == 1
    if len(runs) < 2 or len(langs) < len(runs) or not even:
        return ()
    one_line = len({piece.block for piece in pieces}) == 1 or pieces[0].cell is not None
    if not one_line and max(piece.size for piece in pieces) > TELLING:
        return ()
    return tuple((piece.lang, piece.kind) for piece in pieces)


def _fixed(pieces: Sequence[Piece]) -> list[int | None]:
    """First block of the round of its own that a table row, or a block of two languages, is."""
    rows: dict[tuple[int, int], int] = {}
    langs: dict[int, set[str]] = {}
    for piece in pieces:
        langs.setdefault(piece.block, set()).add(piece.lang)
        if piece.cell is not None:
            rows.setdefault(piece.cell[:2], piece.block)
    return [
        rows[piece.cell[:2]]
        if piece.cell is not None
        else (piece.block if len(langs[piece.block]) > 1 else None)
        for piece in pieces
    ]


def _free(pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    """(first block of the round, number of the round) of every other piece."""
    runs = [list(group) for _, group in groupby(pieces, key=lambda piece: piece.lang)]
    langs = list(dict.fromkeys(piece.lang for piece in pieces))
    rank = {lang: number for number, lang in enumerate(langs)}
    ranks = [rank[run[0].lang] for run in runs]
    steps = list(pairwise(ranks))
    usual = sum(1 for left, right in steps if right == (left + 1) % len(langs))
    ordered = bool(steps) and usual >= REGULAR * len(steps)
    found: list[tuple[int, int]] = []
    number, opening, seen = 0, 0, set[int]()
    for run, now in zip(runs, ranks, strict=True):
        if (ordered and seen and now <= max(seen)) or now in seen:
            number, seen = number + 1, set()
        if not seen:
            opening = run[0].block
        seen.add(now)
        found += [(opening, number)] * len(run)
    return found
