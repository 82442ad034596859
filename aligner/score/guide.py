"""Where rare words of the one text stand in the other: points that a rough path goes through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aligner.score.tokens import NUMBER, WORD, Words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Points = tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]

RARE = 8
"""A word that stands more often than this on either side shows no place."""


def points(a: Words, b: Words) -> Points:
    """Units of a, units of b, and weights: places where rare words of one skeleton stand."""
    common_a = np.bincount(a.ids, minlength=len(a.types))
    common_b = np.bincount(b.ids, minlength=len(b.types))
    rows, cols = _same_skeleton(a, b, common_a <= RARE, common_b <= RARE)
    rare = (common_a[rows] <= RARE) & (common_b[cols] <= RARE)
    rare &= (common_a[rows] > 0) & (common_b[cols] > 0)
    rows, cols = rows[rare], cols[rare]
    weight = 1.0 / np.maximum(common_a[rows], common_b[cols])
    first_a, many_a, units_a = _places(a, rows, common_a)
    first_b, many_b, units_b = _places(b, cols, common_b)
    total = many_a * many_b
    pair = np.repeat(np.arange(len(rows)), total)
    nth = np.arange(len(pair)) - np.repeat(np.cumsum(total) - total, total)
    return (
        units_a[first_a[pair] + nth // many_b[pair]],
        units_b[first_b[pair] + nth % many_b[pair]],
        weight[pair],
    )


def _places(
    side: Words, types: NDArray[np.int32], common: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int32]]:
    """Where the occurrences of each type begin in the list of units, how many, and the list."""
    wanted = np.zeros(len(side.types), bool)
    wanted[types] = True
    place = np.flatnonzero(wanted[side.ids]) if len(side.ids) else np.zeros(0, np.int64)
    order = np.argsort(side.ids[place], kind="stable")
    units = (np.searchsorted(side.starts, place[order], side="right") - 1).astype(np.int32)
    kept = np.where(wanted, common, 0)
    starts = np.cumsum(kept) - kept
    return starts[types], kept[types], units


def _same_skeleton(
    a: Words, b: Words, rare_a: NDArray[np.bool_], rare_b: NDArray[np.bool_]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    where: dict[str, list[int]] = {}
    for k in np.flatnonzero(rare_b).tolist():
        bones = _bones(b, k)
        if bones:
            where.setdefault(bones, []).append(k)
    pairs = [
        (k, other)
        for k in np.flatnonzero(rare_a).tolist()
        for other in where.get(_bones(a, k), ())[:4]
    ]
    both = np.array(pairs, np.int32).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def _bones(side: Words, k: int) -> str:
    if side.kinds[k] == NUMBER:
        return side.types[k] if len(side.types[k]) > 1 else ""
    if side.kinds[k] != WORD:
        return ""
    return side.bones[k] if len(side.bones[k]) >= 4 else ""
