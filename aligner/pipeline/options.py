"""The options of splitting and aligning, and how progress is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from aligner.model import UnitKind

if TYPE_CHECKING:
    from aligner.protocols import Embedder, Prior, Splitter

PathLike = str | Path

Progress = Callable[[str, float], None]
"""Called with the name of the work and the share of it that is done, 0 to 1."""


class Options(TypedDict, total=False):
    """How to split and align; what is not given is the library's one configuration.

    * ``splitter``: a name or an object (``rules``)
    * ``unit``: what to align: sentence, keyword, paragraph or verse (``sentence``)
    * ``max_chars``: cut longer units at white space, in characters (none is cut)
    * ``abbreviations``: words that end no sentence, without their last dot
    * ``method``: auto, length, lexical, lexicon, embedding, or a plug-in (``auto``)
    * ``embedder``: an object with ``encode``, a name, or a path
    * ``dictionary``: files of word pairs
    * ``lexicon``: a model file, None for the built-in model, False for none
    * ``shapes``: those that a bead may have, as in ``("1-1", "1-2")``
    * ``max_bead``: the most units of a bead on each side, as in ``(4, 4)``
    * ``pivot``: the tag of the version with which alone the others are aligned
    """

    splitter: str | Splitter
    unit: UnitKind
    max_chars: int | None
    abbreviations: Sequence[str]
    method: str
    embedder: str | Embedder | None
    dictionary: Sequence[Path]
    lexicon: Path | bool | None
    shapes: Sequence[str]
    max_bead: Sequence[int]
    pivot: str | None
    learned: Sequence[Prior]
