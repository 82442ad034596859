"""``aligner models``: models that are built, listed or fetched, one subcommand each."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aligner.cli import Command, settings

if TYPE_CHECKING:
    from aligner.detect.profiles import Kind


SUBCOMMANDS = {
    "download": "aligner.cli.download:download",
    "lexicon": "aligner.cli.words:lexicon",
    "list": "aligner.cli.words:show",
    "path": "aligner.cli.words:path",
}
"""Subcommands that live in modules of their own: where they are."""


class Models(click.Group):
    """The subcommands, each imported when it is called."""

    command_class = Command

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every subcommand."""
        return sorted({*super().list_commands(ctx), *SUBCOMMANDS})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The subcommand of that name, if there is one."""
        if cmd_name not in SUBCOMMANDS:
            return super().get_command(ctx, cmd_name)
        module, _, attribute = SUBCOMMANDS[cmd_name].partition(":")
        found: click.Command = getattr(import_module(module), attribute)
        return found


@click.group(cls=Models)
def models() -> None:
    """List, inspect, build and download models."""


@models.command("build-profiles")
@click.argument("texts", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="A file.")
@click.option(
    "--kind",
    type=click.Choice(["langdetect", "ngrams"]),
    default="langdetect",
    show_default=True,
    help="For which detector.",
)
@click.option("--keep", default=12000, show_default=True, help="N-grams a language (ngrams only).")
@click.pass_context
def build_profiles(
    context: click.Context, /, texts: tuple[Path, ...], output: Path, kind: Kind, keep: int
) -> None:
    """Count the n-grams of TEXTS: files named by tag, as in uz-Cyrl.txt, or folders of them.

    Every line of a file is a piece of text. The result is one file of counts, no text.
    """
    from aligner.detect.profiles import build

    made = build(texts, output, kind=kind, keep=keep, force=settings(context).force)
    click.echo(f"{output}: {len(made)} languages ({', '.join(made)})", err=True)
