"""A unit of one version that stands where a translation should, and is none, falls out of its bead.

Pair by pair such a unit cannot be told from a free translation; with three versions or more the
others agree with each other and none of them with it. What counts is its evidence with all others,
against the evidence that the units of this text usually have: where words are well known, even a
little is too little; where hardly any is, only evidence against it counts.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from aligner.align.rounds import Tables

Sides = tuple[range, ...]

SHARE, LEAST, MOST = 0.25, 3.0, 1.5
"""Evidence below SHARE x the usual - LEAST, and below MOST, is that of a stranger."""

SOFTNESS = 1.5
"""How much evidence (natural log) turns a doubt into near certainty."""


def without_strangers(
    beads: Sequence[Sides],
    scores: Sequence[float],
    confidences: Sequence[float],
    tables: Mapping[tuple[int, int], Tables],
) -> list[tuple[Sides, float, float]]:
    """Take the units out of their beads that nothing speaks for.

    Beads that cover all versions in order in, with their scores and confidences; the same with
    every stranger a null bead of its own behind its bead.
    """
    standing = [_standing(bead, tables) for bead in beads]
    known = [value for values in standing for value in values.values()]
    usual = float(np.median(known)) if known else 0.0
    border = min(SHARE * usual - LEAST, MOST)
    out: list[tuple[Sides, float, float]] = []
    rows = zip(beads, scores, confidences, standing, strict=True)
    for bead, score, confidence, values in rows:
        weakest = min(values, key=lambda version: (values[version], version), default=None)
        plain = all(len(side) < 2 for side in bead)  # merges have less evidence by their nature
        if (
            weakest is None
            or not plain
            or values[weakest] >= border
            or not _agreed(bead, weakest, tables)
        ):
            out.append((bead, score, confidence))
            continue
        sure = 1 / (1 + math.exp((values[weakest] - border) / SOFTNESS))
        out += _apart(bead, weakest, score, sure * max(confidence, 0.5))
    return out


def _apart(
    bead: Sides, version: int, score: float, sure: float
) -> list[tuple[Sides, float, float]]:
    """The bead without a version, and the units of that one by one."""
    rest = tuple(range(s.start, s.start) if k == version else s for k, s in enumerate(bead))
    out = [(rest, score, sure)]
    for unit in bead[version]:
        alone = tuple(
            range(unit, unit + 1) if k == version else range(s.stop, s.stop)
            for k, s in enumerate(bead)
        )
        out.append((alone, 0.0, sure))
    return out


def _standing(bead: Sides, tables: Mapping[tuple[int, int], Tables]) -> dict[int, float]:
    """The evidence of each version of a bead of three or more with two others, on average."""
    filled = [k for k, side in enumerate(bead) if side]
    if len(filled) < 3:
        return {}
    before: dict[int, list[float]] = {k: [] for k in filled}
    after: dict[int, list[float]] = {k: [] for k in filled}
    for (a, b), table in tables.items():
        if a in before and b in before:
            first, final = _evidence(table, bead[a], bead[b])
            for k in (a, b):
                before[k].append(first)
                after[k].append(final)
    return {
        k: 2 * float(max(np.mean(before[k]), np.mean(after[k])))
        for k in filled
        if len(after[k]) > 1
    }


def _agreed(bead: Sides, version: int, tables: Mapping[tuple[int, int], Tables]) -> bool:
    """Whether the other versions of the bead speak for each other."""
    total = 0.0
    for (a, b), table in tables.items():
        if version not in (a, b) and bead[a] and bead[b]:
            total += _evidence(table, bead[a], bead[b])[1]
    return total > 0.0


def _evidence(table: Tables, a: range, b: range) -> tuple[float, float]:
    """The evidence of a pair's bead before and after learning."""
    band = table.band
    row = int(np.searchsorted(band.rows, a.start, side="right")) - 1
    kind = np.flatnonzero((band.shapes[:, 0] == len(a)) & (band.shapes[:, 1] == len(b)))
    if not len(kind) or not band.lo[row] <= b.start <= band.hi[row]:
        return 0.0, 0.0
    cell = int(band.offsets[row]) + b.start - int(band.lo[row])
    first, final = float(table.first[cell, kind[0]]), float(table.final[cell, kind[0]])
    return (first, final) if math.isfinite(first) and math.isfinite(final) else (0.0, 0.0)
