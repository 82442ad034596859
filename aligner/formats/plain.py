"""Plain UTF-8 files, line by line: what is none of them is an error that says so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from aligner.errors import EncodingError, InputError


def lines(path: Path) -> Iterator[str]:
    """The lines of a file without their ends (LF or CR LF), as a stream.

    Raises InputError if it cannot be opened, EncodingError if it is not UTF-8.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="\n") as stream:
            for line in stream:
                yield line.rstrip("\n").removesuffix("\r")
    except UnicodeDecodeError as error:
        raise EncodingError(
            "this is not UTF-8 text",
            where=str(path),
            why=f"byte {error.object[error.start]:#04x} does not fit",
            do="Save it as UTF-8",
        ) from None
    except OSError as error:
        raise InputError("the file cannot be read", where=str(path), why=error.strerror) from error
