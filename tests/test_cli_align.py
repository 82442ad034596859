"""``aligner align``, ``eval``, ``add`` and ``realign`` as a user types them."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from aligner.cli import cli, main

DE = ["Der Hund Max bellt 3 Mal.", "Anna Schmidt kommt aus Wien.", "Sie wohnt seit 1999 in Paris."]
EN = [
    "The dog Max barks 3 times.",
    "Anna Schmidt comes from Vienna.",
    "She has lived in Paris since 1999.",
]
FR = [
    "Le chien Max aboie 3 fois.",
    "Anna Schmidt vient de Vienne.",
    "Elle habite Paris depuis 1999.",
]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, units in (("de", DE), ("en", EN), ("fr", FR)):
        (tmp_path / f"{name}.txt").write_text("\n".join(units) + "\n", encoding="utf-8")
    return tmp_path


def call(*args):
    return CliRunner().invoke(cli, list(args), catch_exceptions=False)


def fails(*args):
    with pytest.raises(SystemExit) as stop:
        main(list(args))
    return stop.value.code


def lines(path):
    return path.read_text(encoding="utf-8").splitlines()


def test_vecalign_file(folder):
    call("align", "de.txt", "en.txt", "--langs", "de,en", "--presegmented", "-o", "out.vecalign")
    written = lines(folder / "out.vecalign")
    assert [line.rsplit(":", 1)[0] for line in written] == ["[0]:[0]", "[1]:[1]", "[2]:[2]"]
    assert all(0 <= float(line.rsplit(":", 1)[1]) <= 1 for line in written)


def test_jsonl_file_of_three(folder):
    call(
        "align",
        "de.txt",
        "en.txt",
        "fr.txt",
        "--langs",
        "de,en,fr",
        "--presegmented",
        "-o",
        "out.jsonl",
    )
    rows = [json.loads(line) for line in lines(folder / "out.jsonl")]
    assert [row["units"] for row in rows] == [{"de": [n], "en": [n], "fr": [n]} for n in range(3)]
    assert rows[0]["text"] == {"de": DE[:1], "en": EN[:1], "fr": FR[:1]}
    assert all(row["status"] == "auto" and 0 <= row["confidence"] <= 1 for row in rows)


def test_existing_files_are_kept_unless_forced(folder):
    args = ("align", "de.txt", "en.txt", "--langs", "de,en", "--presegmented", "-o", "out.vecalign")
    call(*args)
    assert fails(*args) == 1
    assert call(*args, "--force").exit_code == 0


@pytest.mark.parametrize("method", ["auto", "length", "lexical", "lexicon"])
def test_methods(folder, method):
    args = ("align", "de.txt", "en.txt", "--langs", "de,en", "--presegmented", "-o", "out.vecalign")
    assert call(*args, "--method", method).exit_code == 0


def test_anchors_barriers_shapes_and_dictionary(folder):
    (folder / "anchors.tsv").write_text("# first\n0-1\t0-1\n", encoding="utf-8")
    (folder / "walls.tsv").write_text("2\t1\n", encoding="utf-8")
    (folder / "words.tsv").write_text("Hund\tdog\n", encoding="utf-8")
    args = (
        "align",
        "de.txt",
        "en.txt",
        "--langs",
        "de,en",
        "--presegmented",
        "--force",
        "-o",
        "out.vecalign",
    )
    call(*args, "--anchors", "anchors.tsv", "--dictionary", "words.tsv")
    assert lines(folder / "out.vecalign")[0].startswith("[0,1]:[0,1]:")
    call(*args, "--barriers", "walls.tsv")
    assert "[1]:[1]" not in (folder / "out.vecalign").read_text(encoding="utf-8")
    call(*args, "--shapes", "1-1,2-2", "--max-bead", "2x2")
    assert fails(*args, "--shapes", "1:1") == 2
    assert fails(*args, "--max-bead", "big") == 2
    assert fails(*args, "--anchors", "walls.tsv", "--pivot", "xx") == 2


def test_bad_calls(folder):
    assert fails("align", "de.txt", "--langs", "de", "-o", "x.jsonl") == 2
    assert fails("align", "de.txt", "en.txt", "--langs", "de", "-o", "x.jsonl") == 2
    assert (
        fails(
            "align",
            "de.txt",
            "en.txt",
            "--langs",
            "de,en",
            "-o",
            "x.jsonl",
            "--method",
            "embedding",
        )
        == 2
    )
    (folder / "bad.tsv").write_text("0\n", encoding="utf-8")
    args = ("align", "de.txt", "en.txt", "--langs", "de,en", "-o", "x.jsonl", "--anchors")
    assert fails(*args, "bad.tsv") == 2
    assert fails(*args, "none.tsv") == 1


def test_eval(folder):
    (folder / "gold.txt").write_text("[0]:[0]\n[1]:[1]\n[2]:[]\n", encoding="utf-8")
    (folder / "test.vecalign").write_text(
        "[0]:[0]:0.1\n[1]:[1]:0.2\n[2]:[2]:0.9\n", encoding="utf-8"
    )
    told = json.loads(call("eval", "test.vecalign", "gold.txt", "--json").output)
    assert told["strict"]["precision"] == pytest.approx(2 / 3, abs=1e-6)
    assert told["strict"]["recall"] == 1.0
    assert told["confidence"]["errors"] == 1
    assert told["confidence"]["auc"] == 1.0
    table = call("eval", "test.vecalign", "gold.txt").output
    assert "strict" in table
    assert "null beads" in table


def test_eval_of_folders_and_many_versions(folder):
    for name in ("one", "two"):
        (folder / "gold" / name).mkdir(parents=True)
        (folder / "gold" / name / "gold.jsonl").write_text(
            '{"de": [0], "en": [0], "fr": []}\n{"de": [], "en": [], "fr": [0]}\n', encoding="utf-8"
        )
    (folder / "test").mkdir()
    bead = {
        "units": {"fr": [], "de": [0], "en": [0]},
        "text": {},
        "confidence": 0.9,
        "status": "auto",
    }
    (folder / "test" / "one.jsonl").write_text(json.dumps(bead) + "\n", encoding="utf-8")
    told = json.loads(call("eval", "test", "gold", "--json").stdout)
    assert told["strict"]["recall"] == 0.5
    assert told["strict"]["precision"] == 1.0
    assert set(told["pairs"]) == {"de-en", "de-fr", "en-fr"}
    assert fails("eval", "test", "nowhere") == 1
    assert fails("eval", "one.txt", "gold") == 1


def test_add_and_realign(folder):
    call("align", "de.txt", "en.txt", "--langs", "de,en", "--presegmented", "-o", "two.xml")
    call("add", "two.xml", "fr.txt", "--lang", "fr", "--presegmented", "-o", "three.jsonl")
    rows = [json.loads(line) for line in lines(folder / "three.jsonl")]
    assert [row["units"] for row in rows] == [{"de": [n], "en": [n], "fr": [n]} for n in range(3)]
    call("realign", "two.xml", "-o", "again.vecalign")
    assert len(lines(folder / "again.vecalign")) == 3
    assert fails("add", "two.xml", "fr.txt", "--lang", "de", "-o", "x.xml") == 2
