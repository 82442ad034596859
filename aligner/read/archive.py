"""ZIP archives of documents: read one after another, as one document."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path, PurePosixPath

from aligner import registry
from aligner.errors import ReadError, UnsafeInputError
from aligner.model import Block, Cell, Document, Fact, Span
from aligner.read.package import Package
from aligner.read.sniff import ENDINGS, candidates

MAX_DOCUMENTS = 500
"""Files of an archive that are read as one document."""

_GAP = "\n\n"


def read(path: Path) -> Document:
    """Read the documents in a ZIP archive, by name, as one document; blocks keep their file.

    Archives in archives are not opened. What cannot be read is told in a note; raises ReadError
    if nothing can, UnsafeInputError if it would expand beyond bounds.
    """
    found: list[Document] = []
    notes: list[str] = []
    with Package(path) as package, tempfile.TemporaryDirectory() as folder:
        names = [name for name in sorted(package.names) if _wanted(name)]
        if len(names) > MAX_DOCUMENTS:
            raise UnsafeInputError(
                f"more than {MAX_DOCUMENTS} documents are in it", where=str(path),
                do="Unpack it and name the files",
            )  # fmt: skip
        for name in names:
            member = Path(folder) / f"member{PurePosixPath(name).suffix.lower()}"
            try:
                member.write_bytes(package.content(name))
                found.append(replace(_member(member), name=name))
            except ReadError as error:
                notes.append(f"{name}: {error.what}.")
    if not found:
        why = " ".join(notes) or f"files in it: {', '.join(package.names[:5]) or 'none'}"
        raise ReadError("no document is in this ZIP archive", where=str(path), why=why)
    return _joined(path.name, found, notes)


def _wanted(name: str) -> bool:
    parts = PurePosixPath(name).parts
    hidden = any(part.startswith((".", "__MACOSX")) for part in parts)
    ending = PurePosixPath(name).suffix.lower()
    return not hidden and not name.endswith("/") and ENDINGS.get(ending, "archive") != "archive"


def _member(path: Path) -> Document:
    reasons = []
    for name in candidates(path, tuple(registry.BUILT_IN["readers"])):
        if name == "archive":
            reasons.append("an archive in an archive")
            continue
        try:
            document: Document = registry.lookup("readers", name)(path)
        except ReadError as error:
            reasons.append(error.what)
        except (ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as error:
            reasons.append(f"damaged ({type(error).__name__})")
        else:
            return document
    raise ReadError("; ".join(reasons))


def _joined(name: str, documents: list[Document], notes: list[str]) -> Document:
    texts: list[str] = []
    blocks: list[Block] = []
    facts: list[Fact] = []
    start = tables = 0
    for document in documents:
        for block in document.blocks:
            cell = block.cell
            blocks.append(
                replace(
                    block,
                    span=Span(block.span.start + start, block.span.end + start),
                    place=f"{document.name} {block.place or ''}".strip(),
                    cell=cell and Cell(cell.table + tables, cell.row, cell.column),
                )
            )
        tables += 1 + max((b.cell.table for b in document.blocks if b.cell), default=-1)
        texts.append(document.text)
        start += len(document.text) + len(_GAP)
        facts += [fact for fact in document.metadata if fact not in facts]
    files = ", ".join(document.name for document in documents)
    if len(documents) > 1:
        facts.append(Fact("note", f"{len(documents)} files were read one after another: {files}."))
    facts += [Fact("note", note) for note in notes]
    return Document(name, _GAP.join(texts), tuple(blocks), tuple(facts))
