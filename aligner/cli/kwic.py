"""``aligner kwic``: a concordance on the terminal, as TSV or as an HTML page."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aligner import pipeline
from aligner.cli import Command, settings
from aligner.cli.output import write_rows
from aligner.errors import UsageError
from aligner.files import whole_file

if TYPE_CHECKING:
    from aligner.analysis.kwic import Hit


@click.command(cls=Command)
@click.argument("corpus", type=click.Path(path_type=Path))
@click.argument("pattern")
@click.option("--lang", help="Look in this version only; else in all.")
@click.option("--regex", is_flag=True, help="PATTERN is a regular expression, not words.")
@click.option("--exact", is_flag=True, help="Case and accents count.")
@click.option(
    "--context",
    "width",
    type=click.IntRange(min=0),
    default=60,
    show_default=True,
    help="Characters to each side.",
)
@click.option("--sample", type=click.IntRange(min=1), help="Draw so many hits at random; else all.")
@click.option(
    "--seed",
    default=0,
    show_default=True,
    help="Of the sample: the same number draws the same hits.",
)
@click.option(
    "--sort",
    "order",
    type=click.Choice(["text", "left", "right"]),
    default="text",
    show_default=True,
    help="By place in the text, or by the words to the left or right.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Write .tsv or .html (`-`: TSV); else print.",
)
@click.pass_context
def kwic(
    context: click.Context,
    /,
    corpus: Path,
    pattern: str,
    output: Path | None,
    width: int,
    **options: Any,
) -> None:
    """Find PATTERN in CORPUS; `*` stands for any letters, as in kanal*."""
    from aligner.analysis.kwic import kwic as find

    hits = find(pipeline.load(corpus), pattern, context=width, **options)
    if output is None:
        _print(hits, width, color=settings(context).color)
    elif output.suffix == ".html":
        from aligner.analysis.pages import concordance_page

        with whole_file(output, force=settings(context).force) as part:
            part.write_text(concordance_page(hits, pattern), encoding="utf-8")
    elif output.suffix == ".tsv" or str(output) == "-":
        write_rows(_rows(hits), output, settings(context))
    else:
        raise UsageError(
            f"a concordance is written as .tsv or .html, not {output.suffix or 'without ending'}"
        )


def _print(hits: list[Hit], context: int, *, color: bool | None) -> None:
    """Every hit with its word in one column, the aligned sentences under it.

    On a terminal the lines fit it; elsewhere nothing is cut.
    """
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(no_color=color is False, highlight=False, soft_wrap=not sys.stdout.isatty())
    tags = max((len(tag) for hit in hits for tag in (hit.lang, *dict(hit.aligned))), default=0) + 2
    room = min(context, (console.width - tags) * 2 // 5) if console.is_terminal else context
    for hit in hits:
        line = Text(hit.lang.ljust(tags)).append(_fitted(hit.left, room))
        line.append(hit.node, style="bold red").append(hit.right)
        if console.is_terminal:
            line.truncate(console.width)
        console.print(line)
        beside = Table.grid(padding=0)
        beside.add_column(width=tags)
        for lang, text in hit.aligned:
            if console.is_terminal:
                beside.add_row(Text(lang, style="dim"), Text(text or "-", style="dim"))
            else:
                console.print(Text(lang.ljust(tags) + (text or "-")))
        console.print(beside, end="")
    console.print(f"{len(hits)} {'hit' if len(hits) == 1 else 'hits'}")


def _fitted(left: str, room: int) -> str:
    """The end of a text, right-aligned in so many columns of a terminal."""
    from rich.cells import cell_len

    while cell_len(left) > room:
        left = left[1:]
    return " " * (room - cell_len(left)) + left


def _rows(hits: list[Hit]) -> list[tuple[Any, ...]]:
    """The hits as a table, a column for each other language."""
    tags = list(dict.fromkeys(lang for hit in hits for lang, _ in hit.aligned))
    head = ("document", "start", "lang", "left", "node", "right", "shape", "confidence", *tags)
    return [
        head,
        *(
            (
                *(hit.document, hit.start, hit.lang, hit.left, hit.node, hit.right),
                *(hit.shape, hit.confidence),
                *(dict(hit.aligned).get(tag, "") for tag in tags),
            )
            for hit in hits
        ),
    ]
