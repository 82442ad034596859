"""Which of many files are versions of one text: by their names, or by what they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from aligner.errors import InputError, UsageError
from aligner.pipeline.doors import detect, read

By = Literal["name", "content"]


@dataclass(frozen=True, slots=True)
class FileGroup:
    """Files of one corpus: a name for it, their paths, and their languages where known."""

    name: str
    paths: tuple[Path, ...]
    langs: tuple[str, ...] = ()


def groups(
    paths: Sequence[str | Path], *, by: By = "name", langs: Sequence[str] = ()
) -> list[FileGroup]:
    """Group files that belong together: files and folders in, groups out, each name once.

    ``by`` is ``name`` (``book.en.docx`` and ``book.ru.docx``; ``en/ch1.txt`` and ``ru/ch1.txt``)
    or ``content``; ``langs`` are languages known beforehand. Raises InputError for a path that is
    not there.
    """
    files = _files(paths)
    if by == "name":
        found = _by_name(files)
    elif by == "content":
        found = _by_content(files, langs)
    else:
        raise UsageError(f"files are not grouped by {by!r}", do="Use name or content")
    return _unique(found)


def _files(paths: Sequence[str | Path]) -> list[Path]:
    from aligner.read.groups import documents_in

    files: list[Path] = []
    for path in map(Path, paths):
        if path.is_dir():
            files += documents_in(path)
        elif path.exists() or path == Path("-"):
            files.append(path)
        else:
            raise InputError("there is no such file", where=str(path), do="Check its name")
    return list(dict.fromkeys(files))


def _by_name(files: Sequence[Path]) -> list[FileGroup]:
    from aligner.read.groups import groups as by_name

    return [
        FileGroup(
            group.name,
            tuple(path for _, path in group.members),
            tuple(tag for tag, _ in group.members if tag is not None),
        )
        for group in by_name(files)
    ]


def _by_content(files: Sequence[Path], langs: Sequence[str]) -> list[FileGroup]:
    from aligner.match.files import pair_by_content
    from aligner.pipeline.aligning import word_knowledge

    documents = [read(path) for path in files]
    segments = [detect(document, langs=langs) for document in documents]
    found = pair_by_content(documents, segments, lexicon=word_knowledge({}))
    return [
        FileGroup(files[group[0]].stem, tuple(files[number] for number in group)) for group in found
    ]


def _unique(found: Sequence[FileGroup]) -> list[FileGroup]:
    counts = Counter(group.name for group in found)
    seen: Counter[str] = Counter()
    unique = []
    for group in found:
        seen[group.name] += 1
        name = group.name if counts[group.name] == 1 else f"{group.name}-{seen[group.name]}"
        unique.append(replace(group, name=name))
    return unique
