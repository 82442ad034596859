"""``aligner align``: files that are versions of one another in, one aligned corpus file out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from aligner import pipeline, registry
from aligner.cli import Command, settings
from aligner.cli.streams import made_file
from aligner.cli.summary import print_summary
from aligner.cli.tags import tags
from aligner.errors import OutputError, UsageError
from aligner.pipeline import pairs
from aligner.pipeline.fixed_points import read_anchors, read_barriers

METHODS = [*pairs.METHODS, *registry.names("scorers")]


@click.command(cls=Command)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help="File to make."
)
@click.option("--langs", type=tags, default="", help="The language of each file, as in de,fr,en.")
@click.option("--presegmented", is_flag=True, help="One unit a line; empty lines are barriers.")
@click.option("--to", "target", help="The format; by default the one of OUTPUT's ending.")
@click.option(
    "--method", type=click.Choice(METHODS), default="auto", show_default=True,
    help="The evidence: lengths; words too; the word model too; vectors; or all at hand (auto).",
)  # fmt: skip
@click.option("--embedder", help="Vectors (.npz, or A.npy,B.npy), or a model: st:, m2v:, onnx:.")
@click.option(
    "--dictionary", multiple=True, type=click.Path(path_type=Path),
    help="Word pairs: TSV, TBX, or a hunalign .dic. May be given more than once.",
)  # fmt: skip
@click.option(
    "--lexicon",
    type=click.Path(path_type=Path),
    help="A model made by `aligner train`; else the built-in.",
)
@click.option(
    "--pivot", help="Align the others with this version only, as in en; else every pair counts."
)
@click.option(
    "--anchors",
    type=click.Path(path_type=Path),
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
@click.option(
    "--splitter",
    default="rules",
    show_default=True,
    help="What cuts sentences: rules, stanza, auto (stanza where it has a model), or a plug-in.",
)
@click.option(
    "--unit", type=click.Choice(["sentence", "paragraph", "verse"]), default="sentence",
    show_default=True, help="What to align.",
)  # fmt: skip
@click.option("--metadata", type=click.Path(path_type=Path), help="Title, author ... as TOML.")
@click.option("--strict", is_flag=True, help="Fail if the format cannot hold everything.")
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
    **options: Any,
) -> None:
    """Align FILES, one a version of the same text, and write OUTPUT."""
    chosen = settings(context)
    if output.name != "-" and output.exists() and not chosen.force:
        raise OutputError(
            "this file exists already", where=str(output), do="Choose another name, or give --force"
        )
    kept = {name: value for name, value in options.items() if value not in (None, ())}
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
    with made_file(output) as path:
        loss = pipeline.write(corpus, path, format=target, force=chosen.force, strict=strict)
    if chosen.verbosity >= 0:
        print_summary(corpus, loss, output, color=chosen.color)


def _barriers(given: str | None, versions: int) -> Any:
    if given is None or given in {"paragraph", "heading"}:
        return given or ()
    return read_barriers(Path(given), versions=versions)


def _bead(given: str) -> tuple[int, ...]:
    sides = given.lower().split("x")
    if len(sides) < 2 or not all(side.isdecimal() and int(side) for side in sides):
        raise UsageError(f"{given!r} is no size of a bead", do="Write the most units a side: 4x4")
    return tuple(int(side) for side in sides)
