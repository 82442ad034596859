"""XML documents of ``<s id>`` and links between their ids: what XCES and InterText share.

A file of links, and beside it a document a language. Two languages; further ones are left out and
counted. A ``Frame`` says in what the two formats differ; ``linked`` reads them.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import quoteattr

from aligner.formats.entries import Entry, Losses, entries, head
from aligner.formats.languages import pair
from aligner.formats.loss import Loss
from aligner.formats.xmltext import content
from aligner.model import Corpus, Status


@dataclass(frozen=True, slots=True)
class Frame:
    """How a format writes its links.

    ``sign`` stands between the numbers of an id, ``opening`` makes the start of the file from the
    names of its two documents, ``link`` a line from the number of a bead, the bead, and the ids of
    its sides; ``holds`` tells whether a status has a name there. ``never`` is what no file holds.
    """

    name: str
    sign: str
    gz: bool
    never: tuple[str, ...]
    opening: Callable[[str, str], str]
    link: Callable[[int, Entry, str, str], str]
    closing: str
    holds: Callable[[Status], bool]

    def document(self, path: Path, lang: str) -> Path:
        """The sentences of a language, beside the file of links."""
        return path.with_name(f"{stem(path)}.{lang}.xml" + ".gz" * self.gz)


def stem(path: Path) -> str:
    """The name of a corpus file without the endings that tell its format."""
    return path.name.partition(".")[0] or path.stem


def documents(
    frame: Frame, corpus: Corpus, path: Path, langs: Sequence[str] | None
) -> tuple[Path, ...]:
    """The files of sentences beside ``path``."""
    return tuple(frame.document(path, lang) for lang in pair(head(corpus).langs, langs))


def write_linked(
    frame: Frame,
    corpus: Corpus,
    path: Path,
    parts: dict[Path, Path],
    langs: Sequence[str] | None,
) -> Loss:
    """Write links and sentences of two languages."""
    about = head(corpus)
    two = pair(about.langs, langs)
    final = next(name for name, part in parts.items() if part == path)
    losses = Losses(frame.name, about, frame.never)
    losses.add("languages", 0 if langs else len(about.langs) - 2)
    beads = [entry for entry in entries(corpus) if set(two) & set(entry.langs)]
    for lang in two:
        target = parts[frame.document(final, lang)]
        written(_sentences(beads, lang, frame.sign), target, gz=frame.gz)
    lines = [frame.opening(*(frame.document(final, lang).name for lang in two))]
    for number, (entry, (a, b)) in enumerate(_linked(beads, two, frame.sign), 1):
        lines.append(frame.link(number, entry, a, b))
        losses.add("statuses", not frame.holds(entry.status))
    written("".join([*lines, frame.closing]), path, gz=final.suffix == ".gz")
    return losses.loss


def _sentences(beads: Sequence[Entry], lang: str, sign: str) -> str:
    """Every unit of a language once, a paragraph per parallel."""
    lines = [f'<?xml version="1.0" encoding="UTF-8"?>\n<text xml:lang={quoteattr(lang)}>\n']
    for parallel, group in groupby(beads, key=lambda entry: entry.parallel):
        inside = [entry for entry in group if lang in entry.langs]
        if not inside:
            continue
        lines.append(f'<p id="{parallel + 1}" type="{inside[0].role}">\n')
        lines += [
            f'<s id="{_id(parallel, number, sign)}">{content(text)}</s>\n'
            for number, text in sorted(_units(inside, lang))
        ]
        lines.append("</p>\n")
    return "".join([*lines, "</text>\n"])


def _units(beads: Iterable[Entry], lang: str) -> Iterator[tuple[int, str]]:
    for entry in beads:
        place = entry.langs.index(lang)
        for n, text in enumerate(entry.texts[place]):
            yield entry.first[place] + n, text


def _id(parallel: int, number: int, sign: str) -> str:
    """The id of a unit: the numbers of its parallel and its own, from 1."""
    return f"{parallel + 1}{sign}{number + 1}"


def written(text: str, path: Path, *, gz: bool) -> None:
    """Write a file, gzipped without a time stamp if asked: the same text, the same bytes."""
    data = text.encode("utf-8")
    path.write_bytes(gzip.compress(data, compresslevel=6, mtime=0) if gz else data)


def _linked(
    beads: Iterable[Entry], two: tuple[str, str], sign: str
) -> Iterator[tuple[Entry, tuple[str, str]]]:
    """Every bead that has units of the two languages, with the ids of both sides."""
    for entry in beads:
        ids = tuple(_ids(entry, lang, sign) for lang in two)
        if any(ids):
            yield entry, (ids[0], ids[1])


def _ids(entry: Entry, lang: str, sign: str) -> str:
    if lang not in entry.langs:
        return ""
    place = entry.langs.index(lang)
    first = entry.first[place]
    return " ".join(_id(entry.parallel, first + n, sign) for n in range(len(entry.texts[place])))
