"""A document cut into the pieces that get one language each: sentences and quoted spans."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from aligner.detect.cleaning import cleaned, is_weak
from aligner.detect.names import Naming, namings
from aligner.detect.script_runs import by_script
from aligner.detect.sides import Sides, leading, sided
from aligner.model import Document, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LINE = re.compile(r"[^\n]+")
_SENTENCE = re.compile(
    r".+?(?:(?:[.!?。！？…։।॥؟۔]|(?<=[ա-ֆ]):)+(?:[\u00a0\u202f]?[”“\"»)’'])*(?=\s|$)|[。！？]|$)",
    re.DOTALL,
)
_INITIAL = re.compile(r"(?:^|[\s(.])[^\W\d_]\.$")
_QUOTED = re.compile(r"[“«„‟][^“”«»„\n]{12,}?[”»“]|\"[^\"\n]{12,}?\"(?!\w)")

NEAR, SENTENCE, QUOTE, WRAP, INNER = 2.0, 3.0, 2.5, 6.0, 1.0
"""Cost (-ln p) of a change of language at a line, a sentence, a quotation, a wrapped line, and
inside a sentence where the evidence for a change has been weighed already."""


LONG = 200
"""A side of more characters is cut into its sentences."""
COLUMN = 4.0
"""The same at a line of a list that has this language in the line before."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of one block; ``cost`` is that of changing the language before it.

    ``column`` is the first line of the list that it stands in and its side of the line, if it
    stands in one; ``named`` is the language that a label before or behind it names.
    """

    span: Span
    block: int
    cost: float
    whole_line: bool = False
    column: tuple[int, int] | None = None
    named: str | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands between languages: a label, with the language it names, or a stroke.

    It is part of the text only if that is in one language all the same.
    """

    span: Span
    block: int
    named: str | None = None
    behind: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a block without the label, what it is cut into, the label, and what it names."""

    whole: Span
    span: Span
    block: int
    sides: Sides | None
    label: Naming | None
    named: str | None


def units(document: Document) -> tuple[list[Unit], list[Mark]]:
    """The units of all blocks that are no marks, in text order, and the marks between them.

    Together they cover everything that is not white space.
    """
    found: list[Unit] = []
    marks: list[Mark] = []
    block = -1
    for line in _lines(document):
        if line.label:
            label = line.label
            marks.append(Mark(label.span, line.block, label.tag, label.behind))
        first = line.block != block
        block = line.block
        if len(line.span):
            made, between = _of_line(document.text, line, first=first)
            found += made
            marks += between
    return found, marks


def _of_line(text: str, line: _Line, *, first: bool) -> tuple[list[Unit], list[Mark]]:
    cost = NEAR if first or line.label or _ended(text, line.whole) else WRAP
    found: list[Unit] = []
    if line.sides and line.sides.listed is not None:
        for number, span in enumerate(line.sides.spans):
            column = (line.sides.listed, number)
            if len(span) <= LONG:
                found.append(Unit(span, line.block, COLUMN, True, column, line.named))
            else:
                made = _cut(text, line, span, COLUMN)
                found += [replace(unit, column=column) for unit in made]
    elif line.sides:
        for number, side in enumerate(line.sides.spans):
            found += _cut(text, line, side, NEAR if number else cost)
    else:
        found = _cut(text, line, line.span, cost)
    bare: list[Unit] = []
    for unit in found:
        lead = leading(text, unit.span) if bare else 0
        bare.append(replace(unit, span=Span(unit.span.start + lead, unit.span.end)))
    gaps = [_trimmed(text, Span(one.span.end, other.span.start)) for one, other in pairwise(bare)]
    return bare, [Mark(gap, line.block) for gap in gaps if len(gap)]


def _cut(text: str, line: _Line, span: Span, cost: float) -> list[Unit]:
    pieces = _joined(text, list(_pieces(text, span)))
    return [
        Unit(
            part,
            line.block,
            inner if number else cost,
            len(pieces) == 1 and line.sides is None,
            None,
            line.named,
        )
        for number, (part, inner) in enumerate(pieces)
    ]


def _lines(document: Document) -> list[_Line]:
    """All lines that are not empty, each with what its layout says."""
    text = document.text
    whole = [
        (number, Span(line.start(), line.end()))
        for number, block in enumerate(document.blocks)
        if block.kind != "mark"
        for line in _LINE.finditer(text, block.span.start, block.span.end)
        if line[0].strip()
    ]
    kinds = [document.blocks[number].kind for number, _ in whole]
    headings = {
        span.start for (_, span), kind in zip(whole, kinds, strict=True) if kind == "heading"
    }
    labels = namings(text, [span for _, span in whole], headings)
    bare = [_without(text, span, labels.get(span.start)) for _, span in whole]
    sides = sided(
        document,
        [
            span
            for span, kind in zip(bare, kinds, strict=True)
            if len(span) and kind not in {"note", "cell"}
        ],
    )
    names = _named(
        [number for number, _ in whole], kinds, bare, [labels.get(s.start) for _, s in whole]
    )
    return [
        _Line(
            span,
            rest,
            number,
            sides.get(rest.start) if len(rest) else None,
            labels.get(span.start),
            name,
        )
        for (number, span), rest, name in zip(whole, bare, names, strict=True)
    ]


def _without(text: str, line: Span, label: Naming | None) -> Span:
    """A line without its label."""
    if label is None:
        return line
    if label.behind:
        return _trimmed(text, Span(line.start, label.span.start))
    return _trimmed(text, Span(label.span.end, line.end))


def _named(
    blocks: Sequence[int],
    kinds: Sequence[str],
    bare: Sequence[Span],
    labels: Sequence[Naming | None],
) -> list[str | None]:
    """The language that the labels name for every line.

    A label says it of its line and what follows in the block; one that stands alone, of all up to
    the next label or heading.
    """
    names: list[str | None] = []
    current, until = None, -1
    for block, kind, rest, label in zip(blocks, kinds, bare, labels, strict=True):
        if label is not None and not label.behind:
            current, until = label.tag, block if len(rest) else 1 << 62
        elif block > until or kind == "heading":
            current = None
        names.append(current)
    behind, last = None, -1
    for number in range(len(names) - 1, -1, -1):
        label = labels[number]
        if label is not None or blocks[number] != last:
            behind = label.tag if label is not None and label.behind else None
        last = blocks[number]
        names[number] = behind or names[number]
    return names


def _ended(text: str, line: Span) -> bool:
    before = text[max(0, line.start - 80) : line.start].rstrip()[-1:]
    first = text[line.start : line.end].lstrip()[:1]
    return not first.islower() or before in ".!?:;"


def _pieces(text: str, line: Span) -> Iterator[tuple[Span, float]]:
    for span in (part for sentence in _sentences(text, line) for part in by_script(text, sentence)):
        position, cost = span.start, SENTENCE
        for quoted in _QUOTED.finditer(text, span.start, span.end):
            if _is_name(quoted[0]):
                continue
            before = _trimmed(text, Span(position, quoted.start()))
            if len(before):
                yield before, cost
                cost = QUOTE
            yield Span(quoted.start(), quoted.end()), QUOTE
            position, cost = quoted.end(), QUOTE
        after = _trimmed(text, Span(position, span.end))
        if len(after):
            yield after, cost


def _sentences(text: str, line: Span) -> list[Span]:
    """Rough sentences: none begins with a small letter, or after an initial."""
    found: list[Span] = []
    for sentence in _SENTENCE.finditer(text, line.start, line.end):
        span = _trimmed(text, Span(sentence.start(), sentence.end()))
        if not len(span):
            continue
        if found and (
            text[span.start].islower()
            or _is_initial(text[max(0, found[-1].end - 6) : found[-1].end])
        ):
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
    return found


def _is_initial(end: str) -> bool:
    """True for "J." and "z. B.", not for a small letter alone: it may be a word ("dedi u.")."""
    found = _INITIAL.search(end)
    return bool(found and (end[-2].isupper() or _INITIAL.search(end[: found.start()].rstrip())))


def _is_name(quoted: str) -> bool:
    """True for a few words with capitals: a firm or programme rather than another language."""
    found = re.findall(r"[^\W\d_]+", quoted)
    capitals = sum(word[0].isupper() for word in found)
    return len(found) <= 5 and capitals * 2 >= len(found)


def _is_bare_name(text: str) -> bool:
    """True for one to three words with capitals and nothing else."""
    words = re.findall(r"[^\W\d_]+", text)
    return len(words) <= 3 and all(word[0].isupper() for word in words)


def _joined(text: str, pieces: list[tuple[Span, float]]) -> list[tuple[Span, float]]:
    """Pieces that cannot speak for themselves joined to the one before or after."""
    kept: list[tuple[Span, float, bool]] = []
    for span, cost in pieces:
        words = cleaned(text[span.start : span.end])
        weak = is_weak(words) or _is_bare_name(words)
        if kept and (weak or kept[-1][2]):
            before, first, was_weak = kept[-1]
            kept[-1] = (Span(before.start, span.end), first, was_weak and weak)
        else:
            kept.append((span, cost, weak))
    return [(span, cost) for span, cost, _ in kept]


def _trimmed(text: str, span: Span) -> Span:
    piece = text[span.start : span.end]
    start = span.start + len(piece) - len(piece.lstrip())
    return Span(start, max(start, span.start + len(piece.rstrip())))
