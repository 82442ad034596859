"""TMX 1.4b (LISA OSCAR, 2005): translation memories, any number of languages a unit.

Null beads have no place in it and are counted as lost. Properties keep the rest: ``x-bead`` the
shape, ``x-cert`` the confidence, ``x-status``, ``x-resp``, ``x-role``, ``x-parallel``, and per
language ``x-units`` the lengths of the units where a side has several.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from aligner.formats.entries import Entry, Head, Losses, corpus_of, entries, head
from aligner.formats.loss import Loss
from aligner.formats.memories import Languages, Units, steps
from aligner.formats.xmltext import storable
from aligner.model import Corpus, joiner
from aligner.version import __version__

FILE_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
<header creationtool="aligner" creationtoolversion={version} segtype="sentence" o-tmf="TEI" \
adminlang="en" srclang="*all*" datatype="plaintext">
<note>{title}</note>
<prop type="x-langs">{langs}</prop>
</header>
<body>
"""


def write(corpus: Corpus, path: Path) -> Loss:
    """Write every bead that has two sides or more as a translation unit."""
    return pour(head(corpus), entries(corpus), path)


def pour(about: Head, found: Iterable[Entry], path: Path) -> Loss:
    """Write entries as they come."""
    losses = Losses("tmx", about, ("offsets", "blocks", "the recipe"))
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(
            FILE_HEAD.format(
                version=quoteattr(__version__),
                title=escape(storable(about.title)),
                langs=" ".join(about.langs),
            )
        )
        for number, entry in enumerate(found, 1):
            if entry.is_null:
                losses.add("null beads")
            else:
                stream.write(_unit(entry, number))
        stream.write("</body>\n</tmx>\n")
    return losses.loss


def _unit(entry: Entry, number: int) -> str:
    props = {
        "x-bead": entry.shape,
        "x-cert": f"{entry.confidence:.4f}".rstrip("0").rstrip("."),
        "x-status": entry.status,
        "x-resp": entry.resp,
        "x-role": entry.role,
        "x-unit": entry.unit,
        "x-parallel": str(entry.parallel + 1),
    }
    lines = [f'<tu tuid="{number}">']
    lines += [f'<prop type="{name}">{escape(storable(v))}</prop>' for name, v in props.items()]
    for lang, texts in zip(entry.langs, entry.texts, strict=True):
        if texts:
            units = " ".join(str(len(text)) for text in texts)
            prop = f'<prop type="x-units">{units}</prop>' if len(texts) > 1 else ""
            text = _text(joiner(lang).join(texts))
            lines.append(f"<tuv xml:lang={quoteattr(lang)}>{prop}<seg>{text}</seg></tuv>")
    return "\n".join((*lines, "</tu>\n"))


def _text(text: str) -> str:
    return escape(storable(text)).replace("\r", "&#13;")


def load(path: Path) -> Corpus:
    """Read a translation memory, ours or anybody's; raises InvalidFileError if it is none."""
    about, found = stream(path)
    return corpus_of(about, found)


def stream(path: Path) -> tuple[Head, Iterator[Entry]]:
    """The head, and the translation units one by one; files of others tell no languages ahead."""
    units = Units(path)
    pieces = steps(path, units)
    while not units.begun and next(pieces, pieces) is not pieces:
        pass
    langs = units.order
    if not langs:
        known = Languages()
        for _ in steps(path, known):
            pass
        langs = tuple(known.found)
    return Head(units.title or path.stem, langs), _entries(units, pieces)


def _entries(units: Units, pieces: Iterator[None]) -> Iterator[Entry]:
    yield from units.ready
    units.ready.clear()
    for _ in pieces:
        yield from units.ready
        units.ready.clear()
