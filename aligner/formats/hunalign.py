"""hunalign's numeric ladder: a line a rung, ``source number, target number, score``.

It holds two versions. A bead reaches from its own rung to the next; the last line is the end of
both texts. The score written is the confidence. There is no text in these files.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from aligner.errors import InvalidFileError, LossError, UsageError
from aligner.formats.entries import Losses, head
from aligner.formats.languages import pair, project
from aligner.formats.lines import numbered_corpus
from aligner.formats.loss import Loss
from aligner.formats.marks import MOST_DIGITS
from aligner.formats.plain import lines as lines_of
from aligner.model import Bead, Corpus


def write(corpus: Corpus, path: Path, *, langs: Sequence[str] | None = None) -> Loss:
    """Write the rungs of two versions (the first two unless named) as they run.

    Raises LossError for beads that cross, UsageError if there are not two versions.
    """
    about = head(corpus)
    losses = Losses("hunalign", about, ("texts", "languages", "the recipe"))
    losses.add("languages", 0 if langs else len(about.langs) - 2)
    lines, at = [], [0, 0]
    corpus = project(corpus, pair(about.langs, langs))
    for alignment in corpus.alignments:
        if len(alignment.versions) != 2 or alignment.crossing:
            raise LossError(
                "a ladder holds two versions whose beads do not cross", do="Write TEI or jsonl"
            )
        for bead in alignment.beads:
            lines.append(f"{at[0]}\t{at[1]}\t{bead.confidence:.4f}\n")
            at = [n + len(side) for n, side in zip(at, bead.sides, strict=True)]
    lines.append(f"{at[0]}\t{at[1]}\t0\n")
    path.write_text("".join(lines), encoding="utf-8", newline="\n")
    losses.add("texts", sum(at), quiet=True)
    return losses.loss


def load(path: Path, *, texts: dict[str, Sequence[str]] | None = None) -> Corpus:
    """Read a ladder together with the texts it is about: two tags with their unit texts.

    Raises UsageError without two texts, InvalidFileError for what is no ladder of them.
    """
    if texts is None or len(texts) != 2:
        raise UsageError(
            "a ladder holds numbers, not texts",
            where=str(path),
            do="Give the units of both versions too",
        )
    rungs = [_rung(line, n, path) for n, line in enumerate(lines_of(path), 1) if line.strip()]
    for (a, b, _), (c, d, _) in pairwise(rungs):
        if c < a or d < b:
            raise InvalidFileError(f"the rung {c}, {d} runs backwards", where=str(path))
    beads = tuple(
        Bead((range(a, c), range(b, d)), confidence=score)
        for (a, b, score), (c, d, _) in pairwise(rungs)
        if c > a or d > b
    )
    return numbered_corpus(path, texts, beads)


def _rung(line: str, number: int, path: Path) -> tuple[int, int, float]:
    parts = line.split()
    try:
        score = float(parts[2]) if len(parts) > 2 else 1.0
        a, b = (int(part) if len(part) <= MOST_DIGITS else int("") for part in parts[:2])
        return max(0, a), max(0, b), min(1.0, max(0.0, score))
    except (ValueError, IndexError) as error:
        raise InvalidFileError(
            f"this is no rung: {line[:60]!r}",
            where=f"{path}:{number}",
            do="A rung is two unit numbers and a score, with tabs between",
        ) from error
