"""Rows of pieces in several languages in, columns out: pieces that are versions of one another.

Two rows are joined at a time; each further language joins the columns found so far, as in
progressive multiple alignment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from aligner.match.evidence import Column, Weights, pooled, weighed
from aligner.match.paths import search

LEAST, LEAST_KNOWN = 0.5, 1.5
"""Evidence per piece of the shorter row below which two rows are strangers, without and with a
lexicon. Measured: two unrelated texts reach 0.2 (one in ten 0.6) and 0.5 (one in ten 1.2),
versions 0.6 and more, and 3.4 and more."""


def join(left: Sequence[Column], right: Sequence[Column], weights: Weights) -> list[Column]:
    """Columns of both, matched where the evidence is for it, in an order that keeps both rows."""
    if not left or not right:
        return [*left, *right]
    path = search(left, right, weights)
    known = all(any(column.count[1] for column in row) for row in (left, right))
    if path.score < (LEAST_KNOWN if known else LEAST) * min(len(left), len(right)):
        return _loose(left, right)
    joined: list[Column] = []
    i = j = 0
    for start_i, end_i, start_j, end_j, score in path.steps:
        joined += _loose(left[i:start_i], right[j:start_j])
        merged = _merged(left[start_i:end_i], right[start_j:end_j], score)
        joined.append(weighed(merged, weights))
        i, j = end_i, end_j
    return joined + _loose(left[i:], right[j:])


def _loose(left: Sequence[Column], right: Sequence[Column]) -> list[Column]:
    """Unmatched columns of both in the order of their cycles, else left before right."""
    if any(column.cycle is None for column in (*left, *right)):
        return [*left, *right]
    return sorted((*left, *right), key=lambda column: column.cycle or 0)


def _merged(left: Sequence[Column], right: Sequence[Column], score: float) -> Column:
    first = left[0]
    members = [*left, *right]
    pieces: dict[str, tuple[int, ...]] = {}
    for column in members:
        for lang, numbers in column.pieces.items():
            pieces[lang] = (*pieces.get(lang, ()), *numbers)
    sizes = [sum(c.size for c in side) for side in (left, right)]
    weights = [max(len(c.pieces) for c in side) for side in (left, right)]
    counts = [
        tuple(sum(kind) for kind in zip(*(c.count for c in side), strict=True))
        for side in (left, right)
    ]
    return replace(
        first,
        pieces=pieces,
        size=sum(s * w for s, w in zip(sizes, weights, strict=True)) / sum(weights),
        count=tuple(
            sum(n * w for n, w in zip(pair, weights, strict=True)) / sum(weights)
            for pair in zip(*counts, strict=True)
        ),
        features=pooled(members),
        runs={lang: run for column in reversed(members) for lang, run in column.runs.items()},
        listed=any(column.listed for column in members),
        hint=next((column.hint for column in members if column.hint), None),
        score=sum(column.score for column in members) + score,
    )
