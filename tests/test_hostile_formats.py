"""Damaged and hostile exchange files: every reader answers with one of the library's own errors."""

from __future__ import annotations

import gzip
import json
import random
import tracemalloc
from contextlib import suppress
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from aligner.errors import AlignerError, UnsafeInputError
from aligner.formats import load, write
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
