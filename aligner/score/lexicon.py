"""A translation table learned from the texts themselves.

IBM model 1 (Brown et al. 1993) over the probable beads, both directions, smoothed by what looks
alike or is known beforehand. A word nothing is known of stays neutral: its odds are 1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from aligner.score.kernels import EXPECT, MEET
from aligner.score.tokens import LEARNED, sampled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aligner.score.tokens import Words

    Floats = NDArray[np.float64]

SMOOTH = 10.0
"""Pseudo-occurrences of every word that were translated by chance."""

TRUST = 2.0
"""Pseudo-occurrences for a pair that looks alike, times how much."""

DISCOUNT = 0.55
"""Occurrences taken from every learned pair and given back as base odds to all words.

A pair that met once met because of the very bead that is being judged: without the discount every
bead, right or wrong, explains itself by its rare words. The mass must go back to the base, or
unexplained words grow so costly that the search merges everything into large beads. In a short
text nearly every pair is of this kind, and the discount goes to 1.
"""

FEW = 100.0
"""Units at which a text is no longer short."""

ROUNDS = 4
"""Rounds of expectation maximisation, each time that the table learns."""


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of word pairs before reading: types of a (sorted), of b, and a value each."""

    rows: NDArray[np.int32] = field(repr=False)
    cols: NDArray[np.int32] = field(repr=False)
    values: NDArray[np.float64] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Table:
    """Sparse odds of word pairs, by type of a: odds of b given a, of a given b, above the base.

    ``base_a[s]`` are the odds of any word of b given s, ``base_b[t]`` of any word of a given t.
    """

    starts: NDArray[np.int64] = field(repr=False)
    cols: NDArray[np.int32] = field(repr=False)
    forward: NDArray[np.float64] = field(repr=False)
    backward: NDArray[np.float64] = field(repr=False)
    base_a: NDArray[np.float64] = field(repr=False)
    base_b: NDArray[np.float64] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Beads:
    """Probable beads: first unit and end on both sides (int64, k each), and a weight."""

    a0: NDArray[np.int64] = field(repr=False)
    a1: NDArray[np.int64] = field(repr=False)
    b0: NDArray[np.int64] = field(repr=False)
    b1: NDArray[np.int64] = field(repr=False)
    weight: NDArray[np.float64] = field(repr=False)


def untaught(a: Words, b: Words, hints: Hints) -> Table:
    """The table before any reading: hints only."""
    nothing = np.zeros(len(hints.rows))
    return _table(a, b, hints.rows, hints.cols, hints.values, nothing, nothing)


def taught(a: Words, b: Words, hints: Hints, beads: Beads) -> Table:
    """The table after reading the beads; hints count as before."""
    starts_a, types_a = _tokens(sampled(a, LEARNED), beads.a0, beads.a1)
    starts_b, types_b = _tokens(sampled(b, LEARNED), beads.b0, beads.b1)
    rows, cols, values = _pairs((starts_a, types_a), (starts_b, types_b), hints, (a, b))
    turned = _sorting(cols)
    forward = _learn(
        (rows, cols, values), (starts_a, types_a), (starts_b, types_b), beads.weight, (a, b)
    )
    backward = np.zeros(len(rows))
    backward[turned] = _learn(
        (cols[turned], rows[turned], values[turned]),
        (starts_b, types_b),
        (starts_a, types_a),
        beads.weight,
        (b, a),
    )
    return _table(a, b, rows, cols, values, forward, backward)


def _table(
    a: Words, b: Words, rows: Any, cols: Any, values: Any, forward: Any, backward: Any
) -> Table:
    """Odds from expected counts in both directions (``forward`` c(s, t), ``backward`` c(t, s))."""
    size_a, size_b = len(a.types), len(b.types)
    total_a = np.bincount(rows, forward + TRUST * values, size_a) + SMOOTH
    total_b = np.bincount(cols, backward + TRUST * values, size_b) + SMOOTH
    few = min(len(a.lengths), len(b.lengths)) / FEW
    less = DISCOUNT + (1.0 - DISCOUNT) * math.exp(-few)
    base_a = (np.bincount(rows, np.minimum(forward, less), size_a) + SMOOTH) / total_a
    base_b = (np.bincount(cols, np.minimum(backward, less), size_b) + SMOOTH) / total_b
    sure_a = np.maximum(forward - less, 0.0) + TRUST * values
    sure_b = np.maximum(backward - less, 0.0) + TRUST * values
    keep = (sure_a > 0) | (sure_b > 0)
    rows, cols = rows[keep], cols[keep]
    share_a, share_b = shares(a), shares(b)
    starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=size_a))]).astype(np.int64)
    return Table(
        starts,
        cols.astype(np.int32),
        sure_a[keep] / (total_a[rows] * share_b[cols]),
        sure_b[keep] / (total_b[cols] * share_a[rows]),
        base_a,
        base_b,
    )


def shares(side: Words) -> NDArray[np.float64]:
    """How common each type is in its version."""
    counts = np.bincount(side.ids, minlength=len(side.types)).astype(np.float64)
    return np.maximum(counts, 1.0) / max(len(side.ids), 1)


def _tokens(
    side: Words, first: NDArray[np.int64], end: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """The tokens of one side of every bead: starts and types."""
    begin, stop = side.starts[first], side.starts[end]
    starts = np.concatenate([[0], np.cumsum(stop - begin)]).astype(np.int64)
    places = np.arange(starts[-1]) + np.repeat(begin - starts[:-1], stop - begin)
    return starts, side.ids[places]


def _sorting(types: NDArray[np.int32]) -> NDArray[np.int64]:
    """The order that sorts types, stable; short numbers are sorted several times as quickly."""
    short = int(types.max(initial=0)) < 1 << 16
    return np.argsort(types.astype(np.uint16) if short else types, kind="stable")


def _grouped(starts: Any, types: Any, size: int) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Occurrences by type: starts, and the bead of each."""
    order = _sorting(types)
    bead = np.repeat(np.arange(len(starts) - 1, dtype=np.int32), np.diff(starts))[order]
    return np.concatenate([[0], np.cumsum(np.bincount(types, minlength=size))]).astype(
        np.int64
    ), bead


def _pairs(
    source: Any, target: Any, hints: Hints, sides: tuple[Words, Words]
) -> tuple[Any, Any, Any]:
    """Every pair of types that is hinted at or meets in a bead, by type of a, and its hint."""
    size_a, size_b = len(sides[0].types), len(sides[1].types)
    where, bead = _grouped(source[0], source[1], size_a)
    known = np.concatenate([[0], np.cumsum(np.bincount(hints.rows, minlength=size_a))]).astype(
        np.int64
    )
    work = float((np.diff(source[0]) * np.diff(target[0])).sum())
    room = int(work / 2) + len(hints.rows) + 1
    while True:
        rows, cols = np.zeros(room, np.int32), np.zeros(room, np.int32)
        values = np.zeros(room)
        found = int(
            MEET(
                work,
                where,
                bead,
                *target,
                known,
                hints.cols,
                hints.values,
                np.full(size_b, -1, np.int32),
                rows,
                cols,
                values,
            )
        )
        if found <= room:
            return rows[:found], cols[:found], values[:found]
        room = found


def _learn(
    pairs: Any, source: Any, target: Any, weight: Floats, sides: tuple[Words, Words]
) -> Floats:
    """Expected counts c(source type, target type) for sorted pairs, after ``ROUNDS`` of EM."""
    rows, cols, values = pairs
    size = len(sides[0].types)
    where, bead = _grouped(source[0], source[1], size)
    starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=size))]).astype(np.int64)
    share = shares(sides[1])
    counts = np.zeros(len(rows))
    hinted = np.bincount(rows, TRUST * values, size) + SMOOTH
    work = float((np.diff(source[0]) * np.diff(target[0])).sum()) * ROUNDS
    EXPECT(
        work,
        starts,
        cols,
        TRUST * values,
        hinted,
        SMOOTH * share,
        where,
        bead,
        *target,
        weight,
        ROUNDS,
        np.zeros(len(share)),
        np.zeros(len(share)),
        np.zeros(len(target[1])),
        np.zeros(len(rows)),
        counts,
    )
    return counts
