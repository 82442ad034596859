"""The pairs of versions: for each its evidence, as the options ask, and its alignment."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

from aligner import registry
from aligner.errors import UsageError
from aligner.mend import mended
from aligner.model import Version, find_tag
from aligner.pipeline.options import Options

if TYPE_CHECKING:
    from aligner.align import Pairwise

METHODS = ("auto", "length", "lexical", "lexicon", "embedding")

Pair = tuple[int, int]


def pairs(
    versions: Sequence[Version],
    walls: Sequence[Sequence[int | None]],
    anchors: Sequence[Sequence[range]],
    options: Options,
    prior: Any,
    refused: Sequence[tuple[range, ...]] = (),
) -> dict[Pair, Pairwise]:
    """Align every pair of versions (with ``pivot``, that one with every other).

    ``walls`` are places that no bead may cross, a number per version or None; the corners of
    anchors that lack a version hold for the pairs that they do name. ``prior`` is word knowledge
    or None. Of two versions ``refused`` beads are given only where nothing else is possible (of
    more the pairs of a wrong bead may be right).
    """
    from aligner.align import pairwise

    method = options.get("method", "auto")
    if method not in METHODS and method not in registry.names("scorers"):
        known = ", ".join((*METHODS, *registry.names("scorers")))
        raise UsageError(f"{method!r} is no method", do=f"Methods: {known}")
    texts = [[mended(text) for text in version.texts] for version in versions]
    vectors = _vectors(versions, texts, options)
    shapes = _shapes(options)
    held = tuple((bead[0], bead[1]) for bead in refused) if len(versions) == 2 else ()
    found = {}
    for a, b in _chosen(versions, options):
        langs = (versions[a].lang, versions[b].lang)
        nodes = _nodes(a, b, walls, anchors)
        chosen = {"barriers": sorted(nodes), "keep": len(versions) > 2, **shapes}
        both = None if vectors is None else (vectors[a], vectors[b])
        if method == "embedding" and both is not None:
            found[a, b] = _by_vectors(texts[a], texts[b], langs, both, chosen, held)
        else:
            if method not in METHODS:
                scorer = registry.lookup("scorers", method)(texts[a], texts[b], langs=langs)
            else:
                scorer = _scorer(texts[a], texts[b], langs, method, prior, both)
            found[a, b] = pairwise(_without(scorer, held), **chosen)
    return found


def _nodes(
    a: int,
    b: int,
    walls: Sequence[Sequence[int | None]],
    anchors: Sequence[Sequence[range]],
) -> set[Pair]:
    """Give the places that the path of one pair must pass."""
    places = [(wall[a], wall[b]) for wall in walls]
    for anchor in anchors:
        if anchor[a] and anchor[b]:
            places += [(anchor[a].start, anchor[b].start), (anchor[a].stop, anchor[b].stop)]
    return {(i, j) for i, j in places if i is not None and j is not None}


def _chosen(versions: Sequence[Version], options: Options) -> list[Pair]:
    every = list(combinations(range(len(versions)), 2))
    pivot = options.get("pivot")
    if not pivot:
        return every
    chosen = find_tag(tuple(version.lang for version in versions), pivot)
    return [pair for pair in every if chosen in pair]


def _scorer(
    a: Sequence[str],
    b: Sequence[str],
    langs: tuple[str, str],
    method: str,
    prior: Any,
    vectors: tuple[Any, Any] | None,
) -> Any:
    """Lengths and words, and vectors where there are any."""
    from aligner.score import evidence

    kind: Any = method if method in {"length", "lexical"} else "auto"
    words = evidence(a, b, langs=langs, prior=prior, method=kind)
    if vectors is None:
        return words
    from aligner.score.embedding import BESIDE, Combined, similarity

    return Combined(words, similarity(*vectors, weight=BESIDE))


def _by_vectors(
    a: Sequence[str],
    b: Sequence[str],
    langs: tuple[str, str],
    vectors: tuple[Any, Any],
    chosen: dict[str, Any],
    refused: tuple[tuple[range, range], ...],
) -> Pairwise:
    """Vectors alone; with lengths too where the texts' lengths prove to go together."""
    from aligner.align.guided import guided
    from aligner.score import evidence
    from aligner.score.embedding import Combined, lengths_agree, similarity

    scorer = similarity(*vectors)
    found = guided(_without(scorer, refused), **chosen)
    if not lengths_agree(a, b, found.beads):
        return found
    both = Combined(evidence(a, b, langs=langs, method="length"), scorer)
    return guided(_without(both, refused), **chosen)


def _without(scorer: Any, beads: tuple[tuple[range, range], ...]) -> Any:
    """Give the scorer, with what is refused too dear."""
    from aligner.align.refused import Refusing

    return Refusing(scorer, beads) if beads else scorer


def _vectors(
    versions: Sequence[Version], texts: Sequence[Sequence[str]], options: Options
) -> list[Any] | None:
    """Give the vectors of every version if the options name any and the method uses them."""
    embedder = options.get("embedder")
    if embedder is None:
        if options.get("method") == "embedding":
            raise UsageError(
                "the method embedding needs vectors or a model",
                do="Give --embedder: an .npz file, A.npy,B.npy, or st:, m2v: or onnx: and a model",
            )
        return None
    if options.get("method", "auto") not in {"auto", "embedding"}:
        return None
    from aligner.score.vectors import vectors_of

    return vectors_of(embedder, texts, langs=[version.lang for version in versions])


def _shapes(options: Options) -> dict[str, Any]:
    """The shapes that the options allow, for the search; nothing if they say nothing."""
    from aligner.align.shapes import up_to

    named, most = options.get("shapes"), options.get("max_bead")
    if named:
        return {"shapes": tuple(_shape(shape) for shape in named)}
    if most:
        sides = [int(side) for side in most]
        return {"shapes": up_to(sides[0], sides[-1], None)}
    return {}


def _shape(text: str) -> tuple[int, int]:
    sides = text.split("-")
    if len(sides) != 2 or not all(side.strip().isdecimal() for side in sides):
        raise UsageError(
            f"{text!r} is no shape of a bead",
            do="Write two numbers, as in 1-1 or 1-2; with several versions it holds for every pair",
        )
    return int(sides[0]), int(sides[1])
