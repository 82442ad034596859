"""Versions in, an alignment out: what ``align`` and ``run`` have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from aligner.errors import UsageError
from aligner.model import (
    Alignment,
    Bead,
    Version,
)
from aligner.pipeline.fixed_points import checked, corners, with_fixed
from aligner.pipeline.options import Options
from aligner.pipeline.pairs import pairs

if TYPE_CHECKING:
    from aligner.align import Joint, Pairwise
    from aligner.lexicon import Lexicon
    from aligner.protocols import Prior


Heard = dict[tuple[int, int], Any]
"""By pair of versions the scorer that has learned from them, None where none has seen it all."""


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
    from aligner.formats.lines import version_of as of_lines

    return of_lines(units, lang=lang, name=name or lang)


def align_versions(
    versions: Sequence[Version],
    *,
    barriers: Sequence[Sequence[int]] = (),
    anchors: Sequence[Sequence[range]] = (),
    **options: Unpack[Options],
) -> Alignment:
    """Align versions: two or more in, one alignment out; the units stay those of the versions.

    Two are aligned as a pair, more jointly. ``barriers`` and ``anchors`` as in ``align``; anchors
    stand in the result as they are, with confidence 1. Raises UsageError for fewer than two
    versions and for barriers and anchors that are outside the texts or cross.
    """
    return heard_out(versions, barriers=barriers, anchors=anchors, **options)[0]


def heard_out(
    versions: Sequence[Version],
    *,
    barriers: Sequence[Sequence[int]] = (),
    anchors: Sequence[Sequence[range]] = (),
    **options: Unpack[Options],
) -> tuple[Alignment, Heard]:
    """As ``align_versions``, and what was learned of every pair of versions that was compared."""
    if len(versions) < 2:
        raise UsageError("there is only one version: nothing to align", do="Give two or more")
    sizes = [len(version) for version in versions]
    fixed = [tuple(anchor) for anchor in anchors]
    checked(sizes, barriers=barriers, anchors=fixed)
    kept = [Bead(anchor) for anchor in fixed if all(anchor)]
    partial = [anchor for anchor in fixed if not all(anchor)]
    beads, heard = _around(versions, kept, options, barriers, partial, ())
    return Alignment(tuple(versions), with_fixed(beads, kept)), heard


def around(
    versions: Sequence[Version],
    kept: Sequence[Bead],
    *,
    options: Options,
    barriers: Sequence[Sequence[int | None]] = (),
    anchors: Sequence[Sequence[range]] = (),
    refused: Sequence[tuple[range, ...]] = (),
) -> list[Bead]:
    """Align versions so that the path passes before and after every kept bead.

    ``kept`` beads may lack the last versions (their sides are then fewer). Beads out cover
    everything; what lies inside a kept bead is for the caller to replace. ``refused`` beads are
    given only where nothing else is possible.
    """
    return _around(versions, kept, options, barriers, anchors, refused)[0]


def _around(
    versions: Sequence[Version],
    kept: Sequence[Bead],
    options: Options,
    barriers: Sequence[Sequence[int | None]],
    anchors: Sequence[Sequence[range]],
    refused: Sequence[tuple[range, ...]],
) -> tuple[list[Bead], Heard]:
    """The beads, and what was learned of every pair."""
    from aligner.align import joint

    many = len(versions)
    walls: set[tuple[int | None, ...]] = {tuple(wall) for wall in barriers}
    for bead in kept:
        for corner in corners(bead.sides):
            walls.add((*corner, *[None] * (many - len(corner))))
    held = sorted(walls, key=lambda wall: [-1 if place is None else place for place in wall])
    found = pairs(versions, held, anchors, options, prior_of(options), refused)
    result: Pairwise | Joint
    if many == 2:
        result = found[0, 1]
    else:
        result = joint(
            [len(version) for version in versions], found, barriers=held, refused=refused
        )
    beads = [
        Bead(tuple(sides), score=float(score), confidence=min(1.0, float(confidence)))
        for sides, score, confidence in zip(
            result.beads, result.scores, result.confidences, strict=True
        )
    ]
    return beads, {pair: one.learned for pair, one in found.items()}


def prior_of(options: Options) -> Prior | None:
    """What is known about words beforehand: the model, dictionaries, other texts of the job."""
    from aligner.lexicon.dictionary import Several, dictionary

    lexicon = word_knowledge(options)
    known: list[Prior] = [] if lexicon is None else [lexicon.prior]
    known += options.get("learned", ())
    if paths := options.get("dictionary"):
        own = [paths] if isinstance(paths, str | Path) else list(paths)
        known.append(dictionary([Path(path) for path in own]))
    return Several(tuple(known)) if len(known) > 1 else next(iter(known), None)


def word_knowledge(options: Options) -> Lexicon | None:
    """The word model that the options name: the built-in one, a file's, or none."""
    from aligner.lexicon import Lexicon, built_in

    chosen = options.get("lexicon")
    if chosen is False or options.get("method", "auto") in {"length", "lexical"}:
        return None
    return built_in() if chosen is None or chosen is True else Lexicon.open(Path(chosen))
