"""The room read: documents of word processors, e-books, web pages, PDF, subtitles, archives."""

import io
import random
import re
import zipfile
from pathlib import Path

import pytest

from aligner.errors import AlignerError, InputError, ReadError, UnsafeInputError
from aligner.model import Cell
from aligner.read import read
from aligner.read.groups import documents_in, groups
from aligner.read.package import MAX_MEMBER

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PAPERS = ["docx", "odt", "epub", "html", "-one-columns.pdf", "-two-columns.pdf"]


def parts(document):
    return [
        (b.kind, document.text[b.span.start : b.span.end])
        for b in document.blocks
        if b.kind != "mark"
    ]


def texts(document, *kinds):
    return [text for kind, text in parts(document) if kind in kinds]


def bare(text):
    """Letters and digits, without what Markdown or a list's automatic numbers add."""
    return re.sub(r"[*<>\s]+", "", re.sub(r"^\d\. ", "", text))


@pytest.fixture(scope="session")
def made(fixtures):
    return fixtures / "documents"


def paper(made, ending):
    return made / (f"paper{ending}" if ending.startswith("-") else f"paper.{ending}")


def package(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def word(path, body, **more):
    text = f'<?xml version="1.0"?><w:document {W}><w:body>{body}</w:body></w:document>'
    return package(path, {"word/document.xml": text, **more})


@pytest.mark.parametrize("ending", PAPERS)
def test_the_paper_is_the_same_in_every_format(made, fixtures, ending):
    if ending.endswith("pdf"):
        pytest.importorskip("pypdfium2", reason="needs the extra pdf")
    expected = read(fixtures / "paper.md")
    found = read(paper(made, ending))
    assert [k for k, _ in parts(found) if k in ("heading", "label", "item")] == [
        k for k, _ in parts(expected) if k in ("heading", "label", "item")
    ]
    kinds = ("heading", "label", "paragraph", "item")
    assert "".join(bare(t) for t in texts(found, *kinds)) == "".join(
        bare(t) for t in texts(expected, *kinds)
    )


@pytest.mark.parametrize("columns", ["one", "two"])
def test_pdf_tells_notes_heads_and_page_numbers_apart(made, columns):
    pytest.importorskip("pypdfium2", reason="needs the extra pdf")
    document = read(made / f"paper-{columns}-columns.pdf")
    notes = texts(document, "note")
    assert notes.count("Proceedings of the Orchard Conference, Quva 2024") == 2
    assert "1 The oldest map that shows them was drawn in 1903." in notes
    assert {"1", "2"} <= set(notes)
    body = " ".join(texts(document, "paragraph"))
    assert "dug in the last century. In a dry summer" in body
    assert {block.page for block in document.blocks} == {1, 2}


@pytest.mark.parametrize("name", ["office.docx", "office.odt", "office.fodt", "office.html"])
def test_everything_word_processors_have(made, name):
    document = read(made / name)
    assert ("heading", "The well") in parts(document)
    assert texts(document, "item") == ["A bucket", "A rope"]
    assert ("label", "Result:") in parts(document)
    assert "By hand, in one winter." in texts(document, "note")
    assert "Proceedings of the Orchard Conference, Quva 2024" in texts(document, "note")
    assert "A box beside the text." in texts(document, "paragraph")
    cells = {b.cell: document.text[b.span.start : b.span.end] for b in document.blocks if b.cell}
    assert cells[Cell(0, 1, 0)] == "The well is deep."
    assert cells[Cell(0, 2, 1)] == "Летом вода в нём холодная."
    if not name.endswith("html"):  # there LibreOffice writes the deleted word too
        assert "The well is deep, and it was dug by my grandfather." in texts(document, "paragraph")


def test_places_point_into_the_file(made):
    places = {name: read(made / name).blocks[0].place for name in ("paper.docx", "paper.html")}
    assert places == {"paper.docx": "(//w:p)[1]", "paper.html": "(//p)[1]"}


def test_word_insertions_deletions_breaks_and_boxes(tmp_path):
    body = (
        '<w:p><w:pPr><w:pStyle w:val="X"/></w:pPr><w:r><w:t xml:space="preserve">A </w:t></w:r>'
        "<w:del><w:r><w:delText>wet </w:delText></w:r></w:del><w:ins><w:r><w:t>dry</w:t></w:r>"
        "</w:ins><w:r><w:noBreakHyphen/><w:t>ish</w:t><w:br/><w:t>well</w:t></w:r></w:p>"
        "<w:p><w:r><w:br w:type='page'/><w:t>Next</w:t></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>only one cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    document = read(word(tmp_path / "a.docx", body))
    assert parts(document) == [
        ("paragraph", "A dry\u2011ish\nwell"),
        ("paragraph", "Next"),
        ("paragraph", "only one cell"),
    ]
    assert [b.page for b in document.blocks] == [1, 1, 2]
    assert "hidden" in document.metadata[-1].value


def test_word_languages_are_hints_where_they_differ(tmp_path):
    def run(text, lang):
        return f'<w:p><w:r><w:rPr><w:lang w:val="{lang}"/></w:rPr><w:t>{text}</w:t></w:r></w:p>'

    both = run("Der Brunnen", "de-DE") + run("Le puits", "fr-FR") + run("Колодец", "en-US")
    document = read(word(tmp_path / "a.docx", both))
    assert [b.lang_hint for b in document.blocks] == ["de-DE", "fr-FR", None]
    document = read(word(tmp_path / "b.docx", run("Der Brunnen", "en-US")))
    assert document.blocks[0].lang_hint is None


def test_html(tmp_path):
    page = """<!DOCTYPE html><html lang="en"><head><meta charset="windows-1251"><title>Wells</title>
    <style>p {}</style></head><body><nav><a href="/">Home</a></nav><main><h2>Колодец</h2>
    <p>One<br>line   here.<sup><a href="#n1">1</a></sup></p><p lang="de">Der <b>Brunnen</b></p>
    <p lang="fr">Le puits</p><ul><li>a<ul><li>b</li></ul></li></ul>
    <table><tr><th colspan="2">x</th><td>y</td></tr><tr><td>1</td><td>2</td><td>3</td></tr></table>
    <p>first<br><br>second</p><p hidden>no</p><div>loose <p>tight</p> tail</div></main>
    <section role="doc-endnotes"><p id="n1">A note.</p></section><footer>2024</footer></body></html>"""
    path = tmp_path / "a.html"
    path.write_bytes(page.encode("cp1251"))
    document = read(path)
    assert parts(document) == [
        ("note", "Home"),
        ("heading", "Колодец"),
        ("paragraph", "One\nline here."),
        ("paragraph", "Der Brunnen"),
        ("paragraph", "Le puits"),
        ("item", "a"),
        ("item", "b"),
        *[("cell", c) for c in "xy123"],
        ("paragraph", "first"),
        ("paragraph", "second"),
        ("paragraph", "loose"),
        ("paragraph", "tight"),
        ("paragraph", "tail"),
        ("note", "A note."),
        ("note", "2024"),
    ]
    assert [b.lang_hint for b in document.blocks if b.lang_hint] == ["de", "fr"]
    assert [(b.cell.row, b.cell.column) for b in document.blocks if b.cell][1] == (0, 2)
    assert {f.name: f.value for f in document.metadata}["title"] == "Wells"


def test_epub_metadata(made):
    assert ("language", "en") in [(f.name, f.value) for f in read(made / "paper.epub").metadata]


def test_subtitles(made):
    document = read(made / "film.srt")
    assert parts(document) == [
        ("paragraph", "The well is deep,"),
        ("paragraph", "and its water is cold\neven in summer."),
        ("paragraph", "- Who dug it?\n- My grandfather."),
    ]
    captions = [b for b in document.blocks if b.kind == "paragraph"]
    assert [b.continues for b in captions] == [False, True, False]
    assert captions[1].place == "00:00:03,600"
    assert len(texts(read(made / "film.vtt"), "paragraph")) == 2


def test_a_zip_is_its_documents_in_a_row(made):
    document = read(made / "both.zip")
    assert [b.place for b in document.blocks] == ["en.txt line 1", "ru.txt line 1"]


def test_tei_of_others(tmp_path):
    path = tmp_path / "a.xml"
    path.write_text(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Wells'
        "</title><author>A. W.</author></titleStmt></fileDesc></teiHeader><text><body>"
        '<pb n="7"/><div xml:lang="de"><head>Brunnen</head><p>Der <choice><sic>Brunen</sic>'
        "<corr>Brunnen</corr></choice><note>Tief.</note> ist brei<lb break='no'/>\n t.</p></div>"
        '<div xml:lang="fr"><lg><l>Le puits</l><l>est profond.</l></lg></div></body></text></TEI>'
    )
    document = read(path)
    assert parts(document)[:3] == [
        ("heading", "Brunnen"),
        ("paragraph", "Der Brunnen ist breit."),
        ("note", "Tief."),
    ]
    assert texts(document, "paragraph")[1:] == ["Le puits", "est profond."]
    assert {b.lang_hint for b in document.blocks} == {"de", "fr"}
    assert document.blocks[0].page == 7


def test_hyphens_at_line_ends():
    from aligner.read.pdf.hyphens import Hyphens
    from aligner.read.pdf.page import Piece

    hyphens = Hyphens()
    hyphens.learn(["a well-known word", "колодец"])
    lines = [
        [Piece("It is a well-")],
        [Piece("known коло-")],
        [Piece("дец in Baku-")],
        [Piece("Quba")],
    ]
    joined = "".join(piece.text for piece in hyphens.joined(lines))
    assert joined == "It is a well-known колодец in Baku-Quba"


BOMB = "<w:p><w:r><w:t>" + "a" * (MAX_MEMBER + 10) + "</w:t></w:r></w:p>"
LAUGHS = '<!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize(
    ("name", "members", "error"),
    [
        ("a.docx", {"word/document.xml": BOMB}, UnsafeInputError),
        (
            "a.docx",
            {"word/document.xml": f"{LAUGHS}<w:document {W}>&b;</w:document>"},
            UnsafeInputError,
        ),
        ("a.docx", {"word/document.xml": "<w:p>"}, ReadError),
        ("a.docx", {"word/other.xml": "<a/>"}, ReadError),
        ("a.docx", {"word/document.xml": f"<w:document {W}>{'<w:sdt>' * 5000}"}, ReadError),
        ("a.odt", {"content.xml": "<a/>"}, ReadError),
        ("a.epub", {"META-INF/container.xml": "<rootfile full-path='../../x'/>"}, ReadError),
        ("a.zip", {"a.zip": "PK", "b.bin": "x"}, ReadError),
        ("a.zip", {f"{n}.txt": "a" for n in range(600)}, UnsafeInputError),
        ("a.xlsx", {"xl/workbook.xml": "<a/>"}, ReadError),
    ],
)
def test_hostile_packages(tmp_path, name, members, error):
    with pytest.raises(error):
        read(package(tmp_path / name, members))


def test_passwords_are_told(tmp_path, made):
    data = bytearray((made / "both.zip").read_bytes())
    for start in (m.start() for m in re.finditer(rb"PK\x01\x02", bytes(data))):
        data[start + 8] |= 1
    locked = tmp_path / "a.docx"
    locked.write_bytes(bytes(data).replace(b"en.txt", b"word/d").replace(b"ru.txt", b"word/e"))
    with pytest.raises(ReadError):
        read(locked)
    old = tmp_path / "b.docx"
    old.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") * 40
    )
    with pytest.raises(ReadError, match="password"):
        read(old)


def test_deep_html_is_refused_and_flat_html_read(tmp_path):
    deep = tmp_path / "deep.html"
    deep.write_text("<html>" + "<div>" * 30_000 + "x")
    with pytest.raises(InputError):
        read(deep)


def mutated(data, rng):
    kind = rng.random()
    if kind < 0.2:
        return data[: rng.randrange(len(data))]
    changed = bytearray(data)
    for _ in range(rng.choice([1, 5, 40])):
        at = rng.randrange(len(changed))
        changed[at : at + rng.randrange(3)] = bytes([rng.randrange(256)]) * rng.randrange(3)
    return bytes(changed)


def inside(data, rng):
    """Change a member of a ZIP archive, so that its reader sees it."""
    source, target = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    names = [n for n in source.namelist() if n.endswith(("ml", "opf", "txt"))]
    picked = rng.choice(names)
    with zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            member = source.read(name)
            tags = re.split(rb"(<[^>]*>)", member)
            rng.shuffle(tags) if rng.random() < 0.1 else tags.insert(
                0, tags.pop(rng.randrange(len(tags)))
            )
            archive.writestr(name, b"".join(tags) if name == picked and len(tags) > 2 else member)
    return target.getvalue()


@pytest.mark.parametrize("number", range(13))
def test_mutated_files_give_documents_or_errors_of_ours(made, tmp_path, number):
    files = sorted(path for path in made.iterdir() if path.is_file())
    path = files[number % len(files)]
    if path.suffix == ".pdf":
        pytest.importorskip("pypdfium2", reason="needs the extra pdf")
    rng = random.Random(number)
    data = path.read_bytes()
    target = tmp_path / path.name
    for _ in range(12):
        whole = data.startswith(b"PK") and rng.random() < 0.7
        target.write_bytes(inside(data, rng) if whole else mutated(data, rng))
        try:
            read(target)
        except AlignerError:
            continue


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["book.en.docx", "book.ru.docx", "x.txt"], [("book", "en ru"), ("x", "")]),
        (["en/ch1.txt", "en/ch2.txt", "ru/ch1.txt"], [("ch1", "en ru"), ("ch2", "")]),
        (["c/uz-Latn.txt", "c/uz-Cyrl.txt"], [("c", "uz-Latn uz-Cyrl")]),
        (["Paper_EN_v2.pdf", "Paper_RU_v2.pdf"], [("Paper_v2", "en ru")]),
        (["a/english.txt", "a/russian.txt", "a/o'zbek.txt"], [("a", "en ru uz")]),
        (["a no 1.txt", "a no 2.txt"], [("a no 1", ""), ("a no 2", "")]),
        (["b.en.txt", "b.en.docx", "b.ru.txt"], [("b.en", ""), ("b.en", ""), ("b.ru", "")]),
        (
            ["x/1/en.txt", "x/1/fr.txt", "x/2/en.txt", "x/2/fr.txt"],
            [("1", "en fr"), ("2", "en fr")],
        ),
    ],
)
def test_files_that_belong_together(names, expected):
    found = groups(Path(name) for name in names)
    assert [(g.name, " ".join(tag for tag, _ in g.members if tag)) for g in found] == expected
    assert sorted(p.as_posix() for g in found for _, p in g.members) == sorted(names)


def test_documents_in_a_folder(tmp_path):
    for name in ("ch10.txt", "ch2.txt", "ch1.docx", ".hidden.txt", "~$ch1.docx", "a.bin"):
        (tmp_path / name).write_text("x")
    assert [p.name for p in documents_in(tmp_path)] == ["ch1.docx", "ch2.txt", "ch10.txt"]


def test_boilerplate_of_a_page_becomes_notes(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    story = [
        "The mill by the river was built when nobody could read, and it still grinds.",
        "Every autumn the villagers carry their wheat to it along the old wall.",
        "The miller keeps a book in which he writes the weight of every sack.",
    ]
    paragraphs = "".join(f"<p>{text} {text.lower()}</p>" for text in story)
    path = tmp_path / "page.html"
    path.write_text(
        "<html><head><title>The mill</title></head><body><div class='menu'><ul><li><a href='/'>"
        "Home page</a></li><li><a href='/s'>Subscribe now</a></li></ul></div><article><h1>The mill"
        f"</h1>{paragraphs}</article><div class='footer'>All rights reserved</div></body></html>",
        encoding="utf-8",
    )
    document = read(path, reader="web")
    kinds = {document.text[b.span.start : b.span.end].strip(): b.kind for b in document.blocks}
    assert kinds["Subscribe now"] == "note"
    assert all(kinds[f"{text} {text.lower()}"] == "paragraph" for text in story)
    assert document.text == read(path).text
