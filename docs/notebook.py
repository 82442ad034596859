"""Runs the cells of docs/notebook.ipynb and puts what they show under them."""

from __future__ import annotations

import ast
import contextlib
import io
import json
from pathlib import Path
from pprint import pformat
from typing import Any

NOTEBOOK = Path(__file__).parent / "notebook.ipynb"

RICH = {"text/html": "_repr_html_", "image/svg+xml": "_repr_svg_"}
"""The methods by which a value shows itself in a notebook."""


def executed() -> str:
    """The text of the notebook, run in the folder above it."""
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    names: dict[str, Any] = {"__name__": "__main__"}
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    with contextlib.chdir(NOTEBOOK.parents[1]):
        for count, cell in enumerate(cells, start=1):
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                value = _value("".join(cell["source"]), names)
            cell["execution_count"] = count
            cell["outputs"] = _outputs(printed.getvalue(), value, count)
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def _value(source: str, names: dict[str, Any]) -> Any:
    """Run a cell; the value of its last line if that is an expression."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "notebook", "exec"), names)  # noqa: S102 - these are our own cells
    if last is None:
        return None
    return eval(compile(ast.Expression(last.value), "notebook", "eval"), names)  # noqa: S307


def _outputs(printed: str, value: Any, count: int) -> list[dict[str, Any]]:
    outputs: list[dict[str, Any]] = []
    if printed:
        lines = printed.splitlines(keepends=True)
        outputs.append({"name": "stdout", "output_type": "stream", "text": lines})
    if value is None:
        return outputs
    kind = next((kind for kind, method in RICH.items() if hasattr(value, method)), "text/plain")
    text = getattr(value, RICH[kind])() if kind in RICH else pformat(value, width=100)
    shown = text.splitlines(keepends=True)
    data = {"data": {kind: shown}, "execution_count": count, "metadata": {}}
    return [*outputs, {**data, "output_type": "execute_result"}]


def main() -> None:
    """Write the notebook."""
    NOTEBOOK.write_text(executed(), encoding="utf-8")


if __name__ == "__main__":
    main()
