"""The rules that a corpus file has to keep beyond the schema: an id, and how to mend each."""

from __future__ import annotations

from dataclasses import dataclass

MEND = {
    "xml.form": "Mend the file at this line, or export it again",
    "schema": "Compare with docs/tei.md, or write the file again with aligner convert",
    "id.duplicate": "Give one of the two another xml:id, and change the pointers to it",
    "id.prefix": "Begin every xml:id with that of the corpus and a full stop",
    "pointer.dangling": "Point at an xml:id that exists, or add what is missing",
    "pointer.file": "Put the file beside this one, or mend its name",
    "pointer.prefix": "Declare the prefix with a prefixDef, or mend it",
    "lang.undeclared": "Add a language element with this ident to langUsage",
    "lang.tag": "Write a BCP 47 tag such as en, uz-Latn or und",
    "group.domains": "Name two or more different zones in @domains",
    "group.projection": "Make the pair's links again from those of all languages",
    "link.outside": "Point only into the zones that @domains names",
    "link.unit": "Link sentences with sentences and terms with terms",
    "link.language": "Link a unit of the language that its zone is in",
    "link.repeat": "Name every unit once in a link",
    "link.self": "Take the link's own id out of its targets",
    "link.type": "Write in @type how many units each zone has, in the order of @domains",
    "link.order": "Sort the targets by zone, in the order of @domains",
    "link.sequence": "Sort the targets of one zone in the order of the text",
    "link.gap": "Link neighbours only, or all that stands between them too",
    "link.crossing": "Sort the links, or mark the group with ana='#order.free'",
    "link.arity": "Write ptr for exactly one target, link for two or more",
    "unit.empty": "Remove the element, or put its text back",
    "unit.nested": "Let no sentence stand inside another",
    "unit.id": "Give the unit an xml:id",
    "unit.twice": "Keep the unit in one of the two links",
    "unit.unlinked": "Add a link, or a ptr with this unit alone",
    "unit.source": "Write the place of the text as it is, or write the corpus anew with aligner",
    "extent.count": "Write the true number, or leave the measure out",
    "text.control": "Take the character out of the text",
    "text.direction": "Close every direction mark in the unit in which it opens",
}
"""What to do about a breach of each rule."""

LIGHT = frozenset({"id.prefix", "text.control", "text.direction"})
"""Rules whose breach is worth telling but does not make a file invalid: the text or the ids may
have come so from somebody else, and are kept."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A breach of a rule: where it is, what is wrong, and how to mend it."""

    file: str
    line: int
    rule: str
    what: str

    @property
    def mend(self) -> str:
        """What to do about it."""
        return MEND[self.rule]

    @property
    def grave(self) -> bool:
        """True if it makes the file invalid."""
        return self.rule not in LIGHT

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.rule}: {self.what}. {self.mend}."


class Report:
    """Collects problems; of each rule only the first ``most``, of light ones three."""

    def __init__(self, most: int = 50) -> None:
        self._most = most
        self._problems: list[Problem] = []
        self._counts: dict[str, int] = {}

    def add(self, rule: str, file: str, line: int, what: str) -> None:
        """Note a breach."""
        count = self._counts[rule] = self._counts.get(rule, 0) + 1
        if count <= (3 if rule in LIGHT else self._most):
            self._problems.append(Problem(file, line, rule, what))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that are kept, by file and line."""
        return tuple(sorted(set(self._problems)))

    @property
    def counts(self) -> dict[str, int]:
        """How often each rule was broken."""
        return dict(self._counts)
