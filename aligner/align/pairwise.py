"""Two versions aligned: score, learn, narrow the band, score again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from aligner.align import band as bands
from aligner.align.search import best, posteriors
from aligner.align.shapes import DEFAULT, Shapes, chances, checked, logs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aligner.protocols import Band

SOFT = 0.3
"""Temperature of the posteriors that evidence learns from."""


@dataclass(frozen=True, slots=True)
class Tables:
    """What the search saw, for a search over more than two versions."""

    band: Band
    first: NDArray[np.float32] = field(repr=False)
    final: NDArray[np.float32] = field(repr=False)
    prior: NDArray[np.float64] = field(repr=False)
    posterior: NDArray[np.float32] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Pairwise:
    """Beads that cover both versions in order, their evidence and confidence."""

    beads: tuple[tuple[range, range], ...]
    scores: tuple[float, ...]
    confidences: tuple[float, ...]
    tables: Tables | None = field(default=None, repr=False)


def pairwise(
    scorer: Any,
    *,
    barriers: Sequence[tuple[int, int]] = (),
    anchors: Sequence[tuple[range, range]] = (),
    shapes: Shapes = DEFAULT,
    keep: bool = False,
) -> Pairwise:
    """Align two versions."""
    size = scorer.size
    shapes = checked(shapes)
    chance = chances(shapes)
    nodes = list(barriers) + [c for a, b in anchors for c in ((a.start, b.start), (a.stop, b.stop))]
    n, m = size
    path = np.array([(0, 0), (n, m)], np.float64)
    if hasattr(scorer, "length") and n and m:
        ca = np.concatenate([[0], np.cumsum(scorer.length.a)])
        cb = np.concatenate([[0], np.cumsum(scorer.length.b)])
        path = np.stack(
            [
                np.arange(n + 1),
                np.interp(ca / max(ca[-1], 1), cb / max(cb[-1], 1), np.arange(m + 1)),
            ],
            1,
        )
    small = min(size) < 100
    start = 1.0 * np.asarray(chance)
    for step in range(1 if small else 3):
        width = 120.0 if step == 0 else 20.0
        band = bands.around(size, shapes, path, np.full(len(path), width), nodes)
        scores = -scorer.costs(band)
        if step == 0:
            first_scorer = scorer
        prior = logs(chance)
        hard = posteriors(band, scores, prior)
        counts = hard.sum(axis=0, dtype=np.float64)
        chance = (counts + 30 * start) / (counts.sum() + 30)
        if step < 2 and not small:
            scorer = scorer.learned(band, hard)
            rows, cols, kinds = best(band, scores, prior)
            path = np.array([*zip(band.rows[rows], cols), size], np.float64)
    prior = logs(chance)
    rows, cols, kinds = best(band, scores, prior)
    post = posteriors(band, scores, prior)
    first = -first_scorer.costs(band) if not small else scores
    before = posteriors(band, first, prior) if not small else post
    beads, values, sure = [], [], []
    for r, c, k in zip(rows.tolist(), cols.tolist(), kinds.tolist()):
        i, (a, b) = int(band.rows[r]), shapes[k]
        cell = int(band.offsets[r]) + c - int(band.lo[r])
        beads.append((range(i, i + a), range(c, c + b)))
        values.append(float(scores[cell, k]))
        sure.append(float(np.sqrt(post[cell, k] * before[cell, k])))
    tables = Tables(band, first, scores, prior, post) if keep else None
    return Pairwise(tuple(beads), tuple(values), tuple(sure), tables)
