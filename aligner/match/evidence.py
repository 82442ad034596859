"""What is compared: columns of pieces, their features, and how much each feature weighs."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

Kinds = tuple[frozenset[str], ...]
"""Features by kind: numbers, names and cognates; concepts of a lexicon."""
Weights = Mapping[str, float]
"""What each feature weighs: rare ones say more."""
KINDS = (0, 1)

COMMON = 0.3
"""A feature in more than this share of many pieces says nothing."""


class Run(NamedTuple):
    """Where a piece stands in its run (neighbouring pieces of one language) of how many pieces.

    A length of 0 says that place and length mean nothing, as each language has one run.
    """

    number: int
    place: int
    length: int


@dataclass(frozen=True, slots=True)
class Column:
    """Pieces that are versions of one another (at first one piece alone), by language.

    ``size`` in letters, ``count`` and ``weight`` of features are means over the versions;
    ``cycle`` numbers the rounds of an interleaved document, ``place`` is that in one of many alike;
    ``block`` is that of a piece in ``parts`` parts; ``score`` adds up the evidence.
    """

    pieces: dict[str, tuple[int, ...]]
    size: float
    features: Kinds = field(repr=False)
    count: tuple[float, ...] = ()
    weight: tuple[float, ...] = ()
    kind: str = "paragraph"
    level: int | None = None
    hint: str | None = None
    listed: bool = False
    cycle: int | None = None
    place: int | None = None
    block: int = -1
    parts: int = 1
    runs: dict[str, Run] = field(default_factory=dict)
    score: float = 0.0


def weigh(sentences: Iterable[Kinds]) -> dict[str, float]:
    """The weight of every feature, from the share of sentences (in any language) that have it."""
    listed = list(sentences)
    found = Counter(f for kinds in listed for features in kinds for f in features)
    most = COMMON * len(listed) if len(listed) > 20 else len(listed)
    floor = {"c": math.log(2.0)}
    return {
        f: math.log(1 + len(listed) / k) - floor.get(f[0], 0.0) if k <= most else 0.0
        for f, k in found.items()
    }


def pooled(columns: Sequence[Column]) -> Kinds:
    """The features of all columns, by kind."""
    return tuple(
        frozenset().union(*kind) for kind in zip(*(c.features for c in columns), strict=True)
    )


def weighed(column: Column, weights: Weights) -> Column:
    """The column with the weight of its features; those of several versions count as one's."""
    sums = [
        math.fsum(weights[f] for f in found) * count / max(len(found), 1)
        for found, count in zip(column.features, column.count, strict=True)
    ]
    return replace(column, weight=tuple(sums))
