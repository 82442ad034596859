"""XLSX (extra ``xlsx``): a bead a row, to look through in a spreadsheet and to read back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from aligner.errors import InvalidFileError, MissingExtraError, UnsafeInputError
from aligner.formats.entries import Entry, Head, Losses, corpus_of, entries, head
from aligner.formats.loss import Loss
from aligner.formats.tables import MARKS, entries_of, languages, row
from aligner.formats.xmltext import storable
from aligner.model import Corpus

MOST_BYTES = 1 << 30
"""Unpacked size beyond which a file is taken for a bomb."""

CELL = 32767
"""Characters a cell may hold."""


def _openpyxl() -> Any:
    try:
        return import_module("openpyxl")
    except ImportError:
        raise MissingExtraError("XLSX", package="openpyxl", extra="xlsx") from None


def write(corpus: Corpus, path: Path) -> Loss:
    """Write one sheet: a header row, then one bead a row."""
    return pour(head(corpus), entries(corpus), path)


def pour(about: Head, found: Iterable[Entry], path: Path) -> Loss:
    """Write entries as they come."""
    losses = Losses("xlsx", about)
    book = _openpyxl().Workbook(write_only=True)
    sheet = book.create_sheet("beads")
    sheet.freeze_panes = "A2"
    for number in range(len(MARKS) + 1, len(MARKS) + 1 + len(about.langs)):
        sheet.column_dimensions[chr(64 + number) if number < 27 else "AA"].width = 60
    sheet.append((*MARKS, *about.langs))
    for entry in found:
        cells = [storable(cell) for cell in row(entry, about.langs)]
        losses.add("characters beyond a cell", sum(max(0, len(c) - CELL) for c in cells))
        sheet.append([_cell(sheet, cell[:CELL]) for cell in cells])
    book.save(path)
    return losses.loss


def _cell(sheet: Any, text: str) -> Any:
    """A cell of text, whatever it looks like: a leading ``=`` makes no formula."""
    made = _openpyxl().cell.WriteOnlyCell(sheet, value=text)
    made.data_type = "s"
    return made


def load(path: Path) -> Corpus:
    """Read the first sheet; its first row names the languages."""
    about, found = stream(path)
    return corpus_of(about, found)


def stream(path: Path) -> tuple[Head, Iterator[Entry]]:
    """The head, and the rows one by one. Raises UnsafeInputError for files that unpack too far."""
    _check(path)
    try:
        book = _openpyxl().load_workbook(path, read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(values_only=True)
        names = [str(name or "") for name in next(rows, ())]
    except (KeyError, ValueError, IndexError, OSError, SyntaxError) as error:
        raise InvalidFileError(
            "this is no spreadsheet of beads", where=str(path), why=str(error)
        ) from error
    langs = languages(names)
    if len(langs) < 2:
        raise InvalidFileError(
            "the first row does not name two languages or more",
            where=str(path),
            do="Write the language tags above the columns of texts",
        )
    about = Head(path.stem, langs)
    lines = (dict(zip(names, map(_text, line), strict=False)) for line in rows)
    return about, entries_of(lines, about)


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _check(path: Path) -> None:
    try:
        with ZipFile(path) as archive:
            size = sum(part.file_size for part in archive.infolist())
    except (BadZipFile, OSError, ValueError) as error:
        raise InvalidFileError(
            "this is no XLSX file", where=str(path), why=str(error), do="Save it again as .xlsx"
        ) from error
    if size > MOST_BYTES or size > 200 * max(path.stat().st_size, 1 << 16):
        raise UnsafeInputError(
            f"it unpacks to {size} bytes", where=str(path), why="such a file may fill the memory"
        )
