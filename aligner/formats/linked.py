"""Files of links and the documents of sentences they name, read: XCES, OPUS, InterText."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aligner.errors import InvalidFileError, UnsafeInputError
from aligner.formats import marks
from aligner.formats.entries import Entry, Head, corpus_of
from aligner.formats.sentences import stem
from aligner.formats.xmlstream import elements, local, text_of
from aligner.model import Corpus, Role, Status

LONGEST = 250
"""Bytes of a file name, about as many as file systems take."""

_UNITS = ("s", "seg", "l", "verse", "head", "p", "ab")
"""Elements that may be linked: every ``s`` is a unit, the others where a link names them."""

_TAG = re.compile(r"(?!xml|raw|tei)[a-z]{2,3}([_-][A-Za-z0-9]{2,8})*\Z")
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


@dataclass(frozen=True, slots=True)
class Linked:
    """One link: the ids of both sides, its confidence and status."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    confidence: float = 1.0
    status: Status = "auto"


Groups = dict[tuple[str, str], list[Linked]]
"""Links by the names of the two documents they are about, source first."""


@dataclass(frozen=True, slots=True)
class Sentences:
    """A document: its language, and its sentences by id in order, with the role of each."""

    lang: str
    texts: dict[str, str]
    roles: dict[str, Role]


def load_linked(path: Path, root: str, read: Callable[[Any, str, str], Linked]) -> Corpus:
    """The corpus of a file of links; ``read`` makes one of an element and its two sides of ids.

    Raises InvalidFileError if a link has no two sides, or its group names no documents.
    """
    groups: Groups = {}
    for element in elements(path, ("link",), root=root):
        first, sign, second = (element.get("xtargets") or "").partition(";")
        if not sign or ";" in second:
            raise InvalidFileError(
                "a link without two sides of ids",
                where=f"{path}:{element.sourceline}",
                do='Write xtargets="ids;ids", with one semicolon',
            )
        group = element.getparent()
        names = (group.get("fromDoc") or "", group.get("toDoc") or "")
        if not all(names):
            raise InvalidFileError("a linkGrp that names no documents", where=str(path))
        groups.setdefault(names, []).append(read(element, first, second))
    if not groups:
        raise InvalidFileError("there is no link in it", where=str(path))
    return _corpus(path, groups)


def _corpus(path: Path, groups: Groups) -> Corpus:
    """Links and the documents they name, which lie beside ``path`` or below, as a corpus."""
    langs: tuple[str, ...] = ()
    found: list[Entry] = []
    for names, links in groups.items():
        wanted = (
            {unit for link in links for unit in link.source},
            {unit for link in links for unit in link.target},
        )
        versions = [_read(below(path, n), n, ids) for n, ids in zip(names, wanted, strict=True)]
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


def _read(path: Path, name: str, wanted: set[str]) -> Sentences:
    """Read a document of ``<s id>``, gzipped or not, of any outermost element."""
    there = path if path.exists() else path.with_name(path.name.removesuffix(".gz"))
    if not there.exists():
        raise InvalidFileError(
            "the document that the links are about is missing",
            where=str(path),
            do="Put it beside the file of links",
        )
    lang = ""
    texts: dict[str, str] = {}
    roles: dict[str, Role] = {}
    for element in elements(there, _UNITS, root=None):
        top = element.getroottree().getroot()
        lang = top.get(_XML_LANG) or top.get("lang") or lang
        unit = element.get("id") or element.get(_XML_ID)
        if unit is not None and (local(element) == "s" or unit in wanted):
            texts[unit] = _text(element)
            above = element.getparent()
            roles[unit] = marks.role(None if above is None else above.get("type"))
    return Sentences(lang or _lang_of(name), texts, roles)


def _text(element: Any) -> str:
    """The text of a sentence; of a tokenised or printed one, its words with spaces between."""
    if not len(element):
        return element.text or ""
    words = [text_of(word).strip() for word in element.iter("{*}w", "w")]
    return " ".join(words) if words else " ".join(text_of(element).split())


def _lang_of(name: str) -> str:
    """The language that the name of a document tells: ``en/1984.xml.gz``, ``1984.en.xml``."""
    *folders, file = name.split("/")
    said = [*folders, *reversed(file.removesuffix(".gz").split(".")[1:-1])]
    return next((part.replace("_", "-") for part in said if _TAG.match(part)), "und")


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
    for link in _with_unlinked(path, links, versions):
        one = (link.source or link.target)[0]
        group = one.partition(".")[0].partition(":")[0] if ours else ""
        version = versions[0] if link.source else versions[1]
        parallel = groups.setdefault(group, before + len(groups))
        sides = zip(versions, (link.source, link.target), strict=True)
        texts = tuple(tuple(v.texts[unit] for unit in ids) for v, ids in sides)
        first = places.take(parallel, langs, texts)
        role = version.roles.get(one, "body")
        yield Entry(parallel, role, langs, texts, first, link.confidence, link.status)


def _with_unlinked(
    path: Path, links: Sequence[Linked], versions: Sequence[Sentences]
) -> Iterator[Linked]:
    """The links; before those of the next sentence, the sentences that are in none, alone."""
    sides = [[link.source for link in links], [link.target for link in links]]
    waiting = [_waiting(path, v, ids) for v, ids in zip(versions, sides, strict=True)]
    for link in links:
        for column, ids in enumerate((link.source, link.target)):
            for unit in ids:
                yield from _alone(column, waiting[column].pop(unit, ()))
        if link.source or link.target:
            yield link
    for column, held in enumerate(waiting):
        yield from _alone(column, held.get(None, ()))


def _waiting(
    path: Path, version: Sentences, sides: Iterable[tuple[str, ...]]
) -> dict[str | None, list[str]]:
    """The sentences in no link, by the linked one that comes next; None for those at the end."""
    linked = {unit for side in sides for unit in side}
    for unit in linked - version.texts.keys():
        what = f"there is no sentence {unit!r} in {version.lang}"
        raise InvalidFileError(what, where=str(path), do="Mend the link, or the document's name")
    found: dict[str | None, list[str]] = {}
    run: list[str] = []
    for unit in version.texts:
        if unit not in linked:
            run.append(unit)
        elif run:
            found[unit], run = run, []
    found[None] = run
    return found


def _alone(column: int, units: Iterable[str]) -> Iterator[Linked]:
    for unit in units:
        yield Linked((), (unit,)) if column else Linked((unit,), ())
