"""Two versions aligned, in windows where they are long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise as neighbours
from typing import TYPE_CHECKING, Any

import numpy as np

from aligner.align.confidence import confidence
from aligner.align.rounds import Node, Tables, path_of, search
from aligner.align.search import best
from aligner.align.shapes import DEFAULT, Shapes, checked
from aligner.errors import UsageError

if TYPE_CHECKING:
    from numpy.typing import NDArray

LONG = 6000
"""Units of version A up to which a text is one window."""

WINDOW = 4000
"""Units of version A of a window: enough to learn the words from, little enough for memory."""

OVERLAP = 400
"""Units that are aligned beyond a window, so that its end may be wrong."""


@dataclass(frozen=True, slots=True)
class Pairwise:
    """Beads that cover both versions in order, their evidence and confidence."""

    beads: tuple[tuple[range, range], ...]
    scores: tuple[float, ...]
    confidences: tuple[float, ...]
    tables: Tables | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class _Path:
    """Beads as arrays: first units (k, 2), sizes (k, 2), evidence, confidence."""

    first: NDArray[np.int64]
    sizes: NDArray[np.int64]
    scores: NDArray[np.float64]
    sure: NDArray[np.float64]


def pairwise(
    scorer: Any,
    *,
    barriers: Sequence[Node] = (),
    anchors: Sequence[tuple[range, range]] = (),
    shapes: Shapes = DEFAULT,
    keep: bool = False,
) -> Pairwise:
    """Align two versions.

    ``scorer`` is a Scorer; if it has ``learned`` it learns from the texts, if it has ``points`` or
    ``characters`` they guide the search, and if it has ``part`` a long text is aligned in windows.
    ``barriers`` are nodes (i, j) that the path passes, ``anchors`` beads that must be there.
    ``keep`` adds the tables of the whole (no windows then). Raises UsageError for shapes that are
    none, and for barriers or anchors that cross one another or lie outside the texts.
    """
    shapes = checked(shapes)
    nodes = _ordered(scorer.size, barriers, anchors)
    parts, tables = [], None
    if keep or not hasattr(scorer, "part") or scorer.size[0] <= LONG:
        whole = scorer.part(*map(range, scorer.size)) if hasattr(scorer, "part") else scorer
        found, tables = _found(whole, nodes, shapes)
        parts.append(found)
    else:
        parts = _windows(scorer, nodes, shapes)
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
    return Pairwise(beads, tuple(scores.tolist()), tuple(sure.tolist()), tables if keep else None)


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


def _found(scorer: Any, nodes: Sequence[Node], shapes: Shapes) -> tuple[_Path, Tables]:
    """The best path of one window."""
    tables, taught = search(scorer, nodes, shapes)
    band = tables.band
    rows, cols, kinds = best(band, tables.final, tables.prior)
    cells = band.offsets[rows] + cols - band.lo[rows]
    first = np.stack([band.rows[rows], cols], 1).astype(np.int64).reshape(-1, 2)
    sizes = band.shapes[kinds].astype(np.int64)
    sure = confidence(tables, taught, cells, kinds)
    return _Path(first, sizes, tables.final[cells, kinds].astype(np.float64), sure), tables


def _windows(scorer: Any, nodes: Sequence[Node], shapes: Shapes) -> list[_Path]:
    """Window after window, each from where the last one is sure; the same whatever the memory."""
    n, m = scorer.size
    path, _ = path_of(scorer)
    parts: list[_Path] = []
    i = j = 0
    while i < n or j < m or not parts:
        stop, end, fixed = _end((i, j), (n, m), path, nodes)
        inside = [(a - i, b - j) for a, b in nodes if i <= a <= stop and j <= b <= end]
        found, _ = _found(scorer.part(range(i, stop), range(j, end)), inside, shapes)
        count = len(found.sure) if fixed else _cut(found)
        kept = _Path(
            found.first[:count] + np.array((i, j)),
            found.sizes[:count],
            found.scores[:count],
            found.sure[:count],
        )
        parts.append(kept)
        i, j = (int(k) for k in kept.first[-1] + kept.sizes[-1]) if count else (stop, end)
    return parts


def _end(
    start: Node, size: Node, path: NDArray[np.float64], nodes: Sequence[Node]
) -> tuple[int, int, bool]:
    """Where a window ends, and whether that is certain: the end of the text, or a barrier."""
    i, j = start
    if size[0] - i <= LONG:
        return size[0], size[1], True
    near = [node for node in nodes if WINDOW // 2 <= node[0] - i <= LONG]
    if near:
        return (*min(near, key=lambda node: abs(node[0] - i - WINDOW)), True)
    stop = i + WINDOW + OVERLAP
    end = int(np.interp(stop, path[:, 0], path[:, 1]))
    low = max([j + 1, *(b for a, b in nodes if i <= a <= stop)])
    high = min([size[1], *(b for a, b in nodes if a > stop)])
    return stop, max(min(max(end, low), high), j), False


def _cut(found: _Path) -> int:
    """How many beads to keep: up to the surest run of 1-1 beads before the overlap."""
    plain = (found.sizes == 1).all(axis=1)
    calm = np.where(plain, found.sure, 0.0)
    run = np.convolve(calm, np.ones(7), mode="same")
    where = np.flatnonzero((found.first[:, 0] <= WINDOW) & (found.first[:, 0] > WINDOW // 2))
    if not len(where):
        return len(found.sure)
    value = np.round(run[where], 1)
    return int(where[len(where) - 1 - np.argmax(value[::-1])])
