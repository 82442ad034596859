"""Translation units of TMX in one pass of the safe scanner: no tree, so millions cost little."""

from __future__ import annotations

from collections.abc import Container, Iterator
from functools import lru_cache
from pathlib import Path

from aligner.errors import InvalidFileError
from aligner.formats import marks
from aligner.formats.entries import Entry, cut
from aligner.formats.xmlstream import CODES, opened
from aligner.model import Role, Status, UnitKind
from aligner.safexml import MAX_ATTRIBUTES, MAX_DEPTH, XML_LANG, Scanner

_SAYINGS = frozenset({"prop", "note"})


def steps(path: Path, handler: Units | Languages) -> Iterator[None]:
    """Run a handler over a file, gzipped or not, piece by piece; raises as ``scan`` does."""
    scanner = Scanner(path, handler, counted=isinstance(handler, Units))
    handler.begin(scanner)
    with opened(path) as source:
        yield from scanner.steps(source)


def _tag(attributes: dict[str, str]) -> str:
    return attributes.get(XML_LANG) or attributes.get("lang") or ""


def apart(lang: str, taken: Container[str]) -> str:
    """The tag of one more variant in a language: ``de``, then ``de-x-b``, ``de-x-c`` ..."""
    tag, number = lang, 1
    while tag in taken:
        number += 1
        mark = chr(ord("a") + number - 1) if number <= 26 else str(number)
        tag = f"{lang}-{mark}" if "-x-" in lang else f"{lang}-x-{mark}"
    return tag


class Languages:
    """Every language of a memory, in the order of its units."""

    def __init__(self) -> None:
        self.found: dict[str, None] = {}
        self._inside: dict[str, None] = {}

    def begin(self, scanner: Scanner) -> None:
        """Nothing to prepare."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Keep the language of a variant."""
        local = name.rpartition("}")[2]
        if local == "tu":
            self._inside = {}
        elif local == "tuv":
            tag = apart(_tag(attributes), self._inside)
            self.found[tag] = self._inside[tag] = None

    def end(self, name: str) -> None:
        """Elements that close tell nothing."""

    def data(self, text: str) -> None:
        """Texts tell nothing."""


class Units:
    """The header, and every unit as an entry in ``ready``, which the caller empties.

    ``begun`` turns true behind the header, or where the units begin without one. Text goes to a
    list without any Python call: whoever needs it empties the list at the tags.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.title = ""
        self.order: tuple[str, ...] = ()
        self.begun = False
        self.ready: list[Entry] = []
        self._places = marks.Places()
        self._orders: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._depth = self._head = self._unit = self._segment = self._code = 0
        self._buffer: list[str] = []
        self._parts: list[str] = []
        self._lang = ""
        self._text: str | None = None
        self._lengths: str | None = None
        self.data = self._buffer.append

    def begin(self, scanner: Scanner) -> None:
        """Keep the scanner, which knows the lines."""
        self._scanner = scanner

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Open a unit, a variant, a segment, a property."""
        depth = self._depth = self._depth + 1
        if depth > MAX_DEPTH:
            self._scanner.too_deep()
        if len(attributes) > MAX_ATTRIBUTES:
            self._scanner.too_many()
        if self._segment:
            self._nest(name.rpartition("}")[2], depth)
            return
        self._buffer.clear()
        if "}" in name:
            name = name.rpartition("}")[2]
        if name in _SAYINGS and depth > 1:
            self._said = attributes.get("type") if name == "prop" else "note"
        elif depth == self._unit + 2 and name == "seg":
            if self._unit and self._text is None:
                self._segment = depth
        elif depth == self._unit + 1 and name == "tuv" and self._unit:
            self._lang, self._text, self._lengths = _tag(attributes), None, None
        else:
            self._outer(name, depth)

    def _outer(self, name: str, depth: int) -> None:
        if depth == 1 and name != "tmx":
            raise InvalidFileError(
                f"the outermost element is {name}, not tmx",
                where=str(self.path),
                do="Check the format of the file, or name it with --from",
            )
        if name == "tu" and not self._unit:
            self._unit, self.begun = depth, True
            self._props: dict[str | None, str] = {}
            self._sides: dict[str, tuple[str, ...]] = {}
            self._lang, self._text, self._lengths = "", None, None
        elif name == "header" and not self.begun:
            self._head = depth

    def _nest(self, name: str, depth: int) -> None:
        """Somebody's markup in a segment: its text counts, formatting codes do not."""
        if not self._code:
            self._parts += self._buffer
            if name in CODES:
                self._code = depth
        self._buffer.clear()

    def end(self, name: str) -> None:
        """Close what is open."""
        depth = self._depth
        self._depth = depth - 1
        if self._segment:
            self._unnest(depth)
            return
        if "}" in name:
            name = name.rpartition("}")[2]
        if name in _SAYINGS:
            self._keep(depth, "".join(self._buffer))
        elif depth == self._unit:
            self.ready.append(self._entry())
            self._unit = 0
        elif name == "tuv" and depth == self._unit + 1:
            self._variant()
        elif depth == self._head and not self.begun:
            self.begun = True

    def _unnest(self, depth: int) -> None:
        if depth == self._segment:
            self._text = "".join([*self._parts, *self._buffer])
            self._parts.clear()
            self._segment = 0
        elif depth == self._code:
            self._buffer.clear()
            self._code = 0

    def _keep(self, depth: int, text: str) -> None:
        if self._unit:
            if depth == self._unit + 1:
                self._props[self._said] = text
            elif self._said == "x-units" and self._lengths is None:
                self._lengths = text
        elif self._head and not self.begun and depth == self._head + 1:
            if self._said == "note":
                self.title = self.title or text
            elif self._said == "x-langs":
                self.order = self.order or tuple(text.split())

    def _variant(self) -> None:
        if not self._lang or self._text is None:
            raise InvalidFileError(
                "a tuv without a language or a seg", where=f"{self.path}:{self._scanner.line}"
            )
        text, lengths = self._text, self._lengths
        lang = apart(self._lang, self._sides) if self._lang in self._sides else self._lang
        if lengths:
            self._sides[lang] = cut(text, lang, lengths)
        else:
            self._sides[lang] = (text,) if text else ()

    def _entry(self) -> Entry:
        said, sides = self._props.get, self._sides
        named = tuple(sides)
        order = self._orders.get(named)
        if order is None:
            known = {lang: place for place, lang in enumerate(self.order)}
            order = tuple(sorted(named, key=lambda tag: known.get(tag, len(known))))
            self._orders[named] = order
        texts = tuple([sides[tag] for tag in order])
        parallel, role, share, status, resp, unit = _marks(*map(said, _MARKS))
        first = self._places.take(parallel, order, texts)
        return Entry(parallel, role, order, texts, first, share, status, resp, unit)


_MARKS = ("x-parallel", "x-role", "x-cert", "x-status", "x-resp", "x-unit")


@lru_cache(maxsize=4096)
def _marks(
    parallel: str | None,
    role: str | None,
    share: str | None,
    status: str | None,
    resp: str | None,
    unit: str | None,
) -> tuple[int, Role, float, Status, str, UnitKind]:
    return (
        marks.place(parallel),
        marks.role(role),
        marks.share(share),
        marks.status(status),
        resp or "aligner",
        marks.unit(unit),
    )
