"""Search: from evidence about beads to an alignment. Knows nothing of texts."""

from aligner.align.pairwise import Pairwise, Tables, pairwise

__all__ = ["Pairwise", "Tables", "pairwise"]
