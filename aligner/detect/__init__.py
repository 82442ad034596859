"""The room that finds which language every passage of a document is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aligner.model import Document, Segment
    from aligner.protocols import Detector

__all__ = ["detect"]


def detect(
    document: Document, *, detector: Detector | str | None = None, langs: Iterable[str] = ()
) -> tuple[Segment, ...]:
    """Find the language of every passage.

    A document in; segments in text order out. They cover every character that is not white space
    and not in a ``mark`` block exactly once; every ``note`` block is a segment of its own.
    ``detector`` is an object of the Detector protocol or a name that the registry knows;
    ``langs`` are the tags of the languages to expect: a prior, not a limit.

    Raises UnknownNameError for a detector that is not there, LanguageTagError for a bad tag.
    The method is a soft document prior and a Viterbi path over sentences and quotations.
    """
    from aligner.detect.chain import tagged
    from aligner.detect.segments import grouped
    from aligner.detect.tags import checked

    return grouped(document, tagged(document, _object(detector), checked(langs)))


def _object(detector: Detector | str | None) -> Detector:
    from aligner.registry import lookup

    if detector is None or isinstance(detector, str):
        made: Detector = lookup("detectors", detector or "py3langid")()
        return made
    return detector
