"""Loops compiled by numba where it pays, the same source run as plain Python where it does not.

A kernel is one function in the common subset of Python and numba: arrays in, arrays filled. Both
ways give the same numbers. Importing and loading compiled code costs about half a second, more
than a short abstract takes in all, so that small work runs plain unless numba is there already.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, Literal

Way = Literal["auto", "plain", "compiled"]

LARGE = 60_000
"""Steps of work from which on compiled code is worth its loading."""


class Kernel:
    """A function over arrays; ``kernel(work, *arrays)`` runs it plain or compiled.

    ``plain`` is what runs without numba, if that is not the function itself.
    """

    def __init__(
        self, function: Callable[..., Any], *, plain: Callable[..., Any] | None = None
    ) -> None:
        self._function = function
        self.plain = plain or function
        self._fast: Callable[..., Any] | None = None

    def __call__(self, work: float, *arrays: Any) -> Any:
        """Run over ``arrays``; ``work`` is about the number of innermost steps."""
        if work < LARGE and "numba" not in sys.modules:
            return self.plain(*arrays)
        return self.fast(*arrays)

    @property
    def fast(self) -> Callable[..., Any]:
        """The compiled form, kept on disk beside the package or in the user's cache folder."""
        if self._fast is None:
            import numba

            options = {"nogil": True, "error_model": "numpy"}
            try:
                self._fast = numba.njit(cache=True, **options)(self._function)
            except RuntimeError:  # no folder to keep it in: a read-only installation and home
                self._fast = numba.njit(**options)(self._function)
        return self._fast
