"""The corridor: read > detect > match > split > align; the only module that opens several doors."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from aligner import __version__
from aligner.errors import UsageError
from aligner.model import (
    Alignment,
    Block,
    Corpus,
    Document,
    Fact,
    Parallel,
    Segment,
    Sentence,
    Span,
    Step,
    UnitKind,
    Version,
)

if TYPE_CHECKING:
    from aligner.formats import Loss
    from aligner.match import Match, Matching
    from aligner.protocols import Detector, Embedder, Splitter

PathLike = str | Path
Progress = Callable[[str, float], None]
"""Called with the name of the work and the share of it that is done, 0 to 1."""


class Options(TypedDict, total=False):
    """How to split and align; what is not given is the library's one configuration.

    ``splitter``: a name or an object (``rules``); ``unit``: what to align (``sentence``);
    ``max_chars``: cut longer units at white space, in characters; ``abbreviations``: files of
    abbreviations that end no sentence; ``method``: auto, length, lexical, lexicon or embedding;
    ``embedder``: an object with ``.encode``, a name, or a path; ``dictionary``: files of word
    pairs; ``lexicon``: a model file, ``None`` for the built-in model, ``False`` for none;
    ``shapes``: as in ``("1-1", "1-2")``, and ``max_bead``: as in ``(4, 4)``, bound the beads;
    ``pivot``: the tag of the version to which the others are aligned first.
    """

    splitter: str | Splitter
    unit: UnitKind
    max_chars: int | None
    abbreviations: Sequence[Path]
    method: str
    embedder: str | Embedder | None
    dictionary: Sequence[Path]
    lexicon: Path | bool | None
    shapes: Sequence[str]
    max_bead: Sequence[int]
    pivot: str | None


SPLIT_OPTIONS = frozenset({"splitter", "unit", "max_chars", "abbreviations"})


def read(path: PathLike, *, reader: str | None = None, encoding: str | None = None) -> Document:
    """Read one source file: its path in, the document out.

    ``reader`` and ``encoding`` override what ending and content say. Raises ReadError,
    EncodingError and other InputErrors.
    """
    from aligner.read import read as read_file

    return read_file(Path(path), reader=reader, encoding=encoding)


def detect(
    document: Document, *, langs: Iterable[str] = (), detector: str | Detector | None = None
) -> tuple[Segment, ...]:
    """Find which language every passage is in: a document in, its segments in order out.

    ``langs`` are BCP 47 tags known beforehand (a prior). Raises LanguageTagError.
    """
    from aligner.detect import detect as find

    return find(document, detector=detector, langs=tuple(langs))


def split(
    document: Document, segment: Segment, **options: Unpack[Options]
) -> Version:
    """Cut a segment into units: a document and one of its segments in, a version out."""
    from aligner.split import split as cut

    chosen: dict[str, Any] = {k: v for k, v in options.items() if k in SPLIT_OPTIONS}
    return cut(document, segment, **chosen)


def run(
    source: PathLike | Sequence[PathLike],
    *,
    langs: Sequence[str] = (),
    metadata: Sequence[Fact] = (),
    progress: Progress | None = None,
    **options: Unpack[Options],
) -> Corpus:
    """Do the main job: read, find languages, match, split, align.

    ``source`` is a path, or the paths of files that are versions of one another; ``langs`` are
    tags known beforehand: for one file a prior, for several the language of each. Returns the
    corpus with its warnings. Raises InputErrors, LanguageTagError, UsageError.
    """
    from aligner.match import match

    paths = [source] if isinstance(source, str | Path) else list(source)
    report = progress or _no_report
    report("reading", 0.0)
    documents = [read(path) for path in paths]
    report("finding languages", 0.1)
    known = [langs] if len(paths) == 1 else [(lang,) for lang in _one_each(langs, len(paths))]
    segments = [
        detect(document, langs=tags) for document, tags in zip(documents, known, strict=True)
    ]
    report("matching passages", 0.3)
    lexicon = word_knowledge(options)
    matching = match(documents, segments, lexicon=lexicon)
    alignments = []
    for number, found in enumerate(matching.matches):
        report("aligning", 0.4 + 0.6 * number / len(matching.matches))
        alignments.append(_align_match(found, options))
    rest = tuple(split(document, segment, **options) for document, segment in matching.rest)
    report("aligning", 1.0)
    versions = [version for alignment in alignments for version in alignment.versions]
    return Corpus(
        title=_title(documents, metadata),
        parallels=tuple(found.parallel for found in matching.matches),
        alignments=tuple(alignments),
        rest=rest,
        metadata=(*_facts(documents), *metadata),
        recipe=recipe(langs, options),
        warnings=(*_notes(documents), *matching.warnings, *_diagnoses([*versions, *rest])),
    )


def _one_each(langs: Sequence[str], files: int) -> Sequence[str]:
    if langs and len(langs) != files:
        raise UsageError(
            f"{len(langs)} languages are named for {files} files",
            do="Name one language per file, in the order of the files",
        )
    return langs


def _align_match(found: Match, options: Options) -> Alignment:
    keywords = found.parallel.role == "keywords"
    chosen: Options = {**options, "unit": "keyword"} if keywords else options
    versions = [
        split(document, segment, **chosen)
        for document, segment in zip(found.documents, found.parallel.segments, strict=True)
    ]
    barriers = [
        tuple(_units_before(v, place) for v, place in zip(versions, barrier, strict=True))
        for barrier in found.barriers
    ]
    return align_versions(versions, barriers=barriers, **options)


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


def load(path: PathLike, *, format: str | None = None) -> Corpus:  # noqa: A002
    """Read a corpus file (TEI and every other format that can be read) back into a corpus."""
    from aligner.formats import load as load_file

    return load_file(Path(path), format=format)


def write(
    corpus: Corpus,
    path: PathLike,
    *,
    format: str | None = None,  # noqa: A002
    force: bool = False,
    strict: bool = False,
    **options: Any,
) -> Loss:
    """Write a corpus to a file; the format is that of the ending unless named.

    Returns what the format could not hold. Raises OutputError if the file exists and ``force`` is
    false, LossError if something would be lost and ``strict`` is true.
    """
    from aligner.formats import write as write_file

    return write_file(corpus, Path(path), format=format, force=force, strict=strict, **options)
