"""A progress bar, where somebody watches and the work is long."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

PATIENCE = 2.0
"""Seconds of work before a bar appears."""


@contextmanager
def progress_bar(*, shown: bool = True) -> Iterator[Callable[[str, float], None]]:
    """Give a callback (name of the work, share done) that draws a bar on standard error.

    It draws nothing if ``shown`` is false, standard error is no terminal, or the work is short.
    """
    if not shown or not sys.stderr.isatty():
        yield lambda _work, _share: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    task = bar.add_task("starting", total=1.0)
    begun = time.monotonic()

    def report(work: str, share: float) -> None:
        if not bar.live.is_started and time.monotonic() - begun > PATIENCE:
            bar.start()
        bar.update(task, description=work, completed=share)

    try:
        yield report
    finally:
        if bar.live.is_started:
            bar.stop()
