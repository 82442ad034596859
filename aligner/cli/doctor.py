"""``aligner doctor``: what is installed, which extras, models and languages are at hand."""

from __future__ import annotations

import platform
import sys
from importlib import resources
from importlib.metadata import PackageNotFoundError, requires, version

import click

from aligner import registry
from aligner.cli import Command
from aligner.version import __version__

POINTS: tuple[registry.Point, ...] = (
    "readers",
    "detectors",
    "splitters",
    "formats",
    "embedders",
    "scorers",
)


@click.command(cls=Command)
def doctor() -> None:
    """Show what is installed, which extras, models and languages are at hand."""
    click.echo(f"aligner {__version__}, Python {platform.python_version()}, {sys.platform}")
    for extra, names in _extras().items():
        click.echo(f"{extra or 'core':<10}" + ", ".join(_installed(name) for name in names))
    for point in POINTS:
        click.echo(f"{point:<10}" + (", ".join(registry.names(point)) or "-"))
    click.echo(f"{'words':<10}" + _words())
    click.echo(f"{'sentences':<10}" + " ".join(_ruled()))


def _extras() -> dict[str, list[str]]:
    """The packages that the library asks for, by extra; the core under the empty name."""
    found: dict[str, list[str]] = {"": []}
    for line in requires("tei-aligner") or ():
        requirement, _, marker = line.partition(";")
        extra = marker.partition("extra ==")[2].strip().strip("'\"")
        name = requirement.strip().split(">")[0].split("=")[0].split("<")[0].split("[")[0]
        found.setdefault(extra, []).append(name.strip())
    return found


def _installed(name: str) -> str:
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return f"{name} (missing)"


def _words() -> str:
    """The languages of the built-in word model, or why there are none."""
    from aligner.errors import ModelError
    from aligner.lexicon import built_in

    try:
        return " ".join(built_in().langs)
    except ModelError as error:
        return str(error)


def _ruled() -> list[str]:
    """The languages that have sentence rules of their own."""
    folder = resources.files("aligner.split") / "languages"
    return sorted(f.name.removesuffix(".txt") for f in folder.iterdir() if f.name.endswith(".txt"))
