"""HTML: the versions side by side, a row a bead; one file that needs no other and no script.

Doubtful beads are marked, beads that are not 1-1 can be shown alone, and every cell carries its
language and direction. It prints. Written, not read.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import groupby
from pathlib import Path

from aligner.formats.entries import Entry, Head, Losses, entries, head
from aligner.formats.loss import Loss
from aligner.formats.tei.languages import language_name
from aligner.formats.xmltext import storable
from aligner.mend import mended
from aligner.model import Corpus, primary

DOUBTFUL = 0.5
"""Beads below this confidence are marked."""

RIGHT_TO_LEFT = {"ar", "fa", "ur", "he", "ps", "ug", "yi", "sd", "ckb", "dv", "arc", "syr"}

SCRIPTS = {"Arab", "Aran", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg"}
"""Scripts written from right to left."""

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 90rem; padding: 1rem;
  color: #1b1b1b; background: #fff }
h1 { font-size: 1.4rem } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem }
label { margin-inline-end: 1.5rem; font-size: .9rem }
table { border-collapse: collapse; width: 100%; table-layout: fixed }
th, td { border-bottom: 1px solid #ddd; padding: .4rem .6rem; text-align: start;
  vertical-align: top; overflow-wrap: break-word }
th { position: sticky; top: 0; background: #f4f4f2; font-size: .85rem }
th.n, td.n { width: 4.5rem; color: #666; font-size: .8rem; font-variant-numeric: tabular-nums }
tr.doubtful td { background: #fbe3e6 } tr.null td { background: #f4f4f2 }
tr.doubtful td.n { box-shadow: inset 3px 0 #c2405a }
tr.confirmed td.n::after { content: " \\2713"; color: #2a7d2a }
tr.rejected td.n::after { content: " \\2717"; color: #b02a37 }
span.unit + span.unit { border-inline-start: 2px solid #b9c7d9; padding-inline-start: .4rem }
th small { font-weight: normal; color: #666 }
#other:checked ~ main tr.plain, #doubt:checked ~ main tbody tr:not(.doubtful),
#other:checked ~ main section:not(:has(tbody tr:not(.plain))),
#doubt:checked ~ main section:not(:has(tr.doubtful)) { display: none }
@media print { html { font-size: 11px }
  body { font-size: 1rem; max-width: none; print-color-adjust: exact }
  input, label { display: none }
  th { position: static } tr { break-inside: avoid } }
"""


def write(corpus: Corpus, path: Path) -> Loss:
    """Write the beads of a corpus, a table a parallel."""
    return pour(head(corpus), entries(corpus), path)


def pour(about: Head, found: Iterable[Entry], path: Path) -> Loss:
    """Write entries as they come."""
    losses = Losses("html", about, ("offsets", "blocks", "the recipe", "who vouches for a bead"))
    title = escape(storable(about.title))
    with path.open("w", encoding="utf-8", newline="\n", errors="replace") as stream:
        stream.write(
            '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>{title}</title><style>{STYLE}</style></head>\n<body><h1>{title}</h1>\n"
            '<input type="checkbox" id="other"><label for="other">only beads that are not 1-1'
            '</label><input type="checkbox" id="doubt"><label for="doubt">only doubtful beads'
            "</label>\n<main>\n"
        )
        for _, group in groupby(found, key=lambda entry: entry.parallel):
            first = next(group)
            stream.write(_opening(first))
            stream.write(_row(first, 1))
            stream.writelines(_row(entry, number) for number, entry in enumerate(group, 2))
            stream.write("</tbody></table></section>\n")
        stream.write("</main></body></html>\n")
    return losses.loss


def _opening(entry: Entry) -> str:
    names = "".join(
        f'<th scope="col" dir="{direction(lang)}">{escape(lang)}'
        f' <small dir="ltr">{escape(language_name(lang))}</small></th>'
        for lang in entry.langs
    )
    return (
        f"<section><h2>{escape(entry.role.capitalize())}</h2>\n"
        f'<table><thead><tr><th class="n">bead</th>{names}</tr></thead><tbody>\n'
    )


def _row(entry: Entry, number: int) -> str:
    kinds = []
    if set(map(len, entry.texts)) == {1}:
        kinds.append("plain")
    if entry.is_null:
        kinds.append("null")
    if entry.status != "auto":
        kinds.append(entry.status)
    if entry.status != "confirmed" and entry.confidence < DOUBTFUL:
        kinds.append("doubtful")
    cells = "".join(
        _cell(lang, texts) for lang, texts in zip(entry.langs, entry.texts, strict=True)
    )
    about = f"{number} <br>{entry.shape} <br>{entry.confidence:.2f}"
    return f'<tr class="{" ".join(kinds)}"><td class="n">{about}</td>{cells}</tr>\n'


def direction(lang: str) -> str:
    """``rtl`` or ``ltr``: by the script if the tag names one, else by the language."""
    scripts = [part for part in lang.split("-")[1:] if len(part) == 4 and part.isalpha()]
    if scripts:
        return "rtl" if scripts[0].capitalize() in SCRIPTS else "ltr"
    return "rtl" if primary(lang) in RIGHT_TO_LEFT else "ltr"


def _cell(lang: str, texts: tuple[str, ...]) -> str:
    units = " ".join(
        f'<span class="unit">{escape(storable(mended(text)))}</span>' for text in texts
    )
    return f'<td lang="{escape(lang)}" dir="{direction(lang)}">{units}</td>'
