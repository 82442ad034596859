"""TMX 1.4b (LISA OSCAR, 2005): translation memories, any number of languages a unit.

Null beads have no place in it and are counted as lost. Properties keep the rest: ``x-bead`` the
shape, ``x-cert`` the confidence, ``x-status``, ``x-resp``, ``x-role``, ``x-parallel``, and per
language ``x-units`` the lengths of the units where a side has several.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from aligner.errors import InvalidFileError
from aligner.formats import marks
from aligner.formats.entries import Entry, Head, Losses, corpus_of, cut, entries, head
from aligner.formats.loss import Loss
from aligner.formats.xmlstream import elements, text_of
from aligner.formats.xmltext import storable
from aligner.model import Corpus, joiner
from aligner.safexml import XML_LANG
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
    """The head, and the translation units one by one."""
    header = next(elements(path, ("header",), root="tmx"), None)
    title, langs = path.stem, ""
    if header is not None:
        title = header.findtext("{*}note") or title
        langs = header.findtext("{*}prop[@type='x-langs']") or ""
    order = tuple(langs.split())
    return Head(title, order or _languages(path)), _entries(path, order)


def _languages(path: Path) -> tuple[str, ...]:
    found = elements(path, ("tu",), root="tmx", checked=True)
    return tuple(dict.fromkeys(_tag(tuv) for unit in found for tuv in unit.iter("{*}tuv")))


def _entries(path: Path, order: tuple[str, ...]) -> Iterator[Entry]:
    places = marks.Places()
    for unit in elements(path, ("tu",), root="tmx", checked=True):
        yield _entry(unit, order, places, path)


def _tag(version: Any) -> str:
    return str(version.get(f"{{{XML_LANG}") or version.get("lang") or "")


def _entry(unit: Any, langs: tuple[str, ...], places: marks.Places, path: Path) -> Entry:
    props = {prop.get("type"): prop.text or "" for prop in unit.findall("{*}prop")}
    sides: dict[str, tuple[str, ...]] = {}
    for version in unit.findall("{*}tuv"):
        lang, segment = _tag(version), version.find("{*}seg")
        if not lang or segment is None:
            raise InvalidFileError(
                "a tuv without a language or a seg", where=f"{path}:{version.sourceline}"
            )
        lengths = version.findtext("{*}prop[@type='x-units']")
        sides[lang] = cut(text_of(segment), lang, lengths)
    order = tuple(sorted(sides, key=lambda tag: langs.index(tag) if tag in langs else len(langs)))
    texts = tuple(sides[tag] for tag in order)
    parallel = marks.place(props.get("x-parallel"))
    return Entry(
        parallel,
        marks.role(props.get("x-role")),
        order,
        texts,
        places.take(parallel, order, texts),
        marks.share(props.get("x-cert")),
        marks.status(props.get("x-status")),
        props.get("x-resp") or "aligner",
        marks.unit(props.get("x-unit")),
    )
