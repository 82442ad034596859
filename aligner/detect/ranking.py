"""From scores of languages to ranked tags with probabilities."""

from __future__ import annotations

from functools import lru_cache
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


def ranked(
    scores: NDArray[np.float64], texts: Sequence[str], scripts: Sequence[str], langs: Sequence[str]
) -> list[Ranking]:
    """The scores (ln p) of ``langs`` for texts in, (texts, langs); tags with their script out."""
    chances = _shares(scores)
    chances[chances <= _NOTHING] = 0.0
    chances /= chances.sum(axis=1, keepdims=True)
    row, column = np.nonzero(chances)
    held = chances[row, column]
    order = np.lexsort((column, -held, row))
    borders = np.searchsorted(row, np.arange(len(texts) + 1)).tolist()
    places, shares = column[order].tolist(), held[order].tolist()
    found: list[Ranking] = []
    for text, script, start, end in zip(texts, scripts, borders[:-1], borders[1:], strict=True):
        names = _named(script, tuple(langs))
        own = [names[place] for place in places[start:end]]
        if "zh" in own:
            own[own.index("zh")] = with_script("zh", text)
        found.append(list(zip(own, shares[start:end], strict=True)))
    return found


@lru_cache(maxsize=128)
def _named(script: str, langs: tuple[str, ...]) -> list[str]:
    return [lang if lang == "zh" else with_script(lang, "", script) for lang in langs]


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
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares: NDArray[np.float64] = raised / raised.sum(axis=-1, keepdims=True)
    return shares
