"""The laws of evidence: what lengths and shared features say, in log odds that add up.

Lengths after Gale and Church (1993); numbers, names, cognates and concepts by the cosine of their
weights. All functions take arrays that can be broadcast against one another.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from aligner.match.evidence import KINDS, Kinds, Weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Odds = NDArray[Any]

LAWS = ((-1.5, 39.0, 9.0), (-4.0, 60.0, 6.0))
"""Per kind of features: log odds where nothing is shared, their growth with the cosine, the most.

Numbers, names and cognates: versions share some 9 % of the weight, other texts some 2 % (two
exponential laws). Concepts: some 17 % (11 % Chinese and English), others 3.7 %.
"""
CHANCE = (0.02, 0.037)
"""The cosine that other texts reach, by kind of features."""
MANY = 40.0
"""With fewer features than this, what is not shared says less."""

LEAST = 1e-9
"""Instead of nought below a line."""


def length_odds(left: Odds, right: Odds) -> Odds:
    """Log ratio of lengths, near 0 for versions, anything for other texts."""
    import numpy as np

    spread = np.sqrt(0.2**2 + 5.0 / (1.0 + np.minimum(left, right)))
    distance = np.log((left + 5.0) / (right + 5.0)) / spread
    odds: Odds = np.maximum(np.log(0.7 / spread) - distance**2 / 2, -6.0)
    return odds


def content_odds(kind: int, shared: Odds, norm: Odds, fewest: Odds) -> Odds:
    """Log odds of sharing so much weight of features, of which the poorer side has ``fewest``."""
    import numpy as np

    against, growth, most = LAWS[kind]
    gain = np.minimum(growth * shared / np.maximum(norm, LEAST), 0.8 * shared)
    odds: Odds = np.minimum(against * np.minimum(1.0, fewest / MANY) + gain, most)
    return odds


def part_odds(
    kind: int,
    shared: Odds,
    squares: Odds,
    share: Odds,
    fewest: Odds,
) -> Odds:
    """The same for a part that is ``share`` of its side, compared with the whole other side.

    What it shares by chance is taken off; what it shares as a version is measured against its
    share of the other side.
    """
    import numpy as np

    norm = np.sqrt(squares)
    own = np.maximum(shared - CHANCE[kind] * norm, 0.0)
    return content_odds(kind, own, norm * np.sqrt(share), fewest)


def texts_odds(
    left: Kinds, right: Kinds, left_size: float, right_size: float, weights: Weights
) -> float:
    """Log odds of two whole texts by length and content alone."""
    import numpy as np

    total = float(length_odds(np.array([left_size]), np.array([right_size]))[0])
    for kind in KINDS:
        sums = [math.fsum(weights[f] for f in sorted(side[kind])) for side in (left, right)]
        shared = math.fsum(weights[f] for f in sorted(left[kind] & right[kind]))
        fewest = np.array([min(len(left[kind]), len(right[kind]))], float)
        norm = np.array([math.sqrt(sums[0] * sums[1])])
        total += float(content_odds(kind, np.array([shared]), norm, fewest)[0])
    return total
