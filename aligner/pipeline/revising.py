"""A corpus aligned again: between its confirmed beads, or with one more version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Unpack

from aligner.errors import InputError, LanguageTagError
from aligner.model import (
    Alignment,
    Bead,
    Corpus,
    Parallel,
    Segment,
    Span,
    Version,
)
from aligner.pipeline.aligning import align_versions, around
from aligner.pipeline.doors import read, split
from aligner.pipeline.fixed_points import placed, with_fixed
from aligner.pipeline.moved import MOVED, moved
from aligner.pipeline.options import Options, PathLike
from aligner.pipeline.recipe import recipe
from aligner.pipeline.separate import lines_version


def realign(corpus: Corpus, **options: Unpack[Options]) -> Corpus:
    """Align again what lies between confirmed beads: a corpus in, the new one out.

    Confirmed beads stay as they are, with who confirmed them; rejected ones are not given again,
    unless nothing else is possible there. Keyword lists, whose order differs by
    language, are left alone.
    """
    alignments = tuple(
        alignment if alignment.crossing else _realigned(alignment, options)
        for alignment in corpus.alignments
    )
    langs = tuple(dict.fromkeys(v.lang for a in alignments for v in a.versions))
    return replace(
        corpus,
        alignments=alignments,
        recipe=recipe(langs, options),
        warnings=_told(corpus, alignments, options),
    )


def _told(corpus: Corpus, alignments: Sequence[Alignment], options: Options) -> tuple[str, ...]:
    """What the corpus warned of, and what moved as it is aligned now."""
    kept = [note for note in corpus.warnings if not note.startswith(MOVED)]
    return (*kept, *(note for a in alignments for note in moved(a, options)))


def _realigned(alignment: Alignment, options: Options) -> Alignment:
    if len(alignment.versions) < 2:
        return alignment
    kept = _confirmed(alignment)
    refused = [bead.sides for bead in alignment.beads if bead.status == "rejected"]
    beads = around(alignment.versions, kept, options=options, refused=refused)
    return Alignment(alignment.versions, with_fixed(beads, kept))


def _confirmed(alignment: Alignment) -> list[Bead]:
    return [bead for bead in placed(alignment.beads) if bead.status == "confirmed"]


def add(
    corpus: Corpus,
    source: PathLike,
    *,
    lang: str,
    presegmented: bool = False,
    **options: Unpack[Options],
) -> Corpus:
    """Add one more version to a corpus: the corpus, a file and its language in, a corpus out.

    Confirmed beads keep their sides, status and reviewer, and take what of the new version stands
    beside them; everything else is aligned again, jointly. With ``presegmented`` a line of the
    file is a unit. Where the corpus has several parallels, the file is cut where the texts that
    they hold end. Raises LanguageTagError if the corpus has that language already, InputError if
    there is nothing to add to.
    """
    numbers = [n for n, alignment in enumerate(corpus.alignments) if not alignment.crossing]
    if not numbers:
        raise InputError("this corpus has no alignment to add to", where=corpus.title)
    if any(v.lang == lang for a in corpus.alignments for v in a.versions):
        raise LanguageTagError(
            f"the corpus has a version {lang!r} already",
            do=f"Tell a second translation into one language apart, as in {lang}-x-b",
        )
    version = _version(source, lang, options, presegmented=presegmented)
    parts = _parts(version, [corpus.alignments[n] for n in numbers], options)
    parallels, alignments = list(corpus.parallels), list(corpus.alignments)
    for number, part in zip(numbers, parts, strict=True):
        if not len(part):
            continue
        alignments[number] = _joined(alignments[number], part, options)
        segments = tuple(v.segment for v in alignments[number].versions)
        parallels[number] = Parallel(segments, parallels[number].role)
    langs = tuple(dict.fromkeys(v.lang for a in alignments for v in a.versions))
    return replace(
        corpus,
        parallels=tuple(parallels),
        alignments=tuple(alignments),
        recipe=recipe(langs, options),
        warnings=_told(corpus, alignments, options),
    )


def _version(source: PathLike, lang: str, options: Options, *, presegmented: bool) -> Version:
    if presegmented:
        return lines_version(Path(source), lang)
    document = read(source)
    spans = tuple(b.span for b in document.blocks if b.kind not in {"mark", "note"})
    if not spans:
        raise InputError("this file has no text", where=str(source))
    return split(document, Segment(lang, spans, source="declared"), **options)


def _joined(alignment: Alignment, version: Version, options: Options) -> Alignment:
    versions = (*alignment.versions, version)
    kept = _confirmed(alignment)
    beads = around(versions, kept, options=options)
    return Alignment(versions, with_fixed(beads, kept))


def _parts(version: Version, alignments: Sequence[Alignment], options: Options) -> list[Version]:
    """Cut the new version into one part per alignment, by aligning it with all of them in a row."""
    if len(alignments) == 1:
        return [version]
    lang = _commonest([v.lang for a in alignments for v in a.versions])
    columns = [next((v for v in a.versions if v.lang == lang), a.versions[0]) for a in alignments]
    row, ends = _in_a_row(columns, version.lang)
    found = placed(align_versions([row, version], **options).beads)
    inner = [
        next((b.sides[1].start for b in found if b.sides[0].stop > end), len(version))
        for end in ends[:-1]
    ]
    return [_part(version, range(a, b)) for a, b in pairwise([0, *inner, len(version)])]


def _commonest(tags: Sequence[str]) -> str:
    return max(dict.fromkeys(tags), key=tags.count)


def _in_a_row(columns: Sequence[Version], other: str) -> tuple[Version, list[int]]:
    """One version that holds the units of all columns, and how many units end with each."""
    from aligner.pipeline.aligning import version_of

    texts = [text for column in columns for text in column.texts]
    lang = columns[0].lang if columns[0].lang != other else f"{other}-x-row"
    ends, total = [], 0
    for column in columns:
        total += len(column)
        ends.append(total)
    return version_of(lang, texts), ends


def _part(version: Version, units: range) -> Version:
    chosen = version.units[units.start : units.stop]
    if not chosen:
        return Version(version.segment, version.document, (), version.unit)
    stretch = Span(chosen[0].span.start, chosen[-1].span.end)
    spans = tuple(
        Span(max(span.start, stretch.start), min(span.end, stretch.end))
        for span in version.segment.spans
        if span.end > stretch.start and span.start < stretch.end
    )
    return Version(replace(version.segment, spans=spans), version.document, chosen, version.unit)
