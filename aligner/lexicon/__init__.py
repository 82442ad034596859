"""Knowledge of words: the built-in model, models of one's own, user dictionaries."""

from __future__ import annotations

from aligner.lexicon.lexicon import Lexicon, built_in, built_in_path

__all__ = ["Lexicon", "built_in", "built_in_path"]
