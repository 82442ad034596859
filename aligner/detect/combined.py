"""The default detector: a product of experts - letter sequences, py3langid, scripts, a prior.

Each expert gives ln p per language; they are added with weights that were fitted on half of a set
of sentences, words and pieces in 73 languages (docs/benchmarks.md has both halves).
Geoffrey Hinton, "Products of experts" (1999).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from aligner.detect.ngram_detector import (
    READ,
    UNSEEN,
    NgramDetector,
    Seen,
    finished,
    prior,
    vetoes,
)
from aligner.detect.py3langid import byte_ngrams
from aligner.detect.tags import tag_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aligner.detect.ranking import Ranking

_SHORT, _LONG, _MIDDLE, _SLOPE = 1.6, 5.0, 3.0, 3.0  # py3langid's weight by ln(letters)
_TEXTS, _CHARACTERS = 1024, 32768  # at most in a batch


@dataclass(slots=True)
class CombinedDetector:
    """Ranks languages by n-grams of our own and py3langid's together."""

    quick: NgramDetector = field(default_factory=NgramDetector)
    name = "combined"
    version = "1"

    def rank(self, texts: Sequence[str], candidates: Iterable[str] | None = None) -> list[Ranking]:
        """Texts in; per text (tag, probability), best first, summing to 1."""
        wanted = None if candidates is None else tuple(dict.fromkeys(candidates))
        found: list[Ranking] = [[]] * len(texts)
        for rows in _batches(texts):
            seen = self.quick.seen([texts[i] for i in rows])
            for i, ranking in zip(rows.tolist(), self._ranked(seen, wanted), strict=True):
                found[i] = ranking
        return found

    def _ranked(self, seen: Seen, wanted: tuple[str, ...] | None) -> list[Ranking]:
        known = self.quick.known(seen)
        total = known + prior(self.quick.langs, self.quick.model.tags)
        doubtful = self.quick.doubtful(seen, total)
        sure = np.setdiff1d(np.arange(len(total)), doubtful)
        found: list[Ranking] = [[]] * len(total)
        first = finished(total[sure], seen.part(sure), self.quick.langs, wanted)
        second = self._both(seen.part(doubtful), known[doubtful], wanted) if len(doubtful) else []
        for rows, part in ((sure, first), (doubtful, second)):
            for i, ranking in zip(rows.tolist(), part, strict=True):
                found[i] = ranking
        return found

    def _both(
        self, seen: Seen, known: NDArray[np.float64], wanted: tuple[str, ...] | None
    ) -> list[Ranking]:
        other = byte_ngrams()
        langs, places, columns = _together(self.quick.langs, other.labels)
        scores = np.full((len(seen.texts), len(langs)), np.nan)
        scores[:, columns[0]] = other.scores(seen.texts)[:, columns[1]]
        scores -= np.nanmax(scores, axis=1, keepdims=True)
        scores = np.where(np.isnan(scores), np.nanmin(scores, axis=1, keepdims=True), scores)
        long = 1.0 / (1.0 + np.exp(-_SLOPE * (np.log(seen.size) - _MIDDLE)))
        weight = _SHORT + (_LONG - _SHORT) * long
        foreign = vetoes(seen.scripts, self.quick.model.tags, seen=True).max(axis=1) < 0.0
        unseen = np.where(foreign, 0.0, -UNSEEN * seen.size)
        own = unseen[:, None] + vetoes(seen.scripts, langs)
        own[:, places] = known
        own += prior(langs, self.quick.model.tags)
        return finished(own + weight[:, None] * scores, seen, langs, wanted)


def _batches(texts: Sequence[str]) -> Iterator[NDArray[np.intp]]:
    """The numbers of texts, those of about one length together."""
    size = np.array([min(len(text), READ) for text in texts], dtype=np.intp)
    order = np.argsort(size, kind="stable")
    if not len(size):
        return
    batch = np.cumsum(size[order]) // _CHARACTERS + np.arange(len(texts)) // _TEXTS
    yield from np.split(order, np.flatnonzero(np.diff(batch)) + 1)


@lru_cache(maxsize=8)
def _together(
    ours: tuple[str, ...], labels: tuple[str, ...]
) -> tuple[tuple[str, ...], list[int], tuple[list[int], list[int]]]:
    """All languages of both, where ours stand among them, where theirs and in which column."""
    tags = {tag_of(label): number for number, label in enumerate(labels) if label != "zxx"}
    langs = tuple(sorted({*ours, *tags}))
    place = {lang: number for number, lang in enumerate(langs)}
    return langs, [place[x] for x in ours], ([place[x] for x in tags], list(tags.values()))
