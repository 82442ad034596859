"""Metadata is stated, never guessed, and a wrong key is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.errors import UsageError
from aligner.model import Fact
from aligner.pipeline import facts_from_toml


def test_keys_at_the_top_and_by_language(tmp_path: Path) -> None:
    path = tmp_path / "about.toml"
    path.write_text(
        'title = "Drip irrigation"\nauthor = ["A", "B"]\ndate = 2024-05-17\n[ru]\n'
        'translator = "В. П."\ndirection = "translation"\n',
        encoding="utf-8",
    )
    assert facts_from_toml(path) == (
        Fact("title", "Drip irrigation"),
        Fact("author", "A"),
        Fact("author", "B"),
        Fact("date", "2024-05-17"),
        Fact("translator", "В. П.", "ru"),
        Fact("direction", "translation", "ru"),
    )


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("colour = 'red'", "colour"),
        ("[ru]\ndirection = 'left'", "left"),
        ("title = ''", "title"),
        ("title", "about.toml"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, named: str) -> None:
    path = tmp_path / "about.toml"
    path.write_text(text)
    with pytest.raises(UsageError, match=named):
        facts_from_toml(path)
