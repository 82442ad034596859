"""First pass of a check: every id, unit, zone and language of a TEI file, and checks of their own.

Units are numbered through all files; an element with an id knows the range of units inside it.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aligner.safexml import TEI, XI, XML_ID, XML_LANG, Scanner

if TYPE_CHECKING:
    from pathlib import Path

    from aligner.formats.rules import Report

UNITS = {"s": 1, "term": 2, "seg": 3, "l": 4, "p": 5, "ab": 6}
"""Elements that can be units, with a number for each."""

_COUNTED = ("s", "term", "seg", "l")
_EDGE = re.compile("[\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]")
_CONTROL = re.compile("[\x7f-\x84\x86-\x9f\ufff9-\ufffb]")
_OPENS, _CLOSES = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068", "\u202c\u2069"
_TAG = re.compile(
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*"
    r"(?:-x(?:-[a-z0-9]{1,8})+)?\Z|x(?:-[a-z0-9]{1,8})+\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Place:
    """An element with an id: where it stands, its units (first, end), its language."""

    file: str
    line: int
    name: str
    first: int
    end: int
    lang: str


@dataclass(slots=True)
class Survey:
    """What all the files together hold."""

    report: Report
    places: dict[str, Place] = field(default_factory=dict)
    units: dict[str, int] = field(default_factory=dict)
    kinds: array[int] = field(default_factory=lambda: array("B"))
    langs: array[int] = field(default_factory=lambda: array("H"))
    lines: array[int] = field(default_factory=lambda: array("L"))
    tags: list[str] = field(default_factory=list)
    nameless: dict[int, tuple[str, int]] = field(default_factory=dict)
    declared: set[str] = field(default_factory=set)
    used: dict[str, tuple[str, int]] = field(default_factory=dict)
    prefixes: set[str] = field(default_factory=set)
    files: dict[str, Path] = field(default_factory=dict)
    wanted: set[str] = field(default_factory=set)
    domains: list[tuple[str, ...]] = field(default_factory=list)
    includes: list[tuple[str, int]] = field(default_factory=list)
    root: str = ""
    corpus: str = ""
    starts: list[tuple[int, str]] = field(default_factory=list)

    def file_of(self, unit: int) -> str:
        """The file a unit stands in."""
        return next(name for first, name in reversed(self.starts) if first <= unit)


class Locals(dict[str, str]):
    """Local names of TEI elements by their full names; nothing for those of other namespaces."""

    def __missing__(self, name: str) -> str:
        space, _, local = name.rpartition("}")
        found = self[name] = local if space == TEI else ""
        return found


class SurveyHandler:
    """Fills a ``Survey`` from the events of one file. ``quiet`` files are looked up, not judged."""

    def __init__(self, survey: Survey, path: Path, *, quiet: bool = False) -> None:
        self._survey, self._path, self._quiet = survey, path, quiet
        self._file = path.name
        survey.files[path.name] = path
        survey.starts.append((len(survey.kinds), path.name))
        self._open: list[tuple[str, dict[str, str], int, int, int]] = []
        self._lang = 0
        self._inside = 0
        self._text = False
        self._filled = self._length = self._sentences = 0
        self._locals = Locals()
        self._said: list[tuple[str, int, int]] = []
        self._measure: tuple[str, int, int] | None = None
        self._counts: dict[str, int] = {}
        self._tag_numbers = {tag: number for number, tag in enumerate(survey.tags)}
        self._number("")

    def begin(self, scanner: Scanner) -> None:
        """The scan starts."""
        self._scanner = scanner

    def _number(self, tag: str) -> int:
        if tag not in self._tag_numbers:
            self._tag_numbers[tag] = len(self._survey.tags)
            self._survey.tags.append(tag)
        return self._tag_numbers[tag]

    def _add(self, rule: str, what: str, line: int | None = None) -> None:
        if not self._quiet:
            self._survey.report.add(rule, self._file, line or self._scanner.line, what)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element opens."""
        survey = self._survey
        local = self._locals[name]
        tag = attributes.get(XML_LANG)
        before = self._lang
        line = self._scanner.line
        if tag is not None:
            self._lang = self._number(tag)
            if tag and tag not in survey.used:
                survey.used[tag] = (self._file, line)
        self._open.append((local, attributes, len(survey.kinds), before, line))
        if not local:
            if name == _INCLUDE:
                survey.includes.append((attributes.get("href", ""), line))
            survey.root = survey.root or name
            return
        kind = UNITS.get(local) if self._text else None
        if local == "text":
            self._text = True
        if kind:
            self._start_unit(local, kind, attributes, line)
        else:
            for value in attributes.values():
                if ".xml#" in value:
                    self._wants(value)
            if local in _HEADS:
                self._start_other(local, attributes)

    def _start_unit(self, name: str, kind: int, attributes: dict[str, str], line: int) -> None:
        survey = self._survey
        number = len(survey.kinds)
        survey.kinds.append(kind)
        survey.langs.append(self._lang)
        survey.lines.append(line)
        identifier = attributes.get(XML_ID)
        if identifier is None:
            survey.nameless[number] = (name, line)
        if kind == 1:
            if self._sentences:
                self._add("unit.nested", "a sentence stands inside another")
            self._sentences += 1
        if kind <= 4:
            self._counts[name] = self._counts.get(name, 0) + 1
            if not self._inside:
                self._filled = self._length = 0
            self._inside += 1

    def _start_other(self, name: str, attributes: dict[str, str]) -> None:
        survey = self._survey
        if name == "language":
            survey.declared.add(attributes.get("ident", ""))
        elif name == "prefixDef":
            survey.prefixes.add(attributes.get("ident", ""))
        elif name == "measure":
            number = attributes.get("quantity", "")
            if number.isdigit() and attributes.get("unit") in _COUNTED:
                self._said.append((attributes["unit"], int(number), self._scanner.line))
        elif name == "linkGrp":
            survey.domains.append(tuple(attributes.get("domains", "").split()))
        elif name == "teiCorpus":
            survey.corpus = survey.corpus or attributes.get(XML_ID, "")
            survey.root = survey.root or name
        elif name == "TEI":
            survey.root = survey.root or name
            self._counts, self._said = {}, []

    def _wants(self, pointers: str) -> None:
        self._survey.wanted.update(p.partition("#")[0] for p in pointers.split() if "#" in p)

    def end(self, name: str) -> None:  # noqa: ARG002 (it is on the stack)
        """An element closes."""
        local, attributes, first, before, line = self._open.pop()
        survey = self._survey
        kind = UNITS.get(local) if self._text else None
        if local == "text":
            self._text = False
        if kind and kind <= 4:
            self._inside -= 1
            self._sentences -= kind == 1
            if not self._inside:
                self._end_unit(local, attributes, line)
        identifier = attributes.get(XML_ID)
        if identifier is not None:
            if identifier in survey.units or identifier in survey.places:
                self._add("id.duplicate", f"{identifier!r} is the id of two elements", line)
            elif kind:
                survey.units[identifier] = first
            elif local not in ("link", "ptr"):
                tag = survey.tags[self._lang]
                end = len(survey.kinds)
                survey.places[identifier] = Place(self._file, line, local, first, end, tag)
            else:
                survey.places[identifier] = _LINK
            if not identifier.startswith(survey.corpus):
                self._prefix(identifier, line)
        self._lang = before
        if local == "TEI":
            self._compare()

    def _prefix(self, identifier: str, line: int) -> None:
        corpus = self._survey.corpus
        if not _ASIDE.match(identifier):
            self._add("id.prefix", f"the id {identifier!r} does not begin with {corpus!r}", line)

    def _compare(self) -> None:
        for unit, said, line in self._said:
            if said != self._counts.get(unit, 0):
                true = self._counts.get(unit, 0)
                self._add("extent.count", f"there are {true} elements {unit}, not {said}", line)

    def _end_unit(self, name: str, attributes: dict[str, str], line: int) -> None:
        shown = attributes.get(XML_ID, f"this {name}")
        if not self._filled and name != "l":
            self._add("unit.empty", f"{shown} has no text", line)
        source = attributes.get("source")
        if source and source[0] == "d" and "," in source:
            try:
                length = sum([_length(piece) for piece in source.split()])
            except ValueError:
                length = -1
            if length != self._length:
                what = f"{shown} has {self._length} characters, its source says {max(length, 0)}"
                self._add("unit.source", what, line)

    def data(self, text: str) -> None:
        """A piece of text."""
        if self._inside:
            self._length += len(text)
            if not self._filled and text.strip():
                self._filled = 1
            if _EDGE.search(text):
                self._odd(text)

    def _odd(self, text: str) -> None:
        control = _CONTROL.search(text)
        if control:
            self._add("text.control", f"there is a control character U+{ord(control.group()):04X}")
        opened = sum(c in _OPENS for c in text)
        if opened != sum(c in _CLOSES for c in text):
            self._add("text.direction", "a direction mark is opened or closed alone")


_HEADS = frozenset(
    "language prefixDef measure linkGrp teiCorpus TEI".split()  # noqa: SIM905
)
_ASIDE = re.compile(r"(app|lang|order|resp|tr|unit|genre)(\.|\Z)")
_INCLUDE = f"{XI}}}include"
_LINK = Place("", 0, "link", 0, 0, "")


def _length(piece: str) -> int:
    start, _, end = piece.partition(":")[2].partition(",")
    return int(end) - int(start)


def is_tag(text: str) -> bool:
    """True for a well-formed BCP 47 tag."""
    return _TAG.match(text) is not None


def check_languages(survey: Survey) -> None:
    """Every tag in use is declared and well-formed."""
    for tag, (file, line) in survey.used.items():
        if tag not in survey.declared:
            survey.report.add(
                "lang.undeclared", file, line, f"the language {tag!r} is not declared"
            )
        if not _TAG.match(tag):
            survey.report.add("lang.tag", file, line, f"{tag!r} is no language tag")
