"""XCES cesAlign, as OPUS uses it: links between sentence ids of two gzipped XML documents.

``corpus.xces`` (or ``.xces.gz``) holds the links, null beads included; ``corpus.en.xml.gz`` and
its like the sentences. Two languages; further ones are left out and counted. The order of ids in
a link is source;target, as in the attributes fromDoc and toDoc.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from aligner.formats import marks
from aligner.formats.entries import Entry
from aligner.formats.linked import Linked, load_linked
from aligner.formats.loss import Loss
from aligner.formats.sentences import Frame, documents, write_linked
from aligner.model import Corpus

PACKS = UNPACKS = True


def _opening(source: str, target: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<!DOCTYPE cesAlign PUBLIC "-//CES//DTD XML cesAlign//EN" "">\n<cesAlign version="1.0">\n'
        f'<linkGrp targType="s" fromDoc={quoteattr(source)} toDoc={quoteattr(target)}>\n'
    )


def _link(number: int, entry: Entry, source: str, target: str) -> str:
    sides = f"{source};{target}"
    return f'<link id="SL{number}" xtargets="{sides}" certainty="{entry.confidence:.4f}"/>\n'


FRAME = Frame(
    name="xces",
    sign=".",
    gz=True,
    never=("offsets", "blocks", "the recipe", "who vouches for a bead"),
    opening=_opening,
    link=_link,
    closing="</linkGrp>\n</cesAlign>\n",
    holds=lambda status: status == "auto",
)


def siblings(corpus: Corpus, path: Path, *, langs: Sequence[str] | None = None) -> tuple[Path, ...]:
    """The sentence files beside ``path``."""
    return documents(FRAME, corpus, path, langs)


def write(
    corpus: Corpus, path: Path, *, parts: dict[Path, Path], langs: Sequence[str] | None = None
) -> Loss:
    """Write links and sentences of two languages."""
    return write_linked(FRAME, corpus, path, parts, langs)


def load(path: Path) -> Corpus:
    """Read links together with the documents they name, which must lie where they say."""
    return load_linked(path, "cesAlign", _read)


def _read(element: Any, first: str, second: str) -> Linked:
    share = marks.share(element.get("certainty"))
    return Linked(tuple(first.split()), tuple(second.split()), share)
