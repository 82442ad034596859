"""What the rules know of a language: small text files that a linguist can edit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from aligner.errors import UsageError

_APOSTROPHES = dict.fromkeys(map(ord, "ʼ’‘ʻʹ´"), "'")
_SWITCHES = ("ordinals", "single", "caseless")
_NUMBERS = ("small",)
_SIGNS = ("soft", "hard")


@dataclass(frozen=True, slots=True)
class Language:
    """Words and signs of one language; every word is normalised as by ``normal``.

    ``never``: abbreviations that never end a sentence (``dr``). ``maybe``: those that may
    (``etc``). ``number``: those only before a number or numeral (``no``, ``art``).
    ``names``: those only before a capital that opens no sentence (``им. Пушкина``).
    ``after``: abbreviations only after a number (``г`` in ``2020 г.``); they may end a sentence.
    ``initials``: letter pairs that stand for a first name (``sh``). ``starters``: words that open
    sentences, and no names. ``soft``, ``hard``: further terminators. ``ordinals``: a number of up
    to two digits with a full stop is an ordinal. ``single``: a lone small letter with a full stop
    is an abbreviation. ``small``: after a word of so many letters a sentence may begin with a
    small letter (0: never). ``caseless``: text without capitals is read as if it had some.
    """

    never: frozenset[str] = frozenset()
    maybe: frozenset[str] = frozenset()
    number: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    initials: frozenset[str] = frozenset()
    starters: frozenset[str] = frozenset()
    soft: str = ""
    hard: str = ""
    ordinals: bool = False
    single: bool = True
    small: int = 0
    caseless: bool = True
    known: frozenset[str] = field(default=frozenset(), compare=False)

    def __post_init__(self) -> None:
        words = self.never | self.maybe | self.number | self.names | self.after
        spelt = {word.replace("'", sign) for word in words for sign in "ʻʼ"}
        object.__setattr__(self, "known", words | spelt)


def normal(word: str) -> str:
    """A word as the lists hold it: small letters, one apostrophe, no full stop at the end."""
    word = word.lower()
    if not word.isascii():
        word = word.replace("i̇", "i").translate(_APOSTROPHES)
    return word.rstrip(".")


def language(tag: str) -> Language:
    """What is known of a language: its own file over the file of all languages.

    A tag without a file gets the general one. The longest prefix of the tag that has one counts.
    """
    parts = tag.split("-")
    for length in range(len(parts), 0, -1):
        found = _load("-".join(parts[:length]).lower())
        if found is not None:
            return found
    general = _load("general")
    return general if general is not None else Language()


def with_abbreviations(known: Language, words: Iterable[str]) -> Language:
    """The same language with a user's abbreviations, none of which ends a sentence."""
    added = frozenset(normal(word) for word in words) - {""}
    return replace(
        known,
        never=known.never | added,
        maybe=known.maybe - added,
        number=known.number - added,
        names=known.names - added,
        after=known.after - added,
    )


def read_abbreviations(path: Path) -> tuple[str, ...]:
    """The abbreviations of a user's file: separated by white space, ``#`` opens a comment.

    Raises UsageError if the file cannot be read as UTF-8 text.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            "this list of abbreviations cannot be read",
            where=str(path),
            why=str(error),
            do="Give a UTF-8 text file with one abbreviation a line",
        ) from error
    return tuple(word for line in text.splitlines() for word in line.partition("#")[0].split())


def parse(text: str, base: Language) -> Language:
    """A language file over a base: ``name: words`` or ``name: yes``; ``-word`` takes one away.

    ``like: tag`` takes another language for the base. Lines that start with white space go on
    with the list above them; ``#`` opens a comment.
    """
    lists: dict[str, list[str]] = {}
    name = ""
    known = {f.name for f in fields(Language)} - {"known"}
    for line in text.splitlines():
        content = line.partition("#")[0].rstrip()
        if not content.strip():
            continue
        if not content[0].isspace():
            name, _, content = content.partition(":")
            if name == "like":
                base = language(content.strip())
                continue
            if name not in known:
                raise ValueError(f"{line!r} names no list of a language")
        lists.setdefault(name, []).extend(content.split())
    merged: dict[str, Any] = {name: _merged(name, base, held) for name, held in lists.items()}
    return replace(base, **merged)


def _merged(name: str, base: Language, words: list[str]) -> frozenset[str] | str | bool | int:
    if name in _SIGNS:
        return "".join(words)
    if name in _SWITCHES:
        return words == ["yes"]
    if name in _NUMBERS:
        return int(words[0])
    held: frozenset[str] = getattr(base, name)
    gone = {normal(word[1:]) for word in words if word.startswith("-") and len(word) > 1}
    return (held | {normal(word) for word in words if not word.startswith("-")}) - gone


@cache
def _load(name: str) -> Language | None:
    if not name.replace("-", "").isalnum():
        return None
    source = files("aligner.split") / "languages" / f"{name}.txt"
    if not source.is_file():
        return None
    general = _load("general") if name != "general" else Language()
    return parse(source.read_text(encoding="utf-8"), general or Language())
