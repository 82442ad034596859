"""Lists of keywords are in the language of the abstract they follow: names alone do not tell it."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from aligner.match.pieces import Piece
from aligner.match.rows import is_list

TEXT = 150.0
"""A piece of so many letters is a text whose language is sure."""
LABEL = 45.0
"""The piece before a list that no label is known of has fewer letters than this."""


def in_section_language(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces; a list that is another's in its language is in that of the text before it.

    «Punjabi, Antarctica, Wolof» looks like many a language. It changes its own only for one of the
    same script that has text and no list, and only if its own has a list elsewhere, or no text.
    """
    homes = _homes(pieces)
    listed = {pieces[n].lang for n in homes}
    right = {home for n, home in homes.items() if pieces[n].lang == home}
    texts = {piece.lang for piece in pieces if piece.content and piece.size >= TEXT}
    found = list(pieces)
    for n, home in homes.items():
        lang = pieces[n].lang
        if home not in listed and (lang in right or lang not in texts):
            segment = replace(pieces[n].segment, lang=home, source="inherited", alternatives=())
            found[n] = replace(pieces[n], lang=home, segment=segment)
            listed.add(home)
    return found


def _homes(pieces: Sequence[Piece]) -> dict[int, str]:
    """The numbers of the labelled lists, each with the language of the last text before it."""
    homes: dict[int, str] = {}
    text: Piece | None = None
    for n, piece in enumerate(pieces):
        if not piece.content or piece.cell is not None or piece.kind == "heading":
            continue
        labelled = piece.hint == "keywords" or (
            n > 0 and (pieces[n - 1].kind == "label" or pieces[n - 1].size < LABEL)
        )
        if labelled and piece.hint != "abstract" and is_list(piece.text):
            if text is not None and _script(text.text) == _script(piece.text):
                homes[n] = text.lang
        elif piece.size >= TEXT:
            text = piece
    return homes


def _script(text: str) -> str:
    """The script of most letters, as the names of the characters have it; empty if none has."""
    names = (unicodedata.name(c, "").partition(" ")[0] for c in text if c.isalpha())
    return max(Counter(names).items(), key=lambda each: (each[1], each[0]), default=("", 0))[0]
