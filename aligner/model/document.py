"""What is read and found in it: spans, blocks, documents, segments, parallels."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from aligner.errors import InvalidRecordError
from aligner.model.tags import unique_tags

Kind = Literal["heading", "paragraph", "item", "cell", "label", "note", "mark"]
"""Of a block. ``mark`` is markup that is no text of any language (``###``, ``**``, ``|``)."""

Part = Kind | Literal["references"]
"""Of a segment: the kind of its first block, or a list of references, whatever its blocks are."""

Source = Literal["detected", "inherited", "script", "declared"]
"""Where the language of a segment comes from."""

Role = Literal["title", "abstract", "keywords", "body"]

KINDS: tuple[Kind, ...] = ("heading", "paragraph", "item", "cell", "label", "note", "mark")
SOURCES: tuple[Source, ...] = ("detected", "inherited", "script", "declared")
ROLES: tuple[Role, ...] = ("title", "abstract", "keywords", "body")
FACTS = (
    "title",
    "author",
    "translator",
    "editor",
    "date",
    "source",
    "publisher",
    "licence",
    "direction",
    "original_language",
    "genre",
    "identifier",
    "encoding",
    "language",
    "note",
)
"""The names a metadata fact may have."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of ``Document.text``: code points ``start`` (included) to ``end`` (excluded)."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise InvalidRecordError(
                f"a span runs from 0 <= start <= end, not {self.start}-{self.end}"
            )

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, position: object) -> bool:
        return isinstance(position, int) and self.start <= position < self.end


@dataclass(frozen=True, slots=True)
class Fact:
    """One piece of metadata: a name of ``FACTS``, its value, and the language it is about."""

    name: str
    value: str
    lang: str | None = None

    def __post_init__(self) -> None:
        if self.name not in FACTS:
            raise InvalidRecordError(
                f"no metadata is called {self.name!r}", do=f"Known names: {', '.join(FACTS)}"
            )


@dataclass(frozen=True, slots=True)
class Cell:
    """The place of a table cell: table, row and column, each counted from 0."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph-sized piece of a document.

    ``lang_hint`` is the language the file itself names, ``level`` the depth of a heading or list
    item, ``page`` counts from 1, ``place`` says where in the source file the block stood (a
    paragraph number, an xpath), ``style`` is the source's own style name. ``continues`` says that
    the block goes on with the paragraph that the last block of its kind broke off (page break).
    """

    span: Span
    kind: Kind = "paragraph"
    lang_hint: str | None = None
    level: int | None = None
    cell: Cell | None = None
    page: int | None = None
    place: str | None = None
    style: str | None = None
    continues: bool = False

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise InvalidRecordError(
                f"no block is a {self.kind!r}", do=f"Kinds: {', '.join(KINDS)}"
            )


@dataclass(frozen=True, slots=True)
class Document:
    """One source file as read: its name, its untouched text, its blocks in order, its metadata.

    Blocks are in text order, do not overlap, and cover every character that is not white space.
    """

    name: str
    text: str = field(repr=False)
    blocks: tuple[Block, ...] = field(repr=False)
    metadata: tuple[Fact, ...] = ()

    def __post_init__(self) -> None:
        position = 0
        for block in self.blocks:
            if block.span.start < position:
                raise InvalidRecordError("blocks overlap or are out of order", where=self.name)
            if self.text[position : block.span.start].strip():
                raise InvalidRecordError(
                    f"characters {position}-{block.span.start} are in no block", where=self.name
                )
            position = block.span.end
        if position > len(self.text):
            raise InvalidRecordError("a block ends after the text does", where=self.name)
        if self.text[position:].strip():
            raise InvalidRecordError(
                f"characters from {position} on are in no block", where=self.name
            )


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text in one language: a BCP 47 tag and the spans it covers, in order.

    ``lang`` may be ``und`` (not to be determined) or ``zxx`` (no language: numbers, addresses).
    ``alternatives`` are (tag, probability), best first; ``kind`` is that of its first block, or
    ``references`` where the text is found to be a list of them.
    """

    lang: str
    spans: tuple[Span, ...]
    confidence: float = 1.0
    source: Source = "detected"
    alternatives: tuple[tuple[str, float], ...] = ()
    kind: Part = "paragraph"

    def __post_init__(self) -> None:
        if not self.spans:
            raise InvalidRecordError("a segment has at least one span")
        for left, right in zip(self.spans, self.spans[1:], strict=False):
            if right.start < left.end:
                raise InvalidRecordError(f"segment spans overlap or run backwards: {left}, {right}")
        if not 0.0 <= self.confidence <= 1.0:
            raise InvalidRecordError(f"a confidence lies in 0..1, not {self.confidence}")

    @property
    def span(self) -> Span:
        """From the start of the first span to the end of the last."""
        return Span(self.spans[0].start, self.spans[-1].end)


@dataclass(frozen=True, slots=True)
class Parallel:
    """Segments that are versions of one another, one per language, and the part they play."""

    segments: tuple[Segment, ...]
    role: Role = "body"

    def __post_init__(self) -> None:
        unique_tags(tuple(segment.lang for segment in self.segments))
