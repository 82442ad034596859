"""Text and attribute values as XML writes them; what XML cannot hold is refused."""

from __future__ import annotations

import re

from aligner.errors import InvalidRecordError
from aligner.formats.xmltext import escaped

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


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


def element(text: str) -> str:
    """Checked and escaped for element content."""
    return escaped(checked(text))


def attribute(text: str) -> str:
    """Checked and escaped for a value in double quotes; tabs and line ends survive."""
    text = escaped(checked(text)).replace('"', "&quot;")
    return text.replace("\n", "&#10;").replace("\t", "&#9;")
