"""From the name of a splitter to the object, and what the recipe says about it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from aligner import registry
from aligner.model import Step
from aligner.protocols import Splitter
from aligner.split.adapting import adapted
from aligner.split.rules import RuleSplitter


def choose(
    splitter: Any = None, lang: str = "und", *, abbreviations: Iterable[str] = ()
) -> Splitter:
    """The splitter for a language from None (the rules), a name, ``auto``, or any object.

    ``auto`` is Stanza where its model for the language is on disk, else the rules.
    ``abbreviations`` go to the rules. Raises UnknownNameError, MissingExtraError, ModelError.
    """
    if splitter is None or splitter == "rules":
        return RuleSplitter(abbreviations=abbreviations)
    if splitter == "auto":
        return _automatic(lang, abbreviations)
    if isinstance(splitter, str):
        found = registry.lookup("splitters", splitter)
        splitter = found() if isinstance(found, type) else found
    if isinstance(splitter, RuleSplitter):
        return splitter
    return adapted(splitter)


def _automatic(lang: str, abbreviations: Iterable[str]) -> Splitter:
    from aligner.split.stanza import StanzaSplitter, has_model

    return StanzaSplitter() if has_model(lang) else RuleSplitter(abbreviations=abbreviations)


def describe(splitter: Any, lang: str) -> Step:
    """The row of the recipe for a splitter and a language: name, version, model and settings."""
    if not hasattr(splitter, "step"):
        splitter = choose(splitter, lang)
    step = getattr(splitter, "step", None)
    if step is not None:
        made: Step = step(lang)
        return made
    return Step(str(getattr(splitter, "name", type(splitter).__name__)), "")
