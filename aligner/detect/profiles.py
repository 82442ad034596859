"""Builds profiles for the detectors from texts of known languages."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from aligner.detect.tags import checked
from aligner.errors import InputError, UsageError
from aligner.files import whole_file

if TYPE_CHECKING:
    from collections.abc import Iterable

Kind = Literal["langdetect", "ngrams"]


def build(
    texts: Iterable[Path],
    output: Path,
    *,
    kind: Kind = "langdetect",
    keep: int = 12000,
    force: bool = False,
) -> tuple[str, ...]:
    """Count the n-grams of texts and write them as one file for a detector.

    Files named by tag (``uz-Cyrl.txt``, UTF-8, a piece of text a line) or folders of them in, and
    where to write; the tags out. ``kind`` says for which detector; ``keep`` is how many n-grams a
    language keeps at most (``ngrams`` only).

    Raises UsageError for a name that is no tag or no text at all, OutputError if ``output`` exists.
    """
    lines = _lines(texts)
    with whole_file(output, force=force) as part:
        if kind == "ngrams":
            from aligner.detect.ngram_training import train, vocabulary
            from aligner.detect.ngrams import save

            save(train({tag: vocabulary(text) for tag, text in lines.items()}, keep=keep), part)
        else:
            profiles = [profile(tag, text) for tag, text in lines.items()]
            content = json.dumps(profiles, ensure_ascii=False, sort_keys=True)
            part.write_bytes(gzip.compress(content.encode("utf-8"), 9, mtime=0))
    return tuple(lines)


def profile(tag: str, lines: Iterable[str]) -> dict[str, Any]:
    """The n-grams of one to three letters that langdetect would count in a text."""
    from langdetect.utils.lang_profile import LangProfile

    counted = LangProfile(tag)
    for line in lines:
        counted.update(line)
    counted.omit_less_freq()
    return {"name": tag, "freq": dict(counted.freq), "n_words": counted.n_words}


def _lines(paths: Iterable[Path]) -> dict[str, list[str]]:
    files: list[Path] = []
    for path in paths:
        files += sorted(path.glob("*.txt")) if path.is_dir() else [path]
    found: dict[str, list[str]] = {}
    for file in files:
        (tag,) = checked([file.name.removesuffix(".txt")])
        try:
            found.setdefault(tag, []).extend(file.read_text(encoding="utf-8").splitlines())
        except (OSError, UnicodeDecodeError) as error:
            raise InputError("this text cannot be read as UTF-8", where=str(file)) from error
    if not any(map(any, found.values())):
        raise UsageError(
            "there is no text", do="Name files such as uz-Cyrl.txt, or a folder of them"
        )
    return dict(sorted(found.items()))
