"""Hard documents made of the gold sets: merged, split, cut, reordered, misread, numbered.

    python tests/bench/disturbed.py [TRAIT ...] [--words] [--each 3]

The news texts of the gold sets are disturbed by a seeded program, so that their gold alignment stays
known; every trait is something that real texts have and these do not. Printed: strict F1, errors
and what the confidences are worth, by trait.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Callable
from dataclasses import dataclass

import gold_sets
from gold_sets import Doc

from aligner.evaluate import Group, calibration, projection, score_documents, verdicts

Pair = tuple[list[str], list[str]]
"""The units of both sides of one gold bead."""


@dataclass(frozen=True, slots=True)
class Trait:
    """How often a thing happens to a bead (or a word, a letter)."""

    join: float = 0.0
    split: float = 0.0
    carried: float = 0.0
    gone: float = 0.0
    dropped: float = 0.0
    misread: float = 0.0
    numbered: int = 0
    capitals: bool = False
    swapped: bool = False
    length: int = 400


TRAITS = {
    "plain": Trait(),
    "literary": Trait(join=0.3, split=0.12, carried=0.05, gone=0.005, dropped=0.15),
    "runs of 2-1": Trait(join=0.8),
    "a tenth gone": Trait(gone=0.1),
    "scanned": Trait(join=0.12, split=0.12, carried=0.05, gone=0.06, dropped=0.15, misread=0.03),
    "free": Trait(join=0.15, split=0.1, carried=0.03, gone=0.04, dropped=0.4),
    "misread": Trait(misread=0.06),
    "numbered, one side": Trait(join=0.1, gone=0.03, numbered=1),
    "numbered, both": Trait(join=0.1, gone=0.03, numbered=2),
    "capitals": Trait(join=0.1, gone=0.03, capitals=True),
    "paragraphs swapped": Trait(swapped=True),
    "short": Trait(join=0.1, split=0.05, gone=0.05, length=6),
}

SOURCES = (
    ("ntrex_long_az-en", None), ("ntrex_long_de-en", None), ("ntrex_long_ar-en", None),
    ("ntrex_long_hi-en", None), ("ntrex_long_zh-en", None), ("nway_az-tr-en", ("az", "tr")),
    ("nway_az-tr-en", ("tr", "en")), ("nway_de-fr-en", ("de", "fr")),
    ("nway_de-fr-en", ("fr", "en")),
)  # fmt: skip


def pairs_of(name: str, langs: tuple[str, str] | None) -> tuple[tuple[str, str], list[Pair]]:
    """Give the languages and the beads of a set as texts, all documents one after the other."""
    documents = gold_sets.documents(name)
    every = tuple(documents[0].texts)
    a, b = langs or every
    out: list[Pair] = []
    for document in documents:
        beads = projection(document.gold, every.index(a), every.index(b))
        texts = document.texts[a], document.texts[b]
        out += [  # two to two may stem from a third version that joined them: not to be found
            ([texts[0][u] for u in x], [texts[1][u] for u in y])
            for x, y in beads
            if x and y and min(len(x), len(y)) == 1
        ]
    return (a, b), out


def disturbed(pairs: list[Pair], langs: tuple[str, str], trait: Trait, seed: int) -> Doc:
    """Make a document of a stretch of beads: whole beads change, so that the gold stays known."""
    rng = random.Random(seed)
    start = rng.randrange(max(1, len(pairs) - trait.length))
    beads = [(list(a), list(b)) for a, b in pairs[start : start + trait.length]]
    beads = [_split(bead, rng) if rng.random() < trait.split else bead for bead in beads]
    beads = _joined(beads, trait, rng)
    for bead in beads:
        if rng.random() < trait.gone:
            bead[rng.randrange(2)].clear()
    worn = [tuple([_worn(u, trait, rng) for u in side] for side in bead) for bead in beads]
    return _document(f"{'-'.join(langs)} {seed}", langs, [(a, b) for a, b in worn], trait)


def _split(bead: Pair, rng: random.Random) -> Pair:
    """Cut a unit of one side at a comma or the like near its middle."""
    side = rng.randrange(2)
    unit = bead[side][-1]
    places = [m.end() for m in re.finditer(r"[,;:–—،、，；：।]\s?", unit)]
    places = [p for p in places if len(unit) * 0.25 < p < len(unit) * 0.75]
    if not places:
        return bead
    cut = min(places, key=lambda p: abs(p - len(unit) / 2))
    parts = [*bead[side][:-1], unit[:cut].rstrip(), unit[cut:].lstrip()]
    return (parts, bead[1]) if side == 0 else (bead[0], parts)


def _joined(beads: list[Pair], trait: Trait, rng: random.Random) -> list[Pair]:
    """Join units of neighbouring beads, or carry a clause from one over to the next."""
    out: list[Pair] = []
    for bead in beads:
        chance = rng.random()
        if not out or chance >= trait.join + trait.carried or len(out[-1][0] + out[-1][1]) > 3:
            out.append(bead)
            continue
        side = rng.randrange(2)
        before, after = out[-1][side], bead[side]
        if chance < trait.join:
            glue = "" if re.search(r"[\u3040-\u9fff]", before[-1]) else " "
            units = [*before[:-1], before[-1] + glue + after[0], *after[1:]]
        else:
            places = [m.end() for m in re.finditer(r"[,;:–—،、，；：।]\s?", before[-1])]
            places = [p for p in places if len(before[-1]) * 0.5 < p < len(before[-1]) - 8]
            if not places:
                out.append(bead)
                continue
            cut = places[0]
            glue = before[-1][cut:].lstrip() + " "
            units = [*before[:-1], before[-1][:cut].rstrip(), glue + after[0], *after[1:]]
        other = out[-1][1 - side] + bead[1 - side]
        out[-1] = (units, other) if side == 0 else (other, units)
    return out


_CONFUSED = {"e": "c", "l": "1", "i": "l", "o": "0", "n": "ri", "u": "ii", "a": "o", "ı": "i",
             "t": "f", "m": "rn", "h": "b", "s": "5", "B": "8", "r": "i", "д": "л", "п": "и"}  # fmt: skip


def _worn(unit: str, trait: Trait, rng: random.Random) -> str:
    """Drop words (another choice of words), misread letters."""
    if trait.dropped:
        words = unit.split(" ")
        if len(words) > 3:
            unit = " ".join(w for w in words if rng.random() >= trait.dropped) or unit
        elif len(unit) > 8:
            unit = "".join(c for c in unit if rng.random() >= trait.dropped) or unit
    if trait.misread:
        unit = "".join(
            _CONFUSED.get(c, "." if rng.random() < 0.1 else c)
            if rng.random() < trait.misread
            else c
            for c in unit
        )
    return unit.strip() or "."


def _document(name: str, langs: tuple[str, str], beads: list[Pair], trait: Trait) -> Doc:
    texts: tuple[list[str], list[str]] = ([], [])
    spans = []
    for a, b in beads:
        spans.append(
            (
                range(len(texts[0]), len(texts[0]) + len(a)),
                range(len(texts[1]), len(texts[1]) + len(b)),
            )
        )
        texts[0].extend(a)
        texts[1].extend(b)
    order = list(range(len(texts[1])))
    gold: list[Group] = []
    swap = range(len(beads) // 3, len(beads) // 3 + 8) if trait.swapped else range(0)
    if trait.swapped:  # eight beads of the second side stand eight beads later
        first, stop = spans[swap.start][1].start, spans[swap.stop - 1][1].stop
        end = spans[swap.stop + 7][1].stop
        order[first:end] = [*range(stop, end), *range(first, stop)]
    place = {old: new for new, old in enumerate(order)}
    for k, (x, y) in enumerate(spans):
        if k in swap or not x or not y:
            gold += [((u,), ()) for u in x] + [((), (place[u],)) for u in y]
        else:
            gold.append((tuple(x), tuple(place[u] for u in y)))
    sides = list(texts[0]), [texts[1][u] for u in order]
    if trait.capitals:
        sides = [text.upper() for text in sides[0]], sides[1]
    marked = [
        [f"{i + 1} {text}" for i, text in enumerate(side)] if k < trait.numbered else side
        for k, side in enumerate(sides)
    ]
    return Doc(name, dict(zip(langs, marked, strict=True)), tuple(gold))


def documents(trait: str, each: int = 1, sources: object = SOURCES) -> list[Doc]:
    """Documents of a trait, ``each`` of every pair of languages."""
    made = []
    for number, (name, langs) in enumerate(sources):  # type: ignore[call-overload]
        tags, pairs = pairs_of(name, langs)
        chosen = TRAITS[trait]
        many = each * (20 if chosen.length < 50 else 1)
        made += [disturbed(pairs, tags, chosen, 1000 * number + k) for k in range(many)]
    return made


def measure(docs: list[Doc], run: Callable[[dict[str, list[str]]], object]) -> dict[str, float]:
    """Strict F1 and what the confidences are worth, over all documents."""
    pairs, sure, right = [], [], []
    for document in docs:
        beads = list(run(document.texts).beads)  # type: ignore[attr-defined]
        test = tuple(tuple(map(tuple, bead.sides)) for bead in beads)
        pairs.append((test, document.gold))
        sure += [bead.confidence for bead in beads]
        right += verdicts(test, document.gold)
    found = calibration(sure, right)
    scores = score_documents(pairs)
    return {
        "strict": scores.strict.f1, "errors": found.errors, "share": found.errors / len(right),
        "auc": found.auc or 0.0, "ece": found.ece, "low": found.low or 0.0,
    }  # fmt: skip


def main() -> None:
    """Read the options, run, print."""
    from aligner import align

    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("traits", nargs="*")
    parser.add_argument("--words", action="store_true")
    parser.add_argument("--each", type=int, default=1)
    given = parser.parse_args()
    print("| trait | strict F1 | errors | AUC | ECE | lowest tenth |\n|---|---|---|---|---|---|")
    for trait in given.traits or TRAITS:
        row = measure(
            documents(trait, given.each),
            lambda texts: align(texts, lexicon=None if given.words else False),
        )
        print(
            f"| {trait} | {row['strict']:.4f} | {row['errors']} ({row['share']:.1%}) |"
            f" {row['auc']:.3f} | {row['ece']:.3f} | {row['low']:.3f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
