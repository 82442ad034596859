"""The gold sets as records: every document's languages, unit texts and beads, and the figures asked.

The folder is ``$ALIGNER_GOLD``, else ``../shared/gold`` beside the checkout.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from aligner.evaluate import Group
from aligner.formats import jsonl, vecalign

GOLD = Path(os.environ.get("ALIGNER_GOLD", Path(__file__).parents[3] / "shared" / "gold"))

# Strict F1 asked for: without word knowledge, with it.
ASKED = {
    "textberg_dev_de-fr": (0.87, 0.89),
    "dtm_hu-en": (0.985, 0.987),
    "maligna_en-pl": (0.955, 0.955),
    "maligna_pl-de": (None, None),
    "grc_en-grc": (0.95, 0.95),
    "ntrex_long_az-en": (0.98, 0.988),
    "ntrex_long_de-en": (0.98, 0.988),
    "ntrex_long_ar-en": (0.965, 0.975),
    "ntrex_long_hi-en": (0.985, 0.987),
    "ntrex_long_zh-en": (0.97, 0.984),
    "ntrex_docs_az-en": (0.967, 0.985),
    "ntrex_docs_de-en": (0.973, 0.985),
}
ASKED_MANY = {"nway_az-tr-en": (0.92, 0.945), "nway_de-fr-en": (0.92, 0.945)}


@dataclass(frozen=True, slots=True)
class Doc:
    """One document: unit texts by language in the order of the set's name, and its gold beads."""

    name: str
    texts: dict[str, list[str]]
    gold: tuple[Group, ...]


def documents(name: str) -> list[Doc]:
    """Every document of a set, by name."""
    langs = name.rsplit("_", 1)[1].split("-")
    folder = GOLD / name
    if (folder / "gold.txt").is_file():
        return [_two(folder, langs)]
    read = _two if len(langs) == 2 else _many
    return [read(child, langs) for child in sorted(folder.iterdir()) if child.is_dir()]


def _two(folder: Path, langs: Sequence[str]) -> Doc:
    texts = {
        lang: _lines(folder / f"{side}.txt")
        for lang, side in zip(langs, ("src", "tgt"), strict=False)
    }
    return Doc(
        folder.name, texts, tuple(rung.units for rung in vecalign.rungs(folder / "gold.txt"))
    )


def _many(folder: Path, langs: Sequence[str]) -> Doc:
    beads = tuple(
        tuple(line.units.get(lang, ()) for lang in langs)
        for line in jsonl.lines(folder / "gold.jsonl")
    )
    return Doc(folder.name, {lang: _lines(folder / f"{lang}.txt") for lang in langs}, beads)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n")[:-1]
