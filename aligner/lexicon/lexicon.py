"""The lexicon: what is known of words before a text is seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aligner.errors import ModelError
from aligner.lexicon import store
from aligner.lexicon.families import FAMILIES, skeletons
from aligner.lexicon.keys import heads, keys
from aligner.lexicon.rows import Rows, Said, Tongue, summed
from aligner.lexicon.words import fold, language, tokens

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from aligner.lexicon.prior import Choice, Pairs

VECTOR = 256
"""Length of a sentence vector."""


@dataclass(frozen=True, eq=False)
class Lexicon:
    """A word model: words of many languages as weights over one set of concepts.

    Make one with ``Lexicon.open(path)`` or ``built_in()``. Languages are named by BCP 47 tags, of
    which the primary language counts (``uz-Cyrl`` and ``uz`` are one).
    """

    name: str
    facts: dict[str, Any] = field(repr=False)
    arrays: dict[str, NDArray[Any]] = field(repr=False)

    @classmethod
    def open(cls, path: Path) -> Lexicon:
        """The model in a file; raises ModelError if it is missing, damaged or too old or new."""
        facts, arrays = store.load(path)
        for lang in (*facts.get("langs", ()), "kin"):
            if any(f"{lang}.{part}" not in arrays for part in _PARTS):
                raise ModelError(f"the word model lacks a part of {lang!r}", where=str(path))
        return cls(path.name, facts, arrays)

    @property
    def langs(self) -> tuple[str, ...]:
        """The primary languages that the model knows, sorted."""
        return tuple(self.facts["langs"])

    @property
    def concepts(self) -> int:
        """How many concepts the model's words are weighed over."""
        return int(self.facts["concepts"])

    def knows(self, *tags: str) -> bool:
        """Whether the model has words of every one of these languages."""
        return all(language(tag) in self.langs for tag in tags)

    @property
    def prior(self) -> Lexicon:
        """The lexicon itself, under the name by which evidence for beads asks for it."""
        return self

    def similarity(
        self, words_a: Sequence[str], lang_a: str, words_b: Sequence[str], lang_b: str
    ) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32]] | None:
        """Which words of two lists may be translations of each other.

        Out: numbers into ``words_a``, numbers into ``words_b``, and a similarity in 0..1 for each
        pair; None if the model does not know one of the languages. The lists should be those of
        a whole text: every word is measured against its rivals in the other list.
        """
        if not self.knows(lang_a, lang_b):
            return None
        pairs = self._alike(words_a, lang_a, words_b, lang_b)
        return pairs.rows, pairs.cols, pairs.values

    def _alike(
        self, words_a: Sequence[str], lang_a: str, words_b: Sequence[str], lang_b: str
    ) -> Pairs:
        from aligner.lexicon.prior import similarity

        left, right = (self.rows(*of, kin=True) for of in ((words_a, lang_a), (words_b, lang_b)))
        return similarity(left, right, self._choice)

    @cached_property
    def _choice(self) -> Choice:
        from aligner.lexicon.prior import Choice

        return Choice(**self.facts.get("choice", {}))

    def rows(self, words: Sequence[str], lang: str, *, kin: bool = False) -> Rows:
        """The words as unit vectors over concepts; a word that is not known has an empty one.

        With ``kin`` a part of what a word says goes over to the concepts near its own.
        """
        from aligner.lexicon.kin import spread

        lang = language(lang)
        said = self._said([fold(word, lang) for word in words], lang)
        parts = [part for one in said for part in spread(one, self._kin)] if kin else said
        return summed(parts, len(words))

    def _said(self, words: Sequence[str], lang: str) -> list[Said]:
        """What is known of words; of a form that was never seen, from all that it is like."""
        import numpy as np

        own = self._tongue(lang)
        family = FAMILIES.get(lang, "")
        found, whole = own.find([keys(word, lang) for word in words])
        new = np.flatnonzero(~whole)
        unseen = [words[n] for n in new.tolist()]
        headed, _ = own.find([heads(word, lang) for word in unseen])
        akin = np.full(len(new), -1, np.int64)
        if f"{family}.codes" in self.arrays:
            forms = skeletons(unseen, lang)
            akin, _ = self._tongue(family).find([keys(form, family) for form in forms])
        share = np.ones(len(words))
        share[new] /= np.maximum((found[new] >= 0) * 1.0 + (headed >= 0) + (akin >= 0), 1)
        said = [own.say(np.arange(len(words)), found, share), own.say(new, headed, share[new])]
        if (akin >= 0).any():
            said.append(self._tongue(family).say(new, akin, share[new]))
        return said

    def _tongue(self, lang: str) -> Tongue:
        if lang not in self._tongues:
            self._tongues[lang] = Tongue(*(self.arrays[f"{lang}.{part}"] for part in _PARTS))
        return self._tongues[lang]

    @cached_property
    def _tongues(self) -> dict[str, Tongue]:
        return {}

    @cached_property
    def _kin(self) -> Tongue:
        return Tongue(*(self.arrays[f"kin.{part}"] for part in _PARTS))

    def text_similarity(self, text_a: str, lang_a: str, text_b: str, lang_b: str) -> float | None:
        """How much of two texts is said in both, 0..1; None if a language is not known.

        The mean over both texts of the best cosine that each known word finds in the other one.
        """
        import numpy as np

        from aligner.lexicon.prior import cosines

        if not self.knows(lang_a, lang_b):
            return None
        left, right = (
            self.rows(sorted(set(tokens(text, language(lang)))), lang, kin=True)
            for text, lang in ((text_a, lang_a), (text_b, lang_b))
        )
        pairs = cosines(left, right)
        halves = []
        for rows, of in ((left, pairs.rows), (right, pairs.cols)):
            best = np.zeros(len(rows))
            np.maximum.at(best, of, pairs.values)
            known = np.diff(rows.starts) > 0
            halves.append(float(best[known].mean()) if known.any() else 0.0)
        return min(1.0, sum(halves) / 2)

    def explain(
        self, text_a: str, lang_a: str, text_b: str, lang_b: str
    ) -> list[tuple[str, str, float]]:
        """Which words speak for two texts meaning the same: (word, word, 0..1), best first."""
        if not self.knows(lang_a, lang_b):
            return []
        words_a = sorted(set(tokens(text_a, language(lang_a))))
        words_b = sorted(set(tokens(text_b, language(lang_b))))
        pairs = self._alike(words_a, lang_a, words_b, lang_b)
        cells = zip(pairs.rows.tolist(), pairs.cols.tolist(), pairs.values.tolist(), strict=True)
        found = [(words_a[i], words_b[j], round(value, 4)) for i, j, value in cells]
        return sorted(found, key=lambda pair: (-pair[2], pair))

    def encode(self, texts: Sequence[str], lang: str) -> NDArray[np.float32]:
        """Texts as unit vectors, shape (n, 256); a text without a known word is all zeros.

        Concepts are projected at random, from a fixed seed (Johnson and Lindenstrauss 1984), so
        that the vectors of all languages can be compared.
        """
        from aligner.lexicon.vectors import encode

        return encode(self, texts, lang, VECTOR)


_PARTS = ("codes", "sizes", "concepts", "weights")


@lru_cache(maxsize=1)
def built_in() -> Lexicon:
    """The model that comes with the package; raises ModelError if it was left out."""
    return Lexicon.open(built_in_path())


def built_in_path() -> Path:
    """Where the model that comes with the package lies."""
    return Path(str(resources.files("aligner.lexicon") / "model" / "words.alx"))
