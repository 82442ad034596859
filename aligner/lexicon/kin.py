"""Concepts that are near each other: what the words of all languages say together.

*Road*, *way* and *path* are three concepts, and to a text they are often one. Two concepts are kin
as far as the same words stand for both: one step of a random walk from concept to word to concept.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from aligner.lexicon.rows import Said, Tongue

SHARE = 0.3
"""How much of what a word says goes to the kin of its concepts, which they themselves are too."""

LEAST = 0.02
"""Kin less near than this are left out."""

FAINT = 0.01
"""Of kin that would get less than this chance a word says nothing."""


def kin(tongues: Sequence[Tongue], concepts: int) -> Tongue:
    """Rows of all languages in; per concept its kin and how near they are out, as rows."""
    cells: Any = np.zeros(0, np.int64)
    values: Any = np.zeros(0)
    for tongue in tongues:
        here, value = _met(tongue)
        cells, place = np.unique(np.concatenate([cells, here]), return_inverse=True)
        values = np.bincount(place, np.concatenate([values, value]), len(cells))
    one = cells >> 32
    near = values / np.bincount(one, values, concepts)[one]
    kept = near >= LEAST
    return Tongue(
        np.zeros(0, np.uint32),
        np.bincount(one[kept], minlength=concepts).astype(np.uint8),
        (cells[kept] & 0xFFFFFFFF).astype(np.uint16),
        np.rint(255 * near[kept]).astype(np.uint8),
    )


def _met(tongue: Tongue) -> tuple[Any, Any]:
    """Pairs of concepts that share a row, as one number each, and their common chance."""
    rows = np.arange(len(tongue.sizes), dtype=np.int64)
    said = tongue.say(rows, rows, np.ones(len(rows)))
    one, other = tongue.entries(said.owners)
    cell = said.concepts[one].astype(np.int64) << 32 | said.concepts[other]
    cells, place = np.unique(cell, return_inverse=True)
    return cells, np.bincount(place, said.chances[one] * said.chances[other], len(cells))


def spread(said: Said, near: Tongue) -> tuple[Said, Said]:
    """What is said, and what that says of the kin of its concepts, ``SHARE`` of it in all."""
    word, place = near.entries(said.concepts.astype(np.int64))
    chances = said.chances[word] * (SHARE / 255) * near.weights[place]
    heard = chances >= FAINT
    return (
        Said(said.owners, said.concepts, said.chances * (1 - SHARE)),
        Said(
            said.owners[word[heard]],
            near.concepts[place[heard]].astype(np.int32),
            chances[heard],
        ),
    )
