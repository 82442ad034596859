"""Our engine and other aligners that need no model, where they are installed, over the gold sets.

    python tests/bench/peers.py [SET ...] [--repeat 3]

hunalign is taken from PATH (with an empty dictionary; ``-realign``; and the same with texts in lower case
and blanks round punctuation, which it wants), Gale and Church (1993) from the package
``galechurch``. A peer that is missing has no column. Strict F1 by the rules of ``aligner eval``
(null beads count in precision), CPU time of whole processes, median; ours in one default
configuration, without and with the built-in knowledge of words.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import gold_sets
from gold_sets import ASKED, Doc

from aligner.evaluate import Group, score_documents
from aligner.formats import vecalign

Files = tuple[Path, Path]


@dataclass(frozen=True, slots=True)
class Peer:
    """A program: what it is called, its options, and what it does to a text first."""

    name: str
    options: tuple[str, ...]
    tokens: bool = False


OURS = (Peer("aligner", ("--method", "lexical")), Peer("aligner, words", ()))
HUNALIGN = (
    Peer("hunalign", ()), Peer("hunalign -realign", ("-realign",)),
    Peer("hunalign -realign, tokens", ("-realign",), tokens=True),
)  # fmt: skip
GALE_CHURCH = Peer("Gale-Church", ())
_SCRIPT = """
import sys, galechurch
a, b = (open(f, encoding="utf-8").read().split("\\n")[:-1] for f in sys.argv[1:3])
print("\\n".join(galechurch.align(a, b).to_pharaoh_lines()))
"""


def peers() -> list[Peer]:
    """Ours, and those that are installed."""
    found = [*OURS]
    if shutil.which("hunalign"):
        found += HUNALIGN
    if importlib.util.find_spec("galechurch"):
        found.append(GALE_CHURCH)
    return found


def aligned(peer: Peer, document: Doc, folder: Path) -> tuple[tuple[Group, ...], float]:
    """The beads a program finds in a document, and the CPU seconds of its process."""
    files = _written(document, folder, tokens=peer.tokens)
    out = folder / "out.vecalign"
    if peer in OURS:
        command = [sys.executable, "-m", "aligner", "align", *map(str, files), "--presegmented"]
        command += ["--langs", ",".join(document.texts), *peer.options, "-o", str(out)]
    elif peer == GALE_CHURCH:
        command = [sys.executable, "-c", _SCRIPT, *map(str, files)]
    else:
        (folder / "nothing.dic").touch()
        command = ["hunalign", *peer.options, str(folder / "nothing.dic"), *map(str, files)]
    text, seconds = _run(command, folder)
    if peer in HUNALIGN:
        return _ladder(text), seconds
    if peer == GALE_CHURCH:
        out.write_text(text, encoding="utf-8")
    return tuple(rung.units for rung in vecalign.rungs(out)), seconds


def _written(document: Doc, folder: Path, *, tokens: bool) -> Files:
    files = folder / "a.txt", folder / "b.txt"
    for file, texts in zip(files, document.texts.values(), strict=True):
        lines = [" ".join(re.findall(r"\w+|[^\w\s]", t.lower())) or "." for t in texts]
        file.write_text("\n".join(lines if tokens else texts) + "\n", encoding="utf-8")
    return files


def _run(command: Sequence[str], folder: Path) -> tuple[str, float]:
    """What a process prints, and its CPU seconds; hunalign leaves a file where it runs."""
    before = os.times()
    done = subprocess.run(
        command,
        capture_output=True,
        check=True,
        cwd=folder,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    after = os.times()
    seconds = after.children_user - before.children_user
    seconds += after.children_system - before.children_system
    return done.stdout.decode("utf-8", "replace"), seconds


def _ladder(text: str) -> tuple[Group, ...]:
    """Hunalign's ladder: rungs (first unit of a, of b) between which a bead lies."""
    rungs = [tuple(map(int, line.split("\t")[:2])) for line in text.splitlines() if "\t" in line]
    return tuple(
        (tuple(range(a, c)), tuple(range(b, d)))
        for (a, b), (c, d) in pairwise(rungs)
        if (a, b) != (c, d)
    )


def main() -> None:
    """Read the options, run, print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("sets", nargs="*")
    parser.add_argument("--repeat", type=int, default=1)
    given = parser.parse_args()
    found = peers()
    print("| set |" + "".join(f" {peer.name} |" for peer in found))
    print("|---|" + "---|" * len(found))
    for name in [n for n in ASKED if not given.sets or any(s in n for s in given.sets)]:
        cells = []
        for peer in found:
            documents, times = gold_sets.documents(name), []
            for _ in range(given.repeat):
                results = []
                for document in documents:
                    with tempfile.TemporaryDirectory() as folder:
                        results.append(aligned(peer, document, Path(folder)))
                times.append(sum(seconds for _, seconds in results))
            scores = score_documents(
                [(beads, d.gold) for (beads, _), d in zip(results, documents, strict=True)]
            )
            cells.append(f" {scores.strict.f1:.3f} ({statistics.median(times):.1f} s) |")
        print(f"| {name} |" + "".join(cells), flush=True)


if __name__ == "__main__":
    main()
