"""The word model: its size and speed, and what the gold sets gain from it.

Run ``python tests/bench/lexicon.py [SET ...]``; prints the tables of docs/benchmarks.md.
"""

from __future__ import annotations

import subprocess
import sys
import time

from gold_sets import ASKED, documents

from aligner.align import pairwise
from aligner.evaluate import score_documents
from aligner.lexicon import Lexicon, built_in, built_in_path
from aligner.score import evidence

OPEN = """
import time, numpy
t = time.perf_counter()
from aligner.lexicon import built_in
built_in().similarity(["kitob"], "uz", ["книга"], "ru")
print(time.perf_counter() - t)
"""


def strict(name: str, prior: Lexicon | None) -> float:
    results = []
    for document in documents(name):
        (a, ours), (b, theirs) = document.texts.items()
        found = pairwise(evidence(ours, theirs, langs=(a, b), prior=prior))
        results.append(([(tuple(x), tuple(y)) for x, y in found.beads], document.gold))
    return score_documents(results).strict.f1


def speed(name: str) -> float:
    """Sentences encoded in a second of CPU time, source side of a set."""
    lang, texts = next(iter(documents(name)[0].texts.items()))
    built_in().encode(texts * 5, lang)
    start = time.process_time()
    built_in().encode(texts * 20, lang)
    return len(texts) * 20 / (time.process_time() - start)


def main() -> None:
    opened = sorted(
        float(subprocess.run([sys.executable, "-c", OPEN], capture_output=True, check=True).stdout)
        for _ in range(5)
    )
    print(f"file: {built_in_path().stat().st_size / 1e6:.1f} MB; languages {len(built_in().langs)}")
    print(f"opened and asked for the first time in {opened[2]:.3f} s (median of 5, numpy loaded)")
    for lang in ("az", "de", "ar", "zh"):
        print(f"{lang}: {speed(f'ntrex_long_{lang}-en'):,.0f} sentences encoded a CPU second")
    print("\n| set | without | with | asked |\n|---|---|---|---|")
    for name in sys.argv[1:] or ASKED:
        asked = (ASKED.get(name) or (None, None))[1]
        print(f"| {name} | {strict(name, None):.4f} | {strict(name, built_in()):.4f} | {asked} |")


if __name__ == "__main__":
    main()
