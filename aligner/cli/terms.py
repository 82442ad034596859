"""``aligner terms``: term pairs as a table, TSV or TBX."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from aligner import pipeline
from aligner.cli import Command, settings
from aligner.errors import UsageError
from aligner.files import whole_file

if TYPE_CHECKING:
    from aligner.analysis.terms import TermPair


@click.command(cls=Command)
@click.argument("corpus", type=click.Path(path_type=Path))
@click.option("--langs", help="The two versions, as in uz,ru.")
@click.option(
    "--from",
    "origin",
    type=click.Choice(["keywords", "text"]),
    default="keywords",
    show_default=True,
    help="Keyword lists, or words that go together in the texts.",
)
@click.option("--least", default=2, show_default=True, help="Meetings that a pair of words needs.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write .tsv or .tbx.")
@click.pass_context
def terms(
    context: click.Context,
    corpus: Path,
    langs: str | None,
    origin: Literal["keywords", "text"],
    least: int,
    output: Path | None,
) -> None:
    """List the term pairs of CORPUS with how often they meet and an example."""
    from aligner.analysis.terms import terms as find

    chosen = _two(langs) if langs else None
    found = find(pipeline.load(corpus), langs=chosen, origin=origin, least=least)
    if output is None:
        _write_tsv(found, Path("-"), force=False)
    elif output.suffix == ".tbx":
        entries = [dict(zip(t.langs, (t.first, t.second), strict=True)) for t in found]
        pipeline.write_terms(entries, output, force=settings(context).force)
    elif output.suffix == ".tsv" or str(output) == "-":
        _write_tsv(found, output, force=settings(context).force)
    else:
        raise UsageError(f"terms are written as .tsv or .tbx, not {output.suffix or output}")


def _two(langs: str) -> tuple[str, str]:
    parts = [tag.strip() for tag in langs.split(",")]
    if len(parts) != 2:
        raise UsageError("name two languages", do="As in --langs uz,ru")
    return parts[0], parts[1]


def _write_tsv(found: list[TermPair], output: Path, *, force: bool) -> None:
    head = ("first", "second", "count", "strength", "example first", "example second")
    table = [head, *((t.first, t.second, t.count, t.strength, *t.example) for t in found)]
    if str(output) == "-":
        csv.writer(sys.stdout, delimiter="\t", lineterminator="\n").writerows(table)
        return
    with whole_file(output, force=force) as part, part.open("w", encoding="utf-8") as stream:
        csv.writer(stream, delimiter="\t", lineterminator="\n").writerows(table)
