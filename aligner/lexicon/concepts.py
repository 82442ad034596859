"""The concepts of a model: the words of its pivot language, English forms of one word as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Concepts:
    """``of[n]`` is the concept of the pivot's word n; a concept is the number of its base word."""

    lang: str
    words: tuple[str, ...]
    of: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.words)


def concepts(words: Sequence[str], lang: str) -> Concepts:
    """The concepts behind a vocabulary of folded words."""
    import numpy as np

    numbers = {word: number for number, word in enumerate(words)}
    of = np.arange(len(words), dtype=np.int32)
    if lang == "en":
        for word, own in numbers.items():
            base = next((form for form in _bases(word) if len(form) > 2 and form in numbers), word)
            of[own] = numbers[base]
        for _ in range(2):  # settings -> setting -> set
            of = of[of]
    return Concepts(lang, tuple(words), of)


_ENDINGS: Mapping[str, tuple[str, ...]] = {
    "ies": ("y", "ie"),
    "es": ("e", ""),
    "s": ("",),
    "ied": ("y",),
    "ed": ("", "e"),
    "ing": ("", "e"),
}


def _bases(word: str) -> list[str]:
    """Forms of which an English word may be an inflection, the likeliest first."""
    if len(word) < 4 or word.endswith("ss"):
        return []
    for ending, instead in _ENDINGS.items():
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            found = [stem + letters for letters in instead]
            doubled = len(stem) > 3 and stem[-1] == stem[-2] and ending in {"ed", "ing"}
            return [*found, stem[:-1]] if doubled else found
    return []
