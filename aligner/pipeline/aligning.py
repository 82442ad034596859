"""Versions in, an alignment out: what ``align`` and ``run`` have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Unpack

from aligner.errors import UsageError
from aligner.mend import mended
from aligner.model import (
    Alignment,
    Bead,
    Block,
    Document,
    Segment,
    Sentence,
    Span,
    Version,
)
from aligner.pipeline.options import Options


def align(
    texts: Mapping[str, Sequence[str]],
    *,
    barriers: Sequence[Sequence[int]] = (),
    anchors: Sequence[Sequence[range]] = (),
    **options: Unpack[Options],
) -> Alignment:
    """Align lists of units: a list of texts per language tag in, the alignment out.

    Every string is a unit already. A barrier is a unit number per version, before which no bead
    may hold what comes after; an anchor is a range per version that must be one bead. Raises
    UsageError for fewer than two versions.
    """
    versions = [version_of(lang, units) for lang, units in texts.items()]
    return align_versions(versions, barriers=barriers, anchors=anchors, **options)


def version_of(lang: str, units: Sequence[str], *, name: str | None = None) -> Version:
    """Make a version of texts that are units already: one a line in a document of its own."""
    spans, position = [], 0
    for text in units:
        spans.append(Span(position, position + len(text)))
        position += len(text) + 1
    whole = "\n".join(units)
    document = Document(name or lang, whole, tuple(Block(span) for span in spans))
    segment = Segment(lang, (Span(0, len(whole)),), source="declared")
    return Version(segment, document, tuple(Sentence(span) for span in spans))


def align_versions(
    versions: Sequence[Version],
    *,
    barriers: Sequence[Sequence[int]] = (),
    anchors: Sequence[Sequence[range]] = (),
    **options: Unpack[Options],
) -> Alignment:
    """Align versions: two or more in, one alignment out; the units stay those of the versions."""
    if len(versions) < 2:
        raise UsageError("there is only one version: nothing to align", do="Give two or more")
    from aligner.align import pairwise
    from aligner.score import evidence

    first, second = versions[0], versions[1]
    prior = word_knowledge(options)
    scorer = evidence(
        [mended(text) for text in first.texts],
        [mended(text) for text in second.texts],
        langs=(first.lang, second.lang),
        prior=prior,
        method=options.get("method", "auto"),
    )
    found = pairwise(
        scorer, barriers=[tuple(b) for b in barriers], anchors=[tuple(a) for a in anchors]
    )
    beads = [
        Bead((a, b), score=float(score), confidence=float(confidence))
        for (a, b), score, confidence in zip(
            found.beads, found.scores, found.confidences, strict=True
        )
    ]
    return Alignment(tuple(versions), tuple(beads))


def word_knowledge(options: Options) -> Any:
    """The word model that the options name: the built-in one, a file's, or none."""
    chosen = options.get("lexicon")
    if chosen is False:
        return None
    return None
