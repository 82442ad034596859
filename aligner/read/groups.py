"""Which files belong together: versions of one text, told apart by a language in their names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from aligner.read.languages import tag_of
from aligner.read.sniff import ENDINGS

_WORD = re.compile(r"(?:^|(?<=[\W_]))[^\W\d_']+(?:['ʻ‘’][^\W\d_]+)?(?=$|[\W_])")


_SEPARATORS = " \t._()[]-"


@dataclass(frozen=True, slots=True)
class Group:
    """Files that are versions of one text: what their names share, and (tag, path) of each.

    Two groups may have one name (chapters of two books).

    A file that has no partner is a group of one, without a tag: one name proves no language.
    """

    name: str
    members: tuple[tuple[str | None, Path], ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read a path: the tag in it, and the rest of the path that it shares."""

    tag: str
    rest: str
    name: str


def groups(paths: Iterable[Path]) -> tuple[Group, ...]:
    """Paths in, groups out, in the order of the paths; no file is opened.

    ``book.en.docx`` and ``book.ru.docx``, ``book_en.txt`` and ``book-ru.md``, ``en/ch1.txt`` and
    ``ru/ch1.txt`` belong together: their names are the same but for a language (a BCP 47 tag, an
    ISO 639 code or a language's name in English or its own words).
    """
    known = list(dict.fromkeys(Path(path) for path in paths))
    readings = {path: _readings(path) for path in known}
    shared: dict[str, dict[str, list[Path]]] = {}
    for path in known:
        for reading in readings[path]:
            shared.setdefault(reading.rest, {}).setdefault(reading.tag, []).append(path)
    taken: dict[Path, Group] = {}
    for path in known:
        if path not in taken:
            group = _best(path, readings[path], shared, taken)
            taken.update((member, group) for _, member in group.members)
    return tuple(dict.fromkeys(taken[path] for path in known))


def documents_in(folder: Path) -> tuple[Path, ...]:
    """Every file in a folder and the folders in it whose ending a reader knows, sorted by name.

    Hidden files are left out.
    """
    found = [
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in ENDINGS
        and not any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
        and path.is_file()
    ]
    return tuple(sorted(found, key=lambda path: _natural(path.as_posix())))


def _best(
    path: Path,
    readings: Sequence[_Reading],
    shared: dict[str, dict[str, list[Path]]],
    taken: dict[Path, Group],
) -> Group:
    """The largest group a path is in; one language twice makes the reading void."""
    best: tuple[tuple[str | None, Path], ...] = ()
    name = path.stem
    for reading in readings:
        versions = shared[reading.rest]
        if any(len(found) > 1 for found in versions.values()):
            continue
        members = tuple((tag, found[0]) for tag, found in versions.items() if found[0] not in taken)
        if len(members) > max(1, len(best)):
            best, name = members, reading.name or path.parent.name
    return Group(name or "texts", best or ((None, path),))


def _readings(path: Path) -> list[_Reading]:
    """Every way to see a language in a path: in the file's name (last first), then its folders."""
    pure = PurePath(path)
    stem = pure.name.removesuffix(pure.suffix)
    found = []
    for start, end, own in _tags(stem):
        rest = _squeezed(f"{stem[:start]} {stem[end:]}")
        name = _joined(stem[:start], stem[end:])
        found.append(_Reading(own, f"{pure.parent.as_posix()}/{rest.casefold()}", name))
    for depth, part in reversed(list(enumerate(pure.parts[:-1]))):
        tag = tag_of(part)
        if tag:
            parts = [*pure.parts[:depth], "*", *pure.parts[depth + 1 : -1]]
            rest = _squeezed(stem)
            found.append(_Reading(tag, "/".join([*parts, rest.casefold()]), stem))
    return found


def _tags(stem: str) -> list[tuple[int, int, str]]:
    """Start, end and tag of every language in a file's name, the last one first."""
    words = list(_WORD.finditer(stem))
    found = []
    for number, word in enumerate(words):
        after = words[number + 1] if number + 1 < len(words) else None
        if after and after.start() - word.end() == 1 and stem[word.end()] in "-_":
            both = tag_of(word.group(), after.group())
            if both:
                found.append((word.start(), after.end(), both))
                continue
        if one := tag_of(word.group()):
            found.append((word.start(), word.end(), one))
    return found[::-1]


def _squeezed(stem: str) -> str:
    """A name with every run of separators as one space: what names are compared by."""
    return re.sub(r"[\s._()\[\]-]+", " ", stem).strip()


def _joined(before: str, after: str) -> str:
    """A name without its language, and without the separators that this leaves behind."""
    left, right = before.rstrip(_SEPARATORS), after.lstrip(_SEPARATORS)
    gap = before[len(left) :][:1] or after[:1]
    return f"{left}{gap}{right}" if left and right else left or right


def _natural(name: str) -> list[tuple[int, int, str]]:
    """Chapter 2 before chapter 10."""
    return [
        (0, int(part), "") if part.isdecimal() and len(part) < 19 else (1, 0, part)
        for part in re.split(r"(\d+)", name)
    ]
