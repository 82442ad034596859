"""CSV: as TSV, with commas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from aligner.formats import tsv
from aligner.formats.entries import Entry, Head, entries, head
from aligner.formats.loss import Loss
from aligner.model import Corpus


def write(corpus: Corpus, path: Path, *, excel: bool = False) -> Loss:
    """Write one bead a row."""
    return pour(head(corpus), entries(corpus), path, excel=excel)


def pour(about: Head, found: Iterable[Entry], path: Path, *, excel: bool = False) -> Loss:
    """Write entries as they come."""
    return tsv.pour(about, found, path, excel=excel, delimiter=",")


def load(path: Path) -> Corpus:
    """Read a table whose first row names the languages."""
    return tsv.load(path, delimiter=",")


def stream(path: Path) -> tuple[Head, Iterator[Entry]]:
    """The head, and the rows one by one."""
    return tsv.stream(path, delimiter=",")
