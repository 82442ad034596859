"""``aligner add``: one more version for a corpus."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from aligner import pipeline
from aligner.cli import Command, settings
from aligner.cli.align import METHODS
from aligner.cli.streams import made_file
from aligner.cli.summary import print_summary
from aligner.cli.tags import tag
from aligner.errors import OutputError


@click.command(cls=Command)
@click.argument("corpus", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--lang", type=tag, required=True, help="The language of NEW, as in fr.")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help="File to make."
)
@click.option("--presegmented", is_flag=True, help="A line of NEW is a unit.")
@click.option("--to", "target", help="The format; by default the one of OUTPUT's ending.")
@click.option(
    "--method",
    type=click.Choice(METHODS),
    default="auto",
    show_default=True,
    help="The evidence, as for `aligner align`.",
)
@click.option("--embedder", help="A model, as for `aligner align`.")
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
@click.option("--splitter", help="What cuts sentences, as for `aligner align`; else rules.")
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
    **options: Any,
) -> None:
    """Add NEW, one more version of the text, to CORPUS; confirmed beads stay."""
    chosen = settings(context)
    if output.name != "-" and output.exists() and not chosen.force:
        raise OutputError(
            "this file exists already", where=str(output), do="Choose another name, or give --force"
        )
    kept = {name: value for name, value in options.items() if value not in (None, ())}
    made = pipeline.add(pipeline.load(corpus), new, lang=lang, presegmented=presegmented, **kept)
    with made_file(output) as path:
        loss = pipeline.write(made, path, format=target, force=chosen.force)
    if chosen.verbosity >= 0:
        print_summary(made, loss, output, color=chosen.color)
