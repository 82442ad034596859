"""Precision, recall, F1 by the field's rules, and how honest confidences are."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.errors import UsageError
from aligner.evaluate import (
    calibration,
    merged,
    projection,
    score,
    score_documents,
    score_pairs,
    verdicts,
)


def beads(*pairs):
    return tuple((tuple(a), tuple(b)) for a, b in pairs)


GOLD = beads(([0], [0]), ([1, 2], [1]), ([3], []), ([4], [2, 3]))


def test_gold_against_itself_is_perfect():
    found = score(GOLD, GOLD)
    assert found.strict.f1 == found.lax.f1 == found.link.f1 == 1.0
    assert (found.strict.written, found.strict.wanted) == (4, 3), (
        "null beads count for precision only"
    )


def test_strict_lax_and_link():
    test = beads(([0], [0]), ([1], [1]), ([2], []), ([3], []), ([4], [2, 3]))
    found = score(test, GOLD)
    assert found.strict.precision == 3 / 5
    assert found.strict.recall == 2 / 3
    assert found.lax.precision == 4 / 5
    assert found.lax.recall == 1.0
    assert found.link.precision == 1.0
    assert found.link.recall == 4 / 5
    assert dict(found.shapes)["1-2"].f1 == 1.0


def test_duplicates_and_empty_beads_do_not_count():
    assert score((*GOLD, GOLD[0], ((), ())), GOLD) == score(GOLD, GOLD)


def test_nothing_written_and_nothing_wanted():
    assert score((), GOLD).strict.f1 == 0.0
    assert score((), ()).strict.f1 == 0.0


def test_documents_are_pooled():
    bad = beads(([0], []), ([], [0]))
    pooled = score_documents([(GOLD, GOLD), (bad, beads(([0], [0])))])
    assert pooled.strict.precision == 4 / 6
    assert pooled.strict.recall == 3 / 4


def test_verses_are_merged():
    gold = beads(([0, 1], [0, 1, 2]), ([2], [3]))
    test = beads(([0], [0]), ([1], [1, 2]), ([2], [3]))
    assert merged(test, gold) == gold
    assert score(test, gold, merge=True).strict.f1 == 1.0
    assert score(test, gold).strict.f1 < 1.0


def test_many_versions():
    gold = (((0,), (0,), (0,)), ((1,), (1,), ()), ((), (), (1,)))
    test = (((0,), (0,), (0,)), ((1,), (1,), (1,)))
    found = score(test, gold)
    assert found.strict.precision == 1 / 2
    assert found.strict.recall == 1 / 2
    assert found.lax.f1 == 1.0
    pairs = score_pairs([(test, gold)])
    assert pairs[0, 1].strict.f1 == 1.0
    assert pairs[0, 2].strict.precision == 1 / 2
    assert projection(gold, 0, 2) == beads(([0], [0]), ([1], []), ([], [1]))


def test_versions_must_agree():
    with pytest.raises(UsageError, match="2 and 3 versions"):
        score(GOLD, (((0,), (0,), (0,)),))


def reference(known, test):
    """Vecalign's rule, written down once more and differently."""
    strict = lax = total = 0
    for a, b in set(test):
        if not a and not b:
            continue
        total += 1
        hit = (a, b) in set(known)
        strict += hit
        lax += hit or any(x in p and y in q for x in a for y in b for p, q in known)
    return strict, lax, total


@given(st.integers(0, 10_000))
def test_the_rule_agrees_with_a_second_telling(seed):
    choice = random.Random(seed)

    def made():
        i = j = 0
        out = []
        while i < 9 and j < 9:
            a, b = choice.choice([0, 1, 1, 1, 2]), choice.choice([0, 1, 1, 2, 3])
            out.append((tuple(range(i, i + a)), tuple(range(j, j + b))))
            i, j = i + a, j + b
        return tuple(out)

    test, gold = made(), made()
    found = score(test, gold)
    strict, lax, total = reference(gold, test)
    assert (found.strict.right, found.lax.right, found.strict.written) == (strict, lax, total)
    test, gold = (tuple(b for b in x if all(b)) for x in (test, gold))
    strict, lax, total = reference(test, gold)
    assert (found.strict.found, found.lax.found, found.strict.wanted) == (strict, lax, total)


def test_calibration_measures():
    found = calibration([0.9] * 18 + [0.1] * 2, [True] * 18 + [False] * 2)
    assert found.auc == 1.0
    assert found.low == 1.0
    assert found.ece == pytest.approx(0.1)
    assert calibration([1.0, 1.0], [True, True]).auc is None
    assert calibration([0.5, 0.5], [True, False]).auc == 0.5
    assert calibration([], []).ece == 0.0


def test_ties_at_the_border_count_by_their_share():
    found = calibration([0.5] * 20, [False] + [True] * 19)
    assert found.low == pytest.approx(0.1)


def test_verdicts_include_null_beads():
    assert verdicts(beads(([3], []), ([5], [])), GOLD) == [True, False]
