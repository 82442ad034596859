"""Passages that moved are told of; the order of the beads is not bent for them."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner import pipeline
from aligner.align.moved import passages

WORDS = [a + b + c for a in "bdgklmnprst" for b in "aeiou" for c in ("lon", "mar", "tis", "zu")]


def sentences(lang, count=40, seed=4):
    """Sentences of invented words: each language spells every word its own way."""
    choice = random.Random(seed)
    drawn = [choice.sample(WORDS, choice.randint(6, 10)) for _ in range(count)]
    return [" ".join(word + lang for word in words).capitalize() + "." for words in drawn]


def elsewhere(texts, part, place):
    """The texts with a part of them put before unit ``place`` of what is left."""
    rest = texts[: part.start] + texts[part.stop :]
    return rest[:place] + texts[part.start : part.stop] + rest[place:]


def warned(folder, first, second, **options):
    for name, texts in (("xa", first), ("xb", second)):
        (folder / f"{name}.txt").write_text("\n".join(texts) + "\n", encoding="utf-8")
    corpus = pipeline.align_files(
        [folder / "xa.txt", folder / "xb.txt"],
        langs=["xa", "xb"],
        presegmented=True,
        lexicon=False,
        **options,
    )
    return [note for note in corpus.warnings if note.startswith("moved")]


def test_a_paragraph_that_moved_is_told_of(tmp_path):
    first, second = sentences("a"), elsewhere(sentences("b"), range(8, 13), 28)
    (note,) = warned(tmp_path, first, second)
    assert note.startswith("moved: xa units 8-12 (")
    assert note.endswith(" say what xb units 28-32 say")


def test_nothing_is_told_of_texts_in_order_or_with_omissions_only(tmp_path):
    first, second = sentences("a"), sentences("b")
    assert warned(tmp_path, first, second) == []
    assert warned(tmp_path, first, second[:10] + second[16:]) == []
    assert warned(tmp_path, first[:25] + first[31:], second[:10] + second[16:]) == []


def test_lengths_alone_tell_nothing(tmp_path):
    second = elsewhere(sentences("b"), range(8, 13), 28)
    assert warned(tmp_path, sentences("a"), second, method="length") == []


def test_realign_tells_it_once(tmp_path):
    second = elsewhere(sentences("b"), range(8, 13), 28)
    warned(tmp_path, sentences("a"), second)
    corpus = pipeline.align_files(
        [tmp_path / "xa.txt", tmp_path / "xb.txt"],
        langs=["xa", "xb"],
        presegmented=True,
        lexicon=False,
    )
    assert pipeline.realign(corpus, lexicon=False).warnings == corpus.warnings


@given(st.integers(0, 10_000))
def test_no_unit_is_in_two_passages(seed):
    draw = np.random.default_rng(seed)
    gains = draw.normal(0.3, 2.0, (9, 7))
    found = passages(gains, [range(4), range(4, 9)], [range(3), range(3, 7)], least=2.0)
    for sides in ([p.a for p in found], [p.b for p in found]):
        units = [unit for side in sides for unit in side]
        assert len(units) == len(set(units))
    assert all(p.gain >= 2.0 for p in found)
    assert found == passages(gains, [range(4), range(4, 9)], [range(3), range(3, 7)], least=2.0)


def test_a_merged_unit_does_not_end_a_passage():
    gains = np.full((4, 3), -2.0)
    for row, column in ((0, 0), (1, 1), (2, 1), (3, 2)):
        gains[row, column] = 5.0
    (found,) = passages(gains, [range(4)], [range(3)], least=6.0)
    assert (found.a, found.b) == (range(4), range(3))


@pytest.mark.parametrize("runs", [([], [range(3)]), ([range(3)], [])])
def test_no_runs_no_passages(runs):
    assert passages(np.ones((3, 3)), *runs, least=1.0) == []
