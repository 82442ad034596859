"""Parquet (extra ``parquet``): a bead a row, its sides as a list of language, number and text.

The columns do not depend on the languages, so files of several corpora can be read as one table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any

from aligner.errors import InvalidFileError, MissingExtraError
from aligner.formats import marks
from aligner.formats.entries import Entry, Head, Losses, corpus_of, entries, head
from aligner.formats.loss import Loss
from aligner.formats.xmltext import storable
from aligner.model import Corpus

ROWS = 50_000
"""Beads written or read at a time."""


def _pyarrow() -> Any:
    try:
        import_module("pyarrow.parquet")
        return import_module("pyarrow")
    except ImportError:
        raise MissingExtraError("Parquet", package="pyarrow", extra="parquet") from None


def _schema(arrow: Any, about: Head) -> Any:
    side = arrow.struct(
        [("lang", arrow.string()), ("unit", arrow.int64()), ("text", arrow.string())]
    )
    names = ("role", "shape", "status", "resp", "unit")
    fields = [("parallel", arrow.int32()), *((name, arrow.string()) for name in names)]
    fields += [("confidence", arrow.float64()), ("segments", arrow.list_(side))]
    marks = {"title": about.title, "languages": " ".join(about.langs)}
    return arrow.schema(fields, metadata=marks)


def write(corpus: Corpus, path: Path) -> Loss:
    """Write one bead a row."""
    return pour(head(corpus), entries(corpus), path)


def pour(about: Head, found: Iterable[Entry], path: Path) -> Loss:
    """Write entries as they come, ``ROWS`` at a time."""
    arrow = _pyarrow()
    schema = _schema(arrow, about)
    lines = map(_row, found)
    with arrow.parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        while batch := list(islice(lines, ROWS)):
            writer.write_table(_table(arrow, batch, schema))
    return Losses("parquet", about, ("offsets", "blocks", "the recipe")).loss


def _table(arrow: Any, batch: list[dict[str, Any]], schema: Any) -> Any:
    try:
        return arrow.Table.from_pylist(batch, schema=schema)
    except UnicodeEncodeError:  # halves of characters, which no UTF-8 can hold
        for line in batch:
            for part in line["segments"]:
                part["text"] = storable(part["text"])
        return arrow.Table.from_pylist(batch, schema=schema)


def _row(entry: Entry) -> dict[str, Any]:
    sides = zip(entry.langs, entry.first, entry.texts, strict=True)
    return {
        "parallel": entry.parallel + 1,
        "role": entry.role,
        "shape": entry.shape,
        "status": entry.status,
        "resp": entry.resp,
        "unit": entry.unit,
        "confidence": entry.confidence,
        "segments": [
            {"lang": lang, "unit": first + n, "text": text}
            for lang, first, texts in sides
            for n, text in enumerate(texts)
        ],
    }


def load(path: Path) -> Corpus:
    """Read the beads back."""
    about, found = stream(path)
    return corpus_of(about, found)


def stream(path: Path) -> tuple[Head, Iterator[Entry]]:
    """The head, and the beads one by one; raises InvalidFileError for a table of another kind."""
    arrow = _pyarrow()
    try:
        source = arrow.parquet.ParquetFile(path)
        said = source.schema_arrow.metadata or {}
        title = said.get(b"title", path.stem.encode()).decode()
        langs = tuple(dict.fromkeys(said.get(b"languages", b"").decode().split()))
    except Exception as error:  # damage shows itself as exceptions of every kind
        raise InvalidFileError(
            "this is no Parquet file", where=str(path), why=str(error)[:200]
        ) from error
    if "segments" not in source.schema_arrow.names:
        raise InvalidFileError(
            "this Parquet file holds no beads", where=str(path), do="It needs a column 'segments'"
        )
    return Head(title, langs or _languages(source, path)), _entries(source, langs, path)


def _languages(source: Any, path: Path) -> tuple[str, ...]:
    return tuple(dict.fromkeys(lang for e in _entries(source, (), path) for lang in e.langs))


def _entries(source: Any, langs: tuple[str, ...], path: Path) -> Iterator[Entry]:
    places = marks.Places()
    try:
        for batch in source.iter_batches(batch_size=ROWS):
            for line in batch.to_pylist():
                sides: dict[str, list[str]] = {lang: [] for lang in langs}
                for part in line["segments"] or ():
                    sides.setdefault(str(part["lang"]), []).append(str(part["text"]))
                yield _entry(line, sides, places)
    except Exception as error:  # as above
        raise InvalidFileError(
            "this Parquet file is damaged or of another form",
            where=str(path),
            why=str(error)[:200],
        ) from error


def _entry(line: dict[str, Any], sides: dict[str, list[str]], places: marks.Places) -> Entry:
    parallel = marks.place(line.get("parallel"))
    langs, texts = tuple(sides), tuple(map(tuple, sides.values()))
    return Entry(
        parallel,
        marks.role(line.get("role")),
        langs,
        texts,
        places.take(parallel, langs, texts),
        marks.share(line.get("confidence")),
        marks.status(line.get("status")),
        str(line.get("resp") or "aligner"),
        marks.unit(line.get("unit")),
    )
