"""Many texts in one job: what they teach each other, and that one failure stays one."""

from __future__ import annotations

import random
from pathlib import Path

from click.testing import CliRunner

import aligner
from aligner import pipeline
from aligner.cli import cli
from aligner.errors import AlignerError
from aligner.score.learned import learned

WORDS = [f"{a}{b}{c}" for a in "bdgklm" for b in ("ar", "ol", "en", "ut") for c in "aiou"]


def sentence(seed: int) -> tuple[str, str]:
    """A sentence of invented words, and the same in another invented language."""
    chosen = random.Random(seed).sample(range(len(WORDS)), 6)
    return (
        " ".join(WORDS[k] for k in chosen).capitalize() + ".",
        " ".join("zh" + WORDS[k][::-1] for k in chosen) + ".",
    )


def test_words_are_learned_in_both_directions_and_for_these_languages_only() -> None:
    pairs = [sentence(seed) for seed in range(60)]
    known = learned([a for a, _ in pairs], [b for _, b in pairs], ("xa", "xb"))
    words_a = pairs[0][0].lower().strip(".").split()
    words_b = pairs[0][1].lower().strip(".").split()
    rows, cols, values = known.similarity(words_a, "xa", words_b, "xb")
    best = {row: col for _, row, col in sorted(zip(values, rows, cols, strict=True))}
    assert sum(best.get(k) == k for k in range(6)) >= 5
    there, here, turned = known.similarity(words_b, "xb", words_a, "xa")
    assert (here.tolist(), there.tolist()) == (rows.tolist(), cols.tolist())
    assert turned.tolist() == values.tolist()
    assert known.similarity(words_a, "xa", words_b, "xc") is None
    assert ((values > 0) & (values <= 1)).all()


def village(folder: Path, name: str, fixtures: Path) -> pipeline.Task:
    paths = []
    for lang in ("en", "ru"):
        paths.append(folder / f"{name}.{lang}.txt")
        paths[-1].write_bytes((fixtures / f"village.{lang}.txt").read_bytes())
    return pipeline.Task(tuple(paths), ("en", "ru"))


def test_one_text_that_fails_is_told_and_the_others_are_made(
    tmp_path: Path, fixtures: Path
) -> None:
    good = [village(tmp_path, name, fixtures) for name in ("one", "two")]
    bad = pipeline.Task((tmp_path / "nothing.txt",))
    first, error, second = pipeline.run_together([good[0], bad, good[1]])
    assert isinstance(error, AlignerError)
    assert [bead.shape for bead in first.alignments[0].beads] == ["1-1"] * 8
    settings = dict(second.recipe[0].settings)
    assert settings["learned"] == "en-ru from 16 beads"


def test_a_single_text_is_as_run_makes_it(tmp_path: Path, fixtures: Path) -> None:
    task = village(tmp_path, "one", fixtures)
    (made,) = pipeline.run_together([task])
    assert made == aligner.run(task.sources, langs=task.langs)


def test_a_folder_of_texts_is_one_job(tmp_path: Path, fixtures: Path) -> None:
    texts, out = tmp_path / "in", tmp_path / "out"
    texts.mkdir()
    for name in ("one_a", "two_a"):
        village(texts, name, fixtures)
    result = CliRunner().invoke(cli, ["run", str(texts), "-o", str(out)])
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in out.iterdir()) == ["one_a.xml", "two_a.xml"]
    result = CliRunner().invoke(cli, ["run", str(texts), "-o", str(out)])
    assert result.exit_code == 3
    assert result.output.count("this file exists already") == 2
