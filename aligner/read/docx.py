"""Word documents (DOCX): text as shown, changes accepted, notes after their paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from aligner.errors import ReadError
from aligner.model import Cell, Document, Fact, Kind
from aligner.read.draft import Draft, Run, Spot
from aligner.read.package import FACTS, Package, local_name

if TYPE_CHECKING:
    from lxml.etree import _Element

_NS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_COMPAT = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIP = frozenset(
    [
        "del",
        "moveFrom",
        "pPr",
        "rPr",
        "sdtPr",
        "sdtEndPr",
        "instrText",
        "delText",
        "delInstrText",
        "rt",
        "tblPr",
        "tblGrid",
        "trPr",
        "tcPr",
        "sectPr",
        "fldData",
        "footnoteRef",
        "endnoteRef",
    ]
)
_PLAIN = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_HEADING = re.compile(
    r"(?:heading|überschrift|заголовок|titre|título|başlık)\s*(\d)", re.IGNORECASE
)
_FACTS = {**FACTS, "creator": "author"}


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph or character style says that is of use here."""

    name: str
    based: str | None = None
    bold: bool | None = None
    level: int | None = None
    listed: bool = False
    lang: str | None = None


@dataclass(slots=True)
class _State:
    """Where the walk through the document is."""

    draft: Draft
    styles: dict[str, Style]
    notes: dict[str, _Element]
    page: int = 1
    number: int = 0
    tables: int = 0
    hidden: int = 0
    pending: list[_Element] = field(default_factory=list)


def read(path: Path) -> Document:
    """Read a DOCX file (also DOCM and templates; macros are passed over).

    Headings, list items, table cells, labels set in bold; footnotes, endnotes and text boxes come
    as blocks right after their paragraph, headers and footers once at the end. Insertions are
    text, deletions are not. Raises ReadError, UnsafeInputError.
    """
    with Package(path) as package:
        root = package.tree("word/document.xml")
        _normalise(root)
        state = _State(Draft(), _styles(package), _notes(package))
        body = root.find(f"{_NS}body")
        if body is None:
            raise ReadError("no body is in its word/document.xml", where=str(path))
        _blocks(body, state, None)
        _margins(package, state)
        facts = _facts(package)
    if not len(state.draft):
        raise ReadError("no text is in it", where=str(path))
    if state.hidden:
        facts.append(Fact("note", f"{state.hidden} characters of hidden text were left out."))
    return state.draft.document(path.name, facts)


def _normalise(root: _Element) -> None:
    """Bring the strict variant of the format to the names of the usual one."""
    if not str(root.tag).startswith(_STRICT):
        return
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag.startswith(_STRICT):
            element.tag = _NS + element.tag[len(_STRICT) :]
            for name, value in list(element.attrib.items()):
                if str(name).startswith(_STRICT):
                    element.set(_NS + str(name)[len(_STRICT) :], value)


def _blocks(parent: _Element, state: _State, cell: Cell | None) -> None:
    for child in parent:
        name = local_name(child)
        if name == "p":
            _paragraph(child, state, cell)
        elif name == "tbl":
            _table(child, state, cell)
        elif name == "AlternateContent":
            _blocks(_choice(child), state, cell)
        elif name not in _SKIP:
            _blocks(child, state, cell)


def _table(table: _Element, state: _State, outer: Cell | None) -> None:
    rows = [row for row in _inside(table, "tr") if row.find(f"{_NS}trPr/{_NS}del") is None]
    cells = [list(_inside(row, "tc")) for row in rows]
    if len(cells) == 1 and len(cells[0]) == 1:
        _blocks(cells[0][0], state, outer)  # a frame around a text is no table
        return
    number = state.tables
    state.tables += 1
    for y, row in enumerate(cells):
        column = 0
        for element in row:
            _blocks(element, state, Cell(number, y, column))
            span = element.find(f"{_NS}tcPr/{_NS}gridSpan")
            column += _int(span, "val", 1)


def _inside(parent: _Element, name: str) -> Iterator[_Element]:
    """Children of a name, also those wrapped in content controls."""
    for child in parent:
        local = local_name(child)
        if local == name:
            yield child
        elif local in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _inside(child, name)


def _paragraph(element: _Element, state: _State, cell: Cell | None) -> None:
    state.number += 1
    page, number = state.page, state.number
    style_id = _value(element.find(f"{_NS}pPr/{_NS}pStyle"))
    style = state.styles.get(style_id or "", Style(style_id or ""))
    runs: list[Run] = []
    outer, state.pending = state.pending, []
    _runs(element, state, runs, style)
    boxes, state.pending = state.pending, outer
    kind, level = _kind(element, style)
    spot = Spot(page, f"(//w:p)[{number}]", style.name or None, cell, level)
    whole = "".join(run.text for run in runs)
    if "\n" in whole and kind == "heading":
        runs = [Run(run.text.replace("\n", " "), run.bold, run.lang) for run in runs]
    state.draft.add(runs, "cell" if cell else kind, spot)
    for box in boxes:
        if local_name(box) in ("footnote", "endnote"):
            _note(box, state, page)
        else:
            _blocks(box, state, cell)


def _kind(element: _Element, style: Style) -> tuple[Kind, int | None]:
    outline = element.find(f"{_NS}pPr/{_NS}outlineLvl")
    own = _int(outline, "val", 9) + 1 if outline is not None else style.level
    if own is not None and own <= 9:
        return "heading", own
    numbered = element.find(f"{_NS}pPr/{_NS}numPr")
    if numbered is not None and _value(numbered.find(f"{_NS}numId")) != "0":
        return "item", _int(numbered.find(f"{_NS}ilvl"), "val", 0) + 1
    if style.listed or style.name.lower().startswith(("list", "toc", "bibliography")):
        return "item", 1
    return ("note", None) if style.name.lower().startswith("footnote") else ("paragraph", None)


def _note(element: _Element, state: _State, page: int) -> None:
    for paragraph in element.iter(f"{_NS}p"):
        runs: list[Run] = []
        state.number += 1
        _runs(paragraph, state, runs, Style(""))
        state.draft.add(
            runs,
            "note",
            Spot(page, f"{local_name(element)} {element.get(_NS + 'id')}", local_name(element)),
        )


def _runs(element: _Element, state: _State, runs: list[Run], style: Style) -> None:
    """Collect the runs of a paragraph; notes and text boxes met on the way are put aside."""
    for child in element:
        name = local_name(child)
        if name in _SKIP:
            continue
        if name == "r":
            _run(child, state, runs, style)
        elif name == "AlternateContent":
            _runs(_choice(child), state, runs, style)
        elif child.tag == _MATH:
            runs.append(Run(child.text or ""))
        elif name == "txbxContent":
            state.pending.append(child)
        else:
            _runs(child, state, runs, style)


def _run(run: _Element, state: _State, runs: list[Run], style: Style) -> None:
    properties = run.find(f"{_NS}rPr")
    bold, lang, hidden = _type(properties, style, state)
    for child in run:
        name = local_name(child)
        if name == "t" and hidden:
            state.hidden += len(child.text or "")
        elif name == "t":
            runs.append(Run(child.text or "", bold, lang))
        elif name in _PLAIN:
            page = child.get(f"{_NS}type") == "page"
            state.page += page
            runs.append(Run(" " if page else _PLAIN[name], bold, lang))
        elif name == "lastRenderedPageBreak":
            state.page += 1
        elif name == "sym":
            runs.append(Run(_symbol(child.get(f"{_NS}char")), bold, lang))
        elif name in ("footnoteReference", "endnoteReference"):
            note = state.notes.get(f"{name[:-9]} {child.get(f'{_NS}id')}")
            if note is not None:
                state.pending.append(note)
        elif name not in _SKIP:
            _runs(_choice(child) if name == "AlternateContent" else child, state, runs, style)


def _type(
    properties: _Element | None, style: Style, state: _State
) -> tuple[bool, str | None, bool]:
    if properties is None:
        return bool(style.bold), style.lang, False
    own = state.styles.get(_value(properties.find(f"{_NS}rStyle")) or "", None)
    bold = style.bold if own is None or own.bold is None else own.bold
    if (element := properties.find(f"{_NS}b")) is not None:
        bold = _value(element) not in ("0", "false", "off")
    vanish = properties.find(f"{_NS}vanish")
    hidden = vanish is not None and _value(vanish) not in ("0", "false", "off")
    lang = properties.find(f"{_NS}lang")
    return bool(bold), _value(lang) or (own.lang if own else None) or style.lang, hidden


def _styles(package: Package) -> dict[str, Style]:
    if "word/styles.xml" not in package.names:
        return {}
    root = package.tree("word/styles.xml")
    _normalise(root)
    own = {e.get(f"{_NS}styleId") or "": _style(e) for e in root.iter(f"{_NS}style")}
    return {key: _inherited(style, own) for key, style in own.items()}


def _style(element: _Element) -> Style:
    name = _value(element.find(f"{_NS}name")) or ""
    bold = element.find(f"{_NS}rPr/{_NS}b")
    outline = element.find(f"{_NS}pPr/{_NS}outlineLvl")
    level = _int(outline, "val", 9) + 1 if outline is not None else None
    if match := _HEADING.fullmatch(name.strip()):
        level = int(match.group(1))
    elif name.lower() in ("title", "subtitle"):
        level = 1 if name.lower() == "title" else 2
    return Style(
        name,
        _value(element.find(f"{_NS}basedOn")),
        None if bold is None else _value(bold) not in ("0", "false", "off"),
        level if level is None or level <= 9 else None,
        element.find(f"{_NS}pPr/{_NS}numPr/{_NS}numId") is not None,
        _value(element.find(f"{_NS}rPr/{_NS}lang")),
    )


def _inherited(style: Style, own: dict[str, Style]) -> Style:
    chain, seen = [style], {style.name}
    while (based := own.get(chain[-1].based or "")) is not None and len(chain) < 12:
        if based.name in seen:
            break
        seen.add(based.name)
        chain.append(based)
    return Style(
        style.name,
        style.based,
        next((s.bold for s in chain if s.bold is not None), None),
        next((s.level for s in chain if s.level is not None), None),
        any(s.listed for s in chain),
        next((s.lang for s in chain if s.lang is not None), None),
    )


def _notes(package: Package) -> dict[str, _Element]:
    notes: dict[str, _Element] = {}
    for kind in ("footnote", "endnote"):
        if f"word/{kind}s.xml" in package.names:
            root = package.tree(f"word/{kind}s.xml")
            _normalise(root)
            for note in root.iter(f"{_NS}{kind}"):
                if note.get(f"{_NS}type") in (None, "normal"):
                    notes[f"{kind} {note.get(f'{_NS}id')}"] = note
    return notes


def _margins(package: Package, state: _State) -> None:
    """Headers and footers: each text once, at the end; page numbers alone are nothing."""
    seen: set[str] = set()
    for name in sorted(package.names):
        if not re.fullmatch(r"word/(?:header|footer)\d*\.xml", name):
            continue
        root = package.tree(name)
        _normalise(root)
        for paragraph in root.iter(f"{_NS}p"):
            runs: list[Run] = []
            _runs(paragraph, state, runs, Style(""))
            text = "".join(run.text for run in runs).strip()
            if text not in seen and any(c.isalpha() for c in text):
                seen.add(text)
                place = name.removeprefix("word/").removesuffix(".xml")
                state.draft.add(runs, "note", Spot(place=place, style=place.rstrip("0123456789")))


def _facts(package: Package) -> list[Fact]:
    if "docProps/core.xml" not in package.names:
        return []
    facts = []
    for element in package.tree("docProps/core.xml"):
        name = _FACTS.get(local_name(element))
        if name and element.text and element.text.strip():
            facts.append(Fact(name, element.text.strip()))
    return facts


def _choice(element: _Element) -> _Element:
    """Of a drawing kept in two forms, the one with text in it, the newer first."""
    for child in element:
        if child.tag == f"{_COMPAT}Choice" and next(child.iter(f"{_NS}t"), None) is not None:
            return child
    fallback = element.find(f"{_COMPAT}Fallback")
    return element if fallback is None else fallback


def _value(element: _Element | None) -> str | None:
    return None if element is None else element.get(f"{_NS}val")


def _int(element: _Element | None, name: str, default: int) -> int:
    value = None if element is None else element.get(_NS + name)
    return int(value) if value and value.isdecimal() and len(value) < 6 else default


def _symbol(code: str | None) -> str:
    try:
        point = int(code or "", 16)
    except ValueError:
        return ""
    return chr(point) if 32 <= point < 0xD800 or 0xE000 <= point < 0xFFFE else ""
