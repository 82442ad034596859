"""Moses: one plain file a language, line by line parallel, and a file of unit numbers.

``corpus.moses`` lists per line the unit numbers of both versions and the confidence; the texts
stand beside it in ``corpus.en``, ``corpus.ru`` ... Every language of a bead needs a text, so null
beads, and beads that lack one of the chosen languages, are left out and counted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from aligner.errors import InvalidFileError
from aligner.formats import marks
from aligner.formats.entries import Entry, Head, Losses, corpus_of, entries, head
from aligner.formats.languages import named
from aligner.formats.loss import Loss
from aligner.formats.plain import lines as lines_of
from aligner.formats.tables import flat
from aligner.mend import mended
from aligner.model import Corpus

TAG = re.compile(r"[A-Za-z0-9-]{2,60}")

NEVER = ("offsets", "blocks", "the recipe", "statuses", "borders of units inside a line")


def siblings(corpus: Corpus, path: Path, *, langs: Sequence[str] | None = None) -> tuple[Path, ...]:
    """The text files beside ``path``, one per language."""
    known = head(corpus).langs
    return tuple(path.with_suffix(f".{lang}") for lang in (named(known, langs) if langs else known))


def write(
    corpus: Corpus, path: Path, *, parts: dict[Path, Path], langs: Sequence[str] | None = None
) -> Loss:
    """Write the numbers and one text file per language."""
    about = head(corpus)
    chosen = named(about.langs, langs) if langs else about.langs
    losses = Losses("moses", about, NEVER)
    with ExitStack() as files:
        numbers = files.enter_context(
            path.open("w", encoding="utf-8", newline="\n", errors="replace")
        )
        texts = [
            files.enter_context(part.open("w", encoding="utf-8", newline="\n", errors="replace"))
            for final, part in parts.items()
            if part != path
        ]
        numbers.write("\t".join((*chosen, "confidence")) + "\n")
        for entry in entries(corpus):
            lines = [flat(mended(entry.text(lang))) for lang in chosen]
            if not all(lines):
                losses.add("null beads")
                continue
            for stream, line in zip(texts, lines, strict=True):
                stream.write(line + "\n")
            numbers.write(_numbers(entry, chosen) + "\n")
    return losses.loss


def _numbers(entry: Entry, langs: Sequence[str]) -> str:
    columns = []
    for lang in langs:
        place = entry.langs.index(lang)
        first = entry.first[place]
        columns.append(" ".join(str(first + n) for n in range(len(entry.texts[place]))))
    return "\t".join((*columns, f"{entry.confidence:.4f}"))


def load(path: Path) -> Corpus:
    """Read the files that the first line names; InvalidFileError if their lengths differ."""
    rows = list(lines_of(path))
    langs = tuple(name for name in (rows[0] if rows else "").split("\t") if name != "confidence")
    if len(set(langs)) != len(langs) or any(not TAG.fullmatch(lang) for lang in langs):
        raise InvalidFileError("its first line does not name languages", where=f"{path}:1")
    texts = [_lines(path.with_suffix(f".{lang}")) for lang in langs]
    counts = {lang: len(lines) for lang, lines in zip(langs, texts, strict=True)}
    if len(langs) < 2 or len({*counts.values(), len(rows) - 1}) != 1:
        raise InvalidFileError(
            "the files of this corpus do not have one line count",
            where=str(path),
            why=", ".join(f"{lang}: {n}" for lang, n in counts.items()) or "no language is named",
            do="The first line names the languages; every file has one line less than it",
        )
    found = (
        Entry(
            0,
            "body",
            langs,
            tuple((line,) for line in line_of),
            (number,) * len(langs),
            marks.share(rows[number + 1].rpartition("\t")[2]),
        )
        for number, line_of in enumerate(zip(*texts, strict=True))
    )
    return corpus_of(Head(path.stem, langs), found)


def _lines(path: Path) -> list[str]:
    if not path.is_file():
        raise InvalidFileError("a text file of this corpus is missing", where=str(path))
    return list(lines_of(path))
