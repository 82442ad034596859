"""Search: from evidence about beads to an alignment. Knows nothing of texts."""

from aligner.align.joint import Joint, joint
from aligner.align.pairwise import Pairwise, pairwise
from aligner.align.rounds import Tables

__all__ = ["Joint", "Pairwise", "Tables", "joint", "pairwise"]
