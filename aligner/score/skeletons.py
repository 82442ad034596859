"""Words of any script in letters a-z, spelling habits of languages folded."""

from __future__ import annotations

import re
from collections.abc import Sequence

_FOLDS = str.maketrans({"w": "v", "y": "i", "c": "k", "q": "k", "z": "s"})
_DIGRAPHS = (("ch", "c"), ("sh", "s"), ("ph", "f"), ("th", "t"))
_OTHER = re.compile("[^a-z\\n]+")
_DOUBLED = re.compile(r"([a-z])\1+")


def skeletons(names: Sequence[str]) -> tuple[str, ...]:
    """Words in, their skeletons out: ``Schiller`` and ``Шиллер`` are both ``siler``.

    Nothing is left of a word without letters. All words are folded at once, which is much faster.
    """
    if not names:
        return ()
    text = "\n".join(names)
    if not text.isascii():
        text = text.translate(_romanised(text))
    for digraph, letter in _DIGRAPHS:
        text = text.replace(digraph, letter)
    text = _OTHER.sub("", text.translate(_FOLDS))
    return tuple(_DOUBLED.sub(r"\1", text).split("\n"))


def _romanised(text: str) -> dict[int, str]:
    """What every character of a text that is not ASCII becomes."""
    from anyascii import anyascii

    return {
        ord(sign): anyascii(sign).lower().replace("\n", " ")
        for sign in set(text)
        if not sign.isascii()
    }
