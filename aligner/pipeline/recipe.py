"""What made a result: every tool with its version and settings, in the order of the work."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

from aligner.model import Step
from aligner.pipeline.options import Options
from aligner.version import __version__


def recipe(langs: Sequence[str], options: Options) -> tuple[Step, ...]:
    """The steps of a run: the declared languages and the options given in, the steps out."""
    given = {"langs": ",".join(langs), **{name: _shown(value) for name, value in options.items()}}
    settings = tuple((name, value) for name, value in sorted(given.items()) if value)
    return (
        Step("aligner", __version__, settings),
        Step("py3langid", version("py3langid")),
        Step("langdetect", version("langdetect")),
    )


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple | list):
        return ",".join(_shown(item) for item in value)
    if isinstance(value, str | int | float | bool):
        return str(value)
    return getattr(value, "name", "") if hasattr(value, "name") else type(value).__name__
