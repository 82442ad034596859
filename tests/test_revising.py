"""What a reviewer decided: rejected beads are not given again, one more version joins several texts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import aligner
from aligner import pipeline
from aligner.align.refused import Refusing
from aligner.model import Alignment, Bead, Corpus, Parallel

EN = ["The baker Anna sells 40 loaves.", "Her brother Max drives the van.", "They rest on Sundays."]
DE = [
    "Die Bäckerin Anna verkauft 40 Brote.",
    "Ihr Bruder Max fährt den Wagen.",
    "Sonntags ruhen sie.",
]
FR = ["La boulangère Anna vend 40 pains.", "Son frère Max conduit la voiture.", "Ils se reposent."]
TITLES = {"en": ["Bread and salt, a story"], "de": ["Brot und Salz, eine Geschichte"]}
TITLE_FR = "Le pain et le sel, une histoire"


def corpus_of(*alignments):
    parallels = tuple(Parallel(tuple(v.segment for v in a.versions)) for a in alignments)
    return Corpus("bread", parallels, alignments)


def rejecting(alignment, number):
    beads = list(alignment.beads)
    beads[number] = replace(beads[number], status="rejected", resp="Anna")
    return Alignment(alignment.versions, tuple(beads))


def sides(alignment):
    return [tuple((s.start, s.stop) if s else None for s in b.sides) for b in alignment.beads]


class Same:
    """Vectors that say unit n of every version is the same."""

    def encode(self, texts):
        first = [DE, EN, FR]
        rows = [next(x.index(t) for x in first if t in x) for t in texts]
        return np.eye(8, dtype=np.float32)[rows] + 0.01


@pytest.mark.parametrize("number", [0, 1, 2])
@pytest.mark.parametrize(
    "options", [{}, {"method": "length"}, {"method": "embedding", "embedder": Same()}]
)
def test_a_rejected_bead_is_not_given_again(number, options):
    alignment = aligner.align({"en": EN, "de": DE}, **options)
    wrong = sides(alignment)[number]
    again = pipeline.realign(corpus_of(rejecting(alignment, number)), **options).alignments[0]
    assert wrong not in sides(again)
    assert all(bead.status == "auto" for bead in again.beads)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_nor_among_three_versions(number):
    alignment = aligner.align({"en": EN, "de": DE, "fr": FR})
    assert sides(alignment)[number] == ((number, number + 1),) * 3
    again = pipeline.realign(corpus_of(rejecting(alignment, number))).alignments[0]
    assert sides(alignment)[number] not in sides(again)


def test_what_was_confirmed_beside_it_stays():
    alignment = aligner.align({"en": EN, "de": DE})
    beads = [
        replace(b, status=s)
        for b, s in zip(alignment.beads, ("confirmed", "rejected", "auto"), strict=True)
    ]
    again = pipeline.realign(corpus_of(Alignment(alignment.versions, tuple(beads)))).alignments[0]
    assert again.beads[0] == beads[0]
    assert beads[1].sides not in [bead.sides for bead in again.beads]


def with_an_omission(status):
    """Two sentences for three: the second of three is said to have no counterpart."""
    versions = aligner.align({"en": EN, "de": [DE[0], DE[2]]}).versions
    one, two, three = (range(n, n + 1) for n in range(3))
    beads = (
        Bead((one, one), status=status),
        Bead((two, range(1, 1)), status="rejected"),
        Bead((three, two), status=status),
    )
    return Alignment(versions, beads)


def test_a_rejected_omission_finds_its_place():
    before = with_an_omission("auto")
    again = pipeline.realign(corpus_of(before)).alignments[0]
    assert sides(before)[1] not in sides(again)


def test_where_nothing_else_is_possible_it_remains():
    before = with_an_omission("confirmed")
    again = pipeline.realign(corpus_of(before)).alignments[0]
    assert sides(again) == sides(before)


def test_a_part_refuses_what_lies_inside_it():
    class Even:
        size = (9, 9)

        def part(self, a, b):
            return self

    whole = Refusing(
        Even(), ((range(1, 2), range(1, 2)), (range(5, 6), range(6, 8)), (range(7, 8), range(0)))
    )
    part = whole.part(range(4, 9), range(5, 9))
    assert [(tuple(a), tuple(b)) for a, b in part.beads] == [((1,), (1, 2)), ((3,), ())]
    assert part.size == (9, 9)
    assert not hasattr(part, "learned")


def test_one_file_is_added_to_several_parallels(tmp_path):
    corpus = corpus_of(aligner.align(TITLES), aligner.align({"en": EN, "de": DE}))
    confirmed = [replace(bead, status="confirmed") for bead in corpus.alignments[1].beads]
    body = Alignment(corpus.alignments[1].versions, tuple(confirmed))
    corpus = replace(corpus, alignments=(corpus.alignments[0], body))
    (tmp_path / "fr.txt").write_text("\n".join([TITLE_FR, *FR]) + "\n", encoding="utf-8")
    made = pipeline.add(corpus, tmp_path / "fr.txt", lang="fr", presegmented=True)
    title, text = made.alignments
    assert title.versions[-1].texts == (TITLE_FR,)
    assert text.versions[-1].texts == tuple(FR)
    assert [bead.shape for bead in (*title.beads, *text.beads)] == ["1-1-1"] * 4
    assert [bead.status for bead in text.beads] == ["confirmed"] * 3
    assert [len(parallel.segments) for parallel in made.parallels] == [3, 3]
