"""Beads of one document or of a folder of documents, as numbers, whatever file they stand in.

For comparing alignments with gold: nothing is checked here beyond the form, because gold files may
hold gaps and crossings that an ``Alignment`` refuses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aligner.errors import InputError, UsageError
from aligner.formats import jsonl, vecalign
from aligner.model import Corpus, find_tag

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Units = tuple[tuple[int, ...], ...]

_GOLD_NAMES = ("gold.txt", "gold.jsonl")


@dataclass(frozen=True, slots=True)
class Ladder:
    """Beads in file order: languages (empty where the file names none), units, confidences."""

    langs: tuple[str, ...]
    beads: tuple[Units, ...]
    confidences: tuple[float, ...] | None = None

    def of(self, langs: tuple[str, ...], *, where: str) -> Ladder:
        """Give the same beads for these languages only, in this order."""
        if not langs or not self.langs or langs == self.langs:
            return self
        columns = [_column(self.langs, lang, where) for lang in langs]
        beads = tuple(tuple(bead[column] for column in columns) for bead in self.beads)
        return Ladder(langs, beads, self.confidences)


def _column(langs: tuple[str, ...], wanted: str, where: str) -> int:
    try:
        return find_tag(langs, wanted)
    except UsageError as error:
        raise UsageError(error.what, where=where, do=error.do) from error


def read(path: Path, *, load: Callable[[Path], Corpus]) -> Ladder:
    """Read a vecalign, jsonl or gold file, or with ``load`` any corpus file."""
    suffix = path.suffix.lower()
    if suffix in {".vecalign", ".txt", ".gold"} or path.name == "-":
        rungs = vecalign.rungs(path)
        costs = [rung.cost for rung in rungs]
        known = tuple(1 - cost for cost in costs if cost is not None)
        beads = tuple(rung.units for rung in rungs)
        return Ladder((), beads, known if known and len(known) == len(costs) else None)
    if suffix in {".jsonl", ".ndjson"}:
        return _of_lines(tuple(jsonl.lines(path)))
    return of_corpus(load(path))


def _of_lines(lines: tuple[jsonl.Line, ...]) -> Ladder:
    langs = tuple(dict.fromkeys(lang for line in lines for lang in line.units))
    beads = tuple(tuple(line.units.get(lang, ()) for lang in langs) for line in lines)
    known = [line.more.get("confidence") for line in lines]
    confidences = tuple(float(c) for c in known if isinstance(c, int | float))
    return Ladder(
        langs, beads, confidences if confidences and len(confidences) == len(beads) else None
    )


def of_corpus(corpus: Corpus) -> Ladder:
    """Give the beads of all alignments of a corpus, unit numbers running on per language."""
    langs = tuple(dict.fromkeys(v.lang for a in corpus.alignments for v in a.versions))
    offsets = dict.fromkeys(langs, 0)
    beads: list[Units] = []
    confidences: list[float] = []
    for alignment in corpus.alignments:
        here = [version.lang for version in alignment.versions]
        for bead in alignment.beads:
            units = {
                lang: tuple(unit + offsets[lang] for unit in side)
                for lang, side in zip(here, bead.sides, strict=True)
            }
            beads.append(tuple(units.get(lang, ()) for lang in langs))
            confidences.append(bead.confidence)
        for version in alignment.versions:
            offsets[version.lang] += len(version)
    return Ladder(langs, tuple(beads), tuple(confidences))


def documents(path: Path) -> dict[str, Path]:
    """Find the bead files of a file or folder: document name to file.

    A folder that holds ``gold.txt`` or ``gold.jsonl`` is one document; else every subfolder with
    such a file (or a single .vecalign or .jsonl), and every .vecalign, .jsonl, .xml, is one.
    Raises InputError if there is no such path, or no such file in it.
    """
    if path.is_file() or path.name == "-":
        return {"": path}
    if not path.is_dir():
        raise InputError("there is no such file or folder", where=str(path))
    own = [path / name for name in _GOLD_NAMES if (path / name).is_file()]
    if own:
        return {"": own[0]}
    found = {
        child.name if child.is_dir() else child.stem: file
        for child in sorted(path.iterdir())
        if (file := _single(child) if child.is_dir() else _beads_file(child)) is not None
    }
    if not found:
        raise InputError(
            "no alignments are in this folder",
            where=str(path),
            do="It should hold .vecalign, .jsonl or .xml files, or folders with a gold file",
        )
    return found


def _single(folder: Path) -> Path | None:
    for name in _GOLD_NAMES:
        if (folder / name).is_file():
            return folder / name
    inside = [file for file in sorted(folder.iterdir()) if file.suffix in {".vecalign", ".jsonl"}]
    return inside[0] if len(inside) == 1 else None


def _beads_file(path: Path) -> Path | None:
    return path if path.suffix in {".vecalign", ".jsonl", ".xml", ".gold"} else None
