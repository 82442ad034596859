"""From whatever a splitter returns to spans that cover a text."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from aligner.errors import UsageError
from aligner.split.stretches import trim


def covered(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that begin where the given ones do and hold every character that is not white space.

    Raises UsageError if they lie outside the text or run backwards.
    """
    edges = [0]
    for start, end in spans:
        if not (edges[-1] <= start <= end <= len(text)):
            raise UsageError(
                f"the splitter returned {start}-{end} for a text of {len(text)} characters",
                why="spans are in order, do not overlap and lie inside the text",
            )
        edges.append(start)
    edges.append(len(text))
    trimmed = (trim(text, a, b) for a, b in pairwise(edges))
    return [span for span in trimmed if span is not None]
