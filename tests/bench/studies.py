"""Tables, counts and concordance of a corpus of 100,000 beads: CPU seconds, without loading.

Run: ``python tests/bench/studies.py``. The corpus is made of a seeded vocabulary, two versions,
nine tenths 1-1 beads and a tenth 1-2.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from aligner.analysis.frame import to_frame
from aligner.analysis.kwic import kwic
from aligner.analysis.stats import stats
from aligner.model import Alignment, Bead, Corpus, Parallel
from aligner.pipeline.aligning import version_of

BEADS = 100_000
RUNS = 3


def made(beads: int = BEADS, *, seed: int = 1) -> Corpus:
    """A corpus of so many beads of invented words, Latin against Cyrillic letters."""
    draw = random.Random(seed)
    words = ["".join(draw.choices("abdegiklmnorstuv", k=draw.randint(2, 9))) for _ in range(20_000)]
    table = str.maketrans("abdegiklmnorstuv", "абдегиклмнорстув")
    first, second, sides = [], [], []
    for number in range(beads):
        text = " ".join(draw.choices(words, k=draw.randint(5, 25))).capitalize() + "."
        pieces = [text.translate(table)]
        if draw.random() < 0.1:
            middle = len(text) // 2
            pieces = [pieces[0][:middle], pieces[0][middle:].strip()]
        sides.append((range(number, number + 1), range(len(second), len(second) + len(pieces))))
        first.append(text)
        second += pieces
    versions = (version_of("en", first), version_of("ru", second))
    alignment = Alignment(versions, tuple(Bead(side, confidence=0.9) for side in sides))
    return Corpus("made", (Parallel(tuple(v.segment for v in versions)),), (alignment,))


def seconds(work: Callable[[], Any]) -> float:
    """The median CPU time of some runs."""
    taken = []
    for _ in range(RUNS):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return median(taken)


def main() -> None:
    """Print the table."""
    corpus = made()
    word = corpus.alignments[0].versions[1].texts[7].split()[1]
    rows = [
        ("to_frame(kind='beads'), rows", "< 3", lambda: to_frame(corpus, library="rows")),
        ("to_frame(kind='beads'), pandas", "< 3", lambda: to_frame(corpus, library="pandas")),
        ("to_frame(kind='wide'), pandas", "", lambda: to_frame(corpus, kind="wide")),
        ("to_frame(kind='units'), pandas", "", lambda: to_frame(corpus, kind="units")),
        ("stats", "< 3", lambda: stats(corpus)),
        ("kwic, one word", "< 1", lambda: kwic(corpus, word, lang="ru")),
    ]
    print("| on 100,000 beads | asked, CPU s | measured, CPU s |\n|---|---|---|")
    for name, asked, work in rows:
        print(f"| {name} | {asked} | {seconds(work):.2f} |")


if __name__ == "__main__":
    main()
