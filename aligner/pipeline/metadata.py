"""Metadata that a person states: a TOML file in, facts out."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from aligner.errors import UsageError
from aligner.model import FACTS, Fact

DIRECTIONS = ("original", "translation", "machine", "unknown")


def facts_from_toml(path: Path) -> tuple[Fact, ...]:
    """Read a metadata file: its path in, its facts in order out.

    Keys at the top are about the corpus, keys in a table (``[ru]``) about that language; a value
    is a text, a number, a date, or a list of them. Raises UsageError naming the key that is wrong.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(
            "this metadata file cannot be read",
            where=str(path),
            why=str(error),
            do='Write TOML: title = "..." and tables such as [ru]',
        ) from error
    facts = []
    for name, value in tables.items():
        if isinstance(value, dict):
            for inner, each in value.items():
                facts += _facts(inner, each, name, path)
        else:
            facts += _facts(name, value, None, path)
    return tuple(facts)


def _facts(name: str, value: Any, lang: str | None, path: Path) -> list[Fact]:
    key = f"{lang}.{name}" if lang else name
    if name not in FACTS:
        raise UsageError(
            f"no metadata is called {key!r}", where=str(path), do=f"Known: {', '.join(FACTS)}"
        )
    values = value if isinstance(value, list) else [value]
    texts = ["" if isinstance(each, dict | bool) else str(each).strip() for each in values]
    if not all(texts):
        raise UsageError(f"{key!r} has no text for a value", where=str(path))
    if name == "direction" and not set(texts) <= set(DIRECTIONS):
        raise UsageError(
            f"{texts[0]!r} is no direction", where=str(path), do=f"Use {', '.join(DIRECTIONS)}"
        )
    return [Fact(name, text, lang) for text in texts]
