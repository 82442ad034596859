"""Texts as vectors: the concepts of their words, projected at random into a few dimensions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from aligner.compiled import Kernel
from aligner.lexicon.words import cut, language

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aligner.lexicon.rows import Rows

BATCH = 16_384
"""Texts at a time: more would fill memory, fewer would look up common words too often."""

COMMON = 30.0
"""How strongly common words are held back: a / (a + occurrences), after Arora et al. (2017)."""


class Model(Protocol):
    """What vectors are made of: words of some languages as rows over concepts, as of a Lexicon."""

    @property
    def concepts(self) -> int:
        """How many concepts there are, the commonest first."""

    def knows(self, *tags: str) -> bool:
        """Whether there are words of these languages."""

    def rows(self, words: Sequence[str], lang: str, *, kin: bool = False) -> Rows:
        """The words as unit vectors over concepts."""


def encode(lexicon: Model, texts: Sequence[str], lang: str, size: int) -> NDArray[np.float32]:
    """Unit vectors of shape (n, size); rows of texts without a known word are zeros."""
    out = np.zeros((len(texts), size), np.float32)
    if not lexicon.knows(lang):
        return out
    for first in range(0, len(texts), BATCH):
        part = texts[first : first + BATCH]
        out[first : first + len(part)] = _batch(lexicon, part, lang, size)
    return out


def _batch(lexicon: Model, texts: Sequence[str], lang: str, size: int) -> NDArray[np.float32]:
    numbers: dict[str, int] = {}
    lines = [cut(text, language(lang)) for text in texts]
    flat = np.array([numbers.setdefault(w, len(numbers)) for line in lines for w in line], np.int64)
    starts = np.concatenate([[0], np.cumsum([len(line) for line in lines])])
    out = np.zeros((len(texts), size), np.float32)
    _SUM(float(len(flat) * size), _words(lexicon, tuple(numbers), lang, size), flat, starts, out)
    out /= np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-9)
    return out


def _sum(words: Any, flat: Any, starts: Any, out: Any) -> None:
    """Add up the vectors of each text's words."""
    for text in range(len(out)):
        for k in range(starts[text], starts[text + 1]):
            out[text] += words[flat[k]]


def _sum_each(words: Any, flat: Any, starts: Any, out: Any) -> None:
    """The same for numba, number by number: nothing is allocated."""
    for text in range(len(out)):
        for k in range(starts[text], starts[text + 1]):
            for place in range(out.shape[1]):
                out[text, place] += words[flat[k], place]


_SUM = Kernel(_sum_each, plain=_sum)


def _words(lexicon: Model, words: Sequence[str], lang: str, size: int) -> NDArray[np.float32]:
    """One vector a word: its concepts' directions, the commonest concepts held back."""
    rows = lexicon.rows(words, lang, kin=True)
    rank = np.arange(lexicon.concepts, dtype=np.float32)  # numbered from the commonest on
    weight = rows.weights * (rank / (rank + COMMON))[rows.concepts]
    directions = _directions(lexicon.concepts, size)
    out = np.zeros((len(rows), size), np.float32)
    sizes = np.diff(rows.starts)
    for k in range(int(sizes.max(initial=0))):
        has = np.flatnonzero(sizes > k)
        entry = rows.starts[has] + k
        out[has] += directions[rows.concepts[entry]] * weight[entry, None]
    return out


@lru_cache(maxsize=4)
def _directions(count: int, size: int) -> NDArray[np.int8]:
    """A random sign per concept and dimension, the same on every machine (splitmix64)."""
    words = -(-size // 64)
    state = np.arange(1, count * words + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    state ^= state >> np.uint64(31)
    bits = np.unpackbits(state.astype("<u8").view(np.uint8)).reshape(count, words * 64)
    return bits[:, :size].astype(np.int8) * np.int8(2) - np.int8(1)
