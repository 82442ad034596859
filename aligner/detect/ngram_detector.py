"""The detector of letter sequences and scripts: fast, and sure about most sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from aligner.detect.ngrams import NgramModel, load
from aligner.detect.ranking import Ranking, among, ranked
from aligner.detect.scripts import fits, is_usual, main_script
from aligner.detect.tags import language

if TYPE_CHECKING:
    from numpy.typing import NDArray

_VETO = -50.0
_NO_NGRAMS, _SELDOM, _ENGLISH = -8.0, -4.0, 3.0  # ln of the prior odds
_HEAT = 2.0  # times the square root of the letters: makes the probabilities honest
_ENOUGH, _SURE, _FAR, _UNUSUAL = 20, 0.95, 20.0, -0.8
UNSEEN = 1.2
"""Nats a letter by which a language without n-grams falls behind the best one."""
READ = 4000
"""So many characters of a text are read at most: more say nothing new."""

_ONE_SCRIPT = (
    "am",
    "bo",
    "dz",
    "el",
    "gu",
    "he",
    "hy",
    "ka",
    "km",
    "kn",
    "ko",
    "lo",
    "ml",
    "my",
    "or",
    "pa",
    "si",
    "ta",
    "te",
    "th",
)
_SELDOM_SEEN = frozenset(
    [
        "as",
        "az-Cyrl",
        "br",
        "ckb",
        "cv",
        "eo",
        "fo",
        "fy",
        "gd",
        "ha",
        "ig",
        "jv",
        "ku",
        "lb",
        "mt",
        "oc",
        "qu",
        "rw",
        "so",
        "su",
        "tk-Cyrl",
        "xh",
        "yo",
        "zu",
    ]
)


@lru_cache(maxsize=1)
def built_in() -> NgramModel:
    """The n-gram model that comes with the library, read once."""
    return load(Path(__file__).parent / "data" / "ngrams.npz")


class Seen(NamedTuple):
    """What is looked up once for a text: letters (plus one), main script, n-gram scores."""

    texts: Sequence[str]
    size: NDArray[np.float64]
    scripts: tuple[str, ...]
    scores: NDArray[np.float64]

    def part(self, rows: NDArray[np.intp]) -> Seen:
        """The same for some of the texts."""
        return Seen(
            [self.texts[i] for i in rows],
            self.size[rows],
            tuple(self.scripts[i] for i in rows),
            self.scores[rows],
        )


@dataclass(slots=True)
class NgramDetector:
    """Ranks languages by letter sequences and script alone: fast, and sure about most sentences."""

    model: NgramModel = field(default_factory=built_in)
    name = "ngrams"
    version = "1"

    @classmethod
    def from_file(cls, path: Path) -> NgramDetector:
        """A detector with a model that ``models build-profiles --kind ngrams`` made."""
        return cls(load(path))

    def rank(self, texts: Sequence[str], candidates: Iterable[str] | None = None) -> list[Ranking]:
        """Texts in; per text (tag, probability), best first, summing to 1."""
        wanted = None if candidates is None else tuple(dict.fromkeys(candidates))
        return self.ranked(self.seen(texts), wanted) if texts else []

    def seen(self, texts: Sequence[str]) -> Seen:
        """What n-grams and scripts say about texts, or of long ones about their beginnings."""
        texts = [text[:READ] for text in texts]
        size = np.array([sum(map(str.isalpha, text)) + 1.0 for text in texts])
        return Seen(texts, size, tuple(map(main_script, texts)), self.model.scores(texts))

    def ranked(self, seen: Seen, wanted: tuple[str, ...] | None) -> list[Ranking]:
        """The ranking that follows from n-grams and scripts."""
        return finished(self.total(seen), seen, self.langs, wanted)

    def total(self, seen: Seen) -> NDArray[np.float64]:
        """The same with the prior, one column for each of ``langs``."""
        return self.known(seen) + prior(self.langs, self.model.tags)

    @property
    def langs(self) -> tuple[str, ...]:
        """The languages that n-grams or scripts can tell."""
        return _langs(self.model.tags)

    def known(self, seen: Seen) -> NDArray[np.float64]:
        """The same without the prior, 0 for the best of each text."""
        barred = vetoes(seen.scripts, self.model.tags, seen=True)
        scores = seen.scores + barred
        langs = self.langs
        tags, langs_of, more = _places(self.model.tags, langs)
        known = np.full((len(seen.texts), len(langs)), -np.inf)
        known[:, langs_of] = scores[:, tags]
        for tag, place in more:
            np.maximum(known[:, place], scores[:, tag], out=known[:, place])
        best = known.max(axis=1, keepdims=True)
        known = np.where(np.isinf(known), -UNSEEN * seen.size[:, None], known - best)
        known[barred.max(axis=1) < 0.0] = 0.0  # no n-grams for anything in this script
        return known + vetoes(seen.scripts, langs)

    def doubtful(self, seen: Seen, total: NDArray[np.float64]) -> NDArray[np.intp]:
        """The numbers of the texts for which another opinion may change the result.

        Sure are long texts with one likely language, and short ones with one far ahead, whose
        letters are as usual in it.
        """
        best = total.argmax(axis=1)
        behind = total.max(axis=1, keepdims=True) - total
        lead = behind / (_HEAT * np.sqrt(seen.size))[:, None]
        likely = (seen.size > _ENOUGH) & (1.0 / np.exp(-lead).sum(axis=1) > _SURE)
        likely |= (seen.size <= _ENOUGH) & ((behind < _FAR).sum(axis=1) == 1)
        langs = self.langs
        for i in np.flatnonzero(likely):
            likely[i] = self._relative(seen, i, langs[best[i]]) >= _UNUSUAL
        return np.flatnonzero(~likely)

    def fit(self, texts: Sequence[str], langs: Sequence[str]) -> list[float]:
        """By how much a letter of each text says more (or less) than is usual in its language."""
        seen = self.seen(texts)
        return [self._relative(seen, i, lang) for i, lang in enumerate(langs)]

    def _relative(self, seen: Seen, i: int | np.intp, tag: str) -> float:
        own = _columns(self.model.tags).get(language(tag), ())
        found = [seen.scores[i, n] / seen.size[i] - self.model.norms[n] for n in own]
        return float(max(found, default=0.0))


@lru_cache(maxsize=8)
def _places(
    tags: tuple[str, ...], langs: tuple[str, ...]
) -> tuple[list[int], list[int], list[tuple[int, int]]]:
    """The first tag of each language and its place in ``langs``; the other tags with theirs."""
    place = {lang: number for number, lang in enumerate(langs)}
    first = {lang: numbers[0] for lang, numbers in _columns(tags).items()}
    more = [(n, place[lang]) for lang, ns in _columns(tags).items() for n in ns[1:]]
    return list(first.values()), [place[lang] for lang in first], more


@lru_cache(maxsize=8)
def _langs(tags: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({*_columns(tags), *_ONE_SCRIPT}))


@lru_cache(maxsize=8)
def _columns(tags: tuple[str, ...]) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for number, tag in enumerate(tags):
        found[language(tag)] = (*found.get(language(tag), ()), number)
    return found


def vetoes(
    scripts: Sequence[str], tags: tuple[str, ...], *, seen: bool = False
) -> NDArray[np.float64]:
    """What bars tags from scripts, with ``seen`` from all but their own; as (texts, tags)."""
    kinds = sorted(set(scripts))
    rows = np.array([_veto(script, tags, seen) for script in kinds])
    return rows[[kinds.index(script) for script in scripts]]


@lru_cache(maxsize=256)
def _veto(script: str, tags: tuple[str, ...], seen: bool) -> NDArray[np.float64]:
    allowed = [(is_usual(tag, script) if seen else fits(tag, script)) for tag in tags]
    return np.where(allowed, 0.0, _VETO)


@lru_cache(maxsize=8)
def prior(langs: tuple[str, ...], tags: tuple[str, ...]) -> NDArray[np.float64]:
    """The ln of the prior odds of languages, given the tags that have n-grams."""
    usual = {language(tag) for tag in tags if tag not in _SELDOM_SEEN} | set(_ONE_SCRIPT)
    odds = {language(tag): _SELDOM for tag in tags} | dict.fromkeys(usual, 0.0) | {"en": _ENGLISH}
    return np.array([odds.get(lang, _NO_NGRAMS) for lang in langs])


def finished(
    total: NDArray[np.float64],
    seen: Seen,
    langs: Sequence[str],
    wanted: tuple[str, ...] | None,
) -> list[Ranking]:
    """The rankings that totals (texts, langs) of all evidence give."""
    if not len(total):
        return []
    cooled = total / (_HEAT * np.sqrt(seen.size))[:, None]
    if wanted is None:
        return ranked(cooled, seen.texts, seen.scripts, langs)
    rows = zip(cooled, seen.texts, seen.scripts, strict=True)
    return [among(row, text, script, langs, wanted) for row, text, script in rows]
