"""TEI: the archive and master of a corpus; everything a corpus holds is in it.

``write`` and ``load`` are the room's door for this format, ``stream`` reads beads one by one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from aligner.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from aligner.formats.entries import Entry, Head
    from aligner.formats.loss import Loss
    from aligner.model import Corpus

Form = Literal["embedded", "standoff"]


def write(
    corpus: Corpus,
    path: Path,
    *,
    tei: Form = "embedded",
    pairs: bool = False,
    parts: dict[Path, Path] | None = None,
) -> Loss:
    """Write a corpus as TEI: one file, or (``tei="standoff"``) one for each text and alignment.

    ``pairs`` adds the alignment of every two languages after that of all; ``parts`` maps the final
    paths of a stand-off set to those to write to. Nothing is ever lost. Raises InvalidRecordError
    for characters that XML cannot hold, LanguageTagError for tags that it cannot.
    """
    from aligner.formats.loss import Loss
    from aligner.formats.tei.files import write_embedded, write_standoff
    from aligner.formats.tei.plan import make_plan

    if tei not in ("embedded", "standoff"):
        raise UsageError(f"TEI comes embedded or standoff, not {tei!r}")
    plan = make_plan(corpus)
    if tei == "embedded":
        write_embedded(plan, path, pairs=pairs)
    else:
        write_standoff(plan, path, parts or {}, pairs=pairs)
    return Loss("tei")


def siblings(
    corpus: Corpus, path: Path, *, tei: Form = "embedded", pairs: bool = False
) -> tuple[Path, ...]:
    """The further files of a stand-off set, beside ``path``; none for the embedded form."""
    if tei == "embedded":
        return ()
    from aligner.formats.tei.files import standoff_names
    from aligner.formats.tei.plan import make_plan

    return standoff_names(make_plan(corpus), path, pairs=pairs)


def load(path: Path) -> Corpus:
    """Read a TEI corpus: one of ours comes back as it was; others as far as they are understood.

    Raises InvalidFileError for files that are no TEI or contradict themselves, UnsafeInputError for
    XML that reaches beyond itself.
    """
    from aligner.formats.tei.build import build_own, is_ours
    from aligner.formats.tei.scan import scan_corpus

    raw = scan_corpus(path)
    if is_ours(raw):
        return build_own(raw, path)
    from aligner.formats.tei.foreign import load_foreign

    return load_foreign(path)


def stream(path: Path) -> tuple[Head, Iterator[Entry]]:
    """The head of a corpus, and its beads one after another with their texts.

    For files of any size: only the texts are held, and packed; no records are made. Raises what
    ``load`` raises.
    """
    from aligner.formats.tei.beads import stream_beads

    return stream_beads(path)


def iter_beads(path: Path) -> Iterator[Entry]:
    """The beads of a corpus one after another, as ``stream`` gives them."""
    return stream(path)[1]
