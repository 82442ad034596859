"""What speaks for each language in each unit, as an array of ln p."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from aligner.detect.cleaning import FEW_LETTERS, cleaned, letters
from aligner.detect.scripts import fits, main_script, script_of, scripts, written_in
from aligner.detect.tags import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from aligner.protocols import Detector

_VETO, _MINORITY = -30.0, -4.0
_HINT = 3.0  # a file's own word for a language: right twenty times in twenty-one
_NAMED = 4.0  # the word of a label right before the text, however short that is
_UNDECLARED = -6.0
_TRUSTED_LENGTH = 20
_CHINESE = frozenset(["yue", "wuu"])  # not told from Chinese safely, so never without a word for it
_SCRIPT = 8  # letters of a script that are more than a sign or two
_LIST = 60  # letters, mostly in short units, that make a list of words


class Hint(NamedTuple):
    """The language that the file names for a block, and the one that a label names in the text."""

    declared: str | None = None
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Per unit (rows) and state (columns) ln p of the detector, scripts obeyed, priors apart.

    A state is a language, or one in one of its scripts (``uz-Latn``, ``uz-Cyrl``): to change the
    script is to change the state. ``texts`` are the cleaned units, ``letters`` their letters.
    """

    states: tuple[str, ...]
    own: NDArray[np.float64]
    prior: NDArray[np.float64]
    texts: tuple[str, ...]
    letters: NDArray[np.float64]


def gather(
    raw: Sequence[str], hints: Sequence[Hint], detector: Detector, langs: Sequence[str]
) -> Evidence:
    """Units' texts and hints in; the evidence for every language that is likely somewhere out."""
    texts = tuple(map(cleaned, raw))
    size = np.array([letters(text) for text in texts], dtype=np.float64)
    asked = _telling(texts, size)
    named = {language(tag) for tag in [*langs, *(tag for hint in hints for tag in hint if tag)]}
    found_there = _by_language(detector, [texts[i] for i in asked], _CHINESE - named)
    ranked = dict(zip(asked, found_there, strict=True))
    seen = {lang for ranks in ranked.values() for lang, p in ranks.items() if p > 0.02}
    found = set(map(main_script, texts))
    states = _states(named | seen, found) or ("und",)
    own = np.zeros((len(texts), len(states)))
    for i, ranks in ranked.items():
        own[i] = np.log([ranks.get(language(state), 0.0) + 1e-6 for state in states])
    _obey_scripts(own, texts, states)
    prior = _with_hints(
        _prior(own, size, states, langs), [h.declared for h in hints], _HINT, states
    )
    prior = prior * _trust(size)[:, None]
    prior = _with_hints(prior, [h.label for h in hints], _NAMED, states)
    return Evidence(states, own, prior, texts, size)


def _telling(texts: Sequence[str], size: NDArray[np.float64]) -> list[int]:
    """The units with enough letters; all that have any where most text is in short ones (lists).

    So are all those of a script that no longer unit is in: the words of one side of a list.
    """
    few = size[size < FEW_LETTERS].sum() * 2 <= size.sum() or size.sum() < _LIST
    found = [i for i, n in enumerate(size) if n >= (FEW_LETTERS if few else 1)]
    short = [i for i, n in enumerate(size) if 1 <= n < FEW_LETTERS] if few else []
    known = {main_script(texts[i]) for i in found} if short else set()
    others = [i for i in short if main_script(texts[i]) not in known]
    if found and sum(size[i] for i in others) >= _SCRIPT:
        found = sorted([*found, *others])
    return found


def _states(langs: set[str], present: set[str]) -> tuple[str, ...]:
    states = []
    for lang in sorted(langs):
        found = [script for script in written_in(lang) if script in present]
        if len(found) > 1 and lang != "ja":
            states += [f"{lang}-{script}" for script in found]
        else:
            states.append(lang)
    return tuple(states)


def _trust(size: NDArray[np.float64]) -> NDArray[np.float64]:
    """A unit of few letters leaves more to its neighbours, and less to the rest of the document."""
    return np.minimum(1.0, size / _TRUSTED_LENGTH)


def _by_language(
    detector: Detector, texts: Sequence[str], chinese: frozenset[str]
) -> list[dict[str, float]]:
    """Per text the probability of each language; those of ``chinese`` count as Chinese."""
    found = []
    for ranking in detector.rank(texts):
        merged: dict[str, float] = {}
        for tag, probability in ranking:
            lang = "zh" if language(tag) in chinese else language(tag)
            merged[lang] = merged.get(lang, 0.0) + probability
        found.append(merged)
    return found


def _obey_scripts(own: NDArray[np.float64], texts: Sequence[str], states: Sequence[str]) -> None:
    """Bar what cannot be written in the script of a unit, unless a part of it is in another."""
    allowed: dict[str, NDArray[np.float64]] = {}
    for i, text in enumerate(texts):
        main = main_script(text)
        found = {script for script, _ in scripts(text)} | {main}
        key = " ".join([main, *sorted(found)])
        if key not in allowed:
            veto = [_script_cost(state, main, found) for state in states]
            allowed[key] = np.array(veto if max(veto) == 0.0 else [0.0] * len(veto))
        own[i] += allowed[key]


def _script_cost(state: str, main: str, found: set[str]) -> float:
    if fits(state, main):
        return 0.0
    return _MINORITY if any(fits(state, script) for script in found) else _VETO


def _prior(
    own: NDArray[np.float64],
    size: NDArray[np.float64],
    states: Sequence[str],
    langs: Sequence[str],
) -> NDArray[np.float64]:
    trusted = size >= _TRUSTED_LENGTH
    declared = {language(tag) for tag in langs}
    prior = np.array(
        [0.0 if not declared or language(x) in declared else _UNDECLARED for x in states]
    )
    if trusted.any():
        from aligner.detect.smooth import soft_prior

        prior = prior + soft_prior(own[trusted] + prior, size[trusted])
    return prior


def _with_hints(
    prior: NDArray[np.float64], hints: Sequence[str | None], worth: float, states: Sequence[str]
) -> NDArray[np.float64]:
    whole = np.array(np.broadcast_to(prior, (len(hints), len(states))))
    for i, hint in enumerate(hints):
        for state in range(len(states)) if hint else ():
            if hint and language(hint) == language(states[state]):
                whole[i, state] += worth
    return whole


def has_script(text: str) -> bool:
    """True if any letter of a known script is in a text."""
    return any(map(script_of, text))
