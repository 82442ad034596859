"""Files that are versions of one another, one file a version."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from pathlib import Path
from typing import Unpack

from aligner.errors import InputError, UsageError
from aligner.model import (
    Block,
    Corpus,
    Document,
    Fact,
    Parallel,
    Segment,
    Sentence,
    Span,
    Version,
)
from aligner.pipeline.aligning import heard_out
from aligner.pipeline.doors import read, split
from aligner.pipeline.moved import moved
from aligner.pipeline.options import Options, PathLike
from aligner.pipeline.recipe import recipe

Barriers = str | Sequence[Sequence[int]]
"""``paragraph``, ``heading``, or a unit number per version for each barrier."""


def align_files(
    paths: Sequence[PathLike],
    *,
    langs: Sequence[str],
    presegmented: bool = False,
    barriers: Barriers = (),
    anchors: Sequence[Sequence[range]] = (),
    metadata: Sequence[Fact] = (),
    **options: Unpack[Options],
) -> Corpus:
    """Align files, one a version: paths and their tags in, a corpus of one parallel out.

    With ``presegmented`` a line is a unit, and empty lines are barriers where every file has as
    many of them. Raises UsageError where files, languages or barriers do not fit together.
    """
    _check(paths, langs)
    if presegmented:
        versions = [lines_version(Path(p), lang) for p, lang in zip(paths, langs, strict=True)]
    else:
        versions = [
            _whole_version(path, lang, options) for path, lang in zip(paths, langs, strict=True)
        ]
    walls, warnings = _walls(versions, barriers, presegmented=presegmented)
    alignment, heard = heard_out(versions, barriers=walls, anchors=anchors, **options)
    return Corpus(
        title=" + ".join(Path(path).stem for path in paths),
        parallels=(Parallel(tuple(version.segment for version in versions)),),
        alignments=(alignment,),
        metadata=tuple(metadata),
        recipe=recipe(langs, options, () if presegmented else versions),
        warnings=(*warnings, *moved(alignment, options, heard)),
    )


def _check(paths: Sequence[PathLike], langs: Sequence[str]) -> None:
    if len(paths) < 2:
        raise UsageError("there is only one version: nothing to align", do="Give two files or more")
    if len(langs) != len(paths):
        raise UsageError(
            f"{len(langs)} languages are named for {len(paths)} files",
            do="Name one language per file, as in --langs de,fr",
        )


def lines_version(path: Path, lang: str) -> Version:
    """Read a file whose every line is a unit: a path and a tag in, the version out.

    Empty lines end a block (a paragraph) and are no units. Raises InputError for a file without
    text.
    """
    from aligner.read import read as read_file
    from aligner.read.text import plain

    document = read_file(path, reader=plain)
    spans = _lines(document.text)
    if not spans:
        raise InputError("this file has no text", where=str(path))
    document = Document(document.name, document.text, _paragraphs(document.text, spans))
    segment = Segment(lang, (Span(spans[0].start, spans[-1].end),), source="declared")
    return Version(segment, document, tuple(Sentence(span) for span in spans))


def _lines(text: str) -> list[Span]:
    spans, position = [], 0
    for line in text.split("\n"):
        inside = line.strip()
        if inside:
            start = position + line.index(inside[0])
            spans.append(Span(start, start + len(inside)))
        position += len(line) + 1
    return spans


def _paragraphs(text: str, spans: list[Span]) -> tuple[Block, ...]:
    blocks = [spans[0]]
    for span in spans[1:]:
        if text.count("\n", blocks[-1].end, span.start) > 1:
            blocks.append(span)
        else:
            blocks[-1] = Span(blocks[-1].start, span.end)
    return tuple(Block(span) for span in blocks)


def _whole_version(path: PathLike, lang: str, options: Options) -> Version:
    document = read(path)
    spans = tuple(block.span for block in document.blocks if block.kind not in {"mark", "note"})
    if not spans:
        raise InputError("this file has no text", where=str(path))
    return split(document, Segment(lang, spans, source="declared"), **options)


def _walls(
    versions: Sequence[Version], barriers: Barriers, *, presegmented: bool
) -> tuple[Sequence[Sequence[int]], tuple[str, ...]]:
    """The barriers as unit numbers, and what to tell of those that could not be used."""
    if not isinstance(barriers, str):
        if barriers or not presegmented:
            return barriers, ()
        barriers = "paragraph"
        lenient = True
    else:
        lenient = False
    starts = [_starts(version, barriers) for version in versions]
    counts = [len(column) for column in starts]
    if len(set(counts)) == 1:
        return list(zip(*starts, strict=True)), ()
    told = ", ".join(f"{v.lang} {n + 1}" for v, n in zip(versions, counts, strict=True))
    if lenient:
        none = 0 in counts
        return (), () if none else (f"empty lines are not used as barriers: {told} paragraphs",)
    raise UsageError(
        f"the versions have different numbers of {barriers}s: {told}",
        why="a barrier needs a place in every version",
        do="Align without barriers, or give them in a TSV file",
    )


def _starts(version: Version, kind: str) -> list[int]:
    """The numbers of the units with which a paragraph or section begins, the first left out."""
    wanted = {"heading"} if kind == "heading" else {"paragraph", "heading", "item", "cell"}
    places = [block.span.start for block in version.document.blocks if block.kind in wanted]
    numbers = {bisect_left(version.units, p, key=lambda unit: unit.span.start) for p in places}
    return sorted(number for number in numbers if 0 < number < len(version.units))
