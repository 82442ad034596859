"""Damaged and hostile exchange files: every reader answers with one of the library's own errors."""

from __future__ import annotations

import gzip
import json
import random
import time
import tracemalloc
from contextlib import suppress
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from aligner.errors import AlignerError, UnsafeInputError
from aligner.formats import load, write
from aligner.formats.validate import validate
from aligner.model import Alignment, Bead, Corpus, Parallel
from aligner.pipeline import convert
from aligner.pipeline.aligning import version_of

NAMES = (
    "c.tmx", "c.xlf", "c.xces", "c.xces.gz", "c.intertext.xml", "c.tsv", "c.csv", "c.jsonl",
    "c.moses", "c.tbx", "c.xlsx", "c.parquet", "c.ladder", "c.vecalign",
)  # fmt: skip
ODD = (
    b"", b"\x00", b"\xff\xfe", b"<", b"&x;", b"-1", b"9" * 40, b"9" * 5000, b"NaN", b"\n", b"\t",
    b"null", b"[", b"..", b"/etc/passwd", b'"', b"1e999", b"\xed\xa0\x80", b";", b"|",
)  # fmt: skip


@pytest.fixture(scope="module")
def small() -> Corpus:
    versions = (
        version_of("en", ["One <b>.", "Two.", "Three."]),
        version_of("ru", ["Один.", "Два; три."]),
    )
    sides = ((range(1), range(1)), (range(1, 3), range(1, 2)))
    alignment = Alignment(versions, tuple(Bead(pair, confidence=0.5) for pair in sides))
    keys = tuple(version_of(lang, [word]) for lang, word in (("en", "mill"), ("ru", "мельница")))
    terms = Alignment(keys, (Bead((range(1), range(1))),))
    parallels = tuple(
        Parallel(tuple(v.segment for v in a.versions), role)
        for a, role in ((alignment, "body"), (terms, "keywords"))
    )
    return Corpus("c", parallels, (alignment, terms))


def mutated(content: bytes, chance: random.Random) -> bytes:
    """The content with some bytes cut, doubled, or replaced by odd ones."""
    for _ in range(chance.randint(1, 3)):
        start = chance.randrange(len(content) + 1)
        end = min(len(content), start + chance.choice((0, 1, 1, 4, 30)))
        content = content[:start] + chance.choice((*ODD, content[start:end] * 2)) + content[end:]
    return content


@pytest.mark.parametrize("name", NAMES)
def test_damage_is_told(tmp_path: Path, small: Corpus, name: str) -> None:
    if name.endswith(("xlsx", "parquet")):
        pytest.importorskip({"xlsx": "openpyxl", "parquet": "pyarrow"}[name[2:]])
    path = tmp_path / name
    write(small, path)
    whole = path.read_bytes()
    numbers = name.endswith(("ladder", "vecalign"))
    options = {"texts": {"en": ["a"] * 4, "ru": ["b"] * 3}} if numbers else {}
    chance = random.Random(name)
    for _ in range(40):
        content = mutated(gzip.decompress(whole) if name.endswith(".gz") else whole, chance)
        path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
        with suppress(AlignerError):
            load(path, **options)
    if not numbers:
        path.write_bytes(whole[: len(whole) // 2])
        with pytest.raises(AlignerError):
            convert(path, tmp_path / "o.tsv") if name.endswith((".gz", "xlsx")) else _odd(path)


def _odd(path: Path) -> None:
    """Read a file of half the content with a byte that no text holds."""
    path.write_bytes(path.read_bytes() + b"\xff\x00<")
    load(path)


def test_numbers_are_no_bombs(tmp_path: Path) -> None:
    texts = {"en": ["a"], "ru": ["b"]}
    (tmp_path / "v.vecalign").write_text("[0,999999999]:[0]:0.1\n")
    (tmp_path / "h.ladder").write_text("0\t0\t1\n999999999\t999999999\t1\n")
    row = {"units": {"en": [0, 10**12]}, "text": {"en": ["a", "b"]}}
    (tmp_path / "j.jsonl").write_text(json.dumps(row))
    (tmp_path / "d.jsonl").write_text("[" * 100_000)
    tracemalloc.start()
    for name in ("v.vecalign", "h.ladder", "j.jsonl", "d.jsonl"):
        with pytest.raises(AlignerError):
            load(
                tmp_path / name,
                **({} if name.endswith("l") and "json" in name else {"texts": texts}),
            )
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000


def test_links_do_not_leave_their_folder(tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_text('<text xml:lang="en"><s id="1">A</s></text>')
    inside = tmp_path / "in"
    inside.mkdir()
    for name in ("../secret.xml", str(secret), "a/../../secret.xml", "x" * 5000, "a\nb"):
        path = inside / "c.xces"
        path.write_text(
            f'<cesAlign version="1.0"><linkGrp fromDoc="{name}" toDoc="{name}">'
            '<link xtargets="1;1"/></linkGrp></cesAlign>'
        )
        with pytest.raises(AlignerError):
            load(path)


def test_packed_bombs_are_refused(tmp_path: Path) -> None:
    link = b'<link xtargets=";" />' * 800_000
    packed = b'<cesAlign version="1.0"><linkGrp fromDoc="a" toDoc="b">' + link
    (tmp_path / "c.xces.gz").write_bytes(gzip.compress(packed, 9))
    with pytest.raises(UnsafeInputError):
        load(tmp_path / "c.xces.gz")
    pytest.importorskip("openpyxl")
    bomb = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]><a>&b;</a>'
    for inside, size in ((b"0", 20_000_000), (bomb.encode(), 1)):
        with ZipFile(tmp_path / "b.xlsx", "w", ZIP_DEFLATED) as archive:
            archive.writestr("xl/worksheets/sheet1.xml", inside * size)
        with pytest.raises(UnsafeInputError):
            load(tmp_path / "b.xlsx")


INSIDE = {
    "c.xml": (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"',
        "<text><body><p>%s</p></body></text></TEI>",
    ),
    "c.tmx": (
        '<tmx version="1.4"',
        (
            '<header/><body><tu><tuv xml:lang="en"><seg>%s</seg></tuv>'
            '<tuv xml:lang="de"><seg>b</seg></tuv></tu></body></tmx>'
        ),
    ),
    "c.xlf": (
        '<xliff version="1.2"',
        (
            '<file original="a" source-language="en" target-language="de"><body><trans-unit id="1">'
            "<source>%s</source><target>b</target></trans-unit></body></file></xliff>"
        ),
    ),
    "c.xces": (
        '<cesAlign version="1.0"',
        '<linkGrp fromDoc="a.xml" toDoc="b.xml"><link xtargets="1;1"/>%s</linkGrp></cesAlign>',
    ),
    "c.intertext.xml": (
        '<linkGrp fromDoc="a.xml" toDoc="b.xml"',
        '<link xtargets="1;1"/>%s</linkGrp>',
    ),
    "c.tbx": (
        '<martif type="TBX"',
        (
            '<text><body><termEntry><langSet xml:lang="en"><tig><term>%s</term></tig></langSet>'
            "</termEntry></body></text></martif>"
        ),
    ),
}
ATTACKS = {
    "entities": ('<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>', ">", "&b;"),
    "outside": ('<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hostname">]>', ">", "&a;"),
    "parameter": ('<!DOCTYPE a [<!ENTITY % p SYSTEM "x.dtd"> %p;]>', ">", "x"),
    "attributes": ("", "".join(f' a{n}="1"' for n in range(501)) + ">", "x"),
    "million": ("", "".join(f' a{n}="1"' for n in range(1_000_000)) + ">", "x"),
    "deep": ("", ">", "<hi>" * 100_000 + "</hi>" * 100_000),
    "long": ("", ' a="' + "x" * 20_000_000 + '">', "x"),
    "namespaces": ("", ">", '<a xmlns:a="b"/>' * 60_000),
}


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("name", INSIDE)
def test_xml_that_could_fill_the_memory_is_refused(tmp_path: Path, name: str, attack: str) -> None:
    (head, tail), (before, middle, inside) = INSIDE[name], ATTACKS[attack]
    (tmp_path / name).write_text(before + head + middle + tail.replace("%s", inside))
    start = time.process_time()
    for door in (load, validate) if name == "c.xml" else (load,):
        with pytest.raises(UnsafeInputError):
            door(tmp_path / name)
    assert time.process_time() - start < 5


@pytest.mark.parametrize("name", INSIDE)
def test_the_dtd_that_a_file_names_is_never_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "x.dtd").write_text("<!this is no DTD")
    for lang, short in (("en", "a"), ("de", "b")):
        text = f'<text xml:lang="{lang}"><s id="1">A</s></text>'
        (tmp_path / f"{short}.xml").write_text(text)
    for where in ("x.dtd", (tmp_path / "x.dtd").as_uri(), "http://127.0.0.1:9/x.dtd", "/dev/zero"):
        head, tail = INSIDE[name]
        content = f'<!DOCTYPE a SYSTEM "{where}">{head}>{tail.replace("%s", "A")}'
        (tmp_path / name).write_text(content)
        assert load(tmp_path / name)
