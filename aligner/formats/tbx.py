"""TBX: the keyword lists of a corpus as a termbase, one concept a bead.

TBX of 2008 (martif) by default, which most tools read; ``version="3"`` writes ISO 30042:2019 in
the DCA style. Only beads of keywords are terms; all else of the corpus is left out and counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

from aligner.errors import InvalidFileError, UsageError
from aligner.formats import marks
from aligner.formats.entries import Entry, Head, Losses, corpus_of, entries, head
from aligner.formats.loss import Loss
from aligner.formats.xmlstream import elements, local, text_of
from aligner.formats.xmltext import content
from aligner.mend import mended
from aligner.model import Corpus
from aligner.safexml import XML_LANG

Terms = Mapping[str, Sequence[str]]
"""The terms of one concept by language tag."""

HEADS = {
    "2": (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">\n'
        '<martif type="TBX" xml:lang="en">\n<martifHeader><fileDesc><titleStmt><title>{title}'
        "</title></titleStmt><sourceDesc><p>Keywords of a parallel corpus</p></sourceDesc>"
        '</fileDesc><encodingDesc><p type="DCSName">TBXXCSV02.xcs</p></encodingDesc>'
        "</martifHeader>\n<text><body>\n"
    ),
    "3": (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">\n'
        "<tbxHeader><fileDesc><titleStmt><title>{title}</title></titleStmt>"
        "<sourceDesc><p>Keywords of a parallel corpus</p></sourceDesc></fileDesc></tbxHeader>\n"
        "<text><body>\n"
    ),
}
TAILS = {"2": "</body></text>\n</martif>\n", "3": "</body></text>\n</tbx>\n"}
NAMES = {"2": ("termEntry", "langSet", "tig"), "3": ("conceptEntry", "langSec", "termSec")}

UNPACKS = True


def write(corpus: Corpus, path: Path, *, version: str = "2") -> Loss:
    """Write the keyword beads of a corpus."""
    losses = Losses("tbx", head(corpus), ("confidences", "statuses", "offsets", "the recipe"))
    concepts = []
    for entry in entries(corpus):
        if entry.unit != "keyword":
            losses.add("beads that are no terms")
        elif entry.is_null:
            losses.add("null beads")
        else:
            concepts.append(dict(zip(entry.langs, entry.texts, strict=True)))
    _write(corpus.title, concepts, path, version)
    return losses.loss


def write_entries(found: Iterable[Mapping[str, str]], path: Path, *, version: str = "2") -> None:
    """Write concepts given as one term per language tag."""
    concepts = [{lang: (term,) for lang, term in terms.items()} for terms in found]
    _write("Terms", concepts, path, version)


def _write(title: str, concepts: Iterable[Terms], path: Path, version: str) -> None:
    if version not in HEADS:
        raise UsageError(f"TBX {version} is not written", do="Versions: 2, 3")
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(HEADS[version].format(title=content(title)))
        for number, terms in enumerate(concepts, 1):
            stream.write(_concept(number, terms, *NAMES[version]))
        stream.write(TAILS[version])


def _concept(number: int, terms: Terms, concept: str, section: str, term: str) -> str:
    lines = [f'<{concept} id="c{number}">']
    for lang, words in terms.items():
        inside = "".join(f"<{term}><term>{content(mended(word))}</term></{term}>" for word in words)
        if inside:
            lines.append(f"<{section} xml:lang={quoteattr(lang)}>{inside}</{section}>")
    return "\n".join((*lines, f"</{concept}>\n"))


def load(path: Path) -> Corpus:
    """Read a termbase of either version as one parallel of keywords.

    Raises InvalidFileError if no term is in it.
    """
    concepts: list[dict[str, tuple[str, ...]]] = []
    for element in elements(path, ("termEntry", "conceptEntry"), root=None):
        terms: dict[str, tuple[str, ...]] = {}
        for section in element:
            if isinstance(section.tag, str) and local(section) in {"langSet", "langSec"}:
                lang = section.get(f"{{{XML_LANG}") or "und"
                found = tuple(filter(None, map(text_of, section.iter("{*}term"))))
                terms[lang] = (*terms.get(lang, ()), *found)
        concepts.append(terms)
    langs = tuple(dict.fromkeys(lang for terms in concepts for lang in terms))
    if not langs:
        raise InvalidFileError("there is no term in it", where=str(path))
    places = marks.Places()
    beads = []
    for terms in concepts:
        texts = tuple(terms.get(lang, ()) for lang in langs)
        if any(texts):
            first = places.take(0, langs, texts)
            beads.append(Entry(0, "keywords", langs, texts, first, unit="keyword"))
    return corpus_of(Head(path.stem, langs), beads)
