"""Metadata in its places in a TEI header, each fact once, with its number in ``@n``.

A fact whose value has no natural home (a direction in free words, an encoding) is a ``note`` of
its name. ``read_facts`` finds them all again and puts them in order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aligner.formats.tei.escape import attribute, element
from aligner.formats.tei.plan import check_tag
from aligner.model import Fact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from aligner.formats.tei.node import Node

_ADDRESS = re.compile(r"https?://[A-Za-z0-9/._~:?#@!$&'()*+,;=-]+\Z")

DIRECTIONS = ("original", "translation", "machine", "unknown")

_NAMED = {
    "title": ("title", ""),
    "author": ("author", ""),
    "translator": ("editor", ' role="translator"'),
    "editor": ("editor", ""),
    "date": ("date", ""),
    "source": ("title", ' level="m"'),
    "publisher": ("publisher", ""),
    "licence": ("licence", ""),
    "genre": ("term", ""),
    "identifier": ("idno", ""),
    "language": ("textLang", ""),
}

PLACE = {
    "title": "title",
    "author": "title",
    "translator": "title",
    "editor": "title",
    "licence": "licence",
    "genre": "genre",
    "date": "source",
    "source": "source",
    "publisher": "source",
    "identifier": "source",
    "language": "source",
}


@dataclass(slots=True)
class Places:
    """The metadata of one header, as lines for each of its parts."""

    title: list[str] = field(default_factory=list)
    licence: list[str] = field(default_factory=list)
    source: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    genre: list[str] = field(default_factory=list)
    direction: list[str] = field(default_factory=list)


def places(
    facts: Iterable[tuple[int, Fact]], texts: dict[str, str], point: Callable[[str, str], str]
) -> Places:
    """Put numbered facts where a header has room for them; ``texts`` maps tags to pointers."""
    found = Places()
    for number, fact in facts:
        lang = "" if fact.lang is None else f' xml:lang="{_lang(fact.lang)}"'
        mark = f' n="{number}"{lang}'
        if fact.name == "direction" and fact.value in DIRECTIONS:
            found.direction.append(direction(fact.value, mark, point))
        elif fact.name == "original_language" and fact.value in texts:
            target = texts[fact.value]
            found.source.append(f'<relatedItem type="original" target="{target}"{mark}/>\n')
        elif fact.name in _NAMED:
            getattr(found, PLACE[fact.name]).append(named(fact, mark))
        else:
            found.notes.append(_note(fact, mark))
    return found


def direction(value: str, mark: str, point: Callable[[str, str], str]) -> str:
    """What a text is: original, translation, machine translation, or not known."""
    return f'<catRef scheme="{point("", "tr")}" target="{point("", "tr." + value)}"{mark}/>\n'


def in_bibl(facts: Iterable[Fact]) -> Iterator[str]:
    """The metadata of a document, as children of its ``bibl``."""
    for number, fact in enumerate(facts, 1):
        lang = "" if fact.lang is None else f' xml:lang="{_lang(fact.lang)}"'
        mark = f' n="{number}"{lang}'
        if fact.name == "licence":
            yield f"<availability>{named(fact, mark).strip()}</availability>\n"
        elif fact.name in _NAMED and fact.name != "genre":
            yield named(fact, mark)
        else:
            yield _note(fact, mark)


def named(fact: Fact, mark: str) -> str:
    """The element of a fact that has one of its own."""
    tag, said = _NAMED[fact.name]
    if fact.name == "licence" and _ADDRESS.match(fact.value):
        said = f' target="{attribute(fact.value)}"'
    if fact.name == "date" and _is_date(fact.value):
        said = f' when="{fact.value}"'
    return f"<{tag}{said}{mark}>{element(fact.value)}</{tag}>\n"


def _is_date(value: str) -> bool:
    parts = value.split("-")
    if not (value.isascii() and all(part.isdigit() for part in parts) and len(parts) <= 3):
        return False
    if [len(part) for part in parts] != [4, 2, 2][: len(parts)] or parts[0] == "0000":
        return False
    return all(1 <= int(part) <= most for part, most in zip(parts[1:], (12, 28), strict=False))


def _note(fact: Fact, mark: str) -> str:
    return f'<note type="{fact.name}"{mark}>{element(fact.value)}</note>\n'


def _lang(tag: str) -> str:
    return check_tag(tag) if tag else ""


def read_facts(header: Iterable[Node], langs: dict[str, str]) -> Iterator[tuple[int, Fact]]:
    """Every numbered fact below some nodes; ``langs`` maps the id of a TEI to its tag."""
    for top in header:
        for node in top.walk():
            number = node.attributes.get("n", "")
            name = _name(node)
            if name and number.isdigit():
                yield int(number), Fact(name, _value(node, name, langs), node.lang)


def _name(node: Node) -> str | None:
    kind = node.attributes.get
    match node.name:
        case "editor":
            return "translator" if kind("role") == "translator" else "editor"
        case "title":
            return "source" if kind("level") == "m" else "title"
        case "note":
            return kind("type")
        case "catRef":
            return "direction"
        case "relatedItem":
            return "original_language"
        case _:
            return _OTHERS.get(node.name)


_OTHERS = {
    "author": "author",
    "date": "date",
    "publisher": "publisher",
    "licence": "licence",
    "term": "genre",
    "idno": "identifier",
    "textLang": "language",
}


def _value(node: Node, name: str, langs: dict[str, str]) -> str:
    target = node.attributes.get("target", "").rpartition("#")[2]
    if name == "direction" and node.name == "catRef":
        return target.removeprefix("tr.")
    if node.name == "relatedItem":
        return langs.get(target, "")
    return node.text
