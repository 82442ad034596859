"""PDF in, Document out: reading order, running heads, footnotes and paragraphs are found here."""

from __future__ import annotations

from pathlib import Path

from aligner.errors import MissingExtraError, ReadError
from aligner.model import Document, Fact
from aligner.read.draft import Draft
from aligner.read.source import load

MAX_BYTES = 400_000_000
MAX_PAGES = 20_000


def read(path: Path) -> Document:
    """Read a PDF file that has a text layer; needs the extra ``pdf`` (pypdfium2).

    Blocks are in reading order over one or more columns; running heads, page numbers and
    footnotes are notes; a paragraph that a page break cut says so in ``continues``; words that
    were hyphenated at line ends are whole again. Raises ReadError (damaged, protected by a
    password, pictures only) and MissingExtraError.
    """
    try:
        from aligner.read.pdf import glyphs
    except ImportError as error:
        raise MissingExtraError("Reading PDF", package="pypdfium2", extra="pdf") from error
    from aligner.read.pdf.flow import Flow
    from aligner.read.pdf.margins import without_margins

    load(path, limit=MAX_BYTES)
    pages, facts = glyphs.pages(path, limit=MAX_PAGES)
    if not any(page.fragments for page in pages):
        raise ReadError(
            "no text is in it: its pages are pictures",
            where=str(path),
            do="Recognise its text (OCR) first",
        )
    empty = sum(1 for page in pages if not page.fragments)
    draft = Draft()
    Flow(draft).pages(without_margins(pages))
    if empty:
        facts = [*facts, Fact("note", f"{empty} of {len(pages)} pages hold no text.")]
    return draft.document(path.name, facts)
