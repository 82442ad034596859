"""Three versions and more: covered once, better than pair by pair, held by fixed points."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import aligner
from aligner import pipeline
from aligner.errors import UsageError
from aligner.evaluate import groups, score_documents
from aligner.model import Alignment, Bead

WORDS = [
    a + b + c for a in "bdgklmnprst" for b in "aeiou" for c in ("lon", "mar", "tis", "ver", "zu")
]


def invented(seed, *, units=12, langs=("xa", "xb", "xc"), drop=0.06, join=0.1):
    """Texts of invented words: each version spells every word its own way; beads as gold."""
    choice = random.Random(seed)
    texts = {lang: [] for lang in langs}
    beads = []
    for _ in range(units):
        words = [choice.choice(WORDS) for _ in range(choice.randint(4, 12))]
        sides = []
        for lang in langs:
            spelled = [word + lang[-1] for word in words]
            start = len(texts[lang])
            if choice.random() >= drop:
                cut = len(spelled) // 2 if choice.random() < join else len(spelled)
                parts = [spelled[:cut], spelled[cut:]]
                texts[lang] += [" ".join(part).capitalize() + "." for part in parts if part]
            sides.append(tuple(range(start, len(texts[lang]))))
        if any(sides):
            beads.append(tuple(sides))
    return texts, tuple(beads)


@settings(max_examples=5)
@given(st.integers(0, 1000), st.integers(3, 5))
def test_every_unit_is_in_one_bead_in_order(seed, versions):
    texts, _ = invented(seed, units=6, langs=tuple(f"x{c}" for c in "abcde"[:versions]), drop=0.3)
    alignment = aligner.align(texts, lexicon=False)
    assert [len(v) for v in alignment.versions] == [len(t) for t in texts.values()]
    assert all(0.0 <= bead.confidence <= 1.0 for bead in alignment.beads)


def test_cognate_texts_are_found_and_the_third_version_helps():
    together, alone = [], []
    for seed in range(6):
        texts, gold = invented(seed)
        beads = groups(aligner.align(texts, lexicon=False))
        together.append((beads, gold))
        for a, b in combinations(range(3), 2):
            langs = list(texts)
            pair = {lang: texts[lang] for lang in (langs[a], langs[b])}
            alone.append(
                (
                    groups(aligner.align(pair, lexicon=False)),
                    tuple((g[a], g[b]) for g in gold if g[a] or g[b]),
                )
            )
    assert score_documents(together).strict.f1 > 0.9
    assert score_documents(alone).strict.f1 > 0.85


def test_same_input_same_beads():
    texts, _ = invented(3)
    first, second = (aligner.align(texts, lexicon=False) for _ in range(2))
    assert first == second


def test_twelve_versions():
    langs = tuple(f"x{c}" for c in "abcdefghijkl")
    texts, gold = invented(1, units=4, langs=langs, drop=0.0, join=0.0)
    assert groups(aligner.align(texts, lexicon=False)) == gold


def test_a_version_without_units():
    alignment = aligner.align({"xa": ["Bala."], "xb": ["Bala."], "xc": []}, lexicon=False)
    assert [bead.shape for bead in alignment.beads] == ["1-1-0"]


def test_a_missing_chapter_in_one_version():
    texts, _ = invented(5, units=60, drop=0.0, join=0.0)
    lacking = {**texts, "xb": texts["xb"][:20] + texts["xb"][45:]}
    shapes = [bead.shape for bead in aligner.align(lacking, lexicon=False).beads]
    assert shapes.count("1-0-1") >= 23


def test_pivot_and_anchors_and_barriers():
    texts, _ = invented(2, drop=0.0, join=0.0)
    anchor = (range(2, 4), range(2, 4), range(2, 4))
    alignment = aligner.align(
        texts, lexicon=False, anchors=[anchor], barriers=[(6, 6, 6)], pivot="xb"
    )
    assert anchor in [bead.sides for bead in alignment.beads]
    edges = {tuple(side.stop for side in bead.sides) for bead in alignment.beads}
    assert (6, 6, 6) in edges


def test_anchors_outside_or_crossing_are_refused():
    texts = {"xa": ["Bala.", "Malon."], "xb": ["Bala.", "Malon."]}
    with pytest.raises(UsageError, match="no unit"):
        aligner.align(texts, anchors=[(range(5, 6), range(5, 6))])
    with pytest.raises(UsageError, match="cross"):
        aligner.align(texts, barriers=[(1, 0), (0, 1)])
    with pytest.raises(UsageError, match="nothing to align"):
        aligner.align({"xa": ["Bala."]})
    with pytest.raises(UsageError, match="no method"):
        aligner.align(texts, method="magic")


@pytest.fixture
def reviewed(tmp_path):
    texts, _ = invented(8, langs=("xa", "xb"), drop=0.0)
    for lang, units in texts.items():
        (tmp_path / f"{lang}.txt").write_text("\n".join(units) + "\n", encoding="utf-8")
    files = [tmp_path / "xa.txt", tmp_path / "xb.txt"]
    corpus = pipeline.align_files(files, langs=["xa", "xb"], presegmented=True, lexicon=False)
    alignment = corpus.alignments[0]
    first, second, *others = alignment.beads
    wrong = Bead(
        tuple(range(a.start, b.stop) for a, b in zip(first.sides, second.sides, strict=True)),
        status="confirmed",
        resp="Anna",
    )
    kept = [replace(b, status="confirmed") if n % 3 == 0 else b for n, b in enumerate(others)]
    return replace(corpus, alignments=(Alignment(alignment.versions, (wrong, *kept)),))


def confirmed(alignment):
    return [b for b in alignment.beads if b.status == "confirmed"]


def test_realign_keeps_what_is_confirmed(reviewed):
    before, after = reviewed.alignments[0], pipeline.realign(reviewed, lexicon=False).alignments[0]
    assert confirmed(after) == confirmed(before)
    assert after.versions == before.versions


def test_add_keeps_what_is_confirmed(reviewed, tmp_path):
    third = [text.replace("a.", "c.") for text in reviewed.alignments[0].versions[0].texts]
    (tmp_path / "xc.txt").write_text("\n".join(third) + "\n", encoding="utf-8")
    made = pipeline.add(reviewed, tmp_path / "xc.txt", lang="xc", presegmented=True, lexicon=False)
    before, after = confirmed(reviewed.alignments[0]), confirmed(made.alignments[0])
    assert [b.sides for b in before] == [b.sides[:2] for b in after]
    assert [b.resp for b in before] == [b.resp for b in after]
    assert len(made.parallels[0].segments) == 3
    with pytest.raises(aligner.AlignerError, match="already"):
        pipeline.add(made, tmp_path / "xc.txt", lang="xc", presegmented=True)


@pytest.mark.slow
def test_gold_of_three_versions(shared):
    import sys
    from pathlib import Path

    sys.path.insert(0, str(Path(__file__).parent / "bench"))
    import gold_sets

    documents = gold_sets.documents("nway_az-tr-en")[:30]
    found = [(groups(aligner.align(d.texts, lexicon=False)), d.gold) for d in documents]
    assert score_documents(found).strict.f1 >= 0.92
