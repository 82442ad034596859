"""Three versions and more, aligned jointly: every pair's evidence has its say in every bead.

The pairs are aligned first. What they hold possible makes a lattice of joint cuts (a place in each
version); the best path through it maximises the sum of the pairs' scores, as in multiple sequence
alignment (Carrillo and Lipman 1988: sum of pairs; Do and others 2005: consistency by posteriors).
A second look adds the neighbours of the path found, until nothing changes.

An omission in one of n versions shows in n - 1 pairs but happened once: so the chances of shapes
count 2 / n each, the evidence counts in full.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise as neighbours
from typing import TYPE_CHECKING

import numpy as np

from aligner.align import lattice
from aligner.align.refused import priced
from aligner.align.strangers import without_strangers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aligner.align.pairwise import Pairwise
    from aligner.align.rounds import Tables

Cut = tuple[int, ...]
Wall = tuple[int | None, ...]

POSSIBLE = 1e-3
"""Places that a pair holds less likely than this are not tried."""

PLAUSIBLE = 0.02
"""Places from this chance on are linked with each other one by one (runs of omissions)."""

COMBINATIONS = 12
"""Joint cuts tried per unit of each version."""

ROUNDS = 4
"""Most looks at the neighbours of the best path."""


@dataclass(frozen=True, slots=True)
class Joint:
    """Beads that cover all versions in order, their evidence and confidence."""

    beads: tuple[tuple[range, ...], ...]
    scores: tuple[float, ...]
    confidences: tuple[float, ...]


def joint(
    sizes: Sequence[int],
    found: Mapping[tuple[int, int], Pairwise],
    *,
    barriers: Sequence[Sequence[int | None]] = (),
    refused: Sequence[tuple[range, ...]] = (),
) -> Joint:
    """Align versions jointly.

    ``sizes`` is the number of units of each; ``found`` the alignment of pairs (a, b), a < b, with
    their tables (``pairwise(..., keep=True)``), all pairs or those of one version with every other;
    ``barriers`` are places, one number per version, that no bead may cross (the same as the pairs
    were given); None for a version in which the place is not known. ``refused`` are beads to be
    given only where nothing else is possible.
    """
    tables = {pair: result.tables for pair, result in sorted(found.items()) if result.tables}
    every = len(tables) == len(sizes) * (len(sizes) - 1) // 2
    weight = 2 / len(sizes) if every else 1.0
    pairs = lattice.flattened(sizes, tables, weight)
    walls: list[Wall] = [tuple(wall) for wall in barriers]
    cuts = _candidates(sizes, tables, found)
    path: list[Cut] = []
    for _ in range(ROUNDS):
        nodes = _nodes(cuts, sizes, walls)
        links = priced(lattice.edges(nodes, pairs, walls), nodes, refused)
        taken = lattice.best(len(nodes), links)
        before, path = path, [tuple(nodes[links.source[e]].tolist()) for e in taken]
        more = {near for cut in path for near in _near(cut, sizes)} - cuts
        if path == before or not more:
            break
        cuts |= more
    rows = without_strangers(*_result(nodes, links, taken, weight), tables if every else {})
    return (
        Joint(*(tuple(column) for column in zip(*rows, strict=True))) if rows else Joint((), (), ())
    )


def _result(
    nodes: NDArray[np.int32], links: lattice.Edges, taken: list[int], weight: float
) -> tuple[list[tuple[range, ...]], list[float], list[float]]:
    after = lattice.chances(len(nodes), links, links.final, weight)[taken]
    before = lattice.chances(len(nodes), links, links.first, weight)[taken]
    beads = [
        tuple(
            range(a, b)
            for a, b in zip(
                nodes[links.source[e]].tolist(), nodes[links.target[e]].tolist(), strict=True
            )
        )
        for e in taken
    ]
    return beads, links.final[taken].tolist(), np.sqrt(after * before).tolist()


def _candidates(
    sizes: Sequence[int],
    tables: Mapping[tuple[int, int], Tables],
    found: Mapping[tuple[int, int], Pairwise],
) -> set[Cut]:
    """Joint cuts worth a look, from each version's point of view; they hold a whole path."""
    cuts: set[Cut] = {(0,) * len(sizes), tuple(sizes)}
    for pivot in range(len(sizes)):
        others = [v for v in range(len(sizes)) if v != pivot]
        if not all((min(pivot, v), max(pivot, v)) in tables for v in others):
            continue
        places = [_places(pivot, v, tables, sizes[pivot]) for v in others]
        for unit in range(sizes[pivot] + 1):
            cuts.update(_combined(unit, pivot, [place[unit] for place in places]))
        cuts.update(_star(pivot, sizes, found))
    return cuts


Place = list[tuple[float, int]]
"""Chances and places in another version, by place."""


def _places(
    pivot: int, other: int, tables: Mapping[tuple[int, int], Tables], size: int
) -> list[Place]:
    """For every place of ``pivot`` those of ``other`` that the path may pass together with it."""
    table = tables[min(pivot, other), max(pivot, other)]
    band = table.band
    chance = table.posterior.sum(axis=1)
    chance[-1] = 1.0
    cell = np.flatnonzero(chance >= POSSIBLE)
    row = np.searchsorted(band.offsets, cell, side="right") - 1
    first, second = band.rows[row], band.lo[row] + cell - band.offsets[row]
    if pivot > other:
        first, second = second, first
    out: list[Place] = [[] for _ in range(size + 1)]
    for at, place, value in zip(
        first.tolist(), second.tolist(), chance[cell].tolist(), strict=True
    ):
        out[at].append((value, place))
    return [sorted(places, key=lambda pair: pair[1]) for places in out]


def _combined(unit: int, pivot: int, places: list[Place]) -> Iterator[Cut]:
    """The likeliest combinations of places, and a staircase through all plausible ones."""
    if not all(places):
        return
    for combination in _likeliest(places):
        yield (*combination[:pivot], unit, *combination[pivot:])
    stairs = [[p for value, p in place if value >= PLAUSIBLE] or [place[0][1]] for place in places]
    corner = [steps[0] for steps in stairs]
    for k, steps in enumerate(stairs):
        for step in range(steps[0], steps[-1] + 1):
            corner[k] = step
            yield (*corner[:pivot], unit, *corner[pivot:])


def _likeliest(places: list[Place]) -> Iterator[Cut]:
    """At most COMBINATIONS choices of one place each, the largest products of chances first."""
    ranked = [sorted(place, key=lambda pair: (-pair[0], pair[1])) for place in places]
    start = (0,) * len(ranked)
    heap = [(-_product(ranked, start), start)]
    seen = {start}
    for _ in range(COMBINATIONS):
        if not heap:
            return
        value, chosen = heapq.heappop(heap)
        if -value < POSSIBLE / 10:
            return
        yield tuple(ranked[k][c][1] for k, c in enumerate(chosen))
        for k, c in enumerate(chosen):
            following = (*chosen[:k], c + 1, *chosen[k + 1 :])
            if c + 1 < len(ranked[k]) and following not in seen:
                seen.add(following)
                heapq.heappush(heap, (-_product(ranked, following), following))


def _product(ranked: list[Place], chosen: Cut) -> float:
    value = 1.0
    for place, c in zip(ranked, chosen, strict=True):
        value *= place[c][0]
    return value


def _star(
    pivot: int, sizes: Sequence[int], found: Mapping[tuple[int, int], Pairwise]
) -> Iterator[Cut]:
    """Cuts of a whole path: the pairs' own beads where they agree, single units in between."""
    seen: list[dict[int, int]] = []
    for v in range(len(sizes)):
        if v == pivot:
            continue
        own = int(pivot > v)
        beads = found[min(pivot, v), max(pivot, v)].beads
        seen.append({0: 0} | {bead[own].stop: bead[1 - own].stop for bead in beads})
    common = sorted(set.intersection(*(set(cuts) for cuts in seen)))
    corners = [
        (*(cuts[u] for cuts in seen[:pivot]), u, *(cuts[u] for cuts in seen[pivot:]))
        for u in common
    ]
    corners = [(0,) * len(sizes), *corners, tuple(sizes)]
    for low, high in neighbours(corners):
        yield high
        corner = list(low)
        for k in range(len(sizes)):
            for step in range(low[k], high[k] + 1):
                corner[k] = step
                yield tuple(corner)


def _near(cut: Cut, sizes: Sequence[int]) -> Iterator[Cut]:
    for k, place in enumerate(cut):
        for moved in (place - 1, place + 1):
            if 0 <= moved <= sizes[k]:
                yield (*cut[:k], moved, *cut[k + 1 :])


def _nodes(cuts: set[Cut], sizes: Sequence[int], walls: Sequence[Wall]) -> NDArray[np.int32]:
    """The cuts sorted by their sum, without those that stand on both sides of a barrier."""
    whole = {tuple(place for place in wall if place is not None) for wall in walls}
    whole = {wall for wall in whole if len(wall) == len(sizes)}
    kept = sorted(cuts | whole, key=lambda cut: (sum(cut), cut))
    nodes = np.array(kept, np.int32).reshape(-1, len(sizes))
    good = np.ones(len(nodes), bool)
    for wall in walls:
        known = [k for k, place in enumerate(wall) if place is not None]
        ahead = nodes[:, known] - np.array([wall[k] for k in known], np.int32)
        good &= (ahead <= 0).all(axis=1) | (ahead >= 0).all(axis=1)
    return nodes[good]
