"""Versions made of given units: the way back from formats that keep units, not documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aligner.errors import InvalidFileError, InvalidRecordError
from aligner.model import (
    Alignment,
    Bead,
    Block,
    Corpus,
    Document,
    Parallel,
    Segment,
    Sentence,
    Span,
    Version,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


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


def numbered_corpus(
    path: Path, texts: Mapping[str, Sequence[str]], beads: Sequence[Bead]
) -> Corpus:
    """A corpus of unit texts by language and of beads, which a file of numbers held.

    Raises InvalidFileError if the beads do not cover the units once and in order.
    """
    versions = tuple(
        version_of(tuple(units), lang=lang, name=f"{path.stem}.{lang}")
        for lang, units in texts.items()
    )
    try:
        alignment = Alignment(versions, tuple(beads))
    except InvalidRecordError as error:
        raise InvalidFileError(
            "these beads do not fit these texts", where=str(path), why=error.what
        ) from error
    return Corpus(path.stem, (Parallel(tuple(v.segment for v in versions)),), (alignment,))
