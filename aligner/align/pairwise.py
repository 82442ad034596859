"""Two versions aligned, in windows where they are long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise as neighbours
from typing import Any

import numpy as np

from aligner.align.rounds import Node, Tables, all_seen
from aligner.align.shapes import DEFAULT, Shapes, checked
from aligner.align.windows import LONG, found, windows
from aligner.errors import UsageError


@dataclass(frozen=True, slots=True)
class Pairwise:
    """Beads that cover both versions in order, their evidence and confidence.

    ``learned`` is the scorer as the whole texts have taught it, None if they were never seen whole.
    """

    beads: tuple[tuple[range, range], ...]
    scores: tuple[float, ...]
    confidences: tuple[float, ...]
    tables: Tables | None = field(default=None, repr=False)
    learned: Any = field(default=None, repr=False, compare=False)


def pairwise(
    scorer: Any,
    *,
    barriers: Sequence[Node] = (),
    anchors: Sequence[tuple[range, range]] = (),
    shapes: Shapes = DEFAULT,
    keep: bool = False,
) -> Pairwise:
    """Align two versions.

    ``scorer`` is a Scorer; what else it can do is used: with ``learned`` it learns from the texts,
    ``guide``, ``places`` or ``characters`` lead the search, with ``part`` a long text is aligned in
    windows, ``crossed`` weighs beads of several units a side again, and ``plain`` and ``across``
    tell the confidence what lengths alone and words across a border say.
    ``barriers`` are nodes (i, j) that the path passes, ``anchors`` beads that must be there.
    ``keep`` adds the tables of the whole (no windows then). Raises UsageError for shapes that are
    none, and for barriers or anchors that cross one another or lie outside the texts.
    """
    shapes = checked(shapes)
    nodes = _ordered(scorer.size, barriers, anchors)
    parts, tables, taught = [], None, None
    short = scorer.size[0] <= LONG or all_seen(scorer.size)
    if keep or short or not hasattr(scorer, "part"):
        whole = scorer.part(*map(range, scorer.size)) if hasattr(scorer, "part") else scorer
        path, tables, taught = found(whole, nodes, shapes)
        parts.append(path)
    else:
        parts = windows(scorer, nodes, shapes)
    first = np.concatenate([part.first for part in parts])
    last = first + np.concatenate([part.sizes for part in parts])
    scores = np.concatenate([part.scores for part in parts])
    sure = np.concatenate([part.sure for part in parts])
    for a, b in anchors:
        inside = (first >= (a.start, b.start)).all(1) & (last <= (a.stop, b.stop)).all(1)
        where = np.flatnonzero(inside)
        if len(where):
            last[where[0]], sure[where[0]] = (a.stop, b.stop), 1.0
            first, last, scores, sure = (
                np.delete(column, where[1:], axis=0) for column in (first, last, scores, sure)
            )
    beads = tuple(
        (range(i, k), range(j, m))
        for (i, j), (k, m) in zip(first.tolist(), last.tolist(), strict=True)
    )
    kept = tables if keep else None
    return Pairwise(beads, tuple(scores.tolist()), tuple(sure.tolist()), kept, taught)


def _ordered(
    size: tuple[int, int],
    barriers: Sequence[Node],
    anchors: Sequence[tuple[range, range]],
) -> list[Node]:
    """The nodes that the path must pass, sorted, once each; raises UsageError if no path can."""
    corners = (c for a, b in anchors for c in ((a.start, b.start), (a.stop, b.stop)))
    nodes = sorted({*barriers, *corners})
    for i, j in nodes:
        if not (0 <= i <= size[0] and 0 <= j <= size[1]):
            raise UsageError(
                f"a barrier or anchor at unit {i} and {j} lies outside the texts",
                why=f"they have {size[0]} and {size[1]} units",
            )
    for one, other in neighbours(nodes):
        if other[1] < one[1]:
            raise UsageError(
                f"the barriers or anchors at units {one} and {other} cross",
                do="Take one of them away: the order of both versions must hold",
            )
    return nodes
