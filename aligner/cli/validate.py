"""``aligner validate``: schema and meaning of corpus files."""

from __future__ import annotations

from pathlib import Path

import click

from aligner.cli import Command

INVALID = 4


@click.command(cls=Command)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--most", default=50, show_default=True, metavar="N", help="Problems shown of each rule."
)
@click.pass_context
def validate(context: click.Context, files: tuple[Path, ...], as_json: bool, most: int) -> None:
    """Check TEI FILES: the schema, and that every link means what it says."""
    import json

    from aligner.formats.validate import validate as check

    found = {path: check(path, most=most) for path in files}
    if as_json:
        rows = [
            {
                "file": problem.file,
                "line": problem.line,
                "rule": problem.rule,
                "what": problem.what,
                "mend": problem.mend,
                "grave": problem.grave,
            }
            for problems in found.values()
            for problem in problems
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for path, problems in found.items():
            for problem in problems:
                click.echo(str(problem))
            grave = sum(problem.grave for problem in problems)
            click.echo(f"{path}: " + (f"not valid, {grave} problems" if grave else "valid"))
    if any(problem.grave for problems in found.values() for problem in problems):
        context.exit(INVALID)
