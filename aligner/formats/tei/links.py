"""Alignments as ``linkGrp``: the whole group of n versions first, its pairs where asked for."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aligner.formats.tei.plan import Plan, Zone
    from aligner.model import Alignment, Bead


def group_lines(plan: Plan, number: int, columns: tuple[int, ...]) -> Iterator[str]:
    """One ``linkGrp``: alignment ``number`` of the corpus, or what it says of some ``columns``."""
    alignment, zones = plan.corpus.alignments[number], plan.groups[number]
    whole = len(columns) == len(zones)
    used = [zones[column] for column in columns]
    pair = "" if whole else "." + "-".join(plan.short[zone.version.lang] for zone in used)
    name = f"{plan.id}.al{number + 1}{pair}"
    yield _head(plan, number, name, used)
    if not any(alignment.beads):
        targets = " ".join(_zone(plan, zone) for zone in used)
        yield f'<ptr type="empty" target="{targets or plan.point("", plan.id)}"/>\n'
    yield from _beads(plan, alignment, zones, columns, name)
    yield "</linkGrp>\n"


def pairs(plan: Plan, number: int) -> Iterator[tuple[int, ...]]:
    """Every two columns of an alignment that has three or more, and has beads."""
    alignment = plan.corpus.alignments[number]
    if len(alignment.versions) > 2 and alignment.beads:
        for two in combinations(range(len(alignment.versions)), 2):
            if any(bead.sides[column] for bead in alignment.beads for column in two):
                yield two


def _zone(plan: Plan, zone: Zone) -> str:
    return plan.point(plan.short[zone.version.lang], zone.id)


def _head(plan: Plan, number: int, name: str, used: list[Zone]) -> str:
    alignment = plan.corpus.alignments[number]
    kind = used[0].version.unit if used else "sentence"
    said = f'<linkGrp xml:id="{name}" type="alignment" subtype="{kind}"'
    zones = " ".join(_zone(plan, zone) for zone in used)
    if len(used) > 1:
        said += f' domains="{zones}"'
    elif used:
        said += f' corresp="{zones}"'
    else:
        said += f' n="{plan.corpus.parallels[number].role}"'
    if alignment.crossing:
        said += f' ana="{plan.point("", "order.free")}"'
    return said + ">\n"


def _beads(
    plan: Plan,
    alignment: Alignment,
    zones: tuple[Zone, ...],
    columns: tuple[int, ...],
    name: str,
) -> Iterator[str]:
    point = plan.point
    people = {who: point("", ident) for who, ident in plan.people.items()}
    heads = [point(plan.short[zone.version.lang], zone.prefix) for zone in zones]
    own = [
        {i: point(plan.short[zone.version.lang], ident) for i, ident in zone.own.items()}
        for zone in zones
    ]
    firsts = [zone.first for zone in zones]
    number = 0
    for bead in alignment.beads:
        targets: list[str] = []
        for column in columns:
            side = bead.sides[column]
            if side:
                head, first, mine = heads[column], firsts[column], own[column]
                if mine:
                    targets += [mine.get(i) or f"{head}{first + i}" for i in side]
                else:
                    targets += [f"{head}{first + i}" for i in side]
        if targets:
            number += 1
            yield _bead(bead, columns, f"{name}.{number}", targets, people[bead.resp])


def _bead(bead: Bead, columns: tuple[int, ...], name: str, targets: list[str], resp: str) -> str:
    shape = "-".join([str(len(bead.sides[column])) for column in columns])
    status = "" if bead.status == "auto" else f' subtype="{bead.status}"'
    tag = "link" if len(targets) > 1 else "ptr"
    return (
        f'<{tag} xml:id="{name}" type="{shape}"{status} target="{" ".join(targets)}"'
        f' cert="{bead.confidence:g}" resp="{resp}"/>\n'
    )
