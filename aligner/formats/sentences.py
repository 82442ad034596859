"""XML documents of ``<s id>`` and links between their ids: what XCES and InterText share."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import quoteattr

from aligner.errors import InvalidFileError, UnsafeInputError
from aligner.formats import marks
from aligner.formats.entries import Entry, Head, corpus_of
from aligner.formats.xmlstream import elements, text_of
from aligner.formats.xmltext import content
from aligner.model import Corpus, Role, Status

LONGEST = 250
"""Bytes of a file name, about as many as file systems take."""


@dataclass(frozen=True, slots=True)
class Linked:
    """One link: the ids of both sides, its confidence and status."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    confidence: float = 1.0
    status: Status = "auto"


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
            f'<s id="{unit_id(parallel, number, sign=sign)}">{content(text)}</s>\n'
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
            above = element.getparent()
            kind = None if above is None else above.get("type")
            roles[unit] = marks.role(kind)
    if lang == "und":
        parts = there.name.removesuffix(".gz").split(".")
        lang = parts[-2] if len(parts) > 2 else there.parent.name or lang
    return Sentences(lang, texts, roles)


Groups = dict[tuple[str, str], list[Linked]]
"""Links by the names of the two documents they are about, source first."""


def linked_corpus(path: Path, groups: Groups) -> Corpus:
    """Links and the documents they name, which lie beside ``path`` or below, as a corpus."""
    langs: tuple[str, ...] = ()
    found: list[Entry] = []
    for names, links in groups.items():
        versions = [read_sentences(below(path, name)) for name in names]
        langs = tuple(version.lang for version in versions)
        if langs[0] == langs[1]:
            langs = (f"{langs[0]}-x-a", f"{langs[1]}-x-b")
        before = found[-1].parallel + 1 if found else 0
        found += _entries(path, links, versions, langs, before)
    return corpus_of(Head(stem(path), langs), found)


def below(path: Path, name: str) -> Path:
    """The path of a file that ``path`` names; raises UnsafeInputError if it leaves the folder."""
    parts = name.replace("\\", "/").split("/")
    odd = any(part in {"", ".."} or len(part) > LONGEST for part in parts)
    if odd or len(name) > 4 * LONGEST or ":" in name or not name.isprintable():
        raise UnsafeInputError(
            f"it names the document {name[:80]!r}",
            where=str(path),
            why="only files in the same folder or below are read",
            do="Put the documents beside the file of links",
        )
    return path.parent.joinpath(*parts)


def _entries(
    path: Path,
    links: Sequence[Linked],
    versions: Sequence[Sentences],
    langs: tuple[str, ...],
    before: int,
) -> Iterator[Entry]:
    places = marks.Places()
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
        if not (link.source or link.target):
            continue
        one = (link.source or link.target)[0]
        group = one.partition(".")[0].partition(":")[0] if ours else ""
        version = versions[0] if link.source else versions[1]
        parallel = groups.setdefault(group, before + len(groups))
        yield Entry(
            parallel,
            version.roles.get(one, "body"),
            langs,
            tuple(texts),
            places.take(parallel, langs, texts),
            link.confidence,
            link.status,
        )
