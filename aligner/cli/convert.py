"""``aligner convert``: one corpus format into another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from aligner import pipeline
from aligner.cli import Command, options, settings
from aligner.cli.tags import versions


@click.command(cls=Command)
@click.argument("corpus", type=options.A_PATH)
@options.OUTPUT
@options.TO
@click.option(
    "--from",
    "source",
    shell_complete=options.formats,
    help="The format read; by default the one of CORPUS's ending.",
)
@click.option(
    "--langs", type=versions, default="", help="Keep these languages only, in this order: ru,en."
)
@click.option("--strict", is_flag=True, help="Fail if beads, units or languages are lost.")
@click.option("--tei", type=click.Choice(["embedded", "standoff"]), help="Form of the TEI.")
@click.option("--pairs", is_flag=True, help="TEI: after the whole alignment, that of every two.")
@click.option("--version", help="Of the format: 1.2 or 2.1 (XLIFF), 2 or 3 (TBX).")
@click.option("--excel", is_flag=True, help="TSV, CSV: to be opened in a spreadsheet.")
@click.pass_context
def convert(
    context: click.Context,
    /,
    corpus: Path,
    output: Path,
    target: str | None,
    source: str | None,
    langs: tuple[str, ...],
    strict: bool,
    **given: Any,
) -> None:
    """Write CORPUS in another format and tell what that format could not hold."""
    loss = pipeline.convert(
        corpus,
        output,
        source_format=source,
        target_format=target,
        langs=langs,
        force=settings(context).force,
        strict=strict,
        **{name: value for name, value in given.items() if value},
    )
    if settings(context).verbosity >= 0:
        for sentence in (*loss.sentences, *loss.notes):
            click.echo(sentence, err=True)
        click.echo(f"written to {output}", err=True)
