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
from aligner.formats.entries import Entry, Head, Losses, corpus_of, entries, head
from aligner.formats.loss import Loss
from aligner.model import ROLES, STATUSES, UNIT_KINDS, Corpus

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
    rows = map(_row, found)
    with arrow.parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        while batch := list(islice(rows, ROWS)):
            writer.write_table(arrow.Table.from_pylist(batch, schema=schema))
    return Losses("parquet", about).loss


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
    """The head, and the beads one by one."""
    arrow = _pyarrow()
    try:
        source = arrow.parquet.ParquetFile(path)
    except (arrow.ArrowException, OSError) as error:
        raise InvalidFileError(
            "this is no Parquet file", where=str(path), why=str(error)
        ) from error
    marks = {k.decode(): v.decode() for k, v in (source.schema_arrow.metadata or {}).items()}
    if "segments" not in source.schema_arrow.names:
        raise InvalidFileError(
            "this Parquet file holds no beads", where=str(path), do="It needs a column 'segments'"
        )
    langs = tuple(marks.get("languages", "").split())
    return Head(marks.get("title", path.stem), langs), _entries(source, langs)


def _entries(source: Any, langs: tuple[str, ...]) -> Iterator[Entry]:
    for batch in source.iter_batches(batch_size=ROWS):
        for line in batch.to_pylist():
            sides: dict[str, list[tuple[int, str]]] = {lang: [] for lang in langs}
            for part in line["segments"]:
                sides.setdefault(part["lang"], []).append((part["unit"], part["text"]))
            yield _entry(line, sides)


def _entry(line: dict[str, Any], sides: dict[str, list[tuple[int, str]]]) -> Entry:
    return Entry(
        parallel=max(0, int(line.get("parallel") or 1) - 1),
        role=next((role for role in ROLES if role == line.get("role")), "body"),
        langs=tuple(sides),
        texts=tuple(tuple(text for _, text in side) for side in sides.values()),
        first=tuple(side[0][0] if side else 0 for side in sides.values()),
        confidence=float(line.get("confidence") or 0.0),
        status=next((s for s in STATUSES if s == line.get("status")), "auto"),
        resp=line.get("resp") or "aligner",
        unit=next((u for u in UNIT_KINDS if u == line.get("unit")), "sentence"),
    )
