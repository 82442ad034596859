"""TSV and CSV: a header row, then one bead a row, one column a language.

Line ends and tabs inside a text become spaces; the units of a side stand apart by a double bar.
With ``excel`` the file opens rightly in spreadsheets: a byte order mark, and a text that starts
like a formula gets an apostrophe in front.
"""

from __future__ import annotations

import csv
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any, Literal

from aligner.errors import InputError, InvalidFileError
from aligner.formats.entries import Entry, Head, Losses, corpus_of, entries, head
from aligner.formats.loss import Loss
from aligner.formats.survey import is_tag
from aligner.formats.tables import MARKS, NEVER, entries_of, languages, rows
from aligner.model import Corpus

DELIMITER = "\t"
NAME = "tsv"

csv.field_size_limit(1 << 27)


def write(corpus: Corpus, path: Path, *, excel: bool = False) -> Loss:
    """Write one bead a row."""
    return pour(head(corpus), entries(corpus), path, excel=excel)


def pour(
    about: Head,
    found: Iterable[Entry],
    path: Path,
    *,
    excel: bool = False,
    delimiter: str = DELIMITER,
) -> Loss:
    """Write entries as they come."""
    losses = Losses("csv" if delimiter == "," else NAME, about, NEVER)
    encoding = "utf-8-sig" if excel else "utf-8"
    with path.open("w", encoding=encoding, newline="", errors="replace") as stream:
        lines = rows(found, about.langs)
        cells = chain([(*MARKS, *about.langs)], map(_harmless, lines) if excel else lines)
        stream.writelines(_lines(cells, delimiter))
    return losses.loss


def _lines(cells: Iterable[tuple[str, ...]], delimiter: str) -> Iterator[str]:
    """Lines as the csv module writes them, in a tenth of its time where nothing needs quotes."""
    for line in cells:
        text = delimiter.join(line)
        if '"' in text or "\n" in text or "\r" in text or text.count(delimiter) >= len(line):
            text = delimiter.join([_quoted(cell, delimiter) for cell in line])
        yield text + "\n"


def _quoted(cell: str, delimiter: str) -> str:
    if '"' in cell or delimiter in cell or "\n" in cell or "\r" in cell:
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _harmless(cells: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"'{cell}" if cell[:1] in {"=", "+", "-", "@"} else cell for cell in cells)


def load(path: Path, *, delimiter: str = DELIMITER) -> Corpus:
    """Read a table whose first row names the languages; raises InvalidFileError if it has none."""
    about, found = stream(path, delimiter=delimiter)
    return corpus_of(about, found)


def stream(path: Path, *, delimiter: str = DELIMITER) -> tuple[Head, Iterator[Entry]]:
    """The head, and the rows one by one; raises InvalidFileError for what is no such table."""
    form = _form(path, delimiter)
    names = next(_rows(path, form), [])
    langs = languages(names)
    ours = len(langs) < len(names)
    odd = [name for name in langs if not (ours or _is_language(name))]
    if len(langs) < 2 or len(set(names)) != len(names) or odd:
        raise InvalidFileError(
            "the first row does not name two languages or more, each once",
            where=f"{path}:1",
            why=f"{odd[0][:40]!r} is no language tag" if odd else None,
            do="Write the language tags above the columns of texts, as in: uz-Latn, ru, en",
        )
    about = Head(path.stem, langs)
    if not ours and _is_raw(path, form, len(names)):
        form = replace(form, quoting=csv.QUOTE_NONE)
    return about, entries_of(_cells(path, form, names), about)


def _cells(path: Path, form: _Form, names: list[str]) -> Iterator[dict[str, str]]:
    """Every row but the first, by column; raises InvalidFileError if a text is below no name."""
    width = len(names)
    for number, line in enumerate(_rows(path, form), 1):
        if len(line) > width and any(line[width:]):
            raise InvalidFileError(
                f"row {number} has more cells than the first one names",
                where=str(path),
                do="Name every column, or take the tabs out of the texts",
            )
        if number > 1:
            yield dict(zip(names, line, strict=False))


@dataclass(frozen=True, slots=True)
class _Form:
    """How a table is written."""

    delimiter: str
    encoding: str = "utf-8-sig"
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL


def _form(path: Path, delimiter: str) -> _Form:
    """By the first line: UTF-16 as spreadsheets write it, semicolons where commas are decimals."""
    with _opened(path, "rb") as stream:
        start = stream.readline(1 << 16)
    if start[:2] in {BOM_UTF16_LE, BOM_UTF16_BE}:
        return _Form(delimiter, "utf-16")
    semicolons = delimiter == "," and b"," not in start and b";" in start
    return _Form(";" if semicolons else delimiter)


def _is_language(name: str) -> bool:
    """True for a tag whose language has two or three letters, as all in use have."""
    first = name.partition("-")[0]
    return (is_tag(name) and len(first) in {2, 3}) or first.lower() == "x"


def _is_raw(path: Path, form: _Form, columns: int) -> bool:
    """True if quotation marks are but text: cells that open one and do not close it."""
    if form.delimiter != "\t":
        return False
    odd = False
    with _opened(path, "r", encoding=form.encoding, newline="") as stream:
        for line in stream:
            if line.strip() and line.count("\t") + 1 != columns:
                return False
            odd = odd or any(_is_open(cell) for cell in line.rstrip("\r\n").split("\t"))
    return odd


def _is_open(cell: str) -> bool:
    return cell[:1] == '"' and (cell.count('"') % 2 == 1 or cell[-1] != '"')


def _rows(path: Path, form: _Form) -> Iterator[list[str]]:
    with _opened(path, "r", encoding=form.encoding, newline="") as stream:
        yield from csv.reader(stream, delimiter=form.delimiter, quoting=form.quoting)


@contextmanager
def _opened(path: Path, mode: str, **how: Any) -> Iterator[Any]:
    try:
        with path.open(mode, **how) as stream:
            yield stream
    except (UnicodeError, csv.Error) as error:
        raise InvalidFileError(
            "this is no table in UTF-8", where=str(path), why=str(error), do="Export it again"
        ) from error
    except OSError as error:
        raise InputError("the file cannot be read", where=str(path), why=error.strerror) from error
