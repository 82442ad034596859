"""Bytes in, text out: which encoding a file is in, and what of it no XML file could hold."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from aligner.errors import EncodingError, ReadError, UsageError
from aligner.model import Fact

MAX_BYTES = 400_000_000
"""A text file longer than this is refused: it is no text that somebody wrote."""
MAX_LINES = 3_000_000
"""The same for lines: each may become a block."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What XML 1.0 cannot hold, but for the form feed, which is a page break and becomes a line break.
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_FOREIGN = re.compile(rb"[\x80-\xff]")
_SAMPLE = 60_000
"""Bytes by which an encoding is guessed."""
# What people's files are in; a closed list keeps rare code pages from winning by chance.
_LEGACY = [
    "cp1251", "koi8_r", "cp866", "iso8859_5", "mac_cyrillic", "koi8_u", "cp1252", "cp1250",
    "iso8859_2", "cp1254", "cp1257", "cp1253", "iso8859_7", "cp1255", "cp1256", "cp1258",
    "cp874", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr", "iso2022_jp", "mac_roman",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text as read, the positions of its form feeds, and what is to be said about it."""

    text: str
    feeds: tuple[int, ...] = ()
    facts: tuple[Fact, ...] = ()


def decode(
    data: bytes, *, where: str, encoding: str | None = None, declared: str | None = None
) -> Decoded:
    """Decode the bytes of a text file: as told, else BOM, UTF-8, as declared, else by its letters.

    ``declared`` is what the file says of itself. One character in is one character out: what XML
    cannot hold becomes U+FFFD, a form feed a line feed. Raises EncodingError if the encoding named
    does not fit or none does, ReadError if the bytes are no text, UsageError if no encoding has
    the name given.
    """
    if encoding is not None:
        return _clean(_as_told(data, encoding, where), codecs.lookup(encoding).name, [])
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _clean(*_lenient(data, name, where))
    text = None if _escapes(data) or _wide(data) else _strict(data, "utf-8")
    if text is not None:
        _refuse_binary(data, where, share=0.3)
        return _clean(text, "utf-8", [])
    if declared and (text := _strict(data, declared)) is not None:
        return _clean(text, codecs.lookup(declared).name, [])
    return _clean(*_guess(data, where))


def _as_told(data: bytes, encoding: str, where: str) -> str:
    try:
        codec = codecs.lookup(encoding)
        text, _ = codec.decode(data)
    except LookupError as error:
        raise UsageError(
            f"no encoding is called {encoding!r}", do="Try utf-8, windows-1251, latin-1 ..."
        ) from error
    except UnicodeError as error:
        at = f" (byte {error.start})" if isinstance(error, UnicodeDecodeError) else ""
        raise EncodingError(
            f"this is no text in {encoding}{at}",
            where=where,
            do="Leave the encoding out to have it found, or name another",
        ) from error
    except Exception as error:  # a codec of bytes (zlib, base64) was named
        raise UsageError(f"{encoding!r} is no encoding of texts") from error
    if not isinstance(text, str):
        raise UsageError(f"{encoding!r} is no encoding of texts")
    return text.removeprefix("\ufeff")


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        text, _ = codecs.lookup(encoding).decode(data)
    except (LookupError, ValueError):
        return None
    return text.removeprefix("\ufeff") if isinstance(text, str) else None


def _escapes(data: bytes) -> bool:
    """Whether plain ASCII bytes are Japanese in ISO 2022."""
    return b"\x1b$" in data[:_SAMPLE] and data.isascii()


def _lenient(data: bytes, encoding: str, where: str) -> tuple[str, str, list[str]]:
    """Decode what has a byte order mark even where single bytes of it are damaged."""
    text = _strict(data, encoding)
    name = encoding.removesuffix("-sig")
    if text is not None:
        return text, name, []
    text = data.decode(encoding, errors="replace").removeprefix("\ufeff")
    damaged = text.count("\ufffd")
    if damaged * 20 > len(text):
        raise EncodingError(
            f"it starts as {name}, but is none",
            where=where,
            why=f"{damaged} places cannot be read",
            do="Name its encoding",
        )
    return text, name, [f"{damaged} damaged places were replaced with U+FFFD."]


def _guess(data: bytes, where: str) -> tuple[str, str, list[str]]:
    if (wide := _wide(data)) is not None:
        return data.decode(wide, errors="replace"), wide, [_taken(wide)]
    text = _foreign_part(data).decode("utf-8", errors="surrogateescape")
    lost = len(re.findall(r"[\udc80-\udcff]", text))
    foreign = len(re.findall(r"[\x80-\ud7ff\ue000-\U0010ffff]", text))
    surrogates = _strict_surrogates(data)
    if surrogates is not None or (lost <= 3 + foreign // 10 and lost <= foreign):
        # Nearly all of it is UTF-8, which no other encoding looks like by chance.
        _refuse_binary(data, where, share=0.3)
        found = data.decode("utf-8", errors="replace") if surrogates is None else surrogates
        return found, "utf-8", ["Damaged bytes were replaced with U+FFFD."]
    _refuse_binary(data, where, share=0.02)
    name = _by_letters(data, where)
    found = data.decode(name, errors="replace")
    notes = [_taken(name)]
    if found.count("\ufffd"):
        notes.append(f"{found.count(chr(0xFFFD))} bytes do not fit and became U+FFFD.")
    return found, name, notes


def _strict_surrogates(data: bytes) -> str | None:
    try:
        return data.decode("utf-8", errors="surrogatepass")
    except UnicodeDecodeError:
        return None


def _taken(name: str) -> str:
    return f"The file does not say its encoding; {name} was taken for it."


def _by_letters(data: bytes, where: str) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(_foreign_part(data), cp_isolation=_LEGACY).best()
    if best is None and 10 * len(_FOREIGN.findall(data[: 10 * _SAMPLE])) < len(data):
        return "cp1252"  # some stray bytes in a text that is ASCII
    if best is None:
        raise EncodingError(
            "no known encoding fits these bytes", where=where, do="Name its encoding"
        )
    return codecs.lookup(best.encoding).name


def _foreign_part(data: bytes) -> bytes:
    """A sample of the bytes from shortly before the first that is not ASCII."""
    first = _FOREIGN.search(data)
    start = max(0, first.start() - 2_000) if first else 0
    return data[start : start + _SAMPLE]


def _wide(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: every second byte tells of one alphabet."""
    head = data[: _SAMPLE & ~1]
    if head.count(0) * 100 < len(head) or len(head) < 4:
        return None
    for name in ("utf-16-le", "utf-16-be"):
        text = head[: len(head) & ~1].decode(name, errors="replace")
        fair = sum(1 for c in text if "\t" <= c <= "\r" or (" " <= c < "\u07ff" and c != "\x7f"))
        if fair * 100 >= len(text) * 95 and any(c.isspace() for c in text):
            return name
    return None


def _refuse_binary(data: bytes, where: str, *, share: float) -> None:
    head = data[:_SAMPLE]
    if len(_CONTROL.findall(head)) > share * len(head):
        raise ReadError(
            "a binary file, not a text", where=where, do="Save it as text, DOCX, ODT or HTML"
        )


def _clean(text: str, name: str, notes: list[str]) -> Decoded:
    feeds = tuple(m.start() for m in re.finditer("\f", text)) if "\f" in text else ()
    if feeds:
        text = text.replace("\f", "\n")
    text, unfit = _UNFIT.subn("\ufffd", text)
    if unfit:
        notes.append(
            f"{unfit} control characters or lone surrogates, which XML cannot hold,"
            " were replaced with U+FFFD."
        )
    if text.count("\n") > MAX_LINES:
        raise ReadError(f"it has more than {MAX_LINES:,} lines", do="Cut it into parts")
    facts = (Fact("encoding", name), *(Fact("note", note) for note in notes))
    return Decoded(text, feeds, facts)
