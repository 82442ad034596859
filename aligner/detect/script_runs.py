"""A sentence without a stop before one in another script: where the script changes for good."""

from __future__ import annotations

import re
from itertools import groupby, pairwise

from aligner.detect.ngrams import WORD
from aligner.detect.scripts import script_of, scripts
from aligner.model import Span

_EAST = dict.fromkeys(("Hani", "Kana", "Hang", "Bopo"), "East")
_LEAST = ((12, 4), (20, 3), (60, 1))
_LETTERS, _EAST_LETTERS = 12, 8
"""What another script must have to be more than a name: (letters, words), or East Asian signs,"""
_MANY_WORDS = 6
"""and half of its words in small letters, or so many words that are no list."""

_Run = tuple[str, list[re.Match[str]]]


def by_script(text: str, span: Span) -> list[Span]:
    """A span in; the same cut where a longer passage in another script begins, out."""
    if len(_totals(text[span.start : span.end])) < 2:
        return [span]
    words = list(WORD.finditer(text, span.start, span.end))
    runs = _without_names(
        [(script, list(run)) for script, run in groupby(words, key=lambda w: _script(w[0][0]))]
    )
    borders: list[int] = []
    current = ""
    for script, run in runs:
        if script == current or not script or not _is_passage(script, run):
            continue
        if current:
            borders.append(_border(text, span.start, run[0].start()))
        current = script
    return [_trimmed(text, a, b) for a, b in pairwise([span.start, *borders, span.end])]


def _without_names(runs: list[_Run]) -> list[_Run]:
    """The runs with short ones inside a text of one script made part of it, the shortest first."""
    while True:
        inner = [
            n
            for n in range(1, len(runs) - 1)
            if runs[n - 1][0] == runs[n + 1][0] and not _is_passage(*runs[n])
        ]
        if not inner:
            return runs
        n = min(inner, key=lambda each: _size(runs[each][1]))
        whole = [*runs[n - 1][1], *runs[n][1], *runs[n + 1][1]]
        runs = [*runs[: n - 1], (runs[n - 1][0], whole), *runs[n + 2 :]]


def _size(run: list[re.Match[str]]) -> int:
    return sum(len(word[0]) for word in run)


def _totals(text: str) -> set[str]:
    """The scripts that have enough letters for a passage."""
    found: dict[str, int] = {}
    for script, count in scripts(text):
        name = _EAST.get(script, script)
        found[name] = found.get(name, 0) + count
    return {
        s for s, count in found.items() if count >= (_EAST_LETTERS if s == "East" else _LETTERS)
    }


def _script(letter: str) -> str:
    script = script_of(letter)
    return _EAST.get(script, script)


def _is_passage(script: str, run: list[re.Match[str]]) -> bool:
    size = _size(run)
    if script == "East":
        return size >= _EAST_LETTERS
    if not any(size >= letters and len(run) >= words for letters, words in _LEAST):
        return False
    capitals = sum(word[0][0].isupper() for word in run)
    if capitals * 2 <= len(run):
        return True
    whole = run[0].string[run[0].start() : run[-1].end()]
    return len(run) >= _MANY_WORDS and whole.count(",") * 3 < len(run)


def _border(text: str, start: int, position: int) -> int:
    """Before what is written together with the first word: an opening quotation mark, a bracket."""
    while (
        position > start and not text[position - 1].isspace() and not text[position - 1].isalpha()
    ):
        if text[position - 1] in ".,;:!?。、，；：！？":
            break
        position -= 1
    return position


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    return Span(start + lead, max(start + lead, start + len(piece.rstrip())))
