"""What short texts of one job teach each other: strict F1 of each alone, and of all together.

    python tests/bench/together.py [SET ...]

Sets of many two-sided documents; without and with the built-in knowledge of words.
"""

from __future__ import annotations

import sys

import gold_sets
from gold_sets import Doc

import aligner
from aligner.evaluate import score_documents
from aligner.pipeline.together import SURE
from aligner.score.learned import Learned, learned

SETS = ("ntrex_docs_az-en", "ntrex_docs_de-en", "grc_en-grc", "maligna_en-pl")


def strict(documents: list[Doc], found: list[aligner.Alignment]) -> float:
    units = [tuple(tuple(map(tuple, bead.sides)) for bead in each.beads) for each in found]
    pairs = list(zip(units, (doc.gold for doc in documents), strict=True))
    return score_documents(pairs).strict.f1


def taught(documents: list[Doc], found: list[aligner.Alignment]) -> Learned:
    """What the sure beads teach, as ``run_together`` learns it."""
    langs = tuple(documents[0].texts)
    sure = [
        [
            " ".join(doc.texts[lang][k] for k in side)
            for lang, side in zip(langs, bead.sides, strict=True)
        ]
        for doc, each in zip(documents, found, strict=True)
        for bead in each.beads
        if bead.confidence >= SURE and all(bead.sides)
    ]
    return learned([a for a, _ in sure], [b for _, b in sure], (langs[0], langs[1]))


def measured(name: str, *, words: bool) -> tuple[int, float, float]:
    """Sure beads of a set, and its strict F1 with each document alone and all together."""
    documents = gold_sets.documents(name)
    model = None if words else False
    alone = [aligner.align(doc.texts, lexicon=model) for doc in documents]
    known = taught(documents, alone)
    both = [aligner.align(doc.texts, lexicon=model, learned=[known]) for doc in documents]
    return known.beads, strict(documents, alone), strict(documents, both)


def main() -> None:
    print("| set | word model | sure beads | each alone | together |\n|---|---|---|---|---|")
    for name in sys.argv[1:] or SETS:
        for words in (False, True):
            beads, alone, both = measured(name, words=words)
            print(f"| {name} | {'yes' if words else 'no'} | {beads} | {alone:.4f} | {both:.4f} |")


if __name__ == "__main__":
    main()
