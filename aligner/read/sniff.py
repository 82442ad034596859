"""Which readers a file is offered to, in order: by its first bytes, then by its ending."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

from aligner.errors import ReadError
from aligner.registry import BUILT_IN

ENDINGS = {
    ".txt": "text", ".text": "text", ".tsv": "text", ".md": "markdown", ".markdown": "markdown",
    ".docx": "docx", ".docm": "docx", ".dotx": "docx", ".odt": "odt", ".ott": "odt",
    ".fodt": "odt", ".epub": "epub", ".html": "html", ".htm": "html", ".xhtml": "html",
    ".pdf": "pdf", ".srt": "subtitles", ".vtt": "subtitles", ".zip": "archive", ".xml": "tei",
    ".tei": "tei",
}  # fmt: skip
_BINARY = {"docx", "odt", "epub", "pdf", "archive"}
_HEAD = 65_536
_OTHER = (
    (b"{\\rtf", "an RTF file", "Save it as DOCX or ODT"),
    (b"\x1f\x8b", "a gzip file", "Unpack it first"),
    (b"BZh", "a bzip2 file", "Unpack it first"),
    (b"\xfd7zXZ", "an xz file", "Unpack it first"),
    (b"7z\xbc\xaf", "a 7-Zip file", "Unpack it first"),
    (b"Rar!", "a RAR file", "Unpack it first"),
    (b"\x89PNG", "a picture", "Recognise its text (OCR) first"),
    (b"\xff\xd8\xff", "a picture", "Recognise its text (OCR) first"),
    (b"GIF8", "a picture", "Recognise its text (OCR) first"),
    (b"II*\x00", "a picture", "Recognise its text (OCR) first"),
    (b"MM\x00*", "a picture", "Recognise its text (OCR) first"),
    (b"AT&TFORM", "a DjVu file", "Turn it into a PDF with text first"),
    (b"\x7fELF", "a program", "Name a document"),
    (b"SQLite format 3", "a database", "Name a document"),
)
_SUBTITLES = re.compile(r"\s*(?:WEBVTT\b|\d+\s*\n\s*\d+:\d\d:\d\d[,.]\d{1,3}\s*-->)")
_HTML = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_ROOT = re.compile(r"<(?![?!])(?:[\w.-]+:)?([\w.-]+)")
_MARKS = re.compile(
    r"(?m)^ {0,3}#{1,6}[ \t]+\S|^\*\*[^*\n]+\*\*|^\*[^*\s][^*\n]*\*\s*$"
    r"|^ {0,3}\|?(?: *:?-{3,}:? *\|)+(?: *:?-{3,}:? *)?\|?\s*$"
)


def candidates(path: Path, known: Sequence[str]) -> list[str]:
    """Names of the readers to try, best first; raises ReadError for what no reader can take."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        raise ReadError("the file is empty (0 bytes)", where=str(path), do="Save or copy it again")
    named = ENDINGS.get(path.suffix.lower())
    if path.suffix.lower() == ".fodt":
        named = None  # one flat XML file, no archive
    held = _held(path, head)
    if held is not None:
        names = [held]
    elif named in _BINARY:
        _refuse_named(path, named, head)
        names = [named]
    else:
        found = _as_text(head, named)
        # What is marked up as XML is no plain text, even if its reader declines it.
        names = [found] if found in ("tei", "odt", "html") else [found or "text", "text"]
    plugins = [name for name in known if name not in BUILT_IN["readers"]]
    return [name for name in dict.fromkeys(names) if name in known] + plugins


def _refuse_named(path: Path, named: str, head: bytes) -> None:
    """A text under the name of a binary format is mostly a failed download: say so."""
    if b"\x00" not in head and _as_characters(head).isprintable() is False and _is_text(head):
        raise ReadError(
            f"its ending says {named}, but plain text is in it",
            where=str(path),
            do="Give it its right ending (.txt, .html), or get the file again",
        )


def _is_text(head: bytes) -> bool:
    try:
        head[:4096].decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > 4080
    return True


def _held(path: Path, head: bytes) -> str | None:
    """The reader of a format that its first bytes give away."""
    where = str(path)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _in_zip(path)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise _ole(path)
    for magic, what, do in _OTHER:
        if head.startswith(magic):
            raise ReadError(f"this is {what}", where=where, do=do)
    return None


def _ole(path: Path) -> ReadError:
    """The container of password-protected Office files and of Office files before 2007."""
    with path.open("rb") as file:
        data = file.read(1_000_000)
    if "EncryptedPackage".encode("utf-16-le") in data:
        return ReadError(
            "it is protected by a password", where=str(path), do="Save it without the password"
        )
    return ReadError("this is an Office file of before 2007", where=str(path), do="Save it as DOCX")


def _in_zip(path: Path) -> str | None:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError):
        named = ENDINGS.get(path.suffix.lower())
        return named if named in _BINARY and named != "pdf" else "archive"
    if "word/document.xml" in names or any(n.startswith("word/") for n in names[:50]):
        return "docx"
    if "META-INF/container.xml" in names:
        return "epub"
    return "odt" if "content.xml" in names else "archive"


def _as_characters(head: bytes) -> str:
    for bom, name in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(bom):
            return head.decode(name, errors="replace").removeprefix("\ufeff")
    return head.decode("utf-8", errors="replace").removeprefix("\ufeff")


def _as_text(head: bytes, named: str | None) -> str | None:
    """Among the formats that are text: told by their marks, then by their ending."""
    text = _as_characters(head)
    if _SUBTITLES.match(text):
        return "subtitles"
    if text.lstrip().startswith("<?xml") or named in {"tei", "odt"}:
        root = _ROOT.search(text)
        name = root.group(1).lower() if root else ""
        return {"html": "html", "document": "odt"}.get(name, "tei")
    if _HTML.match(text) and named != "markdown":
        return "html"
    if re.match(r"\s*<(?:TEI|teiCorpus|tmx|xliff)\b", text):
        return "tei"
    if named in (None, "text") and len(_MARKS.findall(text)) >= 2:
        return "markdown"
    return named
