"""Long texts in windows, each from where the last one is sure: time linear, memory bounded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from aligner.align.coarse import Rough, rough_path
from aligner.align.confidence import confidence
from aligner.align.rounds import NEAR, Node, Tables, by_characters, path_of, search
from aligner.align.search import best
from aligner.align.shapes import Shapes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aligner.align.rounds import Path

LONG = 6000
"""Units of version A up to which a text is one window."""

WINDOW = 4000
"""Units of version A of a window: enough to learn the words from, little enough for memory."""

OVERLAP = 400
"""Units that are aligned beyond a window, so that its end may be wrong."""

AHEAD = 2000
"""Units of version B beyond what a window should need in which its words are looked for."""

SILENT = 600
"""Units at the end of a window in which nothing may agree."""


@dataclass(frozen=True, slots=True)
class Found:
    """Beads as arrays: first units (k, 2), sizes (k, 2), evidence, confidence."""

    first: NDArray[np.int64] = field(repr=False)
    sizes: NDArray[np.int64] = field(repr=False)
    scores: NDArray[np.float64] = field(repr=False)
    sure: NDArray[np.float64] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of either version, whether its end is certain, and the path to look along."""

    a: range
    b: range
    fixed: bool
    near: Path | None = field(default=None, repr=False)


def found(
    scorer: Any, nodes: Sequence[Node], shapes: Shapes, near: Path | None = None
) -> tuple[Found, Tables, Any]:
    """The best path of one window, what the search saw, and the scorer that has learned."""
    tables, taught = search(scorer, nodes, shapes, near=near)
    band = tables.band
    rows, cols, kinds = best(band, tables.final, tables.prior)
    cells = band.offsets[rows] + cols - band.lo[rows]
    sure = confidence(tables, taught, cells, kinds)
    first = np.stack([band.rows[rows], cols], 1).astype(np.int64).reshape(-1, 2)
    sizes = band.shapes[kinds].astype(np.int64)
    path = Found(first, sizes, tables.final[cells, kinds].astype(np.float64), sure)
    return path, tables, taught


def windows(scorer: Any, nodes: Sequence[Node], shapes: Shapes) -> list[Found]:
    """The path of a long text, in parts; the same whatever the memory."""
    n, m = scorer.size
    ahead = Ahead(scorer, nodes)
    parts: list[Found] = []
    i = j = 0
    pace = m / n
    while i < n or j < m or not parts:
        window = ahead.window((i, j), pace)
        stop, end = window.a.stop, window.b.stop
        inside = [(a - i, b - j) for a, b in nodes if i <= a <= stop and j <= b <= end]
        path, *_ = found(scorer.part(window.a, window.b), inside, shapes, window.near)
        count = len(path.sure) if window.fixed else _cut(path)
        kept = Found(
            path.first[:count] + np.array((i, j)),
            path.sizes[:count],
            path.scores[:count],
            path.sure[:count],
        )
        parts.append(kept)
        pace = _pace(kept, pace)
        i, j = (int(k) for k in kept.first[-1] + kept.sizes[-1]) if count else (stop, end)
    return parts


def _pace(kept: Found, before: float) -> float:
    """Units of B for one of A where both have something."""
    both = kept.sizes[(kept.sizes > 0).all(axis=1)].sum(axis=0)
    return float(both[1] / both[0]) if both.min() > WINDOW // 8 else before


def _cut(path: Found) -> int:
    """How many beads to keep: up to the surest run of 1-1 beads before the overlap."""
    plain = (path.sizes == 1).all(axis=1)
    calm = np.where(plain, path.sure, 0.0)
    run = np.convolve(calm, np.ones(7), mode="same")
    stop = int(path.first[-1, 0] + path.sizes[-1, 0]) - OVERLAP if len(path.first) else 0
    where = np.flatnonzero((path.first[:, 0] <= stop) & (path.first[:, 0] > stop // 2))
    if not len(where):
        return len(path.sure)
    value = np.round(run[where], 1)
    return int(where[len(where) - 1 - np.argmax(value[::-1])])


class Ahead:
    """Says where the next window ends, and along which path to look.

    Words that stand in both texts ahead of a place that is sure show the way. Where they do not,
    the path of the whole texts is asked; if there is none, the diagonal of characters.
    """

    def __init__(self, scorer: Any, nodes: Sequence[Node]) -> None:
        self._scorer = scorer
        self._nodes = nodes
        self._places = scorer.places() if hasattr(scorer, "places") else None

    @cached_property
    def _whole(self) -> Rough | None:
        """The path of the whole texts."""
        n, m = self._scorer.size
        if hasattr(self._scorer, "guide"):
            path, width = path_of(self._scorer)
            return Rough(path, width - NEAR, n)
        if self._places is None:
            return None
        return rough_path((n, m), self._places.points(range(n), range(m)))

    def window(self, start: Node, pace: float) -> Window:
        """The window that begins at a place; ``pace`` is how many units of B go with one of A."""
        n, m = self._scorer.size
        i, j = start
        if n - i <= LONG:
            return Window(range(i, n), range(j, m), fixed=True)
        walls = [node for node in self._nodes if WINDOW // 2 <= node[0] - i <= LONG]
        if walls:
            stop, end = min(walls, key=lambda node: abs(node[0] - i - WINDOW))
            return Window(range(i, stop), range(j, end), fixed=True)
        stop = i + WINDOW + OVERLAP
        low = max([j, *(b for a, b in self._nodes if i <= a <= stop)])
        high = min([m, *(b for a, b in self._nodes if a > stop)])
        a, b = range(i, stop), range(low, max(low, high))
        return self._by_all(a, b, j) or self._by_words(a, b, j, pace) or self._by_length(a, b, j)

    def _by_all(self, a: range, ends: range, j: int) -> Window | None:
        """Follow the path of the whole, more exactly where the window's own words show it."""
        rough = self._whole
        if rough is None:
            return None
        inside = (rough.path[:, 0] > a.start) & (rough.path[:, 0] < a.stop)
        rows = np.array([a.start, *rough.path[inside, 0], a.stop])
        cols = np.interp(rows, rough.path[:, 0], rough.path[:, 1])
        reach = np.interp(rows, rough.path[:, 0], rough.reach)
        reach[0] += abs(cols[0] - j)
        path = np.stack([rows - a.start, np.maximum(cols - j, 0)], 1)
        path[0, 1] = 0
        window = _along(Rough(path, reach, len(a)), a, ends, j)
        if self._places is None or hasattr(self._scorer, "guide"):
            return window
        near = rough_path((len(a), len(window.b)), self._places.points(a, window.b))
        return window if near is None else replace(window, near=(near.path, near.reach + NEAR))

    def _by_words(self, a: range, ends: range, j: int, pace: float) -> Window | None:
        """Look for the words ahead."""
        if self._places is None:
            return None
        wide = min(ends.stop - j, int(len(a) * pace) + AHEAD)
        points = self._places.points(a, range(j, j + wide))
        rough = rough_path((len(a), wide), points, pace=pace)
        if rough is None or rough.known < WINDOW // 4:
            return None
        if len(a) - rough.known > SILENT:
            a = a[: rough.known]
        return _along(rough, a, ends, j)

    def _by_length(self, a: range, ends: range, j: int) -> Window:
        """Go where as many characters have passed in either text as in what is left of them."""
        n, m = self._scorer.size
        share_a, share_b = np.arange(i := a.start, n), np.arange(j, m)
        if hasattr(self._scorer, "characters"):
            of_a, of_b = self._scorer.characters
            share_a, share_b = np.cumsum(of_a[i:]), np.cumsum(of_b[j:])
        passed = share_a[len(a) - 1] / max(share_a[-1], 1)
        end = j + int(np.searchsorted(share_b, passed * share_b[-1])) if len(share_b) else j
        b = range(j, min(max(end, ends.start), ends.stop))
        near = None
        if hasattr(self._scorer, "characters"):
            near = by_characters(of_a[a.start : a.stop], of_b[b.start : b.stop])
        return Window(a, b, fixed=False, near=near)


def _along(rough: Rough, a: range, ends: range, j: int) -> Window:
    """The window of some units of A along a path that begins at ``j``."""
    end = j + int(np.interp(len(a), rough.path[:, 0], rough.path[:, 1]))
    end = min(max(end, ends.start), ends.stop)
    inside = rough.path[:, 0] < len(a)
    path = np.concatenate([rough.path[inside], [(len(a), end - j)]])
    path[:, 1] = np.minimum(path[:, 1], end - j)
    reach = np.interp(path[:, 0], rough.path[:, 0], rough.reach)
    return Window(a, range(j, end), fixed=False, near=(path, reach + NEAR))
