"""One corpus format into another, in a stream where both ends can."""

from __future__ import annotations

from collections.abc import Sequence
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aligner import registry
from aligner.files import whole_file
from aligner.pipeline.doors import load, write

if TYPE_CHECKING:
    from aligner.formats import Loss


def convert(
    source: str | Path,
    target: str | Path,
    *,
    source_format: str | None = None,
    target_format: str | None = None,
    langs: Sequence[str] = (),
    force: bool = False,
    strict: bool = False,
    **options: Any,
) -> Loss:
    """Turn a corpus file into another format: two paths in, the report of what was lost out.

    Formats are those of the endings unless named. ``langs`` chooses the languages of a format
    that cannot hold all. Where both formats work bead by bead, no corpus is held in memory.
    """
    from aligner.formats import format_of

    source, target = Path(source), Path(target)
    reader = registry.lookup("formats", format_of(source, source_format))
    name = format_of(target, target_format)
    writer = registry.lookup("formats", name)
    if langs and "langs" in signature(writer.write).parameters:
        options["langs"] = tuple(langs)
    if not (hasattr(reader, "stream") and hasattr(writer, "pour")):
        corpus = load(source, format=source_format)
        return write(corpus, target, format=name, force=force, strict=strict, **options)
    about, found = reader.stream(source)
    with whole_file(target, force=force) as part:
        loss: Loss = writer.pour(about, found, part, **options)
        if strict:
            loss.forbid(str(target))
    return loss
