"""Pages that stand alone: a concordance, and the report of a corpus."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from aligner.analysis.kwic import Hit
from aligner.analysis.plot import path_picture, ratio_picture, shape_picture
from aligner.analysis.stats import Stats, stats
from aligner.formats.html import direction
from aligner.mend import mended
from aligner.model import Alignment, BeadView, Corpus

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem;
  color: #1b1b1b; background: #fff; }
h1 { font-size: 1.6rem } h2 { font-size: 1.2rem; margin-top: 2.5rem }
table { border-collapse: collapse; width: 100%; margin: 1rem 0 }
th, td { border-bottom: 1px solid #ddd; padding: .3rem .6rem; text-align: start;
  vertical-align: top }
td.number, th.number { text-align: end; font-variant-numeric: tabular-nums }
td.left { text-align: end } mark { background: #ffe08a }
svg { max-width: 100%; height: auto } .quiet { color: #666 } .doubtful { background: #fbe3e6 }
@media print { body { margin: 0; max-width: none } h2 { break-after: avoid } }
"""

WORST = 25
"""Beads listed in a report, the least certain first."""

FEWEST = 8
"""Beads of a parallel below which there is nothing to see in a picture."""


def concordance_page(hits: Sequence[Hit], pattern: str) -> str:
    """Make a page of concordance lines: hits and the pattern in, HTML out."""
    tags = list(dict.fromkeys(lang for hit in hits for lang, _ in hit.aligned))
    head = ["<th></th>" * 3, *map(_lang_head, tags)]
    body = [
        _row(
            *_line(hit),
            *(f"<td{_lang(t)}>{escape(dict(hit.aligned).get(t, ''))}</td>" for t in tags),
        )
        for hit in hits
    ]
    return _page(
        f"Concordance: {pattern}",
        f'<p class="quiet">{len(hits)} {"hit" if len(hits) == 1 else "hits"}</p>',
        _table(head, body),
    )


def _line(hit: Hit) -> list[str]:
    """The line of a hit as cells; what comes before stands on the side where reading begins."""
    cells = [
        f'<td class="left"{_lang(hit.lang)}>{escape(hit.left)}</td>',
        f"<td{_lang(hit.lang)}><mark>{escape(hit.node)}</mark></td>",
        f"<td{_lang(hit.lang)}>{escape(hit.right)}</td>",
    ]
    return cells[::-1] if direction(hit.lang) == "rtl" else cells


def report_page(corpus: Corpus) -> str:
    """Make a report of a corpus: counts, pictures, the beads to look at first; HTML out."""
    counted = stats(corpus)
    parts = [_languages(counted)]
    for parallel, alignment in zip(corpus.parallels, corpus.alignments, strict=True):
        tags = ", ".join(version.lang for version in alignment.versions)
        parts.append(f"<h2>{escape(parallel.role.capitalize())}: {escape(tags)}</h2>")
        parts.append(_pictures(alignment))
        parts.append(_worst(alignment))
    parts.append("<h2>Made with</h2>" + _recipe(corpus))
    return _page(corpus.title, *parts)


def _languages(counted: Stats) -> str:
    head = [
        _head("language"),
        *(map(_number_head, ("units", "words", "words a unit", "MATTR", "unaligned"))),
    ]
    body = [
        _row(
            _cell(line.lang),
            *(_number(value) for value in (line.units, line.words, f"{line.mean_words:.1f}")),
            _number(f"{line.variety:.3f}" if line.variety else "-"),
            _number(f"{100 * line.unaligned:.0f} %"),
        )
        for line in counted.languages
    ]
    pairs = [
        _row(
            _cell(pair.role),
            _cell(f"{pair.first} > {pair.second}"),
            _number(pair.beads),
            _cell(", ".join(f"{n} × {shape}" for shape, n in pair.shapes)),
            _number(pair.omissions),
            _number(pair.additions),
            _number(f"{pair.expansion:.2f}" if pair.expansion else "-"),
        )
        for pair in counted.pairs
    ]
    names = [
        *map(_head, ("parallel", "pair")),
        _number_head("beads"),
        _head("shapes"),
        *map(_number_head, ("omitted", "added", "expansion")),
    ]
    return _table(head, body) + (_table(names, pairs) if pairs else "")


def _pictures(alignment: Alignment) -> str:
    if len(alignment) < FEWEST:
        return ""
    first = alignment.versions[0].lang
    pictures = [
        picture(alignment, langs=(first, other.lang)).svg
        for other in alignment.versions[1:]
        for picture in (shape_picture, path_picture, ratio_picture)
    ]
    return "".join(f"<div>{svg}</div>" for svg in pictures)


def _worst(alignment: Alignment) -> str:
    views = sorted(
        (view for view in alignment if view.status == "auto"), key=lambda view: view.confidence
    )
    tags = [version.lang for version in alignment.versions]
    return "<p>The beads to look at first:</p>" + _table(
        [_number_head("confidence"), _head("shape"), *map(_lang_head, tags)],
        [_bead(view) for view in views[:WORST]],
    )


def _bead(view: BeadView) -> str:
    sides = [f"<td{_lang(side.lang)}>{escape(mended(side.text))}</td>" for side in view.sides]
    return _row(_number(f"{view.confidence:.2f}"), _cell(view.shape), *sides)


def _recipe(corpus: Corpus) -> str:
    body = [
        _row(
            _cell(step.name),
            _cell(step.version),
            _cell("; ".join(f"{name}={value}" for name, value in step.settings)),
        )
        for step in corpus.recipe
    ]
    return _table(map(_head, ("tool", "version", "settings")), body)


def _page(title: str, *parts: str) -> str:
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>\n"
        f"<body><h1>{escape(title)}</h1>\n{chr(10).join(parts)}\n</body></html>\n"
    )


def _table(head: Iterable[str], body: Iterable[str]) -> str:
    names, rows = "".join(head), "\n".join(body)
    return f"<table><thead><tr>{names}</tr></thead><tbody>{rows}</tbody></table>"


def _head(name: str) -> str:
    return f"<th>{escape(name)}</th>"


def _number_head(name: str) -> str:
    return f'<th class="number">{escape(name)}</th>'


def _lang_head(tag: str) -> str:
    """The head of a column of texts: its tag, on the side where its lines begin."""
    return f'<th dir="{direction(tag)}">{escape(tag)}</th>'


def _row(*cells: str) -> str:
    return f"<tr>{''.join(cells)}</tr>"


def _cell(value: Any) -> str:
    return f"<td>{escape(str(value))}</td>"


def _number(value: Any) -> str:
    return f'<td class="number">{escape(str(value))}</td>'


def _lang(tag: str) -> str:
    return f' lang="{escape(tag)}" dir="{direction(tag)}"'
