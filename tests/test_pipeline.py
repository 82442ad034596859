"""The whole corridor on documents of our own."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import aligner
from aligner.model import Corpus

ROLES = ("title", "abstract", "keywords")


def gold(path: Path) -> dict[str, list[dict[str, list[str]]]]:
    """The beads of a gold file that a linguist can edit, by role."""
    found: dict[str, list[dict[str, list[str]]]] = {}
    role = ""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if line and not line.startswith("# ")]
        if lines and lines[0].startswith("## "):
            role = lines.pop(0)[3:].strip()
            found[role] = []
        bead: dict[str, list[str]] = {}
        for line in lines:
            lang, _, text = line.partition(" | ")
            bead.setdefault(lang, []).append(text)
        if bead:
            found[role].append(bead)
    return found


@pytest.fixture(scope="module")
def paper(fixtures: Path) -> Corpus:
    return aligner.run(fixtures / "paper.md")


def test_the_paper_is_aligned_as_the_gold_file_says(paper: Corpus, fixtures: Path) -> None:
    wanted = gold(fixtures / "paper.gold.txt")
    made = {
        parallel.role: [
            {side.lang: list(side.texts) for side in view.sides if side} for view in alignment
        ]
        for parallel, alignment in zip(paper.parallels, paper.alignments, strict=True)
    }
    assert made == wanted


def test_nothing_of_the_paper_is_missing(paper: Corpus, fixtures: Path, tmp_path: Path) -> None:
    aligner.write(paper, tmp_path / "paper.xml")
    source = (fixtures / "paper.md").read_text(encoding="utf-8")
    written = "".join(
        text
        for version in (*(v for a in paper.alignments for v in a.versions), *paper.rest)
        for text in version.texts
    )
    letters = Counter(c for c in source if c.isalnum())
    assert Counter(c for c in written if c.isalnum()) == letters
    assert aligner.load(tmp_path / "paper.xml") == paper


def test_every_unit_stands_at_its_offsets(paper: Corpus) -> None:
    for version in (*(v for a in paper.alignments for v in a.versions), *paper.rest):
        for unit, text in zip(version.units, version.texts, strict=True):
            assert unit.holes or version.document.text[unit.span.start : unit.span.end] == text


def test_the_recipe_says_what_made_it(paper: Corpus) -> None:
    names = {step.name for step in paper.recipe}
    assert {"aligner", "combined", "rules", "word model"} <= names


def test_the_same_input_gives_the_same_bytes(fixtures: Path, tmp_path: Path) -> None:
    for name in ("a.xml", "b.xml"):
        aligner.write(aligner.run(fixtures / "paper.md"), tmp_path / name)
    assert (tmp_path / "a.xml").read_bytes() == (tmp_path / "b.xml").read_bytes()


@pytest.mark.parametrize("ending", ["tmx", "xlf"])
def test_a_translation_memory_is_a_source_too(fixtures: Path, tmp_path: Path, ending: str) -> None:
    contract = aligner.run(fixtures / "contract.md")
    aligner.write(contract, tmp_path / f"memory.{ending}")
    document = aligner.read(tmp_path / f"memory.{ending}")
    assert {block.kind for block in document.blocks} == {"cell"}
    again = aligner.run(tmp_path / f"memory.{ending}")
    tags = {version.lang for alignment in again.alignments for version in alignment.versions}
    assert tags == {"ru", "en"}
    texts = {text for a in again.alignments for v in a.versions for text in v.texts}
    assert "Disputes are settled by negotiation." in texts


def test_the_real_paper(shared: Path) -> None:
    corpus = aligner.run(shared / "seeds" / "002_7abccb2486afce64.txt")
    shapes = {
        parallel.role: [bead.shape for bead in alignment.beads]
        for parallel, alignment in zip(corpus.parallels, corpus.alignments, strict=True)
    }
    assert shapes["title"] == ["1-1-1"]
    assert shapes["abstract"][:5] == ["1-1-1"] * 5
    assert sorted(shapes["abstract"][5:]) == ["0-0-1", "1-1-0"]
    assert shapes["keywords"] == ["1-1-1"] * 6
    tags = {v.lang for a in corpus.alignments for v in a.versions}
    assert tags == {"uz-Latn", "ru", "en"}
    rest = {version.lang for version in corpus.rest}
    assert {"en", "az-Latn"} <= rest
    body = [unit for version in corpus.rest if version.lang == "en" for unit in version.units]
    assert sum(unit.joined for unit in body) == 7
