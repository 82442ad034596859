"""What the model says of words: sparse weights over concepts, as flat arrays (CSR)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WEIGHT = 250.0
"""A weight w (square root of a probability) is stored as the whole number nearest to 250 w."""


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
class Tongue:
    """One language of a model: feature codes in ascending order, and a row for each."""

    codes: NDArray[np.uint32]
    starts: NDArray[np.uint32]
    concepts: NDArray[np.uint16]
    weights: NDArray[np.uint8]

    def find(self, chains: Sequence[Sequence[int]]) -> NDArray[np.int64]:
        """Per chain of feature codes, shortest first, the row of the longest known, or -1."""
        import numpy as np

        lengths = np.array([len(chain) for chain in chains], np.int64)
        flat = np.array([code for chain in chains for code in chain], np.uint32)
        if not len(flat) or not len(self.codes):
            return np.full(len(chains), -1, np.int64)
        at = np.minimum(np.searchsorted(self.codes, flat), len(self.codes) - 1)
        known = np.flatnonzero(self.codes[at] == flat)
        owner = np.repeat(np.arange(len(chains)), lengths)[known]
        found = np.full(len(chains), -1, np.int64)
        found[owner] = at[known]  # ascending: the last, longest one stays
        return found

    def rows(self, found: NDArray[np.int64]) -> Rows:
        """The rows of these numbers as unit vectors; -1 gives an empty row."""
        import numpy as np

        known = np.maximum(found, 0)
        first = self.starts[known].astype(np.int64)
        sizes = np.where(found >= 0, self.starts[known + 1].astype(np.int64) - first, 0)
        starts = np.concatenate(([0], np.cumsum(sizes)))
        owner = np.repeat(np.arange(len(found)), sizes)
        source = np.arange(starts[-1]) - starts[owner] + first[owner]
        raw = self.weights[source].astype(np.float32)
        norm = np.sqrt(np.bincount(owner, raw * raw, len(found)))
        weights = (raw / np.maximum(norm, 1e-9)[owner]).astype(np.float32)
        return Rows(starts, self.concepts[source].astype(np.int32), weights)
