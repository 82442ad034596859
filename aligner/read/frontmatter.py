"""The YAML block at the head of a Markdown file: what it says of title, authors, language."""

from __future__ import annotations

import re

from aligner.model import Fact

_BLOCK = re.compile(r"\A\s*---[ \t]*\r?\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_PAIR = re.compile(r"^([A-Za-z][\w-]*):[ \t]*(.*?)[ \t]*\r?$", re.MULTILINE)
_ENTRY = re.compile(r"[ \t]*-[ \t]+(.+?)[ \t]*\r?\n")
_NAMES = {
    "title": "title", "author": "author", "authors": "author", "creator": "author",
    "translator": "translator", "editor": "editor", "date": "date", "lang": "language",
    "language": "language", "publisher": "publisher", "source": "source", "rights": "licence",
    "license": "licence", "licence": "licence", "identifier": "identifier", "doi": "identifier",
}  # fmt: skip
_LIMIT = 20_000


def front_matter(text: str) -> tuple[int, tuple[Fact, ...]]:
    """How many characters the YAML block at the start takes (0: there is none), and its facts.

    Only plain values and lists of them are understood; the rest of YAML is passed over.
    """
    match = _BLOCK.match(text[:_LIMIT])
    if match is None or not _PAIR.search(match.group(1)):
        return 0, ()
    facts: list[Fact] = []
    for pair in _PAIR.finditer(match.group(1)):
        name = _NAMES.get(pair.group(1).lower())
        if name:
            values = _values(match.group(1), pair)
            facts += [Fact(name, value) for value in values if value]
    return match.end(), tuple(facts)


def _values(block: str, pair: re.Match[str]) -> list[str]:
    value = pair.group(2)
    if not value:
        found, position = [], pair.end() + 1
        while entry := _ENTRY.match(block, position):
            found.append(_bare(entry.group(1)))
            position = entry.end()
        return found
    if value.startswith("[") and value.endswith("]"):
        return [_bare(part) for part in value[1:-1].split(",")]
    return [_bare(value)]


def _bare(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value
