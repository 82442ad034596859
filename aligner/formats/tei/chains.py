"""From links in any order to beads that cover every unit once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from aligner.model import Bead, Status

Place = tuple[int, int]
"""A version and a unit, each by number."""


class Link(NamedTuple):
    """Units that belong together, and what their link says of them."""

    places: tuple[Place, ...]
    confidence: float = 1.0
    status: Status = "auto"
    resp: str = "aligner"


def ordered_beads(
    links: Sequence[Link], members: list[int], sizes: list[int]
) -> tuple[tuple[Bead, ...], bool]:
    """Beads of some versions, and whether they cross.

    Units that share a link are one bead, as are those between two of one bead in a version, since
    a bead is a run; units in no link are null beads. A bead of several links is as sure as the
    least sure of them, and confirmed if all of them are.
    """
    column = {version: number for number, version in enumerate(members)}
    root = _Roots(sizes)
    said: list[tuple[Place, Link]] = []
    for link in links:
        places = [(column[version], unit) for version, unit in link.places if version in column]
        for place in places[1:]:
            root.join(places[0], place)
        if places:
            said.append((places[0], link))
    root.fill()
    beads: dict[Place, list[list[int]]] = {}
    for number, size in enumerate(sizes):
        for unit in range(size):
            held = beads.setdefault(root.find((number, unit)), [[] for _ in sizes])
            held[number].append(unit)
    told: dict[Place, list[Link]] = {}
    for place, link in said:
        told.setdefault(root.find(place), []).append(link)
    return _sorted([_bead(sides, told.get(place, ())) for place, sides in beads.items()])


def _bead(sides: list[list[int]], links: Sequence[Link]) -> Bead:
    ranges = tuple(range(side[0], side[-1] + 1) if side else range(0) for side in sides)
    if not links:
        return Bead(ranges)
    stated = {link.status for link in links}
    return Bead(
        ranges,
        confidence=min(link.confidence for link in links),
        status=stated.pop() if len(stated) == 1 else "auto",
        resp=", ".join(dict.fromkeys(link.resp for link in links)),
    )


class _Roots:
    """Which places belong to one bead."""

    def __init__(self, sizes: list[int]) -> None:
        self._sizes = sizes
        self._up: dict[Place, Place] = {}

    def find(self, place: Place) -> Place:
        up = self._up
        while place in up:
            above = up[place]
            if above in up:
                up[place] = up[above]  # halves the way for whoever comes next
            place = above
        return place

    def join(self, one: Place, other: Place) -> None:
        first, second = sorted((self.find(one), self.find(other)))
        if first != second:
            self._up[second] = first

    def fill(self) -> None:
        """Join what stands between two units of one bead, until nothing changes."""
        changed = True
        while changed:
            changed = False
            for number, size in enumerate(self._sizes):
                last: dict[Place, int] = {}
                for unit in range(size):
                    root = self.find((number, unit))
                    if root in last and last[root] < unit - 1:
                        changed = True
                        for between in range(last[root] + 1, unit):
                            self.join((number, unit), (number, between))
                    last[self.find((number, unit))] = unit


def _sorted(found: list[Bead]) -> tuple[tuple[Bead, ...], bool]:
    """Beads in an order that all versions share, null beads where they stand, if there is one."""
    sides = [bead.sides for bead in found]
    waiting: list[dict[int, int]] = [{} for _ in sides[0]] if sides else []
    for number, bead in enumerate(sides):
        for column, side in enumerate(bead):
            if side:
                waiting[column][side.start] = number
    at = [0] * len(waiting)
    order: list[int] = []
    done = set[int]()
    while len(order) < len(sides):
        heads = [waiting[c].get(at[c]) for c in range(len(at))]
        free = [
            n
            for n in dict.fromkeys(heads)
            if n is not None
            and all(not side or side.start == at[c] for c, side in enumerate(sides[n]))
        ]
        if not free:
            rest = [n for n in range(len(sides)) if n not in done]
            rest.sort(key=lambda n: [(s.start if s else 1 << 60) for s in sides[n]])
            return tuple(found[n] for n in order + rest), True
        order.append(free[0])
        done.add(free[0])
        at = [side.stop if side else a for side, a in zip(sides[free[0]], at, strict=True)]
    return tuple(found[n] for n in order), False
