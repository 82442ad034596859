"""The room that finds which language every passage of a document is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aligner.model import Document, Segment
    from aligner.protocols import Detector

__all__ = ["detect", "identify"]


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


def identify(
    texts: Sequence[str], *, detector: Detector | str | None = None, langs: Iterable[str] = ()
) -> list[list[tuple[str, float]]]:
    """Tell the language of texts that have nothing to do with one another.

    Texts in; per text (tag, probability), best first, out; ``zxx`` for one without words.
    ``langs`` are tags to expect: another is named only when the text clearly is none of them.

    Raises UnknownNameError for a detector that is not there, LanguageTagError for a bad tag.
    """
    from aligner.detect.alone import identified
    from aligner.detect.tags import checked

    return identified(texts, _object(detector), checked(langs))


def _object(detector: Detector | str | None) -> Detector:
    """The detector that a name stands for; ``ngrams:FILE`` is one with a model of one's own."""
    from pathlib import Path

    from aligner.errors import UsageError
    from aligner.registry import lookup

    if detector is not None and not isinstance(detector, str):
        return detector
    name, _, file = (detector or "combined").partition(":")
    found = lookup("detectors", name)
    if file and not hasattr(found, "from_file"):
        raise UsageError(f"the detector {name} takes no file", do=f"Write --detector {name}")
    made: Detector = found.from_file(Path(file)) if file else found()
    return made
