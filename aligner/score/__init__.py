"""Evidence about beads: lengths, cognates, numbers, a lexicon learned from the texts."""

from aligner.score.evidence import Evidence, evidence

__all__ = ["Evidence", "evidence"]
