"""The plug-in points, one method each: pass an object, or a name that ``registry`` knows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from aligner.model import Corpus, Document

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Reader(Protocol):
    """Reads one kind of file; raises ``errors.ReadError`` with its reason to decline one."""

    def __call__(self, path: Path) -> Document:
        """Path of a file in, document out."""
        ...


class Detector(Protocol):
    """Tells the language of texts."""

    def rank(
        self, texts: Sequence[str], candidates: Iterable[str] | None = None
    ) -> list[list[tuple[str, float]]]:
        """Texts in; per text (BCP 47 tag, probability) out, best first, summing to 1."""
        ...


class Splitter(Protocol):
    """Cuts a text into sentences."""

    def split(self, text: str, lang: str) -> Iterable[tuple[int, int]]:
        """A text and its tag in; (start, end) code points out, only white space outside them."""
        ...


class Embedder(Protocol):
    """Turns texts into vectors (sentence-transformers and model2vec objects fit as they are)."""

    def encode(self, texts: list[str]) -> NDArray[np.float32]:
        """n texts in, an array of shape (n, d) out."""
        ...


class Writer(Protocol):
    """Writes a corpus in one format and reports what that format cannot hold."""

    def __call__(self, corpus: Corpus, path: Path) -> Any:
        """A corpus and the path of the file to make in; a report of what was lost out."""
        ...
