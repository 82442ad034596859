"""Tidy tables of a corpus: one row a bead, or one row a unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from typing import Any, Literal

import numpy as np

from aligner.analysis.measures import (
    Ints,
    Sides,
    length_ratios,
    listed,
    sides,
    word_counts,
    z_scores,
)
from aligner.errors import MissingExtraError, UsageError
from aligner.model import Alignment, Corpus, Version, joiner, primary

Kind = Literal["beads", "units", "wide"]
Columns = dict[str, list[Any]]

ABOUT = ("direction", "translator", "genre")
"""The metadata that every table carries, per language."""


def to_frame(corpus: Corpus, *, kind: Kind = "beads", library: str | None = None) -> Any:
    """Make a table of a corpus.

    ``kind`` is ``beads`` (one row a bead; what differs by version is a tuple in the order of
    ``languages``), ``wide`` (one row a bead, one column per language and quantity, as in
    ``text_uz-Latn``) or ``units`` (one row a unit, the unaligned rest included). ``library`` is
    ``pandas``, ``polars`` or ``rows``; by default the first that is installed. Returns a data
    frame, or a list of dicts for ``rows``. Lengths are in characters and words, offsets in code
    points of the source. Raises UsageError, MissingExtraError.
    """
    makers = {"beads": bead_columns, "units": unit_columns, "wide": wide_columns}
    if kind not in makers:
        raise UsageError(f"no table is called {kind!r}", do=f"Tables: {', '.join(makers)}")
    return _framed(makers[kind](corpus), library)


def rows(columns: Columns) -> list[dict[str, Any]]:
    """Columns in, one dict a row out."""
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _framed(columns: Columns, library: str | None) -> Any:
    installed = [name for name in ("pandas", "polars") if find_spec(name)]
    chosen = library or (installed[0] if installed and find_spec("narwhals") else "rows")
    if chosen == "rows":
        return rows(columns)
    if chosen not in ("pandas", "polars"):
        raise UsageError(f"no tables come from {chosen!r}", do="Use pandas, polars or rows")
    if chosen not in installed or not find_spec("narwhals"):
        raise MissingExtraError("this table", package=f"{chosen} with narwhals", extra=chosen)
    import narwhals

    return narwhals.from_dict(columns, backend=chosen).to_native()


def bead_columns(corpus: Corpus) -> Columns:
    """One row a bead; tuples hold one entry per language."""
    names = "document parallel role bead languages shape null texts units characters words"
    columns: Columns = {name: [] for name in names.split()}
    columns |= {name: [] for name in ("length_ratio", "z_score", "confidence", "status", "resp")}
    columns |= {name: [] for name in ("position", "start", "end", *ABOUT)}
    for number, role, alignment in _parallels(corpus):
        about = [_about(corpus, version.lang) for version in alignment.versions]
        every = [sides(alignment, column) for column in range(len(alignment.versions))]
        beads = len(alignment.beads)
        columns["document"] += [alignment.versions[0].document.name] * beads
        columns["parallel"] += [number] * beads
        columns["role"] += [role] * beads
        columns["bead"] += range(beads)
        columns["languages"] += [tuple(version.lang for version in alignment.versions)] * beads
        columns["shape"] += _shapes(every)
        columns["null"] += (np.sum([side.units > 0 for side in every], axis=0) == 1).tolist()
        columns["confidence"] += [bead.confidence for bead in alignment.beads]
        columns["status"] += [bead.status for bead in alignment.beads]
        columns["resp"] += [bead.resp for bead in alignment.beads]
        columns["position"] += _positions(alignment, every)
        for name, values in _side_columns(alignment, every).items():
            columns[name] += zip(*values, strict=True)
        for name in ABOUT:
            columns[name] += [tuple(facts[name] for facts in about)] * beads
    return columns


def _shapes(columns: Sequence[Sides]) -> list[str]:
    """The shape of every bead; there are few different ones."""
    rows = list(zip(*(side.units.tolist() for side in columns), strict=True))
    names = {row: "-".join(map(str, row)) for row in set(rows)}
    return [names[row] for row in rows]


def _positions(alignment: Alignment, columns: Sequence[Sides]) -> list[float]:
    """Where in the text each bead begins, 0 to 1, by the first version that it has units of."""
    found = np.zeros(len(alignment.beads))
    for version, side in reversed(list(zip(alignment.versions, columns, strict=True))):
        found = np.where(side.units > 0, side.start / max(1, len(version)), found)
    places: list[float] = np.round(found, 4).tolist()
    return places


def _side_columns(alignment: Alignment, columns: Sequence[Sides]) -> dict[str, list[list[Any]]]:
    """What differs by version: for each quantity a list per version, a value a bead."""
    found: dict[str, list[list[Any]]] = {}
    lengths: list[Ints] = []
    for version, side in zip(alignment.versions, columns, strict=True):
        texts, gap = version.texts, joiner(version.lang)
        places = list(zip(side.start.tolist(), side.stop.tolist(), strict=True))
        whole = [texts[a] if b - a == 1 else gap.join(texts[a:b]) for a, b in places]
        lengths.append(np.array(list(map(len, whole)), dtype=np.int64))
        ratios = length_ratios(lengths[-1], lengths[0])
        spans = [unit.span for unit in version.units]
        values = {
            "texts": whole,
            "units": side.units.tolist(),
            "characters": lengths[-1].tolist(),
            "words": side.totals(word_counts(texts, version.lang)).tolist(),
            "length_ratio": listed(ratios),
            "z_score": listed(z_scores(ratios)),
            "start": [spans[a].start if b else None for a, b in places],
            "end": [spans[b - 1].end if b else None for _, b in places],
        }
        for name, column in values.items():
            found.setdefault(name, []).append(column)
    return found


SPREAD = (
    "texts",
    "units",
    "characters",
    "words",
    "length_ratio",
    "z_score",
    "start",
    "end",
    *ABOUT,
)


def wide_columns(corpus: Corpus) -> Columns:
    """One row a bead; one column per language and quantity, None where a version is missing."""
    beads = bead_columns(corpus)
    tags = list(dict.fromkeys(tag for tags in beads["languages"] for tag in tags))
    columns = {name: values for name, values in beads.items() if name not in SPREAD}
    columns["languages"] = [" ".join(row) for row in beads["languages"]]
    places = [{tag: i for i, tag in enumerate(row)} for row in beads["languages"]]
    for name in SPREAD:
        label = "text" if name == "texts" else name
        for tag in tags:
            columns[f"{label}_{tag}"] = [
                values[place[tag]] if tag in place else None
                for values, place in zip(beads[name], places, strict=True)
            ]
    return columns


def unit_columns(corpus: Corpus) -> Columns:
    """One row a unit of any version, the unaligned rest included (its bead is None)."""
    names = "document parallel role lang kind unit text characters words start end joined forced"
    columns: Columns = {name: [] for name in names.split()}
    columns |= {name: [] for name in ("bead", "shape", "confidence", "status", *ABOUT)}
    for number, role, version, beads in _versions(corpus):
        units, texts = version.units, version.texts
        columns["document"] += [version.document.name] * len(units)
        columns["parallel"] += [number] * len(units)
        columns["role"] += [role] * len(units)
        columns["lang"] += [version.lang] * len(units)
        columns["kind"] += [version.unit] * len(units)
        columns["unit"] += range(len(units))
        columns["text"] += texts
        columns["characters"] += map(len, texts)
        columns["words"] += word_counts(texts, version.lang)
        columns["start"] += [unit.span.start for unit in units]
        columns["end"] += [unit.span.end for unit in units]
        columns["joined"] += [unit.joined for unit in units]
        columns["forced"] += [unit.forced for unit in units]
        for name, values in zip(("bead", "shape", "confidence", "status"), beads, strict=True):
            columns[name] += values
        for name, value in _about(corpus, version.lang).items():
            columns[name] += [value] * len(units)
    return columns


def _parallels(corpus: Corpus) -> Iterator[tuple[int, str, Alignment]]:
    for number, (parallel, alignment) in enumerate(
        zip(corpus.parallels, corpus.alignments, strict=True)
    ):
        yield number, parallel.role, alignment


def _versions(
    corpus: Corpus,
) -> Iterator[tuple[int | None, str | None, Version, tuple[list[Any], ...]]]:
    """Every version with what is told of the bead of each of its units, the rest at the end."""
    for number, role, alignment in _parallels(corpus):
        every = [sides(alignment, column) for column in range(len(alignment.versions))]
        shapes = _shapes(every)
        for version, side in zip(alignment.versions, every, strict=True):
            beads = np.repeat(np.arange(len(shapes)), side.units)
            # The sides of crossing beads are not in the order of the units.
            places = beads[np.argsort(np.repeat(side.start, side.units), kind="stable")].tolist()
            chosen = [alignment.beads[place] for place in places]
            told = (
                places,
                [shapes[place] for place in places],
                [bead.confidence for bead in chosen],
                [bead.status for bead in chosen],
            )
            yield number, role, version, told
    for version in corpus.rest:
        yield None, None, version, tuple([None] * len(version) for _ in range(4))


def _about(corpus: Corpus, lang: str) -> dict[str, str | None]:
    """The facts of ``ABOUT`` on a version: of its tag, else of its language, else of all."""
    told: dict[str, str | None] = dict.fromkeys(ABOUT)
    for owner in (None, primary(lang), lang):
        facts = [fact for fact in corpus.metadata if fact.lang == owner and fact.name in told]
        for name in {fact.name for fact in facts}:
            told[name] = "; ".join(fact.value for fact in facts if fact.name == name)
    return told
