"""One pass over the files of a TEI corpus of ours: flat lists of what stands in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aligner.errors import InvalidFileError, UnsafeInputError
from aligner.formats.tei.node import Node
from aligner.safexml import TEI, XI, XML_ID, XML_LANG, Scanner, scan

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Attributes = dict[str, str]
_BLOCKS = ("head", "p", "item", "bibl", "cell", "label", "note", "ab", "lg")
_UNITS = ("s", "term", "seg", "l")


@dataclass(slots=True)
class RawBlock:
    """A block's element: its name and attributes, its units, and where in a table it stands."""

    name: str
    attributes: Attributes
    start: int
    end: int
    page: str | None
    cell: tuple[str, str] | None


@dataclass(slots=True)
class RawZone:
    """A version's ``div`` and its units, as parallel lists; a gap is the text before a unit."""

    attributes: Attributes
    line: int
    alternatives: list[tuple[str, str]] = field(default_factory=list)
    blocks: list[RawBlock] = field(default_factory=list)
    units: list[Attributes] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)


@dataclass(slots=True)
class RawGroup:
    """A ``linkGrp``: its attributes, and those of its links, each with its line."""

    attributes: Attributes
    line: int
    links: list[Attributes] = field(default_factory=list)


@dataclass(slots=True)
class RawLayout:
    """A ``spanGrp``: its attributes and its rows with their text."""

    attributes: Attributes
    rows: list[tuple[Attributes, str]] = field(default_factory=list)


@dataclass(slots=True)
class RawCorpus:
    """Everything of a corpus, as written: headers as trees, the rest flat."""

    header: Node | None = None
    texts: list[tuple[Attributes, Node | None]] = field(default_factory=list)
    zones: list[RawZone] = field(default_factory=list)
    groups: list[RawGroup] = field(default_factory=list)
    layouts: list[RawLayout] = field(default_factory=list)
    root: str = ""
    includes: list[tuple[str, int]] = field(default_factory=list)


def scan_corpus(path: Path) -> RawCorpus:
    """Scan a file and those it includes from its own folder."""
    corpus = RawCorpus()
    scan(path, _Reader(corpus, path))
    for href, line in corpus.includes:
        scan(included(path, href, line), _Reader(corpus, path, nested=True))
    return corpus


def included(path: Path, href: str, line: int) -> Path:
    """The file that an ``xi:include`` names; only files in the same folder are ever read."""
    from urllib.parse import unquote

    name = unquote(href)
    target = path.with_name(name) if name and "/" not in name and "\\" not in name else None
    if target is None or name in {".", ".."} or ":" in name or "\0" in name:
        raise UnsafeInputError(
            f"it includes {href!r}",
            where=f"{path}:{line}",
            why="only files in the same folder are included",
            do="Put the file beside this one and name it without a folder",
        )
    if not target.is_file() or target.samefile(path):
        raise InvalidFileError(
            f"the included file {name} is not there",
            where=f"{path}:{line}",
            do="Keep the files of a stand-off corpus together in one folder",
        )
    return target


class _Reader:
    """Turns events into a ``RawCorpus``."""

    def __init__(self, corpus: RawCorpus, path: Path, *, nested: bool = False) -> None:
        self._corpus, self._path, self._nested = corpus, path, nested
        self._stack: list[Node] = []
        self._zone: RawZone | None = None
        self._depth = 0
        self._page: str | None = None
        self._table = self._row = ""
        self._inline = False
        self._unit: Attributes | None = None
        self._block: RawBlock | None = None
        self._layout: RawLayout | None = None
        self._row_attributes: Attributes | None = None
        self._buffer: list[str] = []
        self._starts = self._start_table()
        self._ends = self._end_table()

    def begin(self, scanner: Scanner) -> None:
        """The scan starts."""
        self._scanner = scanner

    def _start_table(self) -> dict[str, Callable[[str, Attributes], None]]:
        table: dict[str, Callable[[str, Attributes], None]] = dict.fromkeys(_BLOCKS, self._on_block)
        table |= dict.fromkeys(_UNITS, self._on_unit)
        table |= dict.fromkeys(("link", "ptr"), self._on_link)
        table |= {
            "teiHeader": self._on_header,
            "TEI": self._on_text,
            "div": self._on_div,
            "certainty": self._on_certainty,
            "list": self._on_list,
            "table": self._on_table,
            "row": self._on_row,
            "pb": self._on_page,
            "linkGrp": self._on_group,
            "spanGrp": self._on_layout,
            "span": self._on_span,
        }
        full = {f"{TEI}}}{name}": method for name, method in table.items()}
        full[f"{XI}}}include"] = self._on_include
        return full

    def _end_table(self) -> dict[str, Callable[[], None]]:
        table: dict[str, Callable[[], None]] = dict.fromkeys(_BLOCKS, self._off_block)
        table |= dict.fromkeys(_UNITS, self._off_unit)
        table |= {"item": self._off_item, "list": self._off_list}
        table |= {"div": self._off_div, "span": self._off_span}
        return {f"{TEI}}}{name}": method for name, method in table.items()}

    def start(self, name: str, attributes: Attributes) -> None:
        """An element opens."""
        if self._stack:
            self._push(name, attributes)
        elif method := self._starts.get(name):
            method(name.rpartition("}")[2], attributes)
        elif not self._corpus.root:
            self._corpus.root = name

    def end(self, name: str) -> None:
        """An element closes."""
        if self._stack:
            self._stack.pop()
        elif method := self._ends.get(name):
            method()

    def data(self, text: str) -> None:
        """A piece of text."""
        if self._stack:
            self._stack[-1].pieces.append(text)
        elif self._block is not None or self._row_attributes is not None:
            self._buffer.append(text)

    def _push(self, name: str, attributes: Attributes) -> None:
        node = Node(name.rpartition("}")[2], attributes, self._scanner.line)
        self._stack[-1].children.append(node)
        self._stack.append(node)

    def _on_header(self, name: str, attributes: Attributes) -> None:
        node = Node(name, attributes, self._scanner.line)
        self._stack.append(node)
        if self._corpus.texts:
            self._corpus.texts[-1] = (self._corpus.texts[-1][0], node)
        elif self._corpus.header is None:
            self._corpus.header = node

    def _on_text(self, name: str, attributes: Attributes) -> None:
        self._corpus.root = self._corpus.root or name
        self._corpus.texts.append((attributes, None))

    def _on_div(self, _: str, attributes: Attributes) -> None:
        self._depth += 1
        if "decls" in attributes and self._depth == 1:
            self._zone = RawZone(attributes, self._scanner.line)
            self._corpus.zones.append(self._zone)
            self._page = None

    def _off_div(self) -> None:
        self._depth -= 1
        if not self._depth:
            self._zone = None

    def _on_certainty(self, _: str, attributes: Attributes) -> None:
        if self._zone is not None:
            pair = (attributes.get("assertedValue", ""), attributes.get("degree", ""))
            self._zone.alternatives.append(pair)

    def _on_list(self, name: str, attributes: Attributes) -> None:
        if attributes.get("rend") == "inline":
            self._on_block(name, attributes)
            self._inline = True

    def _on_table(self, _: str, attributes: Attributes) -> None:
        self._table = attributes.get("n", "")

    def _on_row(self, _: str, attributes: Attributes) -> None:
        self._row = attributes.get("n", "")

    def _on_page(self, _: str, attributes: Attributes) -> None:
        self._page = attributes.get("n")

    def _on_block(self, name: str, attributes: Attributes) -> None:
        if self._zone is None or self._inline:
            return
        cell = (self._table, self._row) if name == "cell" else None
        count = len(self._zone.units)
        self._block = RawBlock(name, attributes, count, count, self._page, cell)
        self._zone.blocks.append(self._block)
        self._buffer = []

    def _off_block(self) -> None:
        if self._block is None or self._zone is None:
            return
        self._block.end = len(self._zone.units)
        self._block = None

    def _off_item(self) -> None:
        if not self._inline:
            self._off_block()

    def _off_list(self) -> None:
        if self._inline:
            self._inline = False
            self._off_block()

    def _on_unit(self, _: str, attributes: Attributes) -> None:
        if self._zone is None:
            return
        self._zone.gaps.append("".join(self._buffer))
        self._unit = attributes
        self._buffer = []

    def _off_unit(self) -> None:
        if self._zone is None or self._unit is None:
            return
        self._zone.units.append(self._unit)
        self._zone.texts.append("".join(self._buffer))
        self._unit = None
        self._buffer = []

    def _on_group(self, _: str, attributes: Attributes) -> None:
        self._corpus.groups.append(RawGroup(attributes, self._scanner.line))

    def _on_link(self, _: str, attributes: Attributes) -> None:
        if self._corpus.groups:
            self._corpus.groups[-1].links.append(attributes)

    def _on_layout(self, _: str, attributes: Attributes) -> None:
        self._layout = RawLayout(attributes)
        self._corpus.layouts.append(self._layout)

    def _on_span(self, _: str, attributes: Attributes) -> None:
        self._row_attributes = attributes
        self._buffer = []

    def _off_span(self) -> None:
        if self._row_attributes is not None and self._layout is not None:
            self._layout.rows.append((self._row_attributes, "".join(self._buffer)))
        self._row_attributes = None
        self._buffer = []

    def _on_include(self, _: str, attributes: Attributes) -> None:
        if self._nested:
            raise UnsafeInputError("an included file includes another", where=str(self._path))
        self._corpus.includes.append((attributes.get("href", ""), self._scanner.line))


def id_of(attributes: Attributes) -> str:
    """The xml:id among attributes, or nothing."""
    return attributes.get(XML_ID, "")


def lang_of(attributes: Attributes) -> str | None:
    """The xml:lang among attributes."""
    return attributes.get(XML_LANG)
