"""One room each: read, detect, split, load, write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from aligner.model import Corpus, Document, Segment, Version
from aligner.pipeline.options import Options, PathLike

if TYPE_CHECKING:
    from aligner.formats import Loss
    from aligner.protocols import Detector

SPLIT_OPTIONS = frozenset({"splitter", "unit", "max_chars", "abbreviations"})


def read(path: PathLike, *, reader: str | None = None, encoding: str | None = None) -> Document:
    """Read one source file: its path in, the document out.

    ``reader`` and ``encoding`` override what ending and content say. Raises ReadError,
    EncodingError and other InputErrors.
    """
    from aligner.pipeline.sources import MEMORIES, read_memory
    from aligner.read import read as read_file

    if reader is None and Path(path).suffix.lower() in MEMORIES:
        return read_memory(Path(path))
    return read_file(Path(path), reader=reader, encoding=encoding)


def detect(
    document: Document, *, langs: Iterable[str] = (), detector: str | Detector | None = None
) -> tuple[Segment, ...]:
    """Find which language every passage is in: a document in, its segments in order out.

    ``langs`` are BCP 47 tags known beforehand (a prior). Raises LanguageTagError.
    """
    from aligner.detect import detect as find

    return find(document, detector=detector, langs=tuple(langs))


def split(document: Document, segment: Segment, **options: Unpack[Options]) -> Version:
    """Cut a segment into units: a document and one of its segments in, a version out.

    Of ``Options`` those of splitting count. Raises UsageError for a unit or splitter that there is
    not, MissingExtraError and ModelError for a splitter that is not installed.
    """
    from aligner.split import split as cut

    chosen: dict[str, Any] = {k: v for k, v in options.items() if k in SPLIT_OPTIONS}
    return cut(document, segment, **chosen)


def abbreviations_from(path: PathLike) -> tuple[str, ...]:
    """Read a list of abbreviations, one a line; raises InputError if there is none."""
    from aligner.split.language import read_abbreviations

    return tuple(read_abbreviations(Path(path)))


def load(path: PathLike, *, format: str | None = None) -> Corpus:  # noqa: A002
    """Read a corpus file (TEI and every other format that can be read) back into a corpus.

    The format is that of the ending, or of what an XML file begins with, unless named. Raises
    InputError if there is no such file, InvalidFileError if it is not of that format,
    UnsafeInputError if it reaches for more than a file should, UsageError if no such format is
    read.
    """
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

    ``options`` are those of the format (``tei``, ``pairs``, ``version``, ``excel``, ``langs``).
    Returns what the format could not hold. Raises OutputError if the file exists and ``force`` is
    false, LossError if something would be lost and ``strict`` is true, UsageError for a format or
    option that there is not.
    """
    from aligner.formats import write as write_file

    return write_file(corpus, Path(path), format=format, force=force, strict=strict, **options)


def write_terms(
    entries: Sequence[Mapping[str, str]], path: PathLike, *, force: bool = False
) -> None:
    """Write terms as TBX: one mapping of tag to term per concept in."""
    from aligner.files import whole_file
    from aligner.formats.tbx import write_entries

    with whole_file(Path(path), force=force) as part:
        write_entries(entries, part)
