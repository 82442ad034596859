"""Segments in, parallels out: which passages are versions of one another, and what has none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from aligner.match.assemble import match_of, members, rest_of
from aligner.match.files import match_files
from aligner.match.lists import in_section_language
from aligner.match.pieces import Piece, cut, main_language
from aligner.match.records import Match, Matching
from aligner.match.roles import Group, groups
from aligner.match.rounds import rounds
from aligner.match.rows import joined
from aligner.match.tables import in_columns
from aligner.model import Document, Segment

if TYPE_CHECKING:
    from aligner.lexicon import Lexicon

__all__ = ["Match", "Matching", "match"]


def match(
    documents: Sequence[Document],
    segments: Sequence[Sequence[Segment]],
    *,
    lexicon: Lexicon | None = None,
) -> Matching:
    """Find which segments are versions of one another, in one document or over several.

    In: documents and, for each, the segments ``detect`` found; ``lexicon`` is a
    ``lexicon.Lexicon`` (without one numbers, names and cognates must do). Out: matches in text
    order, the rest, and warnings. Segments are cut at block borders; the spans of the matches'
    segments and of the rest are together those that came in, each once (code points).
    """
    listed = [tuple(each) for each in segments]
    both = zip(documents, listed, strict=True)
    pieces = [cut(number, document, own) for number, (document, own) in enumerate(both)]
    mains = [main_language(own) for own in pieces]
    langs = [lang for lang in mains if lang is not None]
    if len(documents) > 1 and len(set(langs)) == len(documents):
        return match_files(documents, listed, langs, lexicon=lexicon)
    found = [_match_one(n, documents, own, lexicon) for n, own in enumerate(pieces)]
    return Matching(
        tuple(each for one in found for each in one.matches),
        tuple(each for one in found for each in one.rest),
        tuple(each for one in found for each in one.warnings),
    )


def _match_one(
    number: int, documents: Sequence[Document], pieces: list[Piece], lexicon: Lexicon | None
) -> Matching:
    pieces = in_section_language(in_columns(pieces))
    content = [piece for piece in pieces if piece.content]
    columns = joined(content, rounds(content), lexicon)
    found = groups(columns, content)
    taken = {n for g in found for c in g.columns for ns in c.pieces.values() for n in ns}
    matches: list[Match] = []
    used: set[int] = set()
    for group in found:
        chosen = members(group, content, taken)
        chosen = {lang: [n for n in ns if n not in used] for lang, ns in chosen.items()}
        used.update(n for ns in chosen.values() for n in ns)
        matches.append(match_of(group, chosen, content, documents))
    rest = rest_of(pieces, [content[n] for n in used], documents)
    return Matching(tuple(matches), tuple(rest), _warnings(documents[number], content, found))


def _warnings(
    document: Document, content: Sequence[Piece], found: Sequence[Group]
) -> tuple[str, ...]:
    if found:
        return ()
    if len({piece.lang for piece in content}) < 2:
        return (f"{document.name}: one language, nothing to align.",)
    return (f"{document.name}: no passages that are versions of one another were found.",)
