"""Validation against the profile schema, in pieces, so that a file of any size fits."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING

from aligner.safexml import TEI, XI

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lxml import etree

    from aligner.formats.rules import Report

_BATCH = 4000
"""Elements of a long run that are checked together and then let go."""

_WHOLE = 24 * 1024 * 1024
"""Bytes of a file that is validated in one piece; its tree takes some 200 MB."""

_HEADER = (
    "<teiHeader><fileDesc><titleStmt><title/></titleStmt><publicationStmt><p/></publicationStmt>"
    "<sourceDesc><p/></sourceDesc></fileDesc></teiHeader>"
)
_TEXT = f'<TEI xmlns="{TEI}">{_HEADER}<text><body>%s</body></text></TEI>'
_ASIDE = f'<TEI xmlns="{TEI}">{_HEADER}<standOff>%s</standOff></TEI>'
_AROUND = {
    "div": _TEXT % "<div></div>",
    "body": _TEXT % "",
    "list": _TEXT % "<list></list>",
    "listBibl": _TEXT % "<div><listBibl></listBibl></div>",
    "table": _TEXT % "<table></table>",
    "lg": _TEXT % "<lg></lg>",
    "linkGrp": _ASIDE % "<linkGrp></linkGrp>",
    "spanGrp": _ASIDE % "<spanGrp></spanGrp>",
}
"""A parent that may hold long runs of children, in the smallest text that is valid with them."""

_RANGE = b'<param name="minInclusive">0</param><param name="maxInclusive">1</param>'

_RUNS = ("p", "ab", "l", "item", "bibl", "row", "link", "ptr", "span", "div")
_CLEAN = re.compile(r"\{[^}]*\}")


def load_schema() -> etree.RelaxNG:
    """The profile, compiled (some hundredths of a second)."""
    from lxml import etree

    text = files("aligner.formats").joinpath("tei-profile.rng").read_bytes()
    # doubled ids are found by the survey, over all files and with both places in view
    text = text.replace(b'type="ID"', b'type="NCName"')
    # nor the range of numbers, which costs half of all the time here: CheckHandler looks at it
    text = text.replace(_RANGE, b"")
    return etree.RelaxNG(etree.fromstring(text))


def check_schema(path: Path, report: Report) -> None:
    """Validate one file; runs of like elements are taken out in batches and checked alone."""
    from lxml import etree

    schema = load_schema()
    if path.stat().st_size < _WHOLE:
        parser = etree.XMLParser(
            huge_tree=True, resolve_entities=False, no_network=True, load_dtd=False, recover=True
        )
        root = etree.parse(str(path), parser).getroot()
        _drop_includes(root)
        _judge(schema, root, path, report)
        return
    batches: dict[str, _Batch] = {}
    events = etree.iterparse(
        str(path),
        events=("end",),
        tag=[f"{{{TEI}}}{name}" for name in _RUNS],
        huge_tree=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        recover=True,  # it is well-formed by now; a doubled xml:id is reported elsewhere
    )
    for _, element in events:
        _thin(element, batches, schema, path, report)
    for batch in batches.values():
        if batch.size:
            _judge(schema, batch.root, path, report)
    root = events.root
    _drop_includes(root)
    _judge(schema, root, path, report)


def _thin(
    element: etree._Element,
    batches: dict[str, _Batch],
    schema: etree.RelaxNG,
    path: Path,
    report: Report,
) -> None:
    """Take the element before this one out, if it stands inside a run of its kind."""
    before = element.getprevious()
    if before is None or before.tag != element.tag:
        return
    one_more, parent = before.getprevious(), element.getparent()
    if one_more is None or one_more.tag != element.tag or parent is None:
        return
    name = parent.tag.rpartition("}")[2]
    if name not in _AROUND:
        return
    batch = batches.get(name)
    if batch is None:
        batch = batches[name] = _Batch(name)
    batch.place.append(before)
    batch.size += 1  # lxml would count them one by one
    if batch.size >= _BATCH:
        _judge(schema, batch.root, path, report)
        del batches[name]


class _Batch:
    """Elements that were taken out, in a small valid text of their own."""

    def __init__(self, name: str) -> None:
        from lxml import etree

        self.root = etree.fromstring(_AROUND[name])
        self.place = next(e for e in self.root.iter(f"{{{TEI}}}{name}"))
        self.size = 0


def _drop_includes(root: etree._Element) -> None:
    """Put a small valid text in the place of every file that is included and checked itself."""
    from lxml import etree

    for found in list(root.iter(f"{{{XI}}}include")):
        parent = found.getparent()
        if parent is not None:
            parent.replace(found, etree.fromstring(_TEXT % "<p/>"))


def _judge(schema: etree.RelaxNG, root: etree._Element, path: Path, report: Report) -> None:
    if schema.validate(root):
        return
    for line, what in _first_of_each(schema.error_log):
        report.add("schema", path.name, line, what)


def _first_of_each(log: etree._ListErrorLog) -> Iterator[tuple[int, str]]:
    """One message a line: the first is the cause, the others are what follows from it."""
    seen: set[int] = set()
    for entry in log:
        if entry.line not in seen:
            seen.add(entry.line)
            yield entry.line, _CLEAN.sub("", entry.message)
