"""Speed and memory of the search over given vectors, which this script makes.

    python tests/bench/embeddings.py [PAIRS ...]

1024-d float32, cosine of true pairs .7, 10 % of neighbours merged on one side (vector of a merge:
the sum). CPU time of preparing and searching; compiled code is loaded before.
"""

from __future__ import annotations

import sys
import time
import tracemalloc

import numpy as np

from aligner.align.guided import guided
from aligner.score.embedding import similarity


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


def peak(a, b):
    """Most memory held during one more search, MB above what was there."""
    tracemalloc.start()
    guided(similarity(a, b))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most // 2**20


def main():
    """Measure every size given."""
    small = planted(400)
    guided(similarity(*small[:2]))
    print("| pairs | pairs per CPU s | beads found | MB above the vectors |\n|---|---|---|---|")
    for count in [int(size) for size in sys.argv[1:]] or [5_000, 50_000]:
        a, b, gold = planted(count)
        start = time.process_time()
        found = set(guided(similarity(a, b)).beads)
        spent = time.process_time() - start
        share = sum(bead in found for bead in gold) / len(gold)
        print(f"| {count:,} | {count / spent:,.0f} | {share:.2%} | {peak(a, b)} |")


if __name__ == "__main__":
    main()
