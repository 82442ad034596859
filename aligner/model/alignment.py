"""What is aligned and how: units, versions, beads, alignments, and their views."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from aligner.errors import InvalidRecordError
from aligner.model.display import first_beads
from aligner.model.document import Document, Segment, Span
from aligner.model.tags import find_tag, joiner, unique_tags

Status = Literal["auto", "confirmed", "rejected"]

UnitKind = Literal["sentence", "keyword", "paragraph", "verse"]

STATUSES: tuple[Status, ...] = ("auto", "confirmed", "rejected")
UNIT_KINDS: tuple[UnitKind, ...] = ("sentence", "keyword", "paragraph", "verse")


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
        text = self.document.text
        return tuple(
            unit_text(self.document, unit) if unit.holes else text[unit.span.start : unit.span.end]
            for unit in self.units
        )

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

    def _repr_html_(self) -> str:
        rows = (
            (f"{view.shape}, {view.confidence:.2f}", [(s.lang, s.text) for s in view.sides])
            for view in self
        )
        return first_beads((v.lang for v in self.versions), rows, len(self.beads))

    def __len__(self) -> int:
        return len(self.beads)


def unit_text(document: Document, unit: Sentence) -> str:
    """The characters of a unit as they stand in its document, holes left out."""
    if not unit.holes:
        return document.text[unit.span.start : unit.span.end]
    edges = [unit.span.start, *(e for h in unit.holes for e in (h.start, h.end)), unit.span.end]
    return "".join(document.text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True))
