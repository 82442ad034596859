"""What a person sees after ``run`` and ``align``: languages, parallels, the rest, warnings."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aligner.model import Alignment, Corpus, Version

if TYPE_CHECKING:
    from aligner.formats import Loss

MOST_SHAPES = 6


def print_summary(corpus: Corpus, loss: Loss, output: Path, *, color: bool | None) -> None:
    """Print the summary to standard output (to standard error if the corpus goes there)."""
    lines = [click.style(corpus.title, bold=True), "languages   " + _shares(corpus)]
    for parallel, alignment in zip(corpus.parallels, corpus.alignments, strict=True):
        lines.append(f"{parallel.role:<12}" + _beads(alignment))
    lines.append("unaligned   " + _rest(corpus))
    told = click.style("warning", fg="yellow") + "     "
    lines += [told + warning for warning in (*corpus.warnings, *loss.sentences)]
    lines.append(f"written to  {output}")
    plain = color is False or bool(os.environ.get("NO_COLOR"))
    click.echo("\n".join(lines), err=output == Path("-"), color=False if plain else None)


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
