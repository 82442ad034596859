"""Web pages without their boilerplate (extra ``web``): menus, teasers, comments become notes.

The page is read as any page is, by ``html``; trafilatura (Barbaresi, 2021) says which text is the
main one. Nothing is lost: what is not main text stays in the document, out of the way.
"""

from __future__ import annotations

import re
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from aligner.errors import MissingExtraError, ReadError
from aligner.model import Block, Document
from aligner.read import html

_SPACE = re.compile(r"\W+")
_TEXT = {"paragraph", "heading", "item", "cell", "label"}


def read(path: Path, *, encoding: str | None = None) -> Document:
    """Read an HTML page; blocks outside its main text become notes.

    Raises ReadError if there is no main text, MissingExtraError without the extra.
    """
    trafilatura = _trafilatura()
    document = html.read(path, encoding=encoding)
    page = path.read_bytes()
    found = trafilatura.extract(page, include_comments=False, favor_recall=True) or ""
    main = _SPACE.sub(" ", found).casefold()
    if not main.strip():
        raise ReadError("no main text is found in this page", where=str(path), do="Read it as html")
    return replace(
        document, blocks=tuple(_sorted_out(document, block, main) for block in document.blocks)
    )


def _sorted_out(document: Document, block: Block, main: str) -> Block:
    text = _SPACE.sub(" ", document.text[block.span.start : block.span.end]).casefold().strip()
    if block.kind not in _TEXT or not text or text in main:
        return block
    return replace(block, kind="note")


def _trafilatura() -> Any:
    try:
        return import_module("trafilatura")
    except ImportError:
        raise MissingExtraError(
            "Telling main text from boilerplate", package="trafilatura", extra="web"
        ) from None
