"""What a page is made of: fragments of lines as they were set, lines as they are read."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Piece:
    """Text in one type; ``raised`` is set smaller and above the line, as marks of notes are."""

    text: str
    bold: bool = False
    raised: bool = False


@dataclass(slots=True)
class Fragment:
    """Text set in one go on one line: its box in points (``base`` counts down from the top)."""

    pieces: list[Piece]
    left: float
    right: float
    base: float
    size: float

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(slots=True)
class Page:
    """The fragments of a page in the order of the file; what stands in its margins, apart."""

    number: int
    width: float
    height: float
    fragments: list[Fragment]
    head: list[Fragment] = field(default_factory=list)
    foot: list[Fragment] = field(default_factory=list)


@dataclass(slots=True)
class Line:
    """A line of a column, with the edges of that column."""

    pieces: list[Piece]
    left: float
    right: float
    base: float
    size: float
    page: int
    column: tuple[int, int]
    kind: str = ""
    edges: tuple[float, float] = (0.0, 0.0)

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def bold(self) -> bool:
        """True if all of it is bold."""
        return all(piece.bold or not piece.text.strip() for piece in self.pieces)


def rows(fragments: list[Fragment]) -> list[list[Fragment]]:
    """Fragments that share a base line, from top to bottom, each row from left to right."""
    found: list[list[Fragment]] = []
    for fragment in sorted(fragments, key=lambda f: (round(f.base, 1), f.left)):
        for row in reversed(found[-3:]):
            near = abs(row[0].base - fragment.base) < 0.35 * max(row[0].size, fragment.size)
            if near and all(
                fragment.left > f.right - 1 or fragment.right < f.left + 1 for f in row
            ):
                row.append(fragment)
                break
        else:
            found.append([fragment])
    return [sorted(row, key=lambda f: f.left) for row in found]


def joined(row: list[Fragment]) -> list[Piece]:
    """The pieces of a row as one line, with spaces where there is room between them."""
    pieces: list[Piece] = []
    right = 0.0
    for fragment in row:
        if pieces:
            spaced = pieces[-1].text[-1:].isspace() or fragment.text[:1].isspace()
            if not spaced and fragment.left - right > 0.15 * fragment.size:
                pieces.append(Piece(" "))
        pieces += fragment.pieces
        right = fragment.right
    return pieces
