"""What moved between versions: told of, because the order of an alignment cannot hold it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

from aligner.mend import mended
from aligner.model import Alignment, Version, unit_text
from aligner.pipeline.fixed_points import placed
from aligner.pipeline.options import Options

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from aligner.pipeline.aligning import Heard
    from aligner.score import Evidence

MOVED = "moved: "
"""How the sentences begin."""

UNITS = 2
"""Units of a run that is looked at: one sentence alone says too little."""

MOST = 600
"""Units that are looked at on a side, those of the longest runs first."""

TAUGHT = 1500
"""Beads from which the words are learned, evenly spread."""

STRANGERS = 80
"""Units with a counterpart of their own, by which it is measured what strangers share."""

CLEAR = 1.0
"""Standard deviations above strangers at which a pair of units begins to count."""

LEAST = 7.0
"""What a passage must gain in all, in standard deviations."""

OPENING = 40

Beads = list[tuple[range, range]]


def moved(alignment: Alignment, options: Options, heard: Heard | None = None) -> list[str]:
    """Sentences for people about passages that stand elsewhere in another version.

    An alignment and the options it was made with in; nothing to do unless units of two versions
    lack a counterpart in each other. ``heard`` is what the search has learned; what it has not is
    learned here. Unit numbers are 0-based.
    """
    if alignment.crossing or options.get("method") == "length":
        return []
    told = []
    beads = placed(alignment.beads)
    for a, b in combinations(range(len(alignment.versions)), 2):
        pair = [(bead.sides[a], bead.sides[b]) for bead in beads]
        versions = (alignment.versions[a], alignment.versions[b])
        told += [
            _sentence(versions, one, other)
            for one, other in _passages(pair, versions, options, (heard or {}).get((a, b)))
        ]
    return told


def _sentence(versions: tuple[Version, Version], a: range, b: range) -> str:
    text = mended(unit_text(versions[0].document, versions[0].units[a.start]))
    opening = text if len(text) <= OPENING else text[:OPENING].rstrip() + "..."
    one, other = (
        f"{v.lang} {f'units {r.start}-{r.stop - 1}' if len(r) > 1 else f'unit {r.start}'}"
        for v, r in zip(versions, (a, b), strict=True)
    )
    return f"{MOVED}{one} ({opening}) say what {other} say"


def _passages(
    pair: Beads, versions: tuple[Version, Version], options: Options, heard: Any
) -> Beads:
    alone = (_runs([a for a, b in pair if a and not b]), _runs([b for a, b in pair if b and not a]))
    if not all(alone):
        return []
    from aligner.align.moved import passages

    (runs_a, units_a), (runs_b, units_b) = (_in_a_row(runs) for runs in alone)
    full = [bead for bead in pair if all(bead)]
    gains = _gains((units_a, units_b), full, versions, options, heard)
    if gains is None:
        return []
    return [
        (
            range(units_a[found.a.start], units_a[found.a.stop - 1] + 1),
            range(units_b[found.b.start], units_b[found.b.stop - 1] + 1),
        )
        for found in passages(gains, runs_a, runs_b, least=LEAST, units=UNITS)
    ]


def _runs(sides: Sequence[range]) -> list[range]:
    """Units that stand together; short runs out, and the shorter ones of too many."""
    runs: list[range] = []
    for side in sides:
        if runs and runs[-1].stop == side.start:
            runs[-1] = range(runs[-1].start, side.stop)
        else:
            runs.append(side)
    chosen, total = [], 0
    for run in sorted(runs, key=lambda run: (-len(run), run.start)):
        total += len(run)
        if len(run) >= UNITS and total <= MOST:
            chosen.append(run)
    return sorted(chosen, key=lambda run: run.start)


def _in_a_row(runs: Sequence[range]) -> tuple[list[range], list[int]]:
    """Where each run stands when all are put in a row, and the units in the row."""
    places: list[range] = []
    units: list[int] = []
    for run in runs:
        places.append(range(len(units), len(units) + len(run)))
        units += run
    return places, units


def _gains(
    units: tuple[list[int], list[int]],
    beads: Beads,
    versions: tuple[Version, Version],
    options: Options,
    heard: Any,
) -> NDArray[np.float64] | None:
    """How much more two units agree than strangers, (n, m); None if that is not known."""
    import numpy as np

    known = beads[:: max(1, len(beads) // TAUGHT)]
    if len(known) < 3:
        return None
    n, m = len(units[0]), len(units[1])
    strange = known[:: max(1, len(known) // STRANGERS)][:STRANGERS]
    size = (n + sum(len(a) for a, _ in strange), m + sum(len(b) for _, b in strange))
    ready = _of_search(heard, units, strange)
    words = _agreement(ready or _learned(units, strange, known, versions, options), size)
    across, down = words[:n, m:], words[n:, :m]
    off = np.concatenate(
        [(across - across.mean(1, keepdims=True)).ravel(), (down - down.mean(0)).ravel()]
    )
    spread = max(float(off.std()), 0.5)
    above = np.minimum(
        words[:n, :m] - across.mean(1, keepdims=True), words[:n, :m] - down.mean(0, keepdims=True)
    )
    return np.asarray(above / spread - CLEAR)


def _of_search(heard: Any, units: tuple[list[int], list[int]], beads: Beads) -> Evidence | None:
    """What the search has learned, of these units and the beads'; None if it is not of words."""
    from aligner.score import Evidence

    if not isinstance(heard, Evidence) or heard.table is None:
        return None
    a, b = ([*own, *_units(beads, side)] for side, own in enumerate(units))
    return heard.among(a, b)


def _units(beads: Beads, side: int) -> list[int]:
    return [unit for bead in beads for unit in bead[side]]


def _learned(
    units: tuple[list[int], list[int]],
    strange: Beads,
    known: Beads,
    versions: tuple[Version, Version],
    options: Options,
) -> Evidence:
    """Evidence about these units and those of the beads behind them, learned from ``known``."""
    from aligner.pipeline.aligning import prior_of
    from aligner.score import evidence

    beads = list(dict.fromkeys([*strange, *known]))
    texts = [
        [
            mended(unit_text(version.document, version.units[k]))
            for k in (*own, *_units(beads, side))
        ]
        for side, (version, own) in enumerate(zip(versions, units, strict=True))
    ]
    langs = (versions[0].lang, versions[1].lang)
    ready = evidence(*texts, langs=langs, prior=prior_of(options))
    return _taught(ready, (len(units[0]), len(units[1])), beads)


def _agreement(ready: Evidence, size: tuple[int, int]) -> NDArray[np.float64]:
    """What words say for every pair among the first units."""
    from aligner.align.band import full

    band = full(size, ((1, 1), (1, 0), (0, 1)))
    both = ready.costs(band)[:, 0]
    lengths = ready.plain().costs(band)[:, 0]
    shape = (size[0] + 1, size[1] + 1)
    inner = (slice(None, -1), slice(None, -1))
    return (lengths.reshape(shape)[inner] - both.reshape(shape)[inner]).astype(float)


def _taught(ready: Evidence, first: tuple[int, int], beads: Beads) -> Evidence:
    """Evidence that has learned the words of the beads, which stand behind the first units."""
    import numpy as np

    from aligner.score.lexicon import Beads as Read
    from aligner.score.lexicon import taught

    if ready.hints is None or not len(beads):
        return ready
    sizes = np.array([(len(a), len(b)) for a, b in beads], np.int64)
    ends = sizes.cumsum(axis=0) + np.array(first)
    starts = ends - sizes
    read = Read(starts[:, 0], ends[:, 0], starts[:, 1], ends[:, 1], np.ones(len(beads)))
    return replace(ready, table=taught(ready.a, ready.b, ready.hints, read))
