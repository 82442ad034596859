"""``-`` for a file: standard input as a file to read, standard output as a file made."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def given_file(paths: Sequence[Path]) -> Iterator[list[Path]]:
    """Give the paths back, with ``-`` replaced by a file that holds standard input."""
    if Path("-") not in paths:
        yield list(paths)
        return
    with tempfile.TemporaryDirectory() as folder:
        inside = Path(folder) / "stdin.md"
        inside.write_bytes(sys.stdin.buffer.read())
        yield [inside if path == Path("-") else path for path in paths]


@contextmanager
def made_file(path: Path, *, ending: str = ".xml") -> Iterator[Path]:
    """Give a path to write to; what is written for ``-`` goes to standard output."""
    if path != Path("-"):
        yield path
        return
    with tempfile.TemporaryDirectory() as folder:
        outside = Path(folder) / f"stdout{ending}"
        yield outside
        sys.stdout.buffer.write(outside.read_bytes())
        sys.stdout.buffer.flush()
