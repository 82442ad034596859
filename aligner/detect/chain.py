"""Units of a document as chains, each unit with its tag."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aligner.detect.cleaning import FEW_LETTERS
from aligner.detect.evidence import Evidence, gather, has_script
from aligner.detect.scripts import with_script
from aligner.detect.segments import Tagged
from aligner.detect.smooth import best_path, posteriors
from aligner.detect.units import Unit, units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aligner.model import Document, Source
    from aligner.protocols import Detector


def tagged(document: Document, detector: Detector, langs: Sequence[str]) -> list[Tagged]:
    """A document in; every unit of every block that is no mark with its tag out."""
    chain = _ordered(document)
    if not chain:
        return []
    raw = [document.text[unit.span.start : unit.span.end] for unit in chain]
    hints = [document.blocks[unit.block].lang_hint for unit in chain]
    evidence = gather(raw, hints, detector, langs)
    costs = np.array([unit.cost for unit in chain])
    total = evidence.own + evidence.prior
    path = best_path(total, costs)
    chances = posteriors(total, costs)
    return [
        _tag(unit, text, evidence, i, path[i], chances[i], langs)
        for i, (unit, text) in enumerate(zip(chain, raw, strict=True))
    ]


def _ordered(document: Document) -> list[Unit]:
    """Text first, then notes; table cells column by column: neighbours in meaning, not in place."""
    blocks = [(n, block) for n, block in enumerate(document.blocks) if block.kind != "mark"]

    def place(item: tuple[int, object]) -> tuple[int, ...]:
        block = document.blocks[item[0]]
        if block.kind == "note":
            return (1, item[0], 0, 0)
        if block.cell is None:
            return (0, item[0], 0, 0)
        return (0, first[block.cell.table], block.cell.column + 1, block.cell.row)

    first: dict[int, int] = {}
    for n, block in blocks:
        if block.cell is not None:
            first.setdefault(block.cell.table, n)
    return [unit for n, block in sorted(blocks, key=place) for unit in units(document, n, block)]


def _tag(
    unit: Unit,
    raw: str,
    evidence: Evidence,
    i: int,
    best: int,
    chances: np.ndarray[tuple[int], np.dtype[np.float64]],
    langs: Sequence[str],
) -> Tagged:
    lang = evidence.states[best]
    text = evidence.texts[i]
    if unit.whole_line and not has_script(text):
        return Tagged(unit.span, unit.block, "zxx", "detected", 0.0, (("zxx", 1.0),))
    source: Source = "detected"
    if evidence.letters[i] < FEW_LETTERS or int(evidence.own[i].argmax()) != best:
        source = "inherited"
    ranked = [
        (with_script(name, raw), round(float(p), 6))
        for name, p in zip(evidence.states, chances, strict=True)
        if p >= 0.001
    ]
    tag = with_script(lang, raw)
    return Tagged(unit.span, unit.block, tag, source, float(evidence.letters[i]), tuple(ranked))
