"""The inner loops of the search.

Plain loops over arrays in the common subset of Python and numba: see ``aligner.compiled``.
"""
# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

import math

from aligner.compiled import Kernel


def _best(shapes, last, lo, hi, end, offsets, scores, prior, total, back, rows, cols, kinds):
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


def _both_ways(
    shapes, last, lo, hi, end, offsets, scores, prior, temperature, ahead, behind, room, out
):  # fmt: skip
    """Forward and backward sums over all paths, in logs; fills the probability of every bead.

    ``room`` is as long as there are shapes.
    """
    count = len(shapes)
    low = -1e300
    opening = 0
    for r in range(len(last)):
        for j in range(lo[r], hi[r] + 1):
            top = low
            for s in range(count):
                f = r - shapes[s, 0]
                c = j - shapes[s, 1]
                room[s] = low
                if f < opening or c < lo[f] or c > hi[f]:
                    continue
                at = offsets[f] + c - lo[f]
                room[s] = ahead[at] + temperature * (scores[at, s] + prior[s])
                top = max(top, room[s])
            if r == opening and j == lo[r]:
                ahead[offsets[r]] = 0.0
            elif top > low:
                total = 0.0
                for s in range(count):
                    if room[s] > top - 25.0:
                        total += math.exp(room[s] - top)
                ahead[offsets[r] + j - lo[r]] = top + math.log(total)
            else:
                ahead[offsets[r] + j - lo[r]] = low
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
            for s in range(count):
                t = r + shapes[s, 0]
                c = j + shapes[s, 1]
                room[s] = low
                if t > last[r] or c < lo[t] or c > hi[t]:
                    continue
                room[s] = behind[offsets[t] + c - lo[t]] + temperature * (
                    scores[cell, s] + prior[s]
                )
                top = max(top, room[s])
            if top <= low:
                behind[cell] = low
                continue
            total = 0.0
            for s in range(count):
                if room[s] > top - 25.0:
                    total += math.exp(room[s] - top)
                if ahead[cell] > low:
                    chance = ahead[cell] + room[s] - whole
                    if chance > -16.0:
                        out[cell, s] = math.exp(min(chance, 0.0))
            behind[cell] = top + math.log(total)


BEST = Kernel(_best)
BOTH_WAYS = Kernel(_both_ways)
