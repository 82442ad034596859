"""Fits the curve of the confidence, and measures it on sets that it was not fitted on.

    python tests/bench/confidence.py

Sets, each with the same weight: the two-sided gold sets, without and with the knowledge of words, and made
documents (``disturbed.py``) of six pairs of languages. Every gold set is measured with a curve
fitted on the others (sets of the same news text in the same languages are left out together), the
made documents of three other pairs of languages with the curve fitted on all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import disturbed
import gold_sets
import numpy as np
from gold_sets import Doc

from aligner.align.confidence import features
from aligner.align.rounds import search
from aligner.align.search import best
from aligner.align.shapes import DEFAULT
from aligner.evaluate import Calibration, calibration, verdicts
from aligner.lexicon import built_in
from aligner.mend import mended
from aligner.score import evidence

TRAITS = ("literary", "scanned", "free", "a tenth gone", "runs of 2-1", "short")
FITTED, ASIDE = (
    disturbed.SOURCES[:4] + disturbed.SOURCES[5:7],
    disturbed.SOURCES[4:5] + disturbed.SOURCES[7:],
)

Rows = tuple[Any, Any]
"""What the confidence of every bead rests on, (k, 5), and whether it is right, (k,)."""


def rows_of(documents: Sequence[Doc], prior: Any) -> Rows:
    """Align every document of two languages and collect its beads."""
    known, right = [], []
    for document in documents:
        (lang_a, a), (lang_b, b) = document.texts.items()
        scorer = evidence(
            [mended(t) for t in a], [mended(t) for t in b], langs=(lang_a, lang_b), prior=prior
        )
        tables, taught = search(scorer, [], DEFAULT)
        band = tables.band
        rows, cols, kinds = best(band, tables.final, tables.prior)
        known.append(features(tables, taught, band.offsets[rows] + cols - band.lo[rows], kinds))
        beads = [
            (tuple(range(i, i + n)), tuple(range(j, j + m)))
            for i, j, (n, m) in zip(
                rows.tolist(), cols.tolist(), band.shapes[kinds].tolist(), strict=True
            )
        ]
        right += verdicts(tuple(beads), document.gold)
    return np.concatenate(known), np.array(right, bool)


def fit(sets: Sequence[Rows]) -> Any:
    """The weights of a logistic curve, every set with the same weight (Newton's method)."""
    x = np.concatenate([np.column_stack([np.ones(len(r)), r]) for r, _ in sets])
    y = np.concatenate([right for _, right in sets])
    weight = np.concatenate([np.full(len(r), 1 / len(r)) for r, _ in sets])
    held = np.diag([0.0] + [1e-4 * len(sets)] * (x.shape[1] - 1))
    found = np.zeros(x.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ found))
        slope = x.T @ (weight * (p - y)) + held @ found
        bend = (x * (weight * p * (1 - p))[:, None]).T @ x + held
        found = found - np.linalg.solve(bend, slope)
    return found


def measured(weights: Any, rows: Rows) -> Calibration:
    """What the confidences of a set are worth with these weights."""
    p = 1 / (1 + np.exp(-np.column_stack([np.ones(len(rows[0])), rows[0]]) @ weights))
    return calibration(p.tolist(), rows[1].tolist())


def kin(name: str) -> str:
    """Sets with the same text have the same: they are left out together."""
    plain = name.split(",", maxsplit=1)[0]
    return plain.replace("docs", "long") if plain.startswith("ntrex") else plain


def main() -> None:
    """Collect, fit, print."""
    gold: dict[str, Rows] = {}
    made: dict[str, Rows] = {}
    aside: dict[str, Rows] = {}
    for words, prior in (("", None), (", words", built_in().prior)):
        for name in gold_sets.ASKED:
            gold[name + words] = rows_of(gold_sets.documents(name), prior)
        for trait in TRAITS:
            made[trait + words] = rows_of(disturbed.documents(trait, 1, FITTED), prior)
            aside[trait + words] = rows_of(disturbed.documents(trait, 1, ASIDE), prior)
    weights = fit([*gold.values(), *made.values()])
    print("weights", np.round(weights, 3).tolist())
    print("| set | errors | AUC | ECE | lowest tenth |\n|---|---|---|---|---|")
    for name, rows in gold.items():
        others = [r for other, r in gold.items() if kin(other) != kin(name)]
        show(name, rows, measured(fit([*others, *made.values()]), rows))
    for name, rows in aside.items():
        show(f"made: {name}", rows, measured(weights, rows))


def show(name: str, rows: Rows, found: Calibration) -> None:
    """Print a row of the table."""
    auc, low = (f"{v:.3f}" if v is not None else "-" for v in (found.auc, found.low))
    share = found.errors / len(rows[1])
    print(f"| {name} | {found.errors} ({share:.1%}) | {auc} | {found.ece:.3f} | {low} |")


if __name__ == "__main__":
    main()
