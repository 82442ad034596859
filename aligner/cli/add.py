"""``aligner add``: one more version for a corpus."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from aligner import pipeline
from aligner.cli import Command, options, settings
from aligner.cli.output import check_free, deliver
from aligner.cli.tags import tag


@click.command(cls=Command)
@click.argument("corpus", type=options.A_PATH)
@click.argument("new", type=options.A_PATH)
@click.option("--lang", type=tag, required=True, help="The language of NEW, as in fr.")
@options.OUTPUT
@click.option("--presegmented", is_flag=True, help="A line of NEW is a unit.")
@options.TO
@options.METHOD
@options.EMBEDDER
@options.DICTIONARY
@options.LEXICON
@options.SPLITTER
@click.pass_context
def add(
    context: click.Context,
    /,
    corpus: Path,
    new: Path,
    *,
    lang: str,
    output: Path,
    presegmented: bool,
    target: str | None,
    **given: Any,
) -> None:
    """Add NEW, one more version of the text, to CORPUS; confirmed beads stay."""
    chosen = settings(context)
    check_free(output, chosen)
    kept = options.said(given)
    made = pipeline.add(pipeline.load(corpus), new, lang=lang, presegmented=presegmented, **kept)
    deliver(made, output, chosen, format=target)
