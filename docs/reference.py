"""Writes docs/reference/cli.md and api.md from the commands and the public names themselves."""

from __future__ import annotations

import inspect
from pathlib import Path

import click

import aligner
from aligner.cli import COMMANDS, cli
from aligner.pipeline import Options

FOLDER = Path(__file__).parent / "reference"

HEAD = """# Commands

Made from the commands themselves. Exit codes: 0 ok, 1 failed, 2 usage, 3 some documents failed,
4 the file is not valid. `-` is standard input or output.
"""

NAMES = """# Python names

Made from the docstrings. Everything here is imported as `aligner.NAME`; options are keyword-only.
Where it says `**options: Unpack[Options]`, these may be given:

"""


def pages() -> dict[str, str]:
    """The pages by file name."""
    return {"cli.md": _commands(), "api.md": _names()}


def _commands() -> str:
    context = click.Context(cli, info_name="aligner", help_option_names=["-h", "--help"])
    parts = [
        HEAD,
        "## aligner\n\n" + _options(cli, context),
    ]
    for name in COMMANDS:
        command = cli.get_command(context, name)
        if command is not None:
            parts += _command(command, name, context)
    return "\n".join(parts)


def _command(command: click.Command, name: str, parent: click.Context) -> list[str]:
    context = click.Context(command, info_name=name, parent=parent)
    usage = " ".join((context.command_path, *command.collect_usage_pieces(context)))
    parts = [
        f"## {context.command_path}\n\n```text\n{usage}\n```\n\n{_text(command.help)}\n\n"
        + _options(command, context)
    ]
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            found = command.get_command(context, inner)
            if found is not None:
                parts += _command(found, inner, context)
    return parts


def _options(command: click.Command, context: click.Context) -> str:
    rows = []
    for option in command.get_params(context):
        record = option.get_help_record(context)
        if record is not None and record[1] and (option.expose_value or command is cli):
            rows.append(f"| `{record[0]}` | {_text(record[1])} |")
    if not rows:
        return ""
    return "| option | effect |\n|---|---|\n" + "\n".join(rows).replace("||", "|") + "\n"


def _text(text: str | None) -> str:
    return " ".join((text or "").replace("|", "\\|").split())


def _names() -> str:
    parts = [f"{NAMES}{inspect.getdoc(Options)}\n"]
    for name in aligner.__all__:
        found = getattr(aligner, name)
        signature = f"{name}{_signature(found)}"
        parts.append(f"## {name}\n\n```text\n{signature}\n```\n\n{inspect.getdoc(found)}\n")
    return "\n".join(parts)


def _signature(found: object) -> str:
    try:
        return str(inspect.signature(found))  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return ""


def main() -> None:
    """Write the pages."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
