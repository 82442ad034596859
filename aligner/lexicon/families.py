"""Related languages: what a word is in its sister languages, under other spellings.

The Turkic languages share most of their old words, and many loans from Arabic and Persian: *kitob*,
*kitap*, *kitab*, *кітап*. As skeletons, in which sounds that answer each other are one letter, they
are one word. All Turkic texts together teach what the skeletons mean, and a word that its own
language has not seen is looked up there. Tajik and Persian are one language in two scripts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from aligner.lexicon.groups import Texts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FAMILIES: Mapping[str, str] = {
    **dict.fromkeys(("az", "kk", "ky", "tr", "uz"), "trk"),
    **dict.fromkeys(("fa", "tg"), "ira"),
}
"""The family of a language, by its code of ISO 639-5."""

LEAST = 3
"""Letters of a skeleton that says something."""

_LATIN = {
    **{letter: letter for letter in "abdfghiklmnprtuvyz"},
    "c": "y", "e": "a", "j": "y", "o": "u", "q": "k", "s": "s", "x": "h", "ç": "c", "ğ": "g",
    "ı": "i", "ö": "u", "ş": "s", "ü": "u", "ə": "a", "â": "a", "î": "i", "û": "u",
}  # fmt: skip
_CYRILLIC = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщыэюяәғқңөұүһіё",
        "abvgdayziyklmnuprstufhsccsiauaagknuuuhiu",
        strict=True,
    )
)
_PERSIAN = dict(
    zip("ابپتثجچحخدذرزژسشصضطظغفقكگلمنوه", "abptsjchxdzrzesisztzofqkglmnvh", strict=True)
)
_TAJIK = dict(zip("бпвфгғдтзсшжҷчхҳкқлмнроӯёю", "bpvfgodtzsiejcxhkqlmnravav", strict=True))
"""Persian leaves short vowels unwritten, and so do both here; *i* is sh, *e* is zh, *o* is gh."""

_TABLES: Mapping[str, Mapping[str, str]] = {
    "az": _LATIN,
    "fa": _PERSIAN,
    "kk": _CYRILLIC,
    "ky": _CYRILLIC,
    "tg": _TAJIK,
    "tr": _LATIN,
    "uz": {**_LATIN, "o": "a", "c": "c"},
}
_LETTERS = {lang: str.maketrans(dict(table)) for lang, table in _TABLES.items()}
_TWO_LETTERS = (("o'", "u"), ("g'", "g"), ("sh", "s"), ("ch", "c"), ("ng", "n"))
_DOUBLED = re.compile(r"(.)\1+")
_FOREIGN = re.compile("[^a-z\\n]+")
_HARD = str.maketrans("gdb", "ktp")


def skeleton(word: str, lang: str) -> str:
    """The form of a folded word that is common to its family; empty if there is none."""
    return skeletons([word], lang)[0]


def skeletons(words: Sequence[str], lang: str) -> list[str]:
    """The same for many words, which are turned all at once."""
    if lang not in FAMILIES or not words:
        return [""] * len(words)
    text = "\n".join(words)
    if lang == "uz":
        for letters, one in _TWO_LETTERS:
            text = text.replace(letters, one)
    forms = _DOUBLED.sub(r"\1", _FOREIGN.sub("", text.translate(_LETTERS[lang]))).split("\n")
    return [_ended(form, FAMILIES[lang]) for form in forms]


def _ended(form: str, family: str) -> str:
    """The form with its ends made alike; empty if too little is left."""
    if family == "trk":  # at the ends they differ in voice: dil and til, kitab and kitap
        form = form[:1].translate(_HARD) + form[1:-1] + form[1:][-1:].translate(_HARD)
    elif family == "ira":  # a silent h, written in Persian
        form = form[:1] + form[1:].rstrip("h")
    return form if len(form) >= LEAST else ""


def pooled(texts: Mapping[str, Texts]) -> dict[str, Texts]:
    """The texts of each family that has two languages or more here, in skeletons."""
    members: dict[str, list[Texts]] = {}
    for lang in sorted(texts):
        if lang in FAMILIES:
            members.setdefault(FAMILIES[lang], []).append(texts[lang])
    return {family: _pool(family, some) for family, some in members.items() if len(some) > 1}


def _pool(family: str, members: list[Texts]) -> Texts:
    import numpy as np

    numbers: dict[str, int] = {}
    flat = np.concatenate([_renumbered(texts, numbers)[texts.flat] for texts in members])
    sizes = np.concatenate([np.diff(texts.starts) for texts in members])
    groups = np.concatenate([texts.groups for texts in members])
    first = np.cumsum(sizes) - sizes
    order = np.argsort(groups, kind="stable")
    sizes = sizes[order]
    starts = np.concatenate(([0], np.cumsum(sizes)))
    place = np.repeat(first[order] - starts[:-1], sizes) + np.arange(len(flat))
    return Texts(family, tuple(numbers), flat[place], starts, groups[order])


def _renumbered(texts: Texts, numbers: dict[str, int]) -> NDArray[np.int32]:
    """For each word of the texts, the number of its skeleton; a word without one stays itself."""
    import numpy as np

    forms = (skeleton(word, texts.lang) or word for word in texts.words)
    return np.array([numbers.setdefault(form, len(numbers)) for form in forms], np.int32)
