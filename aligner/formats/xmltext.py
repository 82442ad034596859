"""Text as XML holds it: what it cannot hold replaced, what it has other uses for escaped."""

from __future__ import annotations

import re

UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML 1.0 document may contain, not even as a character reference."""

SPECIAL = re.compile("[&<>\r]")
"""What must be escaped in element content; carriage returns, so that they survive."""

_EITHER = re.compile(f"{UNSTORABLE.pattern}|{SPECIAL.pattern}")


def storable(text: str) -> str:
    """A text with what XML cannot hold replaced by U+FFFD; readers have done so already."""
    return UNSTORABLE.sub("\ufffd", text)


def escaped(text: str) -> str:
    """A text that XML can hold, escaped for element content."""
    if SPECIAL.search(text) is None:
        return text
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\r", "&#13;")


def content(text: str) -> str:
    """Any text for element content: ``storable`` and ``escaped``."""
    return text if _EITHER.search(text) is None else escaped(storable(text))
