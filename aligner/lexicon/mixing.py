"""Expectation maximisation over word pairs, compiled: which word of a text says which concept.

An IBM model 1 (Brown et al. 1993) without direction: one table of ratios R(word, concept) =
P(concept | word) / P(concept) serves both ways, and a pair counts as far as both ways agree
(Liang, Taskar and Klein 2006).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numba
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_TEXTS = 6
"""Of a group with many texts in one language, the first six take part."""

LONGEST = 40
"""Texts of more words than this teach little for what they cost and are left out."""


@numba.njit(cache=True)  # type: ignore[untyped-decorator]
def couple(
    starts_a: Any, groups_a: Any, starts_b: Any, groups_b: Any
) -> Any:  # pragma: no cover - compiled
    """Numbers of texts that share a group, and the weight of each couple (1 / sqrt(couples))."""
    left, right, weight = [0 for _ in range(0)], [0 for _ in range(0)], [0.0 for _ in range(0)]
    i = j = 0
    while i < len(groups_a) and j < len(groups_b):
        if groups_a[i] < groups_b[j]:
            i += 1
            continue
        if groups_b[j] < groups_a[i]:
            j += 1
            continue
        group, end_a, end_b = groups_a[i], i, j
        while end_a < len(groups_a) and groups_a[end_a] == group:
            end_a += 1
        while end_b < len(groups_b) and groups_b[end_b] == group:
            end_b += 1
        share = 1.0 / np.sqrt((end_a - i) * (end_b - j))
        for a in range(i, min(end_a, i + MOST_TEXTS)):
            for b in range(j, min(end_b, j + MOST_TEXTS)):
                size_a, size_b = starts_a[a + 1] - starts_a[a], starts_b[b + 1] - starts_b[b]
                alike = size_a <= 4 * size_b + 4 and size_b <= 4 * size_a + 4
                if alike and size_a <= LONGEST and size_b <= LONGEST:
                    left.append(a)
                    right.append(b)
                    weight.append(share)
        i, j = end_a, end_b
    return left, right, weight


@numba.njit(cache=True)  # type: ignore[untyped-decorator]
def cells(
    left: Any, right: Any, flat_a: Any, starts_a: Any, flat_b: Any, starts_b: Any
) -> Any:  # pragma: no cover - compiled
    """Every (word, concept) of every couple as one number, couple by couple, row by row."""
    size = 0
    for p in range(len(left)):
        a, b = left[p], right[p]
        size += (starts_a[a + 1] - starts_a[a]) * (starts_b[b + 1] - starts_b[b])
    found = np.empty(size, np.int64)
    at = 0
    for p in range(len(left)):
        a, b = left[p], right[p]
        for i in range(starts_a[a], starts_a[a + 1]):
            for j in range(starts_b[b], starts_b[b + 1]):
                found[at] = np.int64(flat_a[i]) << 32 | flat_b[j]
                at += 1
    return found


@numba.njit(cache=True)  # type: ignore[untyped-decorator]
def number(found: Any) -> Any:  # pragma: no cover - compiled
    """The different cells in order of appearance, and for every cell its number among them."""
    size = 1024
    while size < 2 * len(found) and size < 1 << 26:
        size *= 2
    table = np.full(size, -1, np.int32)
    different, numbers = np.empty(len(found), np.int64), np.empty(len(found), np.int32)
    count = 0
    for t in range(len(found)):
        cell = found[t]
        mixed = np.uint64(cell) * np.uint64(0x9E3779B97F4A7C15)
        slot = np.int64(mixed >> np.uint64(20)) & (size - 1)
        while table[slot] >= 0 and different[table[slot]] != cell:
            slot = (slot + 1) & (size - 1)
        if table[slot] < 0:
            table[slot] = count
            different[count] = cell
            count += 1
        numbers[t] = table[slot]
    return different[:count].copy(), numbers


@numba.njit(cache=True)  # type: ignore[untyped-decorator]
def expect(
    left: Any,
    right: Any,
    weight: Any,
    starts_a: Any,
    starts_b: Any,
    numbers: Any,
    ratio: Any,
    agree: Any,
) -> Any:  # pragma: no cover - compiled
    """Expected counts per cell; without ``agree`` the mean of both ways, with it their product."""
    counts = np.zeros(len(ratio))
    by_row, by_column = np.empty(LONGEST), np.empty(LONGEST)
    at = 0
    for p in range(len(left)):
        n = starts_a[left[p] + 1] - starts_a[left[p]]
        m = starts_b[right[p] + 1] - starts_b[right[p]]
        by_row[:n] = 1.0  # no word at all is as likely as an unrelated one
        by_column[:m] = 1.0
        for i in range(n):
            for j in range(m):
                r = ratio[numbers[at + i * m + j]]
                by_row[i] += r
                by_column[j] += r
        for i in range(n):
            for j in range(m):
                cell = numbers[at + i * m + j]
                one, other = ratio[cell] / by_row[i], ratio[cell] / by_column[j]
                counts[cell] += weight[p] * (one * other if agree else 0.5 * (one + other))
        at += n * m
    return counts


def tally(flat: NDArray[Any], starts: NDArray[Any], chosen: Any, weight: Any, size: int) -> Any:
    """How often each word stands in the chosen texts, by weight."""
    sizes = starts[chosen + 1] - starts[chosen]
    begins = np.cumsum(sizes) - sizes
    owner = np.repeat(np.arange(len(chosen)), sizes)
    place = np.arange(len(owner)) - begins[owner] + starts[chosen][owner]
    return np.bincount(flat[place], weight[owner], size)
