"""Changes of language inside a sentence that no mark shows: where they may be.

Every word has its score in every language (letter sequences). A passage in another language is a
run of words that this language explains so much better than that of the sentence does that names
and chance do not reach it. What is found here are places to cut: the path through the whole
document decides whether the language changes there.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from aligner.detect.cleaning import mostly_capitals
from aligner.detect.ngrams import tokens
from aligner.detect.scripts import ONE_LANGUAGE, is_usual, main_script
from aligner.detect.tags import language, twins

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from aligner.detect.ngrams import NgramModel

WORDS, LETTERS, SMALL = 5, 25, 3
"""A passage in another language has at least so many words, letters, and words in small letters."""
GAIN = 12.0
"""Nats by which two languages must explain a sentence better than one does."""

_WORST, _WORST_NAME = 6.0, 1.5  # nats that one word may speak against a language; a capital one
_HOSTS = 3  # so many languages are tried as that of the sentence around a passage
_BATCH, _LONGEST, _BARRED = 64, 2000, -1e4
_LEAST = np.array([WORDS, LETTERS, SMALL])
_PIECE = re.compile(r"\S+")
_NO_WORD = re.compile(r"[\d@/\\_=<>]")


class _Cut(NamedTuple):
    """Words start to end are in another language than those before and after."""

    gain: float
    start: int
    end: int


class _Words(NamedTuple):
    """Words of sentences: scores (words, languages), and sizes in the units of ``_LEAST``."""

    scores: NDArray[np.float32]
    sizes: NDArray[np.int64]

    def part(self, start: int, end: int) -> _Words:
        """Some of them."""
        return _Words(self.scores[start:end], self.sizes[start:end])


def changes(texts: Sequence[str], model: NgramModel) -> list[list[int]]:
    """Texts in; for each the places at which its language may change (offsets of words) out."""
    found: list[list[int]] = [[] for _ in texts]
    parts = [(i, start) for i, text in enumerate(texts) for start in _starts(text)]
    for first in range(0, len(parts), _BATCH):
        rows = parts[first : first + _BATCH]
        cuts = _changes([texts[i][start : start + _LONGEST] for i, start in rows], model)
        for (i, start), own in zip(rows, cuts, strict=True):
            found[i] += [start + cut for cut in own]
    return found


def _starts(text: str) -> range:
    """Where the parts of a text begin: all of it is one, unless it is very long."""
    return range(0, len(text) if len(text) >= 2 * LETTERS else 0, _LONGEST)


def _changes(texts: Sequence[str], model: NgramModel) -> list[list[int]]:
    places = [[match.start() for match in _PIECE.finditer(text)] for text in texts]
    scripts = [main_script(text) for text in texts]
    own = [
        tokens(text) if len(starts) >= 2 * WORDS and _is_asked(text, script) else []
        for text, starts, script in zip(texts, places, scripts, strict=True)
    ]
    size = np.array([len(t) if len(t) == len(s) else 0 for t, s in zip(own, places, strict=True)])
    long = np.flatnonzero(size).tolist()
    found: list[list[int]] = [[] for _ in texts]
    if not long:
        return found
    barred = np.array([_barred(model.tags, scripts[i]) for i in long])
    pieces = [piece for i in long for piece in texts[i].split()]
    groups = [group for i in long for group in own[i]]
    words = _bounded(groups, pieces, np.repeat(barred, size[long], axis=0), model)
    ends = np.cumsum(size[long])
    unexplained = -np.add.reduceat(words.scores, ends - size[long], axis=0).max(axis=1)
    for n in np.flatnonzero(unexplained >= 2 * GAIN):
        sentence = words.part(ends[n] - size[long[n]], ends[n])
        found[long[n]] = [places[long[n]][k] for k in _cuts(sentence, 0, len(sentence.sizes))]
    return found


def _is_asked(text: str, script: str) -> bool:
    """False if the script settles the language, or capitals hide the names."""
    return script not in ONE_LANGUAGE and not mostly_capitals(text)


def _bounded(
    groups: list[list[str]], pieces: list[str], barred: NDArray[np.float32], model: NgramModel
) -> _Words:
    """No word says more than so much against a language, and a name less."""
    languages = _languages(model.tags)
    sums = model.sums(groups).astype(np.float32)
    scores = np.maximum.reduceat(sums[:, languages.order], languages.first, axis=1) + barred
    capital = np.array([_is_capital(piece) for piece in pieces])
    letters = np.array(
        [
            0 if _NO_WORD.search(piece) else sum(map(len, group))
            for group, piece in zip(groups, pieces, strict=True)
        ]
    )
    scores -= scores.max(axis=1, keepdims=True)
    worst = np.where(capital, _WORST_NAME, _WORST).astype(np.float32)
    scores = np.maximum(scores, -worst[:, None])
    scores[letters == 0] = 0.0
    sizes = np.stack([letters > 0, letters, (letters > 0) & ~capital], axis=1).astype(np.int64)
    return _Words(scores + barred, sizes)


def _is_capital(piece: str) -> bool:
    return next((char.isupper() for char in piece if char.isalpha()), False)


def _cuts(words: _Words, start: int, end: int) -> list[int]:
    """The numbers of the words before which to cut, in order."""
    best = _best(words.part(start, end))
    if best.gain < GAIN:
        return []
    borders = [start + n for n in (best.start, best.end) if 0 < n < end - start]
    edges = [start, *borders, end]
    inner = [_cuts(words, *part) for part in pairwise(edges)]
    return sorted([*borders, *chain.from_iterable(inner)])


def _best(words: _Words) -> _Cut:
    """The passage whose language explains it best beyond that of the rest."""
    sums = np.pad(np.cumsum(words.scores, axis=0), ((1, 0), (0, 0)))
    sizes = np.pad(np.cumsum(words.sizes, axis=0), ((1, 0), (0, 0)))
    if (sizes[-1] < 2 * _LEAST).any():
        return _Cut(0.0, 0, 0)
    whole = sums[-1].max()
    fits = (sizes >= _LEAST).all(axis=1) & (sizes[-1] - sizes >= _LEAST).all(axis=1)
    halves = sums.max(axis=1) + (sums[-1] - sums).max(axis=1)
    border = int(np.where(fits, halves, -np.inf).argmax())
    found = _Cut(float(halves[border] - whole) if fits[border] else 0.0, border, len(words.sizes))
    first = np.min(
        [
            np.searchsorted(size, size - least, side="right")
            for size, least in zip(sizes.T, _LEAST, strict=True)
        ],
        axis=0,
    )
    ends = np.flatnonzero(first)
    for host in np.argsort(-sums[-1], kind="stable")[:_HOSTS]:
        ahead = sums - sums[:, [host]]
        lowest = np.minimum.accumulate(ahead, axis=0)
        gains = ahead[ends] - lowest[first[ends] - 1]
        row, other = np.unravel_index(gains.argmax(), gains.shape)
        gain = float(gains[row, other] + sums[-1, host] - whole)
        if gain > found.gain:
            end = int(ends[row])
            found = _Cut(gain, int(ahead[: first[end], other].argmin()), end)
    return found


class _Languages(NamedTuple):
    """Tags in groups that are one language here (near twins, scripts): order, and group starts."""

    order: list[int]
    first: list[int]
    names: tuple[str, ...]


@lru_cache(maxsize=8)
def _languages(tags: tuple[str, ...]) -> _Languages:
    groups: dict[str, list[int]] = {}
    for number, tag in enumerate(tags):
        groups.setdefault(min(twins(tag), default=language(tag)), []).append(number)
    order = [number for group in groups.values() for number in group]
    sizes = [len(group) for group in groups.values()]
    first = np.cumsum([0, *sizes[:-1]]).tolist()
    return _Languages(order, first, tuple(tags[group[0]] for group in groups.values()))


@lru_cache(maxsize=64)
def _barred(tags: tuple[str, ...], script: str) -> NDArray[np.float32]:
    allowed = np.array([is_usual(tag, script) for tag in tags])
    groups = _languages(tags)
    own = np.where(allowed, 0.0, _BARRED).astype(np.float32)
    barred: NDArray[np.float32] = np.maximum.reduceat(own[groups.order], groups.first)
    return barred
