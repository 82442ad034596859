"""Text and attribute values as XML writes them; what XML cannot hold is refused."""

from __future__ import annotations

import re

from aligner.errors import InvalidRecordError

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPECIAL = re.compile("[&<>\r]")


def special(text: str) -> bool:
    """True if ``text`` needs escaping as element content."""
    return _SPECIAL.search(text) is not None


def checked(text: str, where: str | None = None) -> str:
    """The text itself; InvalidRecordError if it holds a character that XML 1.0 has no way for."""
    found = _ILLEGAL.search(text)
    if found:
        raise InvalidRecordError(
            f"the character U+{ord(found.group()):04X} at position {found.start()} cannot stand"
            " in XML",
            where=where,
            do="Replace it (reading a file with aligner.read does so) and write again",
        )
    return text


def content(text: str) -> str:
    """Escaped for element content; carriage returns survive. The text is not ``checked``."""
    if _SPECIAL.search(text) is None:
        return text
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\r", "&#13;")


def element(text: str) -> str:
    """Checked and escaped for element content."""
    return content(checked(text))


def attribute(text: str) -> str:
    """Checked and escaped for a value in double quotes; tabs and line ends survive."""
    text = content(checked(text)).replace('"', "&quot;")
    return text.replace("\n", "&#10;").replace("\t", "&#9;")
