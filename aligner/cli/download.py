"""``aligner models download``: the only command that uses the network."""

from __future__ import annotations

import click

from aligner.cli import Command


@click.command("download", cls=Command)
@click.argument("langs", nargs=-1, required=True, metavar="LANG...")
def download(langs: tuple[str, ...]) -> None:
    """Fetch Stanza's sentence model for each LANG (uz, ru ...), by Stanza's own download."""
    from aligner.split.stanza import download as fetch

    for lang in langs:
        click.echo(f"{lang}: {fetch(lang)}")
