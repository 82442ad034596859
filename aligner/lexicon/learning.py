"""From parallel texts to a word model.

Every language is set against one pivot (English where it is there), and expectation maximisation
learns which word says which concept of the pivot. A word leans on its own beginnings: the count
of a form is added to what is known of its stem, and so on down to chance. The rows of the model
are those smoothed probabilities, cut to the best few; a row that says no more than the shorter
beginning it leans on is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from aligner.lexicon import mixing
from aligner.lexicon.concepts import Concepts
from aligner.lexicon.groups import Texts
from aligner.lexicon.keys import keys

if TYPE_CHECKING:
    from numpy.typing import NDArray


SIGNS = frozenset({"zh", "ja"})
"""Languages whose texts are cut into single signs."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a model is trained.

    ``rounds`` of expectation maximisation; ``lean`` is the weight of the shorter beginning, in
    occurrences; at most ``entries`` concepts a row; rows with less than ``least`` expected
    occurrences or closer than ``same`` (cosine) to what they lean on are left out; of longer
    texts so many are used that a language has about ``cells`` word pairs to look at.
    """

    rounds: int = 8
    lean: float = 6.0
    entries: int = 8
    least: float = 0.4
    same: float = 0.98
    cells: int = 12_000_000


@dataclass(frozen=True, slots=True)
class Features:
    """The features of a vocabulary: their names, and per level one feature (or -1) per word.

    Levels go from short beginnings to whole words. ``parents`` gives the feature that each one
    leans on, or -1.
    """

    names: tuple[str, ...]
    levels: tuple[NDArray[np.int32], ...]
    parents: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Sparse probabilities P(concept | feature): flat arrays, sorted by feature."""

    features: NDArray[np.int32]
    concepts: NDArray[np.int32]
    values: NDArray[np.float64]


def features(words: Sequence[str], lang: str) -> Features:
    """All features of a vocabulary of folded words."""
    numbers: dict[str, int] = {}
    parents: list[int] = []
    chains: list[list[int]] = []
    for word in words:
        chain: list[int] = []
        for key in keys(word, lang):
            if key not in numbers:
                numbers[key] = len(numbers)
                parents.append(chain[-1] if chain else -1)
            chain.append(numbers[key])
        chains.append(chain)
    levels = np.full((max(map(len, chains), default=0), len(words)), -1, np.int32)
    for number, chain in enumerate(chains):
        levels[: len(chain), number] = chain
    return Features(tuple(numbers), tuple(levels), np.array(parents, np.int32))


def learn(texts: Texts, pivot: Texts, concepts: Concepts, plan: Plan) -> tuple[Features, Sheet]:
    """What the words of one language say in concepts of the pivot."""
    left, right, weight = _couples(texts, pivot, plan.cells)
    said = concepts.of[pivot.flat]
    known = features(texts.words, texts.lang)
    if not len(left):
        none = np.zeros(0, np.int32)
        return known, Sheet(none, none, np.zeros(0))
    found = mixing.cells(left, right, texts.flat, texts.starts, said, pivot.starts)
    different, numbers = mixing.number(found)
    word, concept = (different >> 32).astype(np.int32), (different & 0xFFFFFFFF).astype(np.int32)
    common = mixing.tally(said, pivot.starts, right, weight, len(concepts))
    common /= common.sum()
    steps = [_Step.of(level[word], concept) for level in known.levels]
    ratio = np.ones(len(different))
    counts = ratio
    for turn in range(plan.rounds):
        counts = mixing.expect(
            left, right, weight, texts.starts, pivot.starts, numbers, ratio, turn > 0
        )
        chance = common[concept]
        ratio = _smoothed(steps, counts, chance, len(known.names), plan.lean) / chance
    many = 2 if texts.lang in SIGNS else 1  # a sign is part of many words
    return known, _sheet(known, steps, counts, replace(plan, entries=many * plan.entries))


@dataclass(frozen=True, slots=True)
class _Step:
    """One level of features: which cells have one, and the (feature, concept) of each."""

    has: NDArray[np.bool_]
    place: NDArray[np.int64]
    different: NDArray[np.int64]
    feature: NDArray[np.int32]

    @classmethod
    def of(cls, feature: NDArray[np.int32], concept: NDArray[np.int32]) -> _Step:
        has = feature >= 0
        cell = feature[has].astype(np.int64) << 32 | concept[has]
        different, place = np.unique(cell, return_inverse=True)
        return cls(has, place, different, feature[has])


def _couples(texts: Texts, pivot: Texts, limit: int) -> tuple[Any, Any, Any]:
    """Couples of texts, with every short one and an even share of the long ones."""
    found = mixing.couple(texts.starts, texts.groups, pivot.starts, pivot.groups)
    left, right, weight = (np.array(part) for part in found)
    if not len(left):
        return left, right, weight
    sizes = np.diff(texts.starts)[left] * np.diff(pivot.starts)[right]
    long = sizes > 100
    room = (limit - sizes[~long].sum()) / max(sizes[long].sum(), 1)
    spread = np.arange(len(left)) * 0.6180339887498949 % 1.0  # the golden ratio: evenly everywhere
    kept = ~long | (spread < max(room, 0.02))
    return left[kept], right[kept], weight[kept]


def _smoothed(
    steps: Sequence[_Step],
    counts: NDArray[np.float64],
    chance: NDArray[np.float64],
    size: int,
    lean: float,
) -> NDArray[np.float64]:
    """P(concept | word) per cell, each level leaning on the one before."""
    probability = chance.copy()
    for step in steps:
        own = np.bincount(step.place, counts[step.has], len(step.different))
        total = np.bincount(step.feature, counts[step.has], size)
        probability[step.has] = (own[step.place] + lean * probability[step.has]) / (
            total[step.feature] + lean
        )
    return probability


def _sheet(known: Features, steps: Sequence[_Step], counts: Any, plan: Plan) -> Sheet:
    """The rows worth keeping, level by level."""
    size = len(known.names)
    kept_rows: list[Sheet] = []
    before = Sheet(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0))
    holder = np.full(size + 1, -1, np.int64)  # the feature whose row stands for this one
    for step in steps:
        own = np.bincount(step.place, counts[step.has], len(step.different))
        total = np.bincount(step.feature, counts[step.has], size)
        here = np.unique(step.feature)
        stand_in = holder[known.parents[here]]
        inherited = _inherit(before, here, stand_in)
        feature = np.concatenate([(step.different >> 32).astype(np.int32), inherited.features])
        concept = np.concatenate(
            [(step.different & 0xFFFFFFFF).astype(np.int32), inherited.concepts]
        )
        value = np.concatenate([own, plan.lean * inherited.values])
        rows = _best(_summed(feature, concept, value / (total[feature] + plan.lean)), plan.entries)
        alike = _likeness(rows, inherited, size)
        worth = (total >= plan.least) & (alike < plan.same)
        holder[here] = np.where(worth[here], here, stand_in)
        rows = _only(rows, worth)
        kept_rows.append(rows)
        before = _joined([before, rows])
    return before


def _inherit(rows: Sheet, here: Any, stand_in: Any) -> Sheet:
    """The rows of ``stand_in`` under the names of ``here``."""
    first = np.searchsorted(rows.features, stand_in, "left")
    count = np.where(stand_in >= 0, np.searchsorted(rows.features, stand_in, "right") - first, 0)
    owner = np.repeat(np.arange(len(here)), count)
    place = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count) + first[owner]
    return Sheet(here[owner].astype(np.int32), rows.concepts[place], rows.values[place])


def _summed(feature: Any, concept: Any, value: Any) -> Sheet:
    cell, place = np.unique(feature.astype(np.int64) << 32 | concept, return_inverse=True)
    values: Any = np.bincount(place, value, len(cell))
    return Sheet((cell >> 32).astype(np.int32), (cell & 0xFFFFFFFF).astype(np.int32), values)


def _best(rows: Sheet, entries: int) -> Sheet:
    order = np.lexsort((rows.concepts, -rows.values, rows.features))
    sorted_features = rows.features[order]
    rank = np.arange(len(order)) - np.searchsorted(sorted_features, sorted_features, "left")
    kept = np.sort(order[rank < entries])
    return Sheet(rows.features[kept], rows.concepts[kept], rows.values[kept])


def _only(rows: Sheet, worth: NDArray[np.bool_]) -> Sheet:
    kept = worth[rows.features]
    return Sheet(rows.features[kept], rows.concepts[kept], rows.values[kept])


def _joined(parts: Sequence[Sheet]) -> Sheet:
    feature = np.concatenate([part.features for part in parts])
    order = np.argsort(feature, kind="stable")
    concept = np.concatenate([part.concepts for part in parts])
    value: Any = np.concatenate([part.values for part in parts])
    return Sheet(feature[order], concept[order], value[order])


def _likeness(rows: Sheet, others: Sheet, size: int) -> NDArray[np.float64]:
    """Per feature, how alike two distributions are (Bhattacharyya coefficient), 0..1."""
    cell = rows.features.astype(np.int64) << 32 | rows.concepts
    other = others.features.astype(np.int64) << 32 | others.concepts
    if not len(other):
        return np.zeros(size)
    order = np.argsort(other, kind="stable")
    at = np.minimum(np.searchsorted(other[order], cell), len(other) - 1)
    there = np.where(other[order][at] == cell, others.values[order][at], 0.0)
    shared = np.bincount(rows.features, np.sqrt(rows.values * there), size)
    mass = np.bincount(rows.features, rows.values, size)
    mass *= np.bincount(others.features, others.values, size)
    return np.asarray(shared / np.sqrt(np.maximum(mass, 1e-12)))


def pivot_sheet(pivot: Texts, concepts: Concepts, plan: Plan) -> tuple[Features, Sheet]:
    """The pivot's own words: each says its concept; its beginnings say what their words say."""
    known = features(pivot.words, pivot.lang)
    word = np.arange(len(pivot.words), dtype=np.int32)
    counts = np.minimum(np.bincount(pivot.flat, minlength=len(word)), 50).astype(np.float64) + 1
    steps = [_Step.of(level[word], concepts.of) for level in known.levels]
    return known, _sheet(known, steps, counts, plan)
