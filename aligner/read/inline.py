"""Emphasis at the edges of a Markdown paragraph: what it wraps, and the labels it sets off."""

from __future__ import annotations

import re
from dataclasses import dataclass

from aligner.model import Kind
from aligner.read import labels

_MARKS = ("***", "**", "*", "___", "__", "_")
_LEAD = re.compile(r"(\*{1,3}|_{1,3})(?!\s)([^*_\n]{1,80}?)(?<!\s)\1(\s*[:：]|\s+[—–-](?=\s))?\s*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph, counted from its start, and the kind its marks give it."""

    start: int
    end: int
    kind: Kind | None = None


def pieces(body: str, *, labelled: bool = True) -> list[Piece]:
    """Cut a paragraph into what its emphasis sets off; the marks are what lies between pieces.

    A paragraph wholly in marks loses them; ``**Label:** text`` is a label and the text.
    """
    start, end, bold = unwrapped(body, 0, len(body))
    if start:
        kind: Kind | None = (
            "heading" if bold and labelled and labels.headline(body[start:end]) else None
        )
        return [Piece(start, end, kind)]
    match = _LEAD.match(body) if labelled else None
    if not match or not _is_label(match):
        return [Piece(0, len(body))]
    label = Piece(match.start(2), match.end(2), "label")
    rest = match.end()
    if not body[rest:].strip():
        return [label]
    inner_start, inner_end, _ = unwrapped(body, rest, len(body))
    return [label, Piece(inner_start, inner_end)]


def unwrapped(body: str, start: int, end: int) -> tuple[int, int, bool]:
    """Step over pairs of emphasis marks that wrap all of a stretch; and whether one was bold."""
    bold = False
    while True:
        for mark in _MARKS:
            size = len(mark)
            if end - start > 2 * size and _wraps(body, start, end, mark):
                start, end = start + size, end - size
                bold = bold or size > 1
                break
        else:
            return start, end, bold


def _wraps(body: str, start: int, end: int, mark: str) -> bool:
    if not (body.startswith(mark, start) and body.endswith(mark, start, end)):
        return False
    left, right = start + len(mark), end - len(mark)
    if body[left].isspace() or body[right - 1].isspace() or body[right - 1] == "\\":
        return False
    return body.find(mark, left, right) < 0


def _is_label(match: re.Match[str]) -> bool:
    return labels.set_off(match.group(2), _after(match), bold=len(match.group(1)) > 1)


def _after(match: re.Match[str]) -> str:
    """What follows the closing mark."""
    return match.string[match.end(2) + len(match.group(1)) :][:8]
