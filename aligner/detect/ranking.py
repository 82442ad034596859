"""From scores of languages to ranked tags with probabilities."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aligner.detect.scripts import fits, with_script
from aligner.detect.tags import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_NOTHING = 1e-3  # what is less likely is left out

Ranking = list[tuple[str, float]]
"""(tag, probability), best first, summing to 1."""


def ranked(scores: NDArray[np.float64], text: str, script: str, langs: Sequence[str]) -> Ranking:
    """The scores (ln p) of ``langs`` for a text in; tags with its script out."""
    chances = _shares(scores)
    order = np.argsort(-chances, kind="stable")
    order = order[: max(1, int((chances > _NOTHING).sum()))]
    total = float(chances[order].sum())
    pairs = zip(order.tolist(), chances[order].tolist(), strict=True)
    return [(with_script(langs[i], text, script), chance / total) for i, chance in pairs]


def among(
    scores: NDArray[np.float64], script: str, langs: Sequence[str], wanted: Sequence[str]
) -> Ranking:
    """The same for the tags of ``wanted`` only, which may name scripts and regions."""
    column = {lang: number for number, lang in enumerate(langs)}
    worst = float(scores.min())
    own = [
        (float(scores[column[language(tag)]]) if language(tag) in column else worst)
        - (0.0 if fits(tag, script) else 20.0)
        for tag in wanted
    ]
    chances = _shares(np.array(own))
    pairs = zip(wanted, map(float, chances), strict=True)
    return sorted(pairs, key=lambda pair: -pair[1])


def _shares(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    raised = np.exp(scores - scores.max())
    shares: NDArray[np.float64] = raised / raised.sum()
    return shares
