"""sentence-transformers models (extra ``st``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from aligner.errors import MissingExtraError, ModelError
from aligner.score.embedders import local_folder

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Transformer:
    """A sentence-transformers model as an Embedder."""

    def __init__(self, model: Any) -> None:
        self._model = model

    def encode(self, texts: list[str]) -> NDArray[np.float32]:
        """Texts in, float32 (n, d) out."""
        if not texts:
            return np.zeros((0, self._model.get_sentence_embedding_dimension()), np.float32)
        made = self._model.encode(texts, convert_to_numpy=True, show_progress_bar=False)
        return np.asarray(made, np.float32)


def open_model(name: str) -> Transformer:
    """Open a model by name or folder; nothing is downloaded.

    Raises MissingExtraError without the extra ``st``, ModelError for what is no such model.
    """
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise MissingExtraError(
            "a sentence-transformers model", package="sentence-transformers", extra="st"
        ) from error
    folder = local_folder(name)
    try:
        return Transformer(SentenceTransformer(folder, local_files_only=True))
    except Exception as error:  # damage shows itself as exceptions of every kind
        raise ModelError(
            "this is no model of sentence-transformers", where=folder, why=str(error)[:200]
        ) from error
