"""InterText: links with a status, and one XML document of sentences a language.

``corpus.intertext.xml`` holds the links, ``corpus.en.xml`` and its like the sentences. InterText
names the target first: ``xtargets="toDoc ids;fromDoc ids"`` and ``type`` the same way round.
Two languages; further ones are left out and counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from aligner.formats.entries import Entry
from aligner.formats.linked import Linked, load_linked
from aligner.formats.loss import Loss
from aligner.formats.sentences import Frame, documents, write_linked
from aligner.model import Corpus, Status

STATUS = {"auto": "auto", "confirmed": "man", "rejected": "plain"}
STATUS_BACK: dict[str, Status] = {"auto": "auto", "man": "confirmed", "plain": "auto"}

PACKS = UNPACKS = True


def _opening(source: str, target: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<linkGrp toDoc={quoteattr(target)} fromDoc={quoteattr(source)}>\n"
    )


def _link(_: int, entry: Entry, source: str, target: str) -> str:
    shape = f"{len(target.split())}-{len(source.split())}"
    sides = f"{target};{source}"
    return f'<link type="{shape}" xtargets="{sides}" status="{STATUS[entry.status]}"/>\n'


FRAME = Frame(
    name="intertext",
    sign=":",
    gz=False,
    never=("confidences", "offsets", "blocks", "the recipe"),
    opening=_opening,
    link=_link,
    closing="</linkGrp>\n",
    holds=lambda status: status != "rejected",
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
    """Read links together with the documents they name, which must lie beside them."""
    return load_linked(path, "linkGrp", _read)


def _read(element: Any, first: str, second: str) -> Linked:
    status = STATUS_BACK.get(element.get("status") or "auto", "auto")
    return Linked(tuple(second.split()), tuple(first.split()), 1.0, status)
