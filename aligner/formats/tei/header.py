"""The headers: of the corpus, and of every language version."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from aligner.formats.tei.escape import attribute, element
from aligner.formats.tei.facts import direction, in_bibl, places
from aligner.formats.tei.languages import language_name
from aligner.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aligner.formats.tei.facts import Places
    from aligner.formats.tei.plan import Plan
    from aligner.model import Fact, Step

WRITER = "tei-aligner"
"""The ident of the application that marks a file as ours."""

_VERSION = re.compile(r"[0-9]+[a-z]*[0-9]*(\.[0-9]+[a-z]*[0-9]*){0,3}\Z")

_CATEGORIES = {
    "tr": {
        "original": "written in this language",
        "translation": "human translation",
        "machine": "machine translation",
        "unknown": "not known",
    },
    "lang": {
        "detected": "language found by program",
        "inherited": "language taken from the neighbouring text",
        "script": "language known from the script alone",
        "declared": "language said by a person or by the source file",
    },
    "unit": {
        "sentence": "a unit of alignment is a sentence: s",
        "keyword": "a unit of alignment is an item of a keyword list: term",
        "paragraph": "a unit of alignment is a paragraph: seg",
        "verse": "a unit of alignment is a line of verse: l",
        "joined": "a unit put together across a page break",
        "forced": "a unit cut at a length limit",
    },
    "order": {"free": "links may cross: the order of units differs by language"},
}


def corpus_header(plan: Plan) -> Iterator[str]:
    """The ``teiHeader`` of the whole corpus."""
    corpus = plan.corpus
    about = places(_facts_of(plan, None), _texts(plan), plan.point)
    yield '<teiHeader xml:lang="en">\n<fileDesc>\n<titleStmt>\n'
    yield f'<title type="main">{element(corpus.title)}</title>\n'
    yield from _with_default(about.title)
    yield from _people(plan)
    yield "</titleStmt>\n<publicationStmt>\n<authority>not stated</authority>\n"
    yield from _availability(about)
    yield "</publicationStmt>\n"
    yield from _notes(about)
    yield "<sourceDesc>\n"
    yield from _sources(plan, about)
    yield "</sourceDesc>\n</fileDesc>\n<encodingDesc>\n"
    yield from _encoding(plan)
    yield "</encodingDesc>\n<profileDesc>\n"
    yield from _languages(plan)
    yield from _text_class(plan, about)
    yield "</profileDesc>\n"
    yield "<revisionDesc>\n<change>written by the program named in appInfo</change>\n"
    yield "</revisionDesc>\n</teiHeader>\n"


def version_header(plan: Plan, tag: str) -> Iterator[str]:
    """The ``teiHeader`` of one language."""
    about = places(_facts_of(plan, tag), _texts(plan), plan.point)
    yield '<teiHeader xml:lang="en">\n<fileDesc>\n<titleStmt>\n'
    if not any(line.startswith("<title") for line in about.title):
        title = element(_title(plan, tag))
        yield f'<title level="a" type="main" xml:lang="{tag}">{title}</title>\n'
    yield from sorted(about.title, key=lambda line: not line.startswith("<title"))
    yield "</titleStmt>\n<extent>" + _extent(plan, tag) + "</extent>\n"
    yield "<publicationStmt>\n<authority>not stated</authority>\n"
    yield f'<idno type="local">{plan.id}.{plan.short[tag]}</idno>\n'
    yield from _availability(about)
    yield "</publicationStmt>\n"
    yield from _notes(about)
    yield "<sourceDesc>\n<bibl>\n"
    for number in sorted({zone.document for zone in plan.zones(tag)}):
        name = element(plan.documents[number].name)
        yield f'<ref target="{plan.point("", f"{plan.id}.d{number + 1}")}">{name}</ref>\n'
    yield from about.source
    yield "</bibl>\n</sourceDesc>\n</fileDesc>\n<profileDesc>\n"
    name = element(language_name(tag))
    yield f'<langUsage>\n<language ident="{tag}" usage="100">{name}</language>\n</langUsage>\n'
    if not about.direction:
        about.direction.append(_direction(plan))
    yield from _text_class(plan, about)
    yield "</profileDesc>\n</teiHeader>\n"


def _facts_of(plan: Plan, tag: str | None) -> Iterator[tuple[int, Fact]]:
    """The numbered facts that stand in one header: those of a language that has none, in None."""
    for number, fact in enumerate(plan.corpus.metadata, 1):
        if (fact.lang if fact.lang in plan.short else None) == tag:
            yield number, fact


def _texts(plan: Plan) -> dict[str, str]:
    return {tag: plan.point(short, f"{plan.id}.{short}") for tag, short in plan.short.items()}


def _with_default(lines: list[str]) -> Iterator[str]:
    """Titles before authors before editors, as readers expect; inside each, the order given."""
    order = {"<title": 0, "<author": 1, "<editor": 2}
    yield from sorted(lines, key=lambda line: order[re.match(r"<\w+", line)[0]])  # type: ignore[index]


def _people(plan: Plan) -> Iterator[str]:
    steps = {step.name: number for number, step in reversed([*enumerate(plan.corpus.recipe, 1)])}
    app = f"app.{steps['aligner']}" if "aligner" in steps else "app.writer"
    for name, ident in plan.people.items():
        yield f'<respStmt xml:id="{ident}">'
        if name == "aligner":
            yield "<resp>automatic segmentation and alignment</resp>"
            yield f'<name type="software" ref="{plan.point("", app)}">aligner</name></respStmt>\n'
        else:
            yield "<resp>check of the alignment</resp>"
            yield f"<persName>{element(name)}</persName></respStmt>\n"


def _availability(about: Places) -> Iterator[str]:
    if about.licence:
        yield "<availability>\n"
        yield from about.licence
        yield "</availability>\n"


def _notes(about: Places) -> Iterator[str]:
    if about.notes:
        yield "<notesStmt>\n"
        yield from about.notes
        yield "</notesStmt>\n"


def _text_class(plan: Plan, about: Places) -> Iterator[str]:
    if about.direction or about.genre:
        yield "<textClass>\n"
        yield from about.direction
        if about.genre:
            yield f'<keywords scheme="{plan.point("", "genre")}">\n'
            yield from about.genre
            yield "</keywords>\n"
        yield "</textClass>\n"


def _sources(plan: Plan, about: Places) -> Iterator[str]:
    if about.source:
        yield "<bibl>\n"
        yield from about.source
        yield "</bibl>\n"
    if plan.documents:
        yield "<listBibl>\n"
        for number, document in enumerate(plan.documents, 1):
            yield f'<bibl xml:id="{plan.id}.d{number}">\n'
            yield f'<idno type="file">{element(document.name)}</idno>\n'
            yield f'<extent><measure unit="char" quantity="{len(document.text)}"/></extent>\n'
            yield from in_bibl(document.metadata)
            yield "</bibl>\n"
        yield "</listBibl>\n"
    elif not about.source:
        yield "<p>No source document.</p>\n"


def _encoding(plan: Plan) -> Iterator[str]:
    yield (
        "<editorialDecl>\n<segmentation><p>A unit of alignment is an s (sentence), a term"
        " (keyword), a seg (paragraph) or an l (verse). White space between them is that of the"
        " source; what stands neither in a unit nor between two is listed in the spanGrp of its"
        " document.</p></segmentation>\n"
        '<normalization method="silent"><p>Text is as read; nothing is changed.</p>'
        "</normalization>\n</editorialDecl>\n<classDecl>\n"
    )
    for scheme, categories in _CATEGORIES.items():
        yield f'<taxonomy xml:id="{scheme}">\n'
        for name, words in categories.items():
            yield f'<category xml:id="{scheme}.{name}"><catDesc>{words}</catDesc></category>\n'
        yield "</taxonomy>\n"
    yield '<taxonomy xml:id="genre"><bibl>Genres as named by whoever made the corpus</bibl>'
    yield "</taxonomy>\n</classDecl>\n"
    if plan.documents:
        yield "<listPrefixDef>\n"
        for number, document in enumerate(plan.documents, 1):
            yield (
                f'<prefixDef ident="d{number}" matchPattern="([0-9]+),([0-9]+)"'
                f' replacementPattern="{_file(document.name)}#char=$1,$2"><p>Characters of'
                f" document {number}: code points, the first counted as 0, the end excluded."
                "</p></prefixDef>\n"
            )
        yield "</listPrefixDef>\n"
    yield "<appInfo>\n"
    yield from _applications(plan)
    yield "</appInfo>\n"


def _file(name: str) -> str:
    from urllib.parse import quote

    attribute(name)
    return quote(name.replace("$", "_"), safe="/.-_~")


def _applications(plan: Plan) -> Iterator[str]:
    yield (
        f'<application xml:id="app.writer" ident="{WRITER}" version="{__version__}">'
        "<label>tei-aligner</label><desc>wrote this file; layout 1</desc></application>\n"
    )
    for number, step in enumerate(plan.corpus.recipe, 1):
        yield from _application(number, step)


def _application(number: int, step: Step) -> Iterator[str]:
    ident = re.sub(r"[^A-Za-z0-9_.-]+", "_", step.name)
    ident = ident if ident[:1].isalpha() else f"app_{ident}"
    version = step.version if _VERSION.match(step.version) else "0"
    yield f'<application xml:id="app.{number}" ident="{ident}" version="{version}">'
    yield f"<label>{element(step.name)}</label>"
    if version != step.version:
        yield f'<desc type="version">{element(step.version)}</desc>'
    for name, value in step.settings:
        yield f'<desc type="setting" n="{attribute(name)}">{element(value)}</desc>'
    yield "</application>\n"


def _languages(plan: Plan) -> Iterator[str]:
    sizes: Counter[str] = Counter()
    for tag in plan.short:
        for zone in plan.zones(tag):
            sizes[tag] += sum(len(unit.span) for unit in zone.version.units)
    total = sum(sizes.values())
    yield "<langUsage>\n"
    for tag in plan.short:
        share = round(100 * sizes[tag] / total) if total else 0
        yield f'<language ident="{tag}" usage="{share}">{element(language_name(tag))}</language>\n'
    facts = [*plan.corpus.metadata, *(fact for d in plan.documents for fact in d.metadata)]
    others = dict.fromkeys(["en", *(fact.lang for fact in facts if fact.lang)])
    for tag in others:
        if tag not in plan.short:
            name = element(language_name(tag))
            yield f'<language ident="{tag}">{name} (in headers only)</language>\n'
    yield "</langUsage>\n"


def _title(plan: Plan, tag: str) -> str:
    for group in plan.groups:
        for zone in group:
            if zone.role == "title" and zone.version.lang == tag and zone.version.units:
                return " ".join(" ".join(text.split()) for text in zone.version.texts)
    return plan.corpus.title


def _direction(plan: Plan) -> str:
    said = [f for f in plan.corpus.metadata if f.name == "direction" and f.lang is None]
    value = said[0].value if said and said[0].value in _CATEGORIES["tr"] else "unknown"
    return direction(value, "", plan.point)


def _extent(plan: Plan, tag: str) -> str:
    """How many sentences and keywords; other units stand in elements of several uses."""
    sizes = Counter({"sentence": 0, "keyword": 0})
    for zone in plan.zones(tag):
        sizes[zone.version.unit] += len(zone.version.units)
    return (
        f'<measure unit="s" quantity="{sizes["sentence"]}"/>'
        f'<measure unit="term" quantity="{sizes["keyword"]}"/>'
    )
