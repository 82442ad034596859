"""Turns documents in several languages into aligned TEI parallel corpora.

Importing this package loads no numpy, no lxml and no model; names load their room when asked for.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from aligner.version import __version__ as __version__

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
    "add": "aligner.pipeline",
    "align": "aligner.pipeline",
    "align_files": "aligner.pipeline",
    "convert": "aligner.pipeline",
    "detect": "aligner.pipeline",
    "kwic": "aligner.analysis.kwic",
    "load": "aligner.pipeline",
    "read": "aligner.pipeline",
    "realign": "aligner.pipeline",
    "run": "aligner.pipeline",
    "split": "aligner.pipeline",
    "stats": "aligner.analysis.stats",
    "terms": "aligner.analysis.terms",
    "to_frame": "aligner.analysis.frame",
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
    "add",
    "align",
    "align_files",
    "convert",
    "detect",
    "kwic",
    "load",
    "read",
    "realign",
    "run",
    "split",
    "stats",
    "terms",
    "to_frame",
    "write",
]

if TYPE_CHECKING:
    from aligner.analysis.frame import to_frame
    from aligner.analysis.kwic import kwic
    from aligner.analysis.stats import stats
    from aligner.analysis.terms import terms
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
    from aligner.pipeline import (
        add,
        align,
        align_files,
        convert,
        detect,
        load,
        read,
        realign,
        run,
        split,
        write,
    )


class _Package(ModuleType):
    """Keeps ``aligner.read`` the function: importing the room of that name would replace it."""

    def __getattr__(self, name: str) -> Any:
        if name not in _ROOMS:
            raise AttributeError(f"module 'aligner' has no attribute {name!r}")
        found = getattr(import_module(_ROOMS[name]), name)
        super().__setattr__(name, found)
        return found

    def __setattr__(self, name: str, value: Any) -> None:
        if not (name in _ROOMS and isinstance(value, ModuleType)):
            super().__setattr__(name, value)

    def __dir__(self) -> list[str]:
        return sorted([*__all__, "__version__"])


sys.modules[__name__].__class__ = _Package
