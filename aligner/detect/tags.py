"""Names of languages: from the labels of detectors to BCP 47, and which of them are near twins."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aligner.errors import LanguageTagError

if TYPE_CHECKING:
    from collections.abc import Iterable

_WELL_FORMED = re.compile(
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?"
    r"(?:-(?:[a-z\d]{5,8}|\d[a-z\d]{3}))*(?:-[a-wy-z\d](?:-[a-z\d]{2,8})+)*(?:-x(?:-[a-z\d]{1,8})+)?"
    r"|x(?:-[a-z\d]{1,8})+",
    re.IGNORECASE,
)

_LABELS = {
    "no": "nb", "tl": "fil", "iw": "he", "in": "id", "ji": "yi", "zh-cn": "zh-Hans",
    "zh-tw": "zh-Hant", "srl": "sr", "sh": "sr",
}  # fmt: skip

_TWINS = (("hr", "bs", "sr"), ("id", "ms"), ("nb", "nn", "da"), ("zh", "yue", "wuu"))


def tag_of(label: str) -> str:
    """The BCP 47 tag of a detector's own label (``no`` -> ``nb``, ``zh-cn`` -> ``zh-Hans``)."""
    return _LABELS.get(label.lower(), label)


def language(tag: str) -> str:
    """The language part of a tag: ``uz`` of ``uz-Cyrl``."""
    return tag.split("-", maxsplit=1)[0].lower()


def twins(tag: str) -> tuple[str, ...]:
    """The languages that texts of this one are easily taken for, itself included."""
    return next((group for group in _TWINS if language(tag) in group), (language(tag),))


def checked(langs: Iterable[str]) -> tuple[str, ...]:
    """Tags as declared by a user, in order, each once, in canonical case.

    Raises LanguageTagError for one that is not well-formed BCP 47.
    """
    kept: dict[str, None] = {}
    for tag in langs:
        if not _WELL_FORMED.fullmatch(tag):
            raise LanguageTagError(
                f"{tag!r} is not a language tag",
                why="tags are written as in BCP 47",
                do="Write for example uz, uz-Cyrl, pt-BR or zh-Hant",
            )
        kept[_cased(tag_of(tag))] = None
    return tuple(kept)


def _cased(tag: str) -> str:
    head, *rest = tag.split("-")
    parts = [head.lower()]
    for part in rest:
        if len(parts[-1]) == 1 or "x" in parts:
            parts.append(part.lower())
        elif len(part) == 4 and part.isalpha():
            parts.append(part.title())
        elif len(part) == 2:
            parts.append(part.upper())
        else:
            parts.append(part.lower())
    return "-".join(parts)
