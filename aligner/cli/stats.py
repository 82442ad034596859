"""``aligner stats``: what scholars count, as a table, CSV or JSON; corpora side by side."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from aligner import pipeline
from aligner.cli import Command, settings

if TYPE_CHECKING:
    from rich.console import Console

    from aligner.analysis.stats import PairStats, Stats

WIDE = 120
"""Characters a line where the output is no terminal."""

Figures = dict[str, Callable[[Any], str]]

LANGUAGE_FIGURES: Figures = {
    "units": lambda line: str(line.units),
    "words": lambda line: str(line.words),
    "characters": lambda line: str(line.characters),
    "words a unit": lambda line: f"{line.mean_words:.1f}",
    "median": lambda line: f"{line.median_words:.0f}",
    "MATTR": lambda line: f"{line.variety:.3f}" if line.variety else "-",
    "unaligned": lambda line: f"{100 * line.unaligned:.0f} %",
}
PAIR_FIGURES: Figures = {
    "beads": lambda pair: str(pair.beads),
    "1-1": lambda pair: _share(dict(pair.shapes).get("1-1", 0), pair.beads),
    "omitted": lambda pair: _runs(pair.omissions, pair.omission_runs),
    "added": lambda pair: _runs(pair.additions, pair.addition_runs),
    "splits": lambda pair: str(pair.splits),
    "merges": lambda pair: str(pair.merges),
    "expansion": lambda pair: f"{pair.expansion:.2f}" if pair.expansion else "-",
}
COMPARED_FIGURES: Figures = {
    **PAIR_FIGURES,
    "splits": lambda pair: _share(pair.splits, pair.beads),
    "merges": lambda pair: _share(pair.merges, pair.beads),
    "null beads": lambda pair: _share(_null(pair), pair.beads),
    "other shapes": lambda pair: _share(_other(pair), pair.beads),
}
"""Corpora differ in size: of beads that are compared, the shares are told."""


@click.command(cls=Command)
@click.argument("corpora", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV: one row a figure.")
@click.pass_context
def stats(context: click.Context, corpora: tuple[Path, ...], as_json: bool, as_csv: bool) -> None:
    """Count beads, omissions, additions, expansion and sentence lengths of CORPORA.

    Several corpora stand side by side, a column each. `3 in 1` under omitted means three units of
    the first version without counterpart, in one run.
    """
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


def _print_tables(corpora: Sequence[Path], counted: Sequence[Stats], *, color: bool | None) -> None:
    from rich.console import Console

    width = None if sys.stdout.isatty() else WIDE
    console = Console(no_color=color is False, highlight=False, width=width)
    if len(counted) == 1:
        _print_one(console, counted[0])
        return
    names = [path.stem for path in corpora]
    languages = [{line.lang: line for line in one.languages} for one in counted]
    _print_beside(console, names, languages, LANGUAGE_FIGURES)
    pairs = [_numbered(one.pairs) for one in counted]
    _print_beside(console, names, pairs, COMPARED_FIGURES)


def _print_one(console: Console, counted: Stats) -> None:
    """A row a language, a row a pair, and the shapes of each pair."""
    languages = {line.lang: line for line in counted.languages}
    _print_rows(console, languages, LANGUAGE_FIGURES)
    pairs = _numbered(counted.pairs)
    if not pairs:
        return
    _print_rows(console, pairs, PAIR_FIGURES)
    shapes = {
        about: ", ".join(f"{n} x {shape}" for shape, n in pair.shapes)
        for about, pair in pairs.items()
    }
    _print_rows(console, shapes, {"shapes": str}, justify="left")


def _print_rows(
    console: Console, lines: dict[str, Any], figures: Figures, *, justify: str = "right"
) -> None:
    table = _table([("", "left"), *((name, justify) for name in figures)])
    for about, line in lines.items():
        table.add_row(about, *(figure(line) for figure in figures.values()))
    console.print(table, "")


def _print_beside(
    console: Console, names: Sequence[str], corpora: Sequence[dict[str, Any]], figures: Figures
) -> None:
    """A column a corpus; a corpus that lacks a language or pair has a dash there."""
    table = _table([("", "left"), ("", "left"), *((name, "right") for name in names)])
    for about in dict.fromkeys(about for lines in corpora for about in lines):
        for place, (name, figure) in enumerate(figures.items()):
            values = (figure(lines[about]) if about in lines else "-" for lines in corpora)
            table.add_row("" if place else about, name, *values)
        table.add_section()
    console.print(table, "")


def _table(columns: Sequence[tuple[str, Any]]) -> Any:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0), pad_edge=False)
    for name, justify in columns:
        table.add_column(name, justify=justify, overflow="fold")
    return table


def _numbered(pairs: Sequence[PairStats]) -> dict[str, PairStats]:
    """The pairs by parallel and languages; the second body of a corpus is ``body 2``."""
    named: dict[str, PairStats] = {}
    for pair in pairs:
        tags = f"{pair.first}>{pair.second}"
        number = sum(
            p.role == pair.role and f"{p.first}>{p.second}" == tags for p in named.values()
        )
        named[f"{pair.role}{f' {number + 1}' if number else ''} {tags}"] = pair
    return named


def _runs(units: int, runs: int) -> str:
    return f"{units} in {runs}" if units else "0"


def _share(count: int, of: int) -> str:
    return f"{100 * count / of:.0f} %" if of else "-"


def _null(pair: PairStats) -> int:
    return sum(n for shape, n in pair.shapes if "0" in shape.split("-"))


def _other(pair: PairStats) -> int:
    one_to_one = dict(pair.shapes).get("1-1", 0)
    return pair.beads - one_to_one - pair.splits - pair.merges - _null(pair)
