"""Speed and memory of ``aligner.align`` over given vectors, which this script makes.

    python tests/bench/embeddings.py [PAIRS ...]

1024-d float32, cosine of true pairs .7, 10 % of neighbours merged on one side (vector of a merge:
the sum), in .npy files. CPU time of the whole call; compiled code is loaded before.
"""

from __future__ import annotations

import sys
import tempfile
import time
import tracemalloc
from pathlib import Path

import numpy as np

import aligner


def planted(count, *, width=1024, cosine=0.7, merge=0.1):
    """Make the vectors of two versions and the beads between them."""
    make = np.random.default_rng(0)
    left = unit(make.standard_normal((count, width), dtype=np.float32))
    right = cosine * left + np.sqrt(1 - cosine**2) * unit(
        make.standard_normal((count, width), dtype=np.float32)
    ).astype(np.float32)
    a, b, gold, i = [], [], [], 0
    while i < count:
        size = 2 if make.random() < merge and i + 1 < count else 1
        at = (len(a), len(b))
        whole = make.random() < 0.5
        a += [(i, i + size)] if whole else [(k, k + 1) for k in range(i, i + size)]
        b += [(i, i + size)] if not whole else [(k, k + 1) for k in range(i, i + size)]
        gold.append((range(at[0], len(a)), range(at[1], len(b))))
        i += size
    return summed(left, a), summed(right, b), gold


def unit(vectors):
    """Make vectors unit length."""
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def summed(vectors, spans):
    """Sum the vectors of every span."""
    return np.add.reduceat(vectors, [start for start, _ in spans], axis=0)


def aligned(a, b, folder):
    """Align the vectors by the public function, units named by their numbers, and count.

    Gives the beads as ranges, CPU seconds, and the megabytes held above the vectors.
    """
    files = [folder / "a.npy", folder / "b.npy"]
    for file, vectors in zip(files, (a, b), strict=True):
        np.save(file, vectors)
    texts = {
        lang: [f"unit {k}" for k in range(len(vectors))] for lang, vectors in (("de", a), ("en", b))
    }
    options = {"method": "embedding", "embedder": ",".join(map(str, files))}
    start = time.process_time()
    found = aligner.align(texts, **options)
    spent = time.process_time() - start
    tracemalloc.start()
    aligner.align(texts, **options)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return {bead.sides for bead in found.beads}, spent, most // 2**20


def main():
    """Measure every size given."""
    print("| pairs | pairs per CPU s | beads found | MB above the vectors |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        aligned(*planted(400)[:2], Path(name))
        for count in [int(size) for size in sys.argv[1:]] or [5_000, 50_000]:
            a, b, gold = planted(count)
            found, spent, most = aligned(a, b, Path(name))
            share = sum(bead in found for bead in gold) / len(gold)
            print(f"| {count:,} | {count / spent:,.0f} | {share:.2%} | {most} |", flush=True)


if __name__ == "__main__":
    main()
