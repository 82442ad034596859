"""Words that look alike in two languages, across scripts: names, loans, numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aligner.score.kernels import COSINES
from aligner.score.tokens import MARK, NUMBER, WORD, Words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Sparse = tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]

LEAST = 0.45
"""Cosine of two skeletons from which on they count as alike."""

SAME_NUMBER = 2.0
"""What equal numbers count, where words of the same form count 1: nobody translates them."""

GROUPS = 784 + 2 * 28**3
"""Numbers of letter groups: of two letters, of three, and of the first three of a word."""


def cognates(a: Words, b: Words) -> Sparse:
    """The words of two versions in; (type of a, type of b, value) of pairs that look alike out.

    Values: cosine of letter n-grams of the romanised skeletons, 1 for the same form, 2 for the
    same number. Chinese and Japanese characters are alike only if they are the same.
    """
    rows, cols, values = _alike(a, b)
    same = _same(a, b)
    alike = ~_among(
        rows.astype(np.int64) * len(b.types) + cols,
        same[0].astype(np.int64) * len(b.types) + same[1],
    )
    return (
        np.concatenate([same[0], rows[alike]]),
        np.concatenate([same[1], cols[alike]]),
        np.concatenate([same[2], values[alike]]),
    )


def _among(keys: NDArray[np.int64], known: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which keys are among the known ones, which are sorted."""
    if not len(known):
        return np.zeros(len(keys), bool)
    place = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    return np.asarray(known[place] == keys)


def _same(a: Words, b: Words) -> Sparse:
    """Pairs of types that are the same word, number or mark."""
    where = {
        _face(name, kind): k for k, (name, kind) in enumerate(zip(b.types, b.kinds, strict=True))
    }
    rows, cols, values = [], [], []
    for k, (name, kind) in enumerate(zip(a.types, a.kinds, strict=True)):
        other = where.get(_face(name, kind))
        if other is not None:
            rows.append(k)
            cols.append(other)
            values.append(SAME_NUMBER if kind == NUMBER else 1.0)
    return np.array(rows, np.int32), np.array(cols, np.int32), np.array(values, np.float64)


def _face(name: str, kind: int) -> str:
    """The form under which two types are the same; marks are romanised first."""
    if kind != MARK or name.isascii():
        return name
    from anyascii import anyascii

    return anyascii(name)[:1] or name


def _alike(a: Words, b: Words) -> Sparse:
    """Pairs of words whose skeletons share enough of their letter groups."""
    spread_a, spread_b = _features(a), _features(b)
    if not len(spread_a[1]) or not len(spread_b[1]):
        return np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0)
    in_a = np.bincount(spread_a[1], minlength=GROUPS)
    in_b = np.bincount(spread_b[1], minlength=GROUPS)
    rare = np.log((len(a.types) + len(b.types)) / np.maximum(in_a + in_b, 1)) ** 2
    weight = np.maximum(rare, 1e-9)  # 0 means "not met yet" in the loop below
    by_gram = np.argsort(spread_b[1], kind="stable")
    owner = np.repeat(np.arange(len(b.types), dtype=np.int32), np.diff(spread_b[0]))[by_gram]
    postings = np.concatenate([[0], np.cumsum(in_b)]).astype(np.int64)
    norm_a, norm_b = _norms(spread_a, weight), _norms(spread_b, weight)
    work = float((in_a.astype(float) * in_b).sum()) + 5.0 * len(a.types)
    arrays = (spread_a[0], spread_a[1], postings, owner, weight, norm_a, norm_b, LEAST)
    rooms = (np.zeros(len(norm_b)), np.zeros(len(norm_b), np.int32))
    room = 8 * (len(a.types) + len(b.types))
    while True:
        rows, cols, values = np.zeros(room, np.int32), np.zeros(room, np.int32), np.zeros(room)
        found = int(COSINES(work, *arrays, *rooms, rows, cols, values))
        if found <= room:
            return rows[:found], cols[:found], values[:found]
        room = found


def _features(side: Words) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """The letter groups of every word type as a sparse matrix (starts, numbers of groups).

    Groups of two and three letters, and the first two and three once more as a beginning.
    """
    usable = [
        bones if kind == WORD and len(bones) >= 2 else ""
        for bones, kind in zip(side.bones, side.kinds.tolist(), strict=True)
    ]
    text = np.frombuffer("".join(f"{{{bones}|||" for bones in usable).encode(), np.uint8)
    letter = text.astype(np.int64) - ord("a")  # { is 26, | is 27
    owner = np.cumsum(letter == 26) - 1
    one, two, three, four = (letter[k : len(letter) - 3 + k] for k in range(4))
    owner = owner[: len(one)]
    ends = 27
    parts = (
        (one * 28 + two, (one < 26) & (two != ends)),
        (784 + (one * 28 + two) * 28 + three, (two != ends) & (three != ends)),
        (
            784 + 28**3 + (two * 28 + three) * 28 + four,
            (one == 26) & (three != ends) & (four != ends),
        ),
    )
    keys = np.concatenate([(owner * GROUPS + group)[fits] for group, fits in parts])
    keys.sort()
    keys = keys[np.diff(keys, prepend=-1) != 0]
    counts = np.bincount(keys // GROUPS, minlength=len(side.types))
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return starts, (keys % GROUPS).astype(np.int32)


def _norms(
    spread: tuple[NDArray[np.int64], NDArray[np.int32]], weight: NDArray[np.float64]
) -> NDArray[np.float64]:
    sums = np.concatenate([[0.0], np.cumsum(weight[spread[1]])])
    return np.asarray(np.sqrt(sums[spread[0][1:]] - sums[spread[0][:-1]]))
