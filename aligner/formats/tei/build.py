"""From the flat lists of a scan back to the records of a corpus."""

from __future__ import annotations

import gc
import re
from itertools import pairwise
from typing import TYPE_CHECKING, cast

from aligner.errors import AlignerError, InvalidFileError
from aligner.formats.tei.aligned import aligned
from aligner.formats.tei.declared import facts_of, people_of, steps_of, title_of
from aligner.formats.tei.facts import read_facts
from aligner.formats.tei.header import WRITER
from aligner.formats.tei.layout import plain, read_block
from aligner.formats.tei.plan import REST
from aligner.formats.tei.scan import (
    Attributes,
    RawBlock,
    RawCorpus,
    RawZone,
    id_of,
    lang_of,
)
from aligner.model import (
    Block,
    Cell,
    Corpus,
    Document,
    Kind,
    Part,
    Segment,
    Sentence,
    Source,
    Span,
    UnitKind,
    Version,
)
from aligner.safexml import XML_ID

if TYPE_CHECKING:
    from pathlib import Path


KINDS: dict[str, Kind] = {
    "head": "heading",
    "p": "paragraph",
    "list": "paragraph",
    "lg": "paragraph",
    "item": "item",
    "bibl": "item",
    "cell": "cell",
    "label": "label",
    "note": "note",
}
_PARTS: dict[str, Part] = {"references": "references"}
_LEVEL = re.compile(r"level-(-?\d+)\Z")
_PLAIN = 2
"""Attributes of a unit that has an id and a source, and nothing else to say."""

_NUMBER = re.compile(r"\d+\Z")
_GROUP = re.compile(r"\.al\d+\Z")


def is_ours(raw: RawCorpus) -> bool:
    """True if the file says that this library wrote it."""
    if raw.header is None:
        return False
    found = raw.header.find("application")
    return any(node.id == "app.writer" and node.attributes.get("ident") == WRITER for node in found)


def build_own(raw: RawCorpus, path: Path) -> Corpus:
    """A corpus of ours, exactly as it was written.

    Raises InvalidFileError where it was changed in a way that no longer fits together.
    """
    watched = gc.isenabled()
    gc.disable()  # millions of records, no cycles: looking for some takes a fifth of the time
    try:
        return _Builder(raw).corpus()
    except InvalidFileError:
        raise
    except (AlignerError, ValueError, KeyError, IndexError) as error:
        raise InvalidFileError(
            "the parts of this corpus no longer fit together",
            where=str(path),
            why=str(error),
            do="aligner validate says what is wrong, and where",
        ) from error
    finally:
        if watched:
            gc.enable()


class _Builder:
    """Holds what is known of each document while its text is put together again."""

    def __init__(self, raw: RawCorpus) -> None:
        if raw.header is None:
            raise ValueError("it has no header")
        self._raw, self._header = raw, raw.header
        self._langs = {id_of(attributes): lang_of(attributes) or "" for attributes, _ in raw.texts}
        self._bibls = [
            node for node in self._header.find("bibl") if node.id and re.search(r"\.d\d+$", node.id)
        ]
        self._pieces: list[list[tuple[int, int, str]]] = [[] for _ in self._bibls]
        self._blocks: list[list[Block]] = [[] for _ in self._bibls]
        self._line_ends = ["\n"] * len(self._bibls)

    def corpus(self) -> Corpus:
        """Put everything together."""
        units = [self._units(zone) for zone in self._raw.zones]
        self._read_layouts()
        documents = [self._document(number) for number in range(len(self._bibls))]
        versions: dict[str, Version] = {}
        for zone, cut in zip(self._raw.zones, units, strict=True):
            versions[id_of(zone.attributes)] = self._version(zone, cut, documents)
        zones = {id_of(zone.attributes): zone for zone in self._raw.zones}
        people = people_of(self._header)
        groups = [g for g in self._raw.groups if _GROUP.search(id_of(g.attributes))]
        groups.sort(key=lambda group: int(id_of(group.attributes).rpartition(".al")[2]))
        made = [aligned(group, versions, zones, people) for group in groups]
        rest = [name for name, zone in zones.items() if zone.attributes.get("type") in REST]
        rest.sort(key=lambda name: int(_NUMBER.search(name)[0]))  # type: ignore[index]
        return Corpus(
            title_of(self._header),
            tuple(parallel for parallel, _ in made),
            tuple(alignment for _, alignment in made),
            tuple(versions[name] for name in rest),
            facts_of([self._header, *(n for _, n in self._raw.texts if n)], self._langs),
            tuple(steps_of(self._header)),
        )

    def _units(self, zone: RawZone) -> tuple[Sentence, ...]:
        units: list[Sentence] = []
        own = f"{id_of(zone.attributes).rpartition('.')[0]}."
        for block in zone.blocks:
            flows = block.name not in {"list", "lg"}
            for number in range(block.start, block.end):
                unit, home = self._unit(zone.units[number], zone.texts[number], own)
                units.append(unit)
                gap = zone.gaps[number]
                if gap and flows and number > block.start:
                    self._gap(home, units[-2].span.end, unit.span.start, gap)
            self._block(zone, block, units)
        return tuple(units)

    def _gap(self, home: int, start: int, end: int, gap: str) -> None:
        if end - start != len(gap):
            raise ValueError(f"white space at {start}-{end} of document {home + 1} was changed")
        self._pieces[home].append((start, end, gap))

    def _unit(self, said: Attributes, text: str, own: str) -> tuple[Sentence, int]:
        """A unit and its document; ids that begin as ``own`` does are those that ``plan`` makes."""
        source = said["source"]
        if " " in source or len(said) > _PLAIN or not said[XML_ID].startswith(own):
            return self._odd_unit(said, text, own)
        prefix, _, numbers = source.partition(":")
        first, _, last = numbers.partition(",")
        home, start, end = int(prefix[1:]) - 1, int(first), int(last)
        if end - start != len(text):
            raise _other_length(said)
        self._pieces[home].append((start, end, text))
        return Sentence(Span(start, end)), home

    def _odd_unit(self, said: Attributes, text: str, own: str) -> tuple[Sentence, int]:
        home, spans = _spans(said["source"])
        at = 0
        for start, end in spans:
            self._pieces[home].append((start, end, text[at : at + end - start]))
            at += end - start
        if at != len(text):
            raise _other_length(said)
        ways = said.get("ana", "")
        kept = said.get("n")
        if kept is None and not id_of(said).startswith(own):
            kept = id_of(said)
        holes = tuple(Span(a[1], b[0]) for a, b in pairwise(spans))
        span = Span(spans[0][0], spans[-1][1])
        return Sentence(span, holes, "unit.joined" in ways, "unit.forced" in ways, kept), home

    def _block(self, zone: RawZone, block: RawBlock, units: list[Sentence]) -> None:
        said = block.attributes
        if "source" in said or block.name not in KINDS or block.start == block.end:
            return
        span = Span(units[block.start].span.start, units[block.end - 1].span.end)
        home = _spans(zone.units[block.start]["source"])[0]
        words = said.get("rend", "").split(" ") if block.name != "list" else [""]
        level = _LEVEL.match(words[0])
        style = " ".join(words[1:] if level else words) or None
        cell = Cell(int(block.cell[0]), int(block.cell[1]), int(said["n"])) if block.cell else None
        self._blocks[home].append(
            Block(
                span,
                KINDS[block.name],
                lang_hint=lang_of(said),
                level=int(level[1]) if level else None,
                cell=cell,
                page=None if block.page is None else int(block.page),
                place=None if cell else said.get("n"),
                style=style,
            )
        )

    def _read_layouts(self) -> None:
        for layout in self._raw.layouts:
            home = int(layout.attributes["corresp"].rpartition(".d")[2]) - 1
            if layout.attributes.get("subtype") == "crlf":
                self._line_ends[home] = "\r\n"
            for said, text in layout.rows:
                start, end = _spans(said["target"])[1][0]
                if text:
                    self._pieces[home].append((start, end, text))
                if text and len(text) != end - start:
                    raise ValueError(f"a layout row is not as long as {said['target']} says")
                if said["type"] != "text":
                    kind = cast("Kind", said["type"])
                    block = read_block(Span(start, end), kind, said.get("n"), said.get("rend", ""))
                    self._blocks[home].append(block)

    def _document(self, number: int) -> Document:
        bibl = self._bibls[number]
        size = int(next(bibl.find("measure")).attributes["quantity"])
        names = [n for n in bibl.find("idno") if n.attributes.get("type") == "file"]
        text = _filled(self._pieces[number], size, self._line_ends[number])
        blocks = sorted(self._blocks[number], key=lambda block: (block.span.start, block.span.end))
        facts = sorted(read_facts([bibl], self._langs), key=lambda pair: pair[0])
        metadata = tuple(fact for _, fact in facts)
        return Document(names[0].text, text, tuple(blocks), metadata)

    def _version(
        self, zone: RawZone, units: tuple[Sentence, ...], documents: list[Document]
    ) -> Version:
        said = zone.attributes
        home, spans = _spans(said["source"])
        segment = Segment(
            lang_of(said) or "",
            tuple(Span(start, end) for start, end in spans),
            float(said["cert"]),
            cast("Source", said["ana"].rpartition(".")[2]),
            tuple((tag, float(degree)) for tag, degree in zone.alternatives),
            cast("Part", said.get("subtype", _PARTS.get(said.get("type", ""), "paragraph"))),
        )
        kind = cast("UnitKind", said["decls"].rpartition(".")[2])
        return Version(segment, documents[home], units, kind)


def _spans(source: str) -> tuple[int, list[tuple[int, int]]]:
    """``d1:10,20 d1:25,30``: the document (from 0) and the stretches."""
    spans = []
    home = 0
    for piece in source.split():
        prefix, _, numbers = piece.partition(":")
        start, _, end = numbers.partition(",")
        spans.append((int(start), int(end)))
        home = int(prefix[1:]) - 1
    return home, spans


def _other_length(said: Attributes) -> ValueError:
    return ValueError(f"the text of {id_of(said)} is not as long as its source says")


def _filled(pieces: list[tuple[int, int, str]], size: int, line_end: str) -> str:
    pieces.sort(key=lambda piece: (piece[0], piece[1]))
    out: list[str] = []
    position = 0
    for start, end, text in pieces:
        if start == end:
            continue
        if start > position:
            out.append(plain(start - position, line_end))
            position = start
        if end > position:
            out.append(text[position - start :])
            position = end
    if position > size:
        raise ValueError(f"a unit ends at {position}, after its document ({size} characters)")
    out.append(plain(size - position, line_end))
    return "".join(out)
