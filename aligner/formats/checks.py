"""Second pass of a check: every pointer, and the meaning of every link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aligner.formats.group import GroupCheck
from aligner.formats.survey import Locals
from aligner.safexml import TEI, Scanner

if TYPE_CHECKING:
    from pathlib import Path

    from aligner.formats.survey import Survey

POINTERS = frozenset(
    ("target", "resp", "who", "ref", "scheme", "domains", "corresp", "ana", "decls", "source")
)
_UNITS = frozenset(f"{TEI}}}{name}" for name in ("s", "term", "seg", "l"))
_PLAIN = 2
"""Attributes of a unit that has an id and a source, and nothing else to check."""

_SHARES = frozenset(("cert", "degree"))
"""Attributes that hold a probability, or a word for one."""

_MOST_KNOWN = 1000
"""Values that are remembered as sound: units repeat a few of them."""

_SCHEMES = frozenset({"http", "https", "mailto", "urn", "doi", "ftp", "file", "data", "tel"})


def _all_here(pointers: str) -> bool:
    """True if every pointer begins with ``#``."""
    return pointers[:1] == "#" and pointers.count(" #") == pointers.count(" ")


class CheckHandler:
    """Checks the pointers and links of one file against a ``Survey`` of all."""

    def __init__(self, survey: Survey, path: Path) -> None:
        self._survey, self._path = survey, path
        self._file = path.name
        self._group: GroupCheck | None = None
        self._known: set[str] = set()
        self._shares: set[str] = set()
        self._locals = Locals()
        self._plain = survey.prefixes
        self.groups: list[GroupCheck] = []

    def begin(self, scanner: Scanner) -> None:
        """The scan starts."""
        self._scanner = scanner

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element opens."""
        if name in _UNITS and len(attributes) == _PLAIN:
            source = attributes.get("source", "")
            if source[: source.find(":")] in self._plain:
                return
        local = self._locals[name]
        if not local:
            return
        linked = False
        if local == "linkGrp":
            self._group = GroupCheck(self._survey, self._file, self._scanner.line, attributes)
            self.groups.append(self._group)
        elif self._group is not None and local in {"link", "ptr"}:
            linked = self._group.link(local, attributes, self._scanner.line)
        for key, value in attributes.items():
            if key in POINTERS:
                if not (linked and key == "target" and _all_here(value)):
                    self._pointers(key, value)
            elif key in _SHARES and value not in self._shares:
                self._share(key, value)

    def end(self, name: str) -> None:
        """An element closes."""
        if self._group is not None and name.endswith("}linkGrp"):
            self._group.close()
            self._group = None

    def data(self, text: str) -> None:
        """Text has no pointers."""

    def _pointers(self, key: str, value: str) -> None:
        if value in self._known or (key == "source" and value.partition(":")[0] in self._plain):
            return
        units = self._survey.units
        good = True
        for pointer in value.split():
            if pointer[0] != "#" or pointer[1:] not in units:
                good = self._pointer(pointer) and good
        if good and key in {"resp", "ana", "decls", "scheme"} and len(self._known) < _MOST_KNOWN:
            self._known.add(value)

    def _share(self, key: str, value: str) -> None:
        """A number from 0 to 1; whether it is a number, the schema has seen."""
        try:
            good = 0 <= float(value) <= 1
        except ValueError:
            return
        if not good:
            self._report("schema", f"the {key} {value} is not between 0 and 1")
        elif len(self._shares) < _MOST_KNOWN:
            self._shares.add(value)

    def _pointer(self, pointer: str) -> bool:
        file, hash_mark, name = pointer.partition("#")
        survey = self._survey
        if not hash_mark:
            return self._bare(pointer)
        if ":" in file:
            return True
        if file and file not in survey.files:
            self._report("pointer.file", f"the file {file} is not there")
            return False
        if name not in survey.units and name not in survey.places:
            self._report("pointer.dangling", f"nothing has the id {name!r}")
            return False
        return True

    def _bare(self, pointer: str) -> bool:
        """A pointer without ``#``: a prefix of ours, an address, or a file."""
        prefix, colon, _ = pointer.partition(":")
        if colon:
            if prefix in self._survey.prefixes or prefix.lower() in _SCHEMES:
                return True
            self._report("pointer.prefix", f"the prefix {prefix!r} is not declared")
            return False
        if (self._path.parent / pointer).exists():
            return True
        self._report("pointer.file", f"the file {pointer} is not there")
        return False

    def _report(self, rule: str, what: str) -> None:
        self._survey.report.add(rule, self._file, self._scanner.line, what)
