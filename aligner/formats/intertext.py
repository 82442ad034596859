"""InterText: links with a status, and one XML document of sentences a language.

``corpus.intertext.xml`` holds the links, ``corpus.en.xml`` and its like the sentences. InterText
names the target first: ``xtargets="toDoc ids;fromDoc ids"`` and ``type`` the same way round.
Two languages; further ones are left out and counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

from aligner.errors import InvalidFileError
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
from aligner.model import Corpus, Status

STATUS = {"auto": "auto", "confirmed": "man", "rejected": "plain"}
STATUS_BACK: dict[str, Status] = {"auto": "auto", "man": "confirmed", "plain": "auto"}


def siblings(corpus: Corpus, path: Path, *, langs: Sequence[str] | None = None) -> tuple[Path, ...]:
    """The sentence files beside ``path``."""
    return tuple(_document(path, lang) for lang in pair(head(corpus).langs, langs))


def _document(path: Path, lang: str) -> Path:
    return path.with_name(f"{stem(path)}.{lang}.xml")


def write(
    corpus: Corpus, path: Path, *, parts: dict[Path, Path], langs: Sequence[str] | None = None
) -> Loss:
    """Write links and sentences of two languages."""
    about = head(corpus)
    two = pair(about.langs, langs)
    final = next(name for name, part in parts.items() if part == path)
    losses = Losses("intertext", about, ("confidences", "offsets", "blocks", "the recipe"))
    losses.add("languages", 0 if langs else len(about.langs) - 2)
    beads = [entry for entry in entries(corpus) if set(two) & set(entry.langs)]
    for lang in two:
        write_sentences(beads, lang, parts[_document(final, lang)], sign=":")
    source, target = (quoteattr(_document(final, lang).name) for lang in two)
    lines = [f'<?xml version="1.0" encoding="UTF-8"?>\n<linkGrp toDoc={target} fromDoc={source}>\n']
    for entry, (a, b) in linked_entries(beads, two, sign=":"):
        shape = f"{len(b.split())}-{len(a.split())}"
        lines.append(f'<link type="{shape}" xtargets="{b};{a}" status="{STATUS[entry.status]}"/>\n')
        losses.add("statuses", entry.status == "rejected")
    lines.append("</linkGrp>\n")
    written("".join(lines), path, gz=False)
    return losses.loss


def load(path: Path) -> Corpus:
    """Read links together with the documents they name, which must lie beside them."""
    groups: Groups = {}
    for element in elements(path, ("link",), root="linkGrp"):
        target, sign, source = (element.get("xtargets") or "").partition(";")
        if not sign:
            raise InvalidFileError(
                "a link without two sides of ids", where=f"{path}:{element.sourceline}"
            )
        status = STATUS_BACK.get(element.get("status") or "auto", "auto")
        above = element.getparent()
        names = (above.get("fromDoc") or "", above.get("toDoc") or "")
        link = Linked(tuple(source.split()), tuple(target.split()), 1.0, status)
        groups.setdefault(names, []).append(link)
    if not groups or not all(map(all, groups)):
        raise InvalidFileError("it has no links, or names no documents", where=str(path))
    return linked_corpus(path, groups)
