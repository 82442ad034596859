"""The end of a command that makes a corpus: nothing overwritten unasked, written, told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from aligner import pipeline
from aligner.cli.streams import made_file
from aligner.cli.summary import print_summary
from aligner.errors import OutputError

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
