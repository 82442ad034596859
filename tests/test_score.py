"""Evidence: words, lengths, and what the texts teach."""

from __future__ import annotations

import random
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.align import pairwise
from aligner.align.band import full
from aligner.align.shapes import DEFAULT
from aligner.errors import UsageError
from aligner.score import evidence, kernels
from aligner.score.cognates import cognates
from aligner.score.length import lengths
from aligner.score.skeletons import skeletons
from aligner.score.tokens import MARK, NUMBER, SIGN, WORD, sampled, stretch, words

GERMAN = (
    "Anna Berger wohnt seit 1998 in Hamburg.",
    "Sie arbeitet in einer Bibliothek am Hafen.",
    "Jeden Morgen nimmt sie die Fähre.",
    "Im Winter ist das Wasser oft zugefroren, und die Fähre fährt nicht.",
    "Dann geht sie zu Fuß!",
    "Die Bibliothek hat 35000 Bücher.",
)
ENGLISH = (
    "Anna Berger has lived in Hamburg since 1998.",
    "She works in a library at the harbour. Every morning she takes the ferry.",
    "In winter the water is often frozen, and the ferry does not run.",
    "Then she walks!",
    "The library holds 35,000 books.",
)
BEADS = [((0,), (0,)), ((1, 2), (1,)), ((3,), (2,)), ((4,), (3,)), ((5,), (4,))]

texts = st.lists(st.text(min_size=0, max_size=30), max_size=6)


def beads(found):
    return [(tuple(a), tuple(b)) for a, b in found.beads]


def test_a_short_text_without_any_model():
    assert beads(pairwise(evidence(GERMAN, ENGLISH, langs=("de", "en")))) == BEADS


@given(texts, texts)
@settings(max_examples=30, deadline=None)
def test_any_texts_are_aligned_whole(a, b):
    found = pairwise(evidence(a, b))
    assert [i for side, _ in found.beads for i in side] == list(range(len(a)))
    assert [j for _, side in found.beads for j in side] == list(range(len(b)))


def test_both_directions_give_the_same_beads():
    there = pairwise(evidence(GERMAN, ENGLISH, langs=("de", "en")))
    back = pairwise(evidence(ENGLISH, GERMAN, langs=("en", "de")))
    assert [(b, a) for a, b in back.beads] == list(there.beads)
    assert back.confidences == pytest.approx(there.confidences, abs=1e-4)


def test_line_numbers_change_nothing():
    plain = pairwise(evidence(GERMAN, ENGLISH, langs=("de", "en")))
    numbered = pairwise(
        evidence(
            [f"{k} {text}" for k, text in enumerate(GERMAN, 1)],
            [f"({k}) {text}" for k, text in enumerate(ENGLISH, 101)],
            langs=("de", "en"),
        )
    )
    assert numbered == plain


def test_tokens():
    side = words(["Größe: 1.234,5 m²", "中国 1", "\u0926\u094b\u0938\u094d\u0924\u0940 है।"], "de")
    kinds = dict(zip(side.types, side.kinds.tolist(), strict=True))
    assert kinds["größe"] == WORD
    assert kinds["12345"] == NUMBER
    assert kinds[":"] == MARK
    assert kinds["中"] == SIGN
    assert kinds["\u0926\u094b\u0938\u094d\u0924\u0940"] == WORD  # vowel signs stay in the word
    assert len(side.starts) == 4
    part = stretch(side, range(1, 2))
    assert part.types == ("中", "国", "1")
    assert part.lengths.tolist() == [3.0]


def test_skeletons_cross_scripts():
    assert len(set(skeletons(["Шиллер", "schiller", "Schiller".lower()]))) <= 2
    assert skeletons(["...", "москва"])[0] == ""
    assert skeletons([]) == ()


def test_cognates_across_scripts():
    a, b = words(["Навои 1441 Самарканд"], "ru"), words(["Navoiy 1441 Samarqand bozor"], "uz")
    rows, cols, values = cognates(a, b)
    found = {(a.types[r], b.types[c]): v for r, c, v in zip(rows, cols, values, strict=True)}
    assert found["1441", "1441"] == 2.0
    assert found["самарк", "samarq"] > 0.6
    assert not any(right == "bozor" for _, right in found)


def test_lengths_learn_the_ratio_and_resist_one_wrong_bead():
    a = np.full(200, 40.0)
    b = np.full(200, 120.0)
    b[7] = 2000.0
    model = lengths(a, b).learned(a, b, np.ones(200))
    assert 2.8 < model.ratio < 3.4
    assert model.spread < 12


def test_learning_helps_words_that_look_like_nothing():
    rng = np.random.default_rng(4)
    left = [f"w{chr(97 + k)}x" for k in range(26)]
    right = [f"{chr(122 - k)}{chr(122 - k)}u" for k in range(26)]
    lines = [rng.integers(0, 26, rng.integers(4, 9)) for _ in range(150)]
    a = [" ".join(left[k] for k in line) for line in lines]
    b = [" ".join(right[k] for k in line) for line in lines]
    del b[60]
    found = beads(pairwise(evidence(a, b)))
    assert ((60,), ()) in found
    assert sum(len(x) == len(y) == 1 for x, y in found) == 149


def carried(words: int) -> tuple[list[str], list[str]]:
    """Texts of words that look like nothing; some at the end of 70 stand at the start of 71."""
    rng = np.random.default_rng(4)
    left = [f"w{chr(97 + k)}x" for k in range(26)]
    right = [f"{chr(122 - k)}{chr(122 - k)}u" for k in range(26)]
    lines = [rng.permutation(26)[: rng.integers(8, 12)].tolist() for _ in range(150)]
    a = [" ".join(left[k] for k in line) for line in lines]
    cut = len(lines[70]) - words
    lines[70], lines[71] = lines[70][:cut], lines[70][cut:] + lines[71]
    return a, [" ".join(right[k] for k in line) for line in lines]


def test_a_carried_clause_joins_two_sentences_with_two():
    found = beads(pairwise(evidence(*carried(5))))
    assert ((70, 71), (70, 71)) in found
    assert sum(len(x) == len(y) == 1 for x, y in found) == 148


def test_a_carried_word_joins_nothing_but_is_doubted():
    found = pairwise(evidence(*carried(1)))
    assert all(len(x) == len(y) == 1 for x, y in found.beads)
    sure = found.confidences
    assert max(sure[70], sure[71]) < min(sure[:70] + sure[72:])


@given(texts, texts)
@settings(max_examples=20, deadline=None)
def test_words_that_may_cross_never_cost_more(a, b):
    band = full((len(a), len(b)), DEFAULT)
    scorer = evidence(a, b)
    costs = scorer.costs(band)
    likely = np.where(np.isfinite(costs), 0.05, 0.0).astype(np.float32)
    crossed = scorer.crossed(costs, band, likely)
    assert (crossed <= costs).all()
    assert (np.isfinite(crossed) == np.isfinite(costs)).all()


def test_methods():
    assert evidence(GERMAN, ENGLISH, method="length").table is None
    assert pairwise(evidence(GERMAN, ENGLISH, method="length")).beads
    with pytest.raises(UsageError, match="magic"):
        evidence(GERMAN, ENGLISH, method="magic")


class Dictionary:
    def similarity(self, types_a, lang_a, types_b, lang_b):
        if lang_a != "de":
            return None
        known = {"fähre": "ferry", "wasser": "water"}
        pairs = [
            (i, types_b.index(known[word]))
            for i, word in enumerate(types_a)
            if known.get(word) in types_b
        ]
        rows, cols = np.array(pairs, np.int32).reshape(-1, 2).T
        return rows, cols, np.ones(len(rows), np.float32)


def test_a_prior_is_asked_for_full_forms_and_may_not_know():
    with_it = evidence(GERMAN, ENGLISH, langs=("de", "en"), prior=Dictionary())
    without = evidence(GERMAN, ENGLISH, langs=("fr", "en"), prior=Dictionary())
    assert len(with_it.hints.values) > len(without.hints.values)
    assert beads(pairwise(with_it)) == BEADS


def test_plain_and_compiled_loops_agree(monkeypatch):
    band = full((6, 5), DEFAULT)
    scorer = evidence(GERMAN, ENGLISH, langs=("de", "en"))
    likely = np.where(np.isfinite(scorer.costs(band)), 0.05, 0.0).astype(np.float32)
    results = []
    for way in ("plain", "fast"):
        for name in ("WORDS", "BEADS", "MEET", "EXPECT", "COSINES", "CROSSING"):
            kernel = getattr(kernels, name)
            run = getattr(kernel, way)
            for module in ("combine", "lexicon", "cognates", "crossing"):
                target = f"aligner.score.{module}.{name}"
                monkeypatch.setattr(
                    target, lambda work, *arrays, run=run: run(*arrays), raising=False
                )
        one = evidence(GERMAN, ENGLISH, langs=("de", "en"))
        taught = scorer.learned(band, likely)
        costs = taught.costs(band)
        crossed = taught.crossed(costs, band, likely)
        results.append((one.hints.values, one.costs(band), costs, crossed))
    for plain, fast in zip(*results, strict=True):
        same = np.isfinite(plain)
        assert (same == np.isfinite(fast)).all()
        assert np.allclose(plain[same], fast[same], rtol=1e-6, atol=1e-6)


def test_evidence_of_a_part_is_that_of_its_texts():
    whole = evidence(GERMAN * 3, ENGLISH * 3, langs=("de", "en"))
    part = whole.part(range(6, 12), range(5, 10))
    alone = evidence(GERMAN, ENGLISH, langs=("de", "en"))
    assert pairwise(part).beads == pairwise(alone).beads


def test_very_long_units_take_no_more_than_their_share():
    rng = random.Random(0)
    names = ["".join(rng.choices("abdeiklmnoprstu", k=rng.randint(3, 9))) for _ in range(4000)]
    lines = [rng.choices(names, k=4500) for _ in range(10)]
    a = [" ".join(line) for line in lines]
    b = [" ".join(w if k % 2 else w[::-1] for k, w in enumerate(line)) for line in lines]
    assert min(map(len, a)) > 25_000
    pairwise(evidence(["ein Haus"] * 200, ["a house"] * 200))  # compiled code is loaded
    started = time.process_time()
    found = pairwise(evidence(a, b, langs=("de", "en")))
    assert beads(found) == [((i,), (i,)) for i in range(10)]
    assert time.process_time() - started < 6  # some 2 s; without the limit about 50


def test_a_sample_stands_for_a_long_text():
    side = words([" ".join(f"w{k}" for k in range(5000)), "two words"], "en")
    small = sampled(side, 300)
    assert np.diff(small.starts).tolist() == [300, 2]
    assert small.lengths.tolist() == side.lengths.tolist()
    assert sampled(small, 300) is small


def test_evidence_among_some_units_is_that_of_the_whole():
    texts_a = ["Der Hund schläft.", "Anna liest 12 Briefe.", "Es regnet.", "Otto singt."]
    texts_b = ["The dog sleeps.", "Anna reads 12 letters.", "It rains.", "Otto sings."]
    whole = evidence(texts_a, texts_b, langs=("de", "en"))
    some = whole.among([3, 1], [1, 3, 0])
    assert some.size == (2, 3)
    for side, part, units in ((whole.a, some.a, [3, 1]), (whole.b, some.b, [1, 3, 0])):
        for place, unit in enumerate(units):
            own = side.ids[side.starts[unit] : side.starts[unit + 1]].tolist()
            assert part.ids[part.starts[place] : part.starts[place + 1]].tolist() == own
            assert part.lengths[place] == side.lengths[unit]
