"""Beads with their texts, one after another: what most exchange formats are made of.

A format module that can work in a stream has ``pour(head, entries, path, **options) -> Loss`` and
``stream(path) -> (Head, Iterator[Entry])``; ``convert`` then never holds a whole corpus.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from aligner.errors import InvalidRecordError
from aligner.formats.lines import version_of
from aligner.formats.loss import Loss
from aligner.model import (
    Alignment,
    Bead,
    Corpus,
    Fact,
    Parallel,
    Role,
    Status,
    Step,
    UnitKind,
    Version,
    joiner,
)


@dataclass(frozen=True, slots=True)
class Head:
    """What is known before the first bead: title, every language in order, metadata, recipe."""

    title: str
    langs: tuple[str, ...]
    metadata: tuple[Fact, ...] = ()
    recipe: tuple[Step, ...] = ()
    rest: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One bead: unit texts per version, the number of each side's first unit, and its marks."""

    parallel: int
    role: Role
    langs: tuple[str, ...]
    texts: tuple[tuple[str, ...], ...]
    first: tuple[int, ...]
    confidence: float = 1.0
    status: Status = "auto"
    resp: str = "aligner"
    unit: UnitKind = "sentence"

    @property
    def shape(self) -> str:
        """Units per version, as in ``1-2``."""
        return "-".join(str(len(side)) for side in self.texts)

    @property
    def is_null(self) -> bool:
        """True if all units are in one version."""
        return sum(1 for side in self.texts if side) < 2

    def text(self, lang: str) -> str:
        """The joined texts of a version; empty if the bead has none."""
        if lang not in self.langs:
            return ""
        return joiner(lang).join(self.texts[self.langs.index(lang)])


def head(corpus: Corpus) -> Head:
    """The head of a corpus: every aligned language once, in the order of the alignments."""
    langs = dict.fromkeys(v.lang for alignment in corpus.alignments for v in alignment.versions)
    rest = sum(len(version.units) for version in corpus.rest)
    return Head(corpus.title, tuple(langs), corpus.metadata, corpus.recipe, rest)


def entries(corpus: Corpus) -> Iterator[Entry]:
    """The beads of a corpus as entries, alignment by alignment."""
    for number, (parallel, alignment) in enumerate(
        zip(corpus.parallels, corpus.alignments, strict=True)
    ):
        langs = tuple(version.lang for version in alignment.versions)
        texts = [version.texts for version in alignment.versions]
        for bead in alignment.beads:
            yield Entry(
                number,
                parallel.role,
                langs,
                tuple(t[side.start : side.stop] for t, side in zip(texts, bead.sides, strict=True)),
                tuple(side.start for side in bead.sides),
                bead.confidence,
                bead.status,
                bead.resp,
                alignment.versions[0].unit,
            )


def corpus_of(about: Head, found: Iterable[Entry]) -> Corpus:
    """Build a corpus of entries: a document per language and parallel, a unit a line."""
    parallels, alignments = [], []
    for number, group in groupby(found, key=lambda entry: entry.parallel):
        beads = list(group)
        alignment = _alignment(beads, f"{about.title}.{number + 1}")
        parallels.append(Parallel(tuple(v.segment for v in alignment.versions), beads[0].role))
        alignments.append(alignment)
    return Corpus(
        about.title,
        tuple(parallels),
        tuple(alignments),
        metadata=about.metadata,
        recipe=about.recipe,
    )


def _alignment(found: Sequence[Entry], name: str) -> Alignment:
    langs = tuple(dict.fromkeys(lang for entry in found for lang in entry.langs))
    texts: dict[str, list[str]] = {lang: [] for lang in langs}
    beads = []
    for entry in found:
        sides = []
        for lang in langs:
            start = len(texts[lang])
            if lang in entry.langs:
                texts[lang] += entry.texts[entry.langs.index(lang)]
            sides.append(range(start, len(texts[lang])))
        if any(sides):
            beads.append(
                Bead(
                    tuple(sides),
                    confidence=entry.confidence,
                    status=entry.status,
                    resp=entry.resp,
                )
            )
    versions = []
    for lang in langs:
        made = version_of(texts[lang], lang=lang, name=f"{name}.{lang}")
        versions.append(Version(made.segment, made.document, made.units, found[0].unit))
    return Alignment(tuple(versions), tuple(beads))


def pair(langs: Sequence[str], chosen: Sequence[str] | None) -> tuple[str, str]:
    """The two languages that a bilingual format is to hold: as chosen, else the first two.

    Raises InvalidRecordError if there are not two.
    """
    two = tuple(chosen) if chosen else tuple(langs[:2])
    if len(two) != 2 or any(lang not in langs for lang in two):
        raise InvalidRecordError(
            "this format holds exactly two languages",
            do=f"Choose two of: {', '.join(langs)}",
        )
    return two[0], two[1]


class Losses:
    """Counts what a writer leaves out, and puts it into words at the end."""

    WORDS = {  # noqa: RUF012  (read only)
        "null beads": "{} null beads are left out: the format holds no omissions",
        "languages": "{} languages are left out: the format holds two",
        "rest": "{} unaligned units are left out",
        "boundaries": "{} sides of several units are written as one piece of text",
        "beads that are no terms": "{} beads are left out: they are no terms",
        "characters beyond a cell": "{} characters are cut off: a cell holds 32,767",
        "control characters": "{} control characters are left out",
    }

    def __init__(self, name: str, about: Head | None = None) -> None:
        self._name = name
        self._counts: Counter[str] = Counter()
        if about is not None and about.rest:
            self._counts["rest"] = about.rest

    def add(self, kind: str, count: int = 1) -> None:
        """Count something as lost."""
        if count:
            self._counts[kind] += count

    @property
    def loss(self) -> Loss:
        """The report."""
        told = [self.WORDS[kind].format(n) for kind, n in sorted(self._counts.items())]
        return Loss(
            self._name, tuple(sorted(self._counts.items())), tuple(f"{line}." for line in told)
        )
