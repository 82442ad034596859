"""The language of texts that stand alone: a list of snippets, one a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aligner.detect.cleaning import cleaned
from aligner.detect.evidence import has_script
from aligner.detect.scripts import is_known

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aligner.detect.ranking import Ranking
    from aligner.protocols import Detector

_NONE_OF_THEM = 0.01  # left for all declared languages together when the text is in another
_LONG = 20


def identified(texts: Sequence[str], detector: Detector, langs: Sequence[str]) -> list[Ranking]:
    """Rank the languages of each text; ``langs`` come first unless a text clearly is in another."""
    words = [cleaned(text) for text in texts]
    asked = [i for i, text in enumerate(words) if is_known(text)]
    found: list[Ranking] = [
        [("zxx" if text.strip() and not has_script(own) else "und", 1.0)]
        for text, own in zip(texts, words, strict=True)
    ]
    for i, ranking in zip(asked, _ranked([words[i] for i in asked], detector, langs), strict=True):
        found[i] = ranking
    return found


def _ranked(texts: Sequence[str], detector: Detector, langs: Sequence[str]) -> list[Ranking]:
    if not langs:
        return detector.rank(texts)
    among = detector.rank(texts, langs)
    expected = {tag.split("-")[0] for tag in langs}
    for i, open_ranking in enumerate(detector.rank(texts)):
        held = sum(chance for tag, chance in open_ranking if tag.split("-")[0] in expected)
        if held < _NONE_OF_THEM and len(texts[i]) >= _LONG:
            among[i] = open_ranking
    return among
