"""One language per unit from all evidence together: soft prior, Viterbi, posteriors.

Arrays are (units, languages); all evidence is ln p, so it adds up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FLOOR = -5.0  # a language never seen before is 150 times less likely than the only one seen


def soft_prior(evidence: NDArray[np.float64], lengths: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much of the document each language seems to hold, as ln p, never below -5.

    ``evidence`` and ``lengths`` (in letters) are those of the units long enough to trust.
    """
    posterior = _softmax(evidence)
    posterior[posterior <= 0.05] = 0.0
    held = np.minimum(lengths, 200.0) @ posterior
    prior: NDArray[np.float64] = np.log((held + 0.5) / (held.sum() + 1.0))
    return np.maximum(_FLOOR, prior)


def best_path(evidence: NDArray[np.float64], costs: NDArray[np.float64]) -> list[int]:
    """The language numbers, one a unit, of the cheapest path (Viterbi).

    ``costs[i]`` is what a change of language before unit i costs.
    """
    score = evidence[0].copy()
    came: list[NDArray[np.bool_]] = []
    leaders: list[int] = []
    for row, cost in zip(evidence[1:], costs[1:], strict=True):
        leader = int(score.argmax())
        changed = score[leader] - cost
        stays = score >= changed
        came.append(stays)
        leaders.append(leader)
        score = np.where(stays, score, changed) + row
    path = [int(score.argmax())]
    for stays, leader in zip(reversed(came), reversed(leaders), strict=True):
        path.append(path[-1] if stays[path[-1]] else leader)
    return path[::-1]


def posteriors(evidence: NDArray[np.float64], costs: NDArray[np.float64]) -> NDArray[np.float64]:
    """The probability of every language for every unit, given all units (forward-backward)."""
    emitted = np.exp(evidence - evidence.max(axis=1, keepdims=True))
    switch = np.exp(-costs)
    forward = np.empty_like(emitted)
    forward[0] = emitted[0] / emitted[0].sum()
    for i in range(1, len(emitted)):
        forward[i] = emitted[i] * _moved(forward[i - 1], switch[i])
        forward[i] /= forward[i].sum()
    backward = np.ones_like(emitted)
    for i in range(len(emitted) - 2, -1, -1):
        backward[i] = _moved(emitted[i + 1] * backward[i + 1], switch[i + 1])
        backward[i] /= backward[i].sum()
    both: NDArray[np.float64] = forward * backward
    both /= both.sum(axis=1, keepdims=True)
    return both


def _moved(mass: NDArray[np.float64], switch: float) -> NDArray[np.float64]:
    moved: NDArray[np.float64] = mass * (1.0 - switch) + mass.sum() * switch
    return moved


def _softmax(evidence: NDArray[np.float64]) -> NDArray[np.float64]:
    raised = np.exp(evidence - evidence.max(axis=1, keepdims=True))
    shares: NDArray[np.float64] = raised / raised.sum(axis=1, keepdims=True)
    return shares
