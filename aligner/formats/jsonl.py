"""JSON Lines: one bead a line, with unit numbers and texts per language, any number of versions.

``{"units": {"uz": [0], "ru": [0, 1], "en": []}, "text": {"uz": ["..."], ...},
"confidence": 0.87, "status": "auto"}``. Unit numbers are 0-based and run on from parallel to
parallel. ``resp`` is written where it is not ``aligner``, ``unit`` where it is not ``sentence``,
``parallel`` and ``role`` where the corpus has more than one parallel. Gold files may be the bare
``{"uz": [0], "ru": [0, 1]}``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aligner.errors import InvalidFileError, InvalidRecordError
from aligner.formats import marks
from aligner.formats.entries import Entry, Head, Losses, entries, head
from aligner.formats.lines import version_of
from aligner.formats.plain import lines as lines_of
from aligner.model import Alignment, Bead, Corpus, Parallel, Version

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from aligner.formats.loss import Loss


@dataclass(frozen=True, slots=True)
class Line:
    """One line: unit numbers per language, and the rest of the object."""

    units: dict[str, tuple[int, ...]]
    more: dict[str, Any]


def write(corpus: Corpus, path: Path) -> Loss:
    """Write one line a bead, in order."""
    return pour(head(corpus), entries(corpus), path, several=len(corpus.alignments) > 1)


def pour(about: Head, found: Iterable[Entry], path: Path, *, several: bool = True) -> Loss:
    """Write entries as they come; ``several`` parallels: say in each line which one it is of."""
    code = json.JSONEncoder(ensure_ascii=False).encode
    with path.open("w", encoding="utf-8", newline="\n", errors="backslashreplace") as stream:
        stream.writelines(code(row) + "\n" for row in _rows(found, several=several))
    return Losses("jsonl", about, ("offsets", "blocks", "the recipe")).loss


def _rows(found: Iterable[Entry], *, several: bool) -> Iterator[dict[str, Any]]:
    offsets: dict[str, int] = {}
    reached: dict[str, int] = {}
    parallel = 0
    for entry in found:
        if entry.parallel != parallel:
            parallel, offsets = entry.parallel, dict(reached)
        units = {}
        for lang, first, texts in zip(entry.langs, entry.first, entry.texts, strict=True):
            start = first + offsets.get(lang, 0)
            stop = start + len(texts)
            units[lang] = list(range(start, stop))
            if stop > reached.get(lang, 0):
                reached[lang] = stop
        row = {
            "units": units,
            "text": dict(zip(entry.langs, entry.texts, strict=True)),
            "confidence": entry.confidence,
            "status": entry.status,
        }
        if entry.resp != "aligner":
            row["resp"] = entry.resp
        if several:
            row |= {"parallel": entry.parallel, "role": entry.role}
        if entry.unit != "sentence":
            row["unit"] = entry.unit
        yield row


def lines(path: Path) -> Iterator[Line]:
    """Read every line as it stands; raises InvalidFileError with the line that is no bead."""
    for number, text in enumerate(lines_of(path), 1):
        if not text.strip():
            continue
        try:
            row = json.loads(text)
            units = row["units"] if isinstance(row.get("units"), dict) else row
            sides = {lang: tuple(map(_whole, side)) for lang, side in units.items()}
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            raise InvalidFileError(
                "this is no bead",
                where=f"{path}, line {number}",
                why=str(error)[:200],
                do='A bead looks like {"units": {"uz": [0], "ru": [0, 1]}, "text": {...}}',
            ) from None
        yield Line(sides, row)


def _whole(unit: Any) -> int:
    if not isinstance(unit, int) or isinstance(unit, bool) or unit < 0:
        raise ValueError(f"{unit!r} is no unit number")
    return unit


def stream(path: Path) -> tuple[Head, Iterator[Entry]]:
    """The head, and the beads one by one; the file is read twice, never held.

    Raises InvalidFileError if no bead is in it.
    """
    langs = dict.fromkeys(lang for line in lines(path) for lang in line.units)
    if not langs:
        raise InvalidFileError("there is no bead in it", where=str(path))
    return Head(path.stem, tuple(langs)), _entries(path)


def _entries(path: Path) -> Iterator[Entry]:
    parallel, offsets, reached = 0, {}, dict[str, int]()
    for line in lines(path):
        if _parallel_of(line) != parallel:
            parallel, offsets = _parallel_of(line), dict(reached)
        langs = tuple(line.units)
        for lang, units in line.units.items():
            reached[lang] = max(reached.get(lang, 0), *(unit + 1 for unit in units[-1:]), 0)
        more = line.more
        yield Entry(
            parallel,
            marks.role(more.get("role")),
            langs,
            tuple(_texts(line, lang, path) for lang in langs),
            tuple(u[0] - offsets.get(lang, 0) if u else 0 for lang, u in line.units.items()),
            marks.share(more.get("confidence")),
            marks.status(more.get("status")),
            str(more.get("resp") or "aligner"),
            marks.unit(more.get("unit")),
        )


def _parallel_of(line: Line) -> int:
    return marks.number(line.more.get("parallel"))


def load(path: Path) -> Corpus:
    """Read beads with their texts; raises InvalidFileError if they do not make an alignment."""
    groups: dict[int, list[Line]] = {}
    for line in lines(path):
        groups.setdefault(_parallel_of(line), []).append(line)
    found = [_parallel(group, path) for group in groups.values()]
    return Corpus(path.stem, tuple(p for p, _ in found), tuple(a for _, a in found))


def _parallel(read: list[Line], path: Path) -> tuple[Parallel, Alignment]:
    try:
        langs = tuple(dict.fromkeys(lang for line in read for lang in line.units))
        versions, first = [], {}
        for lang in langs:
            texts = dict(pair for line in read for pair in _numbered(line, lang, path))
            first[lang] = min(texts, default=0)
            units = [texts[unit] for unit in sorted(texts)]
            made = version_of(units, lang=lang, name=f"{path.stem}.{lang}")
            kind = marks.unit(read[0].more.get("unit"))
            versions.append(Version(made.segment, made.document, made.units, kind))
        beads, crossing = _beads(read, langs, first)
        alignment = Alignment(tuple(versions), beads, crossing=crossing)
        role = marks.role(read[0].more.get("role"))
        return Parallel(tuple(version.segment for version in versions), role), alignment
    except InvalidRecordError as error:
        raise InvalidFileError(
            "these lines are no alignment", where=str(path), why=str(error)
        ) from error


def _texts(line: Line, lang: str, path: Path) -> tuple[str, ...]:
    """The texts of a side, one per unit."""
    texts = line.more.get("text")
    side = texts.get(lang, ()) if isinstance(texts, dict) else ()
    if not isinstance(side, list | tuple) or len(side) != len(line.units[lang]):
        raise InvalidFileError(
            f"a bead has {len(line.units[lang])} units of {lang} but not as many texts",
            where=str(path),
            do='Give every unit its text: {"units": {"uz": [0]}, "text": {"uz": ["..."]}}',
        )
    return tuple(map(str, side))


def _numbered(line: Line, lang: str, path: Path) -> Iterator[tuple[int, str]]:
    if lang in line.units:
        yield from zip(line.units[lang], _texts(line, lang, path), strict=True)


def _beads(
    read: list[Line], langs: tuple[str, ...], first: dict[str, int]
) -> tuple[tuple[Bead, ...], bool]:
    ends, crossing = dict.fromkeys(langs, 0), False
    out: list[Bead] = []
    for line in read:
        sides = []
        for lang in langs:
            units = [unit - first[lang] for unit in line.units.get(lang, ())]
            side = range(units[0], units[-1] + 1) if units else range(ends[lang], ends[lang])
            if len(side) != len(units) or list(side) != units:
                raise InvalidRecordError(f"{units} of {lang} is not a run of units")
            crossing = crossing or side.start < ends[lang]
            ends[lang] = side.stop
            sides.append(side)
        out.append(
            Bead(
                tuple(sides),
                confidence=marks.share(line.more.get("confidence")),
                status=marks.status(line.more.get("status")),
                resp=str(line.more.get("resp") or "aligner"),
            )
        )
    return tuple(out), crossing
