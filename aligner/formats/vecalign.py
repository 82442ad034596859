"""vecalign's ladder: ``[0]:[0,1]:0.8731``, 0-based unit numbers of two versions and a cost.

The cost is 1 - confidence, so lower is better, as vecalign's is. Null beads are written
(``[3]:[]``). Gold files of the same form have no cost. There is no text in these files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aligner.errors import InvalidFileError, LossError, UsageError
from aligner.formats.lines import version_of
from aligner.model import Alignment, Bead, Corpus, Parallel

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_LINE = re.compile(r"\[([\d,\s]*)\]\s*:\s*\[([\d,\s]*)\]\s*(?::\s*(\S+)\s*)?")


@dataclass(frozen=True, slots=True)
class Rung:
    """One line: unit numbers of both versions in the order of the file, and the cost if given."""

    units: tuple[tuple[int, ...], tuple[int, ...]]
    cost: float | None = None


def write(corpus: Corpus, path: Path) -> tuple[str, ...]:
    """Write the beads of a corpus of two versions; unit numbers run on from parallel to parallel.

    Returns what the format cannot hold, in sentences; raises LossError for other than two versions.
    """
    out: list[str] = []
    offsets = [0, 0]
    for alignment in corpus.alignments:
        if len(alignment.versions) != 2:
            raise LossError(
                f"vecalign files hold two versions, not {len(alignment.versions)}",
                do="Write jsonl or TEI, or align two of them",
            )
        out += [_line(bead, offsets) for bead in alignment.beads]
        offsets = [a + len(v) for a, v in zip(offsets, alignment.versions, strict=True)]
    path.write_text("".join(out), encoding="utf-8", newline="\n")
    return ("vecalign files hold unit numbers only: no text, no languages, no metadata.",)


def _line(bead: Bead, offsets: Sequence[int]) -> str:
    first, second = (
        ",".join(str(unit + offset) for unit in side)
        for side, offset in zip(bead.sides, offsets, strict=True)
    )
    return f"[{first}]:[{second}]:{1 - bead.confidence:.4f}\n"


def rungs(path: Path) -> tuple[Rung, ...]:
    """Read every line as it stands; raises InvalidFileError with the line that is none."""
    found: list[Rung] = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
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
    versions = tuple(
        version_of(tuple(units), lang=lang, name=f"{path.stem}.{lang}")
        for lang, units in texts.items()
    )
    beads = tuple(_bead(rung, path) for rung in rungs(path))
    alignment = Alignment(versions, _placed(beads))
    parallel = Parallel(tuple(version.segment for version in versions))
    return Corpus(path.stem, (parallel,), (alignment,))


def _bead(rung: Rung, path: Path) -> Bead:
    sides = tuple(range(min(units), max(units) + 1) if units else range(0) for units in rung.units)
    if any(tuple(side) != units for side, units in zip(sides, rung.units, strict=True)):
        raise InvalidFileError(f"the bead {rung.units} is not a run of units", where=str(path))
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
    return tuple(int(part) for part in text.split(",") if part.strip())
