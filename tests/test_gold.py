"""Floors: what the engine reaches on the gold sets may not get worse.

Strict F1 in percent, without and with word knowledge, a little below what docs/benchmarks.md
measured; the sets are described in the README beside them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import aligner
from aligner.evaluate import score_documents

FLOORS = {
    "textberg_dev_de-fr": (87.0, 89.0),
    "dtm_hu-en": (98.5, 98.5),
    "maligna_en-pl": (95.5, 95.5),
    "maligna_pl-de": (100.0, 100.0),
    "grc_en-grc": (96.5, 96.5),
    "ntrex_long_az-en": (98.8, 98.9),
    "ntrex_long_de-en": (99.2, 99.2),
    "ntrex_long_ar-en": (97.6, 97.7),
    "ntrex_long_hi-en": (99.3, 99.3),
    "ntrex_long_zh-en": (98.2, 98.5),
    "ntrex_docs_az-en": (97.6, 98.1),
    "ntrex_docs_de-en": (97.3, 99.0),
}
MANY = {"nway_az-tr-en": (96.5, 98.0), "nway_de-fr-en": (96.2, 97.8)}


@pytest.fixture(scope="module")
def gold_sets(shared: Path) -> Iterator[object]:
    """The reader of the gold sets, which the benchmarks use too."""
    folder = str(Path(__file__).parent / "bench")
    sys.path.insert(0, folder)
    try:
        import gold_sets as sets

        yield sets
    finally:
        sys.path.remove(folder)


def strict(sets, name: str, *, words: bool) -> float:
    documents = sets.documents(name)
    found = [aligner.align(doc.texts, lexicon=None if words else False) for doc in documents]
    beads = [tuple(tuple(map(tuple, bead.sides)) for bead in each.beads) for each in found]
    pairs = list(zip(beads, (doc.gold for doc in documents), strict=True))
    return 100 * score_documents(pairs).strict.f1


@pytest.mark.parametrize("name", FLOORS)
@pytest.mark.parametrize("words", [False, True], ids=["plain", "words"])
def test_two_versions(gold_sets, name: str, words: bool) -> None:
    assert strict(gold_sets, name, words=words) >= FLOORS[name][words]


@pytest.mark.slow
@pytest.mark.parametrize("name", MANY)
@pytest.mark.parametrize("words", [False, True], ids=["plain", "words"])
def test_three_versions(gold_sets, name: str, words: bool) -> None:
    assert strict(gold_sets, name, words=words) >= MANY[name][words]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["ntrex_docs_az-en", "ntrex_docs_de-en"])
def test_short_texts_of_one_job_teach_each_other(gold_sets, name: str) -> None:
    import together

    _, alone, both = together.measured(name, words=False)
    assert both > alone


@pytest.mark.slow
def test_a_sentence_that_is_no_translation_falls_out(gold_sets) -> None:
    import planted

    tried, found, beads, broken = planted.measured("nway_de-fr-en", 7)
    assert found >= 0.9 * tried
    assert broken <= 0.02 * beads
