"""The command line: arguments in, one call of the pipeline, a file or a table out."""

from __future__ import annotations

import ctypes
import gc
import os
import sys
import traceback
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from aligner.errors import AlignerError, UsageError
from aligner.version import __version__

COMMANDS = {
    "run": (
        "aligner.cli.run:run",
        "Read, find languages, match, split, align, write: the main job.",
    ),
    "align": ("aligner.cli.align:align", "Align files that are versions of one another."),
    "detect": ("aligner.cli.detect:detect", "Show which language every passage is in."),
    "split": ("aligner.cli.split:split", "Cut a text into sentences."),
    "validate": ("aligner.cli.validate:validate", "Check a corpus file: schema and meaning."),
    "convert": ("aligner.cli.convert:convert", "Turn one corpus format into another."),
    "eval": ("aligner.cli.eval:evaluate", "Precision, recall, F1 of an alignment against gold."),
    "add": ("aligner.cli.add:add", "Add one more version to a corpus."),
    "realign": ("aligner.cli.realign:realign", "Align again between confirmed beads only."),
    "stats": ("aligner.cli.stats:stats", "Bead statistics, expansion, sentence lengths."),
    "kwic": ("aligner.cli.kwic:kwic", "Concordance with the aligned sentences beside it."),
    "terms": ("aligner.cli.terms:terms", "Term pairs from keyword beads and from the texts."),
    "plot": ("aligner.cli.plot:plot", "Pictures of an alignment, as SVG or an HTML report."),
    "train": ("aligner.cli.train:train", "Learn word knowledge from one's own parallel texts."),
    "models": ("aligner.cli.models:models", "List, inspect, build and download models."),
    "doctor": ("aligner.cli.doctor:doctor", "What is installed, and what is at hand."),
}


OBJECTS = 50_000
"""New objects after which garbage is looked for: our records hold one another in no circle."""


@dataclass(slots=True)
class Settings:
    """The global options, wherever on the line they stood."""

    verbosity: int = 0
    force: bool = False
    color: bool | None = None


def settings(context: click.Context) -> Settings:
    """The settings of this call."""
    return context.ensure_object(Settings)


class Command(click.Command):
    """A command that takes the global options too, so that they may stand after its name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.extend(_global_options())


class Commands(click.Group):
    """The commands by name, each imported when it is called."""

    command_class = Command

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Every command, in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name, if there is one."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        found: click.Command = getattr(import_module(module), attribute)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


def _global_options() -> list[click.Option]:
    def option(*names: str, **kwargs: Any) -> click.Option:
        return click.Option(list(names), expose_value=False, **kwargs)

    return [
        option("-q", "--quiet", is_flag=True, callback=_quiet, help="Print errors only."),
        option("-v", "--verbose", is_flag=True, callback=_verbose, help="Print more."),
        option("--force", is_flag=True, callback=_force, help="Overwrite existing files."),
        option(
            "--config",
            type=click.Path(path_type=Path),
            is_eager=True,
            callback=_config,
            help="Defaults for options: a TOML file with a table per command.",
        ),
        option("--no-color", is_flag=True, callback=_no_color, help="No colours."),
    ]


def _quiet(context: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        settings(context).verbosity = -1


def _verbose(context: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        settings(context).verbosity = 1


def _force(context: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        settings(context).force = True


def _no_color(context: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        settings(context).color = False


def _config(context: click.Context, _: click.Parameter, value: Path | None) -> None:
    if value is None:
        return
    defaults = _defaults(context, value)
    if context.parent is None:
        context.default_map = defaults
    else:
        context.default_map = defaults.get(context.info_name or "", {})


def _defaults(context: click.Context, path: Path) -> dict[str, dict[str, Any]]:
    """The tables of a configuration, their options by the names of parameters."""
    import tomllib

    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(
            "this configuration cannot be read", where=str(path), why=str(error), do="Write TOML"
        ) from error
    for name, table in tables.items():
        if name not in COMMANDS or not isinstance(table, dict):
            raise UsageError(
                f"no command is called {name!r}",
                where=str(path),
                do=f"Write one table per command, as in [run]; commands: {', '.join(COMMANDS)}",
            )
    return {
        name: _by_parameter(context, cli.get_command(context, name), table, str(path))
        for name, table in tables.items()
    }


def _by_parameter(
    context: click.Context, command: click.Command | None, table: dict[str, Any], where: str
) -> dict[str, Any]:
    """The options of a command as they are typed in, by parameter out; subcommands in tables."""
    known = {
        option.removeprefix("--").replace("-", "_"): str(parameter.name)
        for parameter in (command.params if command else ())
        for option in parameter.opts
        if option.startswith("--")
    }
    found: dict[str, Any] = {}
    for key, value in table.items():
        inner = command.get_command(context, key) if isinstance(command, click.Group) else None
        if inner is not None and isinstance(value, dict):
            found[key] = _by_parameter(context, inner, value, where)
        elif key.replace("-", "_") in known:
            found[known[key.replace("-", "_")]] = value
        else:
            raise UsageError(
                f"no option is called {key!r} here",
                where=where,
                do=f"Options: {', '.join(sorted(known)).replace('_', '-')}",
            )
    return found


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="aligner")
def cli() -> None:
    """Turn documents in several languages into aligned TEI parallel corpora."""


cli.params.extend(_global_options())


def main(args: list[str] | None = None) -> None:
    """Run the command line; every error becomes a message and an exit code."""
    _prepare()
    try:
        result = cli.main(args, prog_name="aligner", standalone_mode=False)
        code = result if isinstance(result, int) else 0
    except AlignerError as error:
        code = _complain(str(error), error.exit_code)
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        more = f" See: {context.command_path} --help" if context else ""
        code = _complain(error.format_message() + more, 2)
    except (click.Abort, KeyboardInterrupt):
        code = _complain("stopped", 130)
    except BrokenPipeError:
        code = 1
        sys.stderr.close()
    except OSError as error:
        code = _complain(f"{error.filename or 'the system'}: {error.strerror or error}", 1)
    except Exception as error:  # noqa: BLE001  (no traceback reaches a user)
        if "-v" in (args or sys.argv):
            traceback.print_exc()
        code = _complain(
            f"this is a defect of aligner: {type(error).__name__}: {error}. "
            "Please report it with the file that caused it; -v shows where it happened.",
            1,
        )
    gc.freeze()  # the process ends: nothing is left to be searched for garbage
    sys.exit(code)


def _prepare() -> None:
    """Set up the process: threads, and streams that can print every character somehow."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        # Threads of linear algebra wait for one another longer than our small products take.
        os.environ.setdefault(name, "1")
    gc.set_threshold(OBJECTS, 20, 20)
    _keep_memory()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _keep_memory() -> None:
    """Tell the C library to use freed memory again: fetching large arrays anew costs a tenth."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # a library that has no such settings
            adjust = ctypes.CDLL(None).mallopt
            adjust(_MMAP_THRESHOLD, 32 << 20)
            adjust(_TRIM_THRESHOLD, 256 << 20)


_MMAP_THRESHOLD, _TRIM_THRESHOLD = -3, -1  # the numbers of glibc


def _complain(message: str, code: int) -> int:
    click.echo(f"aligner: {message}", err=True)
    return code
