"""Segments of XLIFF, ours and anybody's, read one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from aligner.errors import InvalidFileError
from aligner.formats import marks
from aligner.formats.entries import Entry, cut
from aligner.formats.xmlstream import elements, local, opened, text_of
from aligner.model import Status
from aligner.safexml import XML_LANG, Scanner

CONFIRMED = frozenset({"final", "signed-off", "reviewed"})
"""States of a segment that a person has vouched for."""

REJECTED = "x-rejected"

NOTE = re.compile(
    r"parallel (\d{1,9}), (\w+), (\w+); [\d-]+; ([\d.]+); (\w+); ([\d ]*)\|([\d ]*)\Z"
)
"""A note of ours: parallel, role, unit; shape; confidence; status; lengths of the units."""


def languages_of(path: Path) -> tuple[str, list[tuple[str, str]]]:
    """The name of the first ``file``, and source and target of every one.

    Raises InvalidFileError for what is no XLIFF, or names no two languages.
    """
    found = _Files(path)
    with opened(path) as source:
        Scanner(path, found).run(source)
    return found.title, found.pairs()


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


def segments(path: Path, pairs: Sequence[tuple[str, str]]) -> Iterator[Entry]:
    """The entries of a file that ``languages_of`` has read to its end."""
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
    return Entry(number, "body", langs, sides, first, status=_status(state))


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


def _status(state: str) -> Status:
    return "confirmed" if state in CONFIRMED else "rejected" if state == REJECTED else "auto"
