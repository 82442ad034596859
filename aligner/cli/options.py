"""Options that several commands take, each told once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from aligner import registry
from aligner.pipeline import pairs

A_PATH = click.Path(path_type=Path)


class Method(click.ParamType):  # type: ignore[type-arg]  # none in older versions
    """The name of a kind of evidence; plug-ins are asked for only where it is none of our own."""

    name = "method"

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """Every name that may be given."""
        del param, ctx
        return f"[{'|'.join(self._every())}]"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name as given; fails if it stands for nothing."""
        if value not in pairs.METHODS and value not in self._every():
            known = ", ".join(self._every())
            self.fail(f"{value!r} is not one of {known}.", param, ctx)
        return value

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The names that begin so."""
        del ctx, param
        return [CompletionItem(name) for name in self._every() if name.startswith(incomplete)]

    def _every(self) -> list[str]:
        return [*pairs.METHODS, *registry.names("scorers")]


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
    type=Method(),
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
