"""Parallel text for training: groups of texts that mean the same, one language or more each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aligner.lexicon.words import language, tokens

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Group = tuple[tuple[str, str], ...]
"""(tag, text) pairs that mean the same; a language may occur more than once."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one language as word numbers.

    Text i has the words ``flat[starts[i]:starts[i + 1]]`` and belongs to group ``groups[i]``;
    group numbers ascend. ``words[n]`` is the folded word of number n, in order of appearance.
    """

    lang: str
    words: tuple[str, ...]
    flat: NDArray[np.int32]
    starts: NDArray[np.int64]
    groups: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.groups)


class _Gathered:
    """Texts of one language while they are read; arrays of C numbers, for they are many."""

    def __init__(self) -> None:
        from array import array

        self.numbers: dict[str, int] = {}
        self.flat, self.starts, self.groups = array("i"), array("q", [0]), array("i")

    def add(self, found: Iterable[str], group: int) -> None:
        numbers = self.numbers
        self.flat.extend([numbers.setdefault(word, len(numbers)) for word in found])
        if len(self.flat) > self.starts[-1]:
            self.starts.append(len(self.flat))
            self.groups.append(group)

    def texts(self, lang: str) -> Texts:
        import numpy as np

        return Texts(
            lang,
            tuple(self.numbers),
            np.array(self.flat, np.int32),
            np.array(self.starts, np.int64),
            np.array(self.groups, np.int32),
        )


def gather(groups: Iterable[Group]) -> dict[str, Texts]:
    """Every group's texts cut into words; languages by their primary tag, sorted."""
    gathered: dict[str, _Gathered] = {}
    for number, group in enumerate(groups):
        for tag, text in group:
            lang = language(tag)
            gathered.setdefault(lang, _Gathered()).add(tokens(text, lang), number)
    return {lang: gathered[lang].texts(lang) for lang in sorted(gathered)}


def rows_to_groups(rows: Iterable[tuple[str, str, str]]) -> Iterator[Group]:
    """(group, tag, text) rows to groups; rows of one group stand together."""
    last: str | None = None
    members: list[tuple[str, str]] = []
    for name, tag, text in rows:
        if name != last and members:
            yield tuple(members)
            members = []
        last = name
        members.append((tag, text))
    if members:
        yield tuple(members)
