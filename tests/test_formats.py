"""Every exchange format: what it can hold comes back, what it cannot is said, its readers take it."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from itertools import pairwise, permutations
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from aligner.cli import cli
from aligner.errors import (
    InvalidFileError,
    LanguageTagError,
    LossError,
    UnsafeInputError,
    UsageError,
)
from aligner.formats import load, write
from aligner.formats.entries import entries, head
from aligner.formats.tables import flat
from aligner.formats.vertical import tokens
from aligner.mend import mended
from aligner.model import Alignment, Bead, Corpus, Parallel, Version
from aligner.pipeline import convert, lines_version
from aligner.pipeline.aligning import version_of

WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff\u2016"),
    min_size=1,
    max_size=12,
).map(lambda text: f"x{text}y")

ODD = st.sampled_from(
    [
        "]]>",
        "-- <b>&amp;</b>",
        "ש\u200f",
        "é",
        "🚀",
        "=1+1",
        "a\tb",
        '"',
        "''",
        "a\rb",
        "a\r\nb",
        "\ufeffx",
        "x;y, z",
        "\u2028z",
        "a\xa0b",
        "\u2066x",
        "۔",
        "#",
        "0",
        "NULL",
    ]
)


def corpus_of(*alignments: Alignment, title: str = "made") -> Corpus:
    parallels = tuple(Parallel(tuple(v.segment for v in a.versions)) for a in alignments)
    return Corpus(title, parallels, alignments)


@st.composite
def corpora(draw: st.DrawFn, *, most: int = 4, null: bool = True) -> Corpus:
    """Corpora that row formats can hold: monotone beads, units without control characters."""
    tags = ("uz-Latn", "ru", "en", "ar")[: draw(st.integers(2, most))]
    alignments = []
    for _ in range(draw(st.integers(1, 2))):
        least = 0 if null else 1
        shape = st.tuples(*[st.integers(least, 2)] * len(tags)).filter(any)
        shapes = draw(st.lists(shape, min_size=1, max_size=4))
        at, beads = [0] * len(tags), []
        for counts in shapes:
            sides = tuple(range(a, a + n) for a, n in zip(at, counts, strict=True))
            at = [side.stop for side in sides]
            confidence = draw(st.integers(0, 10_000)) / 10_000
            status = draw(st.sampled_from(["auto", "confirmed", "rejected"]))
            beads.append(Bead(sides, confidence=confidence, status=status))
        versions = tuple(
            version_of(tag, draw(st.lists(WORDS | ODD, min_size=n, max_size=n)))
            for tag, n in zip(tags, at, strict=True)
        )
        alignments.append(Alignment(versions, tuple(beads)))
    return corpus_of(*alignments)


def kept(corpus: Corpus, view: Callable[[str], str] = str) -> list[tuple[object, ...]]:
    """What a format of beads and texts can hold."""
    rows = []
    for entry in entries(corpus):
        sides = {
            lang: tuple(map(view, texts))
            for lang, texts in zip(entry.langs, entry.texts, strict=True)
            if texts
        }
        rows.append((entry.parallel, entry.role, sides, entry.confidence, entry.status))
    return rows


@settings(max_examples=12)
@given(corpora())
@pytest.mark.parametrize("ending", ["tsv", "csv"])
def test_tables_come_back(
    tmp_path_factory: pytest.TempPathFactory, ending: str, corpus: Corpus
) -> None:
    path = tmp_path_factory.mktemp("table") / f"c.{ending}"
    write(corpus, path)
    assert kept(load(path)) == kept(corpus, flat)


@settings(max_examples=12)
@given(corpora())
@pytest.mark.parametrize("ending", ["xlsx", "parquet", "jsonl"])
def test_tables_of_extras_come_back(
    tmp_path_factory: pytest.TempPathFactory, ending: str, corpus: Corpus
) -> None:
    if ending != "jsonl":
        pytest.importorskip({"xlsx": "openpyxl", "parquet": "pyarrow"}[ending])
    path = tmp_path_factory.mktemp("table") / f"c.{ending}"
    write(corpus, path)
    assert kept(load(path)) == kept(corpus, flat if ending == "xlsx" else str)


@settings(max_examples=12)
@given(corpora())
def test_tmx_comes_back_but_for_null_beads(
    tmp_path_factory: pytest.TempPathFactory, corpus: Corpus
) -> None:
    path = tmp_path_factory.mktemp("tmx") / "c.tmx"
    loss = write(corpus, path)
    whole = [row for row in kept(corpus) if len(row[2]) > 1]
    found = kept(load(path))
    assert [row[2:] for row in found] == [row[2:] for row in whole]
    assert dict(loss.counts).get("null beads", 0) == len(kept(corpus)) - len(whole)
    assert bool(loss) == (len(whole) < len(kept(corpus)))


@settings(max_examples=12)
@given(corpora(most=2))
@pytest.mark.parametrize("version", ["1.2", "2.1"])
def test_xliff_comes_back_where_there_is_a_source(
    tmp_path_factory: pytest.TempPathFactory, version: str, corpus: Corpus
) -> None:
    path = tmp_path_factory.mktemp("xliff") / "c.xlf"
    write(corpus, path, version=version)
    sourced = [row for row in kept(corpus) if "uz-Latn" in row[2]]
    back = kept(load(path)) if sourced else []
    assert [row[1:] for row in back] == [row[1:] for row in sourced]


@settings(max_examples=12)
@given(corpora(most=2))
@pytest.mark.parametrize("name", ["c.xces", "c.xces.gz", "c.intertext.xml"])
def test_links_and_sentences_come_back(
    tmp_path_factory: pytest.TempPathFactory, name: str, corpus: Corpus
) -> None:
    path = tmp_path_factory.mktemp("links") / name
    write(corpus, path)
    assert [row[2] for row in kept(load(path))] == [row[2] for row in kept(corpus)]


@settings(max_examples=12)
@given(corpora(null=False))
def test_moses_files_come_back_line_by_line(
    tmp_path_factory: pytest.TempPathFactory, corpus: Corpus
) -> None:
    path = tmp_path_factory.mktemp("moses") / "c.moses"
    write(corpus, path)
    langs = head(corpus).langs
    lines = {
        lang: path.with_suffix(f".{lang}").read_text("utf-8").split("\n")[:-1] for lang in langs
    }
    assert {len(column) for column in lines.values()} == {len(kept(corpus))}
    for number, row in enumerate(kept(corpus)):
        for lang, texts in row[2].items():  # type: ignore[attr-defined]
            assert lines[lang][number] == flat(mended(" ".join(texts)))
    assert len(kept(load(path))) == len(kept(corpus))


@settings(max_examples=12)
@given(corpora(most=2))
def test_a_ladder_comes_back_with_its_texts(
    tmp_path_factory: pytest.TempPathFactory, corpus: Corpus
) -> None:
    path = tmp_path_factory.mktemp("ladder") / "c.ladder"
    write(corpus, path)
    texts: dict[str, list[str]] = {}
    for alignment in corpus.alignments:
        for version in alignment.versions:
            texts.setdefault(version.lang, []).extend(version.texts)
    back = load(path, texts=texts)
    assert [e.texts for e in entries(back)] == [e.texts for e in entries(corpus)]


@settings(max_examples=12)
@given(corpora())
@pytest.mark.parametrize("ending", ["html", "vert", "vrt", "tbx"])
def test_formats_to_look_at_are_written(
    tmp_path_factory: pytest.TempPathFactory, ending: str, corpus: Corpus
) -> None:
    path = tmp_path_factory.mktemp("look") / f"c.{ending}"
    write(corpus, path)
    assert path.stat().st_size
    if ending in {"vert", "vrt"}:
        lines = path.read_text("utf-8").split("\n")
        assert lines.count("</s>") == sum(line.startswith("<s ") for line in lines)
    if ending != "tbx":
        with pytest.raises(UsageError, match="to write"):
            load(path)


@pytest.fixture
def village(fixtures: Path) -> Corpus:
    versions = tuple(
        lines_version(fixtures / f"village.{lang}.txt", lang) for lang in ("en", "ru", "ar", "zh")
    )
    beads = (
        Bead((range(2), range(1), range(1), range(1)), confidence=0.3),
        Bead((range(2, 2), range(1, 2), range(1, 2), range(1, 2)), confidence=0.8),
        *(Bead((range(i, i + 1),) * 4, confidence=0.9) for i in range(2, 7)),
        Bead((range(7, 8), range(7, 7), range(7, 7), range(7, 7)), confidence=0.6),
        Bead((range(8, 8), *[range(7, 8)] * 3), confidence=0.6),
    )
    words = (("mill", "мельница"), ("bread", "хлеб"), ("road", "дорога"))
    terms = tuple(
        Version(v.segment, v.document, v.units, "keyword")
        for v in (version_of("en", [a for a, _ in words]), version_of("ru", [b for _, b in words]))
    )
    keys = tuple(Bead((range(i, i + 1),) * 2) for i in range(3))
    return corpus_of(Alignment(versions, beads), Alignment(terms, keys), title="The village")


def test_sketch_maps_and_cwb_positions(village: Corpus, tmp_path: Path) -> None:
    write(village, tmp_path / "v.vert")
    rows = (tmp_path / "v.en-ru.map").read_text().splitlines()
    assert rows[:3] == ["0,1\t0", "-1\t1", "2\t2"]
    assert "-1\t1" in rows
    assert "7\t-1" in rows
    write(village, tmp_path / "v.vrt")
    first, *places = (tmp_path / "v.en-ru.align").read_text().splitlines()
    assert first == "V_EN\ts\tV_RU\ts"
    tokens = [
        line for line in (tmp_path / "v.vrt").read_text().split("\n") if line and line[0] != "<"
    ]
    start, end, *_ = map(int, places[0].split("\t"))
    assert tokens[start : end + 1][0] == "The"
    assert tokens[end] == "."


def regions(path: Path) -> list[tuple[int, int]]:
    """What cwb-encode makes of a vertical: the corpus positions of every ``s``."""
    position, found, start = 0, [], None
    for line in path.read_text("utf-8").removesuffix("\n").split("\n"):
        if line.startswith("<s "):
            assert start is None
            start = position
        elif line == "</s>":
            assert start is not None
            assert start < position
            found.append((start, position - 1))
            start = None
        elif line == "<g/>" or line.startswith(("<text ", "</text>")):
            assert start is None or line == "<g/>"
        else:
            assert line
            assert not re.search(r"[\t<>\s]|&(?!amp;|lt;|gt;)", line)
            position += 1
    return found


@settings(max_examples=25)
@given(corpora(most=3))
def test_cwb_positions_are_those_of_the_sentences(
    tmp_path_factory: pytest.TempPathFactory, corpus: Corpus
) -> None:
    path = tmp_path_factory.mktemp("cwb") / "1c.vrt"
    write(corpus, path)
    langs = head(corpus).langs
    files = {
        lang: path if n == 0 else path.with_name(f"1c.{lang}.vrt") for n, lang in enumerate(langs)
    }
    for a, b in permutations(langs, 2):
        first, *rows = (path.with_name(f"1c.{a}-{b}.align")).read_text().splitlines()
        assert re.fullmatch(r"[A-Z][A-Z0-9_-]*\ts\t[A-Z][A-Z0-9_-]*\ts", first)
        places = [tuple(map(int, row.split("\t"))) for row in rows]
        for start, end, at, to in places:
            for ends, lang in (((start, end), a), ((at, to), b)):
                assert ends[0] in {begin for begin, _ in regions(files[lang])}
                assert ends[1] in {last for _, last in regions(files[lang])}
        assert all(left[1] < right[0] for left, right in pairwise(places))


@settings(max_examples=25)
@given(corpora(most=3))
def test_maps_name_every_sentence_once(
    tmp_path_factory: pytest.TempPathFactory, corpus: Corpus
) -> None:
    path = tmp_path_factory.mktemp("sketch") / "c.vert"
    write(corpus, path)
    langs = head(corpus).langs
    files = {
        lang: path if n == 0 else path.with_name(f"c.{lang}.vert") for n, lang in enumerate(langs)
    }
    for a, b in permutations(langs, 2):
        rows = [r.split("\t") for r in (path.with_name(f"c.{a}-{b}.map")).read_text().splitlines()]
        for column, lang in enumerate((a, b)):
            named = []
            for row in rows:
                if row[column] != "-1":
                    first, _, last = row[column].partition(",")
                    named += range(int(first), int(last or first) + 1)
            assert sorted(named) == list(range(len(regions(files[lang]))))
            assert column or named == sorted(named)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("हिन्दी की किताब।", "हिन्दी|की|किताब|।"),
        ("كِتَابٌ.", "كِتَابٌ|."),
        ("re\u0301sume\u0301 (e\u0301)", "re\u0301sume\u0301|(|e\u0301|)"),
        ("می\u200cروم", "می\u200cروم"),
        ("Qishloq kutubxonalarida oʻquvchi.", "Qishloq|kutubxonalarida|oʻquvchi|."),
        ("中文。", "中|文|。"),
    ],
)
def test_marks_stay_with_their_letters(text: str, found: str) -> None:
    assert "|".join(token for token, _ in tokens(text)) == found


def test_strict_refuses_loss_and_leaves_nothing(village: Corpus, tmp_path: Path) -> None:
    with pytest.raises(LossError, match="null beads: 1"):
        write(village, tmp_path / "v.tmx", strict=True)
    assert not list(tmp_path.iterdir())


def test_what_several_formats_cannot_hold_is_counted(village: Corpus, tmp_path: Path) -> None:
    counts = dict(write(village, tmp_path / "v.xlf").counts)
    assert counts["languages"] == 2
    assert counts["null beads"] == 2
    assert dict(write(village, tmp_path / "v.tbx").counts) == {"beads that are no terms": 9}


def test_convert_goes_through_any_pair(village: Corpus, tmp_path: Path) -> None:
    write(village, tmp_path / "v.jsonl")
    chain = ["v.jsonl", "v.tmx", "v.tsv", "v.csv", "v.html"]
    for source, target in pairwise(chain):
        convert(tmp_path / source, tmp_path / target)
    assert "мельница" in (tmp_path / "v.html").read_text("utf-8")
    convert(tmp_path / "v.jsonl", tmp_path / "ar.xlf", langs=("ru", "ar"))
    assert head(load(tmp_path / "ar.xlf")).langs == ("ru", "ar")


def test_strict_fails_for_what_is_lost_and_only_then(village: Corpus, tmp_path: Path) -> None:
    write(village, tmp_path / "v.xml")
    for name in ("v.tsv", "v.jsonl", "v.html", "v.csv"):
        loss = convert(tmp_path / "v.xml", tmp_path / name, strict=True)
        assert not loss
        assert "offsets" in loss.notes[0]
    for name, kind in (("v.tmx", "null beads"), ("v.xlf", "languages"), ("v.vecalign", "texts")):
        with pytest.raises(LossError, match=kind):
            convert(tmp_path / "v.xml", tmp_path / name, strict=True)
    assert not convert(tmp_path / "v.xml", tmp_path / "t.xces", langs=("en", "zh"))
    pair = convert(tmp_path / "v.xml", tmp_path / "two.vecalign", langs=("ru", "zh"))
    assert not pair.sentences
    assert (tmp_path / "two.vecalign").read_text().startswith("[0]:[0]:0.7000\n[1]:[1]:0.2000\n")


@pytest.mark.parametrize("ending", ["xml", "jsonl", "tsv", "csv", "tmx", "xlf", "xces"])
def test_packed_files_are_read_and_written(village: Corpus, tmp_path: Path, ending: str) -> None:
    plain, packed = tmp_path / f"v.{ending}", tmp_path / f"w.{ending}.gz"
    two = {"langs": ("en", "ru")} if ending in {"xlf", "xces"} else {}
    write(village, plain, **two)
    write(village, packed, **two)
    assert packed.read_bytes()[:2] == b"\x1f\x8b"
    assert kept(load(packed)) == kept(load(plain))
    convert(packed, tmp_path / "x.jsonl.gz")
    assert kept(load(tmp_path / "x.jsonl.gz")) == kept(load(plain))
    again = packed.read_bytes()
    write(village, packed, force=True, **two)
    assert packed.read_bytes() == again


def test_several_files_are_not_packed_as_one(village: Corpus, tmp_path: Path) -> None:
    for name, options in (("v.moses.gz", {}), ("v.xml.gz", {"tei": "standoff"})):
        with pytest.raises(UsageError, match="several files"):
            write(village, tmp_path / name, **options)
    assert not list(tmp_path.iterdir())


def test_what_an_xml_file_begins_with_tells_its_format(village: Corpus, tmp_path: Path) -> None:
    for name in ("v.tmx", "v.xlf", "v.xces", "v.intertext.xml", "v.tbx"):
        write(village, tmp_path / name)
        other = tmp_path / "other.xml"
        other.write_bytes((tmp_path / name).read_bytes())
        assert [e.texts for e in entries(load(other))] == [
            e.texts for e in entries(load(tmp_path / name))
        ]


def test_forms_of_formats_by_command(village: Corpus, tmp_path: Path) -> None:
    def run(*words: str) -> str:
        return CliRunner().invoke(cli, ["convert", *words], catch_exceptions=False).output

    source = str(tmp_path / "v.xml")
    write(village, tmp_path / "v.xml")
    run(source, "-o", str(tmp_path / "s.xml"), "--tei", "standoff", "--pairs")
    names = {path.name for path in tmp_path.glob("s.align.*")}
    assert {"s.align.en-ru-ar-zh.xml", "s.align.ar-zh.xml"} <= names
    assert load(tmp_path / "s.xml") == village
    run(source, "-o", str(tmp_path / "v.xlf"), "--version", "2.1")
    assert 'version="2.1"' in (tmp_path / "v.xlf").read_text()
    run(source, "-o", str(tmp_path / "v.csv"), "--excel")
    assert (tmp_path / "v.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with pytest.raises(UsageError, match="no option 'pairs'"):
        convert(source, tmp_path / "v.tsv", pairs=True)


def test_some_languages_of_any_format(village: Corpus, tmp_path: Path) -> None:
    write(village, tmp_path / "v.xml")
    for name in ("a.tsv", "a.tmx", "a.jsonl", "a.xml", "a.intertext.xml"):
        convert(tmp_path / "v.xml", tmp_path / name, langs=("zh", "ar"))
        back = load(tmp_path / name)
        assert head(back).langs == ("zh", "ar")
        assert len(back.alignments) == 1
        assert len(back.alignments[0]) == 8
    with pytest.raises(LanguageTagError):
        convert(tmp_path / "v.xml", tmp_path / "b.tsv", langs=("de", "ar"))


def test_streams_and_corpora_are_written_alike(village: Corpus, tmp_path: Path) -> None:
    write(village, tmp_path / "v.xml")
    for name in ("tmx", "tsv", "csv", "jsonl", "html", "xlf"):
        write(village, tmp_path / f"a.{name}")
        convert(tmp_path / "v.xml", tmp_path / f"b.{name}")
        assert (tmp_path / f"a.{name}").read_bytes() == (tmp_path / f"b.{name}").read_bytes()
        if name != "html":
            convert(tmp_path / f"b.{name}", tmp_path / f"c.{name}")
            assert kept(load(tmp_path / f"c.{name}")) == kept(load(tmp_path / f"b.{name}"))


@pytest.mark.parametrize("ending", ["tsv", "csv", "xlsx"])
def test_double_bars_of_a_text_are_no_unit_ends(ending: str, tmp_path: Path) -> None:
    if ending == "xlsx":
        pytest.importorskip("openpyxl")
    texts = ["a \u2016 b", "c \u2016", "\u2016 d", "e\u2016\u2016f", "\u2016"]
    columns = (version_of("de", texts), version_of("fr", ["x", "y"]))
    beads = (Bead((range(3), range(1))), Bead((range(3, 5), range(1, 2))))
    write(corpus_of(Alignment(columns, beads)), tmp_path / f"c.{ending}")
    back = load(tmp_path / f"c.{ending}").alignments[0]
    assert list(back.versions[0].texts) == texts
    assert [bead.shape for bead in back.beads] == ["3-1", "2-1"]


def test_tables_for_spreadsheets_are_harmless(tmp_path: Path) -> None:
    corpus = corpus_of(
        Alignment((version_of("de", ["=1+1"]), version_of("fr", ["-2"])), (Bead((range(1),) * 2),))
    )
    write(corpus, tmp_path / "c.csv", excel=True)
    text = (tmp_path / "c.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")
    assert b",'=1+1,'-2" in text


def test_others_files_are_read(tmp_path: Path) -> None:
    tmx = tmp_path / "old.tmx"
    tmx.write_text(
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE tmx SYSTEM "tmx14.dtd">'
        '<tmx version="1.1"><header srclang="EN"/><body><tu><tuv lang="EN"><seg>A <bpt i="1"/>'
        'mill</seg></tuv><tuv lang="RU"><seg>Мельница</seg></tuv></tu></body></tmx>',
        encoding="utf-16",
    )
    assert [view.sides[0].text for view in load(tmx).alignments[0]] == ["A mill"]
    table = tmp_path / "two.tsv"
    table.write_text("en\tru\nA mill\tМельница\n", encoding="utf-8-sig")
    assert load(table).alignments[0].versions[1].texts == ("Мельница",)


XLIFF = 'xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"'
OTHERS = {
    "codes.tmx": (
        ('<tmx version="1.4"><header srclang="en-US"/><body><tu><note>n</note><prop type="x">y</prop>'
        '<tuv xml:lang="en-US"><seg>Go <bpt i="1">&lt;b&gt;</bpt>on<ept i="1">&lt;/b&gt;</ept>'
        ' <ph x="2"/>now <it pos="begin">i</it><hi>Hi</hi>.</seg></tuv>'
        '<tuv xml:lang="de"><seg>Los <ut>x</ut>jetzt</seg></tuv></tu></body></tmx>'),
        [(("en-US", "de"), (("Go on now Hi.",), ("Los jetzt",)))],
    ),
    "variants.tmx": (
        ('<tmx version="1.4"><header/><body><tu><tuv xml:lang="en"><seg>a</seg></tuv>'
        '<tuv xml:lang="de"><seg>b</seg></tuv><tuv xml:lang="de"><seg>c</seg></tuv></tu>'
        '<tu><tuv xml:lang="en"><seg>only</seg></tuv><tuv xml:lang="de"><seg/></tuv></tu></body></tmx>'),
        [
            (("en", "de", "de-x-b"), (("a",), ("b",), ("c",))),
            (("en", "de", "de-x-b"), (("only",), (), ())),
        ],
    ),
    "codes.xlf": (
        (f'<xliff {XLIFF}><file original="a" source-language="en" target-language="de"'
        ' datatype="plaintext"><body><group><trans-unit id="1"><source>Hi <g id="1">big <x id="2"/></g>'
        '<bpt id="3">b</bpt>world<ept id="3">b</ept><mrk mtype="term">!</mrk></source>'
        '<seg-source><mrk mtype="seg" mid="1">Hi</mrk></seg-source><target>Hallo <g id="1">Welt</g></target>'
        "<alt-trans><target>other</target></alt-trans></trans-unit></group></body></file></xliff>"),
        [(("en", "de"), (("Hi big world!",), ("Hallo Welt",)))],
    ),
    "files.xlf": (
        (f'<xliff {XLIFF}><file original="a" source-language="en" target-language="de"'
        ' datatype="plaintext"><body><trans-unit id="1"><source>A</source><target>B</target>'
        '</trans-unit></body></file><file original="b" source-language="en" target-language="fr"'
        ' datatype="plaintext"><body><trans-unit id="1"><source>C</source><target>D</target>'
        "</trans-unit></body></file></xliff>"),
        [(("en", "de"), (("A",), ("B",))), (("en", "fr"), (("C",), ("D",)))],
    ),
    "segments.xlf": (
        (f'<xliff {XLIFF}><file original="a" source-language="en" target-language="de"'
        ' datatype="plaintext"><body><trans-unit id="1"><source>A. B.</source><seg-source>'
        '<mrk mtype="seg" mid="1">A.</mrk> <mrk mtype="seg" mid="2">B.</mrk></seg-source><target>'
        '<mrk mtype="seg" mid="1">X.</mrk> <mrk mtype="seg" mid="2">Y.</mrk></target>'
        "</trans-unit></body></file></xliff>"),
        [(("en", "de"), (("A.",), ("X.",))), (("en", "de"), (("B.",), ("Y.",)))],
    ),
    "two.xlf": (
        ('<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="en" trgLang="de">'
        '<file id="f"><group id="g"><unit id="u"><originalData><data id="d">b</data></originalData>'
        '<segment state="final"><source>Hi <pc id="1" dataRefStart="d">you<ph id="2"/></pc>.</source>'
        "<target>Hallo.</target></segment><ignorable><source> </source></ignorable>"
        '<segment><source>Two<sc id="1"/>x<ec startRef="1"/>.</source><target>Zwei.</target></segment>'
        "</unit></group></file></xliff>"),
        [(("en", "de"), (("Hi you.",), ("Hallo.",))), (("en", "de"), (("Twox.",), ("Zwei.",)))],
    ),
    "quotes.tsv": (
        'en\tru\n"Hello, he said.\tПривет\nB\t"Б" или "В"\n',
        [(("en", "ru"), (('"Hello, he said.',), ("Привет",))), (("en", "ru"), (("B",), ('"Б" или "В"',)))],
    ),
    "quoted.tsv": ('en\tru\n"q""x"\ty\n', [(("en", "ru"), (('q"x',), ("y",)))]),
    "semicolons.csv": ("en;ru\r\nA, a;B\r\n", [(("en", "ru"), (("A, a",), ("B",)))]),
}  # fmt: skip


@pytest.mark.parametrize("name", OTHERS)
def test_files_of_others_as_they_are(tmp_path: Path, name: str) -> None:
    content, wanted = OTHERS[name]
    (tmp_path / name).write_bytes(content.encode())
    found = [(entry.langs, entry.texts) for entry in entries(load(tmp_path / name))]
    assert found == wanted


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("A mill\tМельница\nB\tБ\n", "'A mill' is no language tag"),
        ("id\ten\tru\tscore\n1\tA\tB\t0.5\n", "'score' is no language tag"),
        ("en\tru\nA\tB\tC\n", "row 2 has more cells"),
    ],
)
def test_tables_that_say_too_little_are_refused(tmp_path: Path, content: str, told: str) -> None:
    (tmp_path / "t.tsv").write_text(content, encoding="utf-8")
    with pytest.raises(InvalidFileError, match=told):
        load(tmp_path / "t.tsv")


def test_tables_of_spreadsheets_are_read(tmp_path: Path) -> None:
    (tmp_path / "t.tsv").write_text("en\tru\nA\tБ\n", encoding="utf-16")
    assert [entry.texts for entry in entries(load(tmp_path / "t.tsv"))] == [(("A",), ("Б",))]


def test_opus_files_are_read(tmp_path: Path) -> None:
    """Tokenised documents in folders of languages; sentences that no link names are kept."""
    for lang, words in (
        ("en", ("A mill .", "Not linked", "It turns .")),
        ("ru", ("Мельница", "Крутится")),
    ):
        folder = tmp_path / lang / "1984"
        folder.mkdir(parents=True)
        body = "".join(
            f'<s id="s{n}">\n <time id="T{n}" value="00:00:01,000"/>\n '
            + "\n ".join(f'<w id="{n}.{i}">{w}</w>' for i, w in enumerate(text.split()))
            + "\n</s>\n"
            for n, text in enumerate(words, 1)
        )
        document = f'<?xml version="1.0" encoding="utf-8"?>\n<document id="7">\n{body}</document>'
        (folder / "7.xml.gz").write_bytes(gzip.compress(document.encode()))
    (tmp_path / "en-ru.xces.gz").write_bytes(
        gzip.compress(
            b'<?xml version="1.0" encoding="utf-8"?>'
            b'<!DOCTYPE cesAlign PUBLIC "-//CES//DTD XML cesAlign//EN" "">'
            b'<cesAlign version="1.0"><linkGrp targType="s" fromDoc="en/1984/7.xml.gz"'
            b' toDoc="ru/1984/7.xml.gz"><link id="SL0" xtargets="s1;s1" certainty="1.0736"/>'
            b'<link id="SL1" xtargets="s3;s2" certainty="-0.3" overlap="0.5"/></linkGrp></cesAlign>'
        )
    )
    corpus = load(tmp_path / "en-ru.xces.gz")
    assert head(corpus).langs == ("en", "ru")
    assert [entry.texts for entry in entries(corpus)] == [
        (("A mill .",), ("Мельница",)),
        (("Not linked",), ()),
        (("It turns .",), ("Крутится",)),
    ]
    assert [entry.confidence for entry in entries(corpus)] == [1.0, 1.0, 0.0]


def test_intertext_files_are_read(tmp_path: Path) -> None:
    """Ids with the text's name, a head that is linked, marks on links, the order of InterText."""
    (tmp_path / "tale.cs.xml").write_text(
        '<?xml version="1.0" encoding="utf-8"?><doc id="tale" lang="cs"><div><head id="cs:1:0">Mlýn</head>'
        '<p id="cs:1"><s id="cs:1:1">Mlýn <hi>stojí</hi>.</s><s id="cs:1:2">Točí se.</s></p></div></doc>'
    )
    (tmp_path / "tale.en.xml").write_text(
        '<doc lang="en"><head id="en:1:0">Mill</head><p><s id="en:1:1">The mill stands and turns.</s></p></doc>'
    )
    (tmp_path / "tale.cs.en.intertext.xml").write_text(
        '<?xml version="1.0" encoding="utf-8"?><linkGrp toDoc="tale.en.xml" fromDoc="tale.cs.xml">'
        "<link type='1-1' xtargets='en:1:0;cs:1:0' status='man'/>"
        "<link type='1-2' xtargets='en:1:1;cs:1:1 cs:1:2' status='plain' mark='1'/></linkGrp>"
    )
    corpus = load(tmp_path / "tale.cs.en.intertext.xml")
    assert head(corpus).langs == ("cs", "en")
    assert [(entry.texts, entry.status) for entry in entries(corpus)] == [
        ((("Mlýn",), ("Mill",)), "confirmed"),
        ((("Mlýn stojí.", "Točí se."), ("The mill stands and turns.",)), "auto"),
    ]


@pytest.mark.parametrize("ending", ["tmx", "xlf", "xces", "tsv", "csv", "tbx", "jsonl", "xlsx"])
@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"<tmx><body></tmx>", b"PK\x03\x04zzz"])
def test_files_that_are_none_get_a_clear_error(tmp_path: Path, ending: str, content: bytes) -> None:
    path = tmp_path / f"c.{ending}"
    path.write_bytes(content)
    if ending == "jsonl" and not content:
        return
    with pytest.raises((InvalidFileError, UnsafeInputError)):
        load(path)


def test_bombs_are_refused(tmp_path: Path) -> None:
    bomb = tmp_path / "b.tmx"
    bomb.write_text(
        '<!DOCTYPE tmx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
        '<tmx version="1.4"><header/><body><tu><tuv lang="en"><seg>&b;</seg></tuv></tu></body></tmx>'
    )
    with pytest.raises(UnsafeInputError):
        load(bomb)
    pytest.importorskip("openpyxl")
    book = tmp_path / "b.xlsx"
    with ZipFile(book, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 100_000_000)
    with pytest.raises(UnsafeInputError):
        load(book)


# Consumers: what the field's tools make of the files.


def test_tmx_and_xliff_are_valid(village: Corpus, tmp_path: Path, shared: Path) -> None:
    write(village, tmp_path / "v.tmx")
    assert etree.DTD(str(shared / "schemas/tmx14.dtd")).validate(etree.parse(tmp_path / "v.tmx"))
    for version, schema in (
        ("1.2", "xliff-core-1.2-transitional.xsd"),
        ("2.1", "xliff_core_2.0.xsd"),
    ):
        path = tmp_path / f"v{version}.xlf"
        write(village, path, version=version)
        rules = etree.XMLSchema(etree.parse(shared / "schemas" / schema))
        rules.assertValid(etree.parse(path))


def test_parquet_is_a_table_for_others(village: Corpus, tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    write(village, tmp_path / "v.parquet")
    table = pq.read_table(tmp_path / "v.parquet")
    assert table.num_rows == 12
    assert table.column("segments")[0].as_py()[0]["lang"] == "en"
