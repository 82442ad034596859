"""``aligner doctor``: what is installed, which extras, models and languages are at hand."""

from __future__ import annotations

import platform
import shutil
import sys
import textwrap
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
MISSING = "(missing)"
INDENT = 11
"""Columns before what is told."""


@click.command(cls=Command)
def doctor() -> None:
    """Show what is installed, which extras, models and languages are at hand."""
    click.echo(f"aligner {__version__}, Python {platform.python_version()}, {sys.platform}")
    extras = {extra or "core": _installed(names) for extra, names in _extras().items()}
    for extra, told in extras.items():
        _tell(extra, told)
    if any(MISSING in told for told in extras.values()):
        click.echo("Install an extra, as in: pip install 'tei-aligner[pdf]'")
    for point in POINTS:
        _tell(point, ", ".join(registry.names(point)) or "-")
    _tell("words", _words())
    _tell("sentences", " ".join(_ruled()))


def _tell(name: str, told: str) -> None:
    """A line; on a terminal it is wrapped under its own beginning."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else sys.maxsize
    line = f"{name:<{INDENT}}{told}"
    click.echo(textwrap.fill(line, width, subsequent_indent=" " * INDENT, break_on_hyphens=False))


def _extras() -> dict[str, list[str]]:
    """The packages that the library asks for, by extra; the core under the empty name."""
    found: dict[str, list[str]] = {"": []}
    for line in requires("tei-aligner") or ():
        requirement, _, marker = line.partition(";")
        extra = marker.partition("extra ==")[2].strip().strip("'\"")
        name = requirement.strip().split(">")[0].split("=")[0].split("<")[0].split("[")[0]
        found.setdefault(extra, []).append(name.strip())
    return found


def _installed(names: list[str]) -> str:
    """The packages with their versions, or that they are missing."""
    told = []
    for name in names:
        try:
            told.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            told.append(f"{name} {MISSING}")
    return ", ".join(told)


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
    names = {file.name for file in folder.iterdir() if file.name.endswith(".txt")}
    return sorted(name.removesuffix(".txt") for name in names - {"general.txt"})
