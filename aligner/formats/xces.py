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

from aligner.errors import InvalidFileError
from aligner.formats import marks
from aligner.formats.entries import Losses, entries, head
from aligner.formats.languages import pair
from aligner.formats.loss import Loss
from aligner.formats.sentences import (
    Groups,
    Linked,
    linked_corpus,
    linked_entries,
    stem,
    write_sentences,
    written,
)
from aligner.formats.xmlstream import elements
from aligner.model import Corpus


def siblings(corpus: Corpus, path: Path, *, langs: Sequence[str] | None = None) -> tuple[Path, ...]:
    """The sentence files beside ``path``."""
    return tuple(_document(path, lang) for lang in pair(head(corpus).langs, langs))


def _document(path: Path, lang: str) -> Path:
    return path.with_name(f"{stem(path)}.{lang}.xml.gz")


def write(
    corpus: Corpus, path: Path, *, parts: dict[Path, Path], langs: Sequence[str] | None = None
) -> Loss:
    """Write links and sentences of two languages."""
    about = head(corpus)
    two = pair(about.langs, langs)
    final = next(name for name, part in parts.items() if part == path)
    losses = Losses("xces", about, ("offsets", "blocks", "the recipe", "who vouches for a bead"))
    losses.add("languages", 0 if langs else len(about.langs) - 2)
    beads = [entry for entry in entries(corpus) if set(two) & set(entry.langs)]
    for lang in two:
        write_sentences(beads, lang, parts[_document(final, lang)], gz=True)
    names = [_document(final, lang).name for lang in two]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>\n',
        '<!DOCTYPE cesAlign PUBLIC "-//CES//DTD XML cesAlign//EN" "">\n<cesAlign version="1.0">\n',
        f'<linkGrp targType="s" fromDoc={quoteattr(names[0])} toDoc={quoteattr(names[1])}>\n',
    ]
    for number, (entry, (a, b)) in enumerate(linked_entries(beads, two), 1):
        lines.append(
            f'<link id="SL{number}" xtargets="{a};{b}" certainty="{entry.confidence:.4f}"/>\n'
        )
        losses.add("statuses", entry.status != "auto")
    lines.append("</linkGrp>\n</cesAlign>\n")
    written("".join(lines), path, gz=final.suffix == ".gz")
    return losses.loss


def load(path: Path) -> Corpus:
    """Read links together with the documents they name, which must lie where they say."""
    groups: Groups = {}
    for element in elements(path, ("link",), root="cesAlign"):
        sides = (element.get("xtargets") or "").split(";")
        if len(sides) != 2:
            raise InvalidFileError(
                "a link without two sides of ids",
                where=f"{path}:{element.sourceline}",
                do='Write xtargets="source ids;target ids", with one semicolon',
            )
        share = marks.share(element.get("certainty"))
        link = Linked(tuple(sides[0].split()), tuple(sides[1].split()), share)
        groups.setdefault(_documents(element.getparent(), path), []).append(link)
    if not groups:
        raise InvalidFileError("there is no link in it", where=str(path))
    return linked_corpus(path, groups)


def _documents(group: Any, path: Path) -> tuple[str, str]:
    source, target = group.get("fromDoc"), group.get("toDoc")
    if not source or not target:
        raise InvalidFileError("a linkGrp that names no documents", where=str(path))
    return source, target
