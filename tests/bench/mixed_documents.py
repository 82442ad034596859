"""Documents in several languages, built from sentences with a seed; every character has its tag."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field

from aligner.model import Block, Document, Kind, Span

SETS = (
    "uz-Latn ru en az-Latn",
    "uz-Cyrl ru",
    "uz-Latn uz-Cyrl ru en",
    "kk ru en",
    "ky ru en tr",
    "tg ru",
    "tk ru en tr",
    "az-Latn tr en ru",
    "uk ru en",
    "be ru pl",
    "de fr en",
    "de en",
    "es pt en",
    "fr it en",
    "hr en de",
    "cs pl en",
    "sv de en fi",
    "id en nl",
    "ar en fr",
    "fa en",
    "zh-Hans en",
    "ja en ko",
    "hy ru en",
    "ka ru en",
    "hu ro de en fr",
)
KINDS = ("paragraphs", "paper", "sentences", "quotations")
_QUOTES = (("“", "”"), ("«", "»"), ("„", "“"), ('"', '"'))


@dataclass
class Draft:
    """A text that grows, with the tag of every piece and the blocks it is made of."""

    text: str = ""
    pieces: list[tuple[int, int, str]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)

    def block(self, parts: list[tuple[str, str]], kind: Kind = "paragraph") -> None:
        """Add a block of (tag, text) parts, a blank between them."""
        start = len(self.text)
        for i, (tag, piece) in enumerate(parts):
            if i:
                self.text += "" if tag.startswith(("zh", "ja")) else " "
            self.pieces.append((len(self.text), len(self.text) + len(piece), tag))
            self.text += piece
        self.blocks.append(Block(Span(start, len(self.text)), kind))
        self.text += "\n\n"

    def document(self, name: str) -> Document:
        """The document as a reader would hand it over."""
        return Document(name, self.text, tuple(self.blocks))

    def tags(self) -> list[str | None]:
        """The tag of every character, None between pieces."""
        found: list[str | None] = [None] * len(self.text)
        for start, end, tag in self.pieces:
            found[start:end] = [tag] * (end - start)
        return found

    def borders(self) -> list[int]:
        """Where the language changes."""
        return [b[0] for a, b in zip(self.pieces, self.pieces[1:], strict=False) if a[2] != b[2]]


def build(kind: str, tags: list[str], sentences: dict[str, list[str]], seed: int) -> Draft:
    """One document of a kind of ``KINDS`` in the languages ``tags``."""
    draw = random.Random(f"{kind} {' '.join(tags)} {seed}")
    left = {tag: draw.sample(sentences[tag], len(sentences[tag])) for tag in tags}

    def next_of(tag: str, count: int = 1) -> list[str]:
        if len(left[tag]) < count:
            left[tag] = draw.sample(sentences[tag], len(sentences[tag]))
        return [left[tag].pop() for _ in range(count)]

    draft = Draft()
    if kind == "paper":
        _paper(draft, tags, draw, next_of)
        return draft
    for _ in range(10):
        tag = draw.choice(tags)
        if kind == "paragraphs":
            draft.block([(tag, s) for s in next_of(tag, draw.randint(2, 5))])
        elif kind == "sentences":
            parts = []
            for _ in range(draw.randint(4, 7)):
                tag = draw.choice(tags) if draw.random() < 0.4 else tag
                parts += [(tag, s) for s in next_of(tag)]
            draft.block(parts)
        else:
            draft.block(_quoting(tag, tags, draw, next_of))
    return draft


def _paper(draft, tags, draw, next_of):
    for tag in draw.sample(tags, len(tags)):
        title = " ".join(_words(next_of(tag)[0])[: draw.randint(6, 10)])
        draft.block([(tag, title.upper() if draw.random() < 0.5 else title)], "heading")
        draft.block([(tag, s) for s in next_of(tag, draw.randint(3, 7))])
        words = _words(" ".join(next_of(tag, 2)))
        picked = [" ".join(words[i : i + 2]) for i in range(0, min(len(words), 10), 2)]
        draft.block([(tag, ", ".join(picked))])
    body = draw.choice(tags)
    for _ in range(6):
        draft.block([(body, s) for s in next_of(body, draw.randint(3, 6))])


def _quoting(tag, tags, draw, next_of):
    parts = []
    for sentence in next_of(tag, draw.randint(3, 5)):
        words = sentence.split(" ")
        others = [x for x in tags if x != tag]
        if draw.random() < 0.5 or len(words) < 6 or not others:
            parts.append((tag, sentence))
            continue
        other = draw.choice(others)
        opening, closing = draw.choice(_QUOTES)
        quoted = re.sub(r"[“”«»„\"]", "", next_of(other)[0]).strip(" .")
        if " " in quoted:
            quoted = " ".join(quoted.split(" ")[: draw.randint(4, 12)])
        at = draw.randint(2, len(words) - 2)
        parts.append((tag, " ".join(words[:at])))
        parts.append((other, f"{opening}{quoted}{closing}"))
        parts.append((tag, " ".join(words[at:])))
    return parts


def _words(sentence: str) -> list[str]:
    if " " not in sentence:
        return [sentence[i : i + 3] for i in range(0, min(len(sentence), 24), 3)]
    return re.findall(r"[^\W\d_]+(?:['’‘ʻ-][^\W\d_]+)*", sentence)
