"""Path in, Document out: the reader is chosen by what a file holds, then by its ending."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from inspect import signature
from pathlib import Path
from typing import Any

from aligner import registry
from aligner.errors import AlignerError, InputError, ReadError
from aligner.model import Document
from aligner.read.sniff import candidates
from aligner.read.source import check

__all__ = ["read"]


def read(
    path: Path | str,
    *,
    reader: str | Callable[[Path], Document] | None = None,
    encoding: str | None = None,
) -> Document:
    """Read a source document: path in, Document (text, blocks, metadata) out.

    ``reader`` is a registered name or an object to use instead of choosing one; ``encoding`` is
    the encoding of a text file (found unless given). ``-`` is standard input. What there is to be
    said about the reading (encoding taken, characters replaced) are facts named ``encoding`` and
    ``note`` of the document's metadata.

    Raises InputError (no such file, a folder), ReadError (no reader takes it; with the reason of
    each), EncodingError, UnsafeInputError, UsageError (unknown encoding), UnknownNameError,
    MissingExtraError.
    """
    if str(path) == "-":
        return _standard_input(reader=reader, encoding=encoding)
    path = Path(path)
    check(path)
    if reader is not None:
        chosen = registry.lookup("readers", reader) if isinstance(reader, str) else reader
        return _call(chosen, path, encoding)
    return _first_that_takes(path, encoding)


def _first_that_takes(path: Path, encoding: str | None) -> Document:
    reasons: list[str] = []
    tried: list[ReadError] = []
    for name in candidates(path, registry.names("readers")):
        try:
            return _call(registry.lookup("readers", name), path, encoding)
        except ReadError as error:
            reasons.append(f"{name}: {error.what}" + (f" ({error.why})" if error.why else ""))
            tried.append(error)
    if len(tried) == 1:
        raise tried[0]
    raise ReadError(
        "no reader takes this file", where=str(path), why="; ".join(reasons),
        do=next((error.do for error in tried if error.do), "Save it as text, DOCX, ODT or HTML"),
    )  # fmt: skip


def _call(reader: Any, path: Path, encoding: str | None) -> Document:
    """Call a reader; whatever it throws becomes an error of this library."""
    try:
        if encoding is not None and "encoding" in signature(reader).parameters:
            document = reader(path, encoding=encoding)
        else:
            document = reader(path)
    except (AlignerError, KeyboardInterrupt):
        raise
    except OSError as error:
        raise InputError(
            "this file cannot be read", where=str(path), why=error.strerror or str(error)
        ) from error
    except (MemoryError, RecursionError) as error:
        raise InputError(
            "this file is too big or too deeply nested to be read", where=str(path)
        ) from error
    except Exception as error:  # libraries and plug-ins answer to damage with every kind
        raise ReadError(
            "this file is damaged", where=str(path), why=f"{type(error).__name__}: {error}"
        ) from error
    if not isinstance(document, Document):
        raise ReadError("the reader gave no Document", where=str(path))
    return document


def _standard_input(*, reader: Any, encoding: str | None) -> Document:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "standard-input"
        path.write_bytes(sys.stdin.buffer.read())
        return replace(read(path, reader=reader, encoding=encoding), name="standard input")
