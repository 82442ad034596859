"""Subtitles (SRT, WebVTT): a block a caption; numbers, times and tags are marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from aligner.errors import ReadError
from aligner.model import Block, Document, Span
from aligner.read.encoding import decode
from aligner.read.lines import Line, is_open, lines_of
from aligner.read.source import load
from aligner.read.text import runs

_TIME = re.compile(
    r"(?:\d+:)?\d{1,2}:\d\d[,.]\d{1,3}[ \t]*-->[ \t]*(?:\d+:)?\d{1,2}:\d\d[,.]\d{1,3}.*"
)
_EDGE = re.compile(r"(?:</?[A-Za-z][^<>]{0,80}>|\{\\[^{}]{0,80}\}|[ \t])+")
_END = re.compile(r"(?:</?[A-Za-z][^<>]{0,80}>|\{\\[^{}]{0,80}\}|[ \t])+\Z")
_SETTINGS = re.compile(r"(?:WEBVTT|NOTE|STYLE|REGION)\b")


def read(path: Path, *, encoding: str | None = None) -> Document:
    """Read a SRT or WebVTT file: each caption's text is a block, its time is the block's place.

    A caption that goes on with the sentence of the one before says so. Raises ReadError,
    EncodingError.
    """
    decoded = decode(load(path), where=str(path), encoding=encoding)
    text = decoded.text
    blocks: list[Block] = []
    captions = 0
    last: Block | None = None
    for group in runs(lines_of(text)):
        for block in _caption(text, group):
            found = block
            if block.kind == "paragraph":
                captions += 1
                if last is not None and _goes_on(text, last, block):
                    found = replace(block, continues=True)
                last = block
            blocks.append(found)
    if not captions:
        raise ReadError("no captions with times are in it", where=str(path))
    return Document(path.name, text, tuple(blocks), decoded.facts)


def _caption(text: str, group: list[Line]) -> Iterator[Block]:
    """Marks and text of the lines between two blank ones."""
    timed = next((n for n, line in enumerate(group) if _TIME.fullmatch(_of(text, line))), None)
    if timed is None:
        note = _SETTINGS.match(text, group[0].start)
        yield Block(Span(group[0].start, group[-1].end), "mark" if note else "paragraph")
        return
    for line in group[: timed + 1]:
        yield Block(Span(line.start, line.end), "mark")
    if timed + 1 == len(group):
        return
    start, end = group[timed + 1].start, group[-1].end
    if opening := _EDGE.match(text, start, end):
        left = opening.end()
        yield Block(Span(start, len(text[:left].rstrip())), "mark")
        start = left
    closing = _END.search(text, max(start, end - 200), end)
    stop = closing.start() if closing else end
    if start < stop:
        place = _of(text, group[timed]).partition("-->")[0].strip()
        yield Block(Span(start, stop), place=place)
    if closing and closing.group().strip():
        yield Block(Span(stop + len(closing.group()) - len(closing.group().lstrip()), end), "mark")


def _goes_on(text: str, first: Block, second: Block) -> bool:
    left, right = text[first.span.start : first.span.end], text[second.span.start : second.span.end]
    return is_open(left) and right.lstrip("-–— ")[:1].islower()


def _of(text: str, line: Line) -> str:
    return text[line.start : line.end]
