"""``aligner plot``: the pictures of an alignment, or the report of a corpus."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from aligner import pipeline
from aligner.cli import Command, settings
from aligner.cli.tags import versions
from aligner.errors import UsageError
from aligner.files import whole_file
from aligner.model import Alignment, Corpus


@click.command(cls=Command)
@click.argument("corpus", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    help=".svg for one picture, .html for the report with all of them.",
)
@click.option(
    "--picture",
    type=click.Choice(["path", "shapes", "ratios"]),
    default="path",
    show_default=True,
    help="The way through two versions, the kinds of beads, or the ratios of length.",
)
@click.option(
    "--langs",
    type=versions,
    default="",
    help="The two versions to draw, as in ru,en; else the first two.",
)
@click.option(
    "--parallel", default=None, type=int, help="Number of the parallel, from 1; else the longest."
)
@click.pass_context
def plot(
    context: click.Context,
    corpus: Path,
    output: Path,
    picture: str,
    langs: tuple[str, ...],
    parallel: int | None,
) -> None:
    """Draw CORPUS: the path of an alignment, its shapes or length ratios, or a whole report."""
    from aligner.analysis import plot as pictures
    from aligner.analysis.pages import report_page

    loaded = pipeline.load(corpus)
    if output.suffix == ".html":
        with whole_file(output, force=settings(context).force) as part:
            part.write_text(report_page(loaded), encoding="utf-8")
        return
    if output.suffix != ".svg":
        raise UsageError(f"pictures are written as .svg or .html, not {output.suffix or output}")
    drawers: dict[str, Callable[..., pictures.Picture]] = {
        "path": pictures.path_picture,
        "shapes": pictures.shape_picture,
        "ratios": pictures.ratio_picture,
    }
    drawn = drawers[picture](_chosen(loaded, parallel), langs=langs or None)
    drawn.save(output, force=settings(context).force)


def _chosen(corpus: Corpus, parallel: int | None) -> Alignment:
    if not corpus.alignments:
        raise UsageError("this corpus has no alignment to draw")
    if parallel is None:
        return max(corpus.alignments, key=lambda alignment: len(alignment.beads))
    if not 1 <= parallel <= len(corpus.alignments):
        raise UsageError(f"there are {len(corpus.alignments)} parallels, none is number {parallel}")
    return corpus.alignments[parallel - 1]
