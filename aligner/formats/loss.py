"""What a format could not hold of a corpus: counts, and sentences for people."""

from __future__ import annotations

from dataclasses import dataclass

from aligner.errors import LossError


@dataclass(frozen=True, slots=True)
class Loss:
    """The report of a writer: the format, what of this corpus was left out by kind, in words.

    ``sentences`` tell what is counted; ``notes`` what no file of this format holds, whatever the
    corpus (offsets, the recipe): nothing to warn of. False if nothing is counted.
    """

    format: str
    counts: tuple[tuple[str, int], ...] = ()
    sentences: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any(count for _, count in self.counts)

    def forbid(self, where: str) -> None:
        """Raise LossError if anything is counted as lost; notes are no loss."""
        if self:
            kinds = ", ".join(f"{kind}: {count}" for kind, count in self.counts if count)
            raise LossError(
                f"{self.format} cannot hold all of this corpus ({kinds})",
                where=where,
                why=" ".join(self.sentences or self.notes) or None,
                do="Leave --strict away, or write TEI, which holds everything",
            )
