"""One corpus format into another, in a stream where both ends can."""

from __future__ import annotations

from collections.abc import Sequence
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

    Formats are those of the endings unless named. ``langs`` keeps these languages only, in this
    order. Where both formats work bead by bead, no corpus is held in memory; TEI as the target,
    and formats of several files, need it there. Raises what ``load`` and ``write`` raise.
    """
    from aligner.formats import format_in, format_of, given_file, known_options
    from aligner.formats.languages import project, restricted
    from aligner.formats.packed import is_packed, pack, unpacked

    source, target = Path(source), Path(target)
    given_file(source)
    reader = registry.lookup("formats", format_in(source, source_format))
    name = format_of(target, target_format)
    writer = registry.lookup("formats", name)
    if not (hasattr(reader, "stream") and hasattr(writer, "pour")):
        corpus = load(source, format=source_format)
        if langs:
            corpus = project(corpus, langs)
        return write(corpus, target, format=name, force=force, strict=strict, **options)
    known_options(writer.write, name, options)
    packed = is_packed(target, writer, several=False)
    with whole_file(target, force=force) as part, unpacked(source, reader) as plain:
        about, found = reader.stream(plain)
        if langs:
            about, found = restricted(about, found, langs)
        loss: Loss = writer.pour(about, found, part, **options)
        if strict:
            loss.forbid(str(target))
        if packed:
            pack(part)
    return loss
