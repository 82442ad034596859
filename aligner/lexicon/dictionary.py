"""Word pairs of the user's own: TSV, TBX, or hunalign's ``.dic``, as knowledge about words.

TSV: two columns or more with a header of language tags, or two without one (then for any pair of
languages, in either direction). hunalign's: ``target @ source`` a line. TBX: the terms of every
entry, by language. Expressions of several words count for their words where both sides have as
many; single words count in full.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from aligner.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Sparse = tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32]]

ANY = ""
"""The language of a dictionary's side that names none."""

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")

Entry = tuple[str, str, str, str]
"""Language and expression, language and expression."""


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Pairs of words by pair of languages; a Prior."""

    pairs: dict[tuple[str, str], dict[str, frozenset[str]]]

    def similarity(
        self, types_a: Sequence[str], lang_a: str, types_b: Sequence[str], lang_b: str
    ) -> Sparse | None:
        """Words of two languages in; rows, columns and values (1 each) of the pairs it knows."""
        one, other = _language(lang_a), _language(lang_b)
        known = [self.pairs[k] for k in ((one, other), (ANY, ANY)) if k in self.pairs]
        if not known:
            return None
        where = {word: k for k, word in enumerate(types_b)}
        found = sorted(
            {
                (row, where[match])
                for row, word in enumerate(types_a)
                for table in known
                for match in table.get(word, ())
                if match in where
            }
        )
        both = np.array(found, np.int32).reshape(-1, 2)
        return both[:, 0], both[:, 1], np.ones(len(both), np.float32)


@dataclass(frozen=True, slots=True)
class Several:
    """Several priors as one: the highest value that any gives."""

    priors: tuple[Any, ...]

    def similarity(
        self, types_a: Sequence[str], lang_a: str, types_b: Sequence[str], lang_b: str
    ) -> Sparse | None:
        """As the priors', None if none knows both languages."""
        said = [prior.similarity(types_a, lang_a, types_b, lang_b) for prior in self.priors]
        parts = [part for part in said if part is not None]
        if not parts:
            return None
        rows, cols, values = (np.concatenate(column) for column in zip(*parts, strict=True))
        order = np.lexsort((-values, cols, rows))
        rows, cols, values = rows[order], cols[order], values[order]
        first = np.ones(len(rows), bool)
        first[1:] = (rows[1:] != rows[:-1]) | (cols[1:] != cols[:-1])
        return rows[first], cols[first], values[first]


def dictionary(paths: Sequence[Path]) -> Dictionary:
    """Read dictionaries into one. Raises InputError for a file that is none."""
    pairs: dict[tuple[str, str], dict[str, set[str]]] = {}
    for path in paths:
        for lang_a, left, lang_b, right in _entries(Path(path)):
            for one, word, other, match in _words(lang_a, left, lang_b, right):
                pairs.setdefault((one, other), {}).setdefault(word, set()).add(match)
                pairs.setdefault((other, one), {}).setdefault(match, set()).add(word)
    return Dictionary(
        {key: {w: frozenset(m) for w, m in table.items()} for key, table in pairs.items()}
    )


def _words(lang_a: str, left: str, lang_b: str, right: str) -> Iterator[Entry]:
    a, b = left.lower().split(), right.lower().split()
    if len(a) == len(b):
        for word, match in zip(a, b, strict=True):
            yield _language(lang_a), word, _language(lang_b), match


def _language(tag: str) -> str:
    return tag.partition("-")[0].lower()


def _entries(path: Path) -> Iterator[Entry]:
    try:
        if path.suffix.lower() in {".tbx", ".xml"}:
            return iter(list(_terms(path)))
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise InputError(
            "this dictionary cannot be read", where=str(path), why=str(error)
        ) from error
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    found = list(_hunalign(lines) if path.suffix.lower() == ".dic" else _table(lines))
    if lines and not found:
        raise InputError(
            "there are no word pairs in this file",
            where=str(path),
            do="Write two columns parted by a tab, or `target @ source` in a .dic file",
        )
    return iter(found)


def _hunalign(lines: list[str]) -> Iterator[Entry]:
    for line in lines:
        right, mark, left = line.partition(" @ ")
        if mark:
            yield ANY, left.strip(), ANY, right.strip()


def _table(lines: list[str]) -> Iterator[Entry]:
    head = [cell.strip() for cell in lines[0].split("\t")] if lines else []
    named = len(head) > 1 and all(_TAG.fullmatch(cell) and len(cell) <= 12 for cell in head)
    named = named and all(len(cell.split("-")[0]) == 2 or "-" in cell for cell in head)
    tags = head if named else [ANY, ANY]
    for line in lines[1:] if named else lines:
        cells = [cell.strip() for cell in line.split("\t")]
        for k, cell in enumerate(cells[: len(tags)]):
            for m in range(k + 1, min(len(cells), len(tags))):
                if cell and cells[m]:
                    yield tags[k], cell, tags[m], cells[m]


def _terms(path: Path) -> Iterator[Entry]:
    from lxml import etree

    try:
        tree = etree.parse(str(path), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise InputError("this is no TBX file", where=str(path), why=str(error)) from error
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    for entry in tree.iter("{*}conceptEntry", "{*}termEntry"):
        terms = [
            (section.get(lang, ANY), "".join(map(str, term.itertext())).strip())
            for section in entry.iter("{*}langSec", "{*}langSet")
            for term in section.iter("{*}term")
        ]
        for k, (one, left) in enumerate(terms):
            for other, right in terms[k + 1 :]:
                if one != other and left and right:
                    yield one, left, other, right
