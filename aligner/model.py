"""The frozen records that pass from room to room, and the invariants they refuse to break.

Positions are code points of ``Document.text``, which is kept as read and never changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from aligner.errors import InvalidRecordError, LanguageTagError

Kind = Literal["heading", "paragraph", "item", "cell", "label", "note", "mark"]
"""Of a block. ``mark`` is markup that is no text of any language (``###``, ``**``, ``|``)."""

Source = Literal["detected", "inherited", "script", "declared"]
"""Where the language of a segment comes from."""

Status = Literal["auto", "confirmed", "rejected"]

UnitKind = Literal["sentence", "keyword", "paragraph", "verse"]

Role = Literal["title", "abstract", "keywords", "body"]

KINDS: tuple[Kind, ...] = ("heading", "paragraph", "item", "cell", "label", "note", "mark")
SOURCES: tuple[Source, ...] = ("detected", "inherited", "script", "declared")
STATUSES: tuple[Status, ...] = ("auto", "confirmed", "rejected")
UNIT_KINDS: tuple[UnitKind, ...] = ("sentence", "keyword", "paragraph", "verse")
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
    ``alternatives`` are (tag, probability), best first; ``kind`` is that of its first block.
    """

    lang: str
    spans: tuple[Span, ...]
    confidence: float = 1.0
    source: Source = "detected"
    alternatives: tuple[tuple[str, float], ...] = ()
    kind: Kind = "paragraph"

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


@dataclass(frozen=True, slots=True)
class Sentence:
    """One unit of alignment (sentence, keyword, paragraph, verse) as a span of the document.

    ``holes`` are stretches inside the span that are not of the unit (a running head between the
    halves of a paragraph); nearly always empty. ``joined`` marks a unit mended across a page
    break, ``forced`` one cut at a length limit; ``id`` keeps the xml:id of somebody else's file.
    """

    span: Span
    holes: tuple[Span, ...] = ()
    joined: bool = False
    forced: bool = False
    id: str | None = None

    def __post_init__(self) -> None:
        position = self.span.start
        for hole in self.holes:
            if hole.start < position or hole.end > self.span.end:
                raise InvalidRecordError(f"hole {hole} is not inside {self.span}, in order")
            position = hole.end


@dataclass(frozen=True, slots=True)
class Version:
    """One language version: the segment it was made from, its document and its units in order."""

    segment: Segment
    document: Document
    units: tuple[Sentence, ...]
    unit: UnitKind = "sentence"

    def __post_init__(self) -> None:
        position = 0
        for unit in self.units:
            if unit.span.start < position:
                raise InvalidRecordError(f"units overlap or run backwards at {unit.span}")
            position = unit.span.end
        if position > len(self.document.text):
            raise InvalidRecordError("a unit ends after its document", where=self.document.name)

    @property
    def lang(self) -> str:
        """The BCP 47 tag of the version."""
        return self.segment.lang

    @property
    def texts(self) -> tuple[str, ...]:
        """The text of every unit, exactly as in the document (holes left out)."""
        return tuple(unit_text(self.document, unit) for unit in self.units)

    def __len__(self) -> int:
        return len(self.units)


@dataclass(frozen=True, slots=True)
class Bead:
    """One group of an alignment: a range of unit numbers per version.

    ``score`` is the model's evidence (higher is better; not kept in files, not compared),
    ``confidence`` the calibrated probability that the bead is right, rounded to 4 decimals,
    ``resp`` who vouches for it (``aligner``, a reviewer's name).
    """

    sides: tuple[range, ...]
    score: float = field(default=0.0, compare=False)
    confidence: float = 1.0
    status: Status = "auto"
    resp: str = "aligner"

    def __post_init__(self) -> None:
        object.__setattr__(self, "confidence", round(float(self.confidence), 4))
        if not 0.0 <= self.confidence <= 1.0:
            raise InvalidRecordError(f"a confidence lies in 0..1, not {self.confidence}")
        if self.status not in STATUSES:
            raise InvalidRecordError(f"no bead is {self.status!r}", do=f"Use {', '.join(STATUSES)}")
        if not any(self.sides):
            raise InvalidRecordError("a bead holds at least one unit")

    @property
    def shape(self) -> str:
        """Units per version, as in ``1-2`` or ``2-1-1``."""
        return "-".join(str(len(side)) for side in self.sides)

    @property
    def is_null(self) -> bool:
        """True if all its units are in one version (omission, addition)."""
        return sum(1 for side in self.sides if side) == 1


@dataclass(frozen=True, slots=True)
class Side:
    """One version's part of a bead, for reading: its units and their texts."""

    version: Version = field(repr=False)
    numbers: range

    @property
    def lang(self) -> str:
        """The BCP 47 tag of the version."""
        return self.version.lang

    @property
    def units(self) -> tuple[Sentence, ...]:
        """The units, in order."""
        return self.version.units[self.numbers.start : self.numbers.stop]

    @property
    def texts(self) -> tuple[str, ...]:
        """The text of each unit."""
        return tuple(unit_text(self.version.document, unit) for unit in self.units)

    @property
    def text(self) -> str:
        """The texts joined: by a space, or by nothing where the language writes none."""
        return joiner(self.lang).join(self.texts)

    def __len__(self) -> int:
        return len(self.numbers)


@dataclass(frozen=True, slots=True)
class BeadView:
    """A bead together with its texts; ``view["uz"]`` is the side of that language."""

    alignment: Alignment = field(repr=False)
    bead: Bead

    @property
    def shape(self) -> str:
        """Units per version, as in ``1-2``."""
        return self.bead.shape

    @property
    def confidence(self) -> float:
        """The calibrated probability that the bead is right."""
        return self.bead.confidence

    @property
    def score(self) -> float:
        """The model's evidence; higher is better."""
        return self.bead.score

    @property
    def status(self) -> Status:
        """``auto``, ``confirmed`` or ``rejected``."""
        return self.bead.status

    @property
    def sides(self) -> tuple[Side, ...]:
        """One side per version, empty ones included."""
        return tuple(
            Side(version, numbers)
            for version, numbers in zip(self.alignment.versions, self.bead.sides, strict=True)
        )

    def __getitem__(self, lang: str) -> Side:
        return self.sides[find_tag(tuple(v.lang for v in self.alignment.versions), lang)]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Ordered beads that cover every unit of every version, once.

    With ``crossing`` (keyword lists, whose order differs by language) the beads still cover
    everything once but need not be in the order of each version. Raises InvalidRecordError for
    gaps, overlaps and disorder, LanguageTagError for two versions of one tag.
    """

    versions: tuple[Version, ...]
    beads: tuple[Bead, ...]
    crossing: bool = False

    def __post_init__(self) -> None:
        unique_tags(tuple(version.lang for version in self.versions))
        for column, version in enumerate(self.versions):
            sides = [bead.sides[column] for bead in self.beads if self._fits(bead)]
            filled = [side for side in sides if side]
            if self.crossing:
                filled.sort(key=lambda side: side.start)
            position = 0
            for side in filled:
                if side.step != 1 or side.start != position:
                    raise InvalidRecordError(
                        f"the beads leave a gap, overlap or run backwards at unit {position}"
                        f" of {version.lang} (found {side.start}-{side.stop})"
                    )
                position = side.stop
            if position != len(version.units):
                raise InvalidRecordError(
                    f"the beads cover {position} of {len(version.units)} units of {version.lang}"
                )

    def _fits(self, bead: Bead) -> bool:
        if len(bead.sides) != len(self.versions):
            raise InvalidRecordError(
                f"a bead has {len(bead.sides)} sides, the alignment {len(self.versions)} versions"
            )
        return True

    def __iter__(self) -> Iterator[BeadView]:
        for bead in self.beads:
            yield BeadView(self, bead)

    def __len__(self) -> int:
        return len(self.beads)


@dataclass(frozen=True, slots=True)
class Step:
    """One tool that had a part in the result: name, version, settings as (name, value) pairs."""

    name: str
    version: str
    settings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Corpus:
    """Parallels with their alignments, the unaligned rest, metadata, and the recipe.

    ``alignments[i]`` aligns ``parallels[i]``, version by segment. ``rest`` holds what has no
    counterpart, cut into units too: nothing of a document is missing. ``warnings`` are sentences
    for people; they are not part of the record's identity and not kept in files.
    """

    title: str
    parallels: tuple[Parallel, ...] = ()
    alignments: tuple[Alignment, ...] = ()
    rest: tuple[Version, ...] = ()
    metadata: tuple[Fact, ...] = ()
    recipe: tuple[Step, ...] = ()
    warnings: tuple[str, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        if len(self.parallels) != len(self.alignments):
            raise InvalidRecordError("a corpus has one alignment per parallel")
        for parallel, alignment in zip(self.parallels, self.alignments, strict=True):
            if parallel.segments != tuple(version.segment for version in alignment.versions):
                raise InvalidRecordError("the versions of an alignment are those of its parallel")

    @property
    def documents(self) -> tuple[Document, ...]:
        """The source documents, each once, in the order in which they are first met."""
        versions = [v for alignment in self.alignments for v in alignment.versions] + list(
            self.rest
        )
        seen: dict[int, Document] = {}
        kept: list[Document] = []
        for version in versions:
            if id(version.document) not in seen:
                seen[id(version.document)] = version.document
                if version.document not in kept:
                    kept.append(version.document)
        return tuple(kept)


def unit_text(document: Document, unit: Sentence) -> str:
    """The characters of a unit as they stand in its document, holes left out."""
    if not unit.holes:
        return document.text[unit.span.start : unit.span.end]
    edges = [unit.span.start, *(e for h in unit.holes for e in (h.start, h.end)), unit.span.end]
    return "".join(document.text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))


def primary(tag: str) -> str:
    """The language of a tag without script, region and the rest: ``uz`` of ``uz-Latn``."""
    return tag.partition("-")[0]


def joiner(lang: str) -> str:
    """What stands between two sentences of a language: a space, or nothing (Chinese, Thai ...)."""
    return "" if primary(lang) in {"zh", "yue", "wuu", "ja", "th", "lo", "km", "my"} else " "


def unique_tags(tags: tuple[str, ...]) -> None:
    """Raise LanguageTagError if a tag stands for two versions."""
    for tag in tags:
        if tags.count(tag) > 1:
            raise LanguageTagError(
                f"two versions are both {tag!r}",
                why="every version needs a tag of its own",
                do=f"Tell two translations into one language apart as {tag}-x-a and {tag}-x-b",
            )


def find_tag(tags: tuple[str, ...], wanted: str) -> int:
    """The number of the tag that is ``wanted`` exactly, or the only one of that language.

    Raises LanguageTagError if none or several fit.
    """
    if wanted in tags:
        return tags.index(wanted)
    fits = [i for i, tag in enumerate(tags) if primary(tag) == primary(wanted)]
    if len(fits) == 1:
        return fits[0]
    raise LanguageTagError(
        f"{'no' if not fits else 'more than one'} version is {wanted!r}",
        do=f"The versions are: {', '.join(tags)}",
    )
