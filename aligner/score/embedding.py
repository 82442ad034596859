"""Evidence from sentence vectors: the cosine of two stretches, whatever made the vectors.

Vectors are made unit length, and the mean of their version is taken off (what all sentences of a
language share says nothing). A merged unit is the sum of its unit vectors, so that nothing is
encoded twice, and the cosines of all shapes come from one banded table of products. No copy of the
vectors is made: scaling and centring are corrections of rank one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from aligner.compiled import Kernel
from aligner.score.coarse import DOTS, Corridor, rough_path

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aligner.protocols import Band

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int32]
    Longs = NDArray[np.int64]

ALONE = (11.0, 0.45)
"""For vectors alone: what a full match says for a bead of one unit a side (natural log) is the
first times one less the second; the second is the share of the way from chance to a full match at
which a cosine says nothing."""

BESIDE = (5.0, 0.3)
"""The same for vectors beside words, which say part of it already."""

SMALLEST_GAP = 0.2
"""Between the cosine of strangers and that of translations: less is taken for noise."""

SAMPLE = 200
"""Pairs of strangers looked at."""

PASS = 256
"""Rows held at a time, small enough for the processor's own memory."""


@dataclass(frozen=True, slots=True)
class Side:
    """The vectors of one version.

    ``raw`` is (n, d); ``scale`` 1 / length of each, ``mean`` that of the unit vectors, ``along``
    the product of each with it, ``centred`` 1 / length of each once the mean is off.
    """

    raw: NDArray[Any]
    scale: Floats
    mean: Floats
    along: Floats
    centred: Floats

    def __len__(self) -> int:
        return len(self.raw)

    def part(self, units: range) -> Side:
        """Give a stretch, centred as the whole is."""
        cut = slice(units.start, units.stop)
        return replace(
            self, raw=self.raw[cut], scale=self.scale[cut], along=self.along[cut],
            centred=self.centred[cut],
        )  # fmt: skip

    def rows(self, start: int, stop: int) -> Floats:
        """Give the centred unit vectors of a stretch."""
        part = np.asarray(self.raw[start:stop], np.float32) * self.scale[start:stop, None]
        return np.asarray((part - self.mean) * self.centred[start:stop, None], np.float32)


def side(raw: NDArray[Any]) -> Side:
    """Prepare the vectors of one version, an array (n, d)."""
    scale = np.zeros(len(raw), np.float32)
    total = np.zeros(raw.shape[1])
    for start in range(0, len(raw), PASS):
        part = np.asarray(raw[start : start + PASS], np.float32)
        length = np.sqrt(np.einsum("ij,ij->i", part, part))
        scale[start : start + PASS] = 1 / np.maximum(length, 1e-12)
        total += np.einsum("i,ij->j", scale[start : start + PASS], part)
    mean = (total / (len(raw) + 8)).astype(np.float32)  # few vectors do not tell what all share
    along = times(raw, mean) * scale
    real = (scale > 0) & (scale < 1e11)
    centred = real / np.sqrt(np.maximum(1 - 2 * along + float(mean @ mean), 1e-6))
    return Side(raw, scale, mean, along, centred.astype(np.float32))


def times(raw: NDArray[Any], vector: Floats) -> Floats:
    """Multiply every row by a vector, without a copy of all rows."""
    out = np.zeros(len(raw), np.float32)
    for start in range(0, len(raw), PASS):
        part = np.asarray(raw[start : start + PASS], np.float32)
        out[start : start + PASS] = np.einsum("ij,j->i", part, vector)
    return out


@dataclass(frozen=True, slots=True)
class Similarity:
    """A scorer over the vectors of two versions.

    ``lengths_a[i, n]`` is the length of the sum of n vectors from i on; ``chance[n, m]`` the cosine
    of strangers of that shape, ``gap`` how far translations lie above it.
    """

    a: Side
    b: Side
    lengths_a: Floats
    lengths_b: Floats
    chance: Floats
    gap: float
    weight: tuple[float, float]
    corridor: Corridor

    @property
    def size(self) -> tuple[int, int]:
        """Units of the two versions."""
        return len(self.a), len(self.b)

    def guide(self) -> Corridor:
        """Give the first and last column to look at for every place of the first version."""
        return self.corridor

    def costs(self, band: Band) -> Floats:
        """The cost of every bead of the band, float32 (cells, shapes); null beads cost nothing."""
        most_a, most_b = (int(k) for k in band.shapes.max(axis=0))
        first, offsets, table = products(self.a, self.b, band, most_a, most_b)
        chance = _grown(self.chance, most_a, most_b)
        costs = np.full((band.cells, len(band.shapes)), np.inf, np.float32)
        _COSTS(
            band.cells * 60.0, band.shapes, band.rows, band.last, band.lo, band.hi, band.end,
            band.offsets, first, offsets, table, _lengths(self.lengths_a, self.a, most_a),
            _lengths(self.lengths_b, self.b, most_b), chance,
            self.weight[0] / self.gap, self.weight[0] * self.weight[1], costs,
        )  # fmt: skip
        return costs

    def part(self, a: range, b: range) -> Similarity:
        """Give the scorer of a stretch of either version."""
        low, high = (edge[a.start : a.stop + 1] - b.start for edge in self.corridor)
        return replace(
            self,
            a=self.a.part(a),
            b=self.b.part(b),
            lengths_a=self.lengths_a[a.start : a.stop],
            lengths_b=self.lengths_b[b.start : b.stop],
            corridor=(low.clip(0, len(b)), high.clip(0, len(b))),
        )

    def learned(self, band: Band, posteriors: Floats) -> Similarity:  # noqa: ARG002
        """Return itself: vectors have nothing to learn from one text."""
        return self


def similarity(
    raw_a: NDArray[Any], raw_b: NDArray[Any], *, weight: tuple[float, float] = ALONE
) -> Similarity:
    """Make a scorer of the vectors of two versions, arrays (n, d) and (m, d)."""
    a, b = side(raw_a), side(raw_b)
    lengths_a, lengths_b = _lengths(None, a, 4), _lengths(None, b, 4)
    chance = _strangers(a, b, lengths_a, lengths_b)
    corridor, typical = rough_path(a, b)
    gap = max(typical - float(chance[1, 1]), SMALLEST_GAP)
    return Similarity(a, b, lengths_a, lengths_b, chance, gap, weight, corridor)


@dataclass(frozen=True, slots=True)
class Combined:
    """Two kinds of evidence about the same versions, added up."""

    words: Any
    vectors: Similarity

    @property
    def size(self) -> tuple[int, int]:
        """Units of the two versions."""
        return self.vectors.size

    def guide(self) -> Corridor:
        """Give the columns that the vectors hold possible."""
        return self.vectors.guide()

    def part(self, a: range, b: range) -> Combined:
        """Give the evidence about a stretch of either version."""
        return Combined(self.words.part(a, b), self.vectors.part(a, b))

    def costs(self, band: Band) -> Floats:
        """The cost of every bead of the band, float32 (cells, shapes)."""
        costs: Floats = self.words.costs(band)
        costs += self.vectors.costs(band)
        return costs

    def learned(self, band: Band, posteriors: Floats) -> Combined:
        """Return evidence whose part about words has learned."""
        return replace(self, words=self.words.learned(band, posteriors))


def lengths_agree(
    texts_a: Sequence[str], texts_b: Sequence[str], beads: Sequence[tuple[range, range]]
) -> bool:
    """Tell whether the lengths of matched units go together, so that they are evidence too.

    They do in real texts; they need not in texts that only stand for something.
    """
    pairs = [
        (len(texts_a[a.start]), len(texts_b[b.start])) for a, b in beads if len(a) == len(b) == 1
    ]
    if len(pairs) < 4:
        return True
    logs = np.log1p(np.array(pairs, np.float64)).T
    if logs.std(axis=1).min() < 0.2:
        return False
    return bool(np.corrcoef(logs)[0, 1] > 0.5)


def products(a: Side, b: Side, band: Band, most_a: int, most_b: int) -> tuple[Ints, Longs, Floats]:
    """Multiply what beads of the band need: first columns and offsets per row, and the cosines."""
    first = np.array(band.lo)
    for back in range(1, most_a):
        same = band.last[back:] == band.last[:-back]
        first[back:] = np.where(same, np.minimum(first[back:], band.lo[:-back]), first[back:])
    end = np.maximum(np.minimum(band.hi + most_b, band.end), first)
    end = np.where(band.rows < len(a), end, first)
    offsets = np.concatenate([[0], np.cumsum(end - first)]).astype(np.int64)
    table = np.zeros(int(offsets[-1]), np.float32)
    across = times(a.raw, b.mean) * a.scale - float(a.mean @ b.mean), times(b.raw, a.mean) * b.scale
    for start in range(0, len(first), PASS):
        part = slice(start, start + PASS)
        row = np.minimum(band.rows[part], max(len(a) - 1, 0))
        low, high = int(first[part].min()), int(end[part].max())
        if high <= low:
            continue
        top = int(row[0])
        left = np.asarray(a.raw[top : int(row[-1]) + 1], np.float32)
        right = np.asarray(b.raw[low:high], np.float32)
        many = end[part] - first[part]
        cells = table[offsets[start] : offsets[start] + int(many.sum())]
        work = float(len(cells)) * left.shape[1]
        DOTS(work, left, right, row - np.int32(top), first[part] - np.int32(low), many, cells)
        row = np.repeat(row, many)
        column = np.arange(len(cells)) + np.repeat(first[part] - np.cumsum(many) + many, many)
        cells *= a.scale[row] * b.scale[column]
        cells -= across[0][row] + across[1][column]
        cells *= a.centred[row] * b.centred[column]
    return first, offsets, table


def _lengths(known: Floats | None, one: Side, most: int) -> Floats:
    """Lengths of the sums of 0..most neighbouring centred vectors, (n, most + 1)."""
    if known is not None and known.shape[1] > most:
        return known
    dots = np.zeros((most, len(one)))  # of each vector with the one k places on
    for start in range(0, len(one), PASS):
        part = one.rows(start, start + PASS + most - 1)
        size = min(PASS, len(one) - start)
        for k in range(min(most, len(part))):
            near = min(size, len(part) - k)
            dots[k, start : start + near] = np.einsum("ij,ij->i", part[:near], part[k : k + near])
    squares = np.zeros((len(one), most + 1))
    for n in range(1, most + 1):
        for k in range(n):
            for at in range(min(n - k, len(one))):
                squares[: len(one) - at, n] += (1 if k == 0 else 2) * dots[k, at:]
    return np.sqrt(np.maximum(squares, 1e-6)).astype(np.float32)


def _strangers(a: Side, b: Side, lengths_a: Floats, lengths_b: Floats) -> Floats:
    """The median cosine of stretches that have nothing to do with each other, by shape (5, 5)."""
    out = np.zeros((5, 5), np.float32)
    few = min(len(a), len(b))
    if few < 2:
        return out
    if len(a) * len(b) <= SAMPLE:
        first, second = (k.ravel() for k in np.indices((len(a), len(b))))
    else:
        k = np.arange(SAMPLE)
        first = k * len(a) // SAMPLE
        second = (np.mod(k * 0.6180339887498949, 1.0) * len(b)).astype(np.int64)
    middle = (1 - 1 / few) / 2  # one in `few` is no stranger
    left, right = _sums(a, first), _sums(b, second)
    for n in range(1, 5):
        for m in range(1, 5):
            good = (first + n <= len(a)) & (second + m <= len(b))
            if not good.any():
                out[n, m] = out[max(n - 1, 1), max(m - 1, 1)]
                continue
            dots = np.einsum("ij,ij->i", left[n - 1][good], right[m - 1][good])
            length = lengths_a[first[good], n] * lengths_b[second[good], m]
            out[n, m] = np.quantile(dots / length, middle)
    return out


def _sums(one: Side, starts: Longs) -> list[Floats]:
    sums = []
    total = np.zeros((len(starts), one.raw.shape[1]), np.float32)
    for n in range(4):
        place = np.minimum(starts + n, len(one) - 1)
        part = np.asarray(one.raw[place], np.float32) * one.scale[place, None]
        total = total + (part - one.mean) * one.centred[place, None]
        sums.append(total)
    return sums


def _grown(chance: Floats, most_a: int, most_b: int) -> Floats:
    """The table of chances for larger shapes too: those of the largest measured."""
    size = max(most_a, most_b) + 1
    places = np.minimum(np.arange(size), len(chance) - 1)
    grown: Floats = chance[np.ix_(places, places)]
    return grown


def _costs(
    shapes: Ints, rows: Ints, last: Ints, lo: Ints, hi: Ints, end: Ints, cells: Longs,
    first: Ints, offsets: Longs, table: Floats, lengths_a: Floats, lengths_b: Floats,
    chance: Floats, slope: float, neutral: float, costs: Floats,
) -> None:  # fmt: skip
    """Sum up products for every bead that stays inside the band and its stretch."""
    for r in range(len(rows)):
        for j in range(lo[r], hi[r] + 1):
            for s in range(len(shapes)):
                n = shapes[s, 0]
                m = shapes[s, 1]
                to = r + n
                if to > last[r] or j + m > end[r] or j + m < lo[to] or j + m > hi[to]:
                    continue
                cost = 0.0
                if n > 0 and m > 0:
                    dot = 0.0
                    for u in range(n):
                        at = offsets[r + u] + j - first[r + u]
                        for v in range(m):
                            dot += table[at + v]
                    cosine = dot / (lengths_a[rows[r], n] * lengths_b[j, m])
                    size = math.sqrt((n + m) / 2)
                    cost = -size * (slope * (cosine - chance[n, m]) - neutral)
                costs[cells[r] + j - lo[r], s] = cost


_COSTS: Any = Kernel(_costs)
