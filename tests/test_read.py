"""The room read: text and Markdown, encodings, bad input."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.errors import AlignerError, EncodingError, InputError, ReadError, UsageError
from aligner.model import Document
from aligner.read import read

RUSSIAN = (
    "Колодец был вырыт дедом за одну зиму. Вода в нём холодная и летом, и в самую жару.\n"
    "Никто в селе не помнит другого колодца."
)


def parts(document: Document, *, marks: bool = False) -> list[tuple[str, str]]:
    return [
        (block.kind, document.text[block.span.start : block.span.end])
        for block in document.blocks
        if marks or block.kind != "mark"
    ]


def facts(document: Document, name: str) -> list[str]:
    return [fact.value for fact in document.metadata if fact.name == name]


@pytest.fixture
def written(tmp_path):
    def write(text: str | bytes, name: str = "a.txt"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def test_blank_lines_part_paragraphs_and_wrapped_lines_do_not(written):
    text = (
        "The well was dug by my grandfather in one winter, and\n"
        "nobody in the village remembers any other well, since\n"
        "the old one has been dry for nearly a hundred years.\n"
        "\n"
        "Its water is cold in summer. In winter it is warmer\n"
        "than the air, so that the well smokes in the morning.\n"
    )
    assert len(parts(read(written(text)))) == 2


def test_lines_are_paragraphs_where_nothing_is_wrapped(written):
    text = "The well is deep.\nIts water is cold in summer and warm in winter.\nWho dug it?\n"
    assert len(parts(read(written(text)))) == 3


def test_line_ends_stay_as_they_are(written):
    document = read(written("One.\r\n\r\nTwo.\r\n"))
    assert document.text == "One.\r\n\r\nTwo.\r\n"
    assert [text for _, text in parts(document)] == ["One.", "Two."]


def test_a_tabbed_text_is_a_table(written):
    document = read(written("de\tfr\nDer Brunnen\tLe puits\n\tvide\n"))
    cells = [(b.cell.row, b.cell.column) for b in document.blocks]
    assert cells == [(0, 0), (0, 1), (1, 0), (1, 1), (2, 1)]


def test_a_bold_label_is_mark_label_mark_paragraph(written):
    document = read(written("**Kalit so'zlar:** quduq, suv\n", "a.md"))
    assert parts(document, marks=True) == [
        ("mark", "**"),
        ("label", "Kalit so'zlar:"),
        ("mark", "**"),
        ("paragraph", "quduq, suv"),
    ]


def test_a_list_of_terms_under_a_paragraph_is_a_block_of_its_own(written):
    text = "Annotatsiya. Quduq qadimgi.\nSuv toza.\nKalit so'zlar: quduq, suv,\nqishloq, yo'l.\n"
    assert parts(read(written(text, "a.md"))) == [
        ("paragraph", "Annotatsiya. Quduq qadimgi.\nSuv toza."),
        ("label", "Kalit so'zlar:"),
        ("paragraph", "quduq, suv,\nqishloq, yo'l."),
    ]


def test_marks_around_a_whole_line_are_cut_off(written):
    document = read(written("*Baku Slavic University*\n\n### **The Well**\n", "a.md"))
    assert parts(document) == [("paragraph", "Baku Slavic University"), ("heading", "The Well")]
    assert document.blocks[-2].level == 3


def test_emphasis_inside_a_paragraph_stays(written):
    document = read(written("**Baku** is a city on the *Caspian* sea.\n", "a.md"))
    assert parts(document) == [("paragraph", "**Baku** is a city on the *Caspian* sea.")]


def test_a_pipe_table_is_cells(written):
    text = "# T\n\n| en | ru |\n|----|----|\n| The well. | Колодец. |\n| a \\| b | |\n"
    document = read(written(text, "a.md"))
    found = {
        (b.cell.row, b.cell.column): document.text[b.span.start : b.span.end]
        for b in document.blocks
        if b.cell
    }
    assert found == {
        (0, 0): "en",
        (0, 1): "ru",
        (1, 0): "The well.",
        (1, 1): "Колодец.",
        (2, 0): "a \\| b",
    }


def test_lists_references_footnotes_and_front_matter(written):
    text = (
        "---\ntitle: The Well\nauthor:\n  - A. Writer\nlang: en\n---\n\n# One\n\n- a bucket\n"
        "- a rope\n\n1. Brown, T. Wells. 2019.\n2. Əliyev, R. Quyular.\n\n[^1]: By hand.\n"
    )
    document = read(written(text, "a.md"))
    assert [kind for kind, _ in parts(document)] == ["heading", *["item"] * 4, "note"]
    assert facts(document, "title") == ["The Well"]
    assert facts(document, "author") == ["A. Writer"]


def test_running_heads_between_halves_are_notes(written):
    first = "The well was dug by my grandfather in one winter, and he told us that the water\n\n"
    second = "was found on the last day. In spring he put a wheel on it, and a roof of\n\n"
    third = "reeds that lasted for ten years. Then the roof fell in.\n"
    head = "Annals of Wells 2024\n\n{}\n\n"
    document = read(written(first + head.format(11) + second + head.format(12) + third))
    assert [kind for kind, _ in parts(document)] == [
        *["paragraph", "note", "note"] * 2,
        "paragraph",
    ]
    assert [b.continues for b in document.blocks if b.kind == "paragraph"] == [False, True, True]


def test_labels_before_paragraphs(written):
    text = f"Аннотация\n\n{RUSSIAN.splitlines()[0]}\n\nKeywords: well, rope, water, bucket\n"
    kinds = [kind for kind, _ in parts(read(written(text)))]
    assert kinds == ["label", "paragraph", "label", "paragraph"]


def test_the_real_paper(shared):
    document = read(next((shared / "seeds").glob("002_*.txt")))
    kinds = [kind for kind, _ in parts(document)]
    assert kinds.count("heading") == 4
    assert kinds.count("item") == 7
    assert kinds.count("label") == 7
    assert sum(block.continues for block in document.blocks) == 7
    # The raw text is kept: every mark is still in it.
    assert "### ВТОРАЯ" in document.text


def test_text_without_punctuation_is_one_paragraph(shared):
    document = read(next((shared / "seeds").glob("000_*.txt")))
    assert len(document.blocks) == 1


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1251", "koi8-r", "iso8859-5"]
)
def test_encodings_are_found_and_told(written, encoding):
    document = read(written(RUSSIAN.encode(encoding)))
    assert document.text == RUSSIAN
    assert len(facts(document, "encoding")) == 1


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        (
            "cp1254",
            "Kuyunun suyu yazın soğuk, kışın ılıktır. Köyün çocukları her sabah buraya gelir.",
        ),
        (
            "cp1252",
            "Der Brunnen ist tief, und sein Wasser bleibt auch im Sommer kühl für müde Gäste.",
        ),
        ("gb18030", "这口井是我爷爷在一个冬天里挖成的，夏天井水很凉，冬天却很暖和。"),
        ("shift_jis", "この井戸は祖父が一冬で掘ったもので、夏でも水が冷たいです。"),
    ],
)
def test_other_encodings(written, encoding, text):
    assert read(written((text + "\n").encode(encoding) * 4)).text == (text + "\n") * 4


def test_an_encoding_can_be_named(written):
    path = written("Ğ".encode("iso8859-9") * 20)
    assert read(path, encoding="iso8859-9").text == "Ğ" * 20
    with pytest.raises(EncodingError, match="byte 0"):
        read(path, encoding="utf-8")
    for name in ("no-such-code", "zlib", "rot13"):
        with pytest.raises(UsageError):
            read(path, encoding=name)


def test_what_xml_cannot_hold_is_replaced_one_for_one(written):
    document = read(
        written(b"a\x00b \x07c \xed\xa0\x80d and some more text to be sure.\x0cPage two.\n")
    )
    assert document.text.startswith("a\ufffdb \ufffdc")
    assert "Page two." in document.text
    assert document.blocks[-1].page == 2
    assert facts(document, "note")


def test_damaged_utf8_is_still_utf8(written):
    document = read(written((RUSSIAN * 20).encode() + b"\xff\xd0"))
    assert document.text.startswith(RUSSIAN)
    assert "Damaged" in facts(document, "note")[0]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\n\t", "white space"),
        ("a.txt", bytes(range(256)) * 40, "binary"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(50), "picture"),
        ("a.rtf", b"{\\rtf1 Hello}", "RTF"),
        ("a.docx", b"just text\n", "its ending says docx"),
        ("a.docx", b"PK\x03\x04 broken", "damaged"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "before 2007"),
        ("a.tmx", b'<?xml version="1.0"?><tmx version="1.4"><body/></tmx>', "TMX"),
        ("a.xml", b"<?xml version='1.0'?><recipe/>", "recipe"),
        ("a.xml", b"<?xml version='1.0'?><TEI><p>", "damaged"),
    ],
)
def test_bad_files_are_declined_with_a_reason(written, name, content, says):
    with pytest.raises(ReadError, match=says):
        read(written(content, name))


def test_no_file_and_folders(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        read(tmp_path / "none.txt")
    with pytest.raises(InputError, match="folder"):
        read(tmp_path)
    with pytest.raises(InputError):
        read("a\x00b")


def test_content_wins_over_the_ending(written, fixtures):
    document = read(written((fixtures / "documents" / "paper.docx").read_bytes(), "a.txt"))
    assert any(block.kind == "heading" for block in document.blocks)


def test_a_reader_can_be_passed_or_named(written):
    path = written("# Not a heading\n")
    assert parts(read(path, reader="text")) == [("paragraph", "# Not a heading")]
    document = Document("x", "", ())
    assert read(path, reader=lambda _: document) is document
    with pytest.raises(ReadError, match="damaged"):
        read(path, reader=lambda _: 1 / 0)


@given(st.text(max_size=400), st.sampled_from(["a.txt", "a.md"]))
def test_any_text_is_read_whole(tmp_path_factory, text, name):
    path = tmp_path_factory.mktemp("any") / name
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        document = read(path, encoding="utf-8")
    except AlignerError:
        return
    # Document itself refuses blocks that leave out a character.
    assert len(document.text) == len(text.removeprefix("\ufeff"))


MARKDOWN = st.lists(
    st.sampled_from(
        [
            "\n\n",
            "слово ",
            "End. ",
            "<div>",
            "-->",
            "[^1]: ",
            "[x]: y\n",
            "---\n",
            "\\\n",
            "  \n",
            "# ",
            "**a:** ",
            "*",
            "**",
            "| a | b |\n|--|--|\n",
            "> ",
            "- ",
            "1. ",
            "`",
            "```\n",
            "\n",
        ]
    ),
    max_size=40,
)


@given(MARKDOWN)
def test_any_markdown_is_covered(tmp_path_factory, pieces):
    path = tmp_path_factory.mktemp("any") / "a.md"
    path.write_text("".join(pieces), encoding="utf-8", newline="")
    try:
        document = read(path)
    except ReadError:
        assert not "".join(pieces).strip()
        return
    words = re.findall("слово|End", "".join(text for _, text in parts(document)))
    assert len(words) >= document.text.count("слово")


@given(st.binary(min_size=1, max_size=300), st.sampled_from(["txt", "md", "srt", "html", "xml"]))
def test_any_bytes_give_a_document_or_an_error_of_ours(tmp_path_factory, data, ending):
    path = tmp_path_factory.mktemp("any") / f"a.{ending}"
    path.write_bytes(data)
    try:
        read(path)
    except AlignerError:
        return


def test_a_very_long_line_is_read_in_bounded_time(written):
    import time

    start = time.process_time()
    document = read(written("слово " * 500_000))
    assert len(document.blocks) == 1
    assert time.process_time() - start < 5
