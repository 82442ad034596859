"""The words of a version as numbers: what every kind of lexical evidence counts over."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from aligner.score.skeletons import skeletons

if TYPE_CHECKING:
    from numpy.typing import NDArray

STEM = 6
"""Letters of a word that count: endings say more about grammar than about the translation."""

READ, LEARNED, RUNS = 1000, 300, 10
"""Tokens of a text that are looked at, that are learned from, and the runs they stand in: pairs of
words are counted, so that without a limit the work would be quadratic in the length of a unit."""

WORD, NUMBER, MARK, SIGN = 0, 1, 2, 3
"""Kinds of types: a word, a number, a punctuation mark, an ideograph or a run of hiragana."""

_HIRAGANA, _KATAKANA = r"\u3040-\u309f", r"\u30a0-\u30ff"
_IDEOGRAPHS = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SIGNS = _HIRAGANA + _KATAKANA + _IDEOGRAPHS
_MARKS = (
    r"!-/:-@\[-`{-~\u00a1-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7"
    r"\u037e\u0387\u055a-\u055f\u0589\u05be\u05c0\u05c3\u060c\u061b\u061f\u066a-\u066d\u06d4"
    r"\u0964\u0965\u2000-\u206f\u20a0-\u20cf\u2190-\u2bff\u2e00-\u2e7f\u3000-\u303f\u30fb\ufe00-\ufe6f"
)
_TOKEN = re.compile(
    rf"\d+(?:[.,]\d+)*|[{_IDEOGRAPHS}]|[{_HIRAGANA}]+|[{_KATAKANA}]+"
    rf"|[^\s\d{_MARKS}{_SIGNS}]+|[^\s.,'\u2018\u2019]"
)
_JOINERS = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u0640]")
_APOSTROPHE = "['\u2018\u2019`\u02bc]"
_UZBEK = re.compile(f"(?<=[og]){_APOSTROPHE}")
_INNER = re.compile(rf"(?<=[^\W\d_]){_APOSTROPHE}(?=[^\W\d_])")
_LETTERS = {"uz": "", "uk": "\u02bc", "be": "\u02bc"}
"""What an apostrophe inside a word becomes where it is a letter and parts no words."""

_COUNTER = re.compile(r"\s*[(\[]?(\d+)(?:[.:]\d+)*[.):\]]*\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of n texts: those of text i are ``ids[starts[i]:starts[i + 1]]``.

    ``types[ids[k]]`` is the type (stem) of a token, ``forms`` the commonest full form of each
    type, ``kinds`` its kind; ``lengths`` are characters per text, white space left out.
    """

    lang: str
    ids: NDArray[np.int32] = field(repr=False)
    starts: NDArray[np.int64] = field(repr=False)
    types: tuple[str, ...] = field(repr=False)
    forms: tuple[str, ...] = field(repr=False)
    kinds: NDArray[np.uint8] = field(repr=False)
    lengths: NDArray[np.float64] = field(repr=False)
    bones: tuple[str, ...] = field(repr=False)


class _Numbering(dict[str, int]):
    """Gives every new key the next number."""

    def __missing__(self, key: str) -> int:
        self[key] = number = len(self)
        return number


def words(texts: Sequence[str], lang: str) -> Words:
    """Texts of one language in, their words as numbers out (types in order of appearance)."""
    raw = _Numbering()
    counters = _counters(texts)
    flat: list[int] = []
    starts = np.zeros(len(texts) + 1, np.int64)
    lengths = np.zeros(len(texts))
    primary = lang.split("-", maxsplit=1)[0]
    for i, text in enumerate(texts):
        found = _TOKEN.findall(_plain(text[counters[i] :] if counters else text, primary))
        flat += [raw[token] for token in found]
        starts[i + 1] = len(flat)
        lengths[i] = sum(map(len, found))
    return _typed(lang, np.array(flat, np.int32), starts, tuple(raw), lengths)


def stretch(side: Words, units: range) -> Words:
    """The words of some texts only, their types numbered anew."""
    if len(units) == len(side.lengths):
        return side
    first, end = int(side.starts[units.start]), int(side.starts[units.stop])
    used, ids = np.unique(side.ids[first:end], return_inverse=True)
    chosen = used.tolist()
    return Words(
        side.lang,
        ids.astype(np.int32),
        side.starts[units.start : units.stop + 1] - first,
        tuple(side.types[k] for k in chosen),
        tuple(side.forms[k] for k in chosen),
        side.kinds[used],
        side.lengths[units.start : units.stop],
        tuple(side.bones[k] for k in chosen),
    )


def chosen(side: Words, units: NDArray[np.int64]) -> Words:
    """The words of some texts in the order given, the types of the whole kept."""
    first = side.starts[units]
    sizes = side.starts[units + 1] - first
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    places = np.arange(starts[-1]) + np.repeat(first - starts[:-1], sizes)
    return replace(side, ids=side.ids[places], starts=starts, lengths=side.lengths[units])


def sampled(side: Words, most: int) -> Words:
    """The same texts, of long ones a sample: ``most`` tokens in ``RUNS`` evenly spaced runs.

    Runs, because places that correspond stand in the same run of both versions more often than
    single words would.
    """
    sizes = np.diff(side.starts)
    if int(sizes.max(initial=0)) <= most:
        return side
    rank = np.arange(len(side.ids)) - np.repeat(side.starts[:-1], sizes)
    size = np.repeat(sizes, sizes)
    keep = (size <= most) | (rank * RUNS % np.maximum(size, 1) < most)
    kept = np.concatenate([[0], np.cumsum(keep)]).astype(np.int64)
    return replace(side, ids=side.ids[keep], starts=kept[side.starts])


def _plain(text: str, lang: str) -> str:
    """Lower case, compatibility forms and invisible characters undone, one sort of apostrophe."""
    if not text.isascii():
        text = _JOINERS.sub("", unicodedata.normalize("NFKC", text))
    text = text.lower()
    if lang == "uz":
        text = _UZBEK.sub("\u02bb", text)
    return _INNER.sub(_LETTERS[lang], text) if lang in _LETTERS else text


def _counters(texts: Sequence[str]) -> list[int]:
    """How long the running number in front of every text is; empty if the texts are not numbered.

    Line, paragraph and verse numbers say where a text stands, not what it says: left in, they pull
    equal numbers together whatever the texts are.
    """
    if len(texts) < 4:
        return []
    found = [_COUNTER.match(text) for text in texts]
    numbers = [int(match[1]) for match in found if match]
    rising = sum(b > a for a, b in itertools.pairwise(numbers))
    if len(numbers) < 0.7 * len(texts) or rising < 0.7 * (len(numbers) - 1):
        return []
    return [match.end() if match else 0 for match in found]


def _typed(
    lang: str,
    flat: NDArray[np.int32],
    starts: NDArray[np.int64],
    raw: tuple[str, ...],
    lengths: NDArray[np.float64],
) -> Words:
    """Fold the raw tokens into types, and find each type's commonest form."""
    numbering = _Numbering()
    to_type = np.array([numbering[stem(token)] for token in raw], np.int32)
    types = tuple(numbering)
    forms = list(types)
    counts = np.bincount(flat, minlength=len(raw)) if len(raw) else np.zeros(0, np.int64)
    best = np.zeros(len(types), np.int64)
    for token, number, count in zip(raw, to_type.tolist(), counts.tolist(), strict=True):
        if count > best[number]:
            best[number], forms[number] = count, token
    kinds = np.array([_kind(name[0]) for name in types], np.uint8)
    ids = to_type[flat] if len(flat) else flat
    return Words(lang, ids, starts, types, tuple(forms), kinds, lengths, skeletons(types))


def stem(token: str) -> str:
    """The type of a token: its first letters, or its digits."""
    if token[0].isdigit():
        return "".join(str(unicodedata.digit(c)) for c in token if c.isdigit())
    return token[:STEM]


@cache
def _kind(first: str) -> int:
    """The kind of a type by its first character."""
    if first.isdigit():
        return NUMBER
    if re.match(rf"[{_IDEOGRAPHS}{_HIRAGANA}]", first):
        return SIGN
    return MARK if re.match(rf"[{_MARKS}]", first) else WORD
