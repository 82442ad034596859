"""XLIFF 1.2 and 2.1 (OASIS): two languages, a source in every unit.

Beads without a source, and further languages, are left out and counted. ``version`` chooses
``1.2`` (default) or ``2.1``; ``langs`` the two languages, source first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from aligner.errors import InvalidFileError, UsageError
from aligner.formats.entries import Entry, Head, Losses, corpus_of, entries, head, pair
from aligner.formats.loss import Loss
from aligner.formats.xmlstream import elements, local, text_of
from aligner.formats.xmltext import storable
from aligner.model import ROLES, STATUSES, Corpus

VERSIONS = ("1.2", "2.1")
STATES = {"confirmed": "final", "auto": "needs-review-translation", "rejected": "x-rejected"}
STATES_2 = {"confirmed": "final", "auto": "translated", "rejected": "initial"}


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
    """Write entries as they come."""
    if version not in VERSIONS:
        raise UsageError(f"XLIFF {version} is not written", do=f"Versions: {', '.join(VERSIONS)}")
    source, target = pair(about.langs, langs)
    losses = Losses("xliff", about)
    losses.add("languages", len(about.langs) - 2)
    unit = _unit_1 if version == "1.2" else _unit_2
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(_opening(version, about.title, source, target))
        for number, entry in enumerate(found, 1):
            a, b = entry.text(source), entry.text(target)
            if a:
                losses.add("boundaries", sum(len(s) > 1 for s in _sides(entry, source, target)))
                stream.write(unit(entry, number, (a, b), (source, target)))
            elif b:
                losses.add("null beads")
        stream.write("</body></file></xliff>\n" if version == "1.2" else "</file></xliff>\n")
    return losses.loss


def _sides(entry: Entry, *langs: str) -> list[tuple[str, ...]]:
    return [entry.texts[entry.langs.index(lang)] for lang in langs if lang in entry.langs]


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


def _note(entry: Entry) -> str:
    return f"parallel {entry.parallel + 1}, {entry.role}; {entry.shape}; {entry.confidence:.4f}"


def _unit_1(entry: Entry, number: int, texts: tuple[str, str], langs: tuple[str, str]) -> str:
    target = ""
    if texts[1]:
        state = STATES[entry.status]
        target = f'<target xml:lang="{langs[1]}" state="{state}">{_text(texts[1])}</target>'
    return (
        f'<trans-unit id="{number}"><source xml:lang="{langs[0]}">{_text(texts[0])}</source>'
        f'{target}<note from="aligner">{_note(entry)}</note></trans-unit>\n'
    )


def _unit_2(entry: Entry, number: int, texts: tuple[str, str], _: tuple[str, str]) -> str:
    target, state = "", "initial"
    if texts[1]:
        target, state = f"<target>{_text(texts[1])}</target>", STATES_2[entry.status]
    return (
        f'<unit id="u{number}"><notes><note category="aligner">{_note(entry)}</note></notes>'
        f'<segment id="s{number}" state="{state}"><source>{_text(texts[0])}</source>{target}'
        "</segment></unit>\n"
    )


def _text(text: str) -> str:
    return escape(storable(text)).replace("\r", "&#13;")


def load(path: Path) -> Corpus:
    """Read XLIFF of either version, anybody's; raises InvalidFileError if it is none."""
    about, found = stream(path)
    return corpus_of(about, found)


def stream(path: Path) -> tuple[Head, Iterator[Entry]]:
    """The head, and the units one by one."""
    source = target = None
    for element in elements(path, ("file",), root="xliff"):
        top = element.getparent()
        source = top.get("srcLang") or element.get("source-language")
        target = top.get("trgLang") or element.get("target-language") or _target(element)
        break
    if not source or not target:
        raise InvalidFileError(
            "it names no source or no target language",
            where=str(path),
            do="Write srcLang and trgLang (2.x), source-language and target-language (1.2)",
        )
    return Head(path.stem, (source, target)), _entries(path, (source, target))


def _target(element: Any) -> str | None:
    found = element.find(".//{*}target")
    return None if found is None else found.get("{http://www.w3.org/XML/1998/namespace}lang")


def _entries(path: Path, langs: tuple[str, str]) -> Iterator[Entry]:
    counts = [0, 0]
    for unit in elements(path, ("trans-unit", "unit"), root="xliff"):
        inside = unit.findall("{*}segment") if local(unit) == "unit" else [unit]
        texts = [
            tuple(t for part in inside if (t := text_of(part.find(f"{{*}}{name}"))))
            for name in ("source", "target")
        ]
        if any(texts):
            yield _entry(unit, inside[0], langs, texts, tuple(counts))
            counts = [n + len(side) for n, side in zip(counts, texts, strict=True)]


def _entry(
    unit: Any,
    part: Any,
    langs: tuple[str, str],
    texts: list[tuple[str, ...]],
    first: tuple[int, ...],
) -> Entry:
    note = next((text_of(n) for n in unit.iter("{*}note") if _ours(n)), "")
    marks = note.split("; ")
    state = part.get("state")
    if state is None:
        found = unit.find("{*}target")
        state = None if found is None else found.get("state")
    return Entry(
        parallel=int(marks[0].split()[1].rstrip(",")) - 1 if len(marks) == 3 else 0,
        role=next((role for role in ROLES if marks[0].endswith(f", {role}")), "body"),
        langs=langs,
        texts=tuple(texts),
        first=first,
        confidence=float(marks[2]) if len(marks) == 3 else 1.0,
        status=next(
            (s for s in STATUSES if state in {STATES[s], STATES_2[s]} and state != "initial"),
            "auto",
        ),
    )


def _ours(note: Any) -> bool:
    return "aligner" in (note.get("from"), note.get("category"))
