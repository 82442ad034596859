"""The search: beads cover both versions in order, whatever the evidence."""

from __future__ import annotations

import sys
from copy import copy

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.align import kernels, pairwise
from aligner.align.band import around, focused, full, touched
from aligner.align.coarse import rough_path
from aligner.align.search import best, posteriors
from aligner.align.shapes import DEFAULT, chances, checked, logs, up_to
from aligner.errors import UsageError
from aligner.protocols import Band

windows = sys.modules["aligner.align.windows"]


class Noise:
    """A scorer that knows nothing: the same random costs for the same seed and size."""

    def __init__(self, n: int, m: int, seed: int) -> None:
        self.size = (n, m)
        self.table = np.random.default_rng(seed).normal(size=(n + 1, m + 1, 8, 8)).astype("f4") * 3

    def costs(self, band: Band) -> np.ndarray:
        costs = np.full((band.cells, len(band.shapes)), np.inf, np.float32)
        for r in range(len(band.rows)):
            for j in range(band.lo[r], band.hi[r] + 1):
                for s, (n, m) in enumerate(band.shapes.tolist()):
                    to = r + n
                    fits = to <= band.last[r] and j + m <= band.end[r]
                    if fits and band.lo[to] <= j + m <= band.hi[to]:
                        cell = band.offsets[r] + j - band.lo[r]
                        value = self.table[band.rows[r], j, n, m]
                        costs[cell, s] = value if n and m else 0.0
        return costs


sizes = st.integers(0, 9)


def covered(found, n, m):
    left = [i for a, _ in found.beads for i in a]
    right = [j for _, b in found.beads for j in b]
    return left == list(range(n)) and right == list(range(m))


@given(sizes, sizes, st.integers(0, 99))
@settings(max_examples=40, deadline=None)
def test_beads_cover_both_versions_in_order(n, m, seed):
    found = pairwise(Noise(n, m, seed))
    assert covered(found, n, m)
    assert len(found.beads) == len(found.scores) == len(found.confidences)
    assert all(0 <= sure <= 1 for sure in found.confidences)
    assert all((len(a), len(b)) in DEFAULT for a, b in found.beads)


@given(st.integers(1, 9), st.integers(1, 9), st.integers(0, 99), st.data())
@settings(max_examples=40, deadline=None)
def test_no_bead_crosses_a_barrier(n, m, seed, data):
    wall = (data.draw(st.integers(0, n)), data.draw(st.integers(0, m)))
    found = pairwise(Noise(n, m, seed), barriers=[wall])
    assert covered(found, n, m)
    for a, b in found.beads:
        assert (a.stop <= wall[0] and b.stop <= wall[1]) or (
            a.start >= wall[0] and b.start >= wall[1]
        )


def test_an_anchor_is_a_bead():
    anchors = [(range(2, 4), range(5, 6)), (range(5, 6), range(7, 8))]
    found = pairwise(Noise(8, 8, 3), anchors=anchors)
    assert covered(found, 8, 8)
    sure = dict(zip(found.beads, found.confidences, strict=True))
    assert sure[anchors[0]] == sure[anchors[1]] == 1.0


def test_nodes_that_no_path_can_pass_are_refused():
    with pytest.raises(UsageError, match="cross"):
        pairwise(Noise(5, 5, 0), barriers=[(1, 4), (3, 2)])
    with pytest.raises(UsageError, match="outside"):
        pairwise(Noise(5, 5, 0), barriers=[(6, 2)])


def test_shapes():
    assert up_to(4, 4, 6) == DEFAULT
    assert all(n <= 4 and m <= 4 and n + m <= 6 for n, m in DEFAULT)
    assert (4, 4) in up_to(4, 4, None)
    assert checked(((1, 1),)) == ((1, 1), (1, 0), (0, 1))
    assert chances(DEFAULT).sum() == pytest.approx(1)
    with pytest.raises(UsageError):
        checked(((0, 0),))
    found = pairwise(Noise(6, 6, 1), shapes=((1, 1),))
    assert {(len(a), len(b)) for a, b in found.beads} <= {(1, 1), (1, 0), (0, 1)}


def paths(band, i, j):
    """Every path from a node to the end, by brute force: tuples of (row, column, shape)."""
    if i == len(band.rows) - 1 and j == band.end[-1]:
        return [()]
    return [
        ((i, j, s), *rest)
        for s, (n, m) in enumerate(band.shapes.tolist())
        if i + n < len(band.rows) and j + m <= band.end[-1]
        for rest in paths(band, i + n, j + m)
    ]


@given(st.integers(1, 4), st.integers(1, 4), st.integers(0, 50))
@settings(max_examples=15, deadline=None)
def test_search_agrees_with_trying_every_path(n, m, seed):
    band = full((n, m), DEFAULT)
    scores, prior = -Noise(n, m, seed).costs(band), logs(chances(DEFAULT))
    every = paths(band, 0, 0)
    at = lambda i, j: band.offsets[i] + j - band.lo[i]  # noqa: E731
    values = np.array([sum(scores[at(i, j), s] + prior[s] for i, j, s in p) for p in every])
    rows, cols, kinds = best(band, scores, prior)
    found = sum(scores[at(i, j), s] + prior[s] for i, j, s in zip(rows, cols, kinds, strict=True))
    assert found == pytest.approx(values.max(), abs=1e-4)
    weight = np.exp(values - values.max())
    weight /= weight.sum()
    expected = np.zeros(scores.shape)
    for path, share in zip(every, weight, strict=True):
        for i, j, s in path:
            expected[at(i, j), s] += share
    assert np.allclose(posteriors(band, scores, prior), expected, atol=1e-5)


def test_plain_and_compiled_loops_agree():
    band = full((7, 8), DEFAULT)
    scores, prior = -Noise(7, 8, 5).costs(band), logs(chances(DEFAULT))
    shape = (band.shapes, band.last, band.lo, band.hi, band.end, band.offsets)
    results = []
    for run in (kernels.BOTH_WAYS.plain, kernels.BOTH_WAYS.fast):
        out, ahead, behind = (
            np.zeros(scores.shape, np.float32),
            np.zeros(band.cells),
            np.zeros(band.cells),
        )
        run(*shape, scores, prior, 1.0, ahead, behind, np.zeros(len(DEFAULT)), out)
        results.append((ahead, behind, out.astype(float)))
    for plain, fast in zip(*results, strict=True):
        assert np.allclose(plain, fast, rtol=1e-9, atol=1e-9)


@given(st.integers(0, 30), st.integers(0, 60), st.integers(0, 12))
@settings(max_examples=40, deadline=None)
def test_a_band_always_leads_from_corner_to_corner(n, m, width):
    path = np.array([(0, 0), (n, m)], float)
    band = around((n, m), DEFAULT, path, np.full(2, float(width)))
    assert band.lo[0] == 0
    assert band.hi[-1] == m
    assert (band.hi >= band.lo).all()
    assert (band.hi[:-1] >= band.lo[1:]).all()


def test_a_focused_band_keeps_what_is_likely():
    band = full((30, 30), DEFAULT)
    chance = np.zeros((band.cells, len(DEFAULT)), np.float32)
    chance[band.offsets[:-1] + np.arange(31) - band.lo, 0] = 1.0
    narrow = focused(band, chance, DEFAULT, margin=3)
    assert narrow.cells < band.cells / 2
    assert (narrow.lo <= np.arange(31)).all()
    assert (narrow.hi >= np.arange(31)).all()
    assert not touched(band, np.arange(31), np.arange(31).astype("i4")).any()


def test_a_rough_path_steps_over_a_missing_chapter():
    rows = np.arange(3000, dtype=np.int32)
    rows = rows[(rows < 1000) | (rows >= 1400)]
    cols = np.where(rows < 1000, rows, rows - 400).astype(np.int32)
    rough = rough_path((3000, 2600), (rows, cols, np.ones(len(rows))))
    off = np.abs(np.interp(rows, rough.path[:, 0], rough.path[:, 1]) - cols)
    assert (off <= np.interp(rows, rough.path[:, 0], rough.reach) + 12).all()
    assert rough_path((3000, 2600), (rows[:3], cols[:3], np.ones(3))) is None


@given(st.sampled_from((0, 1)), st.integers(0, 2500), st.integers(100, 2500), st.integers(2, 5))
@settings(max_examples=20, deadline=None)
def test_a_text_that_repeats_itself_keeps_to_its_path(side, start, missing, copies):
    length = 6000
    unit = np.arange(length)
    word = unit % (length // copies)  # every copy has the same words
    kept = [unit, unit]
    kept[side] = unit[(unit < start) | (unit >= start + missing)]
    left, right = kept
    rows, cols = np.nonzero(word[left][:, None] == word[right][None, :])
    weight = np.full(len(rows), 1.0 / copies)
    whole = rough_path(
        (length, length),
        (*np.nonzero(word[:, None] == word[None, :]), weight[:1].repeat(length * copies)),
    )
    assert np.abs(whole.path[:, 0] - whole.path[:, 1]).max() < 30
    rough = rough_path((len(left), len(right)), (rows, cols, weight))
    end = np.interp(len(left) - 50, rough.path[:, 0], rough.path[:, 1])
    assert abs(end - (len(right) - 50)) < 30


class Easy:
    """Right beads lie on the diagonal; can be asked for a part.

    ``shows``: words show the way in the ``whole``, in a ``part`` only, or ``nowhere``. ``gap`` units
    of the second version are missing from the middle on.
    """

    def __init__(self, n: int, shows: str = "whole", gap: int = 0) -> None:
        self.size = (n, n - gap)
        self.whole = self.size
        self.shows = shows
        self.gap = (n // 2, gap)
        self.start = (0, 0)

    def part(self, a, b):
        easy = copy(self)
        easy.size = (len(a), len(b))
        easy.start = (self.start[0] + a.start, self.start[1] + b.start)
        return easy

    def counterpart(self, rows):
        """Columns of this part for its rows; far outside for rows that have none."""
        at = rows + self.start[0]
        middle, gap = self.gap
        there = np.where(at < middle, at, np.where(at < middle + gap, -(10**6), at - gap))
        return (there - self.start[1]).astype(np.int32)

    def places(self):
        return None if self.shows == "nowhere" else self

    def points(self, a, b):
        if self.shows == "part" and (len(a), len(b)) == self.whole:
            return np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0)
        rows = np.arange(len(a), dtype=np.int32)
        cols = self.counterpart(rows + a.start) - b.start
        inside = (cols >= 0) & (cols < len(b))
        return rows[inside], cols[inside], np.ones(inside.sum())

    def costs(self, band):
        costs = np.full((band.cells, len(band.shapes)), np.inf, np.float32)
        row = np.repeat(np.arange(len(band.rows)), np.diff(band.offsets))
        col = band.lo[row] + np.arange(band.cells) - band.offsets[row]
        for s, (n, m) in enumerate(band.shapes.tolist()):
            to = np.minimum(row + n, band.last[row])
            fits = (row + n <= band.last[row]) & (col + m <= band.hi[to]) & (col + m >= band.lo[to])
            right = (col == self.counterpart(band.rows[row])) & (n == m == 1)
            costs[fits, s] = np.where(right, -8.0, 3.0 if n and m else 0.0)[fits]
        return costs


class Turned(Easy):
    """The same with the versions exchanged: units are missing from the first."""

    def __init__(self, easy: Easy) -> None:
        self.__dict__.update(easy.__dict__)
        self.size = self.whole = easy.size[::-1]

    def counterpart(self, rows):
        at = rows + self.start[0]
        middle, gap = self.gap
        return (np.where(at < middle, at, at + gap) - self.start[1]).astype(np.int32)


@pytest.fixture(params=[60, 120, 250])
def window(request, monkeypatch):
    monkeypatch.setattr(windows, "LONG", request.param * 3 // 2)
    monkeypatch.setattr(sys.modules["aligner.align.pairwise"], "LONG", request.param * 3 // 2)
    monkeypatch.setattr(windows, "WINDOW", request.param)
    monkeypatch.setattr(windows, "OVERLAP", request.param // 4)
    monkeypatch.setattr(windows, "SILENT", request.param // 7)
    return request.param


@pytest.mark.parametrize("shows", ["whole", "part", "nowhere"])
def test_windows_join_without_a_seam(window, shows):
    whole = tuple((range(k, k + 1), range(k, k + 1)) for k in range(700))
    assert pairwise(Easy(700, shows)).beads == whole
    assert pairwise(Easy(700, shows), barriers=[(350, 350)]).beads == whole


@pytest.mark.parametrize("shows", ["whole", "part"])
def test_windows_step_over_what_is_missing(window, shows):
    gap = 200 if shows == "whole" else window // 2
    wanted = {(k, k) for k in range(750)} | {(k, k - gap) for k in range(750 + gap, 1500)}
    easy = Easy(1500, shows, gap)
    for scorer, step in ((easy, 1), (Turned(easy), -1)):
        found = {(a.start, b.start)[::step] for a, b in pairwise(scorer).beads if a and b}
        assert len(found & wanted) > 0.97 * len(wanted)
