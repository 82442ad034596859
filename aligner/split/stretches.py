"""Stretches of text between white space."""

from __future__ import annotations

from collections.abc import Iterator

from aligner.split.signs import BLANK


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """The stretches between blank lines, trimmed; none of them is empty."""
    start = 0
    for match in BLANK.finditer(text):
        yield from _trimmed(text, start, match.start())
        start = match.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    if start < end and not text[start].isspace() and not text[end - 1].isspace():
        return ((start, end),)
    trimmed = trim(text, start, end)
    return () if trimmed is None else (trimmed,)


def trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    """A stretch without the white space at its ends; None if nothing is left."""
    piece = text[start:end]
    bare = piece.lstrip()
    if not bare:
        return None
    start = end - len(bare)
    return start, start + len(bare.rstrip())
