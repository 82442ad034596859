"""What a person sees after ``run`` and ``align``: languages, parallels, the rest, warnings."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from aligner.model import Alignment, Corpus, Version

if TYPE_CHECKING:
    from aligner.formats import Loss

MOST_SHAPES = 6


def print_summary(corpus: Corpus, loss: Loss, output: Path, *, color: bool | None) -> None:
    """Print the summary to standard output (to standard error if the corpus goes there)."""
    from rich.console import Console

    console = Console(
        stderr=output == Path("-"), no_color=color is False, highlight=False, soft_wrap=True
    )
    console.print(f"[bold]{_escaped(corpus.title)}[/bold]")
    console.print("languages   " + _shares(corpus))
    for parallel, alignment in zip(corpus.parallels, corpus.alignments, strict=True):
        console.print(f"{parallel.role:<12}" + _beads(alignment))
    console.print("unaligned   " + _rest(corpus))
    for warning in (*corpus.warnings, *loss.sentences):
        console.print(f"[yellow]warning[/yellow]     {_escaped(warning)}")
    console.print(f"written to  {_escaped(str(output))}")


def _shares(corpus: Corpus) -> str:
    letters: Counter[str] = Counter()
    for version in _versions(corpus):
        letters[version.lang] += sum(len(text) for text in version.texts)
    total = sum(letters.values()) or 1
    return ", ".join(f"{lang} {100 * n / total:.0f} %" for lang, n in letters.most_common())


def _versions(corpus: Corpus) -> list[Version]:
    return [v for alignment in corpus.alignments for v in alignment.versions] + list(corpus.rest)


def _beads(alignment: Alignment) -> str:
    shapes = Counter(bead.shape for bead in alignment.beads)
    listed = ", ".join(f"{n} x {shape}" for shape, n in shapes.most_common(MOST_SHAPES))
    more = len(shapes) - MOST_SHAPES
    tags = " ".join(version.lang for version in alignment.versions)
    return f"{tags}: {listed}" + (f" and {_others(more)}" if more > 0 else "")


def _others(count: int) -> str:
    return f"{count} other shape{'s' if count > 1 else ''}"


def _rest(corpus: Corpus) -> str:
    units: Counter[str] = Counter()
    for version in corpus.rest:
        units[version.lang] += len(version.units)
    return ", ".join(f"{n} {lang}" for lang, n in units.most_common()) or "nothing"


def _escaped(text: str) -> str:
    from rich.markup import escape

    return escape(text)
