"""Words cut at line ends made whole: a hyphen goes unless the text writes the word with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from aligner.read.pdf.page import Piece

_WORDS = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_CUT = re.compile(r"([^\W\d_]+)[-\u2010\u00ad]\Z")
_HEAD = re.compile(r"[^\W\d_]+")


class Hyphens:
    """Knows the words of a text, and with that which hyphens at line ends belong to them."""

    def __init__(self) -> None:
        self._whole: set[str] = set()
        self._hyphenated: set[str] = set()

    def learn(self, texts: Sequence[str]) -> None:
        """Take in the words inside lines."""
        for text in texts:
            for word in _WORDS.findall(text.rstrip("-\u2010\u00ad ")):
                if "-" in word or "\u2010" in word:
                    self._hyphenated.add(word.casefold().replace("\u2010", "-"))
                else:
                    self._whole.add(word.casefold())

    def joined(self, lines: Sequence[Sequence[Piece]]) -> list[Piece]:
        """The pieces of the lines of one paragraph, as running text."""
        found: list[Piece] = []
        for line in lines:
            pieces = [piece for piece in line if piece.text]
            if not pieces:
                continue
            if found:
                last, link = self._link(found[-1].text, "".join(p.text for p in pieces))
                found[-1] = replace(found[-1], text=last)
                pieces[0] = replace(pieces[0], text=link + pieces[0].text.lstrip())
            found += pieces
        return found

    def _link(self, before: str, after: str) -> tuple[str, str]:
        """The end of a line without a hyphen that has to go, and what comes before the next."""
        before = before.rstrip()
        cut, head = _CUT.search(before), _HEAD.match(after.lstrip())
        if cut is None or head is None:
            tight = before[-1:] in ("-", "\u2010", "–", "/") and not before[-2:-1].isspace()
            return before, "" if tight else _space(before, after.lstrip())
        one = (cut.group(1) + head.group()).casefold()
        two = f"{cut.group(1)}-{head.group()}".casefold()
        soft = before.endswith("\u00ad")
        if not soft and (
            head.group()[0].isupper() or (two in self._hyphenated and one not in self._whole)
        ):
            return before, ""
        return before[:-1], ""


def _space(before: str, after: str) -> str:
    """A space, but none inside Chinese and Japanese."""
    east = "\u2e80" <= before[-1:] <= "\u9fff" or "\uff00" <= before[-1:] <= "\uffef"
    return "" if east and ("\u2e80" <= after[:1] <= "\u9fff" or after[:1] >= "\uff00") else " "
