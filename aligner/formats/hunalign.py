"""hunalign's numeric ladder: a line a rung, ``source number, target number, score``.

It holds two versions. A bead reaches from its own rung to the next; the last line is the end of
both texts. The score written is the confidence. There is no text in these files.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from aligner.errors import InvalidFileError, LossError, UsageError
from aligner.formats.lines import version_of
from aligner.formats.loss import Loss
from aligner.model import Alignment, Bead, Corpus, Parallel


def write(corpus: Corpus, path: Path) -> Loss:
    """Write the rungs of a corpus of two versions; raises LossError for other than two."""
    lines, at = [], [0, 0]
    for alignment in corpus.alignments:
        if len(alignment.versions) != 2 or alignment.crossing:
            raise LossError(
                "a ladder holds two versions whose beads do not cross",
                do="Write TEI or jsonl, or align two versions",
            )
        for bead in alignment.beads:
            lines.append(f"{at[0]}\t{at[1]}\t{bead.confidence:.4f}\n")
            at = [n + len(side) for n, side in zip(at, bead.sides, strict=True)]
    lines.append(f"{at[0]}\t{at[1]}\t0\n")
    path.write_text("".join(lines), encoding="utf-8", newline="\n")
    return Loss("hunalign", (("texts", 1),), ("A ladder holds numbers only: no texts, no tags.",))


def load(path: Path, *, texts: dict[str, Sequence[str]] | None = None) -> Corpus:
    """Read a ladder together with the texts it is about: two tags with their unit texts."""
    if texts is None or len(texts) != 2:
        raise UsageError(
            "a ladder holds numbers, not texts",
            where=str(path),
            do="Give the units of both versions too",
        )
    rungs = [_rung(line, n, path) for n, line in enumerate(_lines(path), 1)]
    beads = tuple(
        Bead((range(a, c), range(b, d)), confidence=score)
        for (a, b, score), (c, d, _) in pairwise(rungs)
        if c > a or d > b
    )
    versions = tuple(
        version_of(tuple(units), lang=lang, name=f"{path.stem}.{lang}")
        for lang, units in texts.items()
    )
    parallel = Parallel(tuple(version.segment for version in versions))
    return Corpus(path.stem, (parallel,), (Alignment(versions, beads),))


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8-sig").splitlines() if line.strip()]


def _rung(line: str, number: int, path: Path) -> tuple[int, int, float]:
    parts = line.split()
    try:
        score = float(parts[2]) if len(parts) > 2 else 1.0
        return int(parts[0]), int(parts[1]), min(1.0, max(0.0, score))
    except (ValueError, IndexError) as error:
        raise InvalidFileError(
            f"this is no rung: {line[:60]!r}",
            where=f"{path}:{number}",
            do="A rung is two unit numbers and a score, with tabs between",
        ) from error
