"""The main job: a document, or the files of one text, becomes a corpus."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from aligner.errors import UsageError
from aligner.model import Alignment, Corpus, Document, Fact, Version, primary
from aligner.pipeline.aligning import Heard, heard_out, word_knowledge
from aligner.pipeline.doors import detect, read, split
from aligner.pipeline.moved import moved
from aligner.pipeline.options import Options, PathLike, Progress
from aligner.pipeline.recipe import recipe

if TYPE_CHECKING:
    from aligner.match import Match, Matching


def run(
    source: PathLike | Sequence[PathLike],
    *,
    langs: Sequence[str] = (),
    metadata: Sequence[Fact] = (),
    reader: str | None = None,
    progress: Progress | None = None,
    **options: Unpack[Options],
) -> Corpus:
    """Do the main job: read, find languages, match, split, align.

    ``source`` is a path, or the paths of files that are versions of one another; ``langs`` are
    tags known beforehand: for one file a prior, for several the language of each; ``metadata`` are
    facts for the header; ``reader`` is the name of one; ``progress`` is called with the name of
    the work and the share of it that is done. Returns the corpus with its warnings. Raises
    InputError for what cannot be read, LanguageTagError, UsageError.
    """
    report = progress or _no_report
    ready = prepared(source, langs=langs, reader=reader, report=report, options=options)
    return finished(ready, metadata=metadata, report=report, options=options)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text before its sentences are aligned: what was read, what matches what, all of it cut.

    ``versions`` are those of each match, in its order; ``rest`` is what no match took.
    """

    documents: tuple[Document, ...]
    matching: Matching
    langs: tuple[str, ...]
    versions: tuple[tuple[Version, ...], ...]
    rest: tuple[Version, ...]


def prepared(
    source: PathLike | Sequence[PathLike],
    *,
    langs: Sequence[str],
    reader: str | None,
    report: Progress,
    options: Options,
) -> Prepared:
    """Read, find languages, match and split; in and raised as in ``run``."""
    from aligner.match import match

    paths = [source] if isinstance(source, str | Path) else list(source)
    report("reading", 0.0)
    documents = [read(path, reader=reader) for path in paths]
    report("finding languages", 0.1)
    known = [langs] if len(paths) == 1 else [(lang,) for lang in _one_each(langs, len(paths))]
    segments = [
        detect(document, langs=tags) for document, tags in zip(documents, known, strict=True)
    ]
    report("matching passages", 0.3)
    matching = match(documents, segments, lexicon=word_knowledge(options))
    report("splitting", 0.4)
    versions = tuple(_versions(found, options) for found in matching.matches)
    rest = tuple(split(document, segment, **options) for document, segment in matching.rest)
    return Prepared(tuple(documents), matching, tuple(langs), versions, rest)


def finished(
    ready: Prepared, *, metadata: Sequence[Fact], report: Progress, options: Options
) -> Corpus:
    """Align what is prepared: the corpus, with its warnings."""
    documents, matching, rest = ready.documents, ready.matching, ready.rest
    alignments, notes = [], []
    for number, (found, cut) in enumerate(zip(matching.matches, ready.versions, strict=True)):
        report("aligning", 0.5 + 0.5 * number / len(matching.matches))
        alignment, heard = aligned(found, cut, options)
        alignments.append(alignment)
        notes += moved(alignment, options, heard)
    report("aligning", 1.0)
    versions = [version for alignment in alignments for version in alignment.versions]
    return Corpus(
        title=_title(documents, metadata),
        parallels=tuple(found.parallel for found in matching.matches),
        alignments=tuple(alignments),
        rest=rest,
        metadata=(*_facts(documents), *about_versions(metadata, [*versions, *rest])),
        recipe=recipe(ready.langs, options, [*versions, *rest], detected=True),
        warnings=(
            *_notes(documents),
            *matching.warnings,
            *_diagnoses([*versions, *rest]),
            *notes,
        ),
    )


def about_versions(metadata: Sequence[Fact], versions: Sequence[Version]) -> list[Fact]:
    """Facts about a language as facts about its version: ``uz`` is ``uz-Latn`` where that is it."""
    tags = tuple(dict.fromkeys(version.lang for version in versions))
    resolved = []
    for fact in metadata:
        fits = [tag for tag in tags if fact.lang and primary(tag) == fact.lang]
        resolved.append(replace(fact, lang=fits[0]) if len(fits) == 1 else fact)
    return resolved


def _one_each(langs: Sequence[str], files: int) -> Sequence[str]:
    if langs and len(langs) != files:
        raise UsageError(
            f"{len(langs)} languages are named for {files} files",
            do="Name one language per file, in the order of the files",
        )
    return langs


def _versions(found: Match, options: Options) -> tuple[Version, ...]:
    keywords = found.parallel.role == "keywords"
    chosen: Options = {**options, "unit": "keyword"} if keywords else options
    return tuple(
        split(document, segment, **chosen)
        for document, segment in zip(found.documents, found.parallel.segments, strict=True)
    )


def aligned(found: Match, versions: Sequence[Version], options: Options) -> tuple[Alignment, Heard]:
    """Align the versions of one match: the alignment, and what it taught."""
    barriers = [
        tuple(_units_before(v, place) for v, place in zip(versions, barrier, strict=True))
        for barrier in found.barriers
    ]
    return heard_out(versions, barriers=barriers, **options)


def _units_before(version: Version, place: int) -> int:
    return bisect_left(version.units, place, key=lambda unit: unit.span.start)


def _title(documents: Sequence[Document], metadata: Sequence[Fact]) -> str:
    facts = [*metadata, *(fact for document in documents for fact in document.metadata)]
    named = [fact.value for fact in facts if fact.name == "title" and fact.lang is None]
    return named[0] if named else " + ".join(Path(document.name).stem for document in documents)


def _facts(documents: Sequence[Document]) -> list[Fact]:
    inside = [fact for document in documents for fact in document.metadata]
    return [fact for fact in dict.fromkeys(inside) if fact.name not in {"encoding", "note"}]


def _notes(documents: Sequence[Document]) -> list[str]:
    return [
        f"{document.name}: {fact.value}"
        for document in documents
        for fact in document.metadata
        if fact.name == "note"
    ]


def _diagnoses(versions: Sequence[Version]) -> list[str]:
    from aligner.split import diagnose

    return list(dict.fromkeys(note for version in versions for note in diagnose(version)))


def _no_report(_work: str, _share: float) -> None:
    pass
