"""``aligner train``: word knowledge from one's own parallel texts."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from aligner.cli import Command, settings
from aligner.errors import OutputError

if TYPE_CHECKING:
    from aligner.pipeline.training import Learned


@click.command(cls=Command)
@click.argument("parallel", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="The model.")
@click.option("--pivot", help="The language whose words are the concepts; en where it is there.")
@click.option("--seed", default=0, show_default=True, help="Chooses the groups kept aside.")
@click.option("--licence", default="", help="The licence of the model, written into it.")
@click.option("--credits", "credit", default="", help="Whom to credit, written into the model.")
@click.pass_context
def train(
    context: click.Context,
    parallel: tuple[Path, ...],
    output: Path,
    pivot: str | None,
    seed: int,
    licence: str,
    credit: str,
) -> None:
    """Learn word knowledge from PARALLEL: tables (.tsv, .tsv.gz), TMX, TEI corpora ..."""
    from aligner.pipeline.training import train as learn

    chosen = settings(context)
    if output.exists() and not chosen.force:
        raise OutputError(
            "this file exists already", where=str(output), do="Choose another name, or give --force"
        )
    given = {"licence": licence, "credits": credit}
    progress = _Progress(shown=chosen.verbosity >= 0)
    learned = learn(
        parallel,
        output,
        pivot=pivot,
        seed=seed,
        facts={name: value for name, value in given.items() if value},
        force=chosen.force,
        tell=progress,
    )
    progress.close()
    if chosen.verbosity >= 0:
        _print(learned, output)


class _Progress:
    """What is being done, on standard error: on a terminal one line that is written over."""

    def __init__(self, *, shown: bool) -> None:
        self._stream: TextIO = sys.stderr
        self._shown = shown and self._stream.isatty()

    def __call__(self, what: str) -> None:
        if self._shown:
            self._stream.write(f"\r\x1b[K{what}")
            self._stream.flush()

    def close(self) -> None:
        if self._shown:
            self._stream.write("\r\x1b[K")


def _print(learned: tuple[Learned, ...], output: Path) -> None:
    click.echo("language  held-out  retrieval  F1 without  F1 with the model")
    for one in learned:
        figures = f"{one.lang:<8}  {one.pairs:>8}  {one.retrieval:>9.3f}"
        if one.without is not None and one.with_model is not None:
            figures += f"  {one.without:>10.3f}  {one.with_model:>17.3f}"
        click.echo(figures)
    click.echo(f"{output}: {output.stat().st_size / 1e6:.1f} MB")
