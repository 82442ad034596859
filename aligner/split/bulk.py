"""Long plain text: the sure ends of sentences found at once, so that few places need a judgement.

A sure end is ``word. Word`` with single white space, a word of three letters or more that is no
abbreviation, and no quotation or bracket near before it. The judge would cut there too.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from aligner.split.quotes import LONGEST, PAIRS
from aligner.split.signs import HARD, SOFT

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_STOP, _SPACE, _UPPER, _LOWER, _SPECIAL, _LINE, _OPENED = (1 << bit for bit in range(7))
_LETTER = _UPPER | _LOWER
_TOP = 0x2400
"""Letters with case, the dots and most quotation marks lie below; all else counts as special."""

_SHORTEST = 3
_FACTOR = 1_000_003
_ZERO = ord("0")
_CHUNK = 1 << 20


def sure_pieces(
    text: str, signs: str, known: frozenset[str]
) -> tuple[list[tuple[int, int]], list[int]]:
    """A text, a language's further terminators and its abbreviations in; pieces out.

    Every piece is (start, end), trimmed, and ends surely, except for the first and the last one;
    with them come the numbers of the pieces that are to be judged because they hold more signs.
    """
    import numpy as np

    codes, kinds = _classified(text, signs)
    stops = np.flatnonzero(kinds & _STOP != 0)
    stops = stops[stops < len(text) - 3]
    space, line = kinds & _SPACE != 0, kinds & _LINE != 0
    sure = space[stops + 1] & (kinds[stops + 2] & _UPPER != 0)
    sure &= _has_plain_word(codes, kinds, stops, sure, known)
    sure &= ~_is_inside(codes, kinds, stops)
    apart = (
        line[stops + 1]
        & line[stops + 2]
        & ~space[stops + 3]
        & (codes[stops + 1] == codes[stops + 2])
    )
    lasts = stops[sure | apart]
    starts = np.concatenate(([0], lasts + 2 + apart[sure | apart]))
    ends = np.concatenate((lasts + 1, [len(text)]))
    lines = np.flatnonzero(line[:-1] & space[1:])
    held = np.concatenate((np.flatnonzero(kinds & (_STOP | _SPECIAL) != 0), lines))
    piece = np.searchsorted(starts, held, side="right") - 1
    counts = np.bincount(piece[held < ends[piece]], minlength=len(starts))
    counts[:-1] -= 1
    counts[[0, -1]] += 1
    pieces = list(zip(starts.tolist(), ends.tolist(), strict=True))
    return pieces, np.flatnonzero(counts).tolist()


def _classified(text: str, signs: str) -> tuple[NDArray[np.uint16], NDArray[np.uint8]]:
    """Per character its code, capped, and its kind; a megabyte at a time."""
    import numpy as np

    table = _table(signs)[0]
    codes = np.empty(len(text), np.uint16)
    kinds = np.empty(len(text), np.uint8)
    for start in range(0, len(text), _CHUNK):
        raw = text[start : start + _CHUNK].encode("utf-32-le", "surrogatepass")
        part = codes[start : start + _CHUNK]
        np.minimum(np.frombuffer(raw, np.uint32), _TOP, out=part, casting="unsafe")
        np.take(table, part, out=kinds[start : start + _CHUNK], mode="clip")
    return codes, kinds


def _has_plain_word(
    codes: NDArray[np.uint16],
    kinds: NDArray[np.uint8],
    stops: NDArray[np.intp],
    wanted: NDArray[np.bool_],
    known: frozenset[str],
) -> NDArray[np.bool_]:
    """If before a stop stand three letters or more, no abbreviation, or a year, or a bracket."""
    import numpy as np

    small = _table("")[1]
    hashed, longest = _hashes(known)
    word = wanted & (stops > longest)
    closed = word & np.isin(codes[stops - 1], [ord(")"), ord("]")])
    year = word & (kinds[stops - 5] & _SPACE != 0)
    for back in range(1, 5):
        year &= codes[stops - back] - _ZERO <= 9  # unsigned: what is below wraps around
    alive = word.copy()
    hashes = np.zeros(len(stops), np.uint64)
    for back in range(1, longest + 2):
        place = np.maximum(stops - back, 0)
        letter = kinds[place] & _LETTER != 0
        word &= ~alive | letter | ((back > _SHORTEST) & (kinds[place] & _SPACE != 0))
        alive &= letter
        hashes[alive] = hashes[alive] * np.uint64(_FACTOR) + small[codes[place[alive]]]
    plain: NDArray[np.bool_] = year | closed | (word & ~np.isin(hashes, hashed))
    return plain


def _is_inside(
    codes: NDArray[np.uint16], kinds: NDArray[np.uint8], stops: NDArray[np.intp]
) -> NDArray[np.bool_]:
    """If a stop may lie in a quotation or bracket that is to stay whole."""
    import numpy as np

    marks = np.flatnonzero(kinds & _OPENED != 0)
    signs = codes[marks]
    inside = np.zeros(len(stops), bool)
    for pair in PAIRS:
        opened = marks[signs == min(ord(pair[0]), _TOP)]
        last = _last_before(opened, stops)
        near = stops - last <= LONGEST + 2
        if pair[0] != pair[1] and ord(pair[1]) < _TOP:
            near &= _last_before(marks[signs == ord(pair[1])], stops) < last
        inside |= near
    return inside


def _last_before(marks: NDArray[np.intp], stops: NDArray[np.intp]) -> NDArray[np.intp]:
    import numpy as np

    padded = np.concatenate(([-1 - LONGEST * 2], marks))
    found: NDArray[np.intp] = padded[np.searchsorted(padded, stops) - 1]
    return found


@cache
def _table(signs: str) -> tuple[NDArray[np.uint8], NDArray[np.uint16]]:
    import numpy as np

    table = np.zeros(_TOP + 1, np.uint8)
    small = np.arange(_TOP + 1, dtype=np.uint16)
    table[_TOP] = _SPECIAL
    for code in range(_TOP):
        sign = chr(code)
        if sign.isupper() and len(sign.lower()) == 1 and ord(sign.lower()) < _TOP:
            table[code], small[code] = _UPPER, ord(sign.lower())
        elif sign.islower() and not "\u10d0" <= sign <= "\u10ff":
            table[code] = _LOWER
        elif sign.isspace():
            table[code] = _SPACE
    for flag, marked in (
        (_SPECIAL, SOFT + HARD + signs + "\u2029"),
        (_OPENED, "".join(PAIRS)),
        (_LINE, "\n\r\x85\u2028\u2029"),
    ):
        table[[ord(sign) for sign in marked if ord(sign) < _TOP]] |= flag
    table[[ord(sign) for sign in ".!?"]] = _STOP
    return table, small


@cache
def _hashes(known: frozenset[str]) -> tuple[NDArray[np.uint64], int]:
    """A hash of every abbreviation that is a word of letters, and the length of the longest."""
    import numpy as np

    words = [word for word in known if word.isalpha()]
    found = []
    for word in words:
        value = 0
        for letter in reversed(word):
            value = (value * _FACTOR + min(ord(letter), _TOP)) % (1 << 64)
        found.append(value)
    return np.array(sorted(found), np.uint64), max(map(len, words), default=0)
