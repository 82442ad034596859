"""The command line on good and bad input: messages, exit codes, and nothing lost."""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

import aligner
from aligner.cli import main


def pdf(*objects: str, trailer: str = "") -> bytes:
    """A PDF of one empty page, and of more objects."""
    body, places = b"%PDF-1.4\n", []
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>"
    tree = ("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", page)
    for number, text in enumerate((*tree, *objects), start=1):
        places.append(len(body))
        body += f"{number} 0 obj{text}endobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}trailer"
    return body + f"{head}<</Root 1 0 R{trailer}>>\nstartxref\n{len(body)}\n%%EOF".encode()


SCANNED = pdf()
LOCK = f"<</Filter/Standard/V 1/R 2/P -4/O<{'17' * 32}>/U<{'71' * 32}>>>"
LOCKED = pdf(LOCK, trailer="/Encrypt 4 0 R/ID[<00><00>]")


def call(*arguments: str | Path) -> int:
    """Run a command in this process; its exit code."""
    with pytest.raises(SystemExit) as end:
        main([str(argument) for argument in arguments])
    return int(end.value.code or 0)


@pytest.fixture(scope="module")
def corpus(fixtures: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("corpus") / "paper.xml"
    assert call("run", fixtures / "paper.md", "-o", path, "-q") == 0
    return path


def test_the_summary_says_what_was_found(
    fixtures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("run", fixtures / "paper.md", "-o", tmp_path / "c.xml") == 0
    printed = capsys.readouterr()
    assert "uz-Latn ru en: 4 x 1-1-1, 1 x 1-2-1" in printed.out
    assert "unaligned" in printed.out
    assert str(tmp_path / "c.xml") in printed.out
    assert not printed.err


def test_a_text_without_sentences_gives_one_version_and_two_warnings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = tmp_path / "plain.txt"
    text.write_text("the road goes down to the river and the mill " * 200)
    assert call("run", text, "-o", tmp_path / "c.xml") == 0
    printed = capsys.readouterr().out
    assert printed.count("warning") == 2
    assert "nothing to align" in printed
    assert "no sentence punctuation" in printed


BAD = {
    "missing": (None, "no such file", "Check the name"),
    "empty.txt": (b"", "empty", "copy it again"),
    "blank.txt": (b" \n\n ", "white space", ""),
    "binary.txt": (bytes(range(256)) * 40, "binary", "Save it as text"),
    "wrong.docx": (b"this is no zip file", ".docx", ""),
    "failed.docx": (b"<html>\n<p>404</p>" * 9, "plain text is in it", "get the file again"),
    "broken.xml": (b"<TEI><text></TEI>", "XML", ""),
    "photo.png": (b"\x89PNG\r\n\x1a\n" + bytes(99), "picture", "OCR"),
    "photo.jpg": (b"\xff\xd8\xff\xe0" + bytes(99), "picture", "OCR"),
    "locked.pdf": (LOCKED, "password", "Save it without the password"),
    "scanned.pdf": (SCANNED, "no text", "OCR"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_read_is_named_and_nothing_is_written(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content, said, advice = BAD[name]
    if name.endswith(".pdf"):
        pytest.importorskip("pypdfium2")
    if content is not None:
        (tmp_path / name).write_bytes(content)
    out = tmp_path / "out.xml"
    assert call("run", tmp_path / name, "-o", out) == 1
    message = capsys.readouterr().err
    assert name in message
    assert said in message
    assert advice in message
    assert "Traceback" not in message
    assert not out.exists()
    assert not list(tmp_path.glob(".*"))


def test_a_missing_extra_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.pdf").write_bytes(SCANNED)
    room = importlib.import_module("aligner.read.pdf")
    monkeypatch.setitem(sys.modules, "aligner.read.pdf.glyphs", None)
    monkeypatch.delattr(room, "glyphs", raising=False)
    assert call("run", tmp_path / "a.pdf", "-o", tmp_path / "a.xml") == 1
    assert "pip install 'tei-aligner[pdf]'" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["align", "detect", "stats", "validate"])
def test_a_folder_is_no_file(
    command: str, fixtures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = ("--langs", "en,ru", "-o", tmp_path / "x.xml") if command == "align" else ()
    assert call(command, *[fixtures] * (2 if command == "align" else 1), *more) == 1
    assert "this is a folder" in capsys.readouterr().err


def test_a_folder_of_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in").mkdir()
    assert call("run", tmp_path / "in", "-o", tmp_path / "out") == 1
    assert "no file to read" in capsys.readouterr().err


def test_one_bad_file_does_not_stop_the_others(
    tmp_path: Path, fixtures: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.docx").write_bytes(b"PK no")
    code = call("run", tmp_path / "bad.docx", fixtures / "contract.md", "-o", tmp_path / "out")
    assert code == 3
    assert (tmp_path / "out" / "contract.xml").exists()
    assert "1 of 2 failed" in capsys.readouterr().err


def test_a_folder_of_stand_off_files(tmp_path: Path, fixtures: Path) -> None:
    words = ("run", fixtures / "contract.md", fixtures / "paper.md", "--tei", "standoff", "-q")
    assert call(*words, "-o", tmp_path / "out") == 0
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"paper.xml", "paper.ru.xml", "contract.xml", "contract.ru.xml"} <= names


@pytest.mark.parametrize(
    "text",
    [
        "A\x00b\x01 and c.",
        b"caf\xe9 au lait, d\xe9j\xe0 vu \xe0 la carte".decode("latin-1").encode("latin-1"),
        b"\xed\xa0\x80 lone surrogate in the text, and more of it.",
        "\ufeffA byte order mark stands before this sentence.".encode(),
        "UTF-16 is read as it says it is.".encode("utf-16"),
    ],
)
def test_odd_bytes_are_read_and_reported(text: str | bytes, tmp_path: Path) -> None:
    path = tmp_path / "odd.txt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    assert call("run", path, "-o", tmp_path / "c.xml", "-q") == 0
    assert call("validate", tmp_path / "c.xml") == 0


@pytest.mark.slow
def test_a_line_of_fifty_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("the road goes down to the river, " * 1_600_000)
    assert call("split", path, "--lang", "en", "--json") == 0


def test_output_is_never_overwritten_unless_forced(
    fixtures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "c.xml"
    out.write_text("mine")
    assert call("run", fixtures / "contract.md", "-o", out) == 1
    assert "--force" in capsys.readouterr().err
    assert out.read_text() == "mine"
    assert call("run", fixtures / "contract.md", "-o", out, "--force", "-q") == 0
    assert out.read_text() != "mine"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written(fixtures: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert call("run", fixtures / "contract.md", "-o", tmp_path / "c.xml") == 1


def test_a_folder_that_is_not_there(
    fixtures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("run", fixtures / "contract.md", "-o", tmp_path / "no" / "c.xml") == 1
    assert "written" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("run", "{paper}", "-o", "c.xyz"), ".xyz"),
        (("run", "{paper}", "-o", "c.xml", "--to", "nothing"), "nothing"),
        (("run", "{paper}", "-o", "c.xml", "--langs", "no!tag"), "no!tag"),
        (("run", "{paper}", "-o", "c.xml", "--splitter", "nothing"), "nothing"),
        (("align", "{paper}", "-o", "c.xml", "--langs", "en"), "one version"),
        (("align", "{paper}", "{paper}", "-o", "c.xml", "--langs", "en"), "2 files"),
        (("align", "{paper}", "{paper}", "-o", "c.xml", "--langs", "en,en"), "en-x-a"),
        (("align", "{paper}", "{paper}", "-o", "c.xml"), "--langs de,fr"),
        (("align", "{paper}", "{paper}", "-o", "c.xml", "--langs", "en,ua"), "Did you mean uk?"),
        (("run", "{paper}", "-o", "c.xml", "--langs", "russian"), "Did you mean ru?"),
        (("run", "{paper}", "-o", "c.xml", "--langs", "xx"), "Write for example"),
        (("split", "{paper}", "--lang", "jp"), "Did you mean ja?"),
        (("align", "{paper}", "{paper}", "-o", "c", "--langs", "en,ru"), "--to"),
        (("stats", "{paper}"), "Make a corpus of a document with: aligner run"),
        (("convert", "{paper}", "-o", "c.xml"), "aligner run"),
        (("nothing",), "nothing"),
        (("run",), "DOCUMENTS"),
        (("stats", "--jsn", "{paper}"), "See: aligner stats --help"),
    ],
)
def test_wrong_usage_exits_with_two(
    arguments: tuple[str, ...],
    said: str,
    fixtures: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    paper = str(fixtures / "contract.md")
    assert call(*(part.format(paper=paper) for part in arguments)) == 2
    assert said in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_tei_file_of_others_or_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "c.xml"
    path.write_text("<html><body>no TEI</body></html>")
    assert call("stats", path) == 4
    assert call("validate", path) == 4
    path.write_text("<TEI>")
    assert call("validate", path) == 4
    assert "Traceback" not in capsys.readouterr().err


def test_standard_input_and_output(
    fixtures: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    with (fixtures / "contract.md").open("rb") as stream:
        monkeypatch.setattr("sys.stdin", type("In", (), {"buffer": stream})())
        assert call("run", "-", "-o", "-", "--to", "tei", "-q") == 0
    assert b"<teiCorpus" in capfdbinary.readouterr().out


def test_global_options_stand_anywhere(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("")
    assert call("--force", "-q", "convert", corpus, "-o", tmp_path / "a.tsv") == 0
    assert call("convert", corpus, "-o", tmp_path / "a.tsv") == 1


def test_a_configuration_gives_defaults(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "c.toml"
    config.write_text('[kwic]\nlang = "en"\n')
    assert call("--config", config, "kwic", corpus, "drip irrigation") == 0
    assert "5 hits" in capsys.readouterr().out
    config.write_text('[convert]\nlangs = ["ru", "en"]\n')
    assert call("--config", config, "convert", corpus, "-o", tmp_path / "two.xml") == 0
    two = aligner.load(tmp_path / "two.xml").alignments[0]
    assert [version.lang for version in two.versions] == ["ru", "en"]
    config.write_text("[nothing]\n")
    assert call("--config", config, "kwic", corpus, "drip") == 2


def test_a_configuration_names_options_as_they_are_typed(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "c.toml"
    config.write_text('[kwic]\nlang = "en"\ncontext = 7\n\n[stats]\njson = true\n')
    assert call("--config", config, "kwic", corpus, "drip irrigation", "-o", "-") == 0
    _, *lines = capsys.readouterr().out.splitlines()
    assert max(len(line.split("\t")[3]) for line in lines) == 7
    assert call("--config", config, "stats", corpus) == 0
    assert json.loads(capsys.readouterr().out)["languages"]
    config.write_text('[models.lexicon]\nmodel = "none.alx"\n')
    assert call("--config", config, "models", "lexicon", "uz", "ru") != 0
    assert "none.alx" in capsys.readouterr().err
    config.write_text("[kwic]\ncontexts = 7\n")
    assert call("--config", config, "kwic", corpus, "drip") == 2
    assert "no option is called 'contexts'" in capsys.readouterr().err


def test_counts_and_terms_for_programs(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call("stats", corpus, "--json") == 0
    counted = json.loads(capsys.readouterr().out)
    assert {pair["role"] for pair in counted["pairs"]} == {"title", "abstract", "keywords"}
    assert call("stats", corpus, corpus, "--csv") == 0
    assert "shape 1-2" in capsys.readouterr().out
    assert call("terms", corpus, "--langs", "uz,en") == 0
    assert "hosildorlik\tyield" in capsys.readouterr().out


def test_corpora_are_compared_column_by_column(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("stats", corpus) == 0
    alone = capsys.readouterr().out
    assert "abstract uz-Latn>ru  4 x 1-1, 1 x 1-2" in alone
    assert max(map(len, alone.splitlines())) <= 80
    assert call("stats", corpus, corpus) == 0
    beside = capsys.readouterr().out
    assert re.search(r"abstract uz-Latn>ru +beads +5 +5\n +1-1 +80 % +80 %", beside)


def on_a_terminal(*arguments: str | Path, columns: int = 80) -> list[str]:
    """What a command prints on a terminal of so many columns, without colours."""
    pty, termios = pytest.importorskip("pty"), pytest.importorskip("termios")
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, columns))
    words = [sys.executable, "-m", "aligner", *map(str, arguments)]
    done = subprocess.Popen(words, stdout=theirs, stdin=theirs, env={**os.environ, "TERM": "xterm"})
    os.close(theirs)
    printed = b""
    # Linux ends the stream of a closed terminal with an error.
    with contextlib.suppress(OSError):
        while part := os.read(ours, 1 << 16):
            printed += part
    os.close(ours)
    assert done.wait() == 0
    return re.sub(r"\x1b\[[0-9;]*m", "", printed.decode()).replace("\r", "").splitlines()


def test_a_concordance_fits_the_terminal_in_wide_scripts(fixtures: Path, tmp_path: Path) -> None:
    out = tmp_path / "village.xml"
    names = [fixtures / f"village.{lang}.txt" for lang in ("en", "ar", "zh")]
    assert call("align", *names, "--langs", "en,ar,zh", "-o", out, "-q") == 0
    columns = set()
    for pattern, lang in (("mill", "en"), ("磨坊", "zh"), ("الطاحونة", "ar")):
        lines = on_a_terminal("kwic", out, pattern, "--lang", lang)
        assert all(cell_len(line) <= 80 for line in lines)
        assert "hit" in lines[-1]
        heads = [line for line in lines[:-1] if line.startswith(lang) and pattern in line]
        columns |= {cell_len(line.partition(pattern)[0]) for line in heads}
    assert len(columns) == 1


def test_pictures_and_concordances_as_files(corpus: Path, tmp_path: Path) -> None:
    assert call("plot", corpus, "-o", tmp_path / "p.svg", "--picture", "shapes") == 0
    assert call("plot", corpus, "-o", tmp_path / "p.html") == 0
    assert call("plot", corpus, "-o", tmp_path / "p.png") == 2
    assert call("kwic", corpus, "suv*", "-o", tmp_path / "k.tsv") == 0
    assert call("kwic", corpus, "suv*", "-o", tmp_path / "k.html") == 0
    assert call("terms", corpus, "-o", tmp_path / "t.tbx") == 0
    assert "капельное орошение" in (tmp_path / "t.tbx").read_text("utf-8")


@pytest.mark.parametrize(
    ("begun", "ends"),
    [
        ("aligner re", ["realign"]),
        ("aligner stats --c", ["--csv", "--config"]),
        ("aligner align --method le", ["length", "lexical", "lexicon"]),
        ("aligner run --to x", ["xces", "xliff", "xlsx"]),
    ],
)
def test_the_shell_completes_what_is_begun(
    begun: str, ends: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("_ALIGNER_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", begun)
    monkeypatch.setenv("COMP_CWORD", str(len(begun.split()) - 1))
    assert call() == 0
    assert [line.removeprefix("plain,") for line in capsys.readouterr().out.split()] == ends


def test_the_doctor_fits_the_terminal() -> None:
    lines = on_a_terminal("doctor")
    assert lines[0].startswith("aligner ")
    assert max(map(len, lines)) <= 80
    assert any(line.startswith("core       anyascii") for line in lines)
