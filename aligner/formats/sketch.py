"""Sketch Engine and NoSkE: a vertical file a language, a map of structure numbers a pair.

``corpus.vert`` is the first language; ``corpus.ru.vert`` and its like the others;
``corpus.en-ru.map`` the pairs in both directions: two columns of sentence numbers from 0, ``2,3``
for a range, ``-1`` for nothing. In the registry files set ALIGNED, ALIGNSTRUCT s and ALIGNDEF.
Written, not read: the tokens do not give the text back.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import permutations
from pathlib import Path

from aligner.formats.entries import Losses, entries, head
from aligner.formats.loss import Loss
from aligner.formats.sentences import stem, written
from aligner.formats.vertical import Placed, side, vertical
from aligner.model import Corpus

Ends = tuple[Placed, Placed] | None
"""The first and last unit of a side."""


def siblings(corpus: Corpus, path: Path) -> tuple[Path, ...]:
    """The verticals of the other languages and the maps."""
    langs = head(corpus).langs
    verticals = [path.with_name(f"{stem(path)}.{lang}.vert") for lang in langs[1:]]
    maps = [path.with_name(f"{stem(path)}.{a}-{b}.map") for a, b in permutations(langs, 2)]
    return (*verticals, *maps)


def write(corpus: Corpus, path: Path, *, parts: dict[Path, Path]) -> Loss:
    """Write verticals and maps."""
    about = head(corpus)
    losses = Losses("sketch", about, ("confidences", "statuses", "offsets", "the recipe"))
    beads = list(entries(corpus))
    by_name = {final.name: part for final, part in parts.items()}
    name = stem(next(final for final, part in parts.items() if part == path))
    places = {}
    for number, lang in enumerate(about.langs):
        lines, places[lang] = vertical(beads, lang, about.title, glue=True)
        target = path if number == 0 else by_name[f"{name}.{lang}.vert"]
        written("\n".join(lines) + "\n", target, gz=False)
    for a, b in permutations(about.langs, 2):
        pairs = [(side(entry, a, places[a]), side(entry, b, places[b])) for entry in beads]
        written("".join(_rows(pairs)), by_name[f"{name}.{a}-{b}.map"], gz=False)
    return losses.loss


def _rows(pairs: Iterable[tuple[Ends, Ends]]) -> list[str]:
    """The lines of a map in the order of its first column; gaps stand where they were."""
    last, rows = -1, []
    for first, second in pairs:
        if first or second:
            last = first[0].number if first else last
            rows.append((last, f"{_range(first)}\t{_range(second)}\n"))
    rows.sort(key=lambda row: row[0])
    return [row for _, row in rows]


def _range(found: Ends) -> str:
    if found is None:
        return "-1"
    a, b = found[0].number, found[1].number
    return str(a) if a == b else f"{a},{b}"
