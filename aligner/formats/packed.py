"""Gzipped files of any format: packed behind its writer, unpacked before a reader that is plain.

A format module that reads packed files itself says ``UNPACKS = True``; one that packs its own,
``PACKS = True``.
"""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

from aligner.errors import UsageError
from aligner.formats.xmlstream import opened


@contextmanager
def unpacked(path: Path, module: ModuleType) -> Iterator[Path]:
    """The path that a format's reader can read: a plain copy, for the time, if it has to be one.

    Raises InvalidFileError for what is no gzip file, UnsafeInputError for a bomb.
    """
    if path.suffix != ".gz" or getattr(module, "UNPACKS", False):
        yield path
        return
    with TemporaryDirectory() as folder:
        copy = Path(folder) / path.name.removesuffix(".gz")
        with opened(path) as source, copy.open("wb") as target:
            while chunk := source.read(1 << 20):
                target.write(chunk)
        yield copy


def is_packed(path: Path, module: ModuleType, *, several: bool) -> bool:
    """True if the file that is to stand at ``path`` has to be gzipped by ``pack``.

    Raises UsageError for a format of several files, which has no one file to pack.
    """
    if path.suffix != ".gz" or getattr(module, "PACKS", False):
        return False
    if several:
        raise UsageError(
            "a corpus of several files is not gzipped as one",
            where=str(path),
            do="Take the .gz off the name",
        )
    return True


def pack(part: Path) -> None:
    """Gzip a file in its place, without a time stamp: the same text, the same bytes."""
    other = part.with_name(f"{part.name}.gz")
    try:
        with (
            part.open("rb") as source,
            other.open("wb") as target,
            gzip.GzipFile("", "wb", 6, target, mtime=0) as out,
        ):
            shutil.copyfileobj(source, out, 1 << 20)
        other.replace(part)
    finally:
        other.unlink(missing_ok=True)
