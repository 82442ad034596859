"""Tables, counts, concordances and pictures say what the corpus says."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from pathlib import Path
from statistics import fmean
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.analysis.frame import bead_columns, rows, to_frame, unit_columns, wide_columns
from aligner.analysis.kwic import kwic
from aligner.analysis.measures import z_scores
from aligner.analysis.pages import concordance_page, report_page
from aligner.analysis.plot import path_picture, ratio_picture, shape_picture
from aligner.analysis.stats import moving_type_token_ratio, stats
from aligner.analysis.terms import terms
from aligner.errors import UsageError
from aligner.model import Alignment, Bead, Corpus, Fact, Parallel
from aligner.pipeline import lines_version
from aligner.pipeline.aligning import version_of

ONE = Bead((range(1), range(1)))

TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1
)


def corpus_of(alignment: Alignment, **more: object) -> Corpus:
    parallel = Parallel(tuple(version.segment for version in alignment.versions))
    return Corpus("made", (parallel,), (alignment,), **more)  # type: ignore[arg-type]


@st.composite
def small_corpora(draw: st.DrawFn) -> Corpus:
    """A parallel of two or three versions, beads of any shape, and an unaligned rest."""
    shapes = draw(st.lists(st.tuples(*[st.integers(0, 2)] * draw(st.integers(2, 3))), max_size=6))
    shapes = [shape for shape in shapes if any(shape)]
    width = len(shapes[0]) if shapes else 2
    tags = ("de", "zh", "ar")[:width]
    sizes = [sum(shape[i] for shape in shapes) for i in range(width)]
    versions = tuple(
        version_of(tag, draw(st.lists(TEXT, min_size=n, max_size=n)))
        for tag, n in zip(tags, sizes, strict=True)
    )
    at, beads = [0] * width, []
    for shape in shapes:
        sides = tuple(range(a, a + n) for a, n in zip(at, shape, strict=True))
        at = [side.stop for side in sides]
        beads.append(Bead(sides, confidence=draw(st.floats(0, 1))))
    rest = (version_of("en", draw(st.lists(TEXT, max_size=2))),)
    return corpus_of(Alignment(versions, tuple(beads)), rest=rest)


@pytest.fixture(scope="module")
def village(fixtures: Path) -> Corpus:
    versions = tuple(
        lines_version(fixtures / f"village.{lang}.txt", lang) for lang in ("en", "ru", "ar", "zh")
    )
    beads = tuple(Bead((range(i, i + 1),) * 4, confidence=0.9) for i in range(8))
    return corpus_of(Alignment(versions, beads))


@given(small_corpora())
def test_units_and_beads_add_up_to_the_corpus(corpus: Corpus) -> None:
    units, beads = unit_columns(corpus), bead_columns(corpus)
    versions = [v for a in corpus.alignments for v in a.versions]
    texts = [text for version in (*versions, *corpus.rest) for text in version.texts]
    assert sum(units["characters"]) == sum(map(len, texts))
    assert units["text"] == texts
    assert len(beads["bead"]) == sum(len(a.beads) for a in corpus.alignments)
    assert sum(map(sum, beads["units"])) == sum(len(v.units) for v in versions)
    assert Counter(beads["shape"]) == Counter("-".join(map(str, row)) for row in beads["units"])
    assert sum(n for pair in units["bead"] if (n := pair is not None)) == sum(map(len, versions))


@given(small_corpora())
def test_the_wide_table_holds_the_same_in_columns(corpus: Corpus) -> None:
    beads, wide = bead_columns(corpus), wide_columns(corpus)
    for place, tags in enumerate(beads["languages"]):
        for tag, text in zip(tags, beads["texts"][place], strict=True):
            assert wide[f"text_{tag}"][place] == text
    assert {len(values) for values in wide.values()} <= {len(beads["bead"])}


def test_tables_know_beads_that_cross() -> None:
    versions = (version_of("uz", ["a", "b"]), version_of("ru", ["b", "a"]))
    beads = (Bead((range(1), range(1, 2))), Bead((range(1, 2), range(1))))
    crossing = corpus_of(Alignment(versions, beads, crossing=True))
    assert bead_columns(crossing)["texts"] == [("a", "a"), ("b", "b")]
    assert unit_columns(crossing)["bead"] == [0, 1, 1, 0]


@given(small_corpora())
def test_counts_agree_with_the_beads(corpus: Corpus) -> None:
    counted = stats(corpus)
    for pair in counted.pairs:
        assert sum(n for _, n in pair.shapes) == pair.beads
        shapes = dict(pair.shapes)
        assert pair.omissions == sum(
            n * int(s.split("-")[0]) for s, n in shapes.items() if s.endswith("-0")
        )
        assert pair.splits == sum(
            n for s, n in shapes.items() if s[0] == "1" and int(s.split("-")[1]) > 1
        )
        assert pair.omission_runs <= pair.omissions
    every = unit_columns(corpus)
    assert sum(line.characters for line in counted.languages) == sum(every["characters"])


@given(small_corpora())
def test_pictures_and_pages_are_well_formed(corpus: Corpus) -> None:
    for draw in (path_picture, shape_picture, ratio_picture):
        ET.fromstring(draw(corpus.alignments[0]).svg)
    assert report_page(corpus).count("<html") == 1


@given(st.lists(st.floats(0.1, 10), min_size=3, max_size=30))
def test_z_scores_have_mean_zero(ratios: list[float]) -> None:
    scores = z_scores(np.array(ratios))
    assert abs(np.nansum(scores)) < 0.001 * len(ratios) + 0.001


def test_facts_of_the_tag_win_over_those_of_its_language_and_of_all() -> None:
    facts = [("genre", "law", None), ("translator", "A", "uz"), ("translator", "B", "uz")]
    facts += [("genre", "tale", "uz-Cyrl")]
    versions = (version_of("uz-Latn", ["x"]), version_of("uz-Cyrl", ["y"]))
    alignment = Alignment(versions, (ONE,))
    columns = bead_columns(corpus_of(alignment, metadata=tuple(Fact(*fact) for fact in facts)))
    assert columns["genre"] == [("law", "tale")]
    assert columns["translator"] == [("A; B", "A; B")]
    assert columns["direction"] == [(None, None)]


def test_frames_of_every_library(village: Corpus) -> None:
    plain = to_frame(village, library="rows")
    assert plain == rows(bead_columns(village))
    assert len(plain) == 8
    with pytest.raises(UsageError):
        to_frame(village, kind="tall")  # type: ignore[arg-type]
    for library in ("pandas", "polars"):
        pytest.importorskip(library)
        pytest.importorskip("narwhals")
        frame = to_frame(village, kind="wide", library=library)
        assert list(frame["text_ru"]) == [row["texts"][1] for row in plain]


@pytest.mark.parametrize(
    ("pattern", "lang", "nodes"),
    [
        ("mill", "en", ["mill", "mill"]),
        ("мельниц*", "ru", ["мельнице", "мельницу"]),
        ("ЕЩЕ", "ru", ["ещё", "ещё"]),
        ("الطاحونة", "ar", ["الطاحونة"]),
        ("磨坊", "zh", ["磨坊", "磨坊"]),
    ],
)
def test_a_concordance_in_every_script(
    village: Corpus, pattern: str, lang: str, nodes: list[str]
) -> None:
    hits = kwic(village, pattern, lang=lang)
    assert [hit.node for hit in hits] == nodes
    for hit in hits:
        assert [tag for tag, _ in hit.aligned] == [t for t in ("en", "ru", "ar", "zh") if t != lang]
        document = village.alignments[0].versions[("en", "ru", "ar", "zh").index(lang)].document
        assert document.text[hit.start :].startswith(hit.node)


@pytest.mark.parametrize(
    ("pattern", "text", "node"),
    [
        ("strasse", "Die Straße.", "Straße"),
        ("straße", "Die Strasse.", "Strasse"),
        ("oʻzbek*", "Bu o'zbekcha.", "o'zbekcha"),
        ("o'zbek*", "Bu oʻzbekcha.", "oʻzbekcha"),
        ("naïve café", "A NAIVE\nCafe\u0301.", "NAIVE Cafe\u0301"),
        ("كتاب", "هذا كِتَابٌ.", "كِتَابٌ"),
        ("か", "かき", "か"),
    ],
)
def test_words_are_found_as_people_type_them(pattern: str, text: str, node: str) -> None:
    alignment = Alignment((version_of("de", [text]), version_of("en", ["x"])), (ONE,))
    assert [hit.node for hit in kwic(corpus_of(alignment), pattern, lang="de")] == [node]


def test_marks_that_make_another_letter_count() -> None:
    alignment = Alignment((version_of("ja", ["がき"]), version_of("en", ["x"])), (ONE,))
    assert not kwic(corpus_of(alignment), "か", lang="ja")
    assert kwic(corpus_of(alignment), "STRASSE|が", lang="ja", regex=True)


def test_exact_patterns_samples_and_sorting(village: Corpus) -> None:
    assert not kwic(village, "MILL", exact=True)
    assert len(kwic(village, r"\bm\w+n", regex=True, lang="en")) == 3
    sample = kwic(village, "the", lang="en", sample=3, seed=1)
    assert sample == kwic(village, "the", lang="en", sample=3, seed=1)
    assert len(sample) == 3
    rights = [hit.right.casefold() for hit in kwic(village, "the", lang="en", order="right")]
    assert rights == sorted(rights)
    with pytest.raises(UsageError):
        kwic(village, "(", regex=True)
    with pytest.raises(UsageError):
        kwic(village, " ")


@given(TEXT.filter(str.strip), TEXT)
def test_folding_never_loses_the_place(word: str, after: str) -> None:
    version = version_of("de", [f"{after} {word}\u0301 {after}"])
    other = version_of("en", ["x"])
    corpus = corpus_of(Alignment((version, other), (Bead((range(1), range(1))),)))
    pattern = "".join(c for c in word if c.isalpha()) or "x"
    for hit in kwic(corpus, pattern, lang="de"):
        assert version.document.text[hit.start : hit.start + 1].strip()


@given(st.lists(st.integers(0, 9)), st.integers(1, 6))
def test_the_moving_ratio_is_the_mean_over_every_window(words: list[int], window: int) -> None:
    parts = [words[a : a + window] for a in range(len(words) - window + 1)]
    ratio = moving_type_token_ratio(np.array(words, dtype=np.int64), window=window)
    if not parts:
        assert ratio is None
    else:
        assert ratio == pytest.approx(fmean(len(set(p)) / window for p in parts), abs=1e-4)


def test_variety_is_of_words_without_case_and_punctuation() -> None:
    versions = (version_of("en", ["Mill, (mill) – mill!"] * 40), version_of("zh", ["磨坊。"] * 60))
    alignment = Alignment(versions, (Bead((range(40), range(60))),))
    english, chinese = stats(corpus_of(alignment)).languages
    assert english.variety == 0.01
    assert chinese.words == 120
    assert chinese.variety == 0.02


def test_term_pairs_from_keywords_and_texts(village: Corpus) -> None:
    first = version_of("uz", ["o‘rik", "suv"])
    second = version_of("ru", ["абрикос", "вода"])
    keyed = Alignment(
        tuple(type(v)(v.segment, v.document, v.units, "keyword") for v in (first, second)),
        (Bead((range(1), range(1))), Bead((range(1, 2), range(1, 2)))),
    )
    assert [(t.first, t.second) for t in terms(corpus_of(keyed))] == [
        ("o‘rik", "абрикос"),
        ("suv", "вода"),
    ]
    found = terms(village, langs=("en", "ru"), origin="text")
    assert all(t.count >= 2 for t in found)
    with pytest.raises(UsageError):
        terms(Corpus("empty"))
    with pytest.raises(UsageError, match="en, ru, ar, zh"):
        terms(village, langs=("en", "fi"))


def test_a_keyword_pair_is_illustrated_by_a_bead_of_the_text() -> None:
    lists = (version_of("en", ["water level"]), version_of("ru", ["уровень воды"]))
    keyed = Alignment(
        tuple(type(v)(v.segment, v.document, v.units, "keyword") for v in lists), (ONE,)
    )
    texts = (version_of("en", ["Of water levels."]), version_of("ru", ["Об уровень воды."]))
    told = Alignment(texts, (ONE,))
    parallels = tuple(Parallel(tuple(v.segment for v in a.versions)) for a in (keyed, told))
    (pair,) = terms(Corpus("made", parallels, (keyed, told)))
    assert (pair.count, pair.strength) == (2, 1.0)
    assert pair.example == ("Of water levels.", "Об уровень воды.")


def test_the_word_model_names_pairs_that_meet(village: Corpus) -> None:
    found = terms(village, langs=("en", "ru"), origin="lexicon", least=1)
    assert {("river", "река"), ("bread", "хлеб")} <= {(t.first, t.second) for t in found}
    for pair in found:
        assert pair.first in pair.example[0].casefold()
        assert pair.second in pair.example[1].casefold()
        assert 0 < pair.strength <= 1


def test_pages_mark_direction_and_language(village: Corpus) -> None:
    page = concordance_page(kwic(village, "mill", lang="en"), "mill")
    assert 'lang="ar" dir="rtl"' in page
    assert "<mark>mill</mark>" in page
    assert "http" not in page.replace("http-equiv", "")


def test_a_line_is_read_from_the_right_where_its_script_is(village: Corpus) -> None:
    (hit,) = kwic(village, "الطاحونة", lang="ar")
    page = concordance_page([hit], "mill")
    assert page.index(hit.right) < page.index("<mark>") < page.index(hit.left)


def test_pictures_have_axes_and_a_legend_of_what_is_there() -> None:
    sizes = [(1, 1), (1, 2), (2, 1), (2, 2), (0, 1)] * 60
    at, beads = [0, 0], []
    for number, size in enumerate(sizes):
        sides = tuple(range(a, a + n) for a, n in zip(at, size, strict=True))
        at = [side.stop for side in sides]
        beads.append(Bead(sides, confidence=0.2 if number == 7 else 0.9))
    versions = (version_of("de", ["x y"] * at[0]), version_of("fr", ["x y z"] * at[1]))
    alignment = Alignment(versions, tuple(beads))
    for draw in (path_picture, shape_picture, ratio_picture):
        words = ET.fromstring(draw(alignment).svg).itertext()
        assert {"0", "100", "200", "doubtful: 1"} <= set(words)
    told = set(ET.fromstring(shape_picture(alignment).svg).itertext())
    assert {"1-1: 60", "split: 60", "merge: 60", "n-m: 60", "null: 60"} <= told
    assert "beads 4-5: 1 n-m, 1 null" in told
    assert path_picture(alignment).svg.count("<circle") == 1


def test_a_notebook_shows_parallels_and_first_beads(village: Corpus) -> None:
    shown = village.alignments[0]._repr_html_()
    assert shown.count("<tr>") == 9
    assert 'dir="auto" lang="ar"' in shown
    assert path_picture(village.alignments[0])._repr_svg_().startswith("<svg")
    assert "<td>0</td><td>body</td><td>en, ru, ar, zh</td><td>8</td><td>8</td>" in (
        village._repr_html_()
    )


@pytest.mark.slow
def test_pages_open_in_a_browser_without_errors(village: Corpus, tmp_path: Path) -> None:
    browser = shutil.which("chromium")
    if browser is None:
        pytest.skip("chromium is not installed")
    from aligner.formats import write

    write(village, tmp_path / "beads.html")
    (tmp_path / "report.html").write_text(report_page(village), encoding="utf-8")
    for name in ("beads.html", "report.html"):
        picture = tmp_path / f"{name}.png"
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"]
        flags += ["--disable-background-networking", "--disable-component-update"]
        flags += ["--disable-sync", "--disable-quic", "--enable-logging=stderr", "--v=0"]
        flags += [f"--user-data-dir={tmp_path / 'profile'}", f"--screenshot={picture}"]
        done = subprocess.run(
            [browser, *flags, (tmp_path / name).as_uri()],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert "CONSOLE" not in done.stderr
        assert picture.stat().st_size > 5_000
