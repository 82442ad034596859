"""From the name of a splitter to the object, and what the recipe says about it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
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
        splitter = _named(splitter)
    if hasattr(splitter, "step") and hasattr(splitter, "split"):
        made: Splitter = splitter
        return made
    return adapted(splitter)


@cache
def _named(name: str) -> Any:
    found = registry.lookup("splitters", name)
    return found() if isinstance(found, type) else found


def _automatic(lang: str, abbreviations: Iterable[str]) -> Splitter:
    from aligner.split.stanza import has_model

    if has_model(lang):
        made: Splitter = _named("stanza")
        return made
    return RuleSplitter(abbreviations=abbreviations)


def describe(splitter: Any, lang: str, *, abbreviations: Iterable[str] = ()) -> Step:
    """The row of the recipe for a splitter (as for ``choose``) and a language.

    Name, version, and the model or settings; the version of a foreign object is left empty.
    """
    chosen: Any = choose(splitter, lang, abbreviations=abbreviations)
    if hasattr(chosen, "step"):
        step: Step = chosen.step(lang)
        return step
    return Step(str(chosen.name), "")
