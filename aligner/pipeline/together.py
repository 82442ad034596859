"""A job of many texts: each becomes a corpus, and all of them teach the words of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from aligner.errors import AlignerError
from aligner.mend import mended
from aligner.model import Corpus, Fact, Version, unit_text
from aligner.pipeline.options import Options, Progress
from aligner.pipeline.running import Prepared, aligned, finished, prepared

if TYPE_CHECKING:
    from aligner.match import Match
    from aligner.score.learned import Learned

SURE = 0.9
"""The confidence from which a bead teaches words to the other texts."""

LEARNING = ("auto", "lexical", "lexicon")
"""Methods that look at words."""

Couples = dict[tuple[str, str], tuple[list[str], list[str]]]
"""By languages: texts of the one, and what the others say beside them."""


@dataclass(frozen=True, slots=True)
class Task:
    """One corpus to make: the files of its text, and tags known beforehand, as in ``run``."""

    sources: tuple[Path, ...]
    langs: tuple[str, ...] = ()


def run_together(
    tasks: Sequence[Task],
    *,
    metadata: Sequence[Fact] = (),
    reader: str | None = None,
    progress: Progress | None = None,
    **options: Unpack[Options],
) -> Iterator[Corpus | AlignerError]:
    """Do the main job for many texts: for each task its corpus, or the error that it failed with.

    Where several texts are in the same languages, all are aligned once, the words of their sure
    beads are learned, and they are aligned again with what is then known. Parameters as in ``run``.
    """
    report = progress or (lambda _work, _share: None)
    ready: list[Prepared | AlignerError] = []
    for number, task in enumerate(tasks):
        part = _part(report, number / len(tasks) / 2, 0.5 / len(tasks))
        ready.append(_prepared(task, reader, part, options))
    known = _learned([one for one in ready if isinstance(one, Prepared)], options)
    taught: Options = {**options, "learned": known} if known else options
    for number, one in enumerate(ready):
        part = _part(report, 0.5 + number / len(tasks) / 2, 0.5 / len(tasks))
        if isinstance(one, AlignerError):
            yield one
            continue
        try:
            yield finished(one, metadata=metadata, report=part, options=taught)
        except AlignerError as error:
            yield error


def _part(report: Progress, start: float, size: float) -> Progress:
    """The progress of one text as a part of that of the job."""
    return lambda work, share: report(work, start + share * size)


def _prepared(
    task: Task, reader: str | None, report: Progress, options: Options
) -> Prepared | AlignerError:
    source = task.sources[0] if len(task.sources) == 1 else task.sources
    try:
        return prepared(source, langs=task.langs, reader=reader, report=report, options=options)
    except AlignerError as error:
        return error


def _learned(texts: Sequence[Prepared], options: Options) -> list[Learned]:
    """What the texts teach: a prior for every two languages that several of them have.

    Where vectors speak for the sentences, making them twice would cost more than words add.
    """
    words = options.get("method", "auto") in LEARNING and not options.get("embedder")
    if len(texts) < 2 or not words:
        return []
    from aligner.score.learned import learned

    held = Counter(
        langs for text in texts for langs in {p for v in text.versions for p in _pairs(v)}
    )
    shared = {langs for langs, many in held.items() if many > 1}
    couples: Couples = {}
    for text in texts:
        for found, versions in zip(text.matching.matches, text.versions, strict=True):
            if found.parallel.role != "keywords" and not shared.isdisjoint(_pairs(versions)):
                _add(couples, found, versions, options)
    return [learned(*couples[langs], langs) for langs in sorted(shared) if langs in couples]


def _pairs(versions: Sequence[Version]) -> list[tuple[str, str]]:
    """Every two languages of a match, in alphabetical order."""
    return list(combinations(sorted(version.lang for version in versions), 2))


def _add(couples: Couples, found: Match, versions: Sequence[Version], options: Options) -> None:
    """Put the texts of a match's sure beads to the couples of every two languages."""
    try:
        alignment = aligned(found, versions, options)[0]
    except AlignerError:  # it will be told where the corpus is made
        return
    order = sorted(range(len(versions)), key=lambda side: versions[side].lang)
    for a, b in combinations(order, 2):
        for bead in alignment.beads:
            if bead.confidence >= SURE and bead.sides[a] and bead.sides[b]:
                langs = (versions[a].lang, versions[b].lang)
                left, right = couples.setdefault(langs, ([], []))
                left.append(_text(versions[a], bead.sides[a]))
                right.append(_text(versions[b], bead.sides[b]))


def _text(version: Version, units: range) -> str:
    return " ".join(mended(unit_text(version.document, version.units[unit])) for unit in units)
