"""Documents made up of pieces: readers of formats that hold no plain text write theirs here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from aligner.model import Block, Cell, Document, Fact, Kind, Span
from aligner.read import labels
from aligner.read.forms import finished

_SCRIPTS = {
    "latin": "az tr en de fr es it pt pl cs sk hu ro nl sv da nb nn no fi et lv lt hr sl sq ca eu"
    " gl ga id ms vi tk sw af is mt la",
    "cyrillic": "ru uk be bg mk kk ky tg mn tt ba",
}
_ONLY = {lang: script for script, langs in _SCRIPTS.items() for lang in langs.split()}


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one type: bold or not, in the language that the file names for it."""

    text: str
    bold: bool = False
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a piece comes from, as the fields of a block tell it."""

    page: int | None = None
    place: str | None = None
    style: str | None = None
    cell: Cell | None = None
    level: int | None = None
    continues: bool = False


class Draft:
    """Collects blocks and builds the text they stand in, one after another."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._size = 0
        self._blocks: list[Block] = []

    def __len__(self) -> int:
        return len(self._blocks)

    def add(self, runs: Sequence[Run], kind: Kind = "paragraph", spot: Spot | None = None) -> None:
        """Add a paragraph; white space alone is nothing. Bold openings become labels."""
        spot = spot or Spot()
        whole = "".join(run.text for run in runs)
        text = whole.strip()
        if not text:
            return
        self._separate(spot.cell)
        lead = _lead(runs, whole)
        cut = 0
        if kind == "paragraph" and lead >= len(text):
            kind = "heading" if labels.headline(text) else kind
        elif kind == "paragraph" and lead:
            cut = _label_end(text, lead)
        lang = _named(runs, text)
        start = self._size
        if cut:
            self._block(start, start + cut, "label", lang, spot)
            rest = len(text) - len(text[cut:].lstrip())
            self._block(start + rest, start + len(text), kind, lang, spot)
        else:
            self._block(start, start + len(text), kind, lang, spot)
        self._parts.append(text)
        self._size += len(text)

    def document(self, name: str, facts: Sequence[Fact] = ()) -> Document:
        """The document of what was added. Language hints are kept only where they differ."""
        named = {block.lang_hint for block in self._blocks if block.lang_hint}
        blocks = self._blocks
        if len(named) < 2:
            # One language for everything is a program's default, which nobody chose.
            blocks = [replace(block, lang_hint=None) for block in blocks]
        return finished(name, "".join(self._parts), blocks, facts=facts)

    def _separate(self, cell: Cell | None) -> None:
        if not self._blocks:
            return
        last = self._blocks[-1].cell
        gap = "\n\n"
        if cell and last and cell.table == last.table:
            gap = "\n" if cell.row != last.row or cell == last else "\t"
        self._parts.append(gap)
        self._size += len(gap)

    def _block(self, start: int, end: int, kind: Kind, lang: str | None, spot: Spot) -> None:
        self._blocks.append(
            Block(
                Span(start, end), kind, lang_hint=lang, level=spot.level, cell=spot.cell,
                page=spot.page, place=spot.place, style=spot.style, continues=spot.continues,
            )
        )  # fmt: skip


def _lead(runs: Sequence[Run], whole: str) -> int:
    """How many characters of the stripped text are bold from its start on."""
    reach = 0
    for run in runs:
        if not run.bold and run.text.strip():
            break
        reach += len(run.text)
    if not any(run.bold and run.text.strip() for run in runs):
        return 0
    return len(whole[:reach].strip())


def _label_end(text: str, lead: int) -> int:
    """Where the label ends that a bold opening makes; 0 if it makes none."""
    word = text[:lead].rstrip()
    tail = text[len(word) :]
    if not labels.set_off(word, tail, bold=True) or not tail.strip():
        return 0
    after = len(tail) - len(tail.lstrip())
    colon = tail.lstrip()[:1] in (":", "：")
    end = len(word) + (after + 1 if colon else 0)
    return end if text[end:].strip() else 0


def _named(runs: Sequence[Run], text: str) -> str | None:
    """The language that most of a paragraph is said to be in, unless its script says otherwise."""
    counts: Counter[str] = Counter()
    for run in runs:
        if run.lang:
            counts[run.lang] += sum(1 for c in run.text if c.isalpha())
    letters = sum(1 for c in text if c.isalpha())
    if not counts:
        return None
    lang, count = max(sorted(counts.items()), key=lambda item: item[1])
    if 2 * count <= letters or not letters:
        return None
    script = _ONLY.get(lang.split("-")[0].lower())
    latin = sum(1 for c in text if c.isalpha() and ord(c) < 0x250)
    cyrillic = sum(1 for c in text if 0x400 <= ord(c) < 0x530)
    if (script == "latin" and cyrillic > latin) or (script == "cyrillic" and latin > cyrillic):
        return None
    return lang
