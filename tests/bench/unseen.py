"""Language pairs that no gold set has: made documents, without and with the word model.

Run ``python tests/bench/unseen.py [PAIR ...]``. News: sentences of two gold sets that have the same
English sentence beside them. The other sources are parallel texts in ../shared/training that the
built-in model was not trained on (their licences forbid it): a game, pages for children, messages of
a wiki. Documents of 30 pairs; of a hundred, twelve are joined with their neighbour on one side and
eight have lost a side.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

from gold_sets import GOLD, documents

from aligner.align import pairwise
from aligner.evaluate import Group, score_documents
from aligner.lexicon import Lexicon, built_in
from aligner.lexicon.parallel import read_groups
from aligner.score import evidence

TRAINING = GOLD.parent / "training"
PAIRS = {
    "news": "az-de az-ar tr-zh hi-fr de-ar de-zh",
    "wesnoth": "zh-en ru-en de-fr hu-en tr-ru ja-en zh-ru pl-de ko-en",
    "scratch": "uz-ru uz-en kk-ru az-ru fa-en",
    "mediawiki": "uz-ru uz-en kk-ru tg-ru ky-ru az-en ar-ru",
}
NEWS = (
    *(f"ntrex_long_{lang}-en" for lang in ("az", "de", "ar", "hi", "zh")),
    *("nway_az-tr-en", "nway_de-fr-en"),
)
SIZE, MOST = 30, 24
Couple = tuple[str, str]


def news(a: str, b: str) -> list[Couple]:
    """Sentences of the gold sets that translate the same English sentence."""
    by_lang: dict[str, dict[str, str]] = {}
    order: dict[str, int] = {}
    for name in NEWS:
        for document in documents(name):
            langs = list(document.texts)
            pivot = langs.index("en")
            for bead in document.gold:
                if len(bead[pivot]) != 1:
                    continue
                english = document.texts["en"][bead[pivot][0]]
                order.setdefault(english, len(order))
                for lang, side in zip(langs, bead, strict=True):
                    if lang != "en" and len(side) == 1:
                        texts = by_lang.setdefault(lang, {})
                        texts[english] = document.texts[lang][side[0]]
    shared = sorted(by_lang[a].keys() & by_lang[b].keys(), key=order.__getitem__)
    return [(by_lang[a][english], by_lang[b][english]) for english in shared]


def sentences(source: str, a: str, b: str) -> list[Couple]:
    """The texts of five to sixty words of a training source, none twice."""
    found: list[Couple] = []
    seen: set[str] = set()
    for group in read_groups(TRAINING / f"{source}.tsv.gz"):
        first = dict(reversed(group))
        if a not in first or b not in first or seen & {first[a], first[b]}:
            continue
        sizes = (_size(first[a], a), _size(first[b], b))
        if min(sizes) >= 5 and max(sizes) <= 60:
            seen |= {first[a], first[b]}
            found.append((first[a], first[b]))
    return found


def _size(text: str, lang: str) -> float:
    return len(text) / 3 if lang in {"zh", "ja"} else len(text.split())


def made(couples: list[Couple], name: str) -> Iterator[tuple[list[str], list[str], list[Group]]]:
    """Documents with joined and missing sentences, and their true beads."""
    draw = random.Random(name)
    parts = [couples[k : k + SIZE] for k in range(0, len(couples) - SIZE // 2, SIZE)]
    step = max(1.0, len(parts) / MOST)
    for k in range(min(len(parts), MOST)):
        ours: list[str] = []
        theirs: list[str] = []
        gold: list[Group] = []
        for one, other in parts[int(k * step)]:
            chance, a, b = draw.random(), len(ours), len(theirs)
            plain = bool(gold) and [len(side) for side in gold[-1]] == [1, 1]
            if chance < 0.06 and plain:
                ours[-1] += f" {one}"
                theirs.append(other)
                gold[-1] = (gold[-1][0], (*gold[-1][1], b))
            elif 0.06 <= chance < 0.12 and plain:
                ours.append(one)
                theirs[-1] += f" {other}"
                gold[-1] = ((*gold[-1][0], a), gold[-1][1])
            else:
                left, right = not 0.16 <= chance < 0.20, not 0.12 <= chance < 0.16
                ours += [one] * left
                theirs += [other] * right
                gold.append(((a,) * left, (b,) * right))
        yield ours, theirs, gold


def strict(name: str, prior: Lexicon | None) -> float:
    """Strict F1 over the documents of a set named by source and pair."""
    source, _, pair = name.partition(" ")
    a, b = pair.split("-")
    couples = news(a, b) if source == "news" else sentences(source, a, b)
    results = []
    for ours, theirs, gold in made(couples, name):
        found = pairwise(evidence(ours, theirs, langs=(a, b), prior=prior))
        results.append(([(tuple(x), tuple(y)) for x, y in found.beads], gold))
    return score_documents(results).strict.f1


def main() -> None:
    """Print the table; an argument may name a model file instead of the built-in one."""
    models = [Path(name) for name in sys.argv[1:] if Path(name).exists()]
    lexicon = Lexicon.open(models[0]) if models else built_in()
    wanted = [name for name in sys.argv[1:] if not Path(name).exists()]
    print("| texts | without | with |\n|---|---|---|")
    for source, pairs in PAIRS.items():
        for pair in pairs.split():
            name = f"{source} {pair}"
            if not wanted or any(word in name for word in wanted):
                print(f"| {name} | {strict(name, None):.4f} | {strict(name, lexicon):.4f} |")


if __name__ == "__main__":
    main()
