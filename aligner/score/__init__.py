"""Evidence about beads: lengths, cognates, numbers, a lexicon learned from the texts."""

from aligner.score.combine import Evidence, evidence

__all__ = ["Evidence", "evidence"]
