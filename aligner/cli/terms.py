"""``aligner terms``: term pairs as a table, TSV or TBX."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from aligner import pipeline
from aligner.cli import Command, options, settings
from aligner.cli.output import write_rows
from aligner.cli.tags import versions
from aligner.errors import UsageError

if TYPE_CHECKING:
    from aligner.analysis.terms import TermPair

HINTS = {
    "keywords": "this corpus has no keyword lists in two languages: try --from text or lexicon",
    "text": "words that meet once may be found with --least 1",
    "lexicon": "words that meet once may be found with --least 1",
}


@click.command(cls=Command)
@click.argument("corpus", type=options.A_PATH)
@click.option(
    "--langs", type=versions, default="", help="The two versions, as in uz,ru; else the first two."
)
@click.option(
    "--from",
    "origin",
    type=click.Choice(["keywords", "text", "lexicon"]),
    default="keywords",
    show_default=True,
    help="Keyword lists; words that go together in the texts; those the word model knows.",
)
@click.option(
    "--least", default=2, show_default=True, help="Beads in which a pair of words must meet."
)
@options.LEXICON
@click.option("-o", "--output", type=options.A_PATH, help="Write .tsv or .tbx; else print TSV.")
@click.pass_context
def terms(
    context: click.Context,
    corpus: Path,
    langs: tuple[str, ...],
    origin: Literal["keywords", "text", "lexicon"],
    least: int,
    lexicon: Path | None,
    output: Path | None,
) -> None:
    """List the term pairs of CORPUS, in how many beads they meet, and one of these."""
    from aligner.analysis.terms import terms as find
    from aligner.lexicon import Lexicon

    chosen = _two(langs) if langs else None
    model = Lexicon.open(lexicon) if lexicon else None
    found = find(pipeline.load(corpus), langs=chosen, origin=origin, least=least, lexicon=model)
    if not found:
        click.echo(f"aligner: no pairs found; {HINTS[origin]}", err=True)
    if output is None or output.suffix == ".tsv" or output == Path("-"):
        write_rows(_rows(found), output, settings(context))
    elif output.suffix == ".tbx":
        entries = [dict(zip(t.langs, (t.first, t.second), strict=True)) for t in found]
        pipeline.write_terms(entries, output, force=settings(context).force)
    else:
        raise UsageError(f"terms are written as .tsv or .tbx, not {output.suffix or output}")


def _two(langs: tuple[str, ...]) -> tuple[str, str]:
    if len(langs) != 2:
        raise UsageError("name two languages", do="As in --langs uz,ru")
    return langs[0], langs[1]


def _rows(found: list[TermPair]) -> list[tuple[Any, ...]]:
    tags = found[0].langs if found else ("first", "second")
    head = (*tags, "count", "strength", "example first", "example second")
    return [head, *((t.first, t.second, t.count, t.strength, *t.example) for t in found)]
