"""From a tree of HTML elements to blocks: for web pages and the chapters of e-books."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from aligner.model import Cell, Kind
from aligner.read.draft import Draft, Run, Spot

if TYPE_CHECKING:
    from lxml.etree import _Element

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "option",
    ]
)
_SKIP = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "iframe",
        "object",
        "embed",
        "svg",
        "canvas",
        "audio",
        "video",
        "map",
        "rt",
        "rp",
        "button",
        "select",
        "textarea",
        "input",
        "datalist",
        "del",
    ]
)
_ASIDE = frozenset(("nav", "aside", "footer"))
_NOTE_REF = re.compile(
    r"\b(?:footnote-ref|footnote-back|noteref|doc-noteref|doc-backlink|sd(?:foot|end)note(?:anc|sym))\b"
)
_NOTES = re.compile(
    r"(?:^|\s)(?:doc-)?(?:foot|end|rear)notes?(?:$|\s|-block)|\bsd(?:foot|end)note\b"
)
_NUMBER = re.compile(r"\s*[\[(]?(?:\d{1,3}|[*†‡§]+|[a-z])[\])]?\s*")
_WHITE = re.compile(r"[ \t\r\n\f]+")
_BREAK = "\u2028"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_OPS = "{http://www.idpf.org/2007/ops}type"


@dataclass(frozen=True, slots=True)
class _Inside:
    """What the elements around a text say of it."""

    kind: Kind = "paragraph"
    level: int | None = None
    lang: str | None = None
    bold: bool = False
    cell: Cell | None = None
    kept: bool = False
    style: str | None = None
    pre: bool = False


@dataclass(slots=True)
class Walk:
    """Carries a tree's text into a draft, in reading order."""

    draft: Draft
    prefix: str = ""
    page: int | None = None
    tables: int = 0
    hidden: int = 0
    _runs: list[tuple[Run, bool]] = field(default_factory=list)
    _counts: dict[str, int] = field(default_factory=dict)

    def tree(self, root: _Element, *, lang: str | None = None) -> None:
        """Walk through a whole document; ``lang`` is the language its outermost element names."""
        inside = _Inside(lang=lang)
        body = next((e for e in root.iter() if _name(e) == "body"), root)
        self._block(body, inside)

    def restart(self) -> None:
        """Count the elements of the next tree from one."""
        self._counts.clear()

    def _block(self, element: _Element, inside: _Inside) -> None:
        name = _name(element)
        self._counts[name] = number = self._counts.get(name, 0) + 1
        place = f"{self.prefix}(//{name})[{number}]"
        own = _entered(element, name, inside)
        if name == "table":
            self._table(element, own)
            return
        self._children(element, own, place)
        self._flush(own, place)

    def _children(self, element: _Element, inside: _Inside, place: str) -> None:
        self._say(element.text, inside)
        for child in element:
            name = _name(child)
            if name and name not in _SKIP and not self._passed_over(child, name):
                if name in _BLOCKS:
                    self._flush(inside, place)
                    self._block(child, inside)
                elif name == "br":
                    self._runs.append((Run(_BREAK), inside.pre))
                else:
                    self._children(child, _entered(child, name, inside), place)
            self._say(child.tail, inside)

    def _passed_over(self, element: _Element, name: str) -> bool:
        """Page breaks, references to notes, and what the page hides."""
        style = (element.get("style") or "").replace(" ", "").lower()
        if element.get("hidden") is not None or "display:none" in style:
            self.hidden += len("".join(str(text) for text in element.itertext()).strip())
            return True
        signs = " ".join(
            element.get(key) or "" for key in ("class", "role", _OPS, "epub:type")
        ).lower()
        if "pagebreak" in signs:
            label = element.get("title") or element.get("aria-label") or element.text or ""
            digits = re.search(r"\d{1,6}", label)
            self.page = int(digits.group()) if digits else self.page
            return not element.xpath("string()") or name in ("span", "a")
        return name in ("a", "sup") and _is_reference(element, signs)

    def _table(self, table: _Element, inside: _Inside) -> None:
        rows = [row for row in table.iter() if _name(row) == "tr" and _table_of(row) is table]
        cells = [[c for c in row if _name(c) in ("td", "th")] for row in rows]
        for caption in (c for c in table if _name(c) == "caption"):
            self._block(caption, replace(inside, cell=None))
        plain = table.get("role") == "presentation" or max(map(len, cells), default=0) <= 1
        number = self.tables
        self.tables += not plain
        for y, row in enumerate(cells):
            column = 0
            for cell in row:
                spot = inside.cell if plain else Cell(number, y, column)
                self._block(cell, replace(inside, cell=spot))
                span = cell.get("colspan") or "1"
                column += int(span) if span.isdecimal() and 0 < len(span) < 4 else 1

    def _say(self, text: str | None, inside: _Inside) -> None:
        if text:
            self._runs.append((Run(text, inside.bold, inside.lang), inside.pre))

    def _flush(self, inside: _Inside, place: str) -> None:
        runs, self._runs = self._runs, []
        if not any(run.text.strip() for run, _ in runs):
            return
        spot = Spot(self.page, place, inside.style, inside.cell, inside.level)
        kind: Kind = "cell" if inside.cell and inside.kind != "note" else inside.kind
        for part in _paragraphs(runs):
            self.draft.add(part, kind, spot)


def _paragraphs(runs: list[tuple[Run, bool]]) -> list[list[Run]]:
    """White space as a browser shows it; two line breaks in a row part paragraphs."""
    parts: list[list[Run]] = [[]]
    breaks, space = 0, True
    for run, pre in runs:
        if run.text == _BREAK:
            breaks += 1
            space = True
            continue
        text = run.text if pre else _WHITE.sub(" ", run.text)
        if not pre and space:
            text = text.lstrip(" ")
        if not text:
            continue
        if breaks > 1:
            parts.append([])
        elif breaks and parts[-1]:
            parts[-1].append(Run("\n"))
        breaks, space = 0, text.endswith(" ")
        parts[-1].append(replace(run, text=text))
    return parts


def _entered(element: _Element, name: str, inside: _Inside) -> _Inside:
    lang = element.get("lang") or element.get(_XML_LANG) or element.get("xml:lang")
    if lang is not None and name not in ("html", "body"):
        inside = replace(inside, lang=lang or None)
    style = (element.get("style") or "").replace(" ", "").lower()
    if name in ("b", "strong") or "font-weight:bold" in style or "font-weight:7" in style:
        inside = replace(inside, bold=True)
    if name not in _BLOCKS:
        return inside
    named = element.get("class")
    inside = replace(
        inside, style=f"{name}.{named.split()[0]}" if named and named.split() else name
    )
    signs = " ".join(element.get(k) or "" for k in ("class", "role", _OPS, "epub:type", "id"))
    if name in _ASIDE or _NOTES.search(signs.lower()) or _is_margin(element):
        return replace(inside, kind="note", level=None, kept=True)
    return inside if inside.kept else _kind(name, inside)


def _kind(name: str, inside: _Inside) -> _Inside:
    if len(name) == 2 and name[0] == "h" and name[1].isdigit():
        return replace(inside, kind="heading", level=int(name[1]))
    if name in ("li", "dt", "dd"):
        return replace(inside, kind="item", level=(inside.level or 0) + 1 if name == "li" else 1)
    return replace(inside, pre=True) if name == "pre" else inside


def _is_margin(element: _Element) -> bool:
    """Navigation, and the page headers and footers of word processors."""
    return element.get("role") == "navigation" or element.get("title") in ("header", "footer")


def _is_reference(element: _Element, signs: str) -> bool:
    """Whether a link or raised number is the mark of a note: no part of the sentence."""
    if _NOTE_REF.search(signs):
        return True
    link = element if _name(element) == "a" else next(iter(element), None)
    if link is None or _name(link) != "a" or not (link.get("href") or "").startswith("#"):
        return False
    raised = _name(element) == "sup" or any(_name(child) == "sup" for child in element)
    return raised and bool(_NUMBER.fullmatch("".join(str(t) for t in element.itertext())))


def _table_of(row: _Element) -> _Element | None:
    return next((a for a in row.iterancestors() if _name(a) == "table"), None)


def _name(element: _Element) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
