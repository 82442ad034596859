"""Options that several commands take, each told once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from aligner import registry
from aligner.pipeline import pairs

METHODS = [*pairs.METHODS, *registry.names("scorers")]

A_PATH = click.Path(path_type=Path)


def formats(context: click.Context, parameter: click.Parameter, begun: str) -> list[str]:
    """The names of formats that begin so, for the shell to complete."""
    del context, parameter
    return [name for name in registry.names("formats") if name.startswith(begun)]


def said(given: Mapping[str, Any]) -> dict[str, Any]:
    """The options that were given a value: those left out are for the library to choose."""
    return {name: value for name, value in given.items() if value not in (None, ())}


OUTPUT = click.option("-o", "--output", required=True, type=A_PATH, help="File to make.")
TO = click.option(
    "--to",
    "target",
    shell_complete=formats,
    help="The format; by default the one of OUTPUT's ending.",
)
STRICT = click.option("--strict", is_flag=True, help="Fail if the format cannot hold everything.")
METADATA = click.option("--metadata", type=A_PATH, help="Title, author ... as TOML.")
UNIT = click.option(
    "--unit",
    type=click.Choice(["sentence", "paragraph", "verse"]),
    default="sentence",
    show_default=True,
    help="What to align.",
)
SPLITTER = click.option(
    "--splitter",
    default="rules",
    show_default=True,
    help="What cuts sentences: rules, stanza, auto (stanza where it has a model), or a plug-in.",
)
ABBREVIATIONS = click.option(
    "--abbreviations", type=A_PATH, help="A file of abbreviations that end no sentence, one a line."
)
METHOD = click.option(
    "--method",
    type=click.Choice(METHODS),
    default="auto",
    show_default=True,
    help="The evidence: lengths; words too; the word model too; vectors; or all at hand (auto).",
)
EMBEDDER = click.option(
    "--embedder", help="Vectors (.npz, or A.npy,B.npy), or a model: st:, m2v:, onnx:."
)
DICTIONARY = click.option(
    "--dictionary",
    multiple=True,
    type=A_PATH,
    help="Word pairs: TSV, TBX, or a hunalign .dic. May be given more than once.",
)
LEXICON = click.option(
    "--lexicon", type=A_PATH, help="A model made by `aligner train`; else the built-in."
)
PIVOT = click.option(
    "--pivot", help="Align the others with this version only, as in en; else every pair counts."
)
