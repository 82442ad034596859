"""TEI that others wrote, in the forms that the field has: units, links, files, marks."""

from __future__ import annotations

from pathlib import Path

import pytest

import aligner
from aligner.errors import AlignerError, InvalidFileError, UnsafeInputError
from aligner.formats.validate import validate
from aligner.model import Fact

TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0" '
HEADER = (
    "<teiHeader><fileDesc><titleStmt><title>{title}</title>{more}</titleStmt>"
    "<publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader>"
)


def text(lang: str, body: str, *, title: str = "A tale", more: str = "", about: str = "") -> str:
    head = HEADER.format(title=title, more=more)
    return f'{TEI}xml:lang="{lang}">{head}<text{about}><body>{body}</body></text></TEI>'


def one_file(links: str, *texts: str, header: str = "") -> str:
    head = HEADER.format(title="Both", more=header)
    return (
        f'<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">{head}'
        f"<standOff>{links}</standOff>{''.join(texts)}</teiCorpus>"
    )


def units(name: str, *texts: str, mark: str = "x") -> str:
    return "".join(
        f'<p><{name} xml:id="{mark}{n}">{t}</{name}></p>' for n, t in enumerate(texts, 1)
    )


def load(tmp_path: Path, content: str) -> aligner.Corpus:
    (tmp_path / "c.xml").write_text(content, encoding="utf-8")
    return aligner.load(tmp_path / "c.xml")


def shapes(corpus: aligner.Corpus) -> list[str]:
    return [view.shape for view in corpus.alignments[0]]


PEOPLE = (
    '<respStmt xml:id="r1"><resp>check</resp><persName>Ann Other</persName></respStmt>'
    '<editor xml:id="r2">Bo Else</editor>'
)


def test_marks_of_links_are_read(tmp_path):
    links = (
        '<linkGrp type="alignment" resp="#r2" cert="low">'
        '<link target="#a1 #b1" cert="0.25" resp="#r1" subtype="confirmed"/>'
        '<link target="#a2 #b2" cert="high"/>'
        '<ptr target="#a3" cert="unknown" resp="#r1 #r2"/>'
        '<link target="#b3 #a4" n="1:1" type="1-1"/>'
        '<link target="#a5 #b4" cert="medium" resp="https://orcid.org/0"/></linkGrp>'
    )
    corpus = load(
        tmp_path,
        one_file(
            links,
            text("en", units("s", *"ABCDE", mark="a")),
            text("de", units("s", *"ABDE", mark="b")),
            header=PEOPLE,
        ),
    )
    assert [(b.confidence, b.status, b.resp) for b in corpus.alignments[0].beads] == [
        (0.25, "confirmed", "Ann Other"),
        (0.9, "auto", "Bo Else"),
        (0.5, "auto", "Ann Other, Bo Else"),
        (0.3, "auto", "Bo Else"),
        (0.6, "auto", "https://orcid.org/0"),
    ]
    aligner.write(corpus, tmp_path / "again.xml")
    assert aligner.load(tmp_path / "again.xml") == corpus
    assert [p for p in validate(tmp_path / "again.xml") if p.grave] == []


def test_a_bead_of_several_links_is_as_sure_as_the_least(tmp_path):
    links = (
        '<linkGrp><link target="#a1 #b1" cert="0.9" subtype="confirmed"/>'
        '<link target="#b1 #a2" cert="0.4" resp="#nobody"/></linkGrp>'
    )
    corpus = load(
        tmp_path,
        one_file(
            links,
            text("en", units("s", "A", "B", mark="a")),
            text("de", units("s", "AB", mark="b")),
        ),
    )
    (bead,) = corpus.alignments[0].beads
    assert (bead.shape, bead.confidence, bead.status) == ("2-1", 0.4, "auto")
    assert bead.resp == "aligner, nobody"


def test_files_that_links_point_into_are_read(tmp_path):
    """One file a language with the same ids, and a file of links, as in MULTEXT-East."""
    for lang, words in (("bg", ("Едно.", "Две.")), ("en", ("One.", "Two.")), ("cs", ("Jedna.",))):
        (tmp_path / f"tale-{lang}.xml").write_text(text(lang, units("s", *words, mark="O.1.")))
    links = (
        '<link n="1:1:1" targets="tale-bg.xml#O.1.1 tale-en.xml#O.1.1 tale-cs.xml#O.1.1"/>'
        '<link n="1:1:0" targets="tale-bg.xml#O.1.2 tale-en.xml#O.1.2"/>'
    )
    corpus = load(tmp_path, text("en", f"<linkGrp>{links}</linkGrp>"))
    assert [v.lang for v in corpus.alignments[0].versions] == ["bg", "en", "cs"]
    assert shapes(corpus) == ["1-1-1", "1-1-0"]
    assert corpus.alignments[0].versions[0].texts == ("Едно.", "Две.")
    (tmp_path / "tale-cs.xml").unlink()
    with pytest.raises(InvalidFileError, match=r"tale-cs\.xml"):
        aligner.load(tmp_path / "c.xml")


@pytest.mark.parametrize(
    ("base", "pointer"),
    [
        ("", "de.xml#b1"),
        ("", "sub/../de.xml#b1"),
        ("sub/", "../de.xml#b1"),
        ("http://example.org/corpus/", "de.xml#b1"),
    ],
)
def test_pointers_are_relative_to_their_base(base, pointer, tmp_path):
    (tmp_path / "de.xml").write_text(text("de", units("s", "Eins.", mark="b")))
    said = f' xml:base="{base}"' if base else ""
    link = f'<link target="#a1 {pointer}"/>'
    content = text("en", units("s", "One.", "Two.", mark="a")).replace(
        "</TEI>", f"<standOff><linkGrp{said}>{link}</linkGrp></standOff></TEI>"
    )
    assert shapes(load(tmp_path, content)) == ["1-1", "1-0"]


def test_addresses_are_not_followed(tmp_path):
    (tmp_path / "de.xml").write_text(text("de", units("s", "Eins.", mark="b")))
    link = '<linkGrp><link target="#a1 http://example.org/de.xml#b1"/></linkGrp>'
    assert load(tmp_path, one_file(link, text("en", units("s", "A", mark="a")))).alignments == ()


@pytest.mark.parametrize("name", ["../out.xml", "/etc/passwd.xml", "a/../../out.xml"])
def test_pointers_do_not_leave_their_folder(name, tmp_path):
    inside = tmp_path / "in"
    inside.mkdir()
    (tmp_path / "out.xml").write_text(text("de", units("s", "Eins.", mark="b")))
    content = text("en", units("s", "One.", mark="a")).replace(
        "</TEI>",
        f'<standOff><linkGrp><link target="#a1 {name}#b1"/></linkGrp></standOff></TEI>',
    )
    with pytest.raises(AlignerError) as raised:
        load(inside, content)
    assert isinstance(raised.value, UnsafeInputError | InvalidFileError)


def test_counterparts_lead_to_other_files(tmp_path):
    (tmp_path / "de.xml").write_text(
        text("de", '<lg><l xml:id="l1" corresp="c.xml#l1">Eins</l><l xml:id="l2">zwei</l></lg>')
    )
    corpus = load(
        tmp_path,
        text("en", '<lg><l xml:id="l1" corresp="de.xml#l1">One</l><l xml:id="l2">two</l></lg>'),
    )
    assert shapes(corpus) == ["1-1", "1-0", "0-1"]
    assert corpus.alignments[0].versions[0].unit == "verse"


@pytest.mark.parametrize("name", ["s", "seg", "l", "ab", "p"])
def test_every_kind_of_unit(name, tmp_path):
    links = '<linkGrp><link target="#a1 #b1"/><link target="#a2 #b2"/></linkGrp>'

    def body(mark: str) -> str:
        inside = "".join(f'<{name} xml:id="{mark}{n}">Text {n}.</{name}>' for n in (1, 2))
        return (
            inside
            if name in {"ab", "p"}
            else f"<{'lg' if name == 'l' else 'p'}>{inside}</{'lg' if name == 'l' else 'p'}>"
        )

    corpus = load(tmp_path, one_file(links, text("en", body("a")), text("de", body("b"))))
    assert shapes(corpus) == ["1-1", "1-1"]
    assert [u.id for u in corpus.alignments[0].versions[0].units] == ["a1", "a2"]
    aligner.write(corpus, tmp_path / "again.xml")
    assert aligner.load(tmp_path / "again.xml") == corpus


def test_heads_and_items_are_units_if_linked(tmp_path):
    links = "".join(f'<link target="#a{n} #b{n}"/>' for n in (1, 2, 3))

    def body(mark: str) -> str:
        return (
            f'<head xml:id="{mark}1">Head</head><p><s xml:id="{mark}2">Text.</s></p>'
            f'<list><item xml:id="{mark}3">Item</item></list>'
        )

    both = (text("en", body("a")), text("de", body("b")))
    corpus = load(tmp_path, one_file(f"<linkGrp>{links}</linkGrp>", *both))
    assert corpus.alignments[0].versions[0].texts == ("Head", "Text.", "Item")
    assert shapes(corpus) == ["1-1"] * 3
    plain = load(tmp_path, one_file('<linkGrp><link target="#a2 #b2"/></linkGrp>', *both))
    assert plain.alignments[0].versions[0].texts == ("Text.",)


def test_printing_is_no_text_and_words_join(tmp_path):
    body = """<p>
      <s xml:id="a1">
        <w>The</w>
        <w join="right">mill</w>
        <pc>.</pc>
      </s>
      <s xml:id="a2">Two<note>a note of it</note> <choice><sic>tow</sic><corr>words</corr></choice>
         here.</s>
      <s xml:id="a3">A line<lb/>and <lb/>an
        <lb break="no"/>other,<pb n="2"/>un <hi>bro <lb break="no"/> ken</hi>.</s>
    </p>"""
    corpus = load(tmp_path, text("en", body))
    (version,) = corpus.rest
    assert version.texts == ("The mill.", "Two words here.", "A line and another, un broken.")
    assert [b.kind for b in version.document.blocks] == ["paragraph", "note"]
    assert version.document.text.endswith("a note of it")


def test_the_language_of_a_header_will_do(tmp_path):
    body = units("s", "Eins.", mark="b")
    head = HEADER.format(title="T", more="").replace(
        "</teiHeader>",
        '<profileDesc><langUsage><language ident="de">German</language></langUsage></profileDesc></teiHeader>',
    )
    corpus = load(tmp_path, f"{TEI}>{head}<text><body>{body}</body></text></TEI>")
    assert corpus.rest[0].lang == "de"


def test_two_versions_of_one_language_are_told_apart(tmp_path):
    links = '<linkGrp><link target="#a1 #b1"/></linkGrp>'
    corpus = load(
        tmp_path,
        one_file(
            links, text("en", units("s", "A", mark="a")), text("en", units("s", "B", mark="b"))
        ),
    )
    assert [v.lang for v in corpus.alignments[0].versions] == ["en-x-a", "en-x-b"]


def test_headers_of_others_are_read(tmp_path):
    german = text(
        "de", units("s", "B", mark="b"), title="Ein Garten",
        more='<author>Ann A.</author><editor role="translator">Bo B.</editor>',
    )  # fmt: skip
    links = '<linkGrp><link target="#a1 #b1"/></linkGrp>'
    corpus = load(
        tmp_path,
        one_file(
            links,
            text("en", units("s", "A", mark="a"), title="A garden"),
            german,
            header="<author>Ann A.</author>",
        ),
    )
    assert corpus.title == "Both"
    assert corpus.metadata == (
        Fact("author", "Ann A."),
        Fact("title", "A garden", "en"),
        Fact("title", "Ein Garten", "de"),
        Fact("author", "Ann A.", "de"),
        Fact("translator", "Bo B.", "de"),
    )


def test_links_of_words_are_none_of_units(tmp_path):
    body = (
        '<p><s xml:id="s1"><w xml:id="w1">A</w> <w xml:id="w2">b</w>'
        '<linkGrp type="UD-SYN"><link ana="ud-syn:root" target="#s1 #w1"/>'
        '<link target="#w1 #w2"/></linkGrp></s></p>'
    )
    corpus = load(tmp_path, text("en", body))
    assert corpus.alignments == ()
    assert corpus.rest[0].texts == ("A b",)


def test_long_chains_of_links_cost_little(tmp_path):
    count = 3000
    links = "".join(f'<link target="#a{n} #b{n} #a{n + 1}"/>' for n in range(count, 1, -1))
    corpus = load(
        tmp_path,
        one_file(
            f"<linkGrp>{links}</linkGrp>",
            text("en", units("s", *(["A"] * (count + 1)), mark="a")),
            text("de", units("s", *(["B"] * count), mark="b")),
        ),
    )
    assert shapes(corpus)[-1] == f"{count}-{count - 1}"
