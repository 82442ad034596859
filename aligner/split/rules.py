"""The default splitter: rules over code points, with what differs by language in text files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise

from aligner.split.judge import Judge
from aligner.split.language import Language, language, with_abbreviations
from aligner.split.stretches import paragraphs, trim


class RuleSplitter:
    """Cuts text into sentences by rules; offline, any language, in time linear in the text.

    ``abbreviations`` are words that never end a sentence, in addition to the language's own.
    ``split_inside_quotes`` cuts the sentences of a quotation that is part of a sentence apart.
    ``caseless`` takes small letters for sentence openers too; None finds out from the text.
    """

    name = "rules"

    def __init__(
        self,
        *,
        abbreviations: Iterable[str] = (),
        split_inside_quotes: bool = False,
        caseless: bool | None = None,
    ) -> None:
        self.abbreviations = tuple(abbreviations)
        self.split_inside_quotes = split_inside_quotes
        self.caseless = caseless

    def split(self, text: str, lang: str) -> list[tuple[int, int]]:
        """A text and its tag in; trimmed (start, end) code points out, only white space outside."""
        judge = _judge(language(lang), self.abbreviations, self.split_inside_quotes, self.caseless)
        spans: list[tuple[int, int]] = []
        for start, end in paragraphs(text):
            piece = text if end - start == len(text) else text[start:end]
            spans.extend((start + a, start + b) for a, b in _settled(judge, piece))
        return spans


@cache
def _judge(
    known: Language, abbreviations: tuple[str, ...], inside_quotes: bool, caseless: bool | None
) -> Judge:
    return Judge(
        with_abbreviations(known, abbreviations), inside_quotes=inside_quotes, caseless=caseless
    )


def _settled(judge: Judge, text: str, depth: int = 0) -> Iterator[tuple[int, int]]:
    """The sentences of a trimmed paragraph, cut again until each is cut into nothing but itself.

    A sentence read alone can differ from the same in its paragraph (small letters throughout, a
    quotation mark whose mate is elsewhere); only those with a rejected candidate are read again.
    """
    cuts, refused = judge.cuts(text)
    if not cuts or depth > 2:
        yield from _trimmed(text, cuts)
        return
    for start, end in _trimmed(text, cuts):
        if refused and judge.signs.search(text, start, end - 1) is not None:
            for a, b in _settled(judge, text[start:end], depth + 1):
                yield start + a, start + b
        else:
            yield start, end


def _trimmed(text: str, cuts: list[int]) -> Iterator[tuple[int, int]]:
    for start, end in pairwise((0, *cuts, len(text))):
        trimmed = trim(text, start, end)
        if trimmed is not None:
            yield trimmed
