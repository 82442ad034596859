"""What matching gives: which segments are versions of one another, and what has no counterpart."""

from __future__ import annotations

from dataclasses import dataclass

from aligner.errors import InvalidRecordError
from aligner.model import Document, Parallel, Segment


@dataclass(frozen=True, slots=True)
class Match:
    """A parallel, the document of each of its segments, and the places no bead may cross.

    A barrier is a tuple of code point positions, one per segment, each in its own document:
    units that start before it and units that start at or after it share no bead.
    """

    parallel: Parallel
    documents: tuple[Document, ...]
    barriers: tuple[tuple[int, ...], ...] = ()

    def __post_init__(self) -> None:
        count = len(self.parallel.segments)
        if len(self.documents) != count:
            raise InvalidRecordError("a match names one document per segment")
        if any(len(barrier) != count for barrier in self.barriers):
            raise InvalidRecordError("a barrier names one position per segment")
        for left, right in zip(self.barriers, self.barriers[1:], strict=False):
            if any(a > b for a, b in zip(left, right, strict=True)):
                raise InvalidRecordError(f"barriers run backwards: {left}, {right}")


@dataclass(frozen=True, slots=True)
class Matching:
    """All matches in text order, the segments without counterpart, and sentences for people."""

    matches: tuple[Match, ...] = ()
    rest: tuple[tuple[Document, Segment], ...] = ()
    warnings: tuple[str, ...] = ()
