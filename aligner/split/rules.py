"""The default splitter: rules over code points, with what differs by language in text files."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from aligner.model import Step
from aligner.split.bulk import sure_pieces
from aligner.split.judge import Judge
from aligner.split.language import Language, language, with_abbreviations
from aligner.split.references import has_entries
from aligner.split.stretches import paragraphs
from aligner.version import __version__

_DEEPEST = 3
_BULK = 5_000
"""Characters from which on it pays to look for the sure ends first."""


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

    def step(self, lang: str) -> Step:  # noqa: ARG002
        """The row of the recipe: the version of the rules, and settings that differ."""
        settings = {
            "abbreviations": " ".join(self.abbreviations),
            "split_inside_quotes": "yes" if self.split_inside_quotes else "",
            "caseless": {None: "", True: "yes", False: "no"}[self.caseless],
        }
        given = tuple((name, value) for name, value in settings.items() if value)
        return Step("rules", __version__, given)

    def split(self, text: str, lang: str) -> list[tuple[int, int]]:
        """A text and its tag in; trimmed (start, end) code points out, only white space outside."""
        judge = _judge(language(lang), self.abbreviations, self.split_inside_quotes, self.caseless)
        if len(text) < _BULK or has_entries(text):
            return _judged(judge, text)
        signs = judge.known.soft + judge.known.hard
        pieces, doubtful = sure_pieces(text, signs, judge.words)
        spans: list[tuple[int, int]] = []
        position = 0
        for number in doubtful:
            spans.extend(pieces[position:number])
            start, end = pieces[number]
            spans.extend((start + a, start + b) for a, b in _judged(judge, text[start:end]))
            position = number + 1
        spans.extend(pieces[position:])
        return spans


def _judged(judge: Judge, text: str) -> list[tuple[int, int]]:
    if text.isprintable() and not text[:1].isspace() and not text[-1:].isspace():
        return _settled(judge, text) if text else []
    spans: list[tuple[int, int]] = []
    for start, end in paragraphs(text):
        found = _settled(judge, text[start:end])
        spans.extend([(start + a, start + b) for a, b in found] if start else found)
    return spans


@cache
def _judge(
    known: Language, abbreviations: tuple[str, ...], inside_quotes: bool, caseless: bool | None
) -> Judge:
    return Judge(
        with_abbreviations(known, abbreviations), inside_quotes=inside_quotes, caseless=caseless
    )


def _settled(judge: Judge, text: str, depth: int = 0) -> list[tuple[int, int]]:
    """The sentences of a trimmed paragraph, cut again until each is cut into nothing but itself.

    A sentence read alone can differ from the same in its paragraph (small letters throughout, a
    quotation mark whose mate is elsewhere); only those with a refused candidate are read again.
    """
    spans, refused = judge.sentences(text)
    if len(spans) == 1 or depth == _DEEPEST:
        return spans
    settled: list[tuple[int, int]] = []
    position = 0
    for number in refused:
        start, end = spans[number]
        settled += spans[position:number]
        settled += ((start + a, start + b) for a, b in _settled(judge, text[start:end], depth + 1))
        position = number + 1
    return settled + spans[position:]
