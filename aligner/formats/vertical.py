"""Vertical text: a token a line between structures, for Sketch Engine, NoSkE and CWB."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import category
from xml.sax.saxutils import quoteattr

from aligner.formats.entries import Entry
from aligner.formats.xmltext import content, storable
from aligner.mend import mended

TOKEN = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]"
    r"|[^\W_]+(?:['’ʻʼ‘.-][^\W_]+)*|[^\w\s]|_"
)
"""A character of Chinese or Japanese, a word (with apostrophes, hyphens, dots inside), a sign."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit in its vertical: its number, its text, its first and last token."""

    number: int
    text: str
    start: int
    end: int


def tokens(text: str) -> Iterator[tuple[str, bool]]:
    """The tokens of a text, and whether one follows the last without a space.

    Combining marks and joiners stay with the letters around them: in many scripts a word is full
    of them.
    """
    held, glued, end = "", False, 0
    for found in TOKEN.finditer(text):
        token, beside = found.group(), found.start() == end and end > 0
        end = found.end()
        if beside and (_joins(token) or (_joins(held[-1]) and token[0].isalnum())):
            held += token
            continue
        if held:
            yield held, glued
        held, glued = token, beside
    if held:
        yield held, glued


def _joins(sign: str) -> bool:
    """True for a combining mark, and for the joiner and non-joiner of Arabic and Indic scripts."""
    return not sign.isascii() and (category(sign[0])[0] == "M" or sign in "\u200c\u200d")


def vertical(
    beads: Sequence[Entry], lang: str, title: str, *, glue: bool
) -> tuple[list[str], dict[tuple[int, int], Placed]]:
    """The lines of a version, and where each (parallel, unit) stands in them.

    Units are numbered from 0 in the order of the text; ``glue`` writes ``<g/>`` where no space is.
    """
    lines = [f"<text id={quoteattr(storable(title))} lang={quoteattr(lang)}>"]
    places: dict[tuple[int, int], Placed] = {}
    position = 0
    for (parallel, number), text in sorted(_units(beads, lang)):
        start = position
        lines.append(f'<s id="{parallel + 1}.{number + 1}">')
        for token, glued in tokens(mended(text)):
            if glue and glued:
                lines.append("<g/>")
            lines.append(content(token))
            position += 1
        lines.append("</s>")
        places[parallel, number] = Placed(len(places), text, start, position - 1)
    lines.append("</text>")
    return lines, places


def _units(beads: Sequence[Entry], lang: str) -> Iterator[tuple[tuple[int, int], str]]:
    for entry in beads:
        if lang in entry.langs:
            place = entry.langs.index(lang)
            for n, text in enumerate(entry.texts[place]):
                if TOKEN.search(text):
                    yield (entry.parallel, entry.first[place] + n), text


def side(
    entry: Entry, lang: str, places: dict[tuple[int, int], Placed]
) -> tuple[Placed, Placed] | None:
    """The first and last unit of a side, None if it is empty."""
    if lang not in entry.langs:
        return None
    place = entry.langs.index(lang)
    first = entry.first[place]
    keys = [(entry.parallel, first + n) for n in range(len(entry.texts[place]))]
    there = [places[key] for key in keys if key in places]
    return (there[0], there[-1]) if there else None
