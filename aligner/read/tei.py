"""TEI of other projects as a source: its paragraphs, verses, heads and notes, and its header."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from aligner.errors import ReadError
from aligner.model import Cell, Document, Fact, Kind
from aligner.read.draft import Draft, Run, Spot
from aligner.read.package import tree
from aligner.read.source import load

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_BYTES = 64_000_000
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_KINDS: dict[str, Kind] = {
    "head": "heading", "p": "paragraph", "ab": "paragraph", "l": "paragraph", "u": "paragraph",
    "item": "item", "bibl": "item", "biblStruct": "item", "cell": "cell", "note": "note",
    "label": "label", "speaker": "label", "stage": "note", "fw": "note", "trailer": "paragraph",
    "byline": "paragraph", "docAuthor": "paragraph", "docDate": "paragraph",
    "docImprint": "paragraph", "titlePart": "heading", "argument": "paragraph",
    "opener": "paragraph", "closer": "paragraph", "salute": "paragraph", "signed": "paragraph",
    "dateline": "paragraph", "epigraph": "paragraph", "quote": "paragraph",
    "figDesc": "note", "figure": "paragraph",
}  # fmt: skip
_ASIDE = frozenset(("note", "fw", "figDesc"))
_SKIP = frozenset(
    ("sic", "orig", "abbr", "del", "gap", "teiHeader", "standOff", "linkGrp", "facsimile")
)
_CHOICES = frozenset(("choice", "app", "subst"))
_INSIDE = frozenset(("p", "ab", "l", "head", "cell", "item", "u", "note", "label", "bibl"))
_WHITE = re.compile(r"[ \t\r\n]+")
_GLUE = Run("", True)
"""A line break inside a word."""
_OTHERS = {
    "tmx": "a TMX file", "xliff": "an XLIFF file", "cesAlign": "an alignment (XCES)",
    "TBX": "a TBX file", "martif": "a TBX file",
}  # fmt: skip


@dataclass(slots=True)
class _State:
    draft: Draft
    page: int | None = None
    number: int = 0
    tables: int = 0
    row: int = 0
    column: int = 0
    runs: list[Run] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Inside:
    kind: Kind = "paragraph"
    lang: str | None = None
    level: int | None = None
    cell: Cell | None = None
    style: str | None = None


def read(path: Path) -> Document:
    """Read a TEI P5 (or P4) text that is no parallel corpus of this library.

    Corrections and regular forms are read, what they stand for is not; ``xml:lang`` becomes the
    hint of a block, ``pb`` its page. Raises ReadError, UnsafeInputError.
    """
    root = tree(load(path, limit=MAX_BYTES), str(path))
    name = _local(root)
    if name in _OTHERS:
        raise ReadError(
            f"this is {_OTHERS[name]}: a corpus, not a document", where=str(path),
            do="Use it with: aligner convert",
        )  # fmt: skip
    if name not in ("TEI", "TEI.2", "teiCorpus", "text", "body"):
        raise ReadError(f"XML whose root is <{name}>, not TEI", where=str(path))
    programs = {e.get("ident") for e in root.iter() if _local(e) == "application"}
    if programs & {"aligner", "tei-aligner"}:
        raise ReadError(
            "this is a corpus that is aligned already", where=str(path),
            do="Use it with: aligner convert, realign, add",
        )  # fmt: skip
    state = _State(Draft())
    for text in _texts(root):
        _walk(text, state, _Inside(lang=_lang(text, None)))
        _flush(state, _Inside())
    if not len(state.draft):
        raise ReadError("no text is in it", where=str(path))
    return state.draft.document(path.name, _facts(root))


def _texts(root: _Element) -> list[_Element]:
    if _local(root) in ("text", "body"):
        return [root]
    found = [e for e in root.iter() if _local(e) == "text"]
    return [e for e in found if not any(_local(a) == "text" for a in e.iterancestors())]


def _walk(element: _Element, state: _State, inside: _Inside) -> None:
    if element.text:
        state.runs.append(Run(element.text, False, inside.lang))
    notes: list[_Element] = []
    for child in _chosen(element):
        name = _local(child)
        if name in _ASIDE and _local(element) in _INSIDE:
            notes.append(child)
        elif name in _KINDS and not (name == "label" and _local(element) in _INSIDE):
            _flush(state, inside)
            _enter(child, name, state, inside)
        elif name not in _SKIP:
            _pass(child, name, state, inside)
        if child.tail:
            state.runs.append(Run(child.tail, False, inside.lang))
    if notes:
        _flush(state, inside)
        for note in notes:
            _enter(note, _local(note), state, replace(inside, cell=None))


def _enter(child: _Element, name: str, state: _State, inside: _Inside) -> None:
    kind = _KINDS[name]
    depth = sum(1 for a in child.iterancestors() if _local(a) in ("div", "list")) or 1
    cell = inside.cell
    if name == "cell":
        cell = Cell(max(state.tables - 1, 0), max(state.row - 1, 0), state.column)
        state.column += 1
    level = depth if kind in ("heading", "item") else None
    own = _Inside("cell" if cell and kind != "note" else kind, _lang(child, inside.lang), level,
                  cell, child.get("rend") or name)  # fmt: skip
    state.number += 1
    _walk(child, state, own)
    _flush(state, own)


def _pass(child: _Element, name: str, state: _State, inside: _Inside) -> None:
    """Elements that are no blocks: milestones, tables and rows, everything inside a line."""
    if name == "pb":
        digits = re.search(r"\d{1,6}", child.get("n") or "")
        state.page = int(digits.group()) if digits else (state.page or 0) + 1
    elif name == "lb":
        state.runs.append(_GLUE if child.get("break") == "no" else Run(" "))
    else:
        if name == "table":
            state.tables, state.row = state.tables + 1, 0
        elif name == "row":
            state.row, state.column = state.row + 1, 0
        _walk(child, state, replace(inside, lang=_lang(child, inside.lang)))


def _chosen(element: _Element) -> list[_Element]:
    """The children to read: of a choice or apparatus, one."""
    children = [c for c in element if isinstance(c.tag, str)]
    if _local(element) not in _CHOICES:
        return children
    kept = [c for c in children if _local(c) not in _SKIP | {"rdg"}]
    return (kept or children)[:1]


def _flush(state: _State, inside: _Inside) -> None:
    runs, state.runs = state.runs, []
    shown: list[Run] = []
    glued = False
    for run in runs:
        if run is _GLUE and shown:
            shown[-1], glued = replace(shown[-1], text=shown[-1].text.rstrip(" ")), True
        text = _WHITE.sub(" ", run.text)
        if glued or (shown and shown[-1].text.endswith(" ")):
            text = text.lstrip(" ")
            glued = glued and not text
        if text:
            shown.append(replace(run, text=text))
    spot = Spot(state.page, f"({state.number})", inside.style, inside.cell, inside.level)
    state.draft.add(shown, inside.kind, spot)


def _lang(element: _Element, default: str | None) -> str | None:
    return element.get(_XML_LANG) or element.get("lang") or default


def _facts(root: _Element) -> list[Fact]:
    header = next((e for e in root.iter() if _local(e) == "teiHeader"), None)
    statement = next((e for e in header.iter() if _local(e) == "fileDesc"), None) if (
        header is not None
    ) else None  # fmt: skip
    facts: list[Fact] = []
    for element in statement.iter() if statement is not None else ():
        name = _local(element)
        value = " ".join("".join(str(t) for t in element.itertext()).split())
        parents = {_local(a) for a in element.iterancestors()}
        if name in ("title", "author", "editor") and "titleStmt" in parents and value:
            role = (element.get("role") or "").lower()
            facts.append(Fact("translator" if "transl" in role else name, value))
        elif name == "publisher" and "publicationStmt" in parents and value:
            facts.append(Fact("publisher", value))
        elif name == "licence" and value:
            facts.append(Fact("licence", value))
    return list(dict.fromkeys(facts))


def _local(element: _Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
