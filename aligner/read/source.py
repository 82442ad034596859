"""The bytes of a source file, or a clear word on why there are none."""

from __future__ import annotations

from pathlib import Path

from aligner.errors import InputError, ReadError
from aligner.read.encoding import MAX_BYTES


def load(path: Path, *, limit: int = MAX_BYTES) -> bytes:
    """Read a whole file; raises InputError if there is none, ReadError if it is empty or huge."""
    check(path)
    try:
        size = path.stat().st_size
        if size > limit:
            raise ReadError(
                f"it is too big: {size // 1_000_000} MB",
                where=str(path),
                why=f"files of this kind are read up to {limit // 1_000_000} MB",
                do="Cut it into chapters",
            )
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            "this file cannot be read", where=str(path), why=error.strerror or str(error)
        ) from error
    if not data:
        raise ReadError("the file is empty (0 bytes)", where=str(path), do="Save or copy it again")
    return data


def check(path: Path) -> None:
    """Raise InputError unless ``path`` names a file that is there."""
    where = str(path)
    try:
        if path.is_dir():
            raise InputError("this is a folder, not a file", where=where, do="Name the files in it")
        if not path.exists():
            raise InputError("there is no such file", where=where, do="Check the name")
        if not path.is_file():
            raise InputError("this is no ordinary file", where=where, do="Save it as a file first")
    except (OSError, ValueError) as error:
        raise InputError(
            "this is no usable file name", where=repr(where), why=str(error)
        ) from error
