"""XML documents of ``<s id>`` and links between their ids: what XCES and InterText share."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from aligner.errors import InvalidFileError
from aligner.formats.entries import Entry, Head
from aligner.formats.xmlstream import elements, text_of
from aligner.formats.xmltext import storable
from aligner.model import ROLES, STATUSES, Role


@dataclass(frozen=True, slots=True)
class Linked:
    """One link: the ids of both sides, its confidence and status."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    confidence: float = 1.0
    status: str = "auto"


@dataclass(frozen=True, slots=True)
class Sentences:
    """A document: its language, and its sentences by id in order, with the role of each."""

    lang: str
    texts: dict[str, str]
    roles: dict[str, Role]


def stem(path: Path) -> str:
    """The name of a corpus file without the endings that tell its format."""
    return path.name.partition(".")[0] or path.stem


def unit_id(parallel: int, number: int, *, sign: str = ".") -> str:
    """The id of a unit: the numbers of its parallel and its own, from 1."""
    return f"{parallel + 1}{sign}{number + 1}"


def write_sentences(
    beads: Sequence[Entry], lang: str, path: Path, *, gz: bool = False, sign: str = "."
) -> None:
    """Write every unit of a language once, a paragraph per parallel."""
    lines = [f'<?xml version="1.0" encoding="UTF-8"?>\n<text xml:lang={quoteattr(lang)}>\n']
    for parallel, group in groupby(beads, key=lambda entry: entry.parallel):
        inside = [entry for entry in group if lang in entry.langs]
        if not inside:
            continue
        units = sorted(_units(inside, lang))
        lines.append(f'<p id="{parallel + 1}" type="{inside[0].role}">\n')
        lines += [
            f'<s id="{unit_id(parallel, number, sign=sign)}">{_text(text)}</s>\n'
            for number, text in units
        ]
        lines.append("</p>\n")
    lines.append("</text>\n")
    written("".join(lines), path, gz=gz)


def _units(beads: Iterable[Entry], lang: str) -> Iterator[tuple[int, str]]:
    for entry in beads:
        place = entry.langs.index(lang)
        for n, text in enumerate(entry.texts[place]):
            yield entry.first[place] + n, text


def _text(text: str) -> str:
    return escape(storable(text)).replace("\r", "&#13;")


def written(text: str, path: Path, *, gz: bool) -> None:
    """Write a file, gzipped without a time stamp if asked: the same text, the same bytes."""
    content = text.encode("utf-8")
    if gz:
        content = gzip.compress(content, compresslevel=6, mtime=0)
    path.write_bytes(content)


def linked_entries(
    beads: Iterable[Entry], two: tuple[str, str], *, sign: str = "."
) -> Iterator[tuple[Entry, tuple[str, str]]]:
    """Every bead that has units of the two languages, with the ids of both sides."""
    for entry in beads:
        ids = tuple(_ids(entry, lang, sign) for lang in two)
        if any(ids):
            yield entry, (ids[0], ids[1])


def _ids(entry: Entry, lang: str, sign: str) -> str:
    if lang not in entry.langs:
        return ""
    place = entry.langs.index(lang)
    first = entry.first[place]
    return " ".join(
        unit_id(entry.parallel, first + n, sign=sign) for n in range(len(entry.texts[place]))
    )


def read_sentences(path: Path) -> Sentences:
    """Read a document of ``<s id>``, gzipped or not, of any outermost element."""
    there = path if path.exists() else path.with_name(path.name.removesuffix(".gz"))
    if not there.exists():
        raise InvalidFileError(
            "the document that the links are about is missing",
            where=str(path),
            do="Put it beside the file of links",
        )
    lang = "und"
    texts: dict[str, str] = {}
    roles: dict[str, Role] = {}
    for element in elements(there, ("s",), root=None):
        top = element.getroottree().getroot()
        lang = top.get("{http://www.w3.org/XML/1998/namespace}lang") or top.get("lang") or lang
        unit = element.get("id") or element.get("{http://www.w3.org/XML/1998/namespace}id")
        if unit is not None:
            texts[unit] = text_of(element)
            kind = element.getparent().get("type")
            roles[unit] = next((role for role in ROLES if role == kind), "body")
    if lang == "und":
        parts = there.name.split(".")
        lang = parts[-3] if there.suffix == ".gz" and len(parts) > 3 else parts[-2]
    return Sentences(lang, texts, roles)


def linked_corpus(
    path: Path, links: Sequence[Linked], versions: Sequence[Sentences]
) -> tuple[Head, Iterator[Entry]]:
    """Links and the two documents in; a head and entries out."""
    langs = tuple(version.lang for version in versions)
    if langs[0] == langs[1]:
        langs = (f"{langs[0]}-x-a", f"{langs[1]}-x-b")
    return Head(stem(path), langs), _entries(path, links, versions, langs)


def _entries(
    path: Path, links: Sequence[Linked], versions: Sequence[Sentences], langs: tuple[str, ...]
) -> Iterator[Entry]:
    seen = [0, 0]
    groups: dict[str, int] = {}
    ours = any(role != "body" for version in versions for role in version.roles.values())
    for link in links:
        texts = []
        for version, ids in zip(versions, (link.source, link.target), strict=True):
            for unit in ids:
                if unit not in version.texts:
                    raise InvalidFileError(
                        f"there is no sentence {unit!r} in {version.lang}", where=str(path)
                    )
            texts.append(tuple(version.texts[unit] for unit in ids))
        one = (link.source or link.target)[0]
        group = one.partition(".")[0].partition(":")[0] if ours else ""
        version = versions[0] if link.source else versions[1]
        yield Entry(
            groups.setdefault(group, len(groups)),
            version.roles.get(one, "body"),
            langs,
            tuple(texts),
            tuple(seen),
            link.confidence,
            next((s for s in STATUSES if s == link.status), "auto"),
        )
        seen = [n + len(side) for n, side in zip(seen, texts, strict=True)]
