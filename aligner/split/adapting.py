"""Splitters of other libraries, as they are, behind the one method of the protocol."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from inspect import Parameter, signature
from typing import Any

from aligner.errors import UsageError
from aligner.protocols import Splitter

_POSITIONAL = (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD)
_GAP = re.compile(r"\s*+")


@dataclass(frozen=True, slots=True)
class AdaptedSplitter:
    """A foreign object as a splitter; ``call`` takes a text and a tag and returns its answer."""

    name: str
    call: Any

    def split(self, text: str, lang: str) -> list[tuple[int, int]]:
        """A text and its tag in; spans out, found from objects with offsets or from strings."""
        answer = self.call(text, lang)
        return list(_spans(text, getattr(answer, "sents", answer)))


def adapted(splitter: Any) -> Splitter:
    """A splitter made of what the user gave.

    Taken: ``split(text, lang)`` that returns spans; ``split(text)`` that returns strings
    (wtpsplit), also with a language; a callable that returns an object with ``sents`` (spaCy), or
    strings; ``segment(text)`` (pysbd). Raises UsageError for anything else.
    """
    if isinstance(splitter, AdaptedSplitter):
        return splitter
    name = str(getattr(splitter, "name", None) or type(splitter).__name__)
    for method in ("split", "segment", "__call__"):
        function = getattr(splitter, method, None)
        if callable(function) and not isinstance(splitter, (str, bytes, type)):
            return AdaptedSplitter(name, _with_language(function))
    raise UsageError(
        f"{type(splitter).__name__} is no splitter",
        do="Pass an object with split(text, lang), or a callable that returns sentences",
    )


def _with_language(function: Any) -> Any:
    try:
        parameters = list(signature(function).parameters.values())
    except (TypeError, ValueError):
        parameters = []
    second = parameters[1] if len(parameters) > 1 else None
    named = second is not None and second.name.startswith("lang")
    needed = second is not None and second.default is Parameter.empty and second.kind in _POSITIONAL
    if second is not None and (named or needed):
        if second.name == "lang_code":
            return lambda text, lang: function(text, lang_code=lang.split("-")[0])
        return function
    return lambda text, _: function(text)


def _spans(text: str, answer: Iterable[Any]) -> Iterator[tuple[int, int]]:
    position = 0
    for item in answer:
        if isinstance(item, str):
            start, position = _found(text, position, item)
            if position > start:
                yield start, position
        elif hasattr(item, "start_char"):
            yield int(item.start_char), int(item.end_char)
        elif hasattr(item, "start") and hasattr(item, "end"):
            yield int(item.start), int(item.end)
        else:
            start, end = item
            yield int(start), int(end)


def _found(text: str, position: int, sentence: str) -> tuple[int, int]:
    """Where a sentence given as a string stands: by its characters, white space left aside."""
    position = _skip(text, position)
    wanted = sentence.strip()
    if text.startswith(wanted, position):
        return position, position + len(wanted)
    start = position
    for character in "".join(sentence.split()):
        position = _skip(text, position)
        if not text.startswith(character, position):
            raise UsageError(
                f"the splitter returned {sentence[:40]!r}, which is not in the text",
                do="Use a splitter that changes no characters",
            )
        position += 1
    return start, position


def _skip(text: str, position: int) -> int:
    found = _GAP.match(text, position)
    return position if found is None else found.end()
