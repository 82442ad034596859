"""All evidence about two versions in one scorer: lengths and words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from aligner.errors import UsageError
from aligner.score.cognates import cognates
from aligner.score.crossing import across, crossed
from aligner.score.guide import Places, places
from aligner.score.kernels import BEADS, WORDS
from aligner.score.length import Lengths, blocks, lengths, surprise_table
from aligner.score.lexicon import Beads, Hints, Table, taught, untaught
from aligner.score.tokens import READ, Words, chosen, sampled, stretch, words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aligner.protocols import Band, Prior

Method = Literal["auto", "lexical", "length"]

CAP = 6.0
"""The most that one word can say for a bead (natural log)."""

SHORT = 100
"""Units below which knowledge counts for more, and the texts teach little."""

MORE = 0.5
"""How much more words that look alike count where a text is so short that it teaches nothing."""

LONG = 6000
"""Units above which evidence is made for parts only."""

PROBABLE = 0.02
"""Beads less likely than this teach nothing."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known of words beforehand, and how much it counts."""

    prior: Prior | None = None
    weight: float = 1.0
    words: bool = True


@dataclass(frozen=True, slots=True)
class Evidence:
    """A learner over lengths, and over words unless ``table`` is None.

    The evidence of a long text is asked of its ``part``s, so that words are compared with the
    words near them only; ``hints`` of the whole are then None.
    """

    a: Words
    b: Words
    length: Lengths
    known: Knowledge
    hints: Hints | None = None
    table: Table | None = None

    @property
    def size(self) -> tuple[int, int]:
        """Units of the two versions."""
        return len(self.a.lengths), len(self.b.lengths)

    @property
    def characters(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Characters of every unit of the two versions."""
        return self.length.a, self.length.b

    def places(self) -> Places | None:
        """Words that both texts have and that show a place, if words are looked at."""
        return places(self.a, self.b) if self.known.words else None

    def part(self, a: range, b: range) -> Evidence:
        """Evidence about a stretch of either version, untaught."""
        if self.hints is not None and (len(a), len(b)) == self.size:
            return self
        return _ready(stretch(self.a, a), stretch(self.b, b), self.known)

    def among(self, a: Sequence[int], b: Sequence[int]) -> Evidence:
        """The same evidence about some units only, in any order."""
        of_a, of_b = np.array(a, np.int64), np.array(b, np.int64)
        length = replace(self.length, a=self.length.a[of_a], b=self.length.b[of_b])
        return replace(self, a=chosen(self.a, of_a), b=chosen(self.b, of_b), length=length)

    def costs(self, band: Band) -> NDArray[np.float32]:
        """The cost of every bead of the band; null beads cost nothing here."""
        most_a, most_b = (int(k) for k in band.shapes.max(axis=0))
        wide = _widened(band, most_a, most_b)
        forward = np.zeros((int(wide[2][-1]), most_a), np.float32)
        backward = np.zeros((int(wide[2][-1]), most_b), np.float32)
        if self.table is not None:
            self._words(band, wide, forward, backward)
        even_a, even_b = self.length.even
        size_a, chance_a = blocks(even_a, most_a)
        size_b, chance_b = blocks(even_b, most_b)
        costs = np.full((band.cells, len(band.shapes)), np.inf, np.float32)
        BEADS(
            band.cells * 60.0, band.shapes, band.rows, band.last, band.lo, band.hi, band.end,
            band.offsets,
            wide[0], wide[2], forward, backward, size_a, size_b, chance_a, chance_b,
            self.length.spread, surprise_table(), costs,
        )  # fmt: skip
        return costs

    def _words(self, band: Band, wide: Any, forward: Any, backward: Any) -> None:
        """Fill the two tables of word evidence."""
        table = self.table
        assert table is not None  # noqa: S101 - for the type checker
        per_token = np.diff(table.starts)[self.a.ids] if len(self.a.ids) else np.zeros(0, np.int64)
        sums = np.concatenate([[0], np.cumsum(per_token)])[self.a.starts]
        links = int(np.diff(sums).max(initial=0)) + 1
        tokens = int(np.diff(self.a.starts).max(initial=0)) + 1
        width = int((wide[1] - wide[0]).max(initial=0)) + 1
        work = float(wide[2][-1]) * (len(self.b.ids) / max(len(self.b.lengths), 1) + 8) * 4
        WORDS(
            work, self.a.ids, self.a.starts, self.b.ids, self.b.starts,
            table.starts, table.cols, table.forward, table.backward, table.base_a,
            _parts(self.b, table.base_b, backward.shape[1]),
            band.rows, band.last, band.lo, *wide,
            np.zeros((len(self.b.ids), forward.shape[1])),
            np.full(len(self.b.types), -1, np.int32),
            *(np.zeros(links, np.int32) for _ in range(3)),
            *(np.zeros(links) for _ in range(2)),
            np.zeros((width, tokens)), np.zeros(tokens, np.int32),
            np.zeros((5, max(forward.shape[1], backward.shape[1]))), CAP, forward, backward,
        )  # fmt: skip

    def crossed(
        self, costs: NDArray[np.float32], band: Band, likely: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Costs in which words may cross between neighbours that are likely halves of one bead."""
        if self.table is None:
            return costs
        return crossed(costs, band, likely, (self.a, self.b), self.table, CAP)

    def across(self, first: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.float64]:
        """What the words across the borders of a row of beads say against each; k - 1 values."""
        if self.table is None:
            return np.zeros(max(len(first) - 1, 0))
        return across(first, sizes, (self.a, self.b), self.table, CAP)

    def plain(self) -> Evidence:
        """Evidence of lengths alone."""
        return replace(self, table=None)

    def learned(self, band: Band, posteriors: NDArray[np.float32]) -> Evidence:
        """Evidence that has read the probable beads of the band."""
        beads = _probable(band, posteriors)
        run_a = np.concatenate([[0.0], np.cumsum(self.length.a)])
        run_b = np.concatenate([[0.0], np.cumsum(self.length.b)])
        model = self.length.learned(
            run_a[beads.a1] - run_a[beads.a0], run_b[beads.b1] - run_b[beads.b0], beads.weight
        )
        table = None
        if self.hints is not None:
            table = taught(self.a, self.b, self.hints, beads)
        return replace(self, length=model, table=table)


def evidence(
    texts_a: Sequence[str],
    texts_b: Sequence[str],
    *,
    langs: tuple[str, str] = ("und", "und"),
    method: Method = "auto",
    prior: Prior | None = None,
    weight: float | None = None,
) -> Evidence:
    """The units of two versions and their languages in, evidence about their beads out.

    ``prior`` is knowledge about words (a dictionary, a word model), ``weight`` how much it counts
    (default: more in short texts). Method ``length`` looks at nothing but lengths. Raises
    UsageError for a method that there is not.
    """
    if method not in ("auto", "lexical", "length"):
        raise UsageError(
            f"{method!r} is no method of word evidence", do="Methods: auto, lexical, length"
        )
    if weight is None:
        weight = 1.0 if min(len(texts_a), len(texts_b)) >= SHORT else 4.0
    known = Knowledge(prior, weight, method != "length")
    a = sampled(words(texts_a, langs[0]), READ)
    b = sampled(words(texts_b, langs[1]), READ)
    if max(len(texts_a), len(texts_b)) > LONG:
        return Evidence(a, b, lengths(a.lengths, b.lengths), known)
    return _ready(a, b, known)


def _ready(a: Words, b: Words, known: Knowledge) -> Evidence:
    """Evidence that has not learned yet."""
    model = lengths(a.lengths, b.lengths)
    if not known.words:
        return Evidence(a, b, model, known)
    hints = _merged(a, b, known.prior, known.weight)
    return Evidence(a, b, model, known, hints, untaught(a, b, hints))


def _merged(a: Words, b: Words, prior: Prior | None, weight: float) -> Hints:
    """What looks alike and what the prior knows: the larger value of each pair, sorted."""
    rows, cols, alike = cognates(a, b)
    few = min(len(a.lengths), len(b.lengths)) / SHORT
    parts = [(rows, cols, alike * (1.0 + MORE * math.exp(-few)))]
    known = prior.similarity(a.forms, a.lang, b.forms, b.lang) if prior is not None else None
    if known is not None:
        parts.append((known[0], known[1], known[2].astype(np.float64) * weight))
    keys = np.concatenate([rows.astype(np.int64) * len(b.types) + cols for rows, cols, _ in parts])
    values = np.concatenate([value for *_, value in parts])
    order = np.argsort(keys, kind="stable")
    opens = np.flatnonzero(np.diff(keys[order], prepend=-1))
    every = keys[order][opens]
    best = np.maximum.reduceat(values[order], opens) if len(opens) else np.zeros(0)
    width = max(len(b.types), 1)
    return Hints((every // width).astype(np.int32), (every % width).astype(np.int32), best)


def _probable(band: Band, posteriors: NDArray[np.float32]) -> Beads:
    """The beads with units on both sides that are likely enough to learn from."""
    full = np.asarray(band.shapes.min(axis=1) > 0)
    cell, shape = np.nonzero((posteriors >= PROBABLE) & full[None, :])
    row = np.searchsorted(band.offsets, cell, side="right") - 1
    first_a = band.rows[row].astype(np.int64)
    first_b = band.lo[row] + cell - band.offsets[row]
    size = band.shapes[shape].astype(np.int64)
    return Beads(
        first_a, first_a + size[:, 0], first_b, first_b + size[:, 1],
        posteriors[cell, shape].astype(np.float64),
    )  # fmt: skip


def _parts(b: Words, base: NDArray[np.float64], reach: int) -> NDArray[np.float64]:
    """What runs of 1 to ``reach`` units of b say of a word that nothing is known of.

    The log of its chance, 1 / the base of the run, the most that one word counts: (m, reach, 3).
    """
    run = np.concatenate([[0.0], np.cumsum(base[b.ids])])[b.starts]
    many = len(b.lengths)
    first = np.arange(many)[:, None]
    last = np.minimum(first + np.arange(1, reach + 1), many)
    whole = 1.0 + run[last] - run[first]
    flat = np.log(whole / (1.0 + b.starts[last] - b.starts[first]))
    return np.stack([flat, 1.0 / whole, np.exp(CAP - flat)], 2)


def _widened(band: Band, most_a: int, most_b: int) -> tuple[Any, Any, Any]:
    """Columns of B that the beads of each row touch: first, end, and offsets into the tables."""
    first = np.array(band.lo)
    for back in range(1, most_a):
        same = band.last[back:] == band.last[:-back]
        first[back:] = np.where(same, np.minimum(first[back:], band.lo[:-back]), first[back:])
    end = np.minimum(band.hi + most_b, band.end).astype(np.int32)
    end = np.maximum(end, first)
    offsets = np.concatenate([[0], np.cumsum(end - first)]).astype(np.int64)
    return first, end, offsets
