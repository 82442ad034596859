"""XLIFF 1.2 and 2.1 (OASIS): two languages, a source in every unit.

Beads without a source, and further languages, are left out and counted. ``version`` chooses
``1.2`` (default) or ``2.1``; ``langs`` the two languages, source first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from aligner.errors import InvalidFileError, UsageError
from aligner.formats import marks
from aligner.formats.entries import Entry, Head, Losses, corpus_of, cut, entries, head
from aligner.formats.languages import pair
from aligner.formats.loss import Loss
from aligner.formats.xmlstream import elements, local, opened, text_of
from aligner.formats.xmltext import content, storable
from aligner.model import STATUSES, Corpus, Status
from aligner.safexml import XML_LANG, Scanner

VERSIONS = ("1.2", "2.1")
STATES = {"confirmed": "final", "auto": "needs-review-translation", "rejected": "x-rejected"}
STATES_2 = {"confirmed": "final", "auto": "translated", "rejected": "initial"}
BACK: dict[str, Status] = {STATES[s]: s for s in STATUSES} | {
    "signed-off": "confirmed",  # 1.2
    "reviewed": "confirmed",  # 2.x
}

NEVER = ("offsets", "blocks", "the recipe", "who vouches for a bead")

NOTE = re.compile(
    r"parallel (\d{1,9}), (\w+), (\w+); [\d-]+; ([\d.]+); (\w+); ([\d ]*)\|([\d ]*)\Z"
)
"""A note of ours: parallel, role, unit; shape; confidence; status; lengths of the units."""

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
    """Write entries as they come."""
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
    found = _Files(path)
    with opened(path) as source:
        Scanner(path, found).run(source)
    pairs = found.pairs()
    langs = tuple(dict.fromkeys(lang for two in pairs for lang in two))
    return Head(found.title or path.stem, langs), _entries(path, pairs)


class _Files:
    """The languages of every ``file``: as it says, else as the whole or its first target does."""

    def __init__(self, path: Path) -> None:
        self.title = ""
        self._path = path
        self._root: dict[str, str] | None = None
        self._files: list[dict[str, str]] = []

    def begin(self, scanner: Scanner) -> None:
        """Nothing to prepare."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Keep what tells languages."""
        here = name.rpartition("}")[2]
        if self._root is None:
            if here != "xliff":
                raise InvalidFileError(
                    f"the outermost element is {here}, not xliff",
                    where=str(self._path),
                    do="Check the format of the file, or name it with --from",
                )
            self._root = attributes
        elif here == "file":
            self.title = self.title or attributes.get("original", "")
            self._files.append(attributes)
        elif here == "target" and self._files and XML_LANG in attributes:
            self._files[-1].setdefault("target-language", attributes[XML_LANG])

    def end(self, name: str) -> None:
        """Elements that close tell nothing."""

    def data(self, text: str) -> None:
        """Texts tell nothing."""

    def pairs(self) -> list[tuple[str, str]]:
        """Source and target of every file; raises InvalidFileError if one has no two."""
        whole = self._root or {}
        targets = [each.get("target-language") for each in self._files]
        most = whole.get("trgLang") or next(filter(None, targets), "")
        pairs = []
        for said in self._files:
            source = whole.get("srcLang") or said.get("source-language", "")
            pairs.append((source, said.get("target-language") or most))
        if not pairs or not all(a and b and a != b for a, b in pairs):
            raise InvalidFileError(
                "it does not name two languages",
                where=str(self._path),
                do="Write srcLang and trgLang (2.x), source-language and target-language (1.2)",
            )
        return pairs


def _entries(path: Path, pairs: Sequence[tuple[str, str]]) -> Iterator[Entry]:
    places = marks.Places()
    number = 0
    for unit in elements(path, ("trans-unit", "unit", "file"), root="xliff", checked=True):
        if local(unit) == "file":
            number += 1
            continue
        langs = pairs[number]
        ours = NOTE.match(next((text_of(n) for n in unit.iter("{*}note") if _ours(n)), ""))
        for texts, state in _segments(unit):
            if any(texts):
                yield (
                    _own(ours, langs, texts, places)
                    if ours
                    else _others(number, langs, texts, state, places)
                )


def _segments(unit: Any) -> Iterator[tuple[tuple[str, str], str]]:
    """Source, target and state of every segment of a unit: of 2.x, of ``mrk``, or the whole."""
    if local(unit) == "unit":
        for part in unit.findall("{*}segment"):
            yield (_side(part, "source"), _side(part, "target")), part.get("state") or ""
        return
    target = unit.find("{*}target")
    state = "" if target is None else target.get("state") or ""
    state = "final" if unit.get("approved") == "yes" else state
    marked, back = _marked(unit.find("{*}seg-source")), _marked(target)
    if not marked or (not back and _side(unit, "target").strip()):
        yield (_side(unit, "source"), _side(unit, "target")), state
        return
    for mid, text in marked.items():
        yield (text, back.pop(mid, "")), state
    for text in back.values():
        yield ("", text), state


def _side(part: Any, name: str) -> str:
    return text_of(part.find(f"{{*}}{name}"))


def _marked(side: Any) -> dict[str, str]:
    """The segments that ``mrk`` marks in a side, by their mid; none if it has other text."""
    every = () if side is None else side.iter("{*}mrk")
    found = [(each.get("mid") or "", text_of(each)) for each in every if each.get("mtype") == "seg"]
    whole = "".join("".join(text for _, text in found).split())
    return dict(found) if whole == "".join(text_of(side).split()) else {}


def _others(
    number: int, langs: tuple[str, str], texts: tuple[str, str], state: str, places: marks.Places
) -> Entry:
    sides = tuple((text,) if text else () for text in texts)
    first = places.take(number, langs, sides)
    return Entry(number, "body", langs, sides, first, status=BACK.get(state, "auto"))


def _own(
    ours: re.Match[str], langs: tuple[str, str], texts: tuple[str, str], places: marks.Places
) -> Entry:
    parallel = marks.place(ours[1])
    sides = tuple(
        cut(text, lang, lengths) if text else ()
        for text, lang, lengths in zip(texts, langs, (ours[6], ours[7]), strict=True)
    )
    return Entry(
        parallel,
        marks.role(ours[2]),
        langs,
        sides,
        places.take(parallel, langs, sides),
        marks.share(ours[4]),
        marks.status(ours[5]),
        unit=marks.unit(ours[3]),
    )


def _ours(note: Any) -> bool:
    return "aligner" in (note.get("from"), note.get("category"))
