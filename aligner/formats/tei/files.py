"""One file, or a set of files with the same ids: how the parts are put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aligner.errors import UsageError
from aligner.formats.tei.escape import checked
from aligner.formats.tei.header import corpus_header, version_header
from aligner.formats.tei.layout import Layout
from aligner.formats.tei.links import group_lines
from aligner.formats.tei.links import pairs as pair_columns
from aligner.formats.tei.text import zone_lines
from aligner.safexml import TEI, XI

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from aligner.formats.tei.plan import Plan, Zone

_START = '<?xml version="1.0" encoding="UTF-8"?>\n'
_FRONT = ("title", "abstract", "keywords")
_BACK = ("references",)


def write_embedded(plan: Plan, path: Path, *, pairs: bool) -> None:
    """Everything in one file."""
    _save(path, _embedded(plan, pairs=pairs))


def write_standoff(plan: Plan, path: Path, parts: dict[Path, Path], *, pairs: bool) -> None:
    """The corpus file and its siblings, each to the path that ``parts`` names for it."""
    final = next((to for to, part in parts.items() if part == path), path)
    home, stem = final.name, _stem(final)
    names = _alignment_names(plan, stem, pairs=pairs)
    plan.point = _pointer(plan, stem, home)
    layouts = _layouts(plan)
    _save(path, _standoff_corpus(plan, stem, list(names)))
    for tag in plan.short:
        target = final.with_name(_text_name(plan, stem, tag))
        _save(parts.get(target, target), _alone(_tei(plan, tag, layouts)))
    if not plan.short:
        target = final.with_name(f"{stem}.empty.xml")
        _save(parts.get(target, target), _alone(_no_text(plan)))
    for name, groups in names.items():
        target = final.with_name(name)
        _save(parts.get(target, target), _alone(_alignments(plan, groups, home)))


def standoff_names(plan: Plan, path: Path, *, pairs: bool) -> tuple[Path, ...]:
    """The files that stand beside the corpus file of a stand-off set."""
    stem = _stem(path)
    texts = [_text_name(plan, stem, tag) for tag in plan.short] or [f"{stem}.empty.xml"]
    names = [*texts, *_alignment_names(plan, stem, pairs=pairs)]
    if path.name in names:
        raise UsageError(
            f"a file of the set would be called {path.name} too", do="Choose another name"
        )
    return tuple(path.with_name(name) for name in names)


def _save(path: Path, pieces: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n", buffering=1 << 20) as out:
        out.writelines(pieces)


def _embedded(plan: Plan, *, pairs: bool) -> Iterator[str]:
    layouts = _layouts(plan)
    yield f'{_START}<teiCorpus xmlns="{TEI}" xml:id="{plan.id}">\n'
    yield from corpus_header(plan)
    if plan.groups:
        yield "<standOff>\n"
        for number, columns in _groups(plan, pairs=pairs):
            yield from group_lines(plan, number, columns)
        yield "</standOff>\n"
    for tag in plan.short:
        yield from _tei(plan, tag, layouts)
    if not plan.short:
        yield from _no_text(plan)
    yield "</teiCorpus>\n"


def _groups(plan: Plan, *, pairs: bool) -> list[tuple[int, tuple[int, ...]]]:
    """Numbers of alignments and their columns: all versions first, then pairs if wanted."""
    found = [(number, tuple(range(len(zones)))) for number, zones in enumerate(plan.groups)]
    if pairs:
        for number in range(len(plan.groups)):
            found += [(number, columns) for columns in pair_columns(plan, number)]
    return found


def _layouts(plan: Plan) -> list[Layout]:
    for document in plan.documents:
        checked(document.text, document.name)
    return [Layout(document, number) for number, document in enumerate(plan.documents)]


def _tei(plan: Plan, tag: str, layouts: list[Layout]) -> Iterator[str]:
    name = f"{plan.id}.{plan.short[tag]}"
    zones = list(plan.zones(tag))
    yield f'<TEI xml:id="{name}" xml:lang="{tag}">\n'
    yield from version_header(plan, tag)
    yield f'<text xml:id="{name}.text" xml:lang="{tag}">\n'
    front = [zone for zone in zones if zone.role in _FRONT]
    back = [zone for zone in zones if zone.role in _BACK]
    body = [zone for zone in zones if zone.role not in (*_FRONT, *_BACK)]
    if front:
        yield f'<front xml:id="{name}.front">\n'
        yield from _zones(plan, front, layouts)
        yield "</front>\n"
    yield f'<body xml:id="{name}.main">\n'
    yield from _zones(plan, body, layouts)
    if not body:
        yield '<div type="body"/>\n'
    yield "</body>\n"
    if back:
        yield f'<back xml:id="{name}.back">\n'
        yield from _zones(plan, back, layouts)
        yield "</back>\n"
    yield "</text>\n"
    yield from _layout(plan, tag, layouts)
    yield "</TEI>\n"


def _zones(plan: Plan, zones: list[Zone], layouts: list[Layout]) -> Iterator[str]:
    for zone in zones:
        yield from zone_lines(zone, layouts[zone.document], plan.point)


def _layout(plan: Plan, tag: str, layouts: list[Layout]) -> Iterator[str]:
    """The layout of the documents of which this language is the last to be written."""
    last = {zone.document: other for other in plan.short for zone in plan.zones(other)}
    mine = [number for number, other in last.items() if other == tag]
    if not mine:
        return
    yield '<standOff type="layout">\n'
    for number in sorted(mine):
        layout = layouts[number]
        ends = ' subtype="crlf"' if layout.line_end == "\r\n" else ""
        yield (
            f'<spanGrp type="layout"{ends} corresp="{plan.point("", f"{plan.id}.d{number + 1}")}"'
            ' xml:space="preserve">\n'
        )
        yield from layout.rows()
        yield "</spanGrp>\n"
    yield "</standOff>\n"


def _no_text(plan: Plan) -> Iterator[str]:
    yield f'<TEI xml:id="{plan.id}.none">\n<teiHeader><fileDesc><titleStmt>'
    yield "<title>No text</title></titleStmt><publicationStmt><p>Empty.</p></publicationStmt>"
    yield "<sourceDesc><p>This corpus has no text.</p></sourceDesc></fileDesc></teiHeader>\n"
    yield "<text><body><p/></body></text>\n</TEI>\n"


def _alone(lines: Iterator[str]) -> Iterator[str]:
    first = next(lines)
    yield _START + first.replace("<TEI ", f'<TEI xmlns="{TEI}" ', 1)
    yield from lines


def _stem(path: Path) -> str:
    stem = path.name
    for ending in (".xml", ".tei", ".corpus"):
        stem = stem.removesuffix(ending) or stem
    return stem


def _text_name(plan: Plan, stem: str, tag: str) -> str:
    return f"{stem}.{plan.short[tag]}.xml"


def _alignment_names(
    plan: Plan, stem: str, *, pairs: bool
) -> dict[str, list[tuple[int, tuple[int, ...]]]]:
    """The alignment files and what stands in each: one for every set of languages."""
    names: dict[str, list[tuple[int, tuple[int, ...]]]] = {}
    for number, columns in _groups(plan, pairs=pairs):
        zones = [plan.groups[number][column] for column in columns]
        langs = "-".join(plan.short[zone.version.lang] for zone in zones) or "none"
        names.setdefault(f"{stem}.align.{langs}.xml", []).append((number, columns))
    return names


def _pointer(plan: Plan, stem: str, home: str) -> Callable[[str, str], str]:
    files = {plan.short[tag]: _text_name(plan, stem, tag) for tag in plan.short}
    return lambda lang, name: f"{files.get(lang, home)}#{name}"


def _standoff_corpus(plan: Plan, stem: str, alignments: list[str]) -> Iterator[str]:
    yield f'{_START}<teiCorpus xmlns="{TEI}" xmlns:xi="{XI}" xml:id="{plan.id}">\n'
    yield from corpus_header(plan)
    texts = [_text_name(plan, stem, tag) for tag in plan.short] or [f"{stem}.empty.xml"]
    for name in [*texts, *alignments]:
        yield f'<xi:include href="{name}"/>\n'
    yield "</teiCorpus>\n"


def _alignments(
    plan: Plan,
    groups: list[tuple[int, tuple[int, ...]]],
    home: str,
) -> Iterator[str]:
    number, columns = groups[0]
    used = [plan.groups[number][column].version.lang for column in columns]
    langs = "-".join(plan.short[tag] for tag in used) or "none"
    yield f'<TEI xml:id="{plan.id}.align.{langs}">\n<teiHeader><fileDesc><titleStmt>'
    yield f"<title>Alignment {langs}</title></titleStmt><publicationStmt>"
    yield f"<p>Part of {home}</p></publicationStmt><sourceDesc><p>Computed from the files"
    yield " that the links name.</p></sourceDesc></fileDesc></teiHeader>\n<standOff>\n"
    for number, columns in groups:
        yield from group_lines(plan, number, columns)
    yield "</standOff>\n</TEI>\n"
