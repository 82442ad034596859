"""The real paper in every format, each file taken by a program of the field that reads it."""

from __future__ import annotations

import gzip
import shutil
import subprocess
import sys
import warnings
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

import aligner
from aligner.formats import write
from aligner.formats.entries import entries
from aligner.model import Alignment, Bead, Corpus, Parallel
from aligner.pipeline import lines_version

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

PAPER = "seeds/002_7abccb2486afce64.txt"


@pytest.fixture(scope="module")
def paper(shared: Path) -> Corpus:
    corpus = aligner.run(shared / PAPER)
    assert {version.lang for version in corpus.alignments[0].versions} == {"uz-Latn", "ru", "en"}
    return corpus


def beads(corpus: Corpus, *langs: str) -> int:
    """Beads that have a text in each of these languages."""
    return sum(all(entry.side(lang) for lang in langs) for entry in entries(corpus))


def first_two(corpus: Corpus) -> tuple[str, str]:
    langs = [version.lang for version in corpus.alignments[0].versions]
    return langs[0], langs[1]


def test_tmx(paper: Corpus, tmp_path: Path, shared: Path) -> None:
    from_toolkit = pytest.importorskip("translate.storage.tmx")
    path = tmp_path / "p.tmx"
    write(paper, path)
    etree.DTD(str(shared / "schemas/tmx14.dtd")).assertValid(etree.parse(path))
    units = sum(not entry.is_null for entry in entries(paper))
    assert len(from_toolkit.tmxfile.parsefile(str(path)).units) == units


def test_tmx_by_hypomnema(paper: Corpus, tmp_path: Path) -> None:
    hypomnema = pytest.importorskip("hypomnema", reason="needs Python 3.12")
    path = tmp_path / "p.tmx"
    write(paper, path)
    backend = hypomnema.StandardBackend()
    read = hypomnema.Deserializer(backend).deserialize(backend.parse(path))
    assert len(read.body) == sum(not entry.is_null for entry in entries(paper))


@pytest.mark.parametrize(
    ("version", "schema"),
    [("1.2", "xliff-core-1.2-transitional.xsd"), ("2.1", "xliff_core_2.0.xsd")],
)
def test_xliff(paper: Corpus, tmp_path: Path, shared: Path, version: str, schema: str) -> None:
    pytest.importorskip("translate")
    from translate.storage import xliff, xliff2

    path = tmp_path / "p.xlf"
    write(paper, path, version=version)
    etree.XMLSchema(etree.parse(shared / "schemas" / schema)).assertValid(etree.parse(path))
    read = xliff.xlifffile if version == "1.2" else xliff2.Xliff2File
    assert len(read.parsefile(str(path)).units) == beads(paper, first_two(paper)[0])


def test_tbx(paper: Corpus, tmp_path: Path) -> None:
    tbx = pytest.importorskip("translate.storage.tbx")
    path = tmp_path / "p.tbx"
    write(paper, path)
    terms = [entry for entry in entries(paper) if entry.unit == "keyword" and not entry.is_null]
    assert len(tbx.tbxfile.parsefile(str(path)).units) == len(terms) > 0


def test_xces_by_opus_read(paper: Corpus, tmp_path: Path) -> None:
    pytest.importorskip("opustools")
    write(paper, tmp_path / "p.xces")
    write(paper, tmp_path / "p.moses")
    two = first_two(paper)
    for lang in two:
        with ZipFile(tmp_path / f"{lang}.zip", "w") as archive:
            name = f"p.{lang}.xml"
            content = gzip.decompress((tmp_path / f"{name}.gz").read_bytes())
            archive.writestr(f"c/raw/{name}", content)
    command = [shutil.which("opus_read") or str(Path(sys.executable).with_name("opus_read"))]
    command += ["-d", "c", "-s", two[0], "-t", two[1], "-p", "raw", "-af", str(tmp_path / "p.xces")]
    command += ["-sz", str(tmp_path / f"{two[0]}.zip"), "-tz", str(tmp_path / f"{two[1]}.zip")]
    command += ["-wm", "moses", "-ln", "-w", str(tmp_path / "o.a"), str(tmp_path / "o.b")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, input="n\n")
    assert done.returncode == 0, done.stderr
    for name in ("o.a", "o.b"):
        assert len((tmp_path / name).read_text("utf-8").splitlines()) == beads(paper, *two)


def test_tables(paper: Corpus, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    import csv

    from pyarrow import csv as arrow_csv
    from pyarrow import json as arrow_json
    from pyarrow import parquet

    count = len(list(entries(paper)))
    for name in ("p.tsv", "p.csv", "p.jsonl", "p.parquet"):
        write(paper, tmp_path / name)
    tabs = arrow_csv.ParseOptions(delimiter="\t")
    assert arrow_csv.read_csv(tmp_path / "p.tsv", parse_options=tabs).num_rows == count
    with (tmp_path / "p.csv").open(newline="", encoding="utf-8") as stream:
        assert len(list(csv.reader(stream))) == count + 1
    assert arrow_json.read_json(tmp_path / "p.jsonl").num_rows == count
    assert parquet.read_table(tmp_path / "p.parquet").num_rows == count


def test_spreadsheet(paper: Corpus, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    write(paper, tmp_path / "p.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "p.xlsx").active
    assert sheet.max_row == len(list(entries(paper))) + 1
    assert sheet.max_column == 10


def shown(path: Path) -> str:
    """The page as a browser builds it, without a word on its console."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        pytest.skip("no chromium is installed")
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=2000"]
    command += [f"--user-data-dir={path.parent / 'profile'}", "--enable-logging=stderr"]
    done = subprocess.run(
        [*command, f"--screenshot={path.with_suffix('.png')}", "--dump-dom", path.as_uri()],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0
    assert "CONSOLE" not in done.stderr
    return done.stdout


def test_page_in_a_browser(paper: Corpus, tmp_path: Path) -> None:
    write(paper, tmp_path / "p.html")
    assert shown(tmp_path / "p.html").count('<td class="n">') == len(list(entries(paper)))
    assert (tmp_path / "p.png").stat().st_size > 20_000


def test_page_from_right_to_left(fixtures: Path, tmp_path: Path) -> None:
    columns = tuple(lines_version(fixtures / f"village.{lang}.txt", lang) for lang in ("ar", "en"))
    beads = tuple(Bead((range(i, i + 1),) * 2) for i in range(len(columns[0])))
    parallel = Parallel(tuple(version.segment for version in columns))
    write(Corpus("القرية", (parallel,), (Alignment(columns, beads),)), tmp_path / "v.html")
    page = shown(tmp_path / "v.html")
    assert page.count('<td lang="ar" dir="rtl">') == page.count('<td lang="en" dir="ltr">') == 8
    assert columns[0].texts[0] in page


def test_verticals(paper: Corpus, tmp_path: Path) -> None:
    """No encoder is at hand: what the encoders ask for is checked here."""
    write(paper, tmp_path / "p.vert")
    write(paper, tmp_path / "p.vrt")
    for path in (*tmp_path.glob("*.vert"), *tmp_path.glob("*.vrt")):
        etree.fromstring(path.read_bytes())
        assert all("\t" not in line for line in path.read_text("utf-8").splitlines())
    for path in tmp_path.glob("*.align"):
        rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()[1:]]
        assert all(int(a) <= int(b) and int(c) <= int(d) for a, b, c, d in rows)
    if shutil.which("cwb-encode") is None:
        warnings.warn("cwb-encode is not installed", stacklevel=1)


def test_tei(paper: Corpus, tmp_path: Path) -> None:
    write(paper, tmp_path / "p.xml")
    assert aligner.load(tmp_path / "p.xml") == paper
