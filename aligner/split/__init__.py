"""Segments into units: sentences, terms, paragraphs, lines, as spans of the untouched text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from aligner.errors import UsageError
from aligner.model import UNIT_KINDS, Document, Segment, Sentence, UnitKind, Version
from aligner.split.choosing import choose, describe
from aligner.split.cutting import limited, units_of
from aligner.split.passages import passages
from aligner.split.signs import candidates

__all__ = ["choose", "describe", "diagnose", "split"]

_LONG = 1000
"""Characters without sentence punctuation from which on the user is warned."""


def split(
    document: Document,
    segment: Segment,
    *,
    splitter: Any = None,
    unit: UnitKind = "sentence",
    max_chars: int | None = None,
    abbreviations: Iterable[str] = (),
) -> Version:
    """Cut a segment into units.

    A document and one of its segments in, a Version out, whose units hold every character of the
    segment that is not white space once (``unit="keyword"``: but for the separators of terms).
    ``splitter`` is None (the rules), a name, ``auto``, or an object. ``max_chars`` cuts longer
    units at white space and marks the pieces as forced. ``abbreviations`` never end a sentence.
    Raises UsageError for a wrong argument, ModelError or MissingExtraError from a splitter.
    """
    if unit not in UNIT_KINDS:
        raise UsageError(f"no unit is a {unit!r}", do=f"Units: {', '.join(UNIT_KINDS)}")
    if max_chars is not None and max_chars < 1:
        raise UsageError(f"a limit of {max_chars} characters leaves nothing", do="Give 1 or more")
    chosen = choose(splitter, segment.lang, abbreviations=abbreviations)
    units: Iterator[Sentence] = (
        made
        for passage in passages(document, segment)
        for made in units_of(document.text, passage, chosen, segment.lang, unit)
    )
    if max_chars is not None:
        units = (part for made in units for part in limited(document.text, made, max_chars))
    return Version(segment, document, tuple(units), unit)


def diagnose(version: Version) -> tuple[str, ...]:
    """Warnings about a version, as sentences for people; mostly none."""
    if version.unit != "sentence":
        return ()
    signs = candidates()
    text = version.document.text
    for unit in version.units:
        if len(unit.span) >= _LONG and not signs.search(text, unit.span.start, unit.span.end - 1):
            warning = (
                f"{version.document.name}: no sentence punctuation found in {len(unit.span)}"
                f" characters of {version.lang}, which stay one unit. Give --max-chars N to cut"
                " them at white space."
            )
            return (warning,)
    return ()
