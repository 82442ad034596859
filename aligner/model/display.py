"""How an alignment shows itself in a notebook: its first beads, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import islice

SHOWN = 20

Row = tuple[str, Sequence[tuple[str, str]]]
"""What is told of a bead, and (tag, text) of every side."""


def first_beads(langs: Iterable[str], rows: Iterable[Row], count: int) -> str:
    """The first beads as an HTML table; directions are the browser's to find."""
    head = "".join(f"<th>{escape(lang)}</th>" for lang in langs)
    lines = []
    for about, sides in islice(rows, SHOWN):
        cells = "".join(
            f'<td dir="auto" lang="{escape(lang)}" style="text-align: start">{escape(text)}</td>'
            for lang, text in sides
        )
        lines.append(f"<tr><td>{escape(about)}</td>{cells}</tr>")
    told = f"<p>and {count - SHOWN} more beads</p>" if count > SHOWN else ""
    return f"<table><tr><th>bead</th>{head}</tr>{''.join(lines)}</table>{told}"
