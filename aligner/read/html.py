"""Web pages: the text a browser shows; navigation, asides and page footers become notes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from aligner.errors import ReadError
from aligner.model import Document, Fact
from aligner.read.draft import Draft
from aligner.read.encoding import decode
from aligner.read.source import load
from aligner.read.webpage import Walk

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_BYTES = 64_000_000
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)|^\s*<\?xml[^>]{0,100}encoding=[\"']([\w.-]+)",
    re.IGNORECASE,
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_NAMES = {
    "author": "author", "dc.creator": "author", "dcterms.creator": "author",
    "citation_author": "author", "dc.title": "title", "dcterms.title": "title",
    "dc.language": "language", "dc.publisher": "publisher", "citation_doi": "identifier",
    "dc.identifier": "identifier", "dc.date": "date", "citation_date": "date",
    "dc.rights": "licence",
}  # fmt: skip


def read(path: Path, *, encoding: str | None = None) -> Document:
    """Read an HTML page: blocks with their lang attributes, tables as cells, notes as notes.

    White space is as a browser shows it. Marks of footnotes are left out of the sentence.
    Raises ReadError, EncodingError.
    """
    data = load(path, limit=MAX_BYTES)
    found = _CHARSET.search(data[:4096])
    name = (found.group(1) or found.group(2)).decode("ascii", "replace") if found else None
    decoded = decode(data, where=str(path), encoding=encoding, declared=name)
    root = parse(decoded.text, str(path))
    walk = Walk(Draft())
    walk.tree(root)
    if not len(walk.draft):
        raise ReadError("no text is in this page", where=str(path))
    facts = [*decoded.facts, *_facts(root)]
    if walk.hidden:
        facts.append(Fact("note", f"{walk.hidden} characters that the page hides were left out."))
    return walk.draft.document(path.name, facts)


def parse(text: str, where: str) -> _Element:
    """The tree of a page, as forgiving as a browser; raises ReadError if there is none."""
    from lxml import etree, html

    parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        return html.document_fromstring(_DECLARATION.sub("", text), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ReadError("no HTML is in it", where=where, why=str(error)) from error


def _facts(root: _Element) -> list[Fact]:
    facts: list[Fact] = []
    title = next(root.iter("title"), None)
    text = " ".join("".join(str(t) for t in title.itertext()).split()) if title is not None else ""
    if text:
        facts.append(Fact("title", text))
    if root.get("lang"):
        facts.append(Fact("language", str(root.get("lang"))))
    for meta in root.iter("meta"):
        name = _NAMES.get((meta.get("name") or "").lower())
        value = (meta.get("content") or "").strip()
        fact = Fact(name, value) if name and value else None
        if fact and fact not in facts:
            facts.append(fact)
    return facts
