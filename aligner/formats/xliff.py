"""XLIFF 1.2 and 2.1 (OASIS): two languages, a source in every unit.

Beads without a source, and further languages, are left out and counted. ``version`` chooses
``1.2`` (default) or ``2.1``; ``langs`` the two languages, source first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

from aligner.errors import UsageError
from aligner.formats.entries import Entry, Head, Losses, corpus_of, entries, head
from aligner.formats.languages import pair
from aligner.formats.loss import Loss
from aligner.formats.segments import languages_of, segments
from aligner.formats.xmltext import content, storable
from aligner.model import Corpus

VERSIONS = ("1.2", "2.1")
STATES = {"confirmed": "final", "auto": "needs-review-translation", "rejected": "x-rejected"}
STATES_2 = {"confirmed": "final", "auto": "translated", "rejected": "initial"}
NEVER = ("offsets", "blocks", "the recipe", "who vouches for a bead")

UNPACKS = True


def write(
    corpus: Corpus, path: Path, *, version: str = "1.2", langs: Sequence[str] | None = None
) -> Loss:
    """Write every bead of the two languages that has a source."""
    return pour(head(corpus), entries(corpus), path, version=version, langs=langs)


def pour(
    about: Head,
    found: Iterable[Entry],
    path: Path,
    *,
    version: str = "1.2",
    langs: Sequence[str] | None = None,
) -> Loss:
    """Write entries as they come; raises UsageError for a version that is not written."""
    if version not in VERSIONS:
        raise UsageError(f"XLIFF {version} is not written", do=f"Versions: {', '.join(VERSIONS)}")
    source, target = pair(about.langs, langs)
    losses = Losses("xliff", about, NEVER)
    losses.add("languages", 0 if langs else len(about.langs) - 2)
    unit = _unit_1 if version == "1.2" else _unit_2
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(_opening(version, about.title, source, target))
        for number, entry in enumerate(found, 1):
            a, b = entry.text(source), entry.text(target)
            if a:
                stream.write(unit(entry, number, (a, b), (source, target)))
            elif b:
                losses.add("null beads")
        stream.write("</body></file></xliff>\n" if version == "1.2" else "</file></xliff>\n")
    return losses.loss


def _opening(version: str, title: str, source: str, target: str) -> str:
    name = quoteattr(storable(title) or "corpus")
    xml = '<?xml version="1.0" encoding="UTF-8"?>\n'
    if version == "1.2":
        return (
            f'{xml}<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">\n'
            f"<file original={name} source-language={quoteattr(source)}"
            f' target-language={quoteattr(target)} datatype="plaintext"><body>\n'
        )
    return (
        f'{xml}<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1"'
        f" srcLang={quoteattr(source)} trgLang={quoteattr(target)}>\n"
        f'<file id="f1" original={name}>\n'
    )


def _note(entry: Entry, langs: tuple[str, str]) -> str:
    lengths = "|".join(" ".join(str(len(text)) for text in entry.side(lang)) for lang in langs)
    return (
        f"parallel {entry.parallel + 1}, {entry.role}, {entry.unit}; {entry.shape};"
        f" {entry.confidence:.4f}; {entry.status}; {lengths}"
    )


def _unit_1(entry: Entry, number: int, texts: tuple[str, str], langs: tuple[str, str]) -> str:
    target = ""
    if texts[1]:
        state = STATES[entry.status]
        target = f'<target xml:lang="{langs[1]}" state="{state}">{content(texts[1])}</target>'
    return (
        f'<trans-unit id="{number}"><source xml:lang="{langs[0]}">{content(texts[0])}</source>'
        f'{target}<note from="aligner">{_note(entry, langs)}</note></trans-unit>\n'
    )


def _unit_2(entry: Entry, number: int, texts: tuple[str, str], langs: tuple[str, str]) -> str:
    target, state = "", "initial"
    if texts[1]:
        target, state = f"<target>{content(texts[1])}</target>", STATES_2[entry.status]
    return (
        f'<unit id="u{number}"><notes><note category="aligner">{_note(entry, langs)}</note></notes>'
        f'<segment id="s{number}" state="{state}"><source>{content(texts[0])}</source>{target}'
        "</segment></unit>\n"
    )


def load(path: Path) -> Corpus:
    """Read XLIFF of either version, anybody's; raises InvalidFileError if it is none."""
    about, found = stream(path)
    return corpus_of(about, found)


def stream(path: Path) -> tuple[Head, Iterator[Entry]]:
    """The head, and the segments one by one; a ``file`` of somebody else is a parallel."""
    title, pairs = languages_of(path)
    langs = tuple(dict.fromkeys(lang for two in pairs for lang in two))
    return Head(title or path.stem, langs), segments(path, pairs)
