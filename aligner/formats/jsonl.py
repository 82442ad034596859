"""JSON Lines: one bead a line, with unit numbers and texts per language, any number of versions.

``{"units": {"uz": [0], "ru": [0, 1], "en": []}, "text": {"uz": ["..."], ...},
"confidence": 0.87, "status": "auto"}``. Unit numbers are 0-based and run on from parallel to
parallel. ``resp`` is written where it is not ``aligner``; ``parallel`` and ``role`` where the
corpus has more than one parallel. Gold files may be the bare ``{"uz": [0], "ru": [0, 1]}``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aligner.errors import InvalidFileError, InvalidRecordError
from aligner.formats.lines import version_of
from aligner.model import ROLES, Alignment, Bead, Corpus, Parallel, Role

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Line:
    """One line: unit numbers per language, and the rest of the object."""

    units: dict[str, tuple[int, ...]]
    more: dict[str, Any]


def write(corpus: Corpus, path: Path) -> tuple[str, ...]:
    """Write one line a bead, in order; returns what the format cannot hold, in sentences."""
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in _rows(corpus))
    lost = ["jsonl files hold no offsets, no blocks, no metadata and no recipe."]
    if corpus.rest:
        lost.append(f"{len(corpus.rest)} unaligned stretches are left out.")
    return tuple(lost)


def _rows(corpus: Corpus) -> Iterator[dict[str, Any]]:
    offsets: dict[str, int] = {}
    several = len(corpus.alignments) > 1
    for number, alignment in enumerate(corpus.alignments):
        for view in alignment:
            yield {
                "units": {
                    side.lang: [unit + offsets.get(side.lang, 0) for unit in side.numbers]
                    for side in view.sides
                },
                "text": {side.lang: list(side.texts) for side in view.sides},
                "confidence": view.confidence,
                "status": view.status,
                **({} if view.bead.resp == "aligner" else {"resp": view.bead.resp}),
                **({"parallel": number, "role": corpus.parallels[number].role} if several else {}),
            }
        for version in alignment.versions:
            offsets[version.lang] = offsets.get(version.lang, 0) + len(version)


def lines(path: Path) -> tuple[Line, ...]:
    """Read every line as it stands; raises InvalidFileError with the line that is no bead."""
    found: list[Line] = []
    for number, text in enumerate(path.read_text(encoding="utf-8-sig").split("\n"), 1):
        if not text.strip():
            continue
        try:
            row = json.loads(text)
            units = row["units"] if isinstance(row.get("units"), dict) else row
            found.append(
                Line(
                    {lang: tuple(_whole(unit) for unit in side) for lang, side in units.items()},
                    row,
                )
            )
        except (ValueError, TypeError, AttributeError) as error:
            raise InvalidFileError(
                "this is no bead",
                where=f"{path}, line {number}",
                why=str(error),
                do='A bead looks like {"units": {"uz": [0], "ru": [0, 1]}, "text": {...}}',
            ) from None
    return tuple(found)


def _whole(unit: Any) -> int:
    if not isinstance(unit, int) or isinstance(unit, bool) or unit < 0:
        raise ValueError(f"{unit!r} is no unit number")
    return unit


def load(path: Path) -> Corpus:
    """Read beads with their texts; raises InvalidFileError if they do not make an alignment."""
    read = lines(path)
    numbers = list(dict.fromkeys(int(line.more.get("parallel", 0)) for line in read))
    found = [
        _parallel([line for line in read if line.more.get("parallel", 0) == n], path)
        for n in numbers
    ]
    return Corpus(path.stem, tuple(p for p, _ in found), tuple(a for _, a in found))


def _parallel(read: list[Line], path: Path) -> tuple[Parallel, Alignment]:
    try:
        langs = tuple(dict.fromkeys(lang for line in read for lang in line.units))
        texts = {lang: _texts(read, lang) for lang in langs}
        first = {lang: min(texts[lang], default=0) for lang in langs}
        versions = tuple(
            version_of(
                [texts[lang][unit] for unit in sorted(texts[lang])],
                lang=lang,
                name=f"{path.stem}.{lang}",
            )
            for lang in langs
        )
        beads, crossing = _beads(read, langs, first)
        alignment = Alignment(versions, beads, crossing=crossing)
        role: Role = read[0].more.get("role", "body")
        role = role if role in ROLES else "body"
        return Parallel(tuple(version.segment for version in versions), role), alignment
    except (InvalidRecordError, KeyError, TypeError, ValueError) as error:
        raise InvalidFileError(
            "these lines are no alignment", where=str(path), why=str(error)
        ) from error


def _texts(read: list[Line], lang: str) -> dict[int, str]:
    return {
        unit: str(text)
        for line in read
        for unit, text in zip(
            line.units.get(lang, ()), line.more.get("text", {}).get(lang, ()), strict=True
        )
    }


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
            if list(side) != units:
                raise InvalidRecordError(f"{units} of {lang} is not a run of units")
            crossing = crossing or side.start < ends[lang]
            ends[lang] = side.stop
            sides.append(side)
        out.append(
            Bead(
                tuple(sides),
                confidence=line.more.get("confidence", 1.0),
                status=line.more.get("status", "auto"),
                resp=line.more.get("resp", "aligner"),
            )
        )
    return tuple(out), crossing
