"""Units of a document as chains, each unit with its tag."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from aligner.detect.cleaning import FEW_LETTERS
from aligner.detect.evidence import Evidence, Hint, gather, has_script
from aligner.detect.ngram_detector import built_in
from aligner.detect.scripts import (
    ONE_LANGUAGE,
    fits_tag,
    main_script,
    script_subtag,
    variant_balance,
    with_script,
)
from aligner.detect.segments import Tagged
from aligner.detect.smooth import best_path, posteriors
from aligner.detect.tags import language, twins
from aligner.detect.units import ANNOUNCED, INNER, NEAR, Mark, Unit, units
from aligner.detect.within import changes
from aligner.model import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from aligner.detect.ngrams import NgramModel
    from aligner.model import Block, Document, Source
    from aligner.protocols import Detector

_LONG, _SURE, _UNUSUAL = 20, 0.9, -0.6
_SLIGHT = 0.001
_OPENING = ("heading", "label")
_HEADING = {(False, True): 1.0, (True, False): 3.0, (True, True): 1.5}
"""Cost of a change of language before a heading, after one, and between two (-ln p)."""


def tagged(document: Document, detector: Detector, langs: Sequence[str]) -> list[Tagged]:
    """A document in; every unit of every block that is no mark with its tag out."""
    quick = getattr(detector, "quick", detector)
    found, marks = units(document)
    chain = _finer(document, _ordered(document, found), getattr(quick, "model", None) or built_in())
    if not chain:
        return [_none(mark) for mark in marks]
    raw = [document.text[unit.span.start : unit.span.end] for unit in chain]
    hints = [Hint(document.blocks[unit.block].lang_hint, unit.named) for unit in chain]
    costs = np.array([unit.cost for unit in chain])
    evidence, path, chances = _decided(gather(raw, hints, quick, langs), costs)
    if quick is not detector and (
        _changes_within(chain, path) or _in_doubt(evidence, path, chances, quick)
    ):
        evidence, path, chances = _decided(gather(raw, hints, detector, langs), costs)
    honest = _between_twins(chances, evidence)
    names = _Names(document, langs)
    pieces = [
        _tag(document.blocks[unit.block], unit, evidence, (i, path[i], honest[i]), names)
        for i, unit in enumerate(chain)
    ]
    return [*pieces, *_marks(pieces, marks)]


def _marks(pieces: Sequence[Tagged], marks: Sequence[Mark]) -> list[Tagged]:
    """The marks with their tags: none, but for those that stand in text of one language.

    They are a stroke with the same language on both sides, and a label of another language than
    what it stands by, or all labels if most of them are: names of speakers, say.
    """
    ordered = sorted(pieces, key=lambda piece: piece.span)
    starts = [piece.span.start for piece in ordered]
    beside: list[tuple[Tagged | None, Tagged | None]] = []
    for mark in marks:
        number = bisect_left(starts, mark.span.start)
        after = ordered[number] if number < len(ordered) else None
        beside.append((ordered[number - 1] if number else None, after))
    right = [_is_right(mark, *two) for mark, two in zip(marks, beside, strict=True)]
    labels = [true for mark, true in zip(marks, right, strict=True) if mark.named]
    doubtful = 2 * sum(labels) < len(labels)
    found: list[Tagged] = []
    for mark, true, (before, after) in zip(marks, right, beside, strict=True):
        text = before if mark.behind else after
        if text is None or (true and not (mark.named and doubtful)):
            found.append(_none(mark))
        else:
            found.append(replace(text, span=mark.span, block=mark.block, weight=0.0))
    return found


def _is_right(mark: Mark, before: Tagged | None, after: Tagged | None) -> bool:
    """True for a label of the language it stands by, and a stroke between two."""
    if mark.named is None:
        return before is None or after is None or before.tag != after.tag
    text = before if mark.behind else after
    return text is not None and language(text.tag) == mark.named


def _none(piece: Mark | Unit) -> Tagged:
    return Tagged(piece.span, piece.block, "zxx", "detected", 0.0, (("zxx", 1.0),))


def _decided(
    evidence: Evidence, costs: NDArray[np.float64]
) -> tuple[Evidence, list[int], NDArray[np.float64]]:
    total = evidence.own + evidence.prior
    return evidence, best_path(total, costs), posteriors(total, costs)


def _between_twins(chances: NDArray[np.float64], evidence: Evidence) -> NDArray[np.float64]:
    """Chances in which near twins share what they have together as each unit alone has it.

    A hundred doubtful sentences make a chain sure, but no surer than one of them has reason to be:
    all lean on the same few words.
    """
    shared = chances.copy()
    for group in {twins(state) for state in evidence.states}:
        members = [i for i, state in enumerate(evidence.states) if language(state) in group]
        if len(members) > 1:
            own = np.exp(evidence.own[:, members] + evidence.prior[:, members] * 0.5)
            own /= own.sum(axis=1, keepdims=True)
            shared[:, members] = chances[:, members].sum(axis=1, keepdims=True) * own
    return shared


def _in_doubt(
    evidence: Evidence, path: list[int], chances: NDArray[np.float64], quick: Any
) -> bool:
    """True if a longer unit stays doubtful, or does not look like the language it was given.

    Then all units are ranked again with everything the detector has: that takes a second to load.
    """
    long = [i for i, size in enumerate(evidence.letters) if size >= _LONG]
    best = evidence.own.argmax(axis=1)
    if any(chances[i, path[i]] < _SURE or _differ(evidence, best[i], path[i]) for i in long):
        return True
    fit = quick.fit([evidence.texts[i] for i in long], [evidence.states[path[i]] for i in long])
    relative: dict[int, list[float]] = {}
    for i, value in zip(long, fit, strict=True):
        relative.setdefault(path[i], []).append(float(value))
    return any(sum(values) / len(values) < _UNUSUAL for values in relative.values())


def _changes_within(chain: Sequence[Unit], path: list[int]) -> bool:
    """True if the language changes inside a sentence: nobody should be that sure alone."""
    pairs = zip(chain[1:], pairwise(path), strict=True)
    return any(unit.cost == INNER and one != other for unit, (one, other) in pairs)


def _differ(evidence: Evidence, one: int, other: int) -> bool:
    return one != other and language(evidence.states[one]) not in twins(evidence.states[other])


def _ordered(document: Document, found: Sequence[Unit]) -> list[Unit]:
    """Text first, then notes; tables and lists column by column: neighbours in meaning."""
    blocks = document.blocks
    first: dict[tuple[str, int], int] = {}
    for unit in found:
        column = _column(blocks[unit.block], unit)
        if column is not None:
            first.setdefault(column[:2], unit.block)

    def place(unit: Unit) -> tuple[int, ...]:
        block = blocks[unit.block]
        column = _column(block, unit)
        if block.kind == "note":
            return (1, unit.block, 0, 0)
        if column is None:
            return (0, unit.block, 0, 0)
        return (0, first[column[:2]], column[2] + 1, block.cell.row if block.cell else unit.block)

    chain: list[Unit] = []
    for unit in sorted(found, key=place):
        before = chain[-1] if chain else None
        chain.append(replace(unit, cost=_cost(before, unit, blocks)))
    return chain


def _column(block: Block, unit: Unit) -> tuple[str, int, int] | None:
    """The table or list a unit stands in, and the column."""
    if block.cell is not None:
        return "table", block.cell.table, block.cell.column
    return None if unit.column is None else ("list", *unit.column)


def _cost(before: Unit | None, unit: Unit, blocks: Sequence[Block]) -> float:
    """What a change of language costs between two units: a heading goes with what follows it."""
    if before is None:
        return unit.cost
    if unit.named is not None and unit.named != before.named:
        return ANNOUNCED
    block, last = blocks[unit.block], blocks[before.block]
    column = _column(block, unit)
    if column is not None and column != _column(last, before):
        return 0.0 if block.cell else NEAR  # a column begins: anything may stand here
    if column is None and unit.block != before.block and block.kind != "note":
        return _HEADING.get((last.kind in _OPENING, block.kind in _OPENING), unit.cost)
    return unit.cost


def _finer(document: Document, chain: Sequence[Unit], model: NgramModel) -> list[Unit]:
    """The units cut where the language may change inside one."""
    spans = [unit.span for unit in chain]
    places = changes([document.text[span.start : span.end] for span in spans], model)
    found: list[Unit] = []
    for unit, cuts in zip(chain, places, strict=True):
        if not cuts:
            found.append(unit)
            continue
        start = unit.span.start
        edges = [start, *(start + cut for cut in cuts), unit.span.end]
        for n, (a, b) in enumerate(pairwise(edges)):
            span = Span(a, a + len(document.text[a:b].rstrip()))
            found.append(replace(unit, span=span, whole_line=False, cost=INNER if n else unit.cost))
    return found


class _Names:
    """The tags of states in blocks: as declared where that says more, else with their script."""

    def __init__(self, document: Document, langs: Sequence[str]) -> None:
        self._document, self._langs = document, langs
        self._known: dict[tuple[int, str], str] = {}

    def __call__(self, block: int, state: str) -> str:
        """The tag of a state in a block."""
        if (block, state) not in self._known:
            self._known[block, state] = self._named(self._document.blocks[block], state)
        return self._known[block, state]

    def _named(self, block: Block, state: str) -> str:
        text = self._document.text[block.span.start : block.span.end]
        if state == "zh" and not variant_balance(text):
            text = self._document.text
        tag = with_script(language(state), text, script_subtag(state) or None)
        for declared in self._langs:
            if language(declared) == language(tag) and "-" in declared and fits_tag(declared, tag):
                return declared
        return tag


def _tag(
    block: Block,
    unit: Unit,
    evidence: Evidence,
    decided: tuple[int, int, NDArray[np.float64]],
    names: _Names,
) -> Tagged:
    i, best, chances = decided
    if unit.whole_line and not has_script(evidence.texts[i]):
        return _none(unit)
    likely = np.flatnonzero(chances >= _SLIGHT).tolist()
    return Tagged(
        unit.span,
        unit.block,
        names(unit.block, evidence.states[best]),
        _source(evidence, i, best, block.lang_hint),
        float(evidence.letters[i]),
        tuple((names(unit.block, evidence.states[n]), round(float(chances[n]), 6)) for n in likely),
    )


def _source(evidence: Evidence, i: int, best: int, hint: str | None) -> Source:
    own = evidence.own[i]
    if evidence.letters[i] >= FEW_LETTERS and int(own.argmax()) == best:
        return "script" if main_script(evidence.texts[i]) in ONE_LANGUAGE else "detected"
    if hint and language(hint) == language(evidence.states[best]):
        return "declared"
    return "inherited"
