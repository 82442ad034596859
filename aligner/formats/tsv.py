"""TSV and CSV: a header row, then one bead a row, one column a language.

Line ends and tabs inside a text become spaces; the units of a side stand apart by a double bar.
With ``excel`` the file opens rightly in spreadsheets: a byte order mark, and a text that starts
like a formula gets an apostrophe in front.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from aligner.errors import InputError, InvalidFileError
from aligner.formats.entries import Entry, Head, Losses, corpus_of, entries, head
from aligner.formats.loss import Loss
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
    """The head, and the rows one by one."""
    names = next(_rows(path, delimiter), [])
    langs = languages(names)
    if len(langs) < 2 or len(set(names)) != len(names):
        raise InvalidFileError(
            "the first row does not name two languages or more, each once",
            where=f"{path}:1",
            do="Write the language tags above the columns of texts, as in: uz-Latn, ru, en",
        )
    about = Head(path.stem, langs)
    lines = _rows(path, delimiter)
    next(lines)
    return about, entries_of((dict(zip(names, line, strict=False)) for line in lines), about)


def _rows(path: Path, delimiter: str) -> Iterator[list[str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            yield from csv.reader(stream, delimiter=delimiter)
    except (UnicodeDecodeError, csv.Error) as error:
        raise InvalidFileError(
            "this is no table in UTF-8", where=str(path), why=str(error), do="Export it again"
        ) from error
    except OSError as error:
        raise InputError("the file cannot be read", where=str(path), why=error.strerror) from error
