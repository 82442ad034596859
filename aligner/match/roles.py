"""Columns in, groups out: which columns are a title, an abstract, keywords, or the body.

Labels decide where they are; elsewhere the shape does: what is short and matched before much text
in one language alone is front matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from aligner.match.evidence import Column
from aligner.match.pieces import Piece
from aligner.model import Role

SHORT = 45
"""A column of fewer letters is a label or a name, unless it is a title or a list."""
TITLE = 220
"""The longest title, in letters."""
MOST_FRONT = 8
"""Columns of text, however short, beyond which languages that take turns are no front matter."""

FEWEST_LINES = 3
"""So many lines in several languages each are no front matter."""
LITTLE = 0.3
"""Nor are lines in turn beside less other text than this share of theirs."""

FRONT = ((3, 0.3), (6, 1.0), (12, 2.5))
"""Front matter has at most so many paragraphs before so much text, as a share of what is matched,
that one language has alone."""


@dataclass(frozen=True, slots=True)
class Group:
    """Consecutive columns of one role."""

    role: Role
    columns: tuple[Column, ...]


def groups(columns: Sequence[Column], pieces: Sequence[Piece]) -> list[Group]:
    """The matched columns, grouped by role, in order; what plays no part is left out."""
    matched = [column for column in columns if len(column.pieces) > 1]
    if not matched:
        return []
    if _is_front(matched, columns, pieces):
        roles = _front_roles(matched)
    else:
        roles = _body_roles(matched, columns)
    found: list[Group] = []
    for column, role in zip(matched, roles, strict=True):
        if role is None:
            continue
        if found and _goes_with(found[-1], role, column, pieces):
            found[-1] = Group(role, (*found[-1].columns, column))
        else:
            found.append(Group(role, (column,)))
    return found


def _goes_with(group: Group, role: Role, column: Column, pieces: Sequence[Piece]) -> bool:
    """True if a column goes on with a group: paragraphs of an abstract, or of one body or table."""
    if group.role != role or role not in {"body", "abstract"}:
        return False
    return role == "abstract" or _table(group.columns[-1], pieces) == _table(column, pieces)


def _table(column: Column, pieces: Sequence[Piece]) -> int:
    cell = pieces[next(iter(column.pieces.values()))[0]].cell
    return -1 if cell is None else cell[0]


def _is_front(
    matched: Sequence[Column], columns: Sequence[Column], pieces: Sequence[Piece]
) -> bool:
    """True if the matched columns stand beside much text that only one language has."""
    if any(_table(column, pieces) >= 0 for column in matched) or _is_listed(matched, pieces):
        return False
    if _is_steady(matched, columns):
        return False
    texts = sum(1 for column in matched if column.kind != "heading" and column.size > TITLE)
    used: dict[str, float] = {}
    for column in matched:
        for lang in column.pieces:
            used[lang] = used.get(lang, 0.0) + column.size
    share = _largest_alone(columns, used)
    running = texts > 2 or sum(column.kind != "heading" for column in matched) > MOST_FRONT
    if _has_chapters(matched) or (matched[0].cycle is not None and running):
        return False
    if texts <= FRONT[0][0] and any(_is_apparatus(column) for column in matched):
        return True
    return any(texts <= most and share >= least for most, least in FRONT)


def _is_listed(matched: Sequence[Column], pieces: Sequence[Piece]) -> bool:
    """True if most versions stand in one line each, and no label says what they are."""
    lines = 0
    for column in matched:
        own = [pieces[n] for numbers in column.pieces.values() for n in numbers]
        if len({piece.block for piece in own}) == 1:
            lines += min(len(piece.spans) for piece in own)
    hinted = any(_hinted(column) for column in matched)
    return not hinted and lines >= FEWEST_LINES and lines * 2 > len(matched)


def _is_steady(matched: Sequence[Column], columns: Sequence[Column]) -> bool:
    """True for lines in turn, be they as short as labels, if there is little else."""
    if len(matched) < FEWEST_LINES or any(c.place is None for c in matched):
        return False
    if any(c.hint or c.listed or c.kind == "heading" for c in matched):
        return False
    alone = sum(column.size for column in columns if len(column.pieces) == 1)
    return alone <= LITTLE * sum(column.size for column in matched)


def _is_apparatus(column: Column) -> bool:
    """True for a label or a list of keywords, as few texts but papers have them."""
    small = column.kind != "heading" and column.size < SHORT / 2
    return column.kind == "label" or column.listed or small


def _has_chapters(matched: Sequence[Column]) -> bool:
    """True if a heading that is no label follows text, and text follows it."""
    kinds = ["heading" if c.kind == "heading" else "text" for c in matched if c.size > SHORT]
    return [kind for kind, _ in groupby(kinds)].count("heading") > 1


def _largest_alone(columns: Sequence[Column], used: dict[str, float]) -> float:
    """The longest stretch that one language has alone, as a share of what it has in common.

    A stretch in which another language, too, has something unmatched is no such stretch.
    """
    largest = 0.0
    for matched, stretch in groupby(columns, key=lambda column: len(column.pieces) > 1):
        if matched:
            continue
        sizes: dict[str, float] = {}
        for column in stretch:
            for lang in column.pieces:
                sizes[lang] = sizes.get(lang, 0.0) + column.size
        lang = max(sorted(sizes), key=lambda each: sizes[each])
        others = sum(size for other, size in sizes.items() if other != lang and other in used)
        if lang in used and others < 0.3 * sizes[lang]:
            largest = max(largest, sizes[lang] / used[lang])
    return largest


def _hinted(column: Column) -> Role | None:
    if column.hint == "abstract":
        return "abstract"
    return "keywords" if column.hint == "keywords" else None


def _front_roles(matched: Sequence[Column]) -> list[Role | None]:
    """Title, abstract and keywords by label, kind and length; None for labels and names."""
    roles: list[Role | None] = []
    for number, column in enumerate(matched):
        following = matched[number + 1] if number + 1 < len(matched) else None
        last = next((role for role in reversed(roles) if role), None)
        role = _hinted(column)
        if role is None and column.kind == "heading":
            role = "title" if last != "title" and column.hint is None else None
        elif role is None and column.listed and last is not None:
            role = "keywords"
        elif role is None and number == 0 and _is_title(column, following):
            role = "title"
        elif role is None and column.size >= SHORT:
            role = "abstract" if column.hint is None else "body"
        roles.append(role)
    return roles


def _is_title(column: Column, following: Column | None) -> bool:
    return following is not None and column.size <= TITLE and following.size > 1.5 * column.size


def _body_roles(matched: Sequence[Column], columns: Sequence[Column]) -> list[Role | None]:
    """Body, but for a title at the top and what labels name."""
    roles: list[Role | None] = []
    for number, column in enumerate(matched):
        role = _hinted(column) if column.size > 0 else None
        roles.append(role or "body")
        if number == 0 and _tops(column, matched, columns):
            roles[0] = "title"
    for number in range(1, len(roles)):
        if roles[number - 1] == "abstract" and _goes_on(number, matched):
            roles[number] = "abstract"
    return roles


def _tops(first: Column, matched: Sequence[Column], columns: Sequence[Column]) -> bool:
    """True if the first column is the only heading of its level, or a label follows."""
    if first.kind != "heading" or len(matched) == 1:
        return False
    labelled = matched[1].hint in {"abstract", "keywords"}
    levels = [column.level or 0 for column in columns if column.kind == "heading"]
    return labelled or (levels.count(first.level or 0) == 1 and min(levels) == (first.level or 0))


def _goes_on(number: int, matched: Sequence[Column]) -> bool:
    """True if a paragraph after an abstract's is still the abstract: another label ends it."""
    ahead = matched[number:]
    if ahead[0].kind != "paragraph" or ahead[0].hint:
        return False
    for distance, column in enumerate(ahead[:4]):
        if column.hint:
            return column.hint in {"keywords", "introduction"} and distance > 0
        if column.kind == "heading":
            return True
    return False
