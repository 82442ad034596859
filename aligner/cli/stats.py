"""``aligner stats``: what scholars count, as a table, CSV or JSON; two corpora side by side."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aligner import pipeline
from aligner.cli import Command, settings

if TYPE_CHECKING:
    from rich.table import Table

    from aligner.analysis.stats import LanguageStats, PairStats, Stats

WIDE = 120
"""Characters a line where the output is no terminal."""

LANGUAGE_COLUMNS = ("language", "units", "words", "characters", "words a unit", "median", "MATTR")
PAIR_COLUMNS = (
    "parallel",
    "pair",
    "beads",
    "shapes",
    "omitted",
    "added",
    "splits",
    "merges",
    "expansion",
)


@click.command(cls=Command)
@click.argument("corpora", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV: one row a figure.")
@click.pass_context
def stats(context: click.Context, corpora: tuple[Path, ...], as_json: bool, as_csv: bool) -> None:
    """Count beads, omissions, additions, expansion and sentence lengths of CORPORA."""
    from aligner.analysis.stats import stats as count

    counted = [count(pipeline.load(path)) for path in corpora]
    if as_json:
        found = [one.as_dict for one in counted]
        click.echo(json.dumps(found[0] if len(found) == 1 else found, ensure_ascii=False, indent=1))
    elif as_csv:
        _print_csv(corpora, counted)
    else:
        _print_tables(corpora, counted, color=settings(context).color)


def _print_csv(corpora: tuple[Path, ...], counted: list[Stats]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("corpus", "about", "figure", "value"))
    for path, one in zip(corpora, counted, strict=True):
        for line in one.as_dict["languages"]:
            about = line.pop("lang")
            writer.writerows((path.name, about, name, value) for name, value in line.items())
        for line in one.as_dict["pairs"]:
            about = f"{line.pop('role')} {line.pop('first')} {line.pop('second')}"
            shapes = line.pop("shapes")
            writer.writerows((path.name, about, f"shape {s}", n) for s, n in shapes)
            writer.writerows((path.name, about, name, value) for name, value in line.items())


def _print_tables(corpora: tuple[Path, ...], counted: list[Stats], *, color: bool | None) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    width = None if sys.stdout.isatty() else WIDE
    console = Console(no_color=color is False, highlight=False, width=width)
    many = ("corpus",) if len(corpora) > 1 else ()
    languages = Table(*many, *LANGUAGE_COLUMNS, "unaligned", box=SIMPLE_HEAD)
    pairs = Table(*many, *PAIR_COLUMNS, box=SIMPLE_HEAD)
    for path, one in zip(corpora, counted, strict=True):
        name = (path.name,) if many else ()
        for line in one.languages:
            languages.add_row(*name, *_language_row(line))
        for pair in one.pairs:
            pairs.add_row(*name, *_pair_row(pair))
    _right(languages, len(many) + 1)
    console.print(languages)
    if any(one.pairs for one in counted):
        console.print(pairs)


def _right(table: Table, first: int) -> None:
    for column in table.columns[first:]:
        column.justify = "right"


def _language_row(line: LanguageStats) -> tuple[str, ...]:
    return (
        line.lang,
        str(line.units),
        str(line.words),
        str(line.characters),
        f"{line.mean_words:.1f}",
        f"{line.median_words:.0f}",
        f"{line.variety:.3f}" if line.variety else "-",
        f"{100 * line.unaligned:.0f} %",
    )


def _pair_row(pair: PairStats) -> tuple[str, ...]:
    return (
        pair.role,
        f"{pair.first} > {pair.second}",
        str(pair.beads),
        ", ".join(f"{n} x {shape}" for shape, n in pair.shapes[:5]),
        f"{pair.omissions} in {pair.omission_runs}",
        f"{pair.additions} in {pair.addition_runs}",
        str(pair.splits),
        str(pair.merges),
        f"{pair.expansion:.2f}" if pair.expansion else "-",
    )
