"""The inner loop of comparing words, in the common subset of Python and numba."""
# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

from aligner.compiled import Kernel


def _cosines(starts, first, end, weights, words, shelved, sums, touched, least, rows, cols, values):
    """Count (and, where there is room, write) the pairs of words with a cosine above ``least``.

    Entry k of a word on the left has its concept's words on the right at ``first[k]:end[k]``.
    ``sums`` and ``touched`` are zeros, one a word on the right.
    """
    found = 0
    for row in range(len(starts) - 1):
        count = 0
        for k in range(starts[row], starts[row + 1]):
            weight = weights[k]
            for place in range(first[k], end[k]):
                col = words[place]
                if sums[col] == 0.0:
                    touched[count] = col
                    count += 1
                sums[col] += weight * shelved[place]
        for k in range(count):
            col = touched[k]
            if sums[col] > least:
                if found < len(rows):
                    rows[found] = row
                    cols[found] = col
                    values[found] = sums[col]
                found += 1
            sums[col] = 0.0
    return found


COSINES = Kernel(_cosines)
