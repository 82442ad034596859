"""Labels: the short words that announce what follows (Abstract, Keywords:), told by their form."""

from __future__ import annotations

import re

_TERMS = re.compile(r"[^.!?。！？]{2,80}(?:[,;،、，；·•][^.!?。！？,;]{2,80}){2,}[.。]?\s*")
_RUN_IN = re.compile(r"[^\W\d_][^:：.!?,;\n]{1,40}[:：]\s*")
_ALONE = re.compile(r"[^\W\d_][^.!?;,。！？\n]{0,38}[:：]?")
_HEADLINE = 220


def alone(text: str) -> bool:
    """Whether a whole block has the form of a label: one to four words, no stop, perhaps a colon.

    Whether it is one depends on what follows; the caller looks.
    """
    text = text.strip()
    return bool(_ALONE.fullmatch(text)) and len(text.split()) <= 4


def run_in(text: str) -> int:
    """The length of the label, colon included, that a list of terms starts with; 0 if none."""
    match = _RUN_IN.match(text)
    if match is None or len(match.group().split()) > 4:
        return 0
    return match.end() if is_terms(text[match.end() :]) else 0


def set_off(word: str, tail: str, *, bold: bool) -> bool:
    """Whether words that open a paragraph in type of their own are a label of the rest.

    ``tail`` is what stands right after them. Bold words are one with a colon, dash or full stop,
    words in italics only with a colon or dash.
    """
    word = word.rstrip()
    if not word or len(word) > 90 or len(word.split()) > (8 if bold else 4):
        return False
    after = tail.lstrip()
    if word.endswith((":", "：")) or after.startswith((":", "：")):
        return True
    dash = tail[:1].isspace() and after[:1] in ("–", "—", "-") and after[1:2].isspace()
    return dash or (bold and word.endswith((".", "。")))


def headline(text: str) -> bool:
    """Whether a line in bold as a whole is a heading: short, no stop or comma at its end."""
    return len(text) <= _HEADLINE and "\n" not in text and text[-1] not in ".,;:。，；："


def is_terms(text: str) -> bool:
    """Whether a text is a list of terms, as after «Keywords:», and no sentence."""
    return len(text) < 2_000 and bool(_TERMS.fullmatch(text.strip()))


def capitals(text: str) -> bool:
    """Whether a block has the form of a headline in capitals (scripts that have them)."""
    if len(text) > _HEADLINE:
        return False
    upper = sum(1 for c in text if c.isupper())
    lower = sum(1 for c in text if c.islower())
    return upper >= 6 and upper >= 9 * lower and len(text.split()) >= 2
