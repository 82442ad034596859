"""OpenDocument texts (ODT, flat FODT): notes after their paragraph, deleted text left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from aligner.errors import ReadError
from aligner.model import Cell, Document, Fact, Kind
from aligner.read.draft import Draft, Run, Spot
from aligner.read.package import FACTS, Package, local_name, tree
from aligner.read.source import load

if TYPE_CHECKING:
    from lxml.etree import _Element

_BASE = "{urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _TABLE = f"{_BASE}text:1.0}}", f"{_BASE}table:1.0}}"
_STYLE, _OFFICE = f"{_BASE}style:1.0}}", f"{_BASE}office:1.0}}"
_FO = f"{_BASE}xsl-fo-compatible:1.0}}"
_SKIP = frozenset(
    [
        "tracked-changes",
        "annotation",
        "annotation-end",
        "forms",
        "sequence-decls",
        "variable-decls",
        "user-field-decls",
        "note-citation",
        "ruby-text",
        "title",
        "desc",
        "bookmark",
        "bookmark-start",
        "bookmark-end",
        "binary-data",
        "image",
        "event-listeners",
        "page-number",
        "script",
    ]
)
_WHITE = re.compile(r"[ \t\r\n]+")
_FACTS = {**FACTS, "initial-creator": "author"}


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says that is of use here."""

    name: str
    parent: str | None = None
    bold: bool | None = None
    lang: str | None = None
    level: int | None = None


@dataclass(slots=True)
class _State:
    """Where the walk through the document is."""

    draft: Draft
    styles: dict[str, Style]
    page: int = 1
    number: int = 0
    tables: int = 0
    pending: list[_Element] = field(default_factory=list)


def read(path: Path) -> Document:
    """Read an ODT or FODT file.

    Headings, list items, table cells, labels set in bold; footnotes, endnotes and text frames
    come as blocks right after their paragraph, headers and footers once at the end. Raises
    ReadError, UnsafeInputError.
    """
    content, styles, meta = _roots(path)
    state = _State(Draft(), {**_styles(styles), **_styles(content)})
    body = content.find(f".//{_OFFICE}text")
    if body is None:
        raise ReadError("no text document is in it (a spreadsheet, slides?)", where=str(path))
    _blocks(body, state, None, 0)
    _margins(styles if styles is not None else content, state)
    if not len(state.draft):
        raise ReadError("no text is in it", where=str(path))
    return state.draft.document(path.name, _facts(meta if meta is not None else content))


def _roots(path: Path) -> tuple[_Element, _Element | None, _Element | None]:
    with path.open("rb") as file:
        flat = not file.read(4).startswith(b"PK")
    if flat:
        return tree(load(path, limit=64_000_000), str(path)), None, None
    with Package(path) as package:
        names = package.names
        if "META-INF/manifest.xml" in names and b"encryption-data" in package.content(
            "META-INF/manifest.xml"
        ):
            raise ReadError(
                "it is protected by a password", where=str(path), do="Save it without the password"
            )
        content = package.tree("content.xml")
        styles = package.tree("styles.xml") if "styles.xml" in names else None
        meta = package.tree("meta.xml") if "meta.xml" in names else None
    return content, styles, meta


def _blocks(parent: _Element, state: _State, cell: Cell | None, depth: int) -> None:
    for child in parent:
        name = local_name(child)
        if name in _SKIP:
            continue
        if name in ("p", "h"):
            _paragraph(child, state, cell, depth)
        elif name == "table" and child.tag.startswith(_TABLE):
            _table(child, state, cell)
        elif name == "list":
            _blocks(child, state, cell, depth + 1)
        elif name == "soft-page-break":
            state.page += 1
        else:
            _blocks(child, state, cell, depth)


def _table(table: _Element, state: _State, outer: Cell | None) -> None:
    rows = [list(_cells(row)) for row in table.iter(f"{_TABLE}table-row") if _owner(row) is table]
    if len(rows) == 1 and len(rows[0]) == 1:
        _blocks(rows[0][0], state, outer, 0)
        return
    number = state.tables
    state.tables += 1
    for y, row in enumerate(rows):
        column = 0
        for element in row:
            _blocks(element, state, Cell(number, y, column), 0)
            column += _repeats(element)


def _owner(row: _Element) -> _Element | None:
    return next(row.iterancestors(f"{_TABLE}table"), None)


def _cells(row: _Element) -> list[_Element]:
    return [c for c in row if local_name(c) in ("table-cell", "covered-table-cell")]


def _repeats(cell: _Element) -> int:
    value = cell.get(f"{_TABLE}number-columns-repeated") or "1"
    return int(value) if value.isdecimal() and len(value) < 6 else 1


def _paragraph(element: _Element, state: _State, cell: Cell | None, depth: int) -> None:
    state.number += 1
    number, page = state.number, state.page
    style = state.styles.get(element.get(f"{_TEXT}style-name") or "", Style(""))
    runs: list[Run] = []
    outer, state.pending = state.pending, []
    _runs(element, state, runs, style)
    boxes, state.pending = state.pending, outer
    kind, level = _kind(element, style, depth)
    spot = Spot(page, f"(//text:p|//text:h)[{number}]", style.name or None, cell, level)
    state.draft.add(runs, "cell" if cell else kind, spot)
    for box in boxes:
        if local_name(box) == "note":
            _note(box, state, page)
        else:
            _blocks(box, state, cell, depth)


def _kind(element: _Element, style: Style, depth: int) -> tuple[Kind, int | None]:
    if local_name(element) == "h":
        value = element.get(f"{_TEXT}outline-level") or "1"
        return "heading", int(value) if value.isdecimal() and len(value) < 3 else 1
    if style.level:
        return "heading", style.level
    if depth:
        return "item", depth
    return "paragraph", None


def _note(note: _Element, state: _State, page: int) -> None:
    place = f"{note.get(f'{_TEXT}note-class') or 'note'} {note.get(f'{_TEXT}id') or ''}".strip()
    for paragraph in note.iter(f"{_TEXT}p"):
        state.number += 1
        runs: list[Run] = []
        _runs(paragraph, state, runs, Style(""))
        state.draft.add(runs, "note", Spot(page, place, note.get(f"{_TEXT}note-class")))


def _runs(element: _Element, state: _State, runs: list[Run], style: Style) -> None:
    """Collect the runs of a paragraph; notes and text frames met on the way are put aside."""
    _say(element.text, runs, style)
    for child in element:
        name = local_name(child)
        if name in ("s", "tab", "line-break"):
            runs.append(Run(_blank(child, name)))
        elif name == "soft-page-break":
            state.page += 1
        elif name in ("note", "text-box"):
            state.pending.append(child)
        elif name not in _SKIP:
            _runs(child, state, runs, _over(style, child, state) if name == "span" else style)
        _say(child.tail, runs, style)


def _say(text: str | None, runs: list[Run], style: Style) -> None:
    """Add text; any run of white space in it is one space."""
    if text:
        runs.append(Run(_WHITE.sub(" ", text), bool(style.bold), style.lang))


def _blank(element: _Element, name: str) -> str:
    if name == "s":
        count = element.get(f"{_TEXT}c") or "1"
        return " " * min(int(count), 1_000) if count.isdecimal() else " "
    return "\t" if name == "tab" else "\n"


def _over(style: Style, span: _Element, state: _State) -> Style:
    own = state.styles.get(span.get(f"{_TEXT}style-name") or "")
    if own is None:
        return style
    bold = style.bold if own.bold is None else own.bold
    return Style(own.name, None, bold, own.lang or style.lang)


def _styles(root: _Element | None) -> dict[str, Style]:
    if root is None:
        return {}
    own: dict[str, Style] = {}
    for element in root.iter(f"{_STYLE}style"):
        name = element.get(f"{_STYLE}name") or ""
        own[name] = _style(element, name)
    return {name: _inherited(style, own) for name, style in own.items()}


def _style(element: _Element, name: str) -> Style:
    text = element.find(f"{_STYLE}text-properties")
    weight = text.get(f"{_FO}font-weight") if text is not None else None
    lang = text.get(f"{_FO}language") if text is not None else None
    shown = element.get(f"{_STYLE}display-name") or name
    return Style(
        shown,
        element.get(f"{_STYLE}parent-style-name"),
        None if weight is None else weight in ("bold", "600", "700", "800", "900"),
        None if lang in (None, "none", "zxx") else lang,
        {"Title": 1, "Subtitle": 2}.get(name),
    )


def _inherited(style: Style, own: dict[str, Style]) -> Style:
    chain = [style]
    while (parent := own.get(chain[-1].parent or "")) is not None and len(chain) < 12:
        if parent in chain:
            break
        chain.append(parent)
    return Style(
        chain[1].name
        if len(chain) > 1 and style.name[:1] == "P" and style.name[1:].isdigit()
        else style.name,
        style.parent,
        next((s.bold for s in chain if s.bold is not None), None),
        next((s.lang for s in chain if s.lang is not None), None),
        next((s.level for s in chain if s.level is not None), None),
    )


def _margins(root: _Element, state: _State) -> None:
    """Headers and footers: each text once, at the end."""
    seen: set[str] = set()
    for element in root.iter(f"{_STYLE}header", f"{_STYLE}footer"):
        for paragraph in element.iter(f"{_TEXT}p"):
            runs: list[Run] = []
            _runs(paragraph, state, runs, Style(""))
            text = "".join(run.text for run in runs).strip()
            if text not in seen and any(c.isalpha() for c in text):
                seen.add(text)
                state.draft.add(
                    runs, "note", Spot(place=local_name(element), style=local_name(element))
                )


def _facts(meta: _Element) -> list[Fact]:
    facts = []
    for element in meta.iter():
        name = (
            _FACTS.get(local_name(element))
            if "dc/" in str(element.tag) or ":meta:" in str(element.tag)
            else None
        )
        if name and element.text and element.text.strip():
            facts.append(Fact(name, element.text.strip()))
    return facts
