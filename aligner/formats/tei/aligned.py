"""From the links of a group back to an alignment."""

from __future__ import annotations

from typing import cast

from aligner.formats.tei.scan import Attributes, RawGroup, RawZone, id_of
from aligner.model import STATUSES, Alignment, Bead, Parallel, Role, Version


def aligned(
    group: RawGroup, versions: dict[str, Version], zones: dict[str, RawZone], people: dict[str, str]
) -> tuple[Parallel, Alignment]:
    """A parallel and its alignment; raises ValueError or KeyError where the links do not fit."""
    said = group.attributes
    pointers = said.get("domains", said.get("corresp", "")).split()
    names = [pointer.rpartition("#")[2] for pointer in pointers]
    columns = tuple(versions[name] for name in names)
    roles = [zones[name].attributes.get("type", "body") for name in names]
    role = cast("Role", roles[0] if roles else said.get("n", "body"))
    places = {
        id_of(unit): (column, number)
        for column, name in enumerate(names)
        for number, unit in enumerate(zones[name].units)
    }
    ends = [0] * len(names)
    beads = tuple(
        [_bead(link, places, ends, people) for link in group.links if link.get("type") != "empty"]
    )
    crossing = said.get("ana", "").endswith("order.free")
    parallel = Parallel(tuple(version.segment for version in columns), role)
    return parallel, Alignment(columns, beads, crossing)


def _bead(
    link: Attributes, places: dict[str, tuple[int, int]], ends: list[int], people: dict[str, str]
) -> Bead:
    starts, stops = [-1] * len(ends), ends.copy()
    for pointer in link["target"].split():
        name = pointer[pointer.rfind("#") + 1 :]
        if name not in places:
            raise ValueError(f"{id_of(link)} points at {name}, which is in none of its domains")
        column, number = places[name]
        if starts[column] < 0:
            starts[column] = number
        elif stops[column] != number:
            raise ValueError(f"{id_of(link)} does not hold a run of neighbours")
        stops[column] = number + 1
    ends[:] = stops
    status = link.get("subtype", "auto")
    if status not in STATUSES:
        raise ValueError(f"{id_of(link)} has the status {status!r}")
    return Bead(
        tuple([range(a if a >= 0 else b, b) for a, b in zip(starts, stops, strict=True)]),
        confidence=float(link["cert"]),
        status=status,
        resp=people[link["resp"].rpartition("#")[2]],
    )
