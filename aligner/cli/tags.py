"""Language tags on the command line, each looked at before any work begins."""

from __future__ import annotations

from collections.abc import Sequence

from aligner.errors import LanguageTagError

COUNTRIES = {
    "by": "be",
    "cn": "zh",
    "cz": "cs",
    "dk": "da",
    "ge": "ka",
    "gr": "el",
    "il": "he",
    "ir": "fa",
    "jp": "ja",
    "kz": "kk",
    "md": "ro",
    "rs": "sr",
    "tj": "tg",
    "tm": "tk",
    "ua": "uk",
    "us": "en",
    "vn": "vi",
}
"""Codes of countries that are typed for their language, and are no language's code themselves."""


def versions(given: str | Sequence[str]) -> tuple[str, ...]:
    """Tags of versions that a corpus has, parted by commas or a list in a configuration.

    They are taken as they stand: what a corpus calls its versions is looked up there.
    """
    parts = given.split(",") if isinstance(given, str) else given
    return tuple(part.strip() for part in parts if part.strip())


def tags(given: str | Sequence[str]) -> tuple[str, ...]:
    """Tags of languages, parted in the same way, each as ``tag`` gives it."""
    return tuple(map(tag, versions(given)))


def tag(given: str) -> str:
    """A tag in canonical case; raises LanguageTagError, with the tag that may be meant."""
    from aligner.detect.tags import checked, language
    from aligner.read.languages import tag_of

    code = language(given)
    meant = COUNTRIES.get(code) or tag_of(code)
    if len(code) != 3 and code not in ("x", meant):
        do = f"Did you mean {meant}?" if meant else "Write for example uz, uz-Cyrl or pt-BR"
        raise LanguageTagError(
            f"{given!r} is no language tag", why="No language has this code", do=do
        )
    (canonical,) = checked([given])
    return canonical
