"""XLSX (extra ``xlsx``): a bead a row, to look through in a spreadsheet and to read back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import count, islice
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from aligner.errors import AlignerError, InvalidFileError, MissingExtraError, UnsafeInputError
from aligner.formats.entries import Entry, Head, Losses, corpus_of, entries, head
from aligner.formats.loss import Loss
from aligner.formats.tables import MARKS, NEVER, entries_of, languages, rows
from aligner.formats.xmlstream import refuse_unsafe
from aligner.formats.xmltext import storable
from aligner.model import Corpus

MOST_BYTES = 1 << 30
"""Unpacked size beyond which a file is taken for a bomb."""

MOST_RATIO = 200
"""How much smaller than its content a file may be; spreadsheets of text pack to 1 : 30."""

SHEET = 1 << 20
"""Rows a sheet may have."""

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
    """Write entries as they come; what no longer fits on a sheet goes to the next."""
    losses = Losses("xlsx", about, NEVER)
    book = _openpyxl().Workbook(write_only=True)
    lines = rows(found, about.langs)
    for number in count(1):
        sheet = _sheet(book, number, about.langs)
        written = 0
        for line in islice(lines, SHEET - 1):
            cells = [storable(cell) for cell in line]
            losses.add("characters beyond a cell", sum(max(0, len(c) - CELL) for c in cells))
            sheet.append([_cell(sheet, cell[:CELL]) for cell in cells])
            written += 1
        if written < SHEET - 1:
            break
    book.save(path)
    return losses.loss


def _sheet(book: Any, number: int, langs: tuple[str, ...]) -> Any:
    """A sheet with its row of names, which stays in sight, and wide columns of texts."""
    letter = import_module("openpyxl.utils").get_column_letter
    sheet = book.create_sheet("beads" if number == 1 else f"beads {number}")
    sheet.freeze_panes = "A2"
    for column in range(len(MARKS) + 1, len(MARKS) + 1 + len(langs)):
        sheet.column_dimensions[letter(column)].width = 60
    sheet.append((*MARKS, *langs))
    return sheet


def _cell(sheet: Any, text: str) -> Any:
    """A cell of text where it looks like something else: a leading ``=`` makes no formula."""
    if not text.startswith(("=", "#")):
        return text
    made = _openpyxl().cell.WriteOnlyCell(sheet, value=text)
    made.data_type = "s"
    return made


def load(path: Path) -> Corpus:
    """Read the first sheet; its first row names the languages."""
    about, found = stream(path)
    return corpus_of(about, found)


def stream(path: Path) -> tuple[Head, Iterator[Entry]]:
    """The head, and the rows one by one.

    Raises UnsafeInputError for files that unpack too far, InvalidFileError for damaged ones and for
    tables without languages.
    """
    _check(path)
    found = _rows(path)
    names = [name for name in next(found, []) if name]
    langs = languages(names)
    if len(langs) < 2 or len(set(names)) != len(names):
        raise InvalidFileError(
            "the first row does not name two languages or more, each once",
            where=str(path),
            do="Write the language tags above the columns of texts",
        )
    about = Head(path.stem, langs)
    lines = (dict(zip(names, line, strict=False)) for line in found if line[: len(names)] != names)
    return about, entries_of(lines, about)


def _rows(path: Path) -> Iterator[list[str]]:
    """The rows of all sheets, one by one."""
    library = _openpyxl()
    try:
        book = library.load_workbook(path, read_only=True, data_only=True)
        try:
            for sheet in book.worksheets:
                for line in sheet.iter_rows(values_only=True):
                    yield [_text(value) for value in line]
        finally:
            book.close()
    except AlignerError:
        raise
    except Exception as error:  # openpyxl answers to damage with exceptions of every kind
        raise InvalidFileError(
            "this is no spreadsheet of beads", where=str(path), why=str(error)[:200]
        ) from error


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _check(path: Path) -> None:
    """Refuse what is no archive, unpacks too far, or holds XML that reaches beyond itself."""
    try:
        with ZipFile(path) as archive:
            _refuse_bombs(archive, path)
    except AlignerError:
        raise
    except Exception as error:  # zipfile too: damaged sizes, offsets, names, methods
        raise InvalidFileError(
            "this is no XLSX file",
            where=str(path),
            why=str(error)[:200],
            do="Save it again as .xlsx",
        ) from error


def _refuse_bombs(archive: ZipFile, path: Path) -> None:
    size = sum(part.file_size for part in archive.infolist())
    if size > MOST_BYTES or size > MOST_RATIO * max(path.stat().st_size, 1 << 16):
        raise UnsafeInputError(
            f"it unpacks to {size} bytes", where=str(path), why="Such a file may fill the memory"
        )
    for part in archive.infolist():
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as stream:
                refuse_unsafe(path, stream)
