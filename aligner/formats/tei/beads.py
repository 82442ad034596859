"""Beads one by one from a TEI corpus of any size: texts are kept packed, links pass through."""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from aligner.errors import InvalidFileError
from aligner.formats.entries import Entry
from aligner.formats.tei.declared import people_of
from aligner.formats.tei.node import Node
from aligner.formats.tei.plan import REST
from aligner.safexml import TEI, XI, XML_ID, XML_LANG, Scanner, scan, scan_steps

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from aligner.formats.entries import Head
    from aligner.model import Role, Status, UnitKind

_DIGITS = "0123456789"
_LONGEST = 16
"""Digits of a number that is taken for a count."""

_GROUP = re.compile(r"\.al\d+\Z")
_HEADER, _TEI, _DIV, _LINKS, _LINK, _POINTER = (
    f"{TEI}}}{name}" for name in ("teiHeader", "TEI", "div", "linkGrp", "link", "ptr")
)
_POINTERS = frozenset({_LINK, _POINTER})
_INCLUDE = f"{XI}}}include"
_UNITS = frozenset(f"{TEI}}}{name}" for name in ("s", "term", "seg", "l"))


def _counts(digits: str) -> bool:
    """True for the number of a unit as ``plan`` writes it, so that text and number are one."""
    return digits[:1] not in {"", "0"} and len(digits) < _LONGEST


class _Store:
    """Texts by id, packed: ids that only count upwards cost eight bytes each."""

    def __init__(self) -> None:
        self._packed: dict[str, tuple[bytearray, array[int]]] = {}
        self._others: dict[str, tuple[str, int]] = {}
        self._last: tuple[str, bytearray, array[int]] = ("", bytearray(), array("Q", [0]))

    def add(self, name: str, text: str, number: int) -> None:
        """Keep the text of unit ``number`` of its zone."""
        prefix, data, ends = self._last
        if prefix and name == f"{prefix}{len(ends)}":  # nearly always the next one
            data += text.encode()
            ends.append(len(data))
            return
        prefix = name.rstrip(_DIGITS)
        digits = name[len(prefix) :]
        if _counts(digits):
            data, ends = self._packed.setdefault(prefix, (bytearray(), array("Q", [0])))
            self._last = prefix, data, ends
            if int(digits) == len(ends):
                data += text.encode()
                ends.append(len(data))
                return
        self._others[name] = text, number

    def text(self, name: str, first: int) -> tuple[str, int]:
        """The text, and the number in its zone, whose first packed unit is ``first``."""
        if self._others and name in self._others:
            return self._others[name]
        prefix = name.rstrip(_DIGITS)
        data, ends = self._packed[prefix]
        number = int(name[len(prefix) :])
        if not 0 < number < len(ends):
            raise KeyError(name)
        return data[ends[number - 1] : ends[number]].decode(), number - first


@dataclass(slots=True)
class _Zone:
    """What is known of a zone: language, role, kind of unit; number in its id of its unit 0."""

    lang: str
    role: str
    unit: str
    count: int = 0
    first: int = 1


class _Texts:
    """First pass: the text of every unit, every zone, the headers."""

    def __init__(self) -> None:
        self.store = _Store()
        self.zones: dict[str, _Zone] = {}
        self.groups: list[tuple[int, list[str]]] = []
        self.langs: dict[str, str] = {}
        self.people: dict[str, str] = {}
        self.headers: list[Node] = []
        self.includes: list[tuple[str, int]] = []
        self.ours = False
        self.rest = 0
        self.left: dict[Path, int] = {}
        self._zone: _Zone | None = None
        self._unit = ""
        self._buffer: list[str] = []
        self._open: list[Node] = []

    def begin(self, scanner: Scanner) -> None:
        self._scanner, self._place = scanner, scanner.path

    def aligned_langs(self) -> tuple[str, ...]:
        """The languages of the alignments, in their order."""
        names = [name for _, group in sorted(self.groups) for name in group]
        return tuple(dict.fromkeys(self.zones[name].lang for name in names if name in self.zones))

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == _LINK and not self._open:
            return
        if self._open or name == _HEADER:
            node = Node(name.rpartition("}")[2], attributes)
            if self._open:
                self._open[-1].children.append(node)
            else:
                self.headers.append(node)
            self._open.append(node)
        elif name in _UNITS:
            self._unit = attributes.get(XML_ID, "")
            self._buffer = []
        elif name == _DIV and "decls" in attributes:
            unit = attributes["decls"].rpartition(".")[2]
            role = attributes.get("type", "body")
            self._zone = _Zone(attributes.get(XML_LANG, ""), role, unit)
            self.zones[attributes.get(XML_ID, "")] = self._zone
        elif name == _TEI:
            self.langs[attributes.get(XML_ID, "")] = attributes.get(XML_LANG, "")
        elif name == _LINKS and _GROUP.search(attributes.get(XML_ID, "")):
            self.left[self._place] = self.left.get(self._place, 0) + 1
            self.groups.append((_number(attributes), _zone_names(attributes)))
        elif name == _INCLUDE:
            self.includes.append((attributes.get("href", ""), self._scanner.line))

    def end(self, name: str) -> None:
        if self._open:
            node = self._open.pop()
            if node.name == "application" and node.id == "app.writer":
                self.ours = True
            if not self._open:
                self.people |= people_of(node)
        elif name in _UNITS and self._unit and self._zone:
            zone = self._zone
            digits = "" if zone.count else self._unit[len(self._unit.rstrip(_DIGITS)) :]
            if _counts(digits):
                zone.first = int(digits)
            self.store.add(self._unit, "".join(self._buffer), zone.count)
            zone.count += 1
            self.rest += zone.role in REST
            self._unit = ""

    def data(self, text: str) -> None:
        if self._unit:
            self._buffer.append(text)
        elif self._open:
            self._open[-1].pieces.append(text)


def _number(attributes: dict[str, str]) -> int:
    return int(attributes[XML_ID].rpartition(".al")[2]) - 1


def _zone_names(attributes: dict[str, str]) -> list[str]:
    pointers = attributes.get("domains", attributes.get("corresp", "")).split()
    return [pointer.rpartition("#")[2] for pointer in pointers]


class _Links:
    """Second pass: hands on the beads that the last piece of the file held.

    ``left`` counts the groups still to come; behind the last one, nobody need read on.
    """

    def __init__(self, texts: _Texts, left: int) -> None:
        self._texts = texts
        self._zones: list[_Zone] | None = None
        self._group = 0
        self._sizes: dict[str, list[int]] = {}
        self.left = left
        self.ready: list[Entry] = []

    def begin(self, scanner: Scanner) -> None:
        pass

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in _POINTERS:
            if self._zones is not None and attributes.get("type") != "empty":
                self.ready.append(self._entry(self._zones, attributes))
        elif name == _LINKS and _GROUP.search(attributes.get(XML_ID, "")):
            self._zones = [self._texts.zones[name] for name in _zone_names(attributes)]
            self._langs = tuple(zone.lang for zone in self._zones)
            self._group = _number(attributes)
            self._at = [0] * len(self._zones)

    def end(self, name: str) -> None:
        if name == _LINKS and self._zones is not None:
            self._zones = None
            self.left -= 1

    def data(self, text: str) -> None:
        pass

    def _shape(self, said: dict[str, str], names: list[str], columns: int) -> list[int]:
        sizes = self._sizes.get(said["type"])
        if sizes is None:
            sizes = self._sizes[said["type"]] = [int(size) for size in said["type"].split("-")]
        if sum(sizes) != len(names) or len(sizes) != columns:
            raise ValueError(f"{said.get(XML_ID)} is no {said['type']} bead")
        return sizes

    def _entry(self, zones: list[_Zone], said: dict[str, str]) -> Entry:
        names = said["target"].split()
        sizes = self._shape(said, names, len(zones))
        texts: list[tuple[str, ...]] = []
        text, place, at = self._texts.store.text, self._at, 0
        first = []
        for column, size in enumerate(sizes):
            found = [
                text(name.rpartition("#")[2], zones[column].first) for name in names[at : at + size]
            ]
            at += size
            texts.append(tuple([words for words, _ in found]))
            start = found[0][1] if found else place[column]
            first.append(start)
            place[column] = start + size
        return Entry(
            self._group,
            cast("Role", zones[0].role),
            self._langs,
            tuple(texts),
            tuple(first),
            float(said["cert"]),
            cast("Status", said.get("subtype", "auto")),
            self._texts.people[said["resp"].rpartition("#")[2]],
            cast("UnitKind", zones[0].unit),
        )


def stream_beads(path: Path) -> tuple[Head, Iterator[Entry]]:
    """The head of a corpus and its beads; of other TEI, those that ``load`` finds."""
    from aligner.formats.entries import Head, entries, head
    from aligner.formats.tei.declared import facts_of, steps_of, title_of
    from aligner.formats.tei.scan import included

    texts = _Texts()
    scan(path, texts)
    paths = [path]
    for reference, line in list(texts.includes):
        paths.append(included(path, reference, line))
        scan(paths[-1], texts)
    if not texts.ours:
        from aligner.formats.tei import load

        corpus = load(path)
        return head(corpus), entries(corpus)
    about = Head(
        title_of(texts.headers[0]),
        texts.aligned_langs(),
        facts_of(texts.headers, texts.langs),
        tuple(steps_of(texts.headers[0])),
        texts.rest,
    )
    return about, _entries(paths, texts)


def _entries(paths: list[Path], texts: _Texts) -> Iterator[Entry]:
    try:
        for each in paths:
            links = _Links(texts, texts.left.get(each, 0))
            for _ in scan_steps(each, links, again=True):
                yield from links.ready
                links.ready.clear()
                if not links.left:
                    break
            yield from links.ready
    except (KeyError, ValueError) as error:
        raise InvalidFileError(
            "the parts of this corpus no longer fit together",
            where=str(paths[0]),
            why=str(error),
            do="aligner validate says what is wrong, and where",
        ) from error
