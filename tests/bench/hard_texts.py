"""Long texts with stretches missing, and odd input: strict F1 and CPU time of the calls.

    python tests/bench/hard_texts.py [PAIR ...]

A news set (``ntrex_long_PAIR``, by default de-en and zh-en) is copied five times; in each copy the
letters of 70 % of the word types are exchanged, the same way on both sides, and numbers are raised,
so that the copies differ. Then units of one side are taken away.
"""

from __future__ import annotations

import random
import re
import sys
import time
import zlib
from collections.abc import Sequence

import gold_sets

import aligner
from aligner.evaluate import Group, score

COPIES = 5
MISSING = ((0, 0, 0), (0, 4000, 400), (1, 4000, 400), (0, 3000, 2000), (1, 3000, 2000),
           (1, 0, 4500), (0, 4500, 4500))  # fmt: skip
"""Side, first unit and number of units taken away."""

Text = tuple[list[str], list[str], list[Group]]


def other_letters(line: str, copy: int) -> str:
    """A line in the letters of a copy; the first copy is as it was."""
    if not copy:
        return line
    table: dict[int, int] = {}
    for letters in ("bcdfghjklmnpqrstvwxz", "aeiouy"):
        mixed = "".join(random.Random(f"{letters}{copy}").sample(letters, len(letters)))
        table |= str.maketrans(letters + letters.upper(), mixed + mixed.upper())

    def name(match: re.Match[str]) -> str:
        word = match.group()
        if word.isdecimal():
            return str(int(word) + 7 * copy) if len(word) > 1 else word
        return word.translate(table) if zlib.crc32(word.lower()[:5].encode()) % 100 < 70 else word

    return re.sub(r"[^\W\d_]+|\d+", name, line)


def copied(pair: str) -> Text:
    """The copies of a set one after another, and their gold."""
    (document,) = gold_sets.documents(f"ntrex_long_{pair}")
    a, b, gold = [], [], []
    for copy in range(COPIES):
        gold += [
            tuple(
                tuple(unit + start for unit in units) for units, start in zip(bead, at, strict=True)
            )
            for at in [(len(a), len(b))]
            for bead in document.gold
        ]
        for side, lines in zip((a, b), document.texts.values(), strict=True):
            side += [other_letters(line, copy) for line in lines]
    return a, b, gold


def without(text: Text, side: int, first: int, many: int) -> Text:
    """The text with units of a side taken away; what they were linked to is left alone."""
    texts = [list(text[0]), list(text[1])]
    del texts[side][first : first + many]

    def moved(unit: int) -> int:
        return unit if unit < first else unit - many

    gold: list[Group] = []
    for bead in text[2]:
        kept = [list(units) for units in bead]
        kept[side] = [moved(u) for u in kept[side] if not first <= u < first + many]
        if all(kept) or len(kept[0] + kept[1]) == 1:
            gold.append((tuple(kept[0]), tuple(kept[1])))
        else:
            gold += [((u,), ()) for u in kept[0]] + [((), (u,)) for u in kept[1]]
    return texts[0], texts[1], gold


def odd(a: list[str], b: list[str]) -> dict[str, tuple[list[str], list[str]]]:
    """Input that is no text and its translation."""
    mixed = random.Random(1).sample(b, len(b))
    joined = [" ".join(side)[:240_000] for side in (a, b)]
    return {
        "a text and itself": (a, a),
        "a text and the units of its translation shuffled": (a, mixed),
        "50,000 equal lines": (["the same line"] * 50_000, ["the same line"] * 50_000),
        "one unit and all": (a[:1], b),
        "numbered lines": tuple([f"{k}. {t}" for k, t in enumerate(side, 1)] for side in (a, b)),
        "8 units of 30,000 characters": tuple(
            [text[k : k + 30_000] for k in range(0, 240_000, 30_000)] for text in joined
        ),
    }


def timed(a: Sequence[str], b: Sequence[str], pair: str) -> tuple[tuple[Group, ...], float]:
    """The beads as groups, and CPU seconds."""
    langs = pair.split("-")
    start = time.process_time()
    found = aligner.align({langs[0]: a, langs[1]: b})
    spent = time.process_time() - start
    return tuple(tuple(map(tuple, bead.sides)) for bead in found.beads), spent


def main() -> None:
    """Print two tables."""
    pairs = sys.argv[1:] or ["de-en", "zh-en"]
    timed(["A dog."] * 100, ["Ein Hund."] * 100, "en-de")
    print("| pair | side | missing units | strict F1 | CPU s |\n|---|---|---|---|---|")
    for pair in pairs:
        for side, first, many in MISSING:
            a, b, gold = without(copied(pair), side, first, many)
            beads, spent = timed(a, b, pair)
            right = score(beads, gold).strict.f1
            place = f"{many:,} from {first:,} on" if many else "none"
            print(f"| {pair} | {side} | {place} | {right:.4f} | {spent:.1f} |", flush=True)
    print("\n| input | units | CPU s | beads of one unit a side |\n|---|---|---|---|")
    for name, (a, b) in odd(*copied(pairs[0])[:2]).items():
        beads, spent = timed(a, b, pairs[0])
        plain = sum(len(x) == len(y) == 1 for x, y in beads)
        print(f"| {name} | {len(a):,} and {len(b):,} | {spent:.1f} | {plain:,} |", flush=True)


if __name__ == "__main__":
    main()
