"""How records show themselves in a notebook: the parallels of a corpus, the first beads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import islice

SHOWN = 20
"""Beads that a notebook shows of an alignment."""

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


def parallel_table(title: str, rows: Iterable[Sequence[object]], rest: int) -> str:
    """The parallels of a corpus as an HTML table: role, languages, beads, beads that are 1-1."""
    names = ("parallel", "role", "languages", "beads", "1-1")
    head = "".join(f"<th>{name}</th>" for name in names)
    lines = (
        "".join(f"<td>{escape(str(value))}</td>" for value in (number, *row))
        for number, row in enumerate(rows)
    )
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    table = f"<table><tr>{head}</tr>{body}</table>"
    return f"<p><b>{escape(title)}</b>: {rest} units are unaligned.</p>{table}"
