"""TEI that others wrote: its texts, its units with their ids, and what it links.

Units are the elements that links point at; without links, the first of s, seg, l, ab, p that the
text has. Links are ``link/@target`` in any ``linkGrp``, and ``@corresp`` of a unit; they may point
into other files of the folder, which are then read too. Everything that is linked, directly or
over a third, is one bead; a unit that nothing links is a null bead.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from aligner.errors import InvalidFileError
from aligner.formats.tei.chains import Link, Place, ordered_beads
from aligner.formats.tei.laid import KIND, Laid, Q, local
from aligner.formats.tei.pointing import Pointer, Texts, read_texts
from aligner.formats.tei.said import facts_of, title_of
from aligner.model import (
    Alignment,
    Corpus,
    Document,
    Fact,
    Parallel,
    Segment,
    Sentence,
    Span,
    UnitKind,
    Version,
)
from aligner.safexml import XML_ID, XML_LANG

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from lxml import etree

_ID, _LANG = "{" + XML_ID, "{" + XML_LANG
_ORDER = ("s", "seg", "l", "ab", "p")


@dataclass(frozen=True, slots=True)
class _Column:
    """A version, and the file it stands in."""

    version: Version
    file: str


def load_foreign(path: Path) -> Corpus:
    """Read a TEI file that this library did not write, and those it includes or points into.

    Raises InvalidFileError if it has no text or a file is missing, UnsafeInputError if it reaches
    out of its folder.
    """
    texts = read_texts(path)
    linked = {(p.file, p.id) for link in texts.links for p in link.pointers}
    names = {pointer.id for link in texts.links for pointer in link.pointers if not pointer.sure}
    columns: list[_Column] = []
    facts: list[Fact] = []
    for file, root in texts.roots.items():
        found = [t for t in root.iter(f"{Q}text") if not any(t.iterancestors(f"{Q}text"))]
        for number, text in enumerate(found, 1):
            name = file if len(found) == 1 else f"{file}#{number}"
            made = _versions(text, file, linked, names, name)
            columns += [_Column(version, file) for version in made]
            facts += facts_of(text, root, texts.first, {version.lang for version in made})
    if not columns:
        raise InvalidFileError(
            "this TEI file has no text with sentences or paragraphs in it",
            where=str(path),
            do="Mark units with s, seg, l, ab or p",
        )
    corpus = _corpus(title_of(texts.first) or path.stem, columns, texts)
    return replace(corpus, metadata=tuple(dict.fromkeys(facts)))


def _versions(
    text: etree._Element, file: str, linked: set[tuple[str, str]], names: set[str], name: str
) -> list[Version]:
    """One version for each language among the units of a text, in order of appearance."""
    units = _units(text, file, linked, names)
    if not units:
        return []
    laid = Laid()
    laid.text_of(text, {id(unit) for unit in units})
    document = Document(name, "".join(laid.pieces), tuple(laid.blocks))
    found: dict[tuple[str, UnitKind], list[Sentence]] = {}
    for unit in units:
        span = laid.spans.get(id(unit))
        if span is not None:
            kind = KIND[local(unit)]
            found.setdefault((_language(unit), kind), []).append(Sentence(span, id=unit.get(_ID)))
    return [
        Version(
            Segment(lang, (Span(cut[0].span.start, cut[-1].span.end),), source="declared"),
            document,
            tuple(sorted(cut, key=lambda unit: unit.span)),
            kind,
        )
        for (lang, kind), cut in found.items()
    ]


def _units(
    text: etree._Element, file: str, linked: set[tuple[str, str]], names: set[str]
) -> list[etree._Element]:
    """The linked elements and all of their names; else those of the first name that is there."""
    every = list(text.iter(*(f"{Q}{name}" for name in KIND)))
    tags = {e.tag for e in every if (file, e.get(_ID)) in linked or e.get(_ID) in names}
    if not tags:
        there = {e.tag for e in every}
        tags = {next((f"{Q}{n}" for n in _ORDER if f"{Q}{n}" in there), "")}
    chosen = [e for e in every if e.tag in tags]
    outer = {id(a) for e in chosen for a in e.iterancestors() if a.tag in tags}
    return [e for e in chosen if id(e) not in outer]


def _language(element: etree._Element) -> str:
    """By ``xml:lang`` here or above; else by the header, if it names one language."""
    top = element
    for each in (element, *element.iterancestors()):
        if each.get(_LANG):
            return str(each.get(_LANG))
        top = each
        if each.tag == f"{Q}TEI":
            break
    said = {str(e.get("mainLang")) for e in top.iterfind(f".//{Q}textLang") if e.get("mainLang")}
    used = f"{Q}teiHeader//{Q}langUsage/{Q}language"
    said = said or {str(e.get("ident")) for e in top.iterfind(used) if e.get("ident")}
    return said.pop() if len(said) == 1 else "und"


class _Homes:
    """Where units stand, by the file and the id of a pointer."""

    def __init__(self, columns: Sequence[_Column]) -> None:
        self._exact: dict[tuple[str, str], Place] = {}
        self._any: dict[str, Place | None] = {}
        for v, column in enumerate(columns):
            for u, unit in enumerate(column.version.units):
                if unit.id is not None:
                    self._exact[column.file, unit.id] = v, u
                    self._any[unit.id] = None if unit.id in self._any else (v, u)

    def find(self, pointer: Pointer) -> Place | None:
        """The unit pointed at: in the file that is named, else the only one of this id."""
        found = self._exact.get((pointer.file, pointer.id))
        return found if found or pointer.sure else self._any.get(pointer.id)


def _corpus(title: str, columns: Sequence[_Column], texts: Texts) -> Corpus:
    """Versions that links join become parallels; the others are the rest."""
    homes = _Homes(columns)
    links = []
    for said in texts.links:
        places = dict.fromkeys(p for p in map(homes.find, said.pointers) if p is not None)
        if places:
            links.append(Link(tuple(places), said.confidence, said.status, said.resp))
    parallels, alignments, used = [], [], set()
    for members in _components(links, len(columns)):
        versions = _told_apart([columns[number].version for number in members])
        beads, crossing = ordered_beads(links, members, [len(v.units) for v in versions])
        parallels.append(Parallel(tuple(version.segment for version in versions)))
        alignments.append(Alignment(versions, beads, crossing))
        used.update(members)
    rest = tuple(column.version for n, column in enumerate(columns) if n not in used)
    return Corpus(title, tuple(parallels), tuple(alignments), rest)


def _told_apart(versions: list[Version]) -> tuple[Version, ...]:
    """Versions of one language get tags of their own: en-x-a, en-x-b."""
    tags = [version.lang for version in versions]
    made = []
    for number, version in enumerate(versions):
        if tags.count(version.lang) > 1:
            place = tags[:number].count(version.lang)
            mark = chr(ord("a") + place) if place < 26 else str(place)
            joint = "-" if "-x-" in version.lang else "-x-"
            segment = replace(version.segment, lang=f"{version.lang}{joint}{mark}")
            made.append(replace(version, segment=segment))
        else:
            made.append(version)
    return tuple(made)


def _components(links: Sequence[Link], count: int) -> list[list[int]]:
    """Numbers of versions that are linked with one another, in order."""
    label = list(range(count))
    for versions in dict.fromkeys(frozenset(v for v, _ in link.places) for link in links):
        merged = {label[version] for version in versions}
        if len(merged) > 1:
            least = min(merged)
            label = [least if each in merged else each for each in label]
    sets = [[v for v in range(count) if label[v] == first] for first in sorted(set(label))]
    return [members for members in sets if len(members) > 1]
