"""XML read without trust: no entities, no network, bounded depth and size, exact line numbers.

Every XML file the library reads goes through ``scan`` or ``parse``; nothing else opens one.
"""

from __future__ import annotations

from pathlib import Path
from typing import IO, TYPE_CHECKING, NoReturn, Protocol
from xml.parsers import expat

from aligner.errors import InputError, InvalidFileError, UnsafeInputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

TEI = "http://www.tei-c.org/ns/1.0"
XI = "http://www.w3.org/2001/XInclude"
XML_ID = "http://www.w3.org/XML/1998/namespace}id"
XML_LANG = "http://www.w3.org/XML/1998/namespace}lang"

MAX_DEPTH = 200
"""Elements inside one another; the deepest known TEI practice needs about forty."""

MAX_TOKEN = 8 * 1024 * 1024
"""Bytes of one tag, comment or attribute; libxml2 draws the line at about the same place."""

MAX_ATTRIBUTES = 500
"""Attributes of one element; no schema of the field has a tenth of that."""

MAX_NAMESPACES = 50_000
"""Declarations of namespaces in a file; from twice as many on, libxml2 needs minutes."""

_CHUNK = 1 << 16


class Handler(Protocol):
    """Receives the events of a scan."""

    def begin(self, scanner: Scanner) -> None:
        """The scan starts; ``scanner.line`` will tell where each event stands."""
        ...

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element opens; names of a namespace read ``uri}local``."""
        ...

    def end(self, name: str) -> None:
        """An element closes."""
        ...

    def data(self, text: str) -> None:
        """A piece of text; a paragraph may come in several."""
        ...


class Scanner:
    """One pass over one file; ``line`` tells a handler where the event stands."""

    def __init__(
        self, path: Path, handler: Handler, *, again: bool = False, counted: bool = False
    ) -> None:
        """``counted``: the handler watches depth and attributes itself, and calls ``too_...``."""
        self.path = path
        self._handler = handler
        self._depth = self._spaces = 0
        parser = expat.ParserCreate(None, "}")
        parser.buffer_text = True
        parser.buffer_size = _CHUNK
        bare = again or counted  # the depth was found bearable in the first pass, or is counted
        parser.StartElementHandler = handler.start if bare else self._start
        parser.EndElementHandler = handler.end if bare else self._end
        if not again:
            parser.CharacterDataHandler = handler.data
        if not again:
            parser.StartNamespaceDeclHandler = self._space
        parser.EntityDeclHandler = self._entity
        parser.ExternalEntityRefHandler = self._external
        parser.SkippedEntityHandler = self._skipped
        self._parser = parser

    @property
    def line(self) -> int:
        """The line of the present event, from 1."""
        return int(self._parser.CurrentLineNumber)

    def run(self, source: IO[bytes]) -> None:
        """Read the stream to its end, calling the handler."""
        for _ in self.steps(source):
            pass

    def steps(self, source: IO[bytes]) -> Iterator[None]:
        """Read the stream piece by piece; the handler is called between the steps."""
        fed, pending = 0, 0
        try:
            # an unfinished tag is scanned again from its start: read as much again, not bit by bit
            while chunk := source.read(max(_CHUNK, min(pending, MAX_TOKEN + _CHUNK - pending))):
                self._parser.Parse(chunk, False)
                fed += len(chunk)
                pending = fed - self._parser.CurrentByteIndex
                if pending > MAX_TOKEN:
                    self._unsafe("a single tag or comment is longer than 8 MiB")
                yield
            self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise InvalidFileError(
                "not well-formed XML",
                where=f"{self.path}:{error.lineno}",
                why=f"The parser says: {expat.ErrorString(error.code)}",
                do="Mend the file at this line, or export it again",
            ) from error
        except (LookupError, UnicodeError, ValueError) as error:
            raise InvalidFileError(
                "the encoding it declares cannot be read", where=str(self.path), why=str(error)
            ) from error

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            self.too_deep()
        if len(attributes) > MAX_ATTRIBUTES:
            self.too_many()
        self._handler.start(name, attributes)

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._handler.end(name)

    def too_deep(self) -> NoReturn:
        """Refuse the file: more than ``MAX_DEPTH`` elements stand inside one another."""
        self._unsafe(f"elements are nested more than {MAX_DEPTH} deep")

    def too_many(self) -> NoReturn:
        """Refuse the file: an element has more than ``MAX_ATTRIBUTES``."""
        self._unsafe(f"an element has more than {MAX_ATTRIBUTES} attributes")

    def _space(self, prefix: str | None, uri: str) -> None:  # noqa: ARG002 (expat's)
        self._spaces += 1
        if self._spaces > MAX_NAMESPACES:
            self._unsafe(f"it declares more than {MAX_NAMESPACES} namespaces")

    def _entity(self, *declared: object) -> None:
        self._unsafe(f"it declares the entity {declared[0]!r}")

    def _external(self, *_: object) -> int:
        self._unsafe("it refers to an external entity")

    def _skipped(self, name: str, parameter: bool) -> None:
        if not parameter:
            raise InvalidFileError(
                f"the entity &{name}; is not declared",
                where=f"{self.path}:{self.line}",
                do="Write the character itself",
            )

    def _unsafe(self, what: str) -> NoReturn:
        raise UnsafeInputError(
            what,
            where=f"{self.path}:{self.line}",
            why="Such a file could fill the memory or reach outside itself, so it is not read",
            do="Save it without a DOCTYPE and its entities",
        )


def scan(path: Path, handler: Handler, *, again: bool = False) -> None:
    """Run a handler over a file; ``again`` is a second pass over one, which leaves its text out.

    Raises UnsafeInputError for entities, absurd depth or size, InvalidFileError for text that is
    not well-formed, InputError if the file cannot be opened.
    """
    for _ in scan_steps(path, handler, again=again):
        pass


def scan_steps(path: Path, handler: Handler, *, again: bool = False) -> Iterator[None]:
    """Run a handler over a file piece by piece, for readers that hand on as they go.

    Raises InputError if it cannot be opened, and what ``scan`` raises.
    """
    scanner = Scanner(path, handler, again=again)
    handler.begin(scanner)
    try:
        with path.open("rb") as source:
            yield from scanner.steps(source)
    except OSError as error:
        raise InputError(
            "the file cannot be read",
            where=str(path),
            why=error.strerror,
            do="Check its name, and that you may read it",
        ) from error


class _Nothing:
    def begin(self, scanner: Scanner) -> None:
        pass

    def start(self, name: str, attributes: dict[str, str]) -> None:
        pass

    def end(self, name: str) -> None:
        pass

    def data(self, text: str) -> None:
        pass


def check(path: Path) -> None:
    """Refuse a file that is unsafe or not well-formed; raises as ``scan`` does."""
    scan(path, _Nothing())


def parse(path: Path) -> etree._ElementTree:
    """The lxml tree of a file that ``check`` lets pass.

    Raises InvalidFileError if it is not well-formed, and what ``check`` raises.
    """
    from lxml import etree

    check(path)
    # well-formed it is: "recover" lets doubled ids pass, which two texts in one file may have
    # (collect_ids=False would, too, but makes libxml2 load the DTD that the file names)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, recover=True
    )
    try:
        return etree.parse(str(path), parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 0
        raise InvalidFileError(
            "not well-formed XML", where=f"{path}:{line}", why=error.msg
        ) from error
