"""The end of a command that makes a file: nothing overwritten unasked, written, told."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aligner import pipeline
from aligner.cli.streams import made_file
from aligner.cli.summary import print_summary
from aligner.errors import OutputError
from aligner.files import whole_file

if TYPE_CHECKING:
    from aligner.cli import Settings
    from aligner.model import Corpus


def check_free(output: Path, chosen: Settings) -> None:
    """Raise OutputError if the file is there and may not be overwritten, before any work begins."""
    if output.name != "-" and output.exists() and not chosen.force:
        raise OutputError(
            "this file exists already", where=str(output), do="Choose another name, or give --force"
        )


def deliver(corpus: Corpus, output: Path, chosen: Settings, **writing: Any) -> None:
    """Write a corpus, with the options of the format, and tell what it holds and what is lost."""
    with made_file(output) as path:
        loss = pipeline.write(corpus, path, force=chosen.force, **writing)
    if chosen.verbosity >= 0:
        print_summary(corpus, loss, output, color=chosen.color)


def write_rows(rows: Iterable[Sequence[Any]], output: Path | None, chosen: Settings) -> None:
    """Write a table as TSV; without an output, or to ``-``, on standard output."""
    dialect: dict[str, Any] = {"delimiter": "\t", "lineterminator": "\n"}
    if output is None or output == Path("-"):
        csv.writer(sys.stdout, **dialect).writerows(rows)
        return
    with (
        whole_file(output, force=chosen.force) as part,
        part.open("w", encoding="utf-8", newline="") as stream,
    ):
        csv.writer(stream, **dialect).writerows(rows)
