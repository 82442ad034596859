"""What somebody's TEI says of itself: titles, people, how sure a link is and who vouches for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aligner.formats import marks
from aligner.formats.tei.laid import Q, local
from aligner.model import Fact
from aligner.safexml import XML_ID

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml import etree

_ID = "{" + XML_ID
_WORDS = {"high": 0.9, "medium": 0.6, "low": 0.3, "unknown": 0.5}
"""What the words of ``@cert`` are taken to mean; TEI gives them no numbers."""

_LONGEST = 200
"""Letters of a name: an element without one may hold a whole paragraph."""


def confidence_of(cert: str | None) -> float:
    """A confidence of ``@cert``: its number, or that of its word; 1.0 where nothing is said."""
    return _WORDS.get((cert or "").strip()) or marks.share(cert)


def title_of(root: etree._Element) -> str:
    """The first title in the header of a file."""
    found = root.find(f"{Q}teiHeader/{Q}fileDesc/{Q}titleStmt/{Q}title")
    return "" if found is None else words(found)


def words(element: etree._Element) -> str:
    """All the text of an element on one line."""
    return " ".join("".join(map(str, element.itertext())).split())


class Names:
    """Names of people and programs, by what ``@resp`` says."""

    def __init__(self, roots: Mapping[str, etree._Element]) -> None:
        self._roots = roots
        self._known: dict[tuple[str, str], str] = {}
        self._named: dict[str, str] | None = None

    def of(self, resp: str, file: str) -> str:
        """The names that pointers lead to, else the pointers themselves; "aligner" if none."""
        if not resp.strip():
            return "aligner"
        known = self._known.get((resp, file))
        if known is None:
            found = [self._name(pointer.partition("#")[2]) or pointer for pointer in resp.split()]
            known = self._known[resp, file] = ", ".join(each.lstrip("#") for each in found)
        return known

    def _name(self, identifier: str) -> str:
        if self._named is None:
            self._named = {
                str(element.get(_ID)): _name(element)
                for root in self._roots.values()
                for header in root.iter(f"{Q}teiHeader")
                for element in header.iter()
                if isinstance(element.tag, str) and element.get(_ID)
            }
        return self._named.get(identifier, "")


def _name(element: etree._Element) -> str:
    """The name inside a ``respStmt``, a ``person``, an ``application`` ..., or its own text."""
    for each in ("persName", "name", "orgName", "label"):
        found = element.find(f".//{Q}{each}")
        if found is not None and words(found):
            return words(found)[:_LONGEST]
    return words(element)[:_LONGEST]


_PLACES = {
    "titleStmt": {"title": "title", "author": "author", "editor": "editor"},
    "publicationStmt": {"publisher": "publisher", "licence": "licence"},
    "sourceDesc": {"date": "date"},
}


def facts_of(
    text: etree._Element, root: etree._Element, first: etree._Element, langs: set[str]
) -> Iterator[Fact]:
    """The metadata in the header of a text; about its language, if it is in one of several texts.

    ``root`` is the file's, ``first`` that of the corpus, whose title is the corpus's own.
    """
    above = text.getparent()
    if above is None:
        return
    whole = above is first
    lang = next(iter(langs)) if len(langs) == 1 and not whole else None
    for header in dict.fromkeys((first.find(f"{Q}teiHeader"), root.find(f"{Q}teiHeader"))):
        if header is not None and header.getparent() is not above:
            yield from _facts(header, None, titled=header.getparent() is not first)
    header = above.find(f"{Q}teiHeader")
    if header is not None:
        yield from _facts(header, lang, titled=not whole)


def _facts(header: etree._Element, lang: str | None, *, titled: bool) -> Iterator[Fact]:
    for place, wanted in _PLACES.items():
        for element in header.iterfind(f"{Q}fileDesc/{Q}{place}//*"):
            name = wanted.get(local(element))
            value = words(element)
            if name == "editor" and (element.get("role") or "").lower().startswith("transl"):
                name = "translator"
            if name and value and (titled or name != "title"):
                yield Fact(name, value, lang)
