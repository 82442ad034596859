"""Beads that a reviewer has rejected: possible only where nothing else is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aligner.align.lattice import Edges
    from aligner.protocols import Band

Sides = tuple[range, ...]

PRICE = 10_000.0
"""The cost of a refused bead: more than any evidence, and finite, so that a path remains."""


@dataclass(frozen=True, slots=True)
class Refusing:
    """A scorer of two versions that makes some beads too dear; all else is the scorer's own.

    An empty side of a refused bead stands for every place: it is the unit alone that is refused.
    """

    scorer: Any
    beads: tuple[tuple[range, range], ...]

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.scorer, name)
        if name == "learned":
            return lambda *given: replace(self, scorer=found(*given))
        return self._part if name == "part" else found

    def costs(self, band: Band) -> NDArray[np.float32]:
        """As the scorer's, with the refused beads at ``PRICE``."""
        costs: NDArray[np.float32] = self.scorer.costs(band)
        for a, b in self.beads:
            kind = np.flatnonzero((band.shapes == (len(a), len(b))).all(axis=1))
            rows = np.flatnonzero(band.rows == a.start) if a else np.arange(len(band.rows))
            if not len(kind):
                continue
            for row in rows.tolist():
                low, high = int(band.lo[row]), int(band.hi[row]) + 1
                first, stop = (max(low, b.start), min(high, b.start + 1)) if b else (low, high)
                if first >= stop:
                    continue
                start = int(band.offsets[row]) - low
                part = costs[start + first : start + stop, kind[0]]
                part[np.isfinite(part)] = PRICE
        return costs

    def _part(self, a: range, b: range) -> Refusing:
        inside = tuple(
            (_shifted(one, a.start), _shifted(other, b.start))
            for one, other in self.beads
            if _within(one, a) and _within(other, b)
        )
        return Refusing(self.scorer.part(a, b), inside)


def _within(side: range, whole: range) -> bool:
    return not side or (whole.start <= side.start and side.stop <= whole.stop)


def _shifted(side: range, start: int) -> range:
    return range(side.start - start, side.stop - start)


def priced(links: Edges, nodes: NDArray[np.int32], beads: Sequence[Sides]) -> Edges:
    """Make the edges of a lattice that are refused beads too dear."""
    if not beads:
        return links
    begin, end = nodes[links.source], nodes[links.target]
    final, first = links.final.copy(), links.first.copy()
    for bead in beads:
        same = np.ones(len(begin), bool)
        for version, side in enumerate(bead):
            if side:
                same &= (begin[:, version] == side.start) & (end[:, version] == side.stop)
            else:
                same &= begin[:, version] == end[:, version]
        final[same], first[same] = -PRICE, -PRICE
    return replace(links, final=final, first=first)
