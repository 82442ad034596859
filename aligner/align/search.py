"""Paths through a band: the best one, and the probability of every bead.

Knows nothing of where the scores come from. ``scores`` are float32 (cells, shapes), higher is
better, -inf impossible; ``prior`` is a log chance per shape that is added.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from aligner.compiled import Kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aligner.protocols import Band


def posteriors(
    band: Band, scores: NDArray[np.float32], prior: NDArray[np.float64], temperature: float = 1.0
) -> NDArray[np.float32]:
    """The probability of every bead over all paths, float32 (cells, shapes).

    ``temperature`` multiplies scores and prior: below 1 spreads the probability.
    """
    out = np.zeros(scores.shape, np.float32)
    _BOTH_WAYS(
        scores.size * 4.0, band.shapes, band.last, band.lo, band.hi, band.end, band.offsets,
        scores, prior, temperature, np.zeros(band.cells), np.zeros(band.cells), out,
    )  # fmt: skip
    return out


def best(
    band: Band, scores: NDArray[np.float32], prior: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32]]:
    """The best path: node rows, columns and shape numbers of its beads, in order."""
    room = (
        len(band.rows) + int((band.end - band.lo).max(initial=0)) + int(band.hi.max(initial=0)) + 1
    )
    rows, cols, shapes = (
        np.zeros(room, np.int64),
        np.zeros(room, np.int32),
        np.zeros(room, np.int32),
    )
    count = _BEST(
        scores.size * 2.0, band.shapes, band.last, band.lo, band.hi, band.end, band.offsets,
        scores, prior, np.zeros(band.cells), np.zeros(band.cells, np.int16), rows, cols, shapes,
    )  # fmt: skip
    return rows[:count][::-1], cols[:count][::-1], shapes[:count][::-1]


def _best(shapes, last, lo, hi, end, offsets, scores, prior, total, back, rows, cols, kinds):  # type: ignore[no-untyped-def]
    """Viterbi; writes the path backwards and gives its length."""
    count = len(shapes)
    low = -1e300
    opening = 0
    stretches = 0
    for r in range(len(last)):
        for j in range(lo[r], hi[r] + 1):
            cell = offsets[r] + j - lo[r]
            top = low
            kind = -1
            if r == opening and j == lo[r]:
                top = 0.0
            for s in range(count):
                f = r - shapes[s, 0]
                c = j - shapes[s, 1]
                if f < opening or c < lo[f] or c > hi[f]:
                    continue
                at = offsets[f] + c - lo[f]
                value = total[at] + scores[at, s] + prior[s]
                if value > top:
                    top = value
                    kind = s
            total[cell] = top
            back[cell] = kind
        if last[r] == r:
            opening = r + 1
            stretches += 1
    found = 0
    r = len(last) - 1
    while r >= 0:
        j = end[r]
        while True:
            kind = back[offsets[r] + j - lo[r]]
            if kind < 0:
                break
            r -= shapes[kind, 0]
            j -= shapes[kind, 1]
            rows[found] = r
            cols[found] = j
            kinds[found] = kind
            found += 1
        r -= 1
    return found


def _both_ways(shapes, last, lo, hi, end, offsets, scores, prior, temperature, ahead, behind, out):  # type: ignore[no-untyped-def]
    """Forward and backward sums over all paths, in logs; fills the probability of every bead."""
    count = len(shapes)
    low = -1e300
    opening = 0
    for r in range(len(last)):
        for j in range(lo[r], hi[r] + 1):
            top = low
            for stage in range(2):
                total = 0.0
                for s in range(count):
                    f = r - shapes[s, 0]
                    c = j - shapes[s, 1]
                    if f < opening or c < lo[f] or c > hi[f]:
                        continue
                    at = offsets[f] + c - lo[f]
                    value = ahead[at] + temperature * (scores[at, s] + prior[s])
                    if stage == 0:
                        if value > top:
                            top = value
                    elif value > top - 25.0:
                        total += math.exp(value - top)
                if top <= low:
                    break
            if r == opening and j == lo[r]:
                ahead[offsets[r]] = 0.0
            else:
                ahead[offsets[r] + j - lo[r]] = top + math.log(total) if top > low else low
        if last[r] == r:
            opening = r + 1
    whole = 0.0
    for r in range(len(last) - 1, -1, -1):
        if last[r] == r:
            whole = ahead[offsets[r] + end[r] - lo[r]]
        for j in range(hi[r], lo[r] - 1, -1):
            cell = offsets[r] + j - lo[r]
            if r == last[r] and j == end[r]:
                behind[cell] = 0.0
                continue
            top = low
            total = 0.0
            for stage in range(2):
                for s in range(count):
                    t = r + shapes[s, 0]
                    c = j + shapes[s, 1]
                    if t > last[r] or c < lo[t] or c > hi[t]:
                        continue
                    value = behind[offsets[t] + c - lo[t]] + temperature * (
                        scores[cell, s] + prior[s]
                    )
                    if stage == 0:
                        if value > top:
                            top = value
                    else:
                        if value > top - 25.0:
                            total += math.exp(value - top)
                        if ahead[cell] > low:
                            chance = ahead[cell] + value - whole
                            if chance > -16.0:
                                out[cell, s] = math.exp(min(chance, 0.0))
                if top <= low:
                    break
            behind[cell] = top + math.log(total) if top > low else low


_BEST = Kernel(_best)
_BOTH_WAYS = Kernel(_both_ways)
