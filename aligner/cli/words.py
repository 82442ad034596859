"""``aligner models list | path | lexicon``: the word models and what they know."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aligner.cli import Command

if TYPE_CHECKING:
    from aligner.lexicon import Lexicon

_MODEL = click.option(
    "--model", type=click.Path(path_type=Path), help="A model of your own instead of the built-in."
)


def _opened(model: Path | None) -> Lexicon:
    from aligner.lexicon import Lexicon, built_in

    return Lexicon.open(model) if model else built_in()


@click.command("list", cls=Command)
@_MODEL
def show(model: Path | None) -> None:
    """Show the word model at hand: its languages with their words, licence, credits."""
    from aligner.lexicon.inventory import vocabulary

    lexicon = _opened(model)
    click.echo(f"{lexicon.name}: {len(lexicon.langs)} languages, {lexicon.concepts} concepts")
    for name in ("pivot", "licence", "credits"):
        if name in lexicon.facts:
            click.echo(f"{name}: {lexicon.facts[name]}")
    for lang in lexicon.langs:
        rows = len(lexicon.arrays[f"{lang}.codes"])
        click.echo(f"{lang:<4}{len(vocabulary(lexicon, lang)):>8} words{rows:>8} rows")


@click.command("path", cls=Command)
def path() -> None:
    """Print where the built-in word model lies."""
    from aligner.lexicon import built_in_path

    click.echo(built_in_path())


@click.command("lexicon", cls=Command)
@click.argument("first")
@click.argument("second")
@click.argument("words", nargs=-1)
@_MODEL
@click.option("--best", default=3, show_default=True, help="Counterparts a word, at most.")
@click.option("--least", default=0.3, show_default=True, help="Smallest similarity, 0 to 1.")
def lexicon(
    first: str, second: str, words: tuple[str, ...], model: Path | None, best: int, least: float
) -> None:
    """Print the word pairs of languages FIRST and SECOND as TSV, or those of WORDS only."""
    from aligner.lexicon.inventory import translations

    out = csv.writer(sys.stdout, delimiter="\t", lineterminator="\n")
    found = translations(_opened(model), first, second, words=words, best=best, least=least)
    out.writerows(found)
