"""Names to objects, lazily: a name is looked up only at the edge, and nothing is imported before.

Every table maps a name to ``module:attribute``. Installed packages add rows through entry points
of the group ``aligner.<point>`` (``aligner.readers``, ``aligner.detectors``, ...); a built-in name
wins over a plug-in of the same name, so that a result never depends on what else is installed.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import entry_points
from typing import Any, Literal

from aligner.errors import UnknownNameError

Point = Literal["readers", "detectors", "splitters", "scorers", "formats", "embedders"]

BUILT_IN: dict[Point, dict[str, str]] = {
    "readers": {
        "text": "aligner.read.text:read",
        "markdown": "aligner.read.markdown:read",
        "docx": "aligner.read.docx:read",
        "odt": "aligner.read.odt:read",
        "epub": "aligner.read.epub:read",
        "html": "aligner.read.html:read",
        "web": "aligner.read.web:read",
        "pdf": "aligner.read.pdf:read",
        "tei": "aligner.read.tei:read",
        "subtitles": "aligner.read.subtitles:read",
        "archive": "aligner.read.archive:read",
    },
    "detectors": {
        "combined": "aligner.detect.combined:CombinedDetector",
        "ngrams": "aligner.detect.ngram_detector:NgramDetector",
        "py3langid": "aligner.detect.py3langid:Py3LangidDetector",
        "langdetect": "aligner.detect.langdetect:LangdetectDetector",
    },
    "splitters": {
        "rules": "aligner.split.rules:RuleSplitter",
        "stanza": "aligner.split.stanza:StanzaSplitter",
    },
    "scorers": {},
    "formats": {
        "tei": "aligner.formats.tei",
        "vecalign": "aligner.formats.vecalign",
        "jsonl": "aligner.formats.jsonl",
        "tmx": "aligner.formats.tmx",
        "xliff": "aligner.formats.xliff",
        "xces": "aligner.formats.xces",
        "intertext": "aligner.formats.intertext",
        "moses": "aligner.formats.moses",
        "tsv": "aligner.formats.tsv",
        "csv": "aligner.formats.comma",
        "xlsx": "aligner.formats.xlsx",
        "parquet": "aligner.formats.parquet",
        "hunalign": "aligner.formats.hunalign",
        "sketch": "aligner.formats.sketch",
        "cwb": "aligner.formats.cwb",
        "tbx": "aligner.formats.tbx",
        "html": "aligner.formats.html",
    },
    "embedders": {},
}


def names(point: Point) -> tuple[str, ...]:
    """Every name known for a plug-in point, built-in ones first, then plug-ins, each sorted."""
    built_in = BUILT_IN[point]
    added = {entry.name for entry in entry_points(group=f"aligner.{point}")}
    return (*sorted(built_in), *sorted(added - set(built_in)))


def lookup(point: Point, name: str) -> Any:
    """The object (or module) that a name stands for; UnknownNameError lists what exists."""
    target = BUILT_IN[point].get(name)
    if target is not None:
        module, _, attribute = target.partition(":")
        found = import_module(module)
        return getattr(found, attribute) if attribute else found
    for entry in entry_points(group=f"aligner.{point}"):
        if entry.name == name:
            return entry.load()
    raise UnknownNameError(
        f"{name!r} is none of the {point}", do=f"Known: {', '.join(names(point))}"
    )
