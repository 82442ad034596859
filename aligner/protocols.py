"""The plug-in points, one method each: pass an object, or a name that ``registry`` knows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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
        """N texts in, an array of shape (n, d) out."""
        ...


class Writer(Protocol):
    """Writes a corpus in one format and reports what that format cannot hold."""

    def __call__(self, corpus: Corpus, path: Path) -> Any:
        """A corpus and the path of the file to make in; a report of what was lost out."""
        ...


@dataclass(frozen=True, slots=True)
class Band:
    """The beads that a search looks at: for every unit of version A, a stretch of places in B.

    A *node* (i, j) stands before unit i of A and unit j of B; a bead leads from one node to
    another. The problem may be cut into stretches at barriers and anchors: node row ``r`` stands
    for unit ``rows[r]``, its stretch ends with node row ``last[r]`` and column ``end[r]``, and its
    columns run from ``lo[r]`` to ``hi[r]``, both included. Node (r, j) is cell
    ``offsets[r] + j - lo[r]`` of every table. ``shapes`` is int32 (S, 2): units of A, units of B.
    """

    shapes: NDArray[np.int32]
    rows: NDArray[np.int32]
    last: NDArray[np.int32]
    lo: NDArray[np.int32]
    hi: NDArray[np.int32]
    end: NDArray[np.int32]
    offsets: NDArray[np.int64]

    @property
    def cells(self) -> int:
        """The number of nodes: rows of every table over this band."""
        return int(self.offsets[-1])


class Scorer(Protocol):
    """Evidence for beads as additive costs: -ln of a likelihood ratio, lower is better.

    ``size`` is the number of units of both versions. A plug-in is what makes a scorer: a callable
    ``(texts_a, texts_b, *, langs)``.
    """

    @property
    def size(self) -> tuple[int, int]: ...

    def costs(self, band: Band) -> NDArray[np.float32]:
        """A band in; the cost of every bead out, float32 (cells, shapes), +inf where impossible."""
        ...


class Learner(Scorer, Protocol):
    """A scorer that can learn from the texts it scores."""

    def learned(self, band: Band, posteriors: NDArray[np.float32]) -> Learner:
        """A band and the probability of its beads, float32 (cells, shapes), in; a wiser one out."""
        ...


class Prior(Protocol):
    """Knowledge about words of two languages: a dictionary, or a word model."""

    def similarity(
        self, types_a: Sequence[str], lang_a: str, types_b: Sequence[str], lang_b: str
    ) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32]] | None:
        """Lower-cased words in; rows, columns, values 0..1 of a sparse matrix out, or None.

        None means that one of the languages is not known.
        """
        ...
