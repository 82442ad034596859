"""E-books (EPUB 2 and 3): the chapters in reading order."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from aligner.errors import ReadError
from aligner.model import Document, Fact
from aligner.read.draft import Draft
from aligner.read.html import parse
from aligner.read.package import FACTS, Package, local_name, tree
from aligner.read.webpage import Walk

if TYPE_CHECKING:
    from lxml.etree import _Element

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_FACTS = {**FACTS, "creator": "author", "date": "date", "rights": "licence", "source": "source"}
_ROLES = {"trl": "translator", "edt": "editor", "aut": "author"}


@dataclass(frozen=True, slots=True)
class _Chapter:
    name: str
    root: _Element

    @property
    def lang(self) -> str | None:
        return self.root.get("lang") or self.root.get(_XML_LANG) or self.root.get("xml:lang")


def read(path: Path) -> Document:
    """Read an EPUB file without copy protection: its spine, in order, and its metadata.

    A chapter's own language is a hint where the chapters name different ones. Raises ReadError,
    UnsafeInputError.
    """
    with Package(path) as package:
        if "META-INF/rights.xml" in package.names or _locked(package):
            raise ReadError("it is copy-protected", where=str(path), do="Get it without protection")
        opf_name = _opf(package)
        opf = package.tree(opf_name)
        chapters = [_chapter(package, name) for name in _spine(opf, opf_name, package)]
    langs = {chapter.lang for chapter in chapters}
    draft = Draft()
    walk = Walk(draft)
    for chapter in chapters:
        walk.prefix = f"{chapter.name} "
        walk.restart()
        walk.tree(chapter.root, lang=chapter.lang if len(langs) > 1 else None)
    if not len(draft):
        raise ReadError("no text is in it", where=str(path))
    return draft.document(path.name, _facts(opf))


def _locked(package: Package) -> bool:
    """Encrypted chapters; encrypted fonts alone do no harm."""
    if "META-INF/encryption.xml" not in package.names:
        return False
    data = package.content("META-INF/encryption.xml").lower()
    return b".xhtml" in data or b".html" in data


def _opf(package: Package) -> str:
    if "META-INF/container.xml" in package.names:
        for element in package.tree("META-INF/container.xml").iter():
            if local_name(element) == "rootfile" and element.get("full-path"):
                return unquote(str(element.get("full-path")))
    for name in package.names:
        if name.endswith(".opf"):
            return name
    raise ReadError("it holds no list of chapters (OPF)", where=package.where)


def _spine(opf: _Element, opf_name: str, package: Package) -> list[str]:
    """Names of the chapters in reading order, without the table of contents."""
    base = PurePosixPath(opf_name).parent
    items = {e.get("id"): e for e in opf.iter() if local_name(e) == "item"}
    names: list[str] = []
    for reference in (e for e in opf.iter() if local_name(e) == "itemref"):
        item = items.get(reference.get("idref"))
        if item is None or "nav" in (item.get("properties") or "").split():
            continue
        name = _joined(base, unquote(item.get("href") or ""))
        if name in package.names and name not in names:
            names.append(name)
    if not names:
        raise ReadError("its list of chapters is empty", where=package.where)
    return names


def _joined(base: PurePosixPath, href: str) -> str:
    parts: list[str] = []
    for part in (base / href.partition("#")[0]).parts:
        if part == ".." and parts:
            parts.pop()
        elif part not in (".", ".."):
            parts.append(part)
    return "/".join(parts)


def _chapter(package: Package, name: str) -> _Chapter:
    data = package.content(name)
    try:
        return _Chapter(name, tree(data, f"{package.where}: {name}"))
    except ReadError:
        # Named characters such as &nbsp; and unclosed tags are common: read it as a browser does.
        return _Chapter(name, parse(data.decode("utf-8", errors="replace"), package.where))


def _facts(opf: _Element) -> list[Fact]:
    facts = []
    for element in opf.iter():
        if not str(element.tag).startswith("{http://purl.org/dc/"):
            continue
        name, value = _FACTS.get(local_name(element)), (element.text or "").strip()
        role = next((v for k, v in element.attrib.items() if str(k).endswith("role")), None)
        if local_name(element) in ("creator", "contributor"):
            name = _ROLES.get(str(role), name)
        if name and value:
            facts.append(Fact(name, value))
    return facts
