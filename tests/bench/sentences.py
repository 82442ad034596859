"""Boundary F1 and speed of the sentence splitters; prints two markdown tables.

    python tests/bench/sentences.py [SENTENCES_FOLDER]

The folder holds one file a treebank (a gold sentence a line, a blank line between paragraphs), an
``index.tsv`` with the joiner of each, and ``academic.txt``. sentencex is compared if installed.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time

from aligner.split.rules import RuleSplitter

ROOT = Path(__file__).resolve().parents[3]
Split = Callable[[str, str], list[tuple[int, int]]]
PROSE = (
    "The committee met in the old town hall on Monday. It discussed the budget at length. Several"
    " members asked whether the figures were final! Was there any reason to doubt them? Nobody"
    " answered the question directly. Dr. Brown left early because of the snow. The others stayed"
    " until midnight and talked about roads, schools and taxes. "
)


def paragraphs(path: Path) -> Iterator[tuple[str | None, list[str]]]:
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.split("\n") if line]
        lang = lines.pop(0)[9:] if lines and lines[0].startswith("# lang = ") else None
        if lines:
            yield lang, lines


def boundaries(sentences: list[str]) -> set[int]:
    ends, length = set(), 0
    for sentence in sentences:
        length += len("".join(sentence.split()))
        ends.add(length)
    return ends - {length}


def measure(path: Path, lang: str, joiner: str, split: Split) -> tuple[float, int, int]:
    """F1 x 100, over-splits and misses of a file."""
    right = over = missed = 0
    for own, sentences in paragraphs(path):
        tag = own or lang
        text = ("" if tag in {"zh", "ja"} and own else joiner).join(sentences)
        gold = boundaries(sentences)
        found = boundaries([text[a:b] for a, b in split(text, tag)])
        right += len(gold & found)
        over += len(found - gold)
        missed += len(gold - found)
    return 200 * right / max(1, 2 * right + over + missed), over, missed


def others() -> dict[str, Split]:
    try:
        import sentencex
    except ImportError:
        return {}
    return {
        "sentencex": lambda text, lang: [
            (found["start_index"], found["end_index"])
            for found in sentencex.get_sentence_boundaries(lang, text)
        ]
    }


def seconds(split: Split, text: str, lang: str = "en") -> float:
    times = []
    for _ in range(5):
        start = process_time()
        split(text, lang)
        times.append(process_time() - start)
    return min(times)


def quality(folder: Path, splitters: dict[str, Split]) -> None:
    print("| file | " + " | ".join(f"{name} (over, missed)" for name in splitters) + " |")
    print("|---" * (len(splitters) + 1) + "|")
    with (folder / "index.tsv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    sums = dict.fromkeys(splitters, 0.0)
    for row in [*rows, {"file": "academic.txt", "language": "und", "joiner": "space"}]:
        cells = []
        for name, split in splitters.items():
            joiner = "" if row["joiner"] == "none" else " "
            f1, over, missed = measure(folder / row["file"], row["language"], joiner, split)
            cells.append(f"{f1:.1f} ({over}, {missed})")
            sums[name] += f1 if row in rows else 0
        print(f"| {row['file'].removesuffix('.txt')} | " + " | ".join(cells) + " |")
    print(
        "| **mean of the treebanks** | "
        + " | ".join(f"{s / len(rows):.1f}" for s in sums.values())
        + " |"
    )


def speed(splitters: dict[str, Split]) -> None:
    sets = {
        "prose, one line of 60 kB": PROSE * 190,
        "prose, one line of 1 MB": PROSE * 3000,
        "prose, paragraphs": (PROSE.strip() + "\n\n") * 1000,
        "full stops": ". " * 50_000,
        "initials": "A. " * 30_000,
        "quotation marks": "“a. ” " * 15_000,
    }
    print(
        "| text | "
        + " | ".join(f"{name}, kB a CPU second" for name in splitters)
        + " | ten times the text |"
    )
    print("|---" * (len(splitters) + 2) + "|")
    for name, text in sets.items():
        cells = [f"{len(text) / 1000 / seconds(split, text):,.0f}" for split in splitters.values()]
        rules = splitters["rules"]
        longer = seconds(rules, text * 10) / max(seconds(rules, text), 1e-4)
        print(f"| {name} | " + " | ".join(cells) + f" | {longer:.1f} times the time |")


if __name__ == "__main__":
    chosen: dict[str, Split] = {"rules": RuleSplitter().split, **others()}
    quality(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "shared" / "sentences", chosen)
    print()
    speed(chosen)
