"""The files that somebody's TEI is made of, and the links in them with what they say."""

from __future__ import annotations

from dataclasses import dataclass, field
from posixpath import normpath
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from aligner.errors import InvalidFileError
from aligner.formats import marks
from aligner.formats.linked import below
from aligner.formats.tei.laid import KIND, Q
from aligner.formats.tei.said import Names, confidence_of
from aligner.model import Status
from aligner.safexml import XI, XML_ID, parse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lxml import etree

_ID = "{" + XML_ID
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_XML = (".xml", ".tei")


class Pointer(NamedTuple):
    """An id and the file it is in; not ``sure`` where the pointer names no file that was read."""

    file: str
    id: str
    sure: bool


class RawLink(NamedTuple):
    """A link of the file: whatever it points at, and its marks."""

    pointers: tuple[Pointer, ...]
    confidence: float
    status: Status
    resp: str


@dataclass(slots=True)
class Texts:
    """The files of a corpus by name, the first of them the one that was asked for."""

    roots: dict[str, etree._Element] = field(default_factory=dict)
    links: list[RawLink] = field(default_factory=list)

    @property
    def first(self) -> etree._Element:
        """The root of the file that was asked for."""
        return next(iter(self.roots.values()))


def read_texts(path: Path) -> Texts:
    """Read a TEI file, those it includes, and those of its folder that its links point into."""
    from aligner.formats.tei.scan import included

    texts = Texts({path.name: _rooted(path)})
    for found in texts.first.iter(f"{{{XI}}}include"):
        other = included(
            path,
            str(found.get("href", "")),
            line if isinstance(line := found.sourceline, int) else 1,
        )
        texts.roots.setdefault(other.name, _rooted(other))
    waiting = list(texts.roots)
    while waiting:
        file = waiting.pop(0)
        for name in _named(texts.roots[file], file):
            if name not in texts.roots and name.rpartition("/")[2] not in texts.roots:
                texts.roots[name] = _rooted(_beside(path, name, file))
                waiting.append(name)
    for file, root in texts.roots.items():
        texts.links += _links(root, file, texts.roots)
    return texts


def _rooted(path: Path) -> etree._Element:
    root = parse(path).getroot()
    if root.tag not in {f"{Q}TEI", f"{Q}teiCorpus"}:
        shown = str(root.tag).rpartition("}")[2]
        raise InvalidFileError(
            f"this is no TEI file: its root is {shown}",
            where=str(path),
            do="Name the format of the file, or give a file with a TEI or teiCorpus root",
        )
    return root


def _beside(path: Path, name: str, file: str) -> Path:
    there = below(path, name)
    if not there.is_file():
        raise InvalidFileError(
            f"the file {name}, into which its links point, is not there",
            where=str(path.with_name(file)),
            do="Keep the files of a corpus together in one folder",
        )
    return there


def _pointing(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Every link, every ``ptr`` among links, every unit with a counterpart; what they point at."""
    for link in root.iter(f"{Q}link", f"{Q}ptr"):
        above = link.getparent()
        if link.tag == f"{Q}link" or (above is not None and above.tag == f"{Q}linkGrp"):
            yield link, link.get("target") or link.get("targets") or ""
    for unit in root.iter(*(f"{Q}{name}" for name in KIND)):
        if unit.get(_ID) and unit.get("corresp"):
            yield unit, unit.get("corresp") or ""


def _named(root: etree._Element, file: str) -> dict[str, None]:
    """Names of XML files that are pointed into, addresses left out."""
    found: dict[str, None] = {}
    seen: dict[tuple[str, str], str] = {}
    for element, pointers in _pointing(root):
        base = _base(element)
        for pointer in pointers.split():
            start = pointer.partition("#")[0]
            if start and (start, base) not in seen:
                name = seen[start, base] = _file(pointer, base, file)
                if name.endswith(_XML) and not urlsplit(name).scheme:
                    found[name] = None
    return found


def _base(element: etree._Element) -> str:
    """The xml:base of an element, from outside in; an address is where the files once lay."""
    said = [str(e.get(_BASE)) for e in (element, *element.iterancestors()) if e.get(_BASE)]
    base = ""
    for each in reversed(said):
        base = "" if urlsplit(each).scheme else urljoin(base, each)
    return base


def _file(pointer: str, base: str, file: str) -> str:
    """The file that a pointer names, relative to the folder: ``texts/en.xml``."""
    start = pointer.partition("#")[0]
    if not start:
        return file
    folder = file.rpartition("/")[0]
    joined = urljoin(base or (f"{folder}/" if folder else ""), start)
    return joined if urlsplit(joined).scheme else normpath(unquote(joined))


def _links(root: etree._Element, file: str, roots: dict[str, etree._Element]) -> Iterator[RawLink]:
    names = Names(roots)
    for element, pointers in _pointing(root):
        base = _base(element)
        found = [_pointer(each, base, file, roots) for each in pointers.split()]
        if element.tag not in {f"{Q}link", f"{Q}ptr"}:
            mine = Pointer(file, str(element.get(_ID)), True)
            yield RawLink((mine, *found), 1.0, "auto", "aligner")
            continue
        above = element.getparent()
        around = element if above is None else above
        yield RawLink(
            tuple(found),
            confidence_of(element.get("cert") or around.get("cert")),
            marks.status(element.get("subtype")),
            names.of(element.get("resp") or around.get("resp") or "", file),
        )


def _pointer(pointer: str, base: str, file: str, roots: dict[str, etree._Element]) -> Pointer:
    start, _, name = pointer.partition("#")
    if not start:
        return Pointer(file, name, False)
    there = _file(pointer, base, file)
    if there not in roots:
        there = there.rpartition("/")[2]
    return Pointer(there, name, there in roots)
