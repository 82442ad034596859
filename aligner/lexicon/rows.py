"""What the model says of words: sparse weights over concepts, as flat arrays (CSR)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from aligner.lexicon.keys import codes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WEIGHT = 250.0
"""A weight w (square root of a probability) is stored as the whole number nearest to 250 w."""

ENTRIES = 16
"""Concepts of a word that are looked at."""


@dataclass(frozen=True, slots=True)
class Rows:
    """n words as weights over concepts: word i has entries ``starts[i]`` to ``starts[i + 1]``."""

    starts: NDArray[np.int64]
    concepts: NDArray[np.int32]
    weights: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def owners(self) -> NDArray[np.int64]:
        """For each entry, the word it belongs to."""
        import numpy as np

        return np.repeat(np.arange(len(self)), np.diff(self.starts))


@dataclass(frozen=True, slots=True)
class Said:
    """Concepts said by words, not summed up: entry k gives word ``owners[k]`` some probability."""

    owners: NDArray[np.int64]
    concepts: NDArray[np.int32]
    chances: NDArray[np.float64]


@dataclass(frozen=True)
class Tongue:
    """Rows by number: how many entries each has, their concepts and weights.

    Of a language they are found by feature: ``codes`` ascend, one for each row.
    """

    codes: NDArray[np.uint32]
    sizes: NDArray[np.uint8]
    concepts: NDArray[np.uint16] = field(repr=False)
    weights: NDArray[np.uint8] = field(repr=False)

    @cached_property
    def _starts(self) -> NDArray[np.int64]:
        import numpy as np

        return np.concatenate(([0], np.cumsum(self.sizes, dtype=np.int64)))

    def find(self, chains: Sequence[Sequence[str]]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Per chain of features, shortest first, the row of the longest known, or -1.

        And whether that is the last of the chain.
        """
        import numpy as np

        lengths = np.fromiter(map(len, chains), np.int64, len(chains))
        flat = np.fromiter(codes(chain.from_iterable(chains)), np.uint32, int(lengths.sum()))
        found = np.full(len(chains), -1, np.int64)
        whole = np.zeros(len(chains), bool)
        if not len(flat) or not len(self.codes):
            return found, whole
        at = np.minimum(np.searchsorted(self.codes, flat), len(self.codes) - 1)
        known = np.flatnonzero(self.codes[at] == flat)
        owner = np.repeat(np.arange(len(chains)), lengths)[known]
        found[owner] = at[known]  # ascending: the last, longest one stays
        whole[owner] = known + 1 == np.cumsum(lengths)[owner]
        return found, whole

    def entries(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Every entry of these rows: the place of its row in ``rows``, and its own place."""
        import numpy as np

        first = self._starts[rows]
        sizes = self._starts[rows + 1] - first
        row = np.repeat(np.arange(len(rows)), sizes)
        return row, np.arange(len(row)) + (first - np.cumsum(sizes) + sizes)[row]

    def say(
        self, owners: NDArray[np.int64], found: NDArray[np.int64], share: NDArray[np.float64]
    ) -> Said:
        """The rows ``found`` (-1: none) on behalf of ``owners``, their chances times ``share``."""
        import numpy as np

        known = found >= 0
        owners, found, share = owners[known], found[known], share[known]
        word, source = self.entries(found)
        chance = self.weights[source].astype(np.float64) ** 2
        total = np.maximum(np.bincount(word, chance, len(found)), 1e-9)
        return Said(
            owners[word],
            self.concepts[source].astype(np.int32),
            chance * (share / total)[word],
        )


def summed(parts: Sequence[Said], size: int) -> Rows:
    """What several parts say of ``size`` words as unit vectors, the strongest entries of each."""
    import numpy as np

    owners = np.concatenate([part.owners for part in parts])
    cell, place = np.unique(
        owners << 32 | np.concatenate([part.concepts for part in parts]), return_inverse=True
    )
    chance = np.bincount(place, np.concatenate([part.chances for part in parts]), len(cell))
    owner = cell >> 32
    order = np.lexsort((-chance, owner))
    rank = np.arange(len(order)) - np.searchsorted(owner, owner, "left")
    kept = np.sort(order[rank < ENTRIES])
    owner, chance = owner[kept], chance[kept]
    total = np.bincount(owner, chance, size)
    starts = np.concatenate(([0], np.cumsum(np.bincount(owner, minlength=size))))
    return Rows(
        starts,
        (cell[kept] & 0xFFFFFFFF).astype(np.int32),
        np.sqrt(chance / np.maximum(total, 1e-12)[owner]).astype(np.float32),
    )
