"""What the form of blocks tells: labels, running heads, paragraphs that a page break cut."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from aligner.model import Block, Document, Fact, Span
from aligner.read import labels
from aligner.read.lines import is_open

_DIGITS = re.compile(r"\d+")
_LONG = 80
_STOP_INSIDE = re.compile(r"[.!?。！？।۔։።](?:\s|$)|[。！？]")


def finished(
    name: str,
    text: str,
    blocks: Sequence[Block],
    *,
    facts: Sequence[Fact] = (),
    feeds: Sequence[int] = (),
) -> Document:
    """Make a Document of blocks that say only where they stand: labels, heads and halves found.

    ``feeds`` are the positions of page breaks, for a text that has no pages of its own.
    """
    found = with_labels(text, blocks)
    found = with_running_heads(text, found)
    found = with_continuations(text, found)
    if feeds:
        found = [replace(b, page=1 + bisect_right(feeds, b.span.start)) for b in found]
    return Document(name, text, tuple(found), tuple(facts))


def with_labels(text: str, blocks: Sequence[Block]) -> list[Block]:
    """Tell labels from paragraphs: alone before a longer paragraph, or known words before it."""
    found: list[Block] = []
    for number, block in enumerate(blocks):
        if block.kind != "paragraph":
            found.append(block)
            continue
        following = _next_text(blocks, number)
        body = text[block.span.start : block.span.end]
        cut = labels.run_in(body) if len(body) < 2_000 else 0
        if cut and body[cut:].strip():
            rest = cut + len(body[cut:]) - len(body[cut:].lstrip())
            head = Span(block.span.start, block.span.start + len(body[:cut].rstrip()))
            found.append(replace(block, span=head, kind="label"))
            found.append(replace(block, span=Span(block.span.start + rest, block.span.end)))
        elif labels.capitals(body):
            found.append(replace(block, kind="heading"))
        elif labels.alone(body[:100]) and len(body) < 100 and _announces(body, text, following):
            found.append(replace(block, kind="label"))
        else:
            found.append(block)
    return found


def _next_text(blocks: Sequence[Block], number: int) -> Block | None:
    for block in blocks[number + 1 : number + 4]:
        if block.kind != "mark":
            return block
    return None


def _announces(body: str, text: str, following: Block | None) -> bool:
    """Whether a short block is a label of what follows it."""
    if following is None:
        return False
    after = text[following.span.start : following.span.end]
    if body.rstrip().endswith((":", "：")):
        return len(after) > 15
    if following.kind not in ("paragraph", "label") or body[:1].islower():
        return False
    return len(after) >= _LONG and (not is_open(after) or bool(_STOP_INSIDE.search(after)))


def with_running_heads(text: str, blocks: Sequence[Block]) -> list[Block]:
    """Turn what repeats between the halves of cut paragraphs (heads, page numbers) into notes."""
    alike: dict[str, list[int]] = defaultdict(list)
    for number, block in enumerate(blocks):
        if block.kind not in ("mark", "cell") and len(block.span) <= 120:
            body = text[block.span.start : block.span.end].strip()
            if "\n" not in body:
                alike[_DIGITS.sub("#", body).casefold()].append(number)
    candidates = {n for numbers in alike.values() if len(numbers) > 1 for n in numbers}
    inside = _between_halves(text, blocks, candidates)
    notes: set[int] = set()
    for numbers in alike.values():
        if len(numbers) > 1 and 2 * len(inside.intersection(numbers)) >= len(numbers):
            notes.update(numbers)
    return [replace(b, kind="note") if n in notes else b for n, b in enumerate(blocks)]


def _between_halves(text: str, blocks: Sequence[Block], candidates: set[int]) -> set[int]:
    """Those candidates that have a paragraph without its end before, and its end after them."""
    inside: set[int] = set()
    waiting: list[int] = []
    left: Block | None = None
    for number, block in enumerate(blocks):
        if number in candidates:
            waiting.append(number)
        elif block.kind != "mark":
            if waiting and left is not None and _halves(text, left, block):
                inside.update(waiting)
            left, waiting = block, []
    return inside


def _halves(text: str, left: Block, right: Block) -> bool:
    if left.kind not in ("paragraph", "item") or right.kind not in ("paragraph", "item"):
        return False
    tail = text[max(left.span.start, left.span.end - 200) : left.span.end]
    return len(left.span) >= 40 and is_open(tail) and text[right.span.start].islower()


def with_continuations(text: str, blocks: Sequence[Block]) -> list[Block]:
    """Say of a paragraph that it goes on with the one before, which a page break cut off.

    The first half ends without a stop; the second starts small, or (after a long first half in a
    text whose paragraphs do end with stops) with whatever it starts with.
    """
    long = [b for b in blocks if b.kind == "paragraph" and len(b.span) >= _LONG]
    stopped = sum(1 for b in long if not is_open(text[max(0, b.span.end - 40) : b.span.end]))
    if 2 * stopped < len(long):
        return list(blocks)
    found: list[Block] = []
    last: Block | None = None
    labelled = False
    for block in blocks:
        joined = block
        if block.kind == "paragraph":
            if last is not None and not block.continues and _goes_on(text, last, block, labelled):
                joined = replace(block, continues=True)
            labelled = bool(found) and _after_label(found)
            last = block
        elif block.kind not in ("note", "mark"):
            last = None
        found.append(joined)
    return found


def _after_label(found: Sequence[Block]) -> bool:
    for block in reversed(found):
        if block.kind != "mark":
            return block.kind == "label"
    return False


def _goes_on(text: str, first: Block, second: Block, labelled: bool) -> bool:
    left = text[first.span.start : first.span.end]
    right = text[second.span.start : second.span.end]
    if len(left) < 40 or not is_open(left[-200:]) or _script(left[-200:]) != _script(right[:200]):
        return False
    if labelled and (labels.is_terms(left) or not _STOP_INSIDE.search(left)):
        return False
    if right[0].islower():
        return True
    tail = left.rstrip()[-1]
    return (
        len(left) >= 150
        and len(right) >= 30
        and not labels.capitals(right)
        and not labels.capitals(left)
        and (tail.islower() or tail.isdigit() or tail in ",-–—(")
        and bool(_STOP_INSIDE.search(left) or _STOP_INSIDE.search(right))
    )


def _script(text: str) -> str:
    """The first letter's script, coarsely: enough to keep Russian from going on in English."""
    counts: dict[str, int] = defaultdict(int)
    for char in text:
        if char.isalpha():
            code = ord(char)
            counts["latin" if code < 0x250 else "cyrillic" if 0x400 <= code < 0x530 else
                   "greek" if 0x370 <= code < 0x400 else f"{code >> 8:x}"] += 1  # fmt: skip
    best = max(counts, key=lambda key: counts[key], default="")
    return "east" if len(best) <= 2 and best >= "2e" and best.isalnum() else best
