"""Beads one by one from a TEI corpus of any size: texts are kept packed, links pass through."""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from aligner.errors import InvalidFileError
from aligner.formats.tei.build import people_of
from aligner.formats.tei.node import Node
from aligner.safexml import TEI, XI, XML_ID, XML_LANG, Scanner, scan, scan_steps

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from aligner.model import Role, Status

_NUMBERED = re.compile(r"(.*?)([1-9][0-9]*)\Z", re.DOTALL)
_GROUP = re.compile(r"\.al\d+\Z")
_UNITS = frozenset(f"{TEI}}}{name}" for name in ("s", "term", "seg", "l"))


@dataclass(frozen=True, slots=True)
class StreamedBead:
    """A bead with its texts: ``texts[i]`` and ``ids[i]`` are the units of the language ``langs[i]``.

    ``group`` counts the alignments of the corpus from 0.
    """

    group: int
    role: Role
    crossing: bool
    langs: tuple[str, ...]
    texts: tuple[tuple[str, ...], ...]
    ids: tuple[tuple[str, ...], ...]
    confidence: float
    status: Status
    resp: str


class _Store:
    """Texts by id, packed: ids that only count upwards cost eight bytes each."""

    def __init__(self) -> None:
        self._packed: dict[str, tuple[bytearray, array[int]]] = {}
        self._others: dict[str, str] = {}

    def add(self, name: str, text: str) -> None:
        found = _NUMBERED.match(name)
        if found:
            data, ends = self._packed.setdefault(found[1], (bytearray(), array("Q", [0])))
            if int(found[2]) == len(ends):
                data += text.encode()
                ends.append(len(data))
                return
        self._others[name] = text

    def text(self, name: str) -> str:
        found = _NUMBERED.match(name)
        if found and found[1] in self._packed:
            data, ends = self._packed[found[1]]
            number = int(found[2])
            if number < len(ends):
                return data[ends[number - 1] : ends[number]].decode()
        return self._others[name]


class _Texts:
    """First pass: the text of every unit, the language and role of every zone, the people."""

    def __init__(self) -> None:
        self.store = _Store()
        self.zones: dict[str, tuple[str, str]] = {}
        self.people: dict[str, str] = {}
        self.includes: list[tuple[str, int]] = []
        self.ours = False
        self._unit = ""
        self._buffer: list[str] = []
        self._person: list[Node] = []

    def begin(self, scanner: Scanner) -> None:
        self._scanner = scanner

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in _UNITS:
            self._unit = attributes.get(XML_ID, "")
            self._buffer = []
        elif name == f"{TEI}}}div" and "decls" in attributes:
            role = attributes.get("type", "body")
            self.zones[attributes.get(XML_ID, "")] = (attributes.get(XML_LANG, ""), role)
        elif name == f"{TEI}}}application" and attributes.get(XML_ID) == "app.writer":
            self.ours = True
        elif name == f"{XI}}}include":
            self.includes.append((attributes.get("href", ""), self._scanner.line))
        elif self._person or name == f"{TEI}}}respStmt":
            node = Node(name.rpartition("}")[2], attributes)
            if self._person:
                self._person[-1].children.append(node)
            self._person.append(node)

    def end(self, name: str) -> None:
        if self._person:
            node = self._person.pop()
            if not self._person:
                self.people |= people_of(node)
        elif name in _UNITS and self._unit:
            self.store.add(self._unit, "".join(self._buffer))
            self._unit = ""

    def data(self, text: str) -> None:
        if self._unit:
            self._buffer.append(text)
        elif self._person:
            self._person[-1].pieces.append(text)


class _Links:
    """Second pass: hands on the beads that the last piece of the file held."""

    def __init__(self, texts: _Texts) -> None:
        self._texts = texts
        self._head: tuple[int, Role, bool, tuple[str, ...]] | None = None
        self.ready: list[StreamedBead] = []

    def begin(self, scanner: Scanner) -> None:
        pass

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition("}")[2]
        if local in {"link", "ptr"}:
            if self._head and attributes.get("type") != "empty":
                self.ready.append(self._bead(*self._head, attributes))
        elif local == "linkGrp":
            self._head = self._group(attributes)

    def end(self, name: str) -> None:
        if name.endswith("}linkGrp"):
            self._head = None

    def data(self, text: str) -> None:
        pass

    def _group(self, said: dict[str, str]) -> tuple[int, Role, bool, tuple[str, ...]] | None:
        if not _GROUP.search(said.get(XML_ID, "")):
            return None
        pointers = said.get("domains", said.get("corresp", "")).split()
        zones = [self._texts.zones[pointer.rpartition("#")[2]] for pointer in pointers]
        role = cast("Role", zones[0][1] if zones else said.get("n", "body"))
        number = int(said[XML_ID].rpartition(".al")[2]) - 1
        free = said.get("ana", "").endswith("order.free")
        return number, role, free, tuple(lang for lang, _ in zones)

    def _bead(
        self, group: int, role: Role, crossing: bool, langs: tuple[str, ...], said: dict[str, str]
    ) -> StreamedBead:
        names = [pointer.rpartition("#")[2] for pointer in said["target"].split()]
        ids, at = [], 0
        for size in said["type"].split("-"):
            ids.append(tuple(names[at : at + int(size)]))
            at += int(size)
        if at != len(names) or len(ids) != len(langs):
            raise ValueError(f"{said.get(XML_ID)} is no {said['type']} bead")
        text = self._texts.store.text
        return StreamedBead(
            group,
            role,
            crossing,
            langs,
            tuple(tuple(text(name) for name in side) for side in ids),
            tuple(ids),
            float(said["cert"]),
            cast("Status", said.get("subtype", "auto")),
            self._texts.people[said["resp"].rpartition("#")[2]],
        )


def stream(path: Path) -> Iterator[StreamedBead]:
    """The beads of a corpus of ours in a stream; of other TEI, those that ``load`` finds."""
    from aligner.formats.tei.scan import included

    texts = _Texts()
    scan(path, texts)
    paths = [path]
    for href, line in list(texts.includes):
        paths.append(included(path, href, line))
        scan(paths[-1], texts)
    if not texts.ours:
        yield from _loaded(path)
        return
    try:
        for each in paths:
            links = _Links(texts)
            for _ in scan_steps(each, links, again=True):
                yield from links.ready
                links.ready.clear()
            yield from links.ready
    except (KeyError, ValueError) as error:
        raise InvalidFileError(
            "the parts of this corpus no longer fit together",
            where=str(path),
            why=str(error),
            do="aligner validate says what is wrong, and where",
        ) from error


def _loaded(path: Path) -> Iterator[StreamedBead]:
    from aligner.formats.tei import load

    corpus = load(path)
    for group, (parallel, alignment) in enumerate(
        zip(corpus.parallels, corpus.alignments, strict=True)
    ):
        langs = tuple(version.lang for version in alignment.versions)
        for view in alignment:
            yield StreamedBead(
                group,
                parallel.role,
                alignment.crossing,
                langs,
                tuple(side.texts for side in view.sides),
                tuple(tuple(unit.id or "" for unit in side.units) for side in view.sides),
                view.confidence,
                view.status,
                view.bead.resp,
            )
