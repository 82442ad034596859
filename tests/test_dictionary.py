"""Dictionaries of the user's own: three kinds of files, and what they change."""

from __future__ import annotations

import numpy as np
import pytest

import aligner
from aligner.errors import InputError
from aligner.lexicon.dictionary import Several, dictionary

TBX = """<?xml version="1.0" encoding="UTF-8"?>
<tbx xmlns="urn:iso:std:iso:30042:ed-2" type="TBX-Basic" style="dca" xml:lang="en">
  <text><body><conceptEntry id="c1">
    <langSec xml:lang="en"><termSec><term>weir</term></termSec></langSec>
    <langSec xml:lang="de-AT"><termSec><term>Wehr</term></termSec></langSec>
    <langSec xml:lang="fr"><termSec><term>seuil</term></termSec></langSec>
  </conceptEntry></body></text>
</tbx>
"""
OLD_TBX = """<martif type="TBX" xml:lang="en"><text><body><termEntry>
<langSet xml:lang="en"><tig><term>weir</term></tig></langSet>
<langSet xml:lang="de"><tig><term>Wehr</term></tig></langSet>
</termEntry></body></text></martif>
"""
FILES = {
    "headed.tsv": "en\tde\tfr\nweir\tWehr\tseuil\n",
    "bare.tsv": "# my own\nweir\tWehr\n",
    "words.dic": "Wehr @ weir\n",
    "terms.tbx": TBX,
    "old.tbx": OLD_TBX,
}


def pairs(prior, a, lang_a, b, lang_b):
    found = prior.similarity(a, lang_a, b, lang_b)
    if found is None:
        return None
    return [(a[i], b[j], float(v)) for i, j, v in zip(*found, strict=True)]


@pytest.fixture(params=sorted(FILES))
def known(request, tmp_path):
    path = tmp_path / request.param
    path.write_text(FILES[request.param], encoding="utf-8")
    return dictionary([path])


def test_every_kind_of_file_in_both_directions(known):
    german, english = ["fluss", "wehr"], ["mill", "weir", "river"]
    assert pairs(known, german, "de-AT", english, "en") == [("wehr", "weir", 1.0)]
    assert pairs(known, english, "en-GB", german, "de") == [("weir", "wehr", 1.0)]


def test_named_languages_hold_for_themselves_only(tmp_path):
    (tmp_path / "w.tsv").write_text(FILES["headed.tsv"], encoding="utf-8")
    known = dictionary([tmp_path / "w.tsv"])
    assert pairs(known, ["weir"], "en", ["seuil"], "fr") == [("weir", "seuil", 1.0)]
    assert pairs(known, ["seuil"], "fr", ["wehr"], "de") == [("seuil", "wehr", 1.0)]
    assert known.similarity(["weir"], "en", ["wehr"], "nl") is None


def test_expressions_count_by_their_words_where_both_have_as_many(tmp_path):
    (tmp_path / "w.tsv").write_text("old mill\talte Mühle\ngo\tweg gehen\n", encoding="utf-8")
    known = dictionary([tmp_path / "w.tsv"])
    found = pairs(known, ["old", "mill", "go"], "en", ["alte", "mühle", "gehen"], "de")
    assert found == [("old", "alte", 1.0), ("mill", "mühle", 1.0)]


def test_several_files_and_priors_are_one(tmp_path):
    (tmp_path / "a.tsv").write_text("weir\tWehr\n", encoding="utf-8")
    (tmp_path / "b.dic").write_text("Mühle @ mill\n", encoding="utf-8")
    both = dictionary([tmp_path / "a.tsv", tmp_path / "b.dic"])
    words = (["mill", "weir"], "en", ["mühle", "wehr"], "de")
    assert pairs(both, *words) == [("mill", "mühle", 1.0), ("weir", "wehr", 1.0)]

    class Half:
        def similarity(self, a, lang_a, b, lang_b):
            zero = np.zeros(1, np.int32)
            return zero, zero, np.full(1, 0.5, np.float32)

    assert pairs(Several((Half(), both)), *words) == pairs(both, *words)
    assert pairs(Several((Half(),)), *words) == [("mill", "mühle", 0.5)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("w.tsv", "no tab here\n"),
        ("w.dic", "weir\tWehr\n"),
        ("w.tbx", "<tbx><text>"),
        ("no.tsv", None),
    ],
)
def test_what_is_no_dictionary_is_refused(tmp_path, name, text):
    if text is not None:
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as told:
        dictionary([tmp_path / name])
    assert name in str(told.value)


EN = ["A miller slept.", "Some bread was left.", "The geese left."]
XX = ["Ruk tomba lo.", "Sel faru dim."]
WORDS = {"bread": "ruk", "left": "tomba", "geese": "sel"}


@pytest.mark.parametrize(("name", "row"), [("w.tsv", "{0}\t{1}"), ("w.dic", "{1} @ {0}")])
def test_a_dictionary_changes_the_result(tmp_path, name, row):
    """Two sentences of an unknown language for three: the words say which one is lacking."""
    rows = (row.format(*pair) for pair in WORDS.items())
    (tmp_path / name).write_text("\n".join(rows) + "\n", encoding="utf-8")
    texts = {"en": EN, "xx": XX}
    informed = aligner.align(texts, dictionary=[tmp_path / name])
    assert [bead.shape for bead in informed.beads] == ["1-0", "1-1", "1-1"]
    assert [bead.shape for bead in aligner.align(texts).beads] != ["1-0", "1-1", "1-1"]
