"""Characters and boxes of a PDF, from pypdfium2: the one module that imports it."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from aligner.errors import ReadError, UnsafeInputError
from aligner.model import Fact
from aligner.read.pdf.page import Fragment, Page, Piece

_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl",
              0xFB05: "st", 0xFB06: "st"}  # fmt: skip
_HYPHEN = 0x2
_HYPHENS = (_HYPHEN, 0xFFFE)
"""What pdfium makes of a hyphen at the end of a line."""
_BREAKS, _SPACES = frozenset((10, 13)), frozenset((9, 32))
_SLIGHT = 0.17
"""Of the type size: no font's space is that narrow, even where a line is squeezed."""
_MAX_CHARS = 200_000
_FACTS = {"Title": "title", "Author": "author"}


def pages(path: Path, *, limit: int) -> tuple[list[Page], list[Fact]]:
    """The pages of a file with their fragments, and what its metadata says.

    Raises ReadError if it cannot be opened, UnsafeInputError if it has more pages than ``limit``.
    """
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise ReadError(
                "it is protected by a password", where=str(path), do="Save it without the password"
            ) from error
        raise ReadError("a damaged PDF", where=str(path), why=str(error)) from error
    try:
        if len(document) > limit:
            raise UnsafeInputError(f"it has more than {limit} pages", where=str(path))
        found = [_page(document, number) for number in range(len(document))]
        return found, _facts(document)
    finally:
        document.close()


def _facts(document: Any) -> list[Fact]:
    facts = []
    for key, name in _FACTS.items():
        try:
            value = document.get_metadata_value(key).strip()
        except (pypdfium2.PdfiumError, ValueError):
            continue
        clean = "".join(c for c in value if c.isprintable() and not "\ud800" <= c <= "\udfff")
        if clean:
            facts.append(Fact(name, clean))
    return facts


def _page(document: Any, number: int) -> Page:
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return Page(number + 1, 0.0, 0.0, [])
    try:
        width, height = page.get_size()
        text = page.get_textpage()
    except pypdfium2.PdfiumError:
        page.close()
        return Page(number + 1, 0.0, 0.0, [])
    try:
        return Page(number + 1, width, height, _Reader(text.raw, height).fragments())
    finally:
        text.close()
        page.close()


class _Reader:
    """Goes through the characters of one page and puts them together to fragments."""

    def __init__(self, text: Any, height: float) -> None:
        self._text = text
        self._height = height
        self._types: dict[int, tuple[float, bool]] = {}
        self._fonts: dict[int, bool] = {}
        self._found: list[Fragment] = []
        self._pieces: list[list[Any]] = []
        self._box = [0.0, 0.0, 0.0, 0.0]  # left, right, base, size
        self._space = False
        self._xy = (ctypes.c_double(), ctypes.c_double())
        self._at = tuple(ctypes.byref(value) for value in self._xy)
        self._rect = pdfium.FS_RECTF()
        self._pointer = ctypes.byref(self._rect)

    def fragments(self) -> list[Fragment]:
        """All of them, in the order of the file."""
        unicode, text = pdfium.FPDFText_GetUnicode, self._text
        count = min(pdfium.FPDFText_CountChars(text), _MAX_CHARS)
        codes = [unicode(text, i) for i in range(count)]
        start = 0
        for i, code in enumerate([*codes, 10]):
            if code == 32 and start < i < count - 1 and self._slip(i):
                codes[i] = 0
            elif code in _BREAKS or code in _SPACES:
                if start < i:
                    self._word(codes, start, i)
                start = i + 1
                if code in _BREAKS:
                    self._end()
                else:
                    self._space = bool(self._pieces)
        return self._found

    def _slip(self, index: int) -> bool:
        """Whether a space that pdfium supposes is only a slight gap inside a justified word."""
        if not pdfium.FPDFText_IsGenerated(self._text, index):
            return False
        (_, low), (left, base) = self._origin(index - 1), self._origin(index + 1)
        size, _ = self._type(pdfium.FPDFText_GetTextObject(self._text, index + 1))
        gap = left - self._right(index - 1)
        return abs(low - base) < 0.05 * size and 0 <= gap < _SLIGHT * size

    def _word(self, codes: Sequence[int], start: int, end: int) -> None:
        """Add a word: by its first and last character where all of it is set alike."""
        left, base = self._origin(start)
        right, low = self._right(end - 1), self._origin(end - 1)[1]
        size, bold = self._type(pdfium.FPDFText_GetTextObject(self._text, start))
        if abs(base - low) < 0.05 * size and 0 <= right - left < (end - start) * 1.5 * size:
            word = "".join([_character(code) for code in codes[start:end]])
            self._add(word, left, right, base, size, bold)
            return
        for i in range(start, end):
            left, base = self._origin(i)
            size, bold = self._type(pdfium.FPDFText_GetTextObject(self._text, i))
            self._add(_character(codes[i]), left, self._right(i), base, size, bold)

    def _origin(self, index: int) -> tuple[float, float]:
        """Where a character is set: from the left, and its base line from the top."""
        x, y = self._xy
        pdfium.FPDFText_GetCharOrigin(self._text, index, *self._at)
        return x.value, self._height - y.value

    def _right(self, index: int) -> float:
        pdfium.FPDFText_GetLooseCharBox(self._text, index, self._pointer)
        return float(self._rect.right)

    def _type(self, handle: Any) -> tuple[float, bool]:
        """Size in points and weight of the text object that a character belongs to."""
        key = ctypes.cast(handle, ctypes.c_void_p).value or 0
        if not key:
            return 10.0, False
        if key not in self._types:
            size, matrix = ctypes.c_float(), pdfium.FS_MATRIX()
            pdfium.FPDFTextObj_GetFontSize(handle, ctypes.byref(size))
            pdfium.FPDFPageObj_GetMatrix(handle, ctypes.byref(matrix))
            scale = (matrix.c**2 + matrix.d**2) ** 0.5 or 1.0
            self._types[key] = (abs(size.value * scale) or 1.0, self._bold(handle))
        return self._types[key]

    def _bold(self, handle: Any) -> bool:
        font = pdfium.FPDFTextObj_GetFont(handle)
        key = ctypes.cast(font, ctypes.c_void_p).value or 0
        if key not in self._fonts:
            name = ctypes.create_string_buffer(256)
            pdfium.FPDFFont_GetBaseFontName(font, name, 256)
            low = name.value.decode("latin-1").lower()
            named = any(word in low for word in ("bold", "black", "heavy", "demi"))
            self._fonts[key] = named or pdfium.FPDFFont_GetWeight(font) >= 600
        return self._fonts[key]

    def _add(
        self, text: str, left: float, right: float, base: float, size: float, bold: bool
    ) -> None:
        if not text:
            return
        if self._pieces and not self._fits(left, right, base, size):
            self._end()
        raised = False
        if not self._pieces:
            self._box = [left, right, base, size]
            if "\uf000" <= text[0] <= "\uf0ff":
                text = f"•{text[1:]}"  # a sign of a symbol font at the start of a line is a bullet
        else:
            raised = size < 0.8 * self._box[3] and base < self._box[2] - 0.1 * self._box[3]
            if not raised and size > self._box[3]:
                self._box[2:] = [base, size]
            self._box[0] = min(self._box[0], left)
            self._box[1] = max(self._box[1], right)
        if self._space:
            text = " " + text
            self._space = False
        last = self._pieces[-1] if self._pieces else None
        if last and last[1] == bold and last[2] == raised:
            last[0].append(text)
        else:
            self._pieces.append([[text], bold, raised])

    def _fits(self, left: float, right: float, base: float, size: float) -> bool:
        own_left, own_right, own_base, own_size = self._box
        large = max(size, own_size)
        if abs(base - own_base) > 0.6 * large:
            return False
        # Right-to-left script runs the other way; in both a wide gap is a gutter.
        return left - own_right < 1.2 * large and own_left - right < 1.2 * large

    def _end(self) -> None:
        if self._pieces:
            pieces = [Piece(_sound("".join(t)), bold, up) for t, bold, up in self._pieces]
            left, right, base, size = self._box
            self._found.append(Fragment(pieces, left, right, base, size))
        self._pieces = []
        self._space = False


def _character(code: int) -> str:
    if code < 0xF000 and code != _HYPHEN:
        return chr(code) if code else ""
    return "-" if code in _HYPHENS else _LIGATURES.get(code) or chr(code)


def _sound(text: str) -> str:
    """Pairs of surrogates put together; what XML cannot hold becomes U+FFFD."""
    if not text.isprintable():
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        text = "".join(
            "\ufffd" if (c < " " and c != "\t") or c in "\ufffe\uffff" else c for c in text
        )
    return text
