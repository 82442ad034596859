"""Text that XML can hold."""

from __future__ import annotations

import re

UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML 1.0 document may contain, not even as a character reference."""


def storable(text: str) -> str:
    """A text with what XML cannot hold replaced by U+FFFD; readers have done so already."""
    return UNSTORABLE.sub("\ufffd", text)
