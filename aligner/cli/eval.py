"""``aligner eval``: precision, recall and F1 of an alignment against gold."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path
from typing import Any

import click

from aligner import evaluate as measure
from aligner.cli import Command
from aligner.errors import UsageError
from aligner.evaluate import Calibration, Group, Measure, Scores
from aligner.formats import ladders

NOTE = (
    "Every bead written counts for precision, null beads included; for recall null beads are"
    " left out on both sides. Counts are pooled over documents."
)
NOTE_MANY = "Whole beads are those that hold two or more versions; null beads are left out."


@click.command(cls=Command)
@click.argument("test", type=click.Path(path_type=Path))
@click.argument("gold", type=click.Path(path_type=Path))
@click.option("--merge", is_flag=True, help="Join test beads inside one gold bead first (verses).")
@click.option("--per-document", is_flag=True, help="One row a document, too.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def evaluate(test: Path, gold: Path, *, merge: bool, per_document: bool, as_json: bool) -> None:
    """Measure the alignment TEST against GOLD: files, or folders with one file a document.

    Both may be vecalign ladders, jsonl, or corpus files. Folders pair documents by name.
    """
    names, pairs, langs, sure = _documents(test, gold)
    report = _report(pairs, langs, merge=merge)
    if sure is not None:
        report["confidence"] = _calibration(sure)
    if per_document:
        report["per_document"] = {
            name: _scores(measure.score(*pair, merge=merge))
            for name, pair in zip(names, pairs, strict=True)
        }
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        _print(report)


Pairs = list[tuple[tuple[Group, ...], tuple[Group, ...]]]


def _documents(
    test: Path, gold: Path
) -> tuple[list[str], Pairs, tuple[str, ...], Calibration | None]:
    from aligner.pipeline import load

    tests, golds = ladders.documents(test), ladders.documents(gold)
    if set(tests) == set(golds) == {""} or len(tests) == len(golds) == 1:
        tests = dict(zip(golds, tests.values(), strict=True))
    lacking = [name for name in golds if name not in tests]
    if len(lacking) == len(golds):
        raise UsageError(
            "the two folders have no document in common",
            why=f"one holds {_some(tests)}, the other {_some(golds)}",
            do="Name the test files after the gold documents",
        )
    if lacking:
        click.echo(f"aligner: no alignment of {_some(lacking)}; counted as not found", err=True)
    pairs: Pairs = []
    confidences: list[float] = []
    right: list[bool] = []
    langs: tuple[str, ...] = ()
    for name, path in golds.items():
        wanted = ladders.read(path, load=load)
        langs = langs or wanted.langs
        got = ladders.Ladder((), ())
        if name in tests:
            got = ladders.read(tests[name], load=load).of(wanted.langs, where=str(tests[name]))
        langs = langs or got.langs
        pairs.append((got.beads, wanted.beads))
        if got.confidences is not None:
            confidences += got.confidences
            right += measure.verdicts(got.beads, wanted.beads)
    sure = measure.calibration(confidences, right) if confidences else None
    return list(golds), pairs, langs, sure


def _some(names: Any) -> str:
    listed = [str(name) or "one document" for name in names]
    return ", ".join(listed[:4]) + (" ..." if len(listed) > 4 else "")


def _report(pairs: Pairs, langs: tuple[str, ...], *, merge: bool) -> dict[str, Any]:
    report: dict[str, Any] = {
        "documents": len(pairs),
        "versions": max(
            (len(bead) for pair in pairs for beads in pair for bead in beads), default=2
        ),
        "merge": merge,
        **_scores(measure.score_documents(pairs, merge=merge)),
    }
    many = report["versions"] > 2
    if many:
        tags = langs or tuple(str(n) for n in range(report["versions"]))
        scores = measure.score_pairs(pairs, merge=merge)
        report["pairs"] = {
            f"{tags[a]}-{tags[b]}": _scores(scores[a, b])
            for a, b in combinations(range(len(tags)), 2)
        }
    report["null_beads"] = NOTE_MANY if many else NOTE
    return report


def _scores(scores: Scores) -> dict[str, Any]:
    return {
        "strict": _measure(scores.strict),
        "lax": _measure(scores.lax),
        "link": _measure(scores.link),
        "shapes": {shape: _measure(found) for shape, found in scores.shapes},
    }


def _measure(found: Measure) -> dict[str, float]:
    return {
        "precision": round(found.precision, 6),
        "recall": round(found.recall, 6),
        "f1": round(found.f1, 6),
        "written": found.written,
        "wanted": found.wanted,
    }


def _calibration(found: Calibration) -> dict[str, Any]:
    return {
        "beads": found.beads,
        "errors": found.errors,
        "auc": found.auc,
        "ece": found.ece,
        "errors_in_lowest_tenth": found.low,
    }


def _print(report: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("", "precision", "recall", "F1", "written", "gold", box=None, pad_edge=False)
    for name in ("strict", "lax", "link"):
        _row(table, name, report[name])
    for shape, found in report["shapes"].items():
        _row(table, f"  {shape}", found)
    for pair, found in report.get("pairs", {}).items():
        _row(table, f"{pair} strict", found["strict"])
        _row(table, f"{pair} lax", found["lax"])
    for name, found in report.get("per_document", {}).items():
        _row(table, f"{name} strict", found["strict"])
    console = Console(highlight=False, soft_wrap=True)
    console.print(table)
    if sure := report.get("confidence"):
        auc, low = sure["auc"], sure["errors_in_lowest_tenth"]
        console.print(
            f"confidence: {sure['errors']} of {sure['beads']} beads wrong;"
            f" AUC {'-' if auc is None else f'{auc:.3f}'}, calibration error {sure['ece']:.3f},"
            f" {'-' if low is None else f'{low:.0%}'} of the errors among the least sure tenth"
        )
    console.print(report["null_beads"] + (" Merge mode." if report["merge"] else ""))


def _row(table: Any, name: str, found: dict[str, Any]) -> None:
    figures = (f"{found[key]:.3f}" for key in ("precision", "recall", "f1"))
    table.add_row(name, *figures, str(found["written"]), str(found["wanted"]))
