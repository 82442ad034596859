"""How sure a bead is: a calibrated probability."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aligner.align.rounds import Tables
    from aligner.protocols import Band


def confidence(
    band: Band,
    tables: Tables,
    before: NDArray[np.float32],
    cells: NDArray[np.int64],
    kinds: NDArray[np.int32],
) -> NDArray[np.float64]:
    """The probability that each bead of a path is right."""
    value = np.sqrt(tables.posterior[cells, kinds] * before[cells, kinds].astype(np.float64))
    return np.asarray(value.clip(0, 1))
