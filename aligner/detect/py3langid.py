"""The detector py3langid: naive Bayes over byte n-grams, 138 languages.

Adrien Barbaresi's py3langid, after Marco Lui and Timothy Baldwin, "langid.py" (ACL 2012).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aligner.detect.scripts import fits, main_script
from aligner.detect.tags import language, tag_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


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
