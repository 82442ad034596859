"""Anchors and barriers from files: what the user knows about an alignment beforehand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from aligner.errors import InputError, UsageError
from aligner.model import Bead

_RANGE = re.compile(r"(\d+)(?:\s*[-,]\s*(\d+))?")


def read_anchors(path: Path, *, versions: int) -> list[tuple[range, ...]]:
    """Read beads that must be there: a TSV file, one a line, a column per version.

    A column is a 0-based unit number (``7``), a run of them (``7-8``), or empty for a version that
    lacks the passage. Lines that start with ``#`` are comments. Raises InputError for a line that
    is none, UsageError for another number of columns.
    """
    return [
        tuple(_range(cell, path, line) for cell in cells) for line, cells in _rows(path, versions)
    ]


def read_barriers(path: Path, *, versions: int) -> list[tuple[int, ...]]:
    """Read places that no bead may cross: a TSV file, one a line, a column per version.

    A column is the 0-based number of the unit before which the barrier stands. Raises InputError
    for a line that is none, UsageError for another number of columns.
    """
    found = []
    for line, cells in _rows(path, versions):
        if not all(cell.strip().isdecimal() for cell in cells):
            raise _bad(path, line, "a barrier is a unit number per version, as in 12<TAB>14")
        found.append(tuple(int(cell) for cell in cells))
    return found


def _rows(path: Path, versions: int) -> list[tuple[int, list[str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("this file cannot be read", where=str(path), why=str(error)) from error
    rows = [
        (number, line.split("\t"))
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip() and not line.startswith("#")
    ]
    for number, cells in rows:
        if len(cells) != versions:
            raise UsageError(
                f"{len(cells)} columns for {versions} versions",
                where=f"{path}, line {number}",
                do="Write one column per version, in their order, parted by tabs",
            )
    return rows


def _range(cell: str, path: Path, line: int) -> range:
    if not cell.strip():
        return range(0)
    match = _RANGE.fullmatch(cell.strip())
    if match is None or (match[2] and int(match[2]) < int(match[1])):
        raise _bad(path, line, "an anchor is a unit number or run per version, as in 7<TAB>8-9")
    return range(int(match[1]), int(match[2] or match[1]) + 1)


def _bad(path: Path, line: int, do: str) -> InputError:
    return InputError("this line cannot be understood", where=f"{path}, line {line}", do=do)


def checked(
    units: Sequence[int],
    *,
    barriers: Sequence[Sequence[int]],
    anchors: Sequence[Sequence[range]],
) -> None:
    """Raise UsageError for fixed points outside the versions, or out of order.

    ``units`` says how many units each version has.
    """
    last = (0,) * len(units)
    places = [(tuple(b), tuple(b)) for b in barriers]
    places += [corners(anchor) for anchor in anchors if all(anchor)]
    for low, high in sorted(places):
        if any(place > size for place, size in zip(high, units, strict=True)):
            raise UsageError(
                f"there is no unit {high}", why=f"the versions have {tuple(units)} units"
            )
        if any(place < before for place, before in zip(low, last, strict=True)):
            raise UsageError(
                f"anchors and barriers cross at unit {low}",
                do="Give them in the order of the text, in every version",
            )
        last = high


def corners(anchor: Sequence[range]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Give the places before and after a bead, one number per version."""
    return tuple(side.start for side in anchor), tuple(side.stop for side in anchor)


def with_fixed(beads: Sequence[Bead], fixed: Sequence[Bead]) -> tuple[Bead, ...]:
    """Put fixed beads in the place of whatever was found between their corners.

    The search was held to pass through the corners, so that beads lie inside or outside. A fixed
    bead that lacks the last versions takes what was found for them inside.
    """
    if not fixed:
        return tuple(beads)
    known = len(fixed[0].sides)
    begins = {corners(bead.sides)[0]: bead for bead in fixed}
    out: list[Bead] = []
    place = (0,) * len(beads[0].sides) if beads else ()
    inside: list[Bead] = []
    for bead in beads:
        start = corners(inside[0].sides)[0] if inside else place
        whole = begins.get(start[:known])
        place = tuple(p + len(side) for p, side in zip(place, bead.sides, strict=True))
        if whole is None or not (inside or any(bead.sides[:known])):
            out.append(bead)
            continue
        inside.append(bead)
        if place[:known] == corners(whole.sides)[1]:
            out.append(_filled(whole, inside))
            inside = []
    return tuple(out)


def _filled(whole: Bead, inside: Sequence[Bead]) -> Bead:
    """The fixed bead, with what was found inside it for the versions that it lacks."""
    more = tuple(
        range(first.start, last.stop)
        for first, last in zip(inside[0].sides, inside[-1].sides, strict=True)
    )[len(whole.sides) :]
    sure = min([whole.confidence, *(bead.confidence for bead in inside)]) if more else None
    return replace(
        whole, sides=(*whole.sides, *more), confidence=whole.confidence if sure is None else sure
    )


def placed(beads: Sequence[Bead]) -> list[Bead]:
    """Give the empty sides of beads in order the place where they stand."""
    out: list[Bead] = []
    ends = (0,) * len(beads[0].sides) if beads else ()
    for bead in beads:
        sides = tuple(side or range(end, end) for side, end in zip(bead.sides, ends, strict=True))
        ends = tuple(side.stop for side in sides)
        out.append(replace(bead, sides=sides))
    return out
