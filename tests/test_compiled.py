"""Compiled loops, and the chain that every rough path is found by."""

from __future__ import annotations

import subprocess
import sys
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.chain import _CHAIN, best_chain
from aligner.compiled import Kernel, machine


def total(numbers, factor, out):
    for k in range(len(numbers)):
        out[k] = numbers[k] * factor
    return len(numbers)


@given(st.integers(1, 6), st.integers(1, 6), st.integers(0, 99), st.booleans())
@settings(max_examples=40, deadline=None)
def test_the_chain_is_the_best_of_all(n, m, seed, open_end):
    table = np.random.default_rng(seed).normal(size=(n, m)).astype("f4")

    @cache
    def best(r, c):
        if (r, c) == (0, 0):
            return max(float(table[0, 0]), 0.0)
        ways = []
        if r and c:
            ways.append(best(r - 1, c - 1) + max(float(table[r, c]), 0.0))
        if r:
            ways.append(best(r - 1, c) - 0.1)
        if c:
            ways.append(best(r, c - 1) - 0.1)
        return max(ways)

    lo, hi = np.zeros(n, np.int32), np.full(n, m - 1, np.int32)
    rows, cols, value = best_chain(lo, hi, table.ravel(), toll=0.1, open_end=open_end)
    ends = [best(n - 1, c) for c in range(m)] if open_end else [best(n - 1, m - 1)]
    assert value == pytest.approx(max(ends), abs=1e-5)
    assert (np.diff(rows) > 0).all()
    assert (np.diff(cols) > 0).all()
    assert (table[rows, cols] > 0).all()


def test_the_chain_is_the_same_plain_and_compiled():
    lo = np.array([0, 0, 2, 3], np.int32)
    hi = np.array([1, 4, 4, 5], np.int32)
    offsets = np.array([0, 2, 7, 10, 13])
    table = np.random.default_rng(3).normal(size=13).astype("f4")
    results = []
    for run in (_CHAIN.plain, _CHAIN.fast):
        found, value = np.zeros((4, 2), np.int32), np.zeros(1)
        count = run(lo, hi, offsets, table, 0.2, 0, np.zeros(13), np.zeros(13, "i1"), found, value)
        results.append((count, found.tolist(), value.tolist()))
    assert results[0] == results[1]


def test_machine_code_is_kept_and_whole_or_made_anew(tmp_path, monkeypatch):
    monkeypatch.setattr(machine, "_folder", lambda: tmp_path)
    numbers, out = np.arange(4.0), np.zeros(4)
    assert Kernel(total).fast(numbers, 2.0, out) == 4
    assert out.tolist() == [0, 2, 4, 6]
    kept = list(tmp_path.glob("*.o"))
    if sys.platform in {"linux", "darwin"}:
        assert len(kept) == 1
        kept[0].write_bytes(kept[0].read_bytes()[:-9])  # a torn file is no machine code
    assert Kernel(total).fast(numbers, 3.0, out) == 4
    assert out.tolist() == [0, 3, 6, 9]


def test_without_a_folder_numba_compiles_in_its_own_way(monkeypatch):
    monkeypatch.setattr(machine, "_folder", lambda: None)
    out = np.zeros(4)
    assert Kernel(total).fast(np.arange(4.0), 2.0, out) == 4
    assert out.tolist() == [0, 2, 4, 6]


def test_other_kinds_of_arrays_are_other_code(tmp_path, monkeypatch):
    monkeypatch.setattr(machine, "_folder", lambda: tmp_path)
    kernel = Kernel(total)
    for dtype in ("f4", "f8", "i4"):
        out = np.zeros(6)
        kernel.fast(np.arange(12, dtype=dtype)[::2], 1.0, out)
        assert out.tolist() == [0, 2, 4, 6, 8, 10]


@pytest.mark.parametrize("other", [True, np.int64(2), "2", None])
def test_what_machine_code_would_misread_is_refused(other):
    with pytest.raises(TypeError, match="arrays, int and float"):
        Kernel(total).fast(np.arange(4.0), other, np.zeros(4))


SAME = """
import numpy as np
import aligner

make = np.random.default_rng(5)
words = ["".join(make.choice(list("abdeiklmnorstuvz"), 7)) for _ in range(900)]
left, right = [], []
for k in range(450):
    line = [words[w] for w in make.integers(0, 900, 9)]
    left.append(" ".join(line))
    cut = int(make.integers(2, 7))
    whole = " ".join(w if w < "n" else w[::-1] for w in line)
    right += [whole] if k % 9 else [whole[: cut * 8], whole[cut * 8 :]]


class Embedder:
    def encode(self, texts):
        rows = np.zeros((len(texts), 64), np.float32)
        for row, text in zip(rows, texts):
            for word in text.split():
                row[sum(map(ord, word)) % 64] += 1
        return rows


for options in ({}, {"embedder": Embedder(), "method": "embedding"}):
    for bead in aligner.align({"de": left, "en": right}, **options).beads:
        print(bead.sides, bead.confidence, f"{bead.score:.5f}")
"""


def test_the_same_beads_for_any_hash_seed_and_number_of_threads(tmp_path):
    """Text longer than what runs as plain Python, so that compiled code is in it."""
    results = set()
    for seed, threads in (("0", "1"), ("1", "2"), ("77", "2")):
        names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS")
        env = {**dict.fromkeys(names, threads), "PYTHONHASHSEED": seed, "HOME": str(tmp_path)}
        done = subprocess.run(
            [sys.executable, "-c", SAME], env=env, capture_output=True, text=True, check=True
        )
        results.add(done.stdout)
    assert len(results) == 1
    assert results.pop().count("range") > 1500


@pytest.mark.skipif(sys.platform not in {"linux", "darwin"}, reason="numba is called there")
def test_a_process_that_finds_machine_code_needs_no_numba():
    """Every loop of an alignment: one that makes arrays itself would bring numba back."""
    told = SAME + "\nimport sys\nprint('numba' in sys.modules, 'llvmlite' in sys.modules)\n"
    for _ in range(2):  # the first may have to compile
        done = subprocess.run(
            [sys.executable, "-c", told], capture_output=True, text=True, check=True
        )
    assert done.stdout.splitlines()[-1] == "False True"
