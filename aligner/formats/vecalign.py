"""vecalign's ladder: ``[0]:[0,1]:0.8731``, 0-based unit numbers of two versions and a cost.

The cost is 1 - confidence, so lower is better, as vecalign's is. Null beads are written
(``[3]:[]``). Gold files of the same form have no cost. There is no text in these files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aligner.errors import InvalidFileError, UsageError
from aligner.formats.entries import Losses, head
from aligner.formats.languages import pair
from aligner.formats.lines import numbered_corpus
from aligner.formats.loss import Loss
from aligner.formats.marks import MOST_DIGITS
from aligner.formats.plain import lines as lines_of
from aligner.model import Bead, Corpus

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_LINE = re.compile(r"\[([\d,\s]*)\]\s*:\s*\[([\d,\s]*)\]\s*(?::\s*(\S+)\s*)?")


@dataclass(frozen=True, slots=True)
class Rung:
    """One line: unit numbers of both versions in the order of the file, and the cost if given."""

    units: tuple[tuple[int, ...], tuple[int, ...]]
    cost: float | None = None


def write(corpus: Corpus, path: Path, *, langs: Sequence[str] | None = None) -> Loss:
    """Write the beads of two versions, the first two unless named, null beads included.

    Unit numbers run on from parallel to parallel. Raises UsageError if there are not two versions.
    """
    about = head(corpus)
    two = pair(about.langs, langs)
    losses = Losses("vecalign", about, ("texts", "languages", "the recipe"))
    losses.add("languages", 0 if langs else len(about.langs) - 2)
    offsets = dict.fromkeys(two, 0)
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for alignment in corpus.alignments:
            here = [version.lang for version in alignment.versions]
            columns = [here.index(lang) if lang in here else None for lang in two]
            starts = tuple(offsets.values())
            stream.writelines(_lines(alignment.beads, columns, starts))
            for version in alignment.versions:
                if version.lang in offsets:
                    offsets[version.lang] += len(version)
    losses.add("texts", sum(offsets.values()), quiet=True)
    return losses.loss


def _lines(
    beads: Sequence[Bead], columns: Sequence[int | None], starts: Sequence[int]
) -> Iterator[str]:
    for bead in beads:
        first, second = (
            "" if column is None else ",".join(str(u + start) for u in bead.sides[column])
            for column, start in zip(columns, starts, strict=True)
        )
        if first or second:
            yield f"[{first}]:[{second}]:{1 - bead.confidence:.4f}\n"


def rungs(path: Path) -> tuple[Rung, ...]:
    """Read every line as it stands; raises InvalidFileError with the line that is none."""
    found: list[Rung] = []
    for number, line in enumerate(lines_of(path), 1):
        if not line.strip():
            continue
        rung = _rung(line.strip())
        if rung is None:
            raise InvalidFileError(
                f"this is no bead: {line[:60]!r}",
                where=f"{path}, line {number}",
                do="A bead looks like [0]:[0,1] or [0]:[0,1]:0.25",
            )
        found.append(rung)
    return tuple(found)


def _rung(line: str) -> Rung | None:
    match = _LINE.fullmatch(line)
    try:
        cost = float(match[3]) if match and match[3] else None
        return Rung((_numbers(match[1]), _numbers(match[2])), cost) if match else None
    except ValueError:
        return None


def load(path: Path, *, texts: dict[str, Sequence[str]] | None = None) -> Corpus:
    """Read a file of beads together with the texts it is about.

    ``texts`` maps two language tags to the unit texts, source first. Raises UsageError without
    them, InvalidFileError if the beads do not cover them once and in order.
    """
    if texts is None or len(texts) != 2:
        raise UsageError(
            "a vecalign file holds numbers, not texts",
            where=str(path),
            do="Give the units of both versions too, or use `aligner eval` to compare beads",
        )
    beads = tuple(_bead(rung, path) for rung in rungs(path))
    return numbered_corpus(path, texts, _placed(beads))


def _bead(rung: Rung, path: Path) -> Bead:
    sides = tuple(range(min(units), max(units) + 1) if units else range(0) for units in rung.units)
    if any(
        len(side) != len(units) or tuple(side) != units
        for side, units in zip(sides, rung.units, strict=True)
    ):
        raise InvalidFileError(f"the bead {rung.units} is not a run of units", where=str(path))
    if not any(sides):
        raise InvalidFileError("a bead holds no unit", where=str(path))
    confidence = 1.0 if rung.cost is None else min(1.0, max(0.0, 1.0 - rung.cost))
    return Bead(sides, confidence=confidence)


def _placed(beads: Sequence[Bead]) -> tuple[Bead, ...]:
    """Give empty sides the place where they stand."""
    ends, out = [0, 0], []
    for bead in beads:
        sides = tuple(side or range(end, end) for side, end in zip(bead.sides, ends, strict=True))
        ends = [side.stop for side in sides]
        out.append(Bead(sides, confidence=bead.confidence))
    return tuple(out)


def _numbers(text: str) -> tuple[int, ...]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if any(len(part) > MOST_DIGITS for part in parts):
        raise ValueError("no text has so many units")
    return tuple(map(int, parts))
