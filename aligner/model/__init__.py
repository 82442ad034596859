"""The frozen records that pass from room to room, and the invariants they refuse to break.

Positions are code points of ``Document.text``, which is kept as read and never changed.
"""

from aligner.model.alignment import (
    STATUSES,
    UNIT_KINDS,
    Alignment,
    Bead,
    BeadView,
    Sentence,
    Side,
    Status,
    UnitKind,
    Version,
    unit_text,
)
from aligner.model.corpus import (
    Corpus,
    Step,
)
from aligner.model.document import (
    FACTS,
    KINDS,
    ROLES,
    SOURCES,
    Block,
    Cell,
    Document,
    Fact,
    Kind,
    Parallel,
    Part,
    Role,
    Segment,
    Source,
    Span,
)
from aligner.model.tags import (
    find_tag,
    joiner,
    primary,
    unique_tags,
)

__all__ = [
    "FACTS",
    "KINDS",
    "ROLES",
    "SOURCES",
    "STATUSES",
    "UNIT_KINDS",
    "Alignment",
    "Bead",
    "BeadView",
    "Block",
    "Cell",
    "Corpus",
    "Document",
    "Fact",
    "Kind",
    "Parallel",
    "Part",
    "Role",
    "Segment",
    "Sentence",
    "Side",
    "Source",
    "Span",
    "Status",
    "Step",
    "UnitKind",
    "Version",
    "find_tag",
    "joiner",
    "primary",
    "unique_tags",
    "unit_text",
]
