"""Turns documents in several languages into aligned TEI parallel corpora.

Importing this package loads no numpy, no lxml and no model; names load their room when asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_ROOMS = {
    "AlignerError": "aligner.errors",
    "Alignment": "aligner.model",
    "Bead": "aligner.model",
    "Block": "aligner.model",
    "Corpus": "aligner.model",
    "Document": "aligner.model",
    "Fact": "aligner.model",
    "Parallel": "aligner.model",
    "Segment": "aligner.model",
    "Sentence": "aligner.model",
    "Span": "aligner.model",
    "Step": "aligner.model",
    "Version": "aligner.model",
    "align": "aligner.pipeline",
    "align_files": "aligner.pipeline",
    "detect": "aligner.pipeline",
    "load": "aligner.pipeline",
    "read": "aligner.pipeline",
    "run": "aligner.pipeline",
    "split": "aligner.pipeline",
    "write": "aligner.pipeline",
}

__all__ = [
    "AlignerError",
    "Alignment",
    "Bead",
    "Block",
    "Corpus",
    "Document",
    "Fact",
    "Parallel",
    "Segment",
    "Sentence",
    "Span",
    "Step",
    "Version",
    "align",
    "align_files",
    "detect",
    "load",
    "read",
    "run",
    "split",
    "write",
]

if TYPE_CHECKING:
    from aligner.errors import AlignerError
    from aligner.model import (
        Alignment,
        Bead,
        Block,
        Corpus,
        Document,
        Fact,
        Parallel,
        Segment,
        Sentence,
        Span,
        Step,
        Version,
    )
    from aligner.pipeline import align, align_files, detect, load, read, run, split, write


def __getattr__(name: str) -> Any:
    if name not in _ROOMS:
        raise AttributeError(f"module 'aligner' has no attribute {name!r}")
    found = getattr(import_module(_ROOMS[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
