"""A tiny package adds an object to every plug-in point, and the command line uses each."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

MODULE = '''
import numpy as np

from aligner.errors import ReadError
from aligner.formats.loss import Loss
from aligner.model import Block, Document, Span


def read(path):
    """Files that begin with every byte there is; after that, every line is a paragraph."""
    data = path.read_bytes()
    if data[:256] != bytes(range(256)):
        raise ReadError("it does not begin with every byte", where=str(path))
    text, start, blocks = data[256:].decode(), 0, []
    for line in text.splitlines(keepends=True):
        blocks.append(Block(Span(start, start + len(line))))
        start += len(line)
    return Document(path.name, text, tuple(blocks))


class Vowels:
    """Holds everything for Esperanto."""

    def rank(self, texts, candidates=None):
        return [[("eo", 1.0)] for _ in texts]


class Dots:
    """Cuts after every middle dot."""

    def split(self, text, lang):
        start = 0
        for place, sign in enumerate(text):
            if sign == "·":
                yield start, place + 1
                start = place + 2


class Same:
    """Beads of equal texts only."""

    def __init__(self, first, second, *, langs):
        self.texts, self.size = (first, second), (len(first), len(second))

    def costs(self, band):
        costs = np.full((band.cells, len(band.shapes)), 20, np.float32)
        costs[:, (band.shapes == 0).any(axis=1)] = 0
        plain = int(np.flatnonzero((band.shapes == 1).all(axis=1))[0])
        for r, i in enumerate(band.rows):
            for j in range(band.lo[r], band.hi[r] + 1):
                if i < self.size[0] and j < self.size[1]:
                    same = self.texts[0][i] == self.texts[1][j]
                    costs[band.offsets[r] + j - band.lo[r], plain] = -9 if same else 20
        return costs


class Letters:
    """Vectors of letter counts."""

    def encode(self, texts):
        rows = [[text.count(sign) for sign in "abcdefghijklmnop"] for text in texts]
        return np.array(rows, np.float32) + 0.01


def write(corpus, path):
    beads = [bead.shape for alignment in corpus.alignments for bead in alignment.beads]
    path.write_text(" ".join(beads), encoding="utf-8")
    return Loss("shapes")
'''
LINES = ["The first line goes down to the river.", "The second one comes back from the mill."]
POINTS = {
    "readers": ("plus", "read"),
    "detectors": ("vowels", "Vowels"),
    "splitters": ("dots", "Dots"),
    "scorers": ("same", "Same"),
    "embedders": ("letters", "Letters"),
    "formats": ("shapes", "write"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installed package, as pip leaves it, and some texts."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "tiny.py").write_text(MODULE, encoding="utf-8")
    made = folder / "tiny-1.dist-info"
    made.mkdir()
    (made / "METADATA").write_text("Metadata-Version: 2.1\nName: tiny\nVersion: 1\n")
    rows = [f"[aligner.{point}]\n{name} = tiny:{what}\n" for point, (name, what) in POINTS.items()]
    (made / "entry_points.txt").write_text("".join(rows))
    (folder / "a.txt").write_text("one\nbad egg\ntwo\n", encoding="utf-8")
    (folder / "b.txt").write_text("one\ntwo\nhead of hen\n", encoding="utf-8")
    (folder / "dots.txt").write_text("one two· three four·", encoding="utf-8")
    (folder / "plus.bin").write_bytes(bytes(range(256)) + "\n".join(LINES).encode())
    return folder


def printed(folder: Path, *words: str) -> str:
    env = {**os.environ, "PYTHONPATH": str(folder), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "aligner", *words]
    return subprocess.check_output(command, text=True, env=env, cwd=folder)


def test_the_doctor_names_every_plug_in(folder: Path) -> None:
    lines = {line.split()[0]: line for line in printed(folder, "doctor").splitlines()}
    for point, (name, _) in POINTS.items():
        assert name in lines[point].replace(",", " ").split()


def test_reader_and_detector(folder: Path) -> None:
    found = json.loads(printed(folder, "detect", "plus.bin", "--detector", "vowels", "--json"))
    assert [(item["lang"], item["text"].strip()) for item in found] == [
        ("eo", line) for line in LINES
    ]


def test_splitter(folder: Path) -> None:
    lines = printed(folder, "split", "dots.txt", "--lang", "en", "--splitter", "dots")
    assert lines.splitlines() == ["0\t8\tone two·", "9\t20\tthree four·"]


@pytest.mark.parametrize("options", [("--method", "same"), ("--embedder", "letters")])
def test_scorer_embedder_and_writer(folder: Path, tmp_path: Path, options: tuple[str, ...]) -> None:
    out = tmp_path / "beads"
    words = ("align", "a.txt", "b.txt", "--langs", "en,en-x-b", "--presegmented", *options)
    printed(folder, *words, "--to", "shapes", "-o", str(out))
    shapes = out.read_text().split()
    if "same" in options:
        assert shapes == ["1-1", "1-0", "1-1", "0-1"]
    assert sum(int(shape[0]) for shape in shapes) == 3
