"""Tidy tables of a corpus: one row a bead, or one row a unit."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any, Literal

from aligner.analysis.measures import length_ratio, word_count, word_counts, z_scores
from aligner.errors import MissingExtraError, UsageError
from aligner.model import Alignment, Bead, Corpus, Version, joiner

Kind = Literal["beads", "units", "wide"]
Columns = dict[str, list[Any]]

ABOUT = ("direction", "translator", "genre")
"""The metadata that every table carries, per language."""


def to_frame(corpus: Corpus, *, kind: Kind = "beads", library: str | None = None) -> Any:
    """Make a table of a corpus.

    ``kind`` is ``beads`` (one row a bead; what differs by version is a list in the order of
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
    """One row a bead; lists hold one entry per language."""
    names = "document parallel role bead languages shape null texts units characters words"
    columns: Columns = {name: [] for name in names.split()}
    columns |= {name: [] for name in ("length_ratio", "z_score", "confidence", "status", "resp")}
    columns |= {name: [] for name in ("position", "start", "end", *ABOUT)}
    for number, role, alignment in _parallels(corpus):
        about = [_about(corpus, version.lang) for version in alignment.versions]
        sides = [_side_columns(alignment, column) for column in range(len(alignment.versions))]
        beads = len(alignment.beads)
        columns["document"] += [alignment.versions[0].document.name] * beads
        columns["parallel"] += [number] * beads
        columns["role"] += [role] * beads
        columns["bead"] += range(beads)
        tags = [version.lang for version in alignment.versions]
        columns["languages"] += [tags] * beads
        columns["shape"] += [bead.shape for bead in alignment.beads]
        columns["null"] += [bead.is_null for bead in alignment.beads]
        for name in ("confidence", "status", "resp"):
            columns[name] += [getattr(bead, name) for bead in alignment.beads]
        columns["position"] += [_position(bead, alignment) for bead in alignment.beads]
        for name in sides[0]:
            columns[name] += map(list, zip(*(side[name] for side in sides), strict=True))
        for name in ABOUT:
            columns[name] += [[facts[name] for facts in about]] * beads
    return columns


def _side_columns(alignment: Alignment, column: int) -> Columns:
    """What differs by version: one list per quantity, one value a bead."""
    version = alignment.versions[column]
    units, texts, gap = version.units, version.texts, joiner(version.lang)
    sides = [bead.sides[column] for bead in alignment.beads]
    whole = [
        texts[s.start] if s.stop - s.start == 1 else gap.join(texts[s.start : s.stop])
        for s in sides
    ]
    characters = [len(text) for text in whole]
    first = _side_lengths(alignment) if column else characters
    ratios = [length_ratio(n, of) for n, of in zip(characters, first, strict=True)]
    return {
        "texts": whole,
        "units": [s.stop - s.start for s in sides],
        "characters": characters,
        "words": word_counts(whole, version.lang),
        "length_ratio": ratios,
        "z_score": z_scores(ratios),
        "start": [units[s.start].span.start if s else None for s in sides],
        "end": [units[s.stop - 1].span.end if s else None for s in sides],
    }


def _side_lengths(alignment: Alignment) -> list[int]:
    """The characters of every side of the first version."""
    version = alignment.versions[0]
    texts, gap = version.texts, len(joiner(version.lang))
    lengths = [len(text) for text in texts]
    return [
        sum(lengths[s.start : s.stop]) + gap * max(0, len(s) - 1)
        for s in (bead.sides[0] for bead in alignment.beads)
    ]


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
        about = _about(corpus, version.lang)
        for place, (unit, text) in enumerate(zip(version.units, version.texts, strict=True)):
            bead = beads.get(place)
            row = (
                version.document.name,
                number,
                role,
                version.lang,
                version.unit,
                place,
                text,
                len(text),
                word_count(text, version.lang),
                unit.span.start,
                unit.span.end,
                unit.joined,
                unit.forced,
                *((bead[0], bead[1].shape, bead[1].confidence, bead[1].status) if bead else _NONE),
                *(about[name] for name in ABOUT),
            )
            for column, value in zip(columns.values(), row, strict=True):
                column.append(value)
    return columns


_NONE = (None, None, None, None)


def _parallels(corpus: Corpus) -> Iterator[tuple[int, str, Alignment]]:
    for number, (parallel, alignment) in enumerate(
        zip(corpus.parallels, corpus.alignments, strict=True)
    ):
        yield number, parallel.role, alignment


def _versions(corpus: Corpus) -> Iterator[tuple[int | None, str | None, Version, dict[int, Any]]]:
    for number, role, alignment in _parallels(corpus):
        for column, version in enumerate(alignment.versions):
            beads = {
                unit: (place, bead)
                for place, bead in enumerate(alignment.beads)
                for unit in bead.sides[column]
            }
            yield number, role, version, beads
    for version in corpus.rest:
        yield None, None, version, {}


def _about(corpus: Corpus, lang: str) -> dict[str, str | None]:
    values: dict[str, str | None] = dict.fromkeys(ABOUT)
    for fact in corpus.metadata:
        if fact.name in values and fact.lang in (None, lang):
            values[fact.name] = fact.value
    return values


def _position(bead: Bead, alignment: Alignment) -> float:
    """Where in the text the bead begins, 0 to 1, by the first version that it has units of."""
    for side, version in zip(bead.sides, alignment.versions, strict=True):
        if side:
            return round(side.start / len(version.units), 4)
    return 0.0
