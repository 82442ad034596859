"""Every command and every snippet of the documentation runs, in the order of its page."""

from __future__ import annotations

import contextlib
import io
import os
import re
import runpy
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest

from aligner.cli import cli, main

ROOT = Path(__file__).resolve().parents[1]
PAGES = ["README.md", *sorted(str(p.relative_to(ROOT)) for p in (ROOT / "docs").rglob("*.md"))]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
INDENTED = re.compile(r"(?:^    .*\n)+", re.MULTILINE)
INLINE = re.compile(r"`(aligner [^`]+)`")

RUN = ("sh", "python", "bash", "output")
"""Blocks that are run: commands line by line, Python as it stands, shell scripts whole.

``output`` is what the block before it prints.
"""

SHOWN = {
    "": "what is printed, and forms of a command: its options are checked",
    "text": "what is printed, and forms of a command: its options are checked",
    "r": "R is not among the programs of the tests",
    "toml": "a part of somebody else's file",
    "xml": "a part of a result, shortened",
}
"""Blocks that are not run, and why."""

INSTALLING = re.compile(r"\bpip3? install|-m venv|/activate$")
"""Lines that set up an environment; .ci/run follows the tutorial and the README to the letter."""


def blocks(page: str) -> list[tuple[str, str]]:
    text = (ROOT / page).read_text(encoding="utf-8")
    return [(kind, body) for kind, body in FENCE.findall(text) if kind in RUN]


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page)])
@pytest.mark.filterwarnings("default")
def test_a_page_does_what_it_says(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "pdf" in page:
        pytest.importorskip("pypdfium2")
    shutil.copytree(ROOT / "fixtures", tmp_path / "fixtures")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("SLURM_ARRAY_TASK_ID", "0")
    printed = ""
    for kind, body in blocks(page):
        if kind == "output":
            assert _trimmed(body) == _trimmed(printed)
        elif kind == "python":
            with contextlib.redirect_stdout(io.StringIO()) as stream:
                exec(compile(body, page, "exec"), {"__name__": "__main__"})
            printed = stream.getvalue()
        elif kind == "bash":
            subprocess.run(["bash", "-euc", body], check=True)
        else:
            lines = [line for line in body.splitlines() if line.strip()]
            printed = "".join(_do(line) for line in lines if not INSTALLING.search(line))


def _do(line: str) -> str:
    """Run a command line; what it prints on standard output."""
    words = shlex.split(line)
    if words[0] != "aligner":
        return subprocess.run(
            ["bash", "-euc", line], check=True, capture_output=True, text=True
        ).stdout
    with (
        contextlib.redirect_stdout(io.StringIO()) as printed,
        contextlib.redirect_stderr(io.StringIO()) as complaint,
        pytest.raises(SystemExit) as end,
    ):
        main(words[1:])
    assert end.value.code in (0, None), f"{line}\n{complaint.getvalue()}"
    return printed.getvalue()


def _trimmed(text: str) -> list[str]:
    return [line.rstrip() for line in text.rstrip().splitlines()]


def test_the_readme_shows_what_the_main_job_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shutil.copytree(ROOT / "fixtures", tmp_path / "fixtures")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit):
        main(shlex.split(text.partition(".venv/bin/aligner ")[2].partition("\n")[0]))
    kinds = dict(FENCE.findall(text))
    assert kinds[""] == capsys.readouterr().out
    made = _without_certainty((tmp_path / "paper.xml").read_text(encoding="utf-8"))
    for line in _without_certainty(kinds["xml"]).splitlines():
        for part in line.removesuffix("</s>").split("..."):
            assert part.strip() in made or line.startswith("<text"), part


def _without_certainty(text: str) -> str:
    return re.sub(r'cert="[\d.]+"', 'cert=""', text)


@pytest.mark.parametrize("page", PAGES)
def test_no_block_is_passed_over(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    assert {kind for kind, _ in FENCE.findall(text)} <= {*RUN, *SHOWN}
    assert text.count("```") == 2 * len(FENCE.findall(text))


@pytest.mark.parametrize("page", PAGES)
def test_commands_that_are_only_named_have_these_options(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    shown = [body for kind, body in FENCE.findall(text) if kind in SHOWN]
    outside = FENCE.sub("", text)
    lines = [line for body in (*shown, *INDENTED.findall(outside)) for line in body.splitlines()]
    named = [line.strip() for line in lines if line.strip().startswith("aligner ")]
    for line in (*named, *INLINE.findall(outside)):
        _check(line, page)


def _check(line: str, page: str) -> None:
    """The command exists, and takes every option that is named."""
    command: click.Command = cli
    context = click.Context(cli)
    for word in line.split()[1:]:
        found = command.get_command(context, word) if isinstance(command, click.Group) else None
        if found is None:
            break
        command = found
    assert command is not cli or line.split()[1].startswith(("-", "|", "NAME")), f"{page}: {line}"
    known = {name for owner in (cli, command) for option in owner.params for name in option.opts}
    wanted = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", line)) - {"--help"}
    assert wanted <= known, f"{page}: {line}"


def test_the_navigation_leads_to_every_page() -> None:
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    listed = re.findall(r": ([\w/-]+\.md)$", config, re.MULTILINE)
    there = [page.removeprefix("docs/") for page in PAGES if page.startswith("docs/")]
    assert sorted(listed) == sorted(there)


def test_every_link_leads_somewhere() -> None:
    for page in PAGES:
        text = (ROOT / page).read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
            assert ((ROOT / page).parent / target).exists(), f"{page}: {target}"


def test_the_reference_is_that_of_the_code() -> None:
    pages = runpy.run_path(str(ROOT / "docs" / "reference.py"))["pages"]()
    for name, text in pages.items():
        there = (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")
        assert there == text, f"docs/reference/{name} is out of date: run python docs/reference.py"


@pytest.mark.filterwarnings("ignore")
def test_the_notebook_shows_what_its_cells_give() -> None:
    path = ROOT / "docs" / "notebook.ipynb"
    shown = runpy.run_path(str(path.with_suffix(".py")))["executed"]()
    assert path.read_text(encoding="utf-8") == shown, "out of date: run python docs/notebook.py"


def test_every_option_tells_its_effect() -> None:
    reference = (ROOT / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
    for name in cli.list_commands(click.Context(cli)):
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        groups = command.commands.values() if isinstance(command, click.Group) else [command]
        for option in (option for one in groups for option in one.params):
            if isinstance(option, click.Option) and option.expose_value:
                assert option.help, f"{name} {option.opts}"
                assert f"{option.opts[-1]}" in reference


def test_every_dependency_is_accounted_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = {**project["optional-dependencies"]}
    del extras["all"]
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    for needed in (*project["dependencies"], *(name for one in extras.values() for name in one)):
        assert re.search(rf"\b{re.split('[<>=;]', needed)[0]}\b", page), needed
    for extra in extras:
        assert f"`{extra}`" in page
