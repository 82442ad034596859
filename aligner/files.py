"""Files that appear whole or not at all, and never over somebody's work."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aligner.errors import OutputError


@contextmanager
def whole_file(path: Path, *, force: bool = False) -> Iterator[Path]:
    """Give a path beside ``path`` to write to; on success it takes ``path``'s place in one step.

    Raises OutputError if ``path`` exists and ``force`` is false, or its folder cannot be written.
    On any error nothing is left behind.
    """
    if path.is_dir():
        raise OutputError("this is a folder", where=str(path), do="Name a file in it")
    if path.exists() and not force:
        raise OutputError(
            "this file exists already", where=str(path), do="Choose another name, or give --force"
        )
    try:
        handle, name = tempfile.mkstemp(
            prefix=f".{path.name[:60]}.", suffix=".part", dir=path.parent
        )
        os.close(handle)
    except OSError as error:
        raise OutputError(
            "nothing can be written here",
            where=str(path.parent),
            why=error.strerror,
            do="Choose a folder that exists and that you may write to",
        ) from error
    part = Path(name)
    try:
        yield part
        part.chmod(0o666 & ~_umask())
        part.replace(path)
    except OSError as error:
        raise OutputError("writing failed", where=str(path), why=error.strerror) from error
    finally:
        part.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
