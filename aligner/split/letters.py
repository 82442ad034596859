"""What the letters of a text say: initials, small letters, texts without capitals."""

from __future__ import annotations

from aligner.split.language import Language, normal


def is_initial(token: str, known: Language) -> bool:
    """If a token before a full stop can be an initial: ``A``, ``Sh``, ``Gʻ``, ``J.-P``."""
    last = token.rpartition(".")[2].lstrip("-‐")
    if not last[:1].isupper():
        return False
    return len(last) == 1 or normal(last) in known.initials


def is_small(letter: str) -> bool:
    """If a sentence does not begin with this letter; Georgian ones are small and do."""
    return letter.islower() and not "\u10d0" <= letter <= "\u10ff"


def is_caseless(text: str) -> bool:
    """If a text has 40 letters with case and next to no capitals: any may open a sentence."""
    if text[:200] != text[:200].lower():
        return False
    sample = text[:20_000]
    if sample == sample.upper():
        return False
    capitals = sum(map(str.isupper, sample)) if not sample.islower() else 0
    cased = capitals + sum(map(str.islower, sample))
    return cased >= 40 and capitals < 0.003 * cased
