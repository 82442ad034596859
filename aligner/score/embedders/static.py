"""model2vec's static models (extra ``m2v``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from aligner.errors import MissingExtraError, ModelError
from aligner.score.embedders import local_folder

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Static:
    """A model2vec model as an Embedder."""

    def __init__(self, model: Any) -> None:
        self._model = model

    def encode(self, texts: list[str]) -> NDArray[np.float32]:
        """Texts in, float32 (n, d) out."""
        if not texts:
            return np.zeros((0, self._model.dim), np.float32)
        return np.asarray(self._model.encode(texts, show_progress_bar=False), np.float32)


def open_model(name: str) -> Static:
    """Open a model by name or folder; nothing is downloaded.

    Raises MissingExtraError without the extra ``m2v``, ModelError for what is no such model.
    """
    try:
        from model2vec import StaticModel
    except ImportError as error:
        raise MissingExtraError("a model2vec model", package="model2vec", extra="m2v") from error
    folder = local_folder(name)
    try:
        return Static(StaticModel.from_pretrained(folder))
    except Exception as error:  # damage shows itself as exceptions of every kind
        raise ModelError(
            "this is no model of model2vec", where=folder, why=str(error)[:200]
        ) from error
