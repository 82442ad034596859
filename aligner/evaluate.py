"""How good an alignment is: precision, recall and F1 against gold, and how honest its doubts are.

Works on plain groups of unit numbers, because gold files may hold what an ``Alignment`` refuses:
gaps, crossings, beads that are not contiguous.

Two versions: the rules of vecalign's ``score.py`` (Thompson and Koehn 2019). A bead is *strictly*
right when the other side holds exactly the same bead, *laxly* right when at least one of its unit
pairs is linked there. Precision looks at every bead written, null beads included; recall is
precision with the two exchanged, null beads left out on both sides. So a system that lists what it
left unaligned is measured on those beads too. Counts are pooled over documents.

Three versions and more: the same on whole beads that hold two or more versions (null beads are
left out of precision too), and on every pair's projection by the rules for two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, product
from typing import TYPE_CHECKING, TypeAlias

from aligner.errors import InvalidRecordError, UsageError

if TYPE_CHECKING:
    from aligner.model import Alignment

Group: TypeAlias = tuple[tuple[int, ...], ...]
"""One bead as unit numbers per version."""

Groups: TypeAlias = Sequence[Group]


@dataclass(frozen=True, slots=True)
class Measure:
    """Precision and recall as counts: right ones of those looked at, in test and in gold."""

    right: int = 0
    written: int = 0
    found: int = 0
    wanted: int = 0

    @property
    def precision(self) -> float:
        """Right beads among those written, 0 if none was written."""
        return self.right / self.written if self.written else 0.0

    @property
    def recall(self) -> float:
        """Gold beads found among those wanted, 0 if none was wanted."""
        return self.found / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __add__(self, other: Measure) -> Measure:
        return Measure(
            self.right + other.right,
            self.written + other.written,
            self.found + other.found,
            self.wanted + other.wanted,
        )


@dataclass(frozen=True, slots=True)
class Scores:
    """Strict, lax and link measures of an alignment, and the strict one of every bead shape."""

    strict: Measure = Measure()
    lax: Measure = Measure()
    link: Measure = Measure()
    shapes: tuple[tuple[str, Measure], ...] = ()

    def __add__(self, other: Scores) -> Scores:
        shapes = dict(self.shapes)
        for shape, measure in other.shapes:
            shapes[shape] = shapes.get(shape, Measure()) + measure
        return Scores(
            self.strict + other.strict,
            self.lax + other.lax,
            self.link + other.link,
            tuple(
                sorted(shapes.items(), key=lambda row: (-row[1].wanted - row[1].written, row[0]))
            ),
        )


def groups(alignment: Alignment) -> tuple[Group, ...]:
    """Give the beads of an alignment as groups of unit numbers, null beads included."""
    return tuple(tuple(tuple(side) for side in bead.sides) for bead in alignment.beads)


def score(test: Groups, gold: Groups, *, merge: bool = False) -> Scores:
    """Measure one document: groups of unit numbers in, ``Scores`` out.

    With ``merge``, neighbouring test beads that lie wholly inside one gold bead are joined first:
    the fair way where gold beads are verses or paragraphs and the test beads sentences. Raises
    UsageError if the two have different numbers of versions.
    """
    sides = {len(group) for group in (*test, *gold)}
    if len(sides) > 1:
        raise UsageError(
            f"the beads have {' and '.join(map(str, sorted(sides)))} versions",
            do="Compare alignments of the same versions",
        )
    test, gold = _filled(test), _filled(gold)
    if merge:
        test = merged(test, gold)
    shared = _shared(test), _shared(gold)
    if sides == {2}:
        return _compare(test, gold, *shared)
    return _compare(*shared, *shared)


def score_documents(pairs: Iterable[tuple[Groups, Groups]], *, merge: bool = False) -> Scores:
    """Measure many documents, (test, gold) each, with the counts pooled."""
    total = Scores()
    for test, gold in pairs:
        total += score(test, gold, merge=merge)
    return total


def projection(beads: Groups, first: int, second: int) -> tuple[Group, ...]:
    """Reduce beads of many versions to two of them: groups with two sides."""
    return _filled([(bead[first], bead[second]) for bead in beads])


def score_pairs(
    documents: Sequence[tuple[Groups, Groups]], *, merge: bool = False
) -> dict[tuple[int, int], Scores]:
    """Measure the projection on every pair of versions; (test, gold) of each document in."""
    versions = max(
        (len(group) for pair in documents for beads in pair for group in beads), default=0
    )
    return {
        (a, b): score_documents(
            [(projection(test, a, b), projection(gold, a, b)) for test, gold in documents],
            merge=merge,
        )
        for a, b in combinations(range(versions), 2)
    }


def merged(test: Groups, gold: Groups) -> tuple[Group, ...]:
    """Join neighbouring test beads that lie wholly inside one gold bead."""
    home = {
        (side, unit): number
        for number, bead in enumerate(gold)
        for side, units in enumerate(bead)
        for unit in units
    }
    out: list[Group] = []
    last: int | None = None
    for bead in test:
        inside = {home.get((s, unit)) for s, units in enumerate(bead) for unit in units}
        number = inside.pop() if len(inside) == 1 else None
        if number is not None and number == last:
            out[-1] = tuple(tuple(sorted({*a, *b})) for a, b in zip(out[-1], bead, strict=True))
        else:
            out.append(bead)
        last = number
    return tuple(out)


@dataclass(frozen=True, slots=True)
class Calibration:
    """How far confidences can be trusted.

    ``auc``: the chance that a wrong bead has a lower confidence than a right one (ties half; None
    without errors or without right beads). ``ece``: mean distance of confidence and truth over ten
    bins of equal count, weighted. ``low``: share of all errors among the tenth with the lowest
    confidence (None without errors; ties at the border counted by their share).
    """

    beads: int
    errors: int
    auc: float | None
    ece: float
    low: float | None


def calibration(confidences: Sequence[float], right: Sequence[bool]) -> Calibration:
    """Confidences and whether each bead was right in, ``Calibration`` out.

    Raises InvalidRecordError if there are not as many of the one as of the other.
    """
    if len(confidences) != len(right):
        raise InvalidRecordError(f"{len(confidences)} confidences for {len(right)} beads")
    errors = len(right) - sum(right)
    return Calibration(
        len(right),
        errors,
        _auc(confidences, right),
        _ece(confidences, right),
        _low(confidences, right),
    )


def verdicts(test: Groups, gold: Groups) -> list[bool]:
    """For every test bead, null ones included, whether gold holds exactly the same."""
    known = set(gold)
    return [bead in known for bead in test]


def _filled(beads: Groups) -> tuple[Group, ...]:
    return tuple(dict.fromkeys(bead for bead in beads if any(bead)))


def _shared(beads: Groups) -> tuple[Group, ...]:
    return tuple(bead for bead in beads if sum(map(bool, bead)) > 1)


def _links(beads: Groups) -> set[tuple[int, int, int, int]]:
    return {
        (a, unit, b, other)
        for bead in beads
        for a, b in combinations(range(len(bead)), 2)
        for unit, other in product(bead[a], bead[b])
    }


def _compare(written: Groups, known: Groups, found: Groups, wanted: Groups) -> Scores:
    """Precision of ``written`` in ``known``, recall of ``wanted`` in ``found``."""
    strict = _strict(written, known, found, wanted)
    links, gold_links = _links(written), _links(wanted)
    both = len(links & gold_links)
    lax = Measure(
        _lax(written, known, gold_links), len(written), _lax(wanted, found, links), len(wanted)
    )
    return Scores(
        strict,
        lax,
        Measure(both, len(links), both, len(gold_links)),
        _shapes(written, known, found, wanted),
    )


def _strict(written: Groups, known: Groups, found: Groups, wanted: Groups) -> Measure:
    right, hits = set(known), set(found)
    return Measure(
        sum(bead in right for bead in written), len(written),
        sum(bead in hits for bead in wanted), len(wanted),
    )  # fmt: skip


def _lax(beads: Groups, others: Groups, links: set[tuple[int, int, int, int]]) -> int:
    known = set(others)
    return sum(bead in known or not links.isdisjoint(_links([bead])) for bead in beads)


def _shapes(*four: Groups) -> tuple[tuple[str, Measure], ...]:
    by_shape: dict[str, tuple[list[Group], ...]] = {}
    for place, beads in enumerate(four):
        for bead in beads:
            shape = "-".join(str(len(side)) for side in bead)
            by_shape.setdefault(shape, ([], [], [], []))[place].append(bead)
    rows = [(shape, _strict(*parts)) for shape, parts in by_shape.items()]
    return tuple(sorted(rows, key=lambda row: (-row[1].wanted - row[1].written, row[0])))


def _auc(confidences: Sequence[float], right: Sequence[bool]) -> float | None:
    wrong = sum(not good for good in right)
    if not wrong or wrong == len(right):
        return None
    ranked = sorted(zip(confidences, right, strict=True))
    area, below, start = 0.0, 0, 0
    while start < len(ranked):
        stop = start
        while stop < len(ranked) and ranked[stop][0] == ranked[start][0]:
            stop += 1
        bad = sum(not good for _, good in ranked[start:stop])
        area += (stop - start - bad) * (below + bad / 2)
        below += bad
        start = stop
    return area / wrong / (len(right) - wrong)


def _ece(confidences: Sequence[float], right: Sequence[bool], bins: int = 10) -> float:
    ranked = sorted(zip(confidences, right, strict=True))
    edges = [len(ranked) * i // bins for i in range(bins + 1)]
    parts = (ranked[a:b] for a, b in pairwise(edges))
    gaps = (abs(sum(c for c, _ in part) - sum(good for _, good in part)) for part in parts)
    return sum(gaps) / len(ranked) if ranked else 0.0


def _low(confidences: Sequence[float], right: Sequence[bool]) -> float | None:
    wrong = [c for c, good in zip(confidences, right, strict=True) if not good]
    if not wrong:
        return None
    size = max(1, round(len(right) / 10))
    border = sorted(confidences)[size - 1]
    tied = sum(c == border for c in confidences)
    room = size - sum(c < border for c in confidences)
    held = sum(c < border for c in wrong) + sum(c == border for c in wrong) * room / tied
    return held / len(wrong)
