"""Beads with their texts, one after another: what most exchange formats are made of.

A format module that can work in a stream has ``pour(head, entries, path, **options) -> Loss`` and
``stream(path) -> (Head, Iterator[Entry])``; ``convert`` then never holds a whole corpus.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from aligner.formats import marks
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


class Entry(NamedTuple):
    """One bead: unit texts per version, the number of each side's first unit, and its marks.

    A tuple, since a corpus may have millions: it is made in a quarter of a dataclass's time.
    """

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
        return _shape(tuple(map(len, self.texts)))

    @property
    def is_null(self) -> bool:
        """True if all units are in one version."""
        return sum(1 for side in self.texts if side) < 2

    def side(self, lang: str) -> tuple[str, ...]:
        """The unit texts of a version; none if the bead has none."""
        return self.texts[self.langs.index(lang)] if lang in self.langs else ()

    def text(self, lang: str) -> str:
        """The joined texts of a version."""
        return joiner(lang).join(self.side(lang))


@lru_cache(maxsize=1024)
def _shape(sizes: tuple[int, ...]) -> str:
    return "-".join(map(str, sizes))


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
        role, unit = parallel.role, alignment.versions[0].unit
        langs = tuple(version.lang for version in alignment.versions)
        columns = [version.texts for version in alignment.versions]
        for bead in alignment.beads:
            sides = bead.sides
            yield Entry(
                number,
                role,
                langs,
                tuple([texts[s.start : s.stop] for texts, s in zip(columns, sides, strict=True)]),
                tuple([side.start for side in sides]),
                bead.confidence,
                bead.status,
                bead.resp,
                unit,
            )


def corpus_of(about: Head, found: Iterable[Entry]) -> Corpus:
    """Build a corpus of entries: a document per language and parallel, a unit a line."""
    parallels, alignments = [], []
    for number, group in groupby(found, key=lambda entry: entry.parallel):
        beads = list(group)
        alignment = _alignment(beads, about.langs, f"{about.title}.{number + 1}")
        parallels.append(Parallel(tuple(v.segment for v in alignment.versions), beads[0].role))
        alignments.append(alignment)
    return Corpus(
        about.title,
        tuple(parallels),
        tuple(alignments),
        metadata=about.metadata,
        recipe=about.recipe,
    )


def _alignment(found: Sequence[Entry], order: Sequence[str], name: str) -> Alignment:
    langs = _filled(found, order)
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
            marks = (entry.confidence, entry.status, entry.resp)
            beads.append(Bead(tuple(sides), 0.0, *marks))
    versions = []
    for lang in langs:
        made = version_of(texts[lang], lang=lang, name=f"{name}.{lang}")
        versions.append(Version(made.segment, made.document, made.units, found[0].unit))
    return Alignment(tuple(versions), tuple(beads))


def _filled(found: Sequence[Entry], order: Sequence[str]) -> tuple[str, ...]:
    """The languages of a parallel, in the corpus's order; tables name also those it lacks."""
    named = dict.fromkeys(lang for entry in found for lang in entry.langs)
    langs = [lang for lang in order if lang in named]
    langs += [lang for lang in named if lang not in order]
    filled = {lang for e in found for lang, texts in zip(e.langs, e.texts, strict=True) if texts}
    return tuple(lang for lang in langs if lang in filled) if len(filled) > 1 else tuple(langs)


def cut(text: str, lang: str, lengths: str | None) -> tuple[str, ...]:
    """The units of a side that stands joined, by their lengths if those fit it."""
    parts, position = [], 0
    for length in map(marks.number, (lengths or "").split()):
        parts.append(text[position : position + length])
        position += length + len(joiner(lang))
    return tuple(parts) if parts and joiner(lang).join(parts) == text else (text,)


class Losses:
    """Counts what a writer leaves out of a corpus, and puts it into words at the end.

    ``never`` names what no file of the format holds; it is told, but is no loss of this corpus.
    """

    WORDS = {  # noqa: RUF012  (read only)
        "null beads": ("null bead", "the format holds no omissions and additions of this kind"),
        "languages": ("language", "the format holds two, or those chosen"),
        "rest": ("unaligned unit", "the format holds beads only"),
        "statuses": ("status of a bead", "the format has none, or not this one"),
        "beads that are no terms": ("bead", "the format holds terms"),
        "characters beyond a cell": ("character", "a cell holds 32,767"),
        "texts": ("text of a unit", "the format holds numbers only"),
    }

    def __init__(self, name: str, about: Head | None = None, never: Sequence[str] = ()) -> None:
        self._name, self._never = name, list(never)
        self._counts: Counter[str] = Counter()
        self._quiet: set[str] = set()
        if about is not None:
            self.add("rest", about.rest)
            if about.metadata and "metadata" not in self._never:
                self._never.append("metadata")

    def add(self, kind: str, count: int = 1, *, quiet: bool = False) -> None:
        """Count something as lost; ``quiet`` where the notes say so already."""
        if count > 0:
            self._counts[kind] += count
            if quiet:
                self._quiet.add(kind)

    @property
    def loss(self) -> Loss:
        """The report."""
        counts = tuple(sorted(self._counts.items()))
        told = tuple(self._told(kind, count) for kind, count in counts if kind not in self._quiet)
        never = ", ".join(self._never)
        notes = (f"No {self._name} file holds: {never}.",) if never else ()
        return Loss(self._name, counts, told, notes)

    def _told(self, kind: str, count: int) -> str:
        what, why = self.WORDS[kind]
        first, _, more = what.partition(" of ")
        of = f" of {more}" if more else ""
        plural = {"status": "statuses"}.get(first, f"{first}s")
        verb = "is" if count == 1 else "are"
        return f"{count} {first if count == 1 else plural}{of} {verb} left out: {why}."
