"""The marks of a bead as other formats spell them: read with patience, never with a crash."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aligner.model import ROLES, STATUSES, UNIT_KINDS, Role, Status, UnitKind

MOST_DIGITS = 9
"""Longer numbers of parallels and units are taken for damage."""

_ROLES: dict[str, Role] = {role: role for role in ROLES}
_STATUSES: dict[str, Status] = {status: status for status in STATUSES}
_UNITS: dict[str, UnitKind] = {unit: unit for unit in UNIT_KINDS}


def share(said: Any) -> float:
    """A confidence: a number of 0..1, 1.0 where there is none."""
    try:
        return min(1.0, max(0.0, float(said))) if said not in (None, "") else 1.0
    except (ValueError, TypeError, OverflowError):
        return 1.0


def number(said: Any, *, default: int = 0) -> int:
    """A whole number that is not negative."""
    text = str(said).strip() if said is not None else ""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else default


def place(said: Any) -> int:
    """The number of a parallel from 0, written from 1."""
    return max(0, number(said, default=1) - 1)


def role(said: Any) -> Role:
    """The role of a parallel; ``body`` where none is known."""
    return _ROLES.get(str(said), "body")


def status(said: Any) -> Status:
    """The status of a bead; ``auto`` where none is known."""
    return _STATUSES.get(str(said), "auto")


def unit(said: Any) -> UnitKind:
    """The kind of unit; ``sentence`` where none is known."""
    return _UNITS.get(str(said), "sentence")


class Places:
    """Counts units by language, so that every bead of a stream knows where its sides begin."""

    def __init__(self) -> None:
        self._parallel = -1
        self._counts: dict[str, int] = {}

    def take(
        self, parallel: int, langs: Sequence[str], texts: Sequence[Sequence[str]]
    ) -> tuple[int, ...]:
        """The number of the first unit of every side in its parallel."""
        if parallel != self._parallel:
            self._parallel, self._counts = parallel, {}
        counts = self._counts
        first = tuple([counts.get(lang, 0) for lang in langs])
        for lang, start, side in zip(langs, first, texts, strict=True):
            counts[lang] = start + len(side)
        return first
