"""CWB: a verticalised file a language, an ``.align`` file a pair and direction.

``corpus.vrt`` is the first language, ``corpus.ru.vrt`` and its like the others. Encode each with
``cwb-encode -d DIR -f FILE -R REGISTRY -xsB -S s:0+id -S text:0+id+lang``, then
``cwb-align-encode -D corpus.en-ru.align``. The rows of an ``.align`` file are corpus positions:
start and end of the source, start and end of the target. Null beads have no place there and are
counted. Written, not read: the tokens do not give the text back.
"""

from __future__ import annotations

import re
from itertools import permutations
from pathlib import Path

from aligner.formats.entries import Losses, entries, head
from aligner.formats.loss import Loss
from aligner.formats.sentences import stem, written
from aligner.formats.vertical import side, vertical
from aligner.model import Corpus


def siblings(corpus: Corpus, path: Path) -> tuple[Path, ...]:
    """The other languages, and the alignments in both directions."""
    langs = head(corpus).langs
    texts = [path.with_name(f"{stem(path)}.{lang}.vrt") for lang in langs[1:]]
    pairs = [path.with_name(f"{stem(path)}.{a}-{b}.align") for a, b in permutations(langs, 2)]
    return (*texts, *pairs)


def write(corpus: Corpus, path: Path, *, parts: dict[Path, Path]) -> Loss:
    """Write the texts and the alignments."""
    about = head(corpus)
    losses = Losses("cwb", about, ("confidences", "statuses", "offsets", "the recipe"))
    beads = list(entries(corpus))
    by_name = {final.name: part for final, part in parts.items()}
    name = stem(next(final for final, part in parts.items() if part == path))
    places = {}
    for number, lang in enumerate(about.langs):
        lines, places[lang] = vertical(beads, lang, about.title, glue=False)
        target = path if number == 0 else by_name[f"{name}.{lang}.vrt"]
        written("\n".join(lines) + "\n", target, gz=False)
    losses.add("null beads", sum(entry.is_null for entry in beads))
    for a, b in permutations(about.langs, 2):
        rows = []
        for entry in beads:
            first, second = side(entry, a, places[a]), side(entry, b, places[b])
            if first and second:
                rows.append((first[0].start, first[1].end, second[0].start, second[1].end))
        lines = [f"{_corpus(name, a)}\ts\t{_corpus(name, b)}\ts"]
        lines += ["\t".join(map(str, row)) for row in sorted(rows)]
        written("\n".join(lines) + "\n", by_name[f"{name}.{a}-{b}.align"], gz=False)
    return losses.loss


def _corpus(name: str, lang: str) -> str:
    """The name of a corpus as CWB takes it: capitals, digits, hyphens; a letter first."""
    made = re.sub(r"[^A-Z0-9_-]", "_", f"{name}_{lang}".upper())
    return made if made[0].isalpha() else f"C{made}"
