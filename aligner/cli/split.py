"""``aligner split``: the sentences of a file, with their offsets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from aligner.cli import Command, options
from aligner.cli.tags import tag


@click.command(cls=Command)
@click.argument("file", type=options.A_PATH)
@click.option("--lang", type=tag, required=True, help="Language of the text, as in az.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@options.SPLITTER
@click.option(
    "--unit",
    type=click.Choice(["sentence", "keyword", "paragraph", "verse"]),
    default="sentence",
    show_default=True,
    help="What to cut the text into.",
)
@click.option(
    "--max-chars",
    type=click.IntRange(min=1),
    metavar="N",
    help="Cut longer units at white space; else none is cut.",
)
@options.ABBREVIATIONS
def split(file: Path, lang: str, as_json: bool, abbreviations: Path | None, **given: Any) -> None:
    """Cut FILE into sentences; offsets are code points of the text as read.

    Prints start, end and text of a unit a line, or with --json a list of objects. Pieces cut by
    --max-chars have "forced", sentences mended across a page break "joined".
    """
    from aligner.mend import mended
    from aligner.read import read
    from aligner.split import diagnose
    from aligner.split import split as cut
    from aligner.split.language import read_abbreviations

    words = read_abbreviations(abbreviations) if abbreviations is not None else ()
    document = read(file)
    segment = _whole(document, lang)
    if segment is None:
        if as_json:
            click.echo("[]")
        return
    version = cut(document, segment, abbreviations=words, **given)
    for warning in diagnose(version):
        click.echo(f"Warning: {warning}", err=True)
    if as_json:
        rows = [_row(unit, text) for unit, text in zip(version.units, version.texts, strict=True)]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for unit, text in zip(version.units, version.texts, strict=True):
        click.echo(f"{unit.span.start}\t{unit.span.end}\t{mended(text)}")


def _whole(document: Any, lang: str) -> Any:
    from aligner.model import Segment

    blocks = [block for block in document.blocks if block.kind != "mark"]
    if not blocks:
        return None
    spans = tuple(block.span for block in blocks)
    return Segment(lang, spans, source="declared", kind=blocks[0].kind)


def _row(unit: Any, text: str) -> dict[str, Any]:
    row: dict[str, Any] = {"start": unit.span.start, "end": unit.span.end, "text": text}
    row |= {"forced": True} if unit.forced else {}
    return row | ({"joined": True} if unit.joined else {})
