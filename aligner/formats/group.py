"""The checks of one ``linkGrp``: its zones, its links one by one, and what they leave out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aligner.formats.survey import UNITS
from aligner.safexml import XML_ID

if TYPE_CHECKING:
    from aligner.formats.survey import Place, Survey

_WANTED = {
    "sentence": {UNITS["s"]},
    "keyword": {UNITS["term"]},
    "paragraph": {UNITS["seg"], UNITS["p"], UNITS["ab"]},
    "verse": {UNITS["l"], UNITS["seg"]},
}


class GroupCheck:
    """Follows the links of a group as they come."""

    def __init__(self, survey: Survey, file: str, line: int, attributes: dict[str, str]) -> None:
        self._survey, self._file, self._line = survey, file, line
        self.name = attributes.get(XML_ID, "this linkGrp")
        pointers = attributes.get("domains") or attributes.get("corresp", "")
        self.domains = tuple(pointer.rpartition("#")[2] for pointer in pointers.split())
        self._free = attributes.get("ana", "").endswith("order.free")
        self._free = self._free or attributes.get("subtype") == "keyword"
        self.subtype = attributes.get("subtype", "")
        self._kinds = _WANTED.get(self.subtype, set(UNITS.values()))
        self._zones: list[Place] = []
        self._check_domains(alone="corresp" in attributes and "domains" not in attributes)
        self._seen = [bytearray(zone.end - zone.first) for zone in self._zones]
        self._reached = [-1] * len(self._zones)
        self._linked: set[int] = set()
        self._broken = False
        self._whole = bool(self._zones) and len(self._zones) == len(self.domains)
        self.keep = self._wanted_later()
        self.beads: dict[tuple[int, ...], int] = {}

    def _wanted_later(self) -> bool:
        """True if this group's links are to be compared with those of another."""
        mine = set(self.domains)
        others = [{p.rpartition("#")[2] for p in names} for names in self._survey.domains]
        return any(mine < other or (len(other) == 2 and other < mine) for other in others)

    def _report(self, rule: str, line: int, what: str) -> None:
        self._survey.report.add(rule, self._file, line, what)

    def _check_domains(self, *, alone: bool) -> None:
        for name in self.domains:
            if name in self._survey.places:
                self._zones.append(self._survey.places[name])
        if alone and len(self._zones) == 1:
            return
        if len(set(self.domains)) < len(self.domains):
            self._zones = []
            self._report("group.domains", self._line, f"{self.name} names a zone twice")
        elif len(self._zones) < 2 and self.domains:
            self._report("group.domains", self._line, f"{self.name} has fewer than two zones")

    def link(self, tag: str, attributes: dict[str, str], line: int) -> bool:
        """Check one ``link`` or ``ptr``; True if all it points at are units of the zones."""
        if attributes.get("type") == "empty":
            return False
        name = attributes.get(XML_ID, "this link")
        targets = [p[p.rfind("#") + 1 :] for p in attributes.get("target", "").split()]
        if (tag == "ptr") != (len(targets) == 1):
            self._report("link.arity", line, f"{name} is a {tag} with {len(targets)} targets")
        if name in targets:
            self._report("link.self", line, f"{name} points at itself")
            targets.remove(name)
        if len(set(targets)) < len(targets):
            self._report("link.repeat", line, f"{name} names a unit twice")
            targets = list(dict.fromkeys(targets))
        held = self._held(name, targets, line)
        if held is None:
            self._broken = True
            return False
        self._check_sides(name, attributes, held, line)
        return True

    def _held(self, name: str, targets: list[str], line: int) -> list[tuple[int, int]] | None:
        """(zone, unit) of every target; None if one is not there or not where it should be."""
        survey, held, good = self._survey, [], self._whole
        for target in targets:
            unit = survey.units.get(target)
            if unit is None:
                if target in survey.places and target != name:
                    self._report("link.unit", line, f"{name} points at {target}, which is no unit")
                good = False
                continue
            if survey.kinds[unit] not in self._kinds:
                what = f"{name} points at {target}, which is no {self.subtype}"
                self._report("link.unit", line, what)
                good = False
            column = self._column(unit)
            if column is None:
                if self._whole:
                    what = f"{name} points at {target}, which is in none of its zones"
                    self._report("link.outside", line, what)
                good = False
                continue
            held.append((column, unit))
        return held if good else None

    def _column(self, unit: int) -> int | None:
        for column, zone in enumerate(self._zones):
            if zone.first <= unit < zone.end:
                return column
        return None

    def _check_sides(
        self, name: str, attributes: dict[str, str], held: list[tuple[int, int]], line: int
    ) -> None:
        sides: list[list[int]] = [[] for _ in self._zones]
        for column, unit in held:
            sides[column].append(unit)
        shape = "-".join([str(len(side)) for side in sides])
        said = attributes.get("type", "")
        if said != shape:
            self._report("link.type", line, f"{name} says {said or 'nothing'} and is {shape}")
        columns = [column for column, _ in held]
        if columns != sorted(columns):
            self._report("link.order", line, f"the targets of {name} are not in zone order")
        for column, side in enumerate(sides):
            if side:
                self._check_side(name, column, side, line)
        if self.keep:
            self.beads[tuple(unit for side in sides for unit in sorted(side))] = line

    def _check_side(self, name: str, column: int, side: list[int], line: int) -> None:
        survey, zone, seen = self._survey, self._zones[column], self._seen[column]
        ordered = side
        if len(side) > 1:
            ordered = sorted(side)
            if ordered != side:
                self._report("link.sequence", line, f"the targets of {name} are not in text order")
            if self._between(ordered):
                self._report("link.gap", line, f"{name} leaves out units between its own")
        if not self._free and ordered[0] < self._reached[column]:
            self._report("link.crossing", line, f"{name} runs back behind the link before it")
        self._reached[column] = max(self._reached[column], ordered[0])
        for unit in side:
            if seen[unit - zone.first]:
                self._report("unit.twice", line, f"{name} holds a unit that another link holds too")
            seen[unit - zone.first] = 1
            self._linked.add(survey.kinds[unit])
            tag = survey.tags[survey.langs[unit]]
            if tag != zone.lang:
                what = f"{name} points at a unit in {tag or 'no language'}, its zone is {zone.lang}"
                self._report("link.language", line, what)

    def _between(self, side: list[int]) -> bool:
        kinds, held = self._survey.kinds, set(side)
        mine = {kinds[unit] for unit in side}
        return any(
            kinds[unit] in mine and unit not in held for unit in range(side[0], side[-1] + 1)
        )

    def close(self) -> None:
        """Check what no link holds, once the group is over."""
        survey = self._survey
        kinds = self._linked or self._kinds & {1, 2, 3, 4}
        if not self._whole or self._broken:
            return
        for zone, seen in zip(self._zones, self._seen, strict=True):
            for offset, found in enumerate(seen):
                if found:
                    continue
                unit = zone.first + offset
                if survey.kinds[unit] not in kinds:
                    continue
                file, line = survey.file_of(unit), survey.lines[unit]
                if unit in survey.nameless:
                    name = survey.nameless[unit][0]
                    survey.report.add("unit.id", file, line, f"a {name} has no xml:id")
                elif self._primary():
                    what = f"a unit of this zone is in no link of {self.name}"
                    survey.report.add("unit.unlinked", file, line, what)

    def _primary(self) -> bool:
        """A pair leaves out what stands in neither; that is seen by comparing it with the whole."""
        mine = set(self.domains)
        return not any(
            mine < {p.rpartition("#")[2] for p in names} for names in self._survey.domains
        )


def check_pairs(groups: list[GroupCheck], survey: Survey) -> None:
    """Every pair group says what the group of all languages says of its two."""
    for pair in groups:
        for whole in groups:
            if len(pair.domains) == 2 and set(pair.domains) < set(whole.domains):
                _compare(pair, whole, survey)


def _compare(pair: GroupCheck, whole: GroupCheck, survey: Survey) -> None:
    zones = [survey.places[name] for name in pair.domains if name in survey.places]
    if len(zones) != 2 or pair.subtype != whole.subtype:
        return
    projected: dict[tuple[int, ...], int] = {}
    for bead, line in whole.beads.items():
        side = [u for zone in zones for u in bead if zone.first <= u < zone.end]
        if side:
            projected[tuple(side)] = line
    report, file = survey.report, pair._file  # noqa: SLF001
    for bead, line in pair.beads.items():
        if bead not in projected:
            report.add("group.projection", file, line, f"{whole.name} has no such link")
    for bead in projected:
        if bead not in pair.beads:
            line = pair._line  # noqa: SLF001
            what = f"{pair.name} lacks a link that follows from {whole.name}"
            report.add("group.projection", file, line, what)
