"""What the headers of our files declare: title, metadata, people, recipe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aligner.formats.tei.facts import read_facts
from aligner.formats.tei.node import Node
from aligner.model import Fact, Step

if TYPE_CHECKING:
    from collections.abc import Iterable


def facts_of(headers: list[Node], langs: dict[str, str]) -> tuple[Fact, ...]:
    """The metadata of a corpus, from its own header (the first) and those of its texts."""
    nodes = [*_without(headers[0], "listBibl"), *headers[1:]]
    found = sorted(read_facts(nodes, langs), key=lambda pair: pair[0])
    return tuple(fact for _, fact in found)


def title_of(header: Node) -> str:
    """The title of a corpus."""
    for node in header.find("title"):
        if node.attributes.get("type") == "main":
            return node.text
    return ""


def people_of(header: Node) -> dict[str, str]:
    """The names in ``respStmt``, by xml:id."""
    people = {}
    for node in header.find("respStmt"):
        for child in node.children:
            if child.name in {"name", "persName"}:
                people[node.id or ""] = child.text
    return people


def steps_of(header: Node) -> Iterable[Step]:
    """The recipe, from ``appInfo``."""
    for node in header.find("application"):
        if node.id == "app.writer":
            continue
        name, version = "", node.attributes["version"]
        settings = []
        for child in node.children:
            if child.name == "label":
                name = child.text
            elif child.attributes.get("type") == "version":
                version = child.text
            else:
                settings.append((child.attributes["n"], child.text))
        yield Step(name, version, tuple(settings))


def _without(header: Node, name: str) -> list[Node]:
    """The nodes below a header, those of one element and below it left out, each on its own."""
    kept: list[Node] = []

    def visit(node: Node) -> None:
        if node.name != name:
            kept.append(_leaf(node))
            for child in node.children:
                visit(child)

    visit(header)
    return kept


def _leaf(node: Node) -> Node:
    return Node(node.name, node.attributes, node.line, [], node.pieces)
