"""Labels that say which language follows: "DE:", "[de]", "Deutsch:", «Рус.:».

The names of languages in many of them are data (``data/names.txt``).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from aligner.model import Span

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Sequence

_NAME = r"(?P<name>[^\W\d_](?:[^\W\d_]|['ʻʼ‘’`.\u0300-\u036f\u0900-\u0dff -]){1,24}?)"
_OPENING = re.compile(
    rf"\s*(?:\d+[.)]\s+)?(?:"
    rf"(?P<mark>\*\*|__|[*_])?{_NAME}(?:\s?[:：](?(mark)(?P=mark)|)|(?(mark)(?P=mark)\s?[:：]|(?!))"
    rf"|\s[-–—](?=\s))"
    rf"|[\[(【]{_NAME.replace('name', 'bracketed')}[\])】][:：]?)\s*"
)
_CLOSING = re.compile(rf"\s*[\[(【]{_NAME}[\])】]\s*$")
_APOSTROPHES = re.compile("['ʻʼ‘’`´]")
_LONGEST = 30
_SHORTEST = 2  # letters of a name cut short ("Рус.", "RUS")


@dataclass(frozen=True, slots=True)
class Naming:
    """A label, the tag of the language it names, and whether it stands behind its text."""

    span: Span
    tag: str
    behind: bool = False


def namings(
    text: str, lines: Sequence[Span], headings: Container[int] = (), *, known: Collection[str] = ()
) -> dict[int, Naming]:
    """The lines of a document in; the label of each that has one, by the start of the line, out.

    A word alone is no label: at least two languages must be named, and a tag in small letters
    without brackets ("de:") more than once. ``headings`` are the starts of those that are a
    heading, which needs no colon; ``known`` are languages that other lines name.
    """
    found: dict[int, Naming] = {}
    small: dict[int, str] = {}
    for line in lines:
        naming, is_small = _opening(text, line)
        if naming is None:
            naming = _closing(text, line)
        if naming is None and line.start in headings:
            naming = _whole(text, line)
        if naming is not None:
            found[line.start] = naming
            if is_small:
                small[line.start] = naming.tag
    often = Counter(small.values())
    found = {n: each for n, each in found.items() if n not in small or often[small[n]] > 1}
    return found if len({*known, *(each.tag for each in found.values())}) > 1 else {}


def _opening(text: str, line: Span) -> tuple[Naming | None, bool]:
    match = _OPENING.match(text, line.start, line.end)
    if not match:
        return None, False
    name = match["name"] or match["bracketed"]
    tag = named(name, tagged=bool(match["bracketed"]) or name.isupper() or name.islower())
    if tag is None:
        return None, False
    start = line.start + len(match[0]) - len(match[0].lstrip())
    end = line.start + len(match[0].rstrip())
    return Naming(Span(start, end), tag), bool(match["name"]) and name.islower() and len(name) < 4


def _closing(text: str, line: Span) -> Naming | None:
    match = _CLOSING.search(text, max(line.start, line.end - 40), line.end)
    tag = named(match["name"], tagged=True) if match else None
    if match is None or tag is None or not text[line.start : match.start()].strip():
        return None
    lead = len(match[0]) - len(match[0].lstrip())
    return Naming(Span(match.start() + lead, match.start() + len(match[0].rstrip())), tag, True)


def _whole(text: str, line: Span) -> Naming | None:
    name = text[line.start : line.end]
    tag = named(name.strip(), tagged=name.isupper()) if len(line) < _LONGEST else None
    return None if tag is None else Naming(line, tag)


def named(name: str, *, tagged: bool = True) -> str | None:
    """The tag of the language that a name, a name cut short ("Рус.") or a tag means, if any."""
    plain = _folded(name)
    names, tags = _table()
    if plain in names:
        return names[plain]
    if tagged and plain.split("-")[0] in tags:
        return plain.split("-")[0]
    short = plain.removesuffix(".")
    cut_off = plain.endswith(".") or (name.isupper() and len(short) == 3)
    if not cut_off or len(short) < _SHORTEST:
        return None
    meant = {tag for full, tag in names.items() if full.startswith(short)}
    return meant.pop() if len(meant) == 1 else None


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKC", _APOSTROPHES.sub("", name)).casefold().replace("i̇", "i")
    return " ".join(plain.split())


@cache
def _table() -> tuple[dict[str, str], frozenset[str]]:
    """Names and the tags they mean; all tags."""
    names: dict[str, str] = {}
    file = files("aligner.detect") / "data" / "names.txt"
    for line in file.read_text(encoding="utf-8").splitlines():
        tag, _, forms = line.partition(":")
        for form in forms.split("|"):
            names.setdefault(_folded(form), tag)
    return names, frozenset(names.values())
