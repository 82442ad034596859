"""Our engine over the gold sets: strict, lax and link F1, CPU time, how honest the confidences are.

    python tests/bench/alignment.py [SET ...] [--words] [--engine MODULE:FUNCTION] [--repeat 3]
                                    [--errors N] [--json]

Without ``--words`` no model is used. ``--engine`` takes a function that is given the texts by
language ({"de": [...], "fr": [...]}) and returns an Alignment (or beads): to try a variant.
``--errors N`` prints the first N wrong beads of every set. CPU time is that of the calls, with a
first call on a small text left out (loading compiled code).
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

import gold_sets
from gold_sets import ASKED, ASKED_MANY, Doc

from aligner.evaluate import (
    Group,
    calibration,
    projection,
    score_documents,
    score_pairs,
    verdicts,
)

Engine = Callable[[dict[str, list[str]]], Any]


def engine(*, words: bool) -> Engine:
    """The library's own, one default configuration."""
    from aligner import align

    return lambda texts: align(texts, lexicon=None if words else False)


def measure(name: str, run: Engine, *, repeat: int = 1, errors: int = 0) -> dict[str, Any]:
    """Align every document of a set and measure: figures by name out."""
    documents = gold_sets.documents(name)
    times, answers = [], []
    for _ in range(repeat):
        start = time.process_time()
        answers = [run(document.texts) for document in documents]
        times.append(time.process_time() - start)
    beads = [list(getattr(answer, "beads", answer)) for answer in answers]
    pairs = [
        (units(found), document.gold) for found, document in zip(answers, documents, strict=True)
    ]
    scores = score_documents(pairs)
    right = [good for test, gold in pairs for good in verdicts(test, gold)]
    sure = calibration([b.confidence for found in beads for b in found], right)
    row: dict[str, Any] = {
        "set": name,
        "strict": scores.strict.f1,
        "lax": scores.lax.f1,
        "link": scores.link.f1,
        "errors": sure.errors,
        "share": sure.errors / max(1, sure.beads),
        "auc": sure.auc,
        "ece": sure.ece,
        "low": sure.low,
        "cpu": statistics.median(times),
        "sentences": sum(len(t) for d in documents for t in d.texts.values()),
    }
    if len(documents[0].texts) > 2:
        row |= against_pairs(documents, pairs, run)
    if errors:
        show(documents, beads, pairs, errors)
    return row


def units(answer: Any) -> tuple[Group, ...]:
    """Give the beads of an Alignment, or a list of beads, as groups of unit numbers."""
    return tuple(tuple(map(tuple, bead.sides)) for bead in getattr(answer, "beads", answer))


def against_pairs(
    documents: list[Doc], pairs: list[tuple[Sequence[Group], Sequence[Group]]], run: Engine
) -> dict[str, Any]:
    """The mean strict F1 of the joint alignment's projections, and of each pair aligned alone."""
    joint = score_pairs(pairs)
    alone = {}
    for a, b in joint:
        found = []
        for document in documents:
            langs = list(document.texts)
            texts = {lang: document.texts[lang] for lang in (langs[a], langs[b])}
            answer = run(texts)
            found.append((units(answer), projection(document.gold, a, b)))
        alone[a, b] = score_documents(found)
    mean = lambda scores: statistics.mean(s.strict.f1 for s in scores.values())  # noqa: E731
    return {"joint_pairs": mean(joint), "alone_pairs": mean(alone)}


def show(documents: list[Doc], beads: list[Any], pairs: Any, most: int) -> None:
    """Print wrong beads with their confidence and texts, and the gold beads they touch."""
    shown = 0
    for document, found, (test, gold) in zip(documents, beads, pairs, strict=False):
        for bead, units, good in zip(found, test, verdicts(test, gold), strict=False):
            if good or shown >= most:
                continue
            shown += 1
            touched = [
                g for g in gold if any(set(x) & set(y) for x, y in zip(g, units, strict=False))
            ]
            print(f"\n{document.name} {units} conf {bead.confidence} gold {touched}")
            for lang, side in zip(document.texts, units, strict=False):
                print("  ", lang, "|", " // ".join(document.texts[lang][u] for u in side))


def table(rows: list[dict[str, Any]], *, words: bool) -> str:
    """The figures as a markdown table: asked, measured."""
    head = "| set | asked | strict | lax | link | errors | AUC | ECE | lowest tenth | CPU s |"
    lines = [head, "|" + "---|" * head.count(" |")]
    for row in rows:
        asked = {**ASKED, **ASKED_MANY}.get(row["set"], (None, None))[words]
        mark = "" if asked is None or row["strict"] >= asked else " !"
        figures = [
            f"{row[key]:.3f}" if row[key] is not None else "-" for key in ("auc", "ece", "low")
        ]
        lines.append(
            f"| {row['set']} | {asked or '-'} | {row['strict']:.4f}{mark} | {row['lax']:.4f} |"
            f" {row['link']:.4f} | {row['errors']} ({row['share']:.1%}) | {' | '.join(figures)} |"
            f" {row['cpu']:.2f} |"
        )
    many = [row for row in rows if "joint_pairs" in row]
    if many:
        lines += ["", "| set | pairs of the joint alignment | each pair alone |", "|---|---|---|"]
        lines += [f"| {r['set']} | {r['joint_pairs']:.4f} | {r['alone_pairs']:.4f} |" for r in many]
    return "\n".join(lines)


def main() -> None:
    """Read the options, run, print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("sets", nargs="*", default=[])
    parser.add_argument("--words", action="store_true")
    parser.add_argument("--engine")
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    if given.engine:
        module, _, attribute = given.engine.partition(":")
        run = getattr(import_module(module), attribute)
    else:
        run = engine(words=given.words)
    known = [*ASKED, *ASKED_MANY]
    names = [n for n in known if not given.sets or any(s in n for s in given.sets)]
    run({"de": ["Ein Satz.", "Zwei Hunde."], "en": ["A sentence.", "Two dogs."]})
    rows = []
    for name in names:
        rows.append(measure(name, run, repeat=given.repeat, errors=given.errors))
    print(json.dumps(rows) if given.json else table(rows, words=given.words))


if __name__ == "__main__":
    main()
