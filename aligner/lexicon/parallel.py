"""Groups of parallel texts from tables: group, language tag, text, one text a line."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO, cast

from aligner.errors import InputError
from aligner.lexicon.groups import Group, rows_to_groups

HELD = 100
"""One group in so many is kept aside to measure what was learned."""

MOST_HELD = 3000
"""Groups kept aside at most, however many there are."""


def read_groups(path: Path) -> Iterator[Group]:
    """The groups of a TSV file (``.tsv`` or ``.tsv.gz``) with three columns and no header.

    Raises InputError with the line if it is no such table.
    """
    try:
        with _opened(path) as lines:
            yield from rows_to_groups(_row(path, *line) for line in enumerate(lines, 1))
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise InputError("this table cannot be read", where=str(path), why=str(error)) from error


def _opened(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return cast("TextIO", gzip.open(path, "rt", encoding="utf-8", newline="\n"))
    return path.open(encoding="utf-8", newline="\n")


def _row(path: Path, number: int, line: str) -> tuple[str, str, str]:
    cells = line.rstrip("\r\n").split("\t")
    if len(cells) != 3 or not cells[1]:
        raise InputError(
            "a line is not group, language tag and text, set apart by tabs",
            where=f"{path}:{number}",
            do="Write one text a line; texts that mean the same share a group",
        )
    return cells[0], cells[1], cells[2]


def put_aside(groups: Iterable[Group], seed: int, held: list[Group]) -> Iterator[Group]:
    """Pass the groups on, but put an even one in ``HELD`` of them into ``held``."""
    for number, group in enumerate(groups):
        mixed = (number + 1 + seed * 1_000_003) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF
        if mixed >> 32 < (1 << 32) // HELD and len(held) < MOST_HELD:
            held.append(group)
        else:
            yield group
