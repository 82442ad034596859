"""The detector py3langid: naive Bayes over byte n-grams, 138 languages.

Adrien Barbaresi's py3langid, after Marco Lui and Timothy Baldwin, "langid.py" (ACL 2012).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from aligner.detect.scripts import fits, main_script
from aligner.detect.tags import language, tag_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

_LONGEST = 4000  # bytes of a text that are read: more say nothing new
_AT_ONCE = 8192  # features whose weights are added in one step


class Py3LangidDetector:
    """Ranks languages with py3langid's own model and probabilities."""

    name = "py3langid"

    def __init__(self) -> None:
        self._model: Any = None

    @property
    def version(self) -> str:
        """The version of the py3langid package."""
        from importlib.metadata import version

        return version("py3langid")

    def rank(
        self, texts: Sequence[str], candidates: Iterable[str] | None = None
    ) -> list[list[tuple[str, float]]]:
        """Texts in; per text (tag, probability), best first, summing to 1."""
        wanted = None if candidates is None else tuple(dict.fromkeys(candidates))
        model = self._loaded()
        return [_among(model.rank(text), wanted, text) for text in texts]

    def _loaded(self) -> Any:
        if self._model is None:
            from py3langid.langid import MODEL_FILE, LanguageIdentifier

            self._model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
        return self._model


class ByteNgrams:
    """The same model for many texts at once: one step of its automaton for all of them."""

    def __init__(self) -> None:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier

        model = LanguageIdentifier.from_model_file(MODEL_FILE)
        self._next = np.asarray(model.tk_nextmove)
        self._row = np.asarray(model.tk_row, dtype=np.intp) << 8
        self._feature = np.asarray(model.tk_output, dtype=np.int32)
        self._weights = model.nb_ptc
        self._prior = model.nb_pc
        self._classes = tuple(model.nb_classes)
        self.labels: tuple[str, ...] = tuple(dict.fromkeys(self._classes))
        """The labels, which are the columns of ``scores``."""

    def scores(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Texts in; an array (texts, labels) of ln p, up to a constant for each text, out."""
        owner, feature, count = self._counted([_bytes(text) for text in texts])
        total = np.zeros((len(texts), len(self._classes)), dtype=np.float32)
        said = np.log1p(count.astype(np.float32))[:, None]
        for start in range(0, len(owner), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            owners, first = np.unique(owner[part], return_index=True)
            weights = self._weights[feature[part]].astype(np.float32)
            total[owners] += np.add.reduceat(weights * said[part], first, axis=0)
        total[np.unique(owner)] += self._prior
        merged = np.full((len(texts), len(self.labels)), -np.inf, dtype=np.float32)
        places = {label: number for number, label in enumerate(self.labels)}
        for number, label in enumerate(self._classes):  # two scripts of one language
            np.maximum(merged[:, places[label]], total[:, number], out=merged[:, places[label]])
        return merged

    def _counted(
        self, texts: Sequence[bytes]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """The features of each text: number of the text, of the feature, and how often."""
        size = np.array([len(text) for text in texts])
        order = np.argsort(-size, kind="stable")
        width = int(size.max(initial=0))
        letters = np.zeros((len(texts), width), dtype=np.uint8)
        for line, number in enumerate(order):
            letters[line, : size[number]] = np.frombuffer(texts[number], dtype=np.uint8)
        going = np.searchsorted(-size[order], -np.arange(width), side="left")
        state: NDArray[Any] = np.zeros(len(texts), dtype=np.intp)
        found = np.full((width, len(texts)), -1, dtype=np.int32)
        columns = letters.T.copy()
        for step, active in enumerate(going.tolist()):
            state = self._next[self._row[state[:active]] + columns[step, :active]]
            found[step, :active] = self._feature[state]
        place, row = np.nonzero(found >= 0)
        many = len(self._weights)
        keys, count = np.unique(order[row] * many + found[place, row], return_counts=True)
        return keys // many, keys % many, count


@lru_cache(maxsize=1)
def byte_ngrams() -> ByteNgrams:
    """The model that comes with py3langid, read once."""
    return ByteNgrams()


def _bytes(text: str) -> bytes:
    """A text as py3langid reads it."""
    text = unicodedata.normalize("NFC", text.lower() if text.isupper() else text)
    return text.encode("utf-8", "surrogatepass")[:_LONGEST]


def _among(
    ranking: list[tuple[str, float]], wanted: tuple[str, ...] | None, text: str
) -> list[tuple[str, float]]:
    ranked = [(tag_of(label), probability) for label, probability in ranking]
    if wanted is None:
        return ranked
    script = main_script(text)
    known = dict(ranked)
    kept = [(tag, known.get(language(tag), 0.0) * fits(tag, script)) for tag in wanted]
    total = sum(probability for _, probability in kept)
    if total <= 0.0:
        return [(tag, 1.0 / len(kept)) for tag, _ in kept]
    return sorted(((tag, p / total) for tag, p in kept), key=lambda pair: (-pair[1], pair[0]))
