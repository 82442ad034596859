"""Rows and columns: one bead a row, one column a language. Shared by TSV, CSV and XLSX."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from aligner.formats import marks
from aligner.formats.entries import Entry, Head

MARKS = ("parallel", "role", "unit", "shape", "confidence", "status", "resp")
"""The columns before the languages."""

NEVER = ("offsets", "blocks", "the recipe", "line ends and tabs inside a unit")
"""What no table holds."""

UNIT_END = " \u2016 "
"""Between the units of one side in a row, so that they can be told apart again."""

_BAR = "\u2016"
_BARS = re.compile(f"{_BAR}+")
_DOUBLED = re.compile(f"{_BAR}({_BAR}+)")


def rows(found: Iterable[Entry], langs: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Per entry a row: marks, then the text of every language, its units joined by a double bar."""
    places: dict[tuple[str, ...], Callable[[Entry], list[str]]] = {langs: _all}
    shares: dict[float, str] = {}
    for entry in found:
        sides = places.get(entry.langs)
        if sides is None:
            sides = places[entry.langs] = _picker(entry.langs, langs)
        share = shares.get(entry.confidence)
        if share is None:
            share = shares[entry.confidence] = f"{entry.confidence:.4f}"
            if len(shares) > 1 << 16:
                shares.clear()
        yield (
            str(entry.parallel + 1),
            entry.role,
            entry.unit,
            entry.shape,
            share,
            entry.status,
            entry.resp,
            *sides(entry),
        )


def _all(entry: Entry) -> list[str]:
    """The sides of an entry whose languages are the columns."""
    return [
        texts[0] if len(texts) == 1 and _plain(texts[0]) else UNIT_END.join(map(_cell, texts))
        for texts in entry.texts
    ]


def _picker(present: tuple[str, ...], langs: tuple[str, ...]) -> Callable[[Entry], list[str]]:
    """What puts the sides of other entries below their columns."""
    columns = [present.index(lang) if lang in present else None for lang in langs]

    def sides(entry: Entry) -> list[str]:
        texts = entry.texts
        return ["" if c is None else UNIT_END.join(map(_cell, texts[c])) for c in columns]

    return sides


def _plain(text: str) -> bool:
    return text.isprintable() and _BAR not in text


def flat(text: str) -> str:
    """A text on one line: line ends and tabs become spaces."""
    return text if text.isprintable() else " ".join(text.replace("\t", " ").splitlines())


def _cell(text: str) -> str:
    """A text on one line that cannot be taken for two: its own double bars get one more."""
    return _BARS.sub(rf"\g<0>{_BAR}", flat(text)) if _BAR in text else flat(text)


def units_of(cell: str | None, count: str = "") -> tuple[str, ...]:
    """The units of a side, as ``rows`` wrote them; ``count`` is how many the shape names.

    An empty cell is no unit, and two ends in a row are one, unless the shape says otherwise.
    """
    if not cell:
        return ("",) if count == "1" else ()
    if _BAR not in cell:
        return (cell,)
    parts = [_DOUBLED.sub(r"\1", text) for text in cell.split(UNIT_END)]
    return tuple(parts) if str(len(parts)) == count else tuple([part for part in parts if part])


def languages(names: Iterable[str]) -> tuple[str, ...]:
    """The columns of a table that hold texts: all that are no marks."""
    return tuple(name for name in names if name not in MARKS and name)


def entries_of(lines: Iterable[Mapping[str, str | None]], about: Head) -> Iterator[Entry]:
    """Rows by column name in, entries out; marks that a table of others lacks have defaults."""
    places = marks.Places()
    unknown = [""] * len(about.langs)
    for line in lines:
        counts = (line.get("shape") or "").split("-")
        if len(counts) != len(unknown):
            counts = unknown
        sides = tuple(
            [units_of(line.get(lang), n) for lang, n in zip(about.langs, counts, strict=True)]
        )
        if any(sides):
            parallel = marks.place(line.get("parallel"))
            yield Entry(
                parallel,
                marks.role(line.get("role")),
                about.langs,
                sides,
                places.take(parallel, about.langs, sides),
                marks.share(line.get("confidence")),
                marks.status(line.get("status")),
                line.get("resp") or "aligner",
                marks.unit(line.get("unit")),
            )
