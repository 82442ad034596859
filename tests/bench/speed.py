"""CPU time of the engine, and of hunalign where it is installed, on long texts.

    python tests/bench/speed.py GOLD_FOLDER [PAIRS ...]

Every two-sided gold set is copied again and again, a third of the word types renamed in each copy
(the same on both sides), until there are so many lines. Prints a markdown table: CPU seconds
(user and system) of the whole process, peak memory, strict F1 against the gold of the copies.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import zlib
from itertools import count, pairwise
from pathlib import Path

from aligner.evaluate import score
from aligner.formats.vecalign import rungs

QUADRATIC = 20_000
"""Pairs up to which hunalign is run: its time and memory grow with their square."""

LONG = re.compile(r"[^\W\d_]+")


def renamed(line: str, copy: int) -> str:
    """A line in which a third of the word types have another name in every copy."""

    def name(match: re.Match[str]) -> str:
        word = match.group()
        chosen = copy and zlib.crc32(f"{word.lower()}{copy}".encode()) % 3 == 0
        return f"{word}qx{chr(97 + copy % 26)}{chr(97 + copy // 26 % 26)}" if chosen else word

    return LONG.sub(name, line)


def long_text(gold: Path, pairs: int, folder: Path) -> tuple[Path, Path, Path]:
    """Two files of at most ``pairs`` lines made from all sets with one document, and their gold.

    The longer file has ``pairs`` lines and ends where a bead of the gold does.
    """
    sets = [path for path in sorted(gold.iterdir()) if (path / "src.txt").exists()]
    sides: tuple[list[str], list[str]] = ([], [])
    beads: list[tuple[range, range]] = []
    for copy in count():
        if max(map(len, sides)) >= pairs:
            break
        for path in sets:
            beads += shifted(path / "gold.txt", len(sides[0]), len(sides[1]))
            for side, name in zip(sides, ("src.txt", "tgt.txt"), strict=True):
                lines = (path / name).read_text(encoding="utf-8").split("\n")[:-1]
                side += [renamed(line, copy) for line in lines]
    kept = [bead for bead in beads if max(bead[0].stop, bead[1].stop) <= pairs]
    ends = [max(bead[k].stop for bead in kept) for k in (0, 1)]
    files = folder / f"a{pairs}.txt", folder / f"b{pairs}.txt", folder / f"gold{pairs}.vecalign"
    for file, side, end in zip(files, sides, ends, strict=False):
        file.write_text("\n".join(side[:end]) + "\n", encoding="utf-8")
    files[2].write_text("".join(f"{list(a)}:{list(b)}\n" for a, b in kept), encoding="utf-8")
    return files


def shifted(gold: Path, a: int, b: int) -> list[tuple[range, range]]:
    """The beads of a set that stands behind so many lines of either side."""
    ends, found = [a, b], []
    for rung in rungs(gold):
        sides = [
            range(min(units) + start, max(units) + start + 1) if units else range(end, end)
            for units, start, end in zip(rung.units, (a, b), ends, strict=True)
        ]
        ends = [side.stop for side in sides]
        found.append((sides[0], sides[1]))
    return found


def strict(test: Path, gold: Path) -> float:
    """Strict F1 of a ladder against the gold."""
    return score([r.units for r in rungs(test)], [r.units for r in rungs(gold)]).strict.f1


def measured(command: list[str], output: Path | None = None) -> tuple[float, float]:
    """CPU seconds and peak megabytes of a process; what it prints goes to ``output``."""
    env = {**os.environ, "OMP_NUM_THREADS": "1"}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    with (output or Path(os.devnull)).open("wb") as stream:
        process = subprocess.Popen(
            command, stdout=stream, stderr=subprocess.DEVNULL, env=env,
            cwd=output.parent if output else None,  # hunalign leaves a file where it stands
        )  # fmt: skip
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[0]} failed ({process.returncode})")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def ours(a: Path, b: Path, out: Path) -> tuple[float, float]:
    """Our command on two files of units."""
    options = ["--presegmented", "--langs", "de,en", "--force", "-o", str(out)]
    return measured([sys.executable, "-m", "aligner", "align", str(a), str(b), *options])


def hunalign(a: Path, b: Path, out: Path) -> tuple[float, float]:
    """Hunalign with an empty dictionary; its ladder of places becomes beads."""
    nothing = out.with_suffix(".dic")
    nothing.touch()
    figures = measured(["hunalign", "-realign", str(nothing), str(a), str(b)], out)
    places = [
        tuple(map(int, line.split("\t")[:2]))
        for line in out.read_text(encoding="utf-8", errors="replace").splitlines()
    ]
    out.write_text(
        "".join(
            f"{list(range(i, k))}:{list(range(j, m))}\n" for (i, j), (k, m) in pairwise(places)
        ),
        encoding="utf-8",
    )
    return figures


def main() -> None:
    """Measure every size given."""
    gold, *sizes = sys.argv[1:]
    head = "| pairs | program | CPU s | CPU ms a pair | peak MB | strict F1 |"
    print(head, "|" + " --- |" * head.count(" |"), sep="\n")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        a, b, _ = long_text(Path(gold), 1000, folder)
        ours(a, b, folder / "warm.vecalign")  # compiled code is made
        for pairs in map(int, sizes or ("1000", "10000", "20000")):
            a, b, true = long_text(Path(gold), pairs, folder)
            programs = {"aligner": ours}
            if shutil.which("hunalign") and pairs <= QUADRATIC:
                programs["hunalign -realign"] = hunalign
            for program, run in programs.items():
                out = folder / f"{pairs}.vecalign"
                seconds, memory = run(a, b, out)
                print(
                    f"| {pairs:,} | {program} | {seconds:.2f} | {1000 * seconds / pairs:.2f} |"
                    f" {memory:.0f} | {strict(out, true):.4f} |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
