"""``aligner realign``: align again between confirmed beads only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from aligner import pipeline
from aligner.cli import Command, options, settings
from aligner.cli.output import check_free, deliver


@click.command(cls=Command)
@click.argument("corpus", type=options.A_PATH)
@options.OUTPUT
@options.TO
@options.METHOD
@options.EMBEDDER
@options.DICTIONARY
@options.LEXICON
@options.PIVOT
@click.pass_context
def realign(
    context: click.Context, /, corpus: Path, output: Path, target: str | None, **given: Any
) -> None:
    """Align CORPUS again; confirmed beads stay, rejected ones are not given again."""
    chosen = settings(context)
    check_free(output, chosen)
    kept = options.said(given)
    made = pipeline.realign(pipeline.load(corpus), **kept)
    deliver(made, output, chosen, format=target)
