"""Translation memories as documents: a table with a language a column."""

from __future__ import annotations

from pathlib import Path

from aligner.model import Block, Cell, Corpus, Document, Span

MEMORIES = (".tmx", ".xlf", ".xliff")
"""Endings of files that hold pairs of texts and no document."""


def read_memory(path: Path) -> Document:
    """Read TMX or XLIFF as a document: a row a unit, a cell a language, tagged by the file."""
    from aligner.formats import load

    return document_of(load(path), name=path.name)


def document_of(corpus: Corpus, *, name: str) -> Document:
    """A corpus as a table: every bead a row, every side a cell of its language."""
    parts: list[str] = []
    blocks: list[Block] = []
    position = 0
    for table, alignment in enumerate(corpus.alignments):
        for row, view in enumerate(alignment):
            for column, side in enumerate(view.sides):
                text, cell = side.text, Cell(table, row, column)
                span = Span(position, position + len(text))
                if text.strip():
                    blocks.append(Block(span, "cell", lang_hint=side.lang, cell=cell))
                parts.append(text + "\t")
                position += len(text) + 1
            parts[-1] = parts[-1][:-1] + "\n"
    return Document(name, "".join(parts), tuple(blocks), corpus.metadata)
