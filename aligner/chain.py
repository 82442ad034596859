"""The best rising chain of matches in a banded table: what every rough path is found by.

The way goes through cells (row, column) from the first one on, a row or a column or both at a
time. A step to both is free and takes the cell's value if that is above 0; a step to one side
costs ``toll``, so that gaps are stepped over where what lies behind them is worth it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from aligner.compiled import Kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray


def best_chain(
    lo: NDArray[np.int32],
    hi: NDArray[np.int32],
    table: NDArray[np.float32],
    *,
    toll: float = 0.0,
    open_end: bool = False,
) -> tuple[NDArray[np.int32], NDArray[np.int32], float]:
    """Find the best chain.

    In: the first and last column of every row, both rising, and the values of the cells, float32,
    row after row. With ``open_end`` the way may end at any cell of the last row, else at the last.
    Out: rows and columns of the cells with a value on the way, in order, and its value in all.
    """
    offsets = np.concatenate([[0], np.cumsum(hi - lo + 1, dtype=np.int64)])
    found = np.zeros((min(len(lo), int(hi[-1] - lo[0]) + 1), 2), np.int32)
    value = np.zeros(1)
    count = _CHAIN(
        len(table) * 6.0, lo, hi, offsets, table, toll, int(open_end), np.zeros(len(table)),
        np.zeros(len(table), np.int8), found, value,
    )  # fmt: skip
    rows, cols = found[:count][::-1].T
    return rows, cols, float(value[0])


def _chain(  # noqa: C901, PLR0912 - one loop for numba
    lo: Any, hi: Any, offsets: Any, table: Any, toll: float, open_end: int, total: Any, back: Any,
    found: Any, value: Any,
) -> int:  # fmt: skip
    """Fill ``found`` backwards with the cells of the best chain, and give their number."""
    for r in range(len(lo)):
        for c in range(lo[r], hi[r] + 1):
            cell = offsets[r] + c - lo[r]
            top = -1e300
            kind = 0
            if r == 0 and c == lo[0]:
                top = max(table[cell], 0.0)
                kind = 3
            if r > 0 and lo[r - 1] < c:
                near = min(c - 1, hi[r - 1])
                before = total[offsets[r - 1] + near - lo[r - 1]] - toll * (c - 1 - near)
                top = before + max(table[cell], 0.0)
                kind = 3
            if c > lo[r] and total[cell - 1] - toll > top:
                top = total[cell - 1] - toll
                kind = 1
            if r > 0 and lo[r - 1] <= c:
                near = min(c, hi[r - 1])
                above = total[offsets[r - 1] + near - lo[r - 1]] - toll * (c - near + 1)
                if above > top:
                    top = above
                    kind = 2
            total[cell] = top
            back[cell] = kind
    r = len(lo) - 1
    c = hi[r]
    if open_end:
        for k in range(lo[r], hi[r]):
            if total[offsets[r] + k - lo[r]] > total[offsets[r] + c - lo[r]]:
                c = k
    value[0] = total[offsets[r] + c - lo[r]]
    count = 0
    while r >= 0 and c >= lo[r]:
        c = min(c, hi[r])
        kind = back[offsets[r] + c - lo[r]]
        if kind == 1:
            c -= 1
        elif kind == 2:
            r -= 1
        elif kind == 3:
            if table[offsets[r] + c - lo[r]] > 0.0:
                found[count, 0] = r
                found[count, 1] = c
                count += 1
            r -= 1
            c -= 1
        else:
            break
    return count


_CHAIN: Any = Kernel(_chain)
