"""Every command and every snippet of the documentation runs, in the order of its page."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from aligner.cli import main

ROOT = Path(__file__).resolve().parents[1]
PAGES = ["README.md", *sorted(str(p.relative_to(ROOT)) for p in (ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```(sh|python)\n(.*?)^```", re.MULTILINE | re.DOTALL)

INSTALLING = re.compile(r"\bpip3? install|-m venv|/activate$")
"""Lines that set up an environment; .ci/run follows the tutorial and the README to the letter."""


def blocks(page: str) -> list[tuple[str, str]]:
    return BLOCK.findall((ROOT / page).read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page)])
@pytest.mark.filterwarnings("default")
def test_a_page_does_what_it_says(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "pdf" in page:
        pytest.importorskip("pypdfium2")
    shutil.copytree(ROOT / "fixtures", tmp_path / "fixtures")
    monkeypatch.chdir(tmp_path)
    for kind, body in blocks(page):
        if kind == "python":
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(body, page, "exec"), {"__name__": "__main__"})
            continue
        for line in body.splitlines():
            if line.strip() and not INSTALLING.search(line):
                _do(line)


def _do(line: str) -> None:
    words = shlex.split(line)
    if words[0] != "aligner":
        subprocess.run(["bash", "-euc", line], check=True)
        return
    printed = io.StringIO()
    with (
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(printed),
        pytest.raises(SystemExit) as end,
    ):
        main(words[1:])
    assert end.value.code in (0, None), f"{line}\n{printed.getvalue()}"


def test_every_link_leads_somewhere() -> None:
    for page in PAGES:
        text = (ROOT / page).read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
            assert ((ROOT / page).parent / target).exists(), f"{page}: {target}"


def test_the_reference_is_that_of_the_code() -> None:
    import runpy

    pages = runpy.run_path(str(ROOT / "docs" / "reference.py"))["pages"]()
    for name, text in pages.items():
        there = (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")
        assert there == text, f"docs/reference/{name} is out of date: run python docs/reference.py"


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_the_notebook_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its cells run as they stand, one after another."""
    import json

    monkeypatch.chdir(ROOT)
    cells = json.loads((ROOT / "docs" / "notebook.ipynb").read_text(encoding="utf-8"))["cells"]
    names: dict[str, object] = {"__name__": "__main__"}
    for cell in cells:
        if cell["cell_type"] == "code":
            assert cell["outputs"], cell["source"]
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile("".join(cell["source"]), "notebook", "exec"), names)
