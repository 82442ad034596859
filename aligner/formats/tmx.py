"""TMX 1.4b (LISA OSCAR, 2005): translation memories, any number of languages a unit.

Null beads have no place in it and are counted as lost. Properties keep the rest: ``x-bead`` the
shape, ``x-cert`` the confidence, ``x-status``, ``x-resp``, ``x-role``, ``x-parallel``, and per
language ``x-units`` the lengths of the units where a side has several.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from xml.sax.saxutils import quoteattr

from aligner.formats.entries import Entry, Head, Losses, corpus_of, entries, head
from aligner.formats.loss import Loss
from aligner.formats.memories import Languages, Units, steps
from aligner.formats.xmltext import content
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

UNPACKS = True


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
                title=content(about.title),
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
    _, role, langs, sides, _, confidence, status, resp, unit = entry
    marks = _marks(entry.shape, confidence, status, resp, role, unit, entry.parallel)
    lines = [f'<tu tuid="{number}">\n{marks}']
    for opening, texts in zip(_openings(langs), sides, strict=True):
        if len(texts) == 1 and texts[0]:
            lines.append(f"{opening[0]}<seg>{content(texts[0])}</seg></tuv>\n")
        elif texts:
            units = " ".join([str(len(text)) for text in texts])
            text = content(opening[1].join(texts))
            prop = f'<prop type="x-units">{units}</prop>'
            lines.append(f"{opening[0]}{prop}<seg>{text}</seg></tuv>\n")
    return "".join([*lines, "</tu>\n"])


@lru_cache(maxsize=1024)
def _openings(langs: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The start tag of every language's variant, and what joins its units."""
    return tuple((f"<tuv xml:lang={quoteattr(lang)}>", joiner(lang)) for lang in langs)


@lru_cache(maxsize=4096)
def _marks(
    shape: str, confidence: float, status: str, resp: str, role: str, unit: str, parallel: int
) -> str:
    props = {
        "x-bead": shape,
        "x-cert": f"{confidence:.4f}".rstrip("0").rstrip("."),
        "x-status": status,
        "x-resp": resp,
        "x-role": role,
        "x-unit": unit,
        "x-parallel": str(parallel + 1),
    }
    return "".join(f'<prop type="{name}">{content(v)}</prop>\n' for name, v in props.items())


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
