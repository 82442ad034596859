"""Lists of references: which blocks are in one, and where its entries begin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import pairwise

from aligner.model import Document
from aligner.split.stretches import trim

_ENTRY = re.compile(r"(?:^|(?<=[\n\r]))[^\S\n\r]*(?:\[?\d{1,3}[\].)]|[•*–—-])[^\S\n\r]")
_LONGEST_HEADING = 60
_LONGEST_ENTRY = 700
_NUMBERED = re.compile(
    r"\[?\d{1,3}[\].)]{1,2}\s+(?:[^\W\d_][\w'ʻʼ’-]+,?\s+(?:[^\W\d_][\w'ʻʼ’]{0,2}\.[\s,-]*)"
    r"|(?:[^\W\d_][\w'ʻʼ’]{0,2}\.\s*){1,3}[^\W\d_][\w'ʻʼ’-]+)"
)
_MARKED = re.compile(r"\n[^\S\n]*+\[?\d")
_PUBLISHED = re.compile(r"\b(?:1[5-9]|20)\d\d|//")


def reference_blocks(document: Document) -> frozenset[int]:
    """The numbers of the blocks in a list of references: from its heading to the next heading."""
    inside = False
    found = set()
    for number, block in enumerate(document.blocks):
        if block.kind in {"mark", "note"}:
            continue
        if block.kind == "heading" or len(block.span) <= _LONGEST_HEADING:
            title = _bare(document.text[block.span.start : block.span.end])
            if title in _titles():
                inside = True
                continue
        if block.kind == "heading":
            inside = False
        elif inside:
            found.add(number)
    return frozenset(found)


def entries(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The entries of a block of references: at numbered lines, else the block as it stands."""
    opened = [start + match.start() for match in _ENTRY.finditer(text[start:end])]
    for left, right in pairwise(sorted({start, *opened, end})):
        trimmed = trim(text, left, right)
        if trimmed is not None:
            yield trimmed


def has_entries(text: str) -> bool:
    """If a paragraph of the text may be a numbered reference."""
    return _MARKED.search(text) is not None or text[:200].lstrip().lstrip("[")[:1].isdecimal()


def is_entry(text: str) -> bool:
    """If a paragraph reads like a numbered reference: ``3. Ivanov Kh. Title. // Journal, 2025``."""
    if not text[:2].lstrip("[")[:1].isdecimal() or len(text) > _LONGEST_ENTRY:
        return False
    return _NUMBERED.match(text) is not None and _PUBLISHED.search(text) is not None


def _bare(title: str) -> str:
    return " ".join(re.sub(r"[\d\W_]+", " ", title.replace("’", "'")).lower().split())


@cache
def _titles() -> frozenset[str]:
    source = files("aligner.split") / "languages" / "references.list"
    lines = source.read_text(encoding="utf-8").splitlines()
    return frozenset(_bare(line) for line in lines if line and not line.startswith("#"))
