"""Loops compiled where it pays, the same source run as plain Python where it does not.

A kernel is one function in the common subset of Python and numba: arrays and numbers in, arrays
filled, a whole number or nothing out; it makes no arrays itself. Both ways give the same numbers.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

LARGE = 20_000
"""Steps of work from which on compiled code is worth its loading."""


class Kernel:
    """A function over arrays; ``kernel(work, *arrays)`` runs it plain or compiled.

    ``plain`` is what runs without compiling, if that is not the function itself. With ``loose``
    sums may be taken in another order, several terms at a time.
    """

    def __init__(
        self,
        function: Callable[..., Any],
        *,
        plain: Callable[..., Any] | None = None,
        loose: bool = False,
    ) -> None:
        self._function = function
        self._loose = loose
        self.plain = plain or function
        self._by_types: dict[tuple[Any, ...], Callable[..., Any]] = {}

    def __call__(self, work: float, *arrays: Any) -> Any:
        """Run over ``arrays``; ``work`` is about the number of innermost steps."""
        if work < LARGE and "llvmlite" not in sys.modules:
            return self.plain(*arrays)
        return self.fast(*arrays)

    def fast(self, *arrays: Any) -> Any:
        """Run compiled: from machine code kept by an earlier process, else compiled by numba."""
        from aligner.compiled.machine import compiled, kind

        kinds = tuple(map(kind, arrays))
        found = self._by_types.get(kinds)
        if found is None:
            found = self._by_types[kinds] = compiled(self._function, arrays, self._loose)
        return found(*arrays)
