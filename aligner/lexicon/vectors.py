"""Texts as vectors: the concepts of their words, projected at random into a few dimensions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from aligner.lexicon.words import language, tokens

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aligner.lexicon.lexicon import Lexicon

BATCH = 4096
"""Texts at a time: more would fill memory, fewer would look up common words too often."""

COMMON = 30.0
"""How strongly common words are held back: a / (a + occurrences), after Arora et al. (2017)."""


def encode(lexicon: Lexicon, texts: Sequence[str], lang: str, size: int) -> NDArray[np.float32]:
    """Unit vectors of shape (n, size); rows of texts without a known word are zeros."""
    out = np.zeros((len(texts), size), np.float32)
    if not lexicon.knows(lang):
        return out
    for first in range(0, len(texts), BATCH):
        part = texts[first : first + BATCH]
        out[first : first + len(part)] = _batch(lexicon, part, lang, size)
    return out


def _batch(lexicon: Lexicon, texts: Sequence[str], lang: str, size: int) -> NDArray[np.float32]:
    numbers: dict[str, int] = {}
    cut = [tokens(text, language(lang)) for text in texts]
    flat = np.array([numbers.setdefault(w, len(numbers)) for found in cut for w in found], np.int64)
    if not len(flat):
        return np.zeros((len(texts), size), np.float32)
    words = _words(lexicon, tuple(numbers), lang, size)
    lengths = np.array([len(found) for found in cut])
    out = np.zeros((len(texts), size), np.float32)
    filled = np.flatnonzero(lengths)
    begins = (np.cumsum(lengths) - lengths)[filled]
    out[filled] = np.add.reduceat(words[flat], begins, axis=0)
    norm = np.linalg.norm(out, axis=1, keepdims=True)
    return out / np.maximum(norm, 1e-9)


def _words(lexicon: Lexicon, words: Sequence[str], lang: str, size: int) -> NDArray[np.float32]:
    """One vector a word: its concepts' directions, the commonest concepts held back."""
    rows = lexicon.rows(words, lang)
    count = int(rows.concepts.max(initial=-1)) + 1
    rank = np.arange(count, dtype=np.float32)  # concepts are numbered from the commonest on
    weight = rows.weights * (rank / (rank + COMMON))[rows.concepts]
    out = np.zeros((len(rows), size), np.float32)
    sizes = np.diff(rows.starts)
    filled = np.flatnonzero(sizes)
    if len(filled):
        directions = _directions(count, size)[rows.concepts] * weight[:, None]
        out[filled] = np.add.reduceat(directions, rows.starts[filled], axis=0)
    return out


@lru_cache(maxsize=4)
def _directions(count: int, size: int) -> NDArray[np.float32]:
    """A random sign per concept and dimension, the same on every machine (splitmix64)."""
    words = -(-size // 64)
    state = np.arange(1, count * words + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    state ^= state >> np.uint64(31)
    bits = np.unpackbits(state.astype("<u8").view(np.uint8)).reshape(count, words * 64)
    return bits[:, :size].astype(np.float32) * 2 - 1
