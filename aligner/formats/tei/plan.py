"""Which names and numbers everything gets in a TEI corpus, settled before a line is written."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING

from aligner.errors import InvalidRecordError, LanguageTagError
from aligner.model import ROLES, SOURCES, UNIT_KINDS, Corpus, Document, Version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LETTER = {"sentence": "s", "keyword": "k", "paragraph": "p", "verse": "l"}
"""Of a unit's xml:id, by the kind of unit."""

ELEMENT = {"sentence": "s", "keyword": "term", "paragraph": "seg", "verse": "l"}
"""That holds a unit."""

TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*\Z")
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*\Z")
REST = ("rest", "references")
"""Roles of what is in no alignment; they are numbered together, in the order of the corpus."""

RESERVED = ("app.", "lang.", "order.", "resp.", "tr.", "unit.")


def here(_: str, name: str) -> str:
    """The pointer to an id in the same file."""
    return f"#{name}"


@dataclass(slots=True)
class Zone:
    """One version as a ``div``: what it is called, and the numbers of its units."""

    version: Version
    role: str
    number: int
    id: str
    prefix: str
    first: int
    document: int
    own: dict[int, str] = field(default_factory=dict)
    kept: dict[int, str] = field(default_factory=dict)

    def unit_id(self, number: int) -> str:
        """The xml:id of a unit: its own from somebody else's file, or one of ours."""
        return self.own.get(number) or f"{self.prefix}{self.first + number}"


@dataclass(slots=True)
class Plan:
    """Everything that has a name: languages, zones (grouped by parallel), documents, people."""

    corpus: Corpus
    id: str
    short: dict[str, str]
    groups: list[tuple[Zone, ...]]
    rest: list[Zone]
    documents: tuple[Document, ...]
    people: dict[str, str]
    point: Callable[[str, str], str] = here
    """Makes the pointer to an id in the file of a language ("": of the corpus header)."""

    def zones(self, tag: str) -> Iterator[Zone]:
        """The zones of a language: those of parallels in order, then the rest."""
        for zone in [*(z for group in self.groups for z in group), *self.rest]:
            if zone.version.lang == tag:
                yield zone


def make_plan(corpus: Corpus, name: str | None = None) -> Plan:
    """Name everything in a corpus; ``name`` is the prefix of all ids, by default the document's.

    Raises LanguageTagError for a tag that XML cannot carry, InvalidRecordError for words that no
    record should hold.
    """
    documents = corpus.documents
    tags = list(dict.fromkeys(version.lang for version in _versions(corpus)))
    for tag in tags:
        check_tag(tag)
    identifier = name or _doc_id(documents)
    plan = Plan(corpus, identifier, _short(tags), [], [], documents, _people(corpus))
    _add_zones(plan)
    return plan


def check_tag(tag: str) -> str:
    """The tag, or LanguageTagError if ``xml:lang`` cannot hold it."""
    if not TAG.match(tag):
        raise LanguageTagError(
            f"{tag!r} is not a language tag",
            do="Write BCP 47 tags such as en, uz-Latn, und (unknown), zxx (no language)",
        )
    return tag


def _versions(corpus: Corpus) -> list[Version]:
    return [v for alignment in corpus.alignments for v in alignment.versions] + list(corpus.rest)


def _doc_id(documents: tuple[Document, ...]) -> str:
    stem = PurePath(documents[0].name).stem if documents else ""
    cleaned = re.sub(r"[^A-Za-z0-9_-]+", "_", stem).strip("_-")[:40]
    if not cleaned:
        return "corpus"
    return cleaned if cleaned[0].isalpha() else f"d{cleaned}"


def _short(tags: list[str]) -> dict[str, str]:
    languages = [tag.split("-")[0].lower() for tag in tags]
    names = [
        language if languages.count(language) == 1 else tag
        for tag, language in zip(tags, languages, strict=True)
    ]
    return {
        tag: name if names.count(name) == 1 else f"{name}_{i}"
        for i, (tag, name) in enumerate(zip(tags, names, strict=True), 1)
    }


def _people(corpus: Corpus) -> dict[str, str]:
    found = {bead.resp: None for alignment in corpus.alignments for bead in alignment.beads}
    people = {"aligner": "resp.aligner"}
    others = [name for name in found if name != "aligner"]
    people.update({name: f"resp.{i}" for i, name in enumerate(others, 1)})
    return people


def _add_zones(plan: Plan) -> None:
    numbers: dict[str, int] = {}
    seen: set[str] = set()
    index = _document_numbers(plan)
    for parallel, alignment in zip(plan.corpus.parallels, plan.corpus.alignments, strict=True):
        _one_of(parallel.role, ROLES, "role")
        group = [
            _zone(plan, version, parallel.role, numbers, seen, index)
            for version in alignment.versions
        ]
        plan.groups.append(tuple(group))
    for version in plan.corpus.rest:
        role = "references" if version.segment.kind == "references" else "rest"
        plan.rest.append(_zone(plan, version, role, numbers, seen, index))


def _document_numbers(plan: Plan) -> dict[int, int]:
    index: dict[int, int] = {}
    for version in _versions(plan.corpus):
        if id(version.document) not in index:
            index[id(version.document)] = plan.documents.index(version.document)
    return index


def _zone(
    plan: Plan,
    version: Version,
    role: str,
    numbers: dict[str, int],
    seen: set[str],
    index: dict[int, int],
) -> Zone:
    _one_of(version.unit, UNIT_KINDS, "unit")
    _one_of(version.segment.source, SOURCES, "source of a language")
    stem = f"{plan.id}.{plan.short[version.lang]}."
    counter = "rest" if role in REST else stem + role
    number = numbers[counter] = numbers.get(counter, 0) + 1
    prefix = stem + LETTER[version.unit]
    first = numbers.get(prefix, 0) + 1
    numbers[prefix] = first + len(version.units) - 1
    shown = role if number == 1 and role not in REST else f"{role}{number}"
    zone = Zone(version, role, number, stem + shown, prefix, first, index[id(version.document)])
    for i, unit in enumerate(version.units):
        if unit.id is not None:
            if _free(unit.id, plan.id, seen):
                zone.own[i] = unit.id
                seen.add(unit.id)
            else:
                zone.kept[i] = unit.id
    return zone


def _free(name: str, prefix: str, seen: set[str]) -> bool:
    return (
        NAME.match(name) is not None
        and name not in seen
        and name not in {prefix, "tr", "genre"}
        and not name.startswith((f"{prefix}.", *RESERVED))
    )


def _one_of(value: str, known: tuple[str, ...], what: str) -> None:
    if value not in known:
        raise InvalidRecordError(f"no {what} is {value!r}", do=f"Use {', '.join(known)}")
