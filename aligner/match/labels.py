"""Section labels («Аннотация», "Keywords:"): data files in ``labels/``, one per language."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import NamedTuple

ROLES = (
    "abstract",
    "keywords",
    "introduction",
    "references",
    "conclusion",
    "acknowledgements",
    "contents",
)
LONGEST = 60
"""No label is longer than this many characters, numbering and marks included."""

_APOSTROPHES = str.maketrans(dict.fromkeys("`´‘’ʻʼʹ′＇", "'"))
_NUMBERING = re.compile(r"^(?:\d+|[IVX]+)(?:\.\d+)*[.)]\s+|^\d+\s+")
_EDGE = ' \t\r\n#*_~.:;：—–-|[]()【】«»"“”'
_BREAK = re.compile(r"[:：.—–]|\*\*|__")


class Inline(NamedTuple):
    """A label at the head of a paragraph: its role, and where the text after it starts."""

    role: str
    end: int


def label_role(text: str) -> str | None:
    """The role of a text that is a section label and nothing else; None for any other text."""
    if len(text) > LONGEST:
        return None
    table = _table()
    return table.get(_folded(text)) or table.get(_folded(_NUMBERING.sub("", text.lstrip("#* _"))))


def inline_label(text: str) -> Inline | None:
    """The label that opens a paragraph ("Abstract. This paper ..."), if one does.

    It must end in a colon, a full stop, a dash or a Markdown mark, and text must follow.
    """
    for mark in _BREAK.finditer(text[:LONGEST]):
        role = label_role(text[: mark.start()])
        if role is not None:
            end = mark.end()
            while end < len(text) and (text[end].isspace() or text[end] in ".:：—–*_-"):
                end += 1
            return Inline(role, end) if end < len(text) else None
    return None


def _folded(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).translate(_APOSTROPHES).strip(_EDGE)
    return " ".join(text.replace("-", " ").casefold().replace("i̇", "i").split())


@cache
def _table() -> dict[str, str]:
    """Every form of every language, folded, to its role; the first role listed wins."""
    table: dict[str, str] = {}
    folder = files("aligner.match") / "labels"
    for path in sorted(folder.iterdir(), key=lambda each: each.name):
        if not path.name.endswith(".txt"):
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            role, _, forms = line.partition(":")
            if role.strip() in ROLES:
                for form in forms.split("|"):
                    table.setdefault(_folded(form), role.strip())
    return table
