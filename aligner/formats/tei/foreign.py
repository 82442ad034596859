"""TEI that others wrote: its texts, its units with their ids, and what it links.

Units are the elements that links point at; without links, the first of s, seg, l, ab, p that the
text has. Links are ``link/@target`` in any ``linkGrp``, and ``@corresp`` of a unit. Everything that
is linked, directly or over a third, is one bead; a unit that nothing links is a null bead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aligner.errors import InvalidFileError
from aligner.formats.tei.chains import ordered_beads
from aligner.model import (
    Alignment,
    Block,
    Corpus,
    Document,
    Kind,
    Parallel,
    Segment,
    Sentence,
    Span,
    UnitKind,
    Version,
)
from aligner.safexml import TEI, XI, XML_ID, XML_LANG, parse

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from lxml import etree

_Q = f"{{{TEI}}}"
_ID, _LANG = "{" + XML_ID, "{" + XML_LANG
_ORDER = ("s", "seg", "l", "ab", "p")
_KIND: dict[str, UnitKind] = {
    "s": "sentence",
    "seg": "sentence",
    "term": "keyword",
    "l": "verse",
    "ab": "paragraph",
    "p": "paragraph",
}
_BLOCKS: dict[str, Kind] = {
    "head": "heading",
    "p": "paragraph",
    "ab": "paragraph",
    "l": "paragraph",
    "item": "item",
    "cell": "cell",
    "label": "label",
    "note": "note",
    "byline": "label",
}


def load_foreign(path: Path) -> Corpus:
    """Read a TEI file that this library did not write.

    Raises InvalidFileError if it has no text, or if two linked texts are in one language.
    """
    roots = [_rooted(path)]
    roots += [_rooted(other) for other in _included(roots[0], path)]
    links = [names for root in roots for names in _links(root)]
    linked = {name for names in links for name in names}
    versions = [
        version
        for root in roots
        for number, text in enumerate(root.iter(f"{_Q}text"))
        if not any(True for _ in text.iterancestors(f"{_Q}text"))
        for version in _versions(text, linked, f"{path.name}#{number + 1}")
    ]
    if not versions:
        raise InvalidFileError(
            "this TEI file has no text with sentences or paragraphs in it",
            where=str(path),
            do="Mark units with s, seg, l, ab or p",
        )
    return _corpus(_title(roots[0]) or path.stem, versions, links, path)


def _rooted(path: Path) -> etree._Element:
    root = parse(path).getroot()
    if root.tag not in {f"{_Q}TEI", f"{_Q}teiCorpus"}:
        shown = root.tag.rpartition("}")[2]
        raise InvalidFileError(
            f"this is no TEI file: its root is {shown}",
            where=str(path),
            do="Name the format of the file, or give a file with a TEI or teiCorpus root",
        )
    return root


def _included(root: etree._Element, path: Path) -> list[Path]:
    from aligner.formats.tei.scan import included

    return [
        included(path, str(found.get("href", "")), 1) for found in root.iter(f"{{{XI}}}include")
    ]


def _title(root: etree._Element) -> str:
    found = root.find(f"{_Q}teiHeader/{_Q}fileDesc/{_Q}titleStmt/{_Q}title")
    return "" if found is None else " ".join("".join(map(str, found.itertext())).split())


def _links(root: etree._Element) -> Iterable[list[str]]:
    """Groups of ids that belong together."""
    for link in root.iter(f"{_Q}link"):
        names = [p.rpartition("#")[2] for p in link.get("target", "").split()]
        if len(names) > 1:
            yield names
    for element in root.iter(*(f"{_Q}{name}" for name in _KIND)):
        mine = element.get(_ID)
        if mine and element.get("corresp"):
            yield [mine, *(p.rpartition("#")[2] for p in element.get("corresp", "").split())]


def _versions(text: etree._Element, linked: set[str], name: str) -> list[Version]:
    """One version for each language among the units of a text, in order of appearance."""
    units = _units(text, linked)
    if not units:
        return []
    laid = _Laid(name)
    laid.text_of(text, {id(unit) for unit in units})
    document = Document(name, "".join(laid.pieces), tuple(laid.blocks))
    found: dict[tuple[str, UnitKind], list[Sentence]] = {}
    for unit in units:
        kind = _KIND[unit.tag.removeprefix(_Q)]
        span = laid.spans[id(unit)]
        found.setdefault((_language(unit), kind), []).append(Sentence(span, id=unit.get(_ID)))
    return [
        Version(
            Segment(lang, (Span(cut[0].span.start, cut[-1].span.end),), source="declared"),
            document,
            tuple(cut),
            kind,
        )
        for (lang, kind), cut in found.items()
    ]


def _units(text: etree._Element, linked: set[str]) -> list[etree._Element]:
    """The linked elements and all of their names; else those of the first name that is there."""
    every = list(text.iter(*(f"{_Q}{name}" for name in _KIND)))
    names = {e.tag for e in every if e.get(_ID) in linked}
    if not names:
        there = {e.tag for e in every}
        names = {next((f"{_Q}{n}" for n in _ORDER if f"{_Q}{n}" in there), "")}
    chosen = [e for e in every if e.tag in names]
    inner = {id(a) for e in chosen for a in e.iterancestors() if a.tag in names}
    return [e for e in chosen if id(e) not in inner]


def _language(element: etree._Element) -> str:
    for each in (element, *element.iterancestors()):
        if each.get(_LANG):
            return str(each.get(_LANG))
    return "und"


class _Laid:
    """Lays the text of a TEI text out as a document: blocks as they come, a blank line between."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.pieces: list[str] = []
        self.blocks: list[Block] = []
        self.spans: dict[int, Span] = {}
        self._at = 0

    def text_of(self, top: etree._Element, units: set[int]) -> None:
        """Append everything below an element, block by block."""
        for element in top:
            if not isinstance(element.tag, str):
                continue
            name = element.tag.removeprefix(_Q)
            blocks = any(
                isinstance(e.tag, str) and e.tag.removeprefix(_Q) in _BLOCKS for e in element.iter()
            )
            inside = any(
                isinstance(e.tag, str) and e.tag.removeprefix(_Q) in _BLOCKS
                for e in element.iterdescendants()
            )
            if name in _BLOCKS and not (inside and id(element) not in units):
                self._block(element, _BLOCKS[name], units)
            elif blocks:
                self.text_of(element, units)
            elif "".join(map(str, element.itertext())).strip():
                self._block(element, "paragraph", units)

    def _block(self, element: etree._Element, kind: Kind, units: set[int]) -> None:
        if self.pieces:
            self._put("\n\n")
        start = self._at
        self._inside(element, units)
        if self._at > start:
            self.blocks.append(Block(Span(start, self._at), kind))

    def _inside(self, element: etree._Element, units: set[int]) -> None:
        start = self._at
        self._put(element.text or "")
        for child in element:
            if isinstance(child.tag, str):
                self._inside(child, units)
            self._put(child.tail or "")
        if id(element) in units:
            self.spans[id(element)] = self._trimmed(start)

    def _put(self, text: str) -> None:
        if text:
            self.pieces.append(text)
            self._at += len(text)

    def _trimmed(self, start: int) -> Span:
        """The span of what was put since ``start``, without white space at its edges."""
        held, at = [], self._at
        for piece in reversed(self.pieces):
            if at <= start:
                break
            held.append(piece)
            at -= len(piece)
        text = "".join(reversed(held))
        bare = text.strip()
        first = start + len(text) - len(text.lstrip()) if bare else start
        return Span(first, first + len(bare))


def _corpus(title: str, versions: list[Version], links: list[list[str]], path: Path) -> Corpus:
    """Versions that links join become parallels; the others are the rest."""
    home = {unit.id: (v, u) for v, each in enumerate(versions) for u, unit in enumerate(each.units)}
    groups = [[home[name] for name in names if name in home] for names in links]
    groups = [group for group in groups if len(group) > 1]
    parallels, alignments, used = [], [], set()
    for members in _components(groups, len(versions)):
        columns = [versions[number] for number in members]
        beads, crossing = ordered_beads(groups, members, [len(v.units) for v in columns])
        tags = [version.lang for version in columns]
        if len(set(tags)) < len(tags):
            twice = next(tag for tag in tags if tags.count(tag) > 1)
            raise InvalidFileError(
                f"two texts that are linked are both in {twice}",
                where=str(path),
                do="Tell them apart with xml:lang, as in en-x-a and en-x-b",
            )
        parallels.append(Parallel(tuple(version.segment for version in columns)))
        alignments.append(Alignment(tuple(columns), beads, crossing))
        used.update(members)
    rest = tuple(version for number, version in enumerate(versions) if number not in used)
    return Corpus(title, tuple(parallels), tuple(alignments), rest)


def _components(groups: list[list[tuple[int, int]]], count: int) -> list[list[int]]:
    """Numbers of versions that are linked with one another, in order."""
    label = list(range(count))
    for group in groups:
        least = min(label[version] for version, _ in group)
        merged = {label[version] for version, _ in group}
        label = [least if each in merged else each for each in label]
    sets = [[v for v in range(count) if label[v] == first] for first in sorted(set(label))]
    return [members for members in sets if len(members) > 1]
