"""Concordance: a pattern in its context, with the aligned sentences beside it."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from aligner.errors import UsageError
from aligner.mend import mended
from aligner.model import Alignment, Bead, Corpus, Side, Version, find_tag, unit_text

Order = Literal["text", "left", "right"]


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of a concordance.

    ``left``, ``node`` and ``right`` are the line; ``aligned`` are (tag, text) of the other sides
    of its bead, empty texts where a version has no counterpart, nothing for unaligned text.
    """

    document: str
    lang: str
    left: str
    node: str
    right: str
    aligned: tuple[tuple[str, str], ...]
    shape: str | None
    confidence: float | None
    start: int


def kwic(
    corpus: Corpus,
    pattern: str,
    *,
    lang: str | None = None,
    regex: bool = False,
    exact: bool = False,
    context: int = 60,
    sample: int | None = None,
    seed: int = 0,
    order: Order = "text",
) -> list[Hit]:
    """Find a pattern in a corpus: a corpus and a pattern in, the hits out.

    ``pattern`` is one or more whole words (``*`` stands for any letters, one apostrophe for every
    other), or a regular expression with ``regex``. Case and accents count only with ``exact``.
    ``lang`` keeps to one version, ``context`` is in characters, ``sample`` draws that many hits
    with ``seed``, ``order`` sorts by the words to the left or right. Raises UsageError for a
    pattern that is none.
    """
    wanted = _pattern(pattern, regex=regex, exact=exact)
    hits = [hit for found in _places(corpus, lang) for hit in _hits(found, wanted, exact, context)]
    if sample is not None and sample < len(hits):
        chosen = sorted(random.Random(seed).sample(range(len(hits)), sample))
        hits = [hits[place] for place in chosen]
    if order == "left":
        hits.sort(key=lambda hit: folded(hit.left).split()[::-1])
    elif order == "right":
        hits.sort(key=lambda hit: folded(hit.right).split())
    return hits


def folded(text: str) -> str:
    """A text without case and accents; it may be longer or shorter than the text itself."""
    if text.isascii():
        return text.lower()
    return _marks().sub("", unicodedata.normalize("NFD", text.casefold()))


@cache
def _marks() -> re.Pattern[str]:
    """Accents and vowel points, by their combining classes.

    Other marks make another letter: the voicing of kana, viramas, the tones of Thai and Lao.
    """
    marks = (
        chr(code)
        for code in range(0x10000)
        if (kind := unicodedata.combining(chr(code))) >= 200 or 10 <= kind <= 36
    )
    return re.compile(f"[{''.join(marks)}]")


def _views(texts: Sequence[str], *, exact: bool) -> Sequence[str]:
    """The texts as they are searched; folding them in one piece is much quicker than one by one."""
    if exact:
        return texts
    together = folded("\x00".join(texts)).split("\x00")
    return together if len(together) == len(texts) else [folded(text) for text in texts]


@dataclass(frozen=True, slots=True)
class _Place:
    """A version, and the alignment and column it stands in, if any."""

    version: Version
    alignment: Alignment | None = None
    column: int = 0


@dataclass(frozen=True, slots=True)
class _Pattern:
    """What is looked for, and letters that every match holds: most units lack them."""

    compiled: re.Pattern[str]
    core: str = ""

    def matches(self, view: str) -> Iterator[re.Match[str]]:
        """The matches in a text that hold a character at least."""
        if self.core in view:
            yield from (found for found in self.compiled.finditer(view) if found.group())


def _pattern(pattern: str, *, regex: bool, exact: bool) -> _Pattern:
    if not pattern.strip():
        raise UsageError("the pattern is empty", do="Give a word or a regular expression")
    if not regex:
        return _words(pattern if exact else folded(pattern))
    # What ASCII letters mean in an expression depends on their case.
    body = pattern if exact else "".join(c if c.isascii() else folded(c) for c in pattern)
    try:
        return _Pattern(re.compile(body, 0 if exact else re.IGNORECASE))
    except re.error as error:
        raise UsageError(
            f"{pattern!r} is no regular expression",
            why=str(error),
            do="Mend it, or look for words instead",
        ) from error


APOSTROPHES = "'’‘ʻʼ`"
"""Signs that are typed for one another: o'zbek, o‘zbek, oʻzbek."""

SPACELESS = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff\U00020000-\U0003ffff]"
)
"""A letter of a script that writes no space between words."""


def _words(pattern: str) -> _Pattern:
    pieces = re.split(rf"(\s+|\*|[{APOSTROPHES}])", pattern.strip())
    body = "".join(map(_part, pieces))
    # Folding parts kana from their voicing marks, with which they are other letters.
    whole = f"{body}(?![\u3099\u309a])" if SPACELESS.search(pattern) else rf"(?<!\w){body}(?!\w)"
    return _Pattern(re.compile(whole), core=max(pieces[::2], key=len))


def _part(piece: str) -> str:
    """The expression for a piece of a word pattern."""
    if piece == "*":
        return r"\w*"
    if piece and piece in APOSTROPHES:
        return f"[{APOSTROPHES}]"
    return r"\s+" if piece.isspace() else re.escape(piece)


def _places(corpus: Corpus, lang: str | None) -> Iterator[_Place]:
    every = [
        _Place(version, alignment, column)
        for alignment in corpus.alignments
        for column, version in enumerate(alignment.versions)
    ]
    every += [_Place(version) for version in corpus.rest]
    if lang is None:
        return iter(every)
    tags = tuple(dict.fromkeys(place.version.lang for place in every))
    tag = tags[find_tag(tags, lang)]
    return (place for place in every if place.version.lang == tag)


def _hits(place: _Place, pattern: _Pattern, exact: bool, context: int) -> Iterator[Hit]:
    beads: dict[int, int] | None = None
    texts = place.version.texts
    for number, (text, view) in enumerate(zip(texts, _views(texts, exact=exact), strict=True)):
        for match in pattern.matches(view):
            if beads is None:
                beads = _bead_of_unit(place)
            yield _hit(place, number, beads.get(number), _original(text, view, match), context)


def _bead_of_unit(place: _Place) -> dict[int, int]:
    if place.alignment is None:
        return {}
    return {
        unit: number
        for number, bead in enumerate(place.alignment.beads)
        for unit in bead.sides[place.column]
    }


def _original(text: str, view: str, match: re.Match[str]) -> tuple[int, int]:
    """The places of a match in the text itself, which folding may have made longer or shorter."""
    if len(text) == len(view):
        return match.start(), match.end()
    edges, length = [0], 0
    for character in text:
        length += len(folded(character))
        edges.append(length)
    start = max(i for i, edge in enumerate(edges) if edge <= match.start())
    end = min(i for i, edge in enumerate(edges) if edge >= match.end())
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return start, end


def _hit(place: _Place, number: int, bead: int | None, found: tuple[int, int], context: int) -> Hit:
    version = place.version
    unit = version.units[number]
    text = unit_text(version.document, unit)
    start, end = found
    chosen = place.alignment.beads[bead] if place.alignment and bead is not None else None
    left = mended(text[:start] + "|")[:-1]
    return Hit(
        document=version.document.name,
        lang=version.lang,
        left=left[-context:] if context else "",
        node=mended(text[start:end]),
        right=mended("|" + text[end:])[1 : context + 1],
        aligned=_aligned(place, chosen) if chosen else (),
        shape=chosen.shape if chosen else None,
        confidence=chosen.confidence if chosen else None,
        start=unit.span.start + start,
    )


def _aligned(place: _Place, bead: Bead) -> tuple[tuple[str, str], ...]:
    versions = place.alignment.versions if place.alignment else ()
    sides = [Side(v, numbers) for v, numbers in zip(versions, bead.sides, strict=True)]
    return tuple(
        (side.lang, mended(side.text)) for i, side in enumerate(sides) if i != place.column
    )
