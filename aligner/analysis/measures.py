"""Lengths of texts: characters, words, and the ratio of two versions as a z-score."""

from __future__ import annotations

from collections.abc import Sequence
from math import log, sqrt

from aligner.model import joiner


def word_count(text: str, lang: str) -> int:
    """Words between white space; where a language writes none (zh, ja, th ...), its letters."""
    if joiner(lang):
        return len(text.split())
    return sum(1 for character in text if character.isalnum())


def word_counts(texts: Sequence[str], lang: str) -> list[int]:
    """The words of every text, as ``word_count`` counts them."""
    if joiner(lang):
        return [len(text.split()) for text in texts]
    return [word_count(text, lang) for text in texts]


def length_ratio(characters: int, of: int) -> float | None:
    """Characters of a side over those of the first side; None where one of them is empty."""
    return round(characters / of, 4) if characters and of else None


def z_scores(ratios: Sequence[float | None]) -> list[float | None]:
    """How far the logarithm of each ratio lies from their mean, in standard deviations.

    Fewer than three ratios, or ratios that are all one, have no scores.
    """
    logs = [log(ratio) for ratio in ratios if ratio]
    if len(logs) < 3:
        return [None] * len(ratios)
    mean = sum(logs) / len(logs)
    deviation = sqrt(sum((value - mean) ** 2 for value in logs) / len(logs))
    if deviation < 1e-9:
        return [None] * len(ratios)
    return [round((log(ratio) - mean) / deviation, 3) if ratio else None for ratio in ratios]
