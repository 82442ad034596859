"""Stretches of text between white space."""

from __future__ import annotations

from collections.abc import Iterator

from aligner.split.signs import BLANK


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """The stretches between blank lines, trimmed; none of them is empty."""
    edges = [0, *(edge for match in BLANK.finditer(text) for edge in match.span()), len(text)]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        trimmed = trim(text, start, end)
        if trimmed is not None:
            yield trimmed


def trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    """A stretch without the white space at its ends; None if nothing is left."""
    piece = text[start:end]
    bare = piece.lstrip()
    if not bare:
        return None
    start = end - len(bare)
    return start, start + len(bare.rstrip())
