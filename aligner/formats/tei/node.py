"""A small tree for the small parts of a TEI file: its headers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aligner.safexml import XML_ID, XML_LANG

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(slots=True)
class Node:
    """An element: its local name, attributes, children, and its own text before and after them."""

    name: str
    attributes: dict[str, str]
    line: int = 0
    children: list[Node] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its own text, children left out."""
        return "".join(self.pieces)

    @property
    def id(self) -> str | None:
        """Its xml:id."""
        return self.attributes.get(XML_ID)

    @property
    def lang(self) -> str | None:
        """Its xml:lang."""
        return self.attributes.get(XML_LANG)

    def walk(self) -> Iterator[Node]:
        """Itself and everything below, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def find(self, *names: str) -> Iterator[Node]:
        """Descendants (and itself) of these names."""
        return (node for node in self.walk() if node.name in names)
