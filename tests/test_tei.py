"""TEI holds everything, in both forms, and reads the TEI of others as far as it is understood."""

from __future__ import annotations

import re
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from strategies import corpora, small_corpus

import aligner
from aligner.errors import (
    AlignerError,
    InvalidFileError,
    InvalidRecordError,
    LanguageTagError,
    OutputError,
    UsageError,
)
from aligner.formats import entries, tei
from aligner.formats.validate import validate
from aligner.model import Alignment, Block, Corpus, Document, Segment, Sentence, Span, Version

FORMS = ("embedded", "standoff")


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=20)
@given(corpus=corpora())
def test_what_is_written_is_read_back(form, corpus, tmp_path_factory):
    path = tmp_path_factory.mktemp("tei") / "corpus.xml"
    aligner.write(corpus, path, tei=form, pairs=True)
    assert aligner.load(path) == corpus


@settings(max_examples=12)
@given(corpus=corpora(crossing=False))
def test_what_is_written_is_valid(corpus, tmp_path_factory):
    path = tmp_path_factory.mktemp("tei") / "corpus.xml"
    aligner.write(corpus, path, pairs=True)
    # the records allow empty units, and one unit in two versions; the rules of a corpus do not
    odd = {"unit.empty"}
    assert {p.rule for p in validate(path) if p.grave} <= odd


@pytest.mark.slow
def test_both_forms_agree_with_tei_itself(shared, tmp_path):
    """One run of jing over many files against the full schema, and against our profile."""
    if shutil.which("jing") is None:
        pytest.skip("jing is not installed")
    from lxml import etree

    made: list[Path] = []

    @settings(max_examples=15)
    @given(corpus=corpora())
    def write(corpus):
        path = tmp_path / f"c{len(made)}.xml"
        aligner.write(corpus, path, pairs=True)
        made.append(path)
        folder = tmp_path / f"s{len(made)}"
        folder.mkdir()
        aligner.write(corpus, folder / "c.xml", tei="standoff")
        tree = etree.parse(folder / "c.xml")
        tree.xinclude()
        made.append(tmp_path / f"r{len(made)}.xml")
        tree.write(made[-1])

    write()
    profile = Path(aligner.__file__).parent / "formats" / "tei-profile.rng"
    for schema in (shared / "schemas" / "tei_all.rng", profile):
        run = subprocess.run(["jing", schema, *made], capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stdout[:2000]


def test_the_files_of_a_set(tmp_path):
    aligner.write(small_corpus(), tmp_path / "p.corpus.xml", tei="standoff", pairs=True)
    names = sorted(path.name for path in tmp_path.iterdir())
    pairs = ["ru-en", "uz-en", "uz-ru", "uz-ru-en"]
    assert names == sorted(
        ["p.corpus.xml", "p.en.xml", "p.ru.xml", "p.uz.xml", *(f"p.align.{x}.xml" for x in pairs)]
    )
    with pytest.raises(OutputError):
        aligner.write(small_corpus(), tmp_path / "p.xml", tei="standoff")
    assert not (tmp_path / "p.xml").exists()


def test_bytes_do_not_depend_on_the_path_or_the_run(tmp_path):
    for name in ("a.xml", "b.xml"):
        aligner.write(small_corpus(), tmp_path / name)
    assert (tmp_path / "a.xml").read_bytes() == (tmp_path / "b.xml").read_bytes()


def test_what_a_scholar_sees(tmp_path):
    path = tmp_path / "garden.xml"
    aligner.write(small_corpus(), path)
    text = path.read_text(encoding="utf-8")
    assert (
        '<p><s xml:id="garden.ru.s2" source="d1:95,113">В саду много птиц.</s> '
        '<s xml:id="garden.ru.s3" source="d1:114,148">Они рано просыпаются и потом поют.</s></p>'
    ) in text
    assert '<item><term xml:id="garden.en.k2" source="d1:310,321">garden life</term></item>' in text
    assert (
        'type="2-1-1" target="#garden.uz.s3 #garden.uz.s4 #garden.ru.s3 #garden.en.s3" cert="0.9"'
        ' resp="#resp.aligner"/>'
    ) in text
    assert '<ptr xml:id="garden.al2.3" type="0-0-1" target="#garden.en.s4"' in text
    assert '<catRef scheme="#tr" target="#tr.translation" n="2" xml:lang="ru"/>' in text
    assert text.count('target="#tr.unknown"') == 2
    assert '<desc type="setting" n="method">lexicon</desc>' in text
    assert re.search(r'<language ident="uz-Latn" usage="\d+">Uzbek, Latin script</language>', text)


@pytest.mark.parametrize("bad", ["\x00", "\x0b", "\ud800", "\ufffe"])
def test_characters_that_xml_cannot_hold_are_refused(bad, tmp_path):
    document = Document("a.txt", f"A{bad}b.", (Block(Span(0, 4)),))
    version = Version(Segment("en", (Span(0, 4),)), document, (Sentence(Span(0, 4)),))
    with pytest.raises(InvalidRecordError, match="U\\+"):
        aligner.write(Corpus("x", rest=(version,)), tmp_path / "x.xml")
    with pytest.raises(InvalidRecordError, match="U\\+"):
        aligner.write(Corpus(f"x{bad}"), tmp_path / "x.xml")
    assert list(tmp_path.iterdir()) == []


def test_tags_that_xml_cannot_hold_are_refused(tmp_path):
    document = Document("a.txt", "A.", (Block(Span(0, 2)),))
    version = Version(Segment("no tag", (Span(0, 2),)), document, ())
    with pytest.raises(LanguageTagError):
        aligner.write(Corpus("x", rest=(version,)), tmp_path / "x.xml")


def test_options_are_checked(tmp_path):
    with pytest.raises(UsageError):
        aligner.write(small_corpus(), tmp_path / "x.xml", tei="scattered")
    with pytest.raises(UsageError, match="no option"):
        aligner.write(small_corpus(), tmp_path / "x.xml", indent=2)
    with pytest.raises(UsageError, match="ending"):
        aligner.write(small_corpus(), tmp_path / "x.unknown")


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=400)
@given(corpus=corpora())
def test_much_that_is_written_is_read_back(form, corpus, tmp_path_factory):
    path = tmp_path_factory.mktemp("tei") / "corpus.xml"
    aligner.write(corpus, path, tei=form, pairs=True)
    assert aligner.load(path) == corpus


def test_a_list_of_references_has_its_place(tmp_path):
    lines = ("Text.", "Sources", "1. Ann A. Gardens. 2001.", "2. Боб Б. Сады. 2002.", "An end.")
    kinds = ("paragraph", "heading", "item", "item", "paragraph")
    ends = [sum(map(len, lines[: n + 1])) + n for n in range(5)]
    spans = [Span(end - len(line), end) for end, line in zip(ends, lines, strict=True)]
    document = Document(
        "a.txt",
        "\n".join(lines),
        tuple(map(Block, spans, kinds)),  # type: ignore[arg-type]
    )

    def of(lang, *numbers, kind="references"):
        held = tuple(spans[n] for n in numbers)
        return Version(Segment(lang, held, kind=kind), document, tuple(map(Sentence, held)))

    corpus = Corpus("x", rest=(of("en", 0, kind="paragraph"), of("en", 1, 2, 4), of("ru", 3)))
    aligner.write(corpus, tmp_path / "x.xml")
    text = (tmp_path / "x.xml").read_text(encoding="utf-8")
    assert (
        '<head><s xml:id="a.en.s2" source="d1:6,13">Sources</s></head>\n<listBibl>\n'
        '<bibl><s xml:id="a.en.s3" source="d1:14,38">1. Ann A. Gardens. 2001.</s></bibl>\n'
        '<bibl source="d1:61,68"><s xml:id="a.en.s4" source="d1:61,68">An end.</s></bibl>\n'
        "</listBibl>\n</div>\n</back>"
    ) in text
    assert re.findall(r'<div type="(\w+)" xml:id="a\.(\w+\.\w+)"', text) == [
        ("rest", "en.rest1"), ("references", "en.references2"), ("references", "ru.references3")
    ]  # fmt: skip
    assert aligner.load(tmp_path / "x.xml") == corpus
    assert validate(tmp_path / "x.xml") == ()


def test_nothing_to_say(tmp_path):
    path = tmp_path / "x.xml"
    aligner.write(Corpus("Empty", (), (), ()), path)
    assert aligner.load(path) == Corpus("Empty")
    assert validate(path) == ()


def test_a_changed_file_is_told_from_ours(tmp_path):
    path = tmp_path / "x.xml"
    aligner.write(small_corpus(), path)
    path.write_text(path.read_text(encoding="utf-8").replace("We like it.", "We love it all."))
    with pytest.raises(AlignerError, match=r"garden\.en\.s4"):
        aligner.load(path)


@settings(max_examples=10)
@given(corpus=corpora())
def test_damaged_files_raise_no_other_error(corpus, tmp_path_factory):
    path = tmp_path_factory.mktemp("tei") / "corpus.xml"
    aligner.write(corpus, path)
    text = path.read_bytes().decode()
    at = len(corpus.title) * 97 % max(1, len(text) // 2) + len(text) // 3
    for damaged in (
        text[:at],
        text[:at] + text[at + 5 :],
        text.replace("d1:", "d9:"),
        text.replace('n="', 'm="'),
    ):
        path.write_bytes(damaged.encode())
        with suppress(AlignerError):
            aligner.load(path)
        validate(path)


def test_versions_of_one_document_share_it(tmp_path):
    path = tmp_path / "x.xml"
    aligner.write(small_corpus(), path)
    loaded = aligner.load(path)
    documents = {id(v.document) for a in loaded.alignments for v in a.versions}
    assert len(documents) == 1
    assert isinstance(loaded.alignments[0], Alignment)


@pytest.mark.parametrize("form", FORMS)
def test_beads_come_in_a_stream_too(form, tmp_path):
    corpus = small_corpus()
    path = tmp_path / "x.xml"
    aligner.write(corpus, path, tei=form, pairs=True)
    about, found = tei.stream(path)
    assert about == entries.head(corpus)
    assert sorted(map(repr, found)) == sorted(map(repr, entries.entries(corpus)))


OTHERS = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body>
<div xml:lang="en"><head>Song</head><lg><l xml:id="a1" corresp="#b1">One  <hi>or</hi></l>
<l xml:id="a2">two</l><l xml:id="a3">three.</l></lg></div>
<div xml:lang="de"><lg><l xml:id="b1">Eins</l>
<l xml:id="b2">zwei, drei.</l></lg></div></body></text>
<standOff><linkGrp><link target="#a2 #a3 #b2"/></linkGrp></standOff></TEI>"""


def test_tei_of_others_keeps_its_ids(tmp_path):
    path, again = tmp_path / "song.xml", tmp_path / "again.xml"
    path.write_text(OTHERS)
    corpus = aligner.load(path)
    (alignment,) = corpus.alignments
    assert [view.shape for view in alignment] == ["1-1", "2-1"]
    assert [unit.id for unit in alignment.versions[0].units] == ["a1", "a2", "a3"]
    assert alignment.versions[0].texts == ("One  or", "two", "three.")
    aligner.write(corpus, again)
    assert aligner.load(again) == corpus
    assert 'xml:id="a2"' in again.read_text()
    assert [p for p in validate(again) if p.grave] == []


@pytest.mark.parametrize("path", ["embedded.xml", "standoff/p001.corpus.xml"])
def test_the_samples_of_the_format_are_read(shared, path):
    corpus = aligner.load(shared / "tei-samples" / path)
    shapes = [[view.shape for view in alignment] for alignment in corpus.alignments]
    assert shapes[0][:6] == ["1-1-1", "1-1-1", "2-1-1", "1-1-1", "0-1-1", "0-0-1"]
    assert [a.crossing for a in corpus.alignments] == [False, True]


@pytest.mark.parametrize("text", ["", "plain text", "<html/>", "<TEI/>", "\x00\x01", "<a><b></a>"])
def test_what_is_no_tei_is_told_so(text, tmp_path):
    path = tmp_path / "x.xml"
    path.write_text(text)
    with pytest.raises(InvalidFileError):
        aligner.load(path)
    assert any(problem.grave for problem in validate(path))
