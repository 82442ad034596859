"""Versions made of given units: the way back from formats that keep units, not documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aligner.model import Block, Document, Segment, Sentence, Span, Version

if TYPE_CHECKING:
    from collections.abc import Sequence


def version_of(texts: Sequence[str], *, lang: str, name: str) -> Version:
    """Make a version of unit texts: a document with a unit a line, each a block of its own.

    ``name`` is the document's. Texts may hold line ends themselves; their units stay whole.
    """
    spans: list[Span] = []
    position = 0
    for text in texts:
        spans.append(Span(position, position + len(text)))
        position += len(text) + 1
    document = Document(name, "\n".join(texts), tuple(Block(span) for span in spans))
    segment = Segment(lang, (Span(0, len(document.text)),), source="declared")
    return Version(segment, document, tuple(Sentence(span) for span in spans))
