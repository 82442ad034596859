"""The floors, the public surface, what importing costs, plug-ins."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import aligner
from aligner import registry
from aligner.cli import COMMANDS, cli
from aligner.errors import AlignerError, UnknownNameError

ROOT = Path(__file__).resolve().parents[1]


def test_no_room_imports_what_stands_above_or_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    from importlinter.cli import lint_imports

    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True) == 0


def test_importing_costs_nothing() -> None:
    code = "import aligner, sys; print(' '.join(m.partition('.')[0] for m in sys.modules))"
    loaded = set(subprocess.check_output([sys.executable, "-c", code], text=True).split())
    heavy = {
        "numpy",
        "lxml",
        "numba",
        "py3langid",
        "langdetect",
        "torch",
        "stanza",
        "click",
        "rich",
    }
    assert not loaded & heavy


def test_the_version_needs_no_room() -> None:
    code = "import sys; sys.argv = ['aligner', '--version']\ntry:\n import aligner.cli; aligner.cli.main()\nexcept SystemExit: pass\nprint(' '.join(m.partition('.')[0] for m in sys.modules))"
    printed = subprocess.check_output([sys.executable, "-c", code], text=True)
    assert printed.startswith(f"aligner, version {aligner.__version__}")
    assert not set(printed.split()) & {"numpy", "lxml", "numba", "py3langid", "rich"}


def test_the_public_names_are_listed_sorted_documented_and_there() -> None:
    assert aligner.__all__ == sorted(aligner.__all__)
    assert [*aligner.__all__, "__version__"] == [n for n in dir(aligner) if n != "__version__"] + [
        "__version__"
    ]
    for name in aligner.__all__:
        assert getattr(aligner, name).__doc__, name
    with pytest.raises(AttributeError):
        aligner.nothing  # noqa: B018


def test_every_error_is_one_of_the_tree() -> None:
    import aligner.errors as tree

    for name, kind in vars(tree).items():
        if isinstance(kind, type) and issubclass(kind, Exception):
            assert issubclass(kind, AlignerError)
            assert name in (tree.__doc__ or "")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_there_and_tells_its_options(name: str) -> None:
    result = CliRunner().invoke(cli, [name, "--help"])
    assert result.exit_code == 0, result.output
    assert "--help" in result.output


@pytest.mark.parametrize("point", registry.BUILT_IN)
def test_every_registered_name_can_be_looked_up(point: registry.Point) -> None:
    for name in registry.BUILT_IN[point]:
        assert registry.lookup(point, name) is not None
    with pytest.raises(UnknownNameError, match="Known: "):
        registry.lookup(point, "no such thing")


def test_modules_and_functions_stay_of_one_idea() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in (ROOT / "aligner").rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert not long
    names = {path.stem for path in (ROOT / "aligner").rglob("*.py")}
    assert not names & {"utils", "helpers", "common", "misc", "base"}


def test_a_function_stays_a_function_when_its_room_is_imported() -> None:
    code = "import aligner, aligner.read, aligner.align; aligner.read; import aligner.detect, aligner.split; print(*map(callable, (aligner.read, aligner.align, aligner.detect, aligner.split)))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).split() == ["True"] * 4
