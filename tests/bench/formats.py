"""Seconds per bead and sentence of writing, reading and validating TEI, beside plain lxml.

    python tests/bench/formats.py [BEADS]

Prints a markdown table of medians. The corpus is made up: two languages, one sentence a line.
"""

from __future__ import annotations

import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

import aligner
from aligner.formats import tei
from aligner.formats.validate import validate
from aligner.model import (
    Alignment,
    Bead,
    Block,
    Corpus,
    Document,
    Parallel,
    Segment,
    Sentence,
    Span,
    Version,
)


def version(lang: str, name: str, count: int) -> Version:
    """A version of ``count`` sentences, three to a paragraph."""
    pieces, blocks, units, at = [], [], [], 0
    for number in range(count):
        sentence = f"Sentence {number} says & asks what a sentence of {lang} may say or ask."
        units.append(Sentence(Span(at, at + len(sentence))))
        last = number % 3 == 2 or number == count - 1
        if number % 3 == 0:
            start = at
        if last:
            blocks.append(Block(Span(start, at + len(sentence))))
        pieces.append(sentence + ("\n\n" if last else " "))
        at += len(pieces[-1])
    document = Document(name, "".join(pieces), tuple(blocks))
    return Version(Segment(lang, (Span(0, at),)), document, tuple(units))


def corpus(count: int) -> Corpus:
    """A corpus of ``count`` beads, one to one."""
    columns = (version("de", "a.txt", count), version("fr", "b.txt", count))
    beads = tuple(Bead((range(i, i + 1), range(i, i + 1)), confidence=0.9) for i in range(count))
    parallel = Parallel(tuple(v.segment for v in columns))
    return Corpus("Bench", (parallel,), (Alignment(columns, beads),))


def median(action, times: int = 3) -> float:
    """Median CPU seconds of some runs."""
    took = []
    for _ in range(times):
        start = time.process_time()
        action()
        took.append(time.process_time() - start)
    return statistics.median(took)


def plain(source: Path, target: Path) -> None:
    """What lxml alone needs to parse and write the file."""
    from lxml import etree

    etree.parse(source).write(target, encoding="utf-8")


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    made = corpus(count)
    with tempfile.TemporaryDirectory() as folder:
        path, other = Path(folder) / "c.xml", Path(folder) / "plain.xml"
        writing = median(lambda: aligner.write(made, path, force=True))
        floor = median(lambda: plain(path, other))
        loading = median(lambda: aligner.load(path), 1)
        streaming = median(lambda: sum(1 for _ in tei.iter_beads(path)), 1)
        checking = median(lambda: validate(path), 1)
        size = path.stat().st_size / 1e6
    print(f"{count} beads, {2 * count} sentences, {size:.0f} MB of TEI; CPU seconds, medians\n")
    print("| what | seconds | a second | plain lxml = 1 |")
    print("| --- | ---: | ---: | ---: |")
    print(f"| lxml: parse and write | {floor:.2f} | {count / floor:,.0f} beads | 1 |")
    for name, took, rate in (
        ("write", writing, f"{count / writing:,.0f} beads"),
        ("load", loading, f"{count / loading:,.0f} beads"),
        ("iter_beads", streaming, f"{count / streaming:,.0f} beads"),
        ("validate", checking, f"{2 * count / checking:,.0f} sentences"),
    ):
        print(f"| {name} | {took:.2f} | {rate} | {took / floor:.1f} |")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nPeak memory of the whole bench: {peak:.0f} MiB.")


if __name__ == "__main__":
    main()
