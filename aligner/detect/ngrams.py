"""Evidence from letter sequences: which n-grams of words are usual in which language.

A character n-gram model with backing-off, written as a sum: every n-gram of a text adds, for every
language that knows it, how much better that language foresees its last letter than the shorter
n-gram did. What adds nothing is not kept (after Andreas Stolcke, "Entropy-based pruning of backoff
language models", 1998), so a language is some thousand small numbers.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from aligner.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

ORDER = 5
"""The longest n-gram, word borders included."""

WORD = re.compile(
    "(?:[^\\W\\d_]|['\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06ed\u0900-\u0903\u093a-\u0957\u0962\u0963\u0980-\u0dff\u0e31-\u0e4e\u0eb1-\u0ecd"
    "\u0f71-\u0f87\u102b-\u103e\u1780-\u17d3\u200c\u200d])+"
)
"""A word: letters with their marks, apostrophes."""
_APOSTROPHES = str.maketrans(dict.fromkeys("ʻ‘’`ʼ´ʹ", "'"))
_LONGEST = 80  # letters of a word that are looked at
_BORDER = ord("_")
STEP = 0.1
"""The unit of a weight, in nats."""
_REMEMBERED, _AT_ONCE, _IN_CACHE = 65536, 256, 2048
_MOST = 32767


def words(text: str) -> list[str]:
    """The words of a text in small letters, apostrophes of all kinds made one."""
    found = (word.strip("'") for word in WORD.findall(_folded(text)))
    return [word[:_LONGEST] for word in found if word]


def tokens(text: str) -> list[list[str]]:
    """The same for each piece between white space."""
    return [[piece] if piece.isalpha() else words(piece) for piece in _folded(text).split()]


def _folded(text: str) -> str:
    text = unicodedata.normalize("NFC", text).lower()
    if text.isascii() and "`" not in text:
        return text
    return text.replace("i\u0307", "i").translate(_APOSTROPHES)


def framed(vocabulary: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Words in; the code points of ``_word__word_`` and where each word's part starts out."""
    starts = np.cumsum([0, *(len(word) + 2 for word in vocabulary)])
    joined = "".join(f"_{word}_" for word in vocabulary).encode("utf-32-le", "surrogatepass")
    return np.frombuffer(joined, dtype="<u4").astype(np.uint32), starts


def hashes(points: NDArray[np.uint32], order: int) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """The n-grams of one order that stay within a word: their hashes, and where each starts."""
    count = len(points) - order + 1
    if count <= 0:
        return np.empty(0, np.uint32), np.empty(0, np.int64)
    border = np.concatenate(([0], np.cumsum(points == _BORDER)))
    value = np.full(count, order, dtype=np.uint64)
    for k in range(order):
        value = value * np.uint64(0x9E3779B97F4A7C15) + points[k : k + count]
        value ^= value >> np.uint64(29)
    at = np.arange(count)
    if order == 1:
        kept = points[:count] != _BORDER
    else:
        kept = border[order - 1 + at] == border[at + 1]
        if order == 2:
            kept = (points[:count] != _BORDER) | (points[1 : count + 1] != _BORDER)
    mixed = (value * np.uint64(0xBF58476D1CE4E5B9)) >> np.uint64(32)
    return mixed[kept].astype(np.uint32), at[kept]


class Memory:
    """The scores of the words seen last: a text says most of its words again and again."""

    def __init__(self) -> None:
        self._place: dict[str, int] = {}
        self._rows: NDArray[np.int16] = np.empty((0, 0), np.int16)

    def looked_up(
        self, asked: Sequence[str], model: NgramModel
    ) -> tuple[NDArray[np.int16], NDArray[np.intp]]:
        """Words in; an array (words known, tags) in steps and the row of each word out."""
        new = [word for word in dict.fromkeys(asked) if word not in self._place]
        if new and len(self._place) + len(new) > _REMEMBERED:
            self._place.clear()
            new = list(dict.fromkeys(asked))
        if new:
            start = len(self._place)
            if len(self._rows) < start + len(new):
                size = max(start + len(new), min(2 * start, _REMEMBERED), 1024)
                rows = np.empty((size, len(model.tags)), np.int16)
                if start:
                    rows[:start] = self._rows[:start]
                self._rows = rows
            self._rows[start : start + len(new)] = np.clip(model.word_steps(new), -_MOST, _MOST)
            self._place.update(zip(new, range(start, start + len(new)), strict=True))
        return self._rows, np.array([self._place[word] for word in asked], dtype=np.intp)


@dataclass(frozen=True, slots=True, eq=False)
class NgramModel:
    """What every n-gram says for every language that knows it.

    ``grams`` are hashes in rising order (n,), ``weights`` (n, tags) tenths of nats, 0 where a
    language does not know the n-gram. ``norms`` is what a letter of a language's own text brings
    on average, in nats.
    """

    tags: tuple[str, ...]
    grams: NDArray[np.uint32]
    weights: NDArray[np.int8]
    norms: NDArray[np.float64]
    memory: Memory = field(default_factory=Memory, repr=False)

    def scores(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Texts in; an array (texts, tags) of ln p, up to a constant for each text, out."""
        return self.sums([words(text) for text in texts])

    def sums(self, groups: Sequence[Sequence[str]]) -> NDArray[np.float64]:
        """Groups of words as ``words`` gives them in; the same array for the groups out."""
        found = np.zeros((len(groups), len(self.tags)))
        for start in range(0, len(groups), _AT_ONCE):
            part = groups[start : start + _AT_ONCE]
            size = np.array([len(group) for group in part])
            rows, places = self.memory.looked_up([w for group in part for w in group], self)
            if len(places):
                full = np.flatnonzero(size)
                first = (np.cumsum(size) - size)[full]
                steps = rows[places].astype(np.int32)
                found[start + full] = np.add.reduceat(steps, first, axis=0) * STEP
        return found

    def word_scores(self, vocabulary: Sequence[str]) -> NDArray[np.float64]:
        """Words in; the same array for each of them out."""
        return self.word_steps(vocabulary).astype(np.float64) * STEP

    def word_steps(self, vocabulary: Sequence[str]) -> NDArray[np.int32]:
        """The same in whole steps."""
        owner, place = self._found(vocabulary)
        total = np.zeros((len(vocabulary), len(self.tags)), dtype=np.int32)
        for start in range(0, len(owner), _IN_CACHE):
            owners, first = np.unique(owner[start : start + _IN_CACHE], return_index=True)
            weights = self.weights[place[start : start + _IN_CACHE]].astype(np.int16)
            total[owners] += np.add.reduceat(weights, first, axis=0)
        return total

    def _found(self, vocabulary: Sequence[str]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The known n-grams of words: number of the word, in rising order, and of the n-gram."""
        points, starts = framed(vocabulary)
        owners, places = [], []
        for order in range(1, ORDER + 1):
            gram, at = hashes(points, order)
            asked, back = np.unique(gram, return_inverse=True)
            place = np.minimum(np.searchsorted(self.grams, asked), len(self.grams) - 1)
            hit = (self.grams[place] == asked)[back]
            owners.append(np.searchsorted(starts, at[hit], side="right") - 1)
            places.append(place[back][hit])
        owner = np.concatenate(owners)
        by_word = np.argsort(owner, kind="stable")
        return owner[by_word], np.concatenate(places)[by_word]


def save(model: NgramModel, path: Path) -> None:
    """Write a model; gaps between hashes, byte by byte, pack to half the size."""
    gaps = np.diff(model.grams.astype(np.int64), prepend=0).astype("<u4")
    known = model.weights != 0
    with path.open("wb") as file:
        np.savez_compressed(
            file,
            tags=np.array(model.tags),
            gaps=np.ascontiguousarray(gaps.view(np.uint8).reshape(-1, 4).T),
            counts=known.sum(axis=1).astype(np.uint8),
            columns=np.nonzero(known)[1].astype(np.uint8),
            weights=model.weights[known],
            norms=np.round(model.norms, 2),
        )


def load(path: Path) -> NgramModel:
    """Read a model; raises ModelError if the file is missing or no such model."""
    try:
        with np.load(path, allow_pickle=False) as data:
            tags = tuple(data["tags"].tolist())
            gaps = np.ascontiguousarray(data["gaps"].T).view("<u4").ravel()
            weights = np.zeros((len(gaps), len(tags)), dtype=np.int8)
            weights[np.repeat(np.arange(len(gaps)), data["counts"]), data["columns"]] = data[
                "weights"
            ]
            grams = np.cumsum(gaps, dtype=np.uint32)
            return NgramModel(tags, grams, weights, data["norms"])
    except (OSError, KeyError, ValueError, IndexError) as error:
        raise ModelError(
            "this is no readable model of letter sequences", where=str(path), why=str(error)
        ) from error
