"""Some of the languages of a corpus: for formats that hold two, and for people who want fewer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from aligner.errors import UsageError
from aligner.formats.entries import Entry, Head
from aligner.model import Alignment, Corpus, Parallel, find_tag


def named(langs: Sequence[str], wanted: Sequence[str]) -> tuple[str, ...]:
    """The tags of a corpus that are meant: ``uz`` is ``uz-Latn`` if no other Uzbek is there.

    Raises LanguageTagError for one that is not there, UsageError for one given twice.
    """
    found = tuple(langs[find_tag(tuple(langs), lang)] for lang in wanted)
    if len(set(found)) != len(found):
        raise UsageError(f"a language is named twice: {', '.join(found)}")
    return found


def pair(langs: Sequence[str], chosen: Sequence[str] | None) -> tuple[str, str]:
    """The two languages that a bilingual format is to hold: as chosen, else the first two.

    Raises UsageError if there are not two.
    """
    two = named(langs, chosen) if chosen else tuple(langs[:2])
    if len(two) != 2:
        raise UsageError(
            f"this format holds exactly two languages, not {len(two)}",
            do=f"Choose two of: {', '.join(langs)}" if len(langs) > 1 else "Write TEI or jsonl",
        )
    return two[0], two[1]


def restricted(
    about: Head, found: Iterable[Entry], langs: Sequence[str]
) -> tuple[Head, Iterator[Entry]]:
    """A head and entries in; the same for these languages only, in this order."""
    kept = named(about.langs, langs)
    return replace(about, langs=kept), _restricted(found, kept)


def _restricted(found: Iterable[Entry], langs: tuple[str, ...]) -> Iterator[Entry]:
    for entry in found:
        columns = [entry.langs.index(lang) for lang in langs if lang in entry.langs]
        texts = tuple(entry.texts[c] for c in columns)
        if any(texts):
            yield entry._replace(
                langs=tuple(entry.langs[c] for c in columns),
                texts=texts,
                first=tuple(entry.first[c] for c in columns),
            )


def project(corpus: Corpus, langs: Sequence[str]) -> Corpus:
    """A corpus of these languages only, in this order; parallels that have none of them go."""
    known = dict.fromkeys(v.lang for alignment in corpus.alignments for v in alignment.versions)
    kept = named(tuple(known), langs)
    parallels, alignments = [], []
    for parallel, alignment in zip(corpus.parallels, corpus.alignments, strict=True):
        made = _projected(alignment, kept)
        if made is not None:
            alignments.append(made)
            segments = tuple(version.segment for version in made.versions)
            parallels.append(Parallel(segments, parallel.role))
    rest = tuple(version for version in corpus.rest if version.lang in kept)
    return replace(corpus, parallels=tuple(parallels), alignments=tuple(alignments), rest=rest)


def _projected(alignment: Alignment, langs: tuple[str, ...]) -> Alignment | None:
    here = [version.lang for version in alignment.versions]
    columns = [here.index(lang) for lang in langs if lang in here]
    beads = tuple(
        replace(bead, sides=sides)
        for bead in alignment.beads
        if any(sides := tuple(bead.sides[c] for c in columns))
    )
    versions = tuple(alignment.versions[c] for c in columns)
    return Alignment(versions, beads, crossing=alignment.crossing) if versions else None
