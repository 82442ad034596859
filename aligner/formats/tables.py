"""Rows and columns: one bead a row, one column a language. Shared by TSV, CSV, XLSX, Parquet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from aligner.formats.entries import Entry, Head
from aligner.model import ROLES, STATUSES

MARKS = ("parallel", "role", "shape", "confidence", "status", "resp")
"""The columns before the languages."""

UNIT_END = " \u2016 "
"""Between the units of one side in a row, so that they can be told apart again."""


def row(entry: Entry, langs: Iterable[str]) -> tuple[str, ...]:
    """One row: marks, then the text of every language, its units joined by a double bar."""
    marks = (
        str(entry.parallel + 1),
        entry.role,
        entry.shape,
        f"{entry.confidence:.4f}",
        entry.status,
        entry.resp,
    )
    sides = dict(zip(entry.langs, entry.texts, strict=True))
    return (*marks, *(UNIT_END.join(map(flat, sides.get(lang, ()))) for lang in langs))


def flat(text: str) -> str:
    """A text on one line: line ends and tabs become spaces."""
    return " ".join(text.replace("\t", " ").splitlines()) if not text.isprintable() else text


def languages(names: Iterable[str]) -> tuple[str, ...]:
    """The columns of a table that hold texts: all that are no marks."""
    return tuple(name for name in names if name not in MARKS and name)


def entries_of(rows: Iterable[Mapping[str, str | None]], about: Head) -> Iterator[Entry]:
    """Rows by column name in, entries out; marks that a table of others lacks have defaults."""
    seen = dict.fromkeys(about.langs, 0)
    for line in rows:
        sides = [tuple(filter(None, (line.get(lang) or "").split(UNIT_END))) for lang in seen]
        if any(sides):
            first = tuple(seen.values())
            for lang, side in zip(seen, sides, strict=True):
                seen[lang] += len(side)
            yield Entry(
                parallel=_whole(line.get("parallel")),
                role=next((role for role in ROLES if role == line.get("role")), "body"),
                langs=about.langs,
                texts=tuple(sides),
                first=first,
                confidence=_share(line.get("confidence")),
                status=next((s for s in STATUSES if s == line.get("status")), "auto"),
                resp=line.get("resp") or "aligner",
            )


def _whole(text: str | None) -> int:
    return int(text) - 1 if text and text.isdecimal() and int(text) else 0


def _share(text: str | None) -> float:
    try:
        return min(1.0, max(0.0, float(text or 1.0)))
    except ValueError:
        return 1.0
