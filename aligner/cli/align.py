"""``aligner align``: files that are versions of one another in, one aligned corpus file out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from aligner import pipeline
from aligner.cli import Command, options, settings
from aligner.cli.output import check_free, deliver
from aligner.cli.tags import tags
from aligner.errors import UsageError
from aligner.pipeline.fixed_points import read_anchors, read_barriers


@click.command(cls=Command)
@click.argument("files", nargs=-1, required=True, type=options.A_PATH)
@options.OUTPUT
@click.option("--langs", type=tags, default="", help="The language of each file, as in de,fr,en.")
@click.option("--presegmented", is_flag=True, help="One unit a line; empty lines are barriers.")
@options.TO
@options.METHOD
@options.EMBEDDER
@options.DICTIONARY
@options.LEXICON
@options.PIVOT
@click.option(
    "--anchors",
    type=options.A_PATH,
    help="TSV of unit numbers, a column a version: beads that must be there.",
)
@click.option(
    "--barriers", help="What no bead crosses: paragraph, heading, or a TSV of unit numbers."
)
@click.option(
    "--shapes",
    help="The shapes a bead may have, as in 1-1,1-2,2-1; else up to 4 on a side and 6 in all.",
)
@click.option("--max-bead", help="Most units on each side, as in 4x4.")
@options.SPLITTER
@options.UNIT
@options.METADATA
@options.STRICT
@click.pass_context
def align(
    context: click.Context,
    /,
    files: tuple[Path, ...],
    output: Path,
    langs: tuple[str, ...],
    *,
    target: str | None,
    strict: bool,
    anchors: Path | None,
    barriers: str | None,
    shapes: str | None,
    max_bead: str | None,
    metadata: Path | None,
    **given: Any,
) -> None:
    """Align FILES, one a version of the same text, and write OUTPUT."""
    chosen = settings(context)
    check_free(output, chosen)
    kept = options.said(given)
    if shapes:
        kept["shapes"] = tuple(shape.strip() for shape in shapes.split(","))
    if max_bead:
        kept["max_bead"] = _bead(max_bead)
    corpus = pipeline.align_files(
        files,
        langs=langs,
        barriers=_barriers(barriers, len(files)),
        anchors=read_anchors(anchors, versions=len(files)) if anchors else (),
        metadata=pipeline.facts_from_toml(metadata) if metadata else (),
        **kept,
    )
    deliver(corpus, output, chosen, format=target, strict=strict)


def _barriers(given: str | None, versions: int) -> Any:
    if given is None or given in {"paragraph", "heading"}:
        return given or ()
    return read_barriers(Path(given), versions=versions)


def _bead(given: str) -> tuple[int, ...]:
    sides = given.lower().split("x")
    if len(sides) < 2 or not all(side.isdecimal() and int(side) for side in sides):
        raise UsageError(f"{given!r} is no size of a bead", do="Write the most units a side: 4x4")
    return tuple(int(side) for side in sides)
