"""From links in any order to beads that cover every unit once."""

from __future__ import annotations

from aligner.model import Bead

Place = tuple[int, int]
"""A version and a unit, each by number."""


def ordered_beads(
    groups: list[list[Place]], members: list[int], sizes: list[int]
) -> tuple[tuple[Bead, ...], bool]:
    """Beads of some versions, and whether they cross.

    Units that share a link are one bead, as are those between two of one bead in a version, since
    a bead is a run; units in no link are null beads.
    """
    column = {version: number for number, version in enumerate(members)}
    root = _Roots(sizes)
    for group in groups:
        places = [(column[version], unit) for version, unit in group if version in column]
        for place in places[1:]:
            root.join(places[0], place)
    root.fill()
    beads: dict[Place, list[list[int]]] = {}
    for number, size in enumerate(sizes):
        for unit in range(size):
            held = beads.setdefault(root.find((number, unit)), [[] for _ in sizes])
            held[number].append(unit)
    return _sorted(list(beads.values()))


class _Roots:
    """Which places belong to one bead."""

    def __init__(self, sizes: list[int]) -> None:
        self._sizes = sizes
        self._up: dict[Place, Place] = {}

    def find(self, place: Place) -> Place:
        while place in self._up:
            place = self._up[place]
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


def _sorted(found: list[list[list[int]]]) -> tuple[tuple[Bead, ...], bool]:
    """Beads in an order that all versions share, null beads where they stand, if there is one."""
    sides = [tuple(range(s[0], s[-1] + 1) if s else range(0) for s in bead) for bead in found]
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
            return tuple(Bead(sides[n]) for n in order + rest), True
        order.append(free[0])
        done.add(free[0])
        at = [side.stop if side else a for side, a in zip(sides[free[0]], at, strict=True)]
    return tuple(Bead(sides[n]) for n in order), False
