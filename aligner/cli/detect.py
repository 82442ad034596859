"""``aligner detect``: the language map of a document, for people and as JSON."""

from __future__ import annotations

import json
import sys
from bisect import bisect_right
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aligner import pipeline
from aligner.cli import Command, settings
from aligner.cli.streams import given_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aligner.model import Document, Segment

_AT_ONCE = 8192
"""Lines that are ranked and printed at once: memory stays what the models take."""

_COLOURS = ("green", "cyan", "yellow", "magenta", "blue", "red")


@click.command(cls=Command)
@click.argument("documents", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--lines", is_flag=True, help="Every line is a text of its own.")
@click.option("--langs", default="", help="Languages to expect, as in uz,ru,en.")
@click.option("--detector", help="combined (default), ngrams, py3langid, langdetect or a plug-in.")
@click.pass_context
def detect(
    context: click.Context,
    /,
    documents: tuple[Path, ...],
    langs: str,
    detector: str | None,
    *,
    as_json: bool,
    lines: bool,
) -> None:
    """Show which language every passage of DOCUMENTS is in."""
    tags = tuple(tag.strip() for tag in langs.split(",") if tag.strip())
    with given_file(documents) as paths:
        if lines:
            for given, path in zip(documents, paths, strict=True):
                _print_lines(path, None if len(paths) == 1 else str(given), detector, tags, as_json)
            return
        maps = {}
        for given, path in zip(documents, paths, strict=True):
            document = pipeline.read(path)
            segments = pipeline.detect(document, detector=detector, langs=tags)
            if as_json:
                maps[str(given)] = list(_objects(document, segments))
            else:
                _print_map(document, segments, color=settings(context).color)
    if as_json:
        value = maps if len(documents) > 1 else next(iter(maps.values()))
        click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def _objects(document: Document, segments: Sequence[Segment]) -> Iterable[dict[str, Any]]:
    """One object a span, marks included, in text order."""
    found = []
    starts = [block.span.start for block in document.blocks]
    for segment in segments:
        for span in segment.spans:
            around = bisect_right(starts, span.start) - 1
            inside = around >= 0 and span.start < document.blocks[around].span.end
            kind = document.blocks[around].kind if inside else segment.kind
            found.append(
                _object(
                    document.text,
                    (span.start, span.end),
                    [(segment.lang, segment.confidence), *segment.alternatives],
                    segment.source,
                    kind,
                )
            )
    for block in document.blocks:
        if block.kind == "mark" and document.text[block.span.start : block.span.end].strip():
            place = (block.span.start, block.span.end)
            found.append(_object(document.text, place, [("zxx", 1.0)], "detected", "mark"))
    return sorted(found, key=lambda item: (item["start"], item["end"]))


def _object(
    text: str, place: tuple[int, int], ranking: Sequence[tuple[str, float]], source: str, kind: str
) -> dict[str, Any]:
    return {
        "start": place[0],
        "end": place[1],
        "lang": ranking[0][0],
        "confidence": round(ranking[0][1], 4),
        "source": source,
        "alternatives": [[tag, round(chance, 4)] for tag, chance in ranking[1:6] if chance > 0.001],
        "kind": kind,
        "text": text[place[0] : place[1]],
    }


def _print_lines(
    path: Path, name: str | None, detector: str | None, langs: Sequence[str], as_json: bool
) -> None:
    from aligner.detect import identify

    text = pipeline.read(path, reader="text").text
    lines = text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    position = 0
    for first in range(0, len(lines), _AT_ONCE):
        part = [line.rstrip("\r") for line in lines[first : first + _AT_ONCE]]
        rows = []
        for line, ranking in zip(part, identify(part, detector=detector, langs=langs), strict=True):
            end = position + len(line)
            if as_json:
                item = _object(text, (position, end), ranking, "detected", "paragraph")
                item = item if name is None else {"file": name, **item}
                rows.append(json.dumps(item, ensure_ascii=False))
            else:
                rows.append(f"{ranking[0][0]}\t{ranking[0][1]:.2f}\t{line}")
            position += len(lines[first + len(rows) - 1]) + 1
        sys.stdout.write("".join(f"{row}\n" for row in rows))


def _print_map(document: Document, segments: Sequence[Segment], *, color: bool | None) -> None:
    shares: dict[str, int] = {}
    for segment in segments:
        held = sum(len(document.text[s.start : s.end].strip()) for s in segment.spans)
        shares[segment.lang] = shares.get(segment.lang, 0) + held
    order = sorted(shares, key=lambda tag: (-shares[tag], tag))
    paint = {tag: _COLOURS[i % len(_COLOURS)] for i, tag in enumerate(order)}
    width = max([4, *map(len, order)])
    click.echo(click.style(document.name, bold=True), color=color)
    for segment in segments:
        tag = click.style(f"{segment.lang:<{width}}", fg=paint[segment.lang])
        opening = " ".join(document.text[segment.span.start : segment.span.end][:90].split())[:56]
        others = ", ".join(f"{tag} {chance:.0%}" for tag, chance in segment.alternatives[:2])
        click.echo(
            f"{segment.span.start:>8}-{segment.span.end:<8} {tag} {segment.confidence:>4.0%}"
            f" {segment.source:<9} {opening}" + (f"  (or {others})" if others else ""),
            color=color,
        )
    total = sum(shares.values()) or 1
    click.echo("")
    for tag in order:
        bar = click.style("█" * max(1, round(30 * shares[tag] / total)), fg=paint[tag])
        click.echo(
            f"{tag:<{width}} {shares[tag]:>9} characters {shares[tag] / total:>6.1%} {bar}",
            color=color,
        )
