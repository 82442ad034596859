"""Seconds per bead and sentence of writing, reading and validating TEI, beside plain lxml.

    python tests/bench/formats.py [BEADS]

Prints a markdown table of medians. The corpus is made up: two languages, one sentence a line.
"""

from __future__ import annotations

import csv
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
from aligner.pipeline import convert


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


def columns(source: Path, target: Path) -> None:
    """What the csv module alone needs to write the rows of a table."""
    with source.open(newline="", encoding="utf-8") as stream:
        rows = list(csv.reader(stream, delimiter="\t"))
    start = time.process_time()
    with target.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream, delimiter="\t", lineterminator="\n").writerows(rows)
    took.append(time.process_time() - start)


took: list[float] = []


def exchange(made: Corpus, count: int, folder: Path) -> None:
    """Beads a second into the exchange formats, and from TEI into some of them in a stream."""
    table, master = folder / "c.tsv", folder / "c.xml"
    aligner.write(made, master, force=True)
    writing = median(lambda: aligner.write(made, table, force=True))
    for _ in range(3):
        columns(table, folder / "plain.tsv")
    floor = statistics.median(took)
    print("\n| what | seconds | beads a second | csv module = 1 |")
    print("| --- | ---: | ---: | ---: |")
    print(f"| csv module: write the same rows | {floor:.2f} | {count / floor:,.0f} | 1 |")
    lines = [("write TSV", writing)]
    for name in ("jsonl", "tmx", "html", "parquet"):
        path = folder / f"c.{name}"
        lines.append((f"write {name}", median(lambda p=path: aligner.write(made, p, force=True))))
    for source, target in (("xml", "tmx"), ("tmx", "tsv"), ("tsv", "jsonl")):
        paths = folder / f"c.{source}", folder / f"d.{target}"
        seconds = median(lambda p=paths: convert(*p, force=True))
        lines.append((f"convert {source} to {target}", seconds))
    for name, seconds in lines:
        print(f"| {name} | {seconds:.2f} | {count / seconds:,.0f} | {seconds / floor:.1f} |")


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    made = corpus(count)
    with tempfile.TemporaryDirectory() as folder:
        path, other = Path(folder) / "c.xml", Path(folder) / "plain.xml"
        writing = median(lambda: aligner.write(made, path, force=True))
        floor = median(lambda: plain(path, other))
        loading = median(lambda: aligner.load(path))
        streaming = median(lambda: sum(1 for _ in tei.iter_beads(path)))
        checking = median(lambda: validate(path))
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
    with tempfile.TemporaryDirectory() as folder:
        exchange(made, count, Path(folder))
    print(f"\nPeak memory of the whole bench: {peak:.0f} MiB.")


if __name__ == "__main__":
    main()
