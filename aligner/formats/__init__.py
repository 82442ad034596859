"""Corpora in and out of files. One module a format, looked up by name in ``registry``.

A format module has ``write(corpus, path, **options) -> Loss``, ``load(path) -> Corpus``, or one of
them. ``path`` is a file beside the final one, which takes its place when all is written. A format
that makes several files has also ``siblings(corpus, path, **options) -> tuple[Path, ...]`` (those
beside ``path``); its ``write`` then gets ``parts``, a dict from each final path to the one to
write to.
"""

from __future__ import annotations

import inspect
import re
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aligner import registry
from aligner.errors import InputError, UsageError
from aligner.files import whole_file
from aligner.formats.loss import Loss
from aligner.formats.packed import is_packed, pack, unpacked
from aligner.formats.xmlstream import opened

if TYPE_CHECKING:
    from aligner.model import Corpus

__all__ = [
    "ENDINGS",
    "Loss",
    "format_in",
    "format_of",
    "given_file",
    "known_options",
    "load",
    "write",
]

ENDINGS = {
    ".xml": "tei",
    ".tei": "tei",
    ".tmx": "tmx",
    ".xlf": "xliff",
    ".xliff": "xliff",
    ".xces": "xces",
    ".xces.xml": "xces",
    ".ces": "xces",
    ".intertext.xml": "intertext",
    ".tsv": "tsv",
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".vecalign": "vecalign",
    ".ladder": "hunalign",
    ".moses": "moses",
    ".html": "html",
    ".htm": "html",
    ".tbx": "tbx",
    ".xlsx": "xlsx",
    ".parquet": "parquet",
    ".vert": "sketch",
    ".vrt": "cwb",
}
"""Endings of file names, the longest that fits wins; ``.gz`` after one packs the file."""


def format_of(path: Path, format: str | None = None) -> str:  # noqa: A002 (the word users type)
    """The name of the format: as given, else by the path's ending. UsageError if it has none."""
    if format is not None:
        return format
    name = path.name.lower().removesuffix(".gz")
    fits = [ending for ending in ENDINGS if name.endswith(ending)]
    if fits:
        return ENDINGS[max(fits, key=len)]
    raise UsageError(
        f"the ending of {path.name!r} tells no format",
        do=f"Name one with --to: {', '.join(registry.names('formats'))}",
    )


def format_in(path: Path, format: str | None = None) -> str:  # noqa: A002
    """The name of the format of a file to be read: as given, by its ending, or what XML it is.

    Raises UsageError, which tells a document from a corpus.
    """
    try:
        name = format_of(path, format)
    except UsageError as error:
        raise UsageError(
            f"the ending of {path.name!r} is that of no corpus",
            do="Make a corpus of a document with: aligner run. Is it one? aligner convert --from",
        ) from error
    if format is None and name == "tei":
        with opened(path) as source:
            start = source.read(1 << 14)
        found = _ROOT.search(start)
        return _ROOTS.get(found[1].decode() if found else "", name)
    return name


_ROOT = re.compile(rb"<([A-Za-z][\w.-]*)[\s/>]")
_ROOTS = {
    "cesAlign": "xces",
    "linkGrp": "intertext",
    "tmx": "tmx",
    "xliff": "xliff",
    "martif": "tbx",
    "tbx": "tbx",
}
"""Outermost elements of formats whose files are often called .xml."""


def write(
    corpus: Corpus,
    path: str | Path,
    *,
    format: str | None = None,  # noqa: A002
    force: bool = False,
    strict: bool = False,
    **options: Any,
) -> Loss:
    """Write a corpus; report what the format cannot hold.

    In: the corpus, the path of the file to make, the format's name (by default from the ending)
    and its own options. Out: the ``Loss``. The file appears whole or not at all. Raises
    OutputError if it exists and ``force`` is false, LossError if ``strict`` and something would be
    lost, UsageError for an unknown format or option.
    """
    path = Path(path)
    name = format_of(path, format)
    module = registry.lookup("formats", name)
    writer = getattr(module, "write", module if callable(module) else None)
    if writer is None:
        raise UsageError(f"{name} is a format to read, not to write", where=str(path))
    known_options(writer, name, options)
    several = hasattr(module, "siblings")
    with ExitStack() as files:
        others = module.siblings(corpus, path, **options) if several else ()
        packed = is_packed(path, module, several=bool(others))
        part = files.enter_context(whole_file(path, force=force))
        if several:
            parts = {other: files.enter_context(whole_file(other, force=force)) for other in others}
            loss: Loss = writer(corpus, part, parts={path: part, **parts}, **options)
        else:
            loss = writer(corpus, part, **options)
        if strict:
            loss.forbid(str(path))
        if packed:
            pack(part)
    return loss


def load(
    path: str | Path,
    *,
    format: str | None = None,  # noqa: A002
    **options: Any,
) -> Corpus:
    """Read a corpus back.

    In: the path, the format's name (by default from the ending, or from what an XML file begins
    with) and the format's own options. Raises InputError if there is no such file, InvalidFileError
    if it is not of that format, UnsafeInputError if it reaches for more than a file should,
    UsageError for a format that is not read, or an option that it does not take.
    """
    path = Path(path)
    given_file(path)
    name = format_in(path, format)
    module = registry.lookup("formats", name)
    if not hasattr(module, "load"):
        raise UsageError(f"{name} is a format to write, not to read", where=str(path))
    known_options(module.load, name, options)
    with unpacked(path, module) as plain:
        corpus: Corpus = module.load(plain, **options)
    return corpus


def given_file(path: Path) -> None:
    """Raise InputError if there is no such file."""
    if path.is_dir() or not path.exists():
        what = "this is a folder" if path.is_dir() else "there is no such file"
        raise InputError(what, where=str(path), do="Name a corpus file")


def known_options(function: Any, name: str, options: dict[str, Any]) -> None:
    """Raise UsageError for an option that a format's function does not take."""
    takes = inspect.signature(function).parameters
    if any(p.kind is inspect.Parameter.VAR_KEYWORD for p in takes.values()):
        return
    known = [p.name for p in takes.values() if p.kind is inspect.Parameter.KEYWORD_ONLY]
    for option in options:
        if option not in known or option == "parts":
            raise UsageError(
                f"{name} has no option {option!r}",
                do=f"It takes: {', '.join(k for k in known if k != 'parts') or 'none'}",
            )
