"""``aligner realign``: align again between confirmed beads only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from aligner import pipeline
from aligner.cli import Command, settings
from aligner.cli.align import METHODS
from aligner.cli.streams import made_file
from aligner.cli.summary import print_summary
from aligner.errors import OutputError


@click.command(cls=Command)
@click.argument("corpus", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help="File to make."
)
@click.option("--to", "target", help="The format; by default the one of OUTPUT's ending.")
@click.option(
    "--method",
    type=click.Choice(METHODS),
    default="auto",
    show_default=True,
    help="The evidence, as for `aligner align`.",
)
@click.option("--embedder", help="Vectors or a model, as for `aligner align`.")
@click.option(
    "--dictionary",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Word pairs, as for `aligner align`.",
)
@click.option(
    "--lexicon",
    type=click.Path(path_type=Path),
    help="A model made by `aligner train`; else the built-in.",
)
@click.option("--pivot", help="Align the others with this version only; else every pair counts.")
@click.pass_context
def realign(
    context: click.Context, /, corpus: Path, output: Path, target: str | None, **options: Any
) -> None:
    """Align CORPUS again; confirmed beads stay, rejected ones are not given again."""
    chosen = settings(context)
    if output.name != "-" and output.exists() and not chosen.force:
        raise OutputError(
            "this file exists already", where=str(output), do="Choose another name, or give --force"
        )
    kept = {name: value for name, value in options.items() if value not in (None, ())}
    made = pipeline.realign(pipeline.load(corpus), **kept)
    with made_file(output) as path:
        loss = pipeline.write(made, path, format=target, force=chosen.force)
    if chosen.verbosity >= 0:
        print_summary(made, loss, output, color=chosen.color)
