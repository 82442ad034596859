"""How an alignment shows itself in a notebook: its first beads, side by side."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aligner.model.alignment import Alignment

SHOWN = 20


def first_beads(alignment: Alignment) -> str:
    """The first beads as an HTML table; directions are the browser's to find."""
    head = "".join(f"<th>{escape(version.lang)}</th>" for version in alignment.versions)
    rows = []
    for _, view in zip(range(SHOWN), alignment, strict=False):
        cells = "".join(
            f'<td dir="auto" lang="{escape(side.lang)}" style="text-align: start">'
            f"{escape(side.text)}</td>"
            for side in view.sides
        )
        rows.append(f"<tr><td>{view.shape}<br>{view.confidence:.2f}</td>{cells}</tr>")
    more = len(alignment.beads) - SHOWN
    told = f"<p>and {more} more beads</p>" if more > 0 else ""
    return f"<table><tr><th>bead</th>{head}</tr>{''.join(rows)}</table>{told}"
