"""The whole result: parallels, alignments, rest, metadata, recipe."""

from __future__ import annotations

from dataclasses import dataclass, field

from aligner.errors import InvalidRecordError
from aligner.model.alignment import Alignment, Version
from aligner.model.display import parallel_table
from aligner.model.document import Document, Fact, Parallel


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

    def _repr_html_(self) -> str:
        rows = (
            (
                parallel.role,
                ", ".join(version.lang for version in alignment.versions),
                len(alignment.beads),
                sum(1 for bead in alignment.beads if {len(side) for side in bead.sides} == {1}),
            )
            for parallel, alignment in zip(self.parallels, self.alignments, strict=True)
        )
        return parallel_table(self.title, rows, sum(len(version) for version in self.rest))

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
