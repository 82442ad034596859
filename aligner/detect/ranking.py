"""From scores of languages to ranked tags with probabilities."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aligner.detect.scripts import fits, script_subtag, variant_balance, with_script
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
    named = {script: _named(script, langs) for script in set(scripts)}
    found: list[Ranking] = []
    for text, script, start, end in zip(texts, scripts, borders[:-1], borders[1:], strict=True):
        own = list(
            zip(map(named[script].__getitem__, places[start:end]), shares[start:end], strict=True)
        )
        found.append(_chinese(own, text) if script in {"Hani", "Kana"} else own)
    return found


def _chinese(ranking: Ranking, text: str) -> Ranking:
    """The ranking with the set of characters of Chinese; both where no character tells it.

    Then the likelier one keeps enough to stay ahead of what is not Chinese.
    """
    place = next((n for n, (tag, _) in enumerate(ranking) if tag == "zh"), -1)
    if place < 0:
        return ranking
    share = ranking[place][1]
    other = ranking[place + 1][1] if place + 1 < len(ranking) else 0.0
    if variant_balance(text):
        return [*ranking[:place], (with_script("zh", text), share), *ranking[place + 1 :]]
    first = max(share / 2, other)
    split = [
        *ranking[:place],
        ("zh-Hans", first),
        *ranking[place + 1 :],
        ("zh-Hant", share - first),
    ]
    return sorted((pair for pair in split if pair[1] > 0.0), key=lambda pair: -pair[1])


def _named(script: str, langs: Sequence[str]) -> list[str]:
    return [lang if lang == "zh" else with_script(lang, "", script) for lang in langs]


def among(
    scores: NDArray[np.float64], text: str, script: str, langs: Sequence[str], wanted: Sequence[str]
) -> Ranking:
    """The same of one text for the tags of ``wanted`` only, which may name scripts and regions."""
    column = {lang: number for number, lang in enumerate(langs)}
    worst = float(scores.min())
    own = [
        (float(scores[column[language(tag)]]) if language(tag) in column else worst)
        - (0.0 if fits(tag, script) and _of_variant(tag, text) else 20.0)
        for tag in wanted
    ]
    chances = _shares(np.array(own))
    pairs = zip(wanted, map(float, chances), strict=True)
    return sorted(pairs, key=lambda pair: -pair[1])


def _of_variant(tag: str, text: str) -> bool:
    """False if a tag names another set of Chinese characters than a text is in."""
    named = {"Hans": -1, "Hant": 1}.get(script_subtag(tag), 0)
    return named * variant_balance(text) >= 0 if named else True


def _shares(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares: NDArray[np.float64] = raised / raised.sum(axis=-1, keepdims=True)
    return shares
