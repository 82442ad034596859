"""Sentences that are no translation, planted in documents of three versions: do they fall out?

    python tests/bench/planted.py [--seed 1]

In every document one side of one bead of one sentence a version is replaced by a sentence of another document.
Found: the planted sentence stands alone and the other two are one bead. False: of the untouched
beads of one sentence a version, those of which a sentence stands alone.
"""

from __future__ import annotations

import argparse
import random

import gold_sets
from gold_sets import ASKED_MANY, Doc

import aligner

Planted = tuple[dict[str, list[str]], tuple[int, ...], int]


def planted(documents: list[Doc], number: int, chance: random.Random) -> Planted | None:
    """A document's texts with one sentence replaced, the bead that it is in, and its side."""
    document = documents[number]
    whole = [tuple(side[0] for side in bead) for bead in plain(document)]
    if len(whole) < 3:
        return None
    bead, side = chance.choice(whole), chance.randrange(3)
    lang = list(document.texts)[side]
    other = chance.choice([n for n in range(len(documents)) if n != number])
    texts = {tag: list(lines) for tag, lines in document.texts.items()}
    texts[lang][bead[side]] = chance.choice(documents[other].texts[lang])
    return texts, bead, side


def plain(document: Doc) -> list[tuple[tuple[int, ...], ...]]:
    """The gold beads of one sentence a version."""
    return [bead for bead in document.gold if all(len(side) == 1 for side in bead)]


def measured(name: str, seed: int) -> tuple[int, int, int, int]:
    """Sentences planted and found, untouched beads and those that lost a sentence."""
    documents = gold_sets.documents(name)
    chance = random.Random(seed)
    tried = found = beads = broken = 0
    for number, document in enumerate(documents):
        made = planted(documents, number, chance)
        if made is None:
            continue
        texts, bead, side = made
        result = [tuple(map(tuple, one.sides)) for one in aligner.align(texts).beads]
        alone = tuple((bead[k],) if k == side else () for k in range(3))
        rest = tuple(() if k == side else (bead[k],) for k in range(3))
        tried += 1
        found += alone in result and rest in result
        single = {one for one in result if sum(map(bool, one)) == 1}
        for whole in plain(document):
            if tuple(part[0] for part in whole) != bead:
                beads += 1
                broken += any(
                    tuple(part if k == m else () for m, part in enumerate(whole)) in single
                    for k in range(3)
                )
    return tried, found, beads, broken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    seed = parser.parse_args().seed
    print("| set | planted | found | untouched beads | broken |\n|---|---|---|---|---|")
    for name in ASKED_MANY:
        tried, found, beads, broken = measured(name, seed)
        print(f"| {name} | {tried} | {found / tried:.1%} | {beads} | {broken / beads:.2%} |")


if __name__ == "__main__":
    main()
