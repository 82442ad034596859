"""XML files element by element, in memory that does not grow, and read without trust."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

from aligner.errors import InputError, InvalidFileError, UnsafeInputError
from aligner.safexml import Scanner

MOST_UNPACKED = 1 << 36
"""Bytes that a gzipped file may unpack to."""

MOST_RATIO = 200
"""How much smaller than its text a gzipped file may be: links pack to 1 : 50 at most."""


class _Nothing:
    def begin(self, scanner: Scanner) -> None: ...

    def start(self, name: str, attributes: dict[str, str]) -> None: ...

    def end(self, name: str) -> None: ...

    def data(self, text: str) -> None: ...


def refuse_unsafe(path: Path, stream: IO[bytes]) -> None:
    """Scan XML from a stream and refuse entities, absurd depth and sizes, as ``safexml`` does."""
    Scanner(path, _Nothing()).run(stream)


def elements(
    path: Path, names: tuple[str, ...], *, root: str | None, checked: bool = False
) -> Iterator[Any]:
    """Yield every element of these local names, in document order, and forget it afterwards.

    ``checked`` files were read to their end before, by this function. Raises UnsafeInputError for
    entities and absurd sizes, InvalidFileError if the file is not well-formed or its outermost
    element is not ``root`` (None: any).
    """
    from lxml import etree

    if not checked:
        with opened(path) as stream:
            refuse_unsafe(path, stream)
    wanted = frozenset(names)
    with opened(path) as stream:
        walk = etree.iterparse(
            stream,
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        )
        try:
            for number, (event, element) in enumerate(walk):
                if number == 0 and root is not None and local(element) != root:
                    raise InvalidFileError(
                        f"the outermost element is {local(element)}, not {root}",
                        where=str(path),
                        do="Check the format of the file, or name it with --from",
                    )
                if event == "end" and local(element) in wanted:
                    yield element
                    _forget(element)
        except etree.XMLSyntaxError as error:
            raise InvalidFileError(
                "not well-formed XML", where=f"{path}:{error.lineno}", why=error.msg
            ) from error


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """The bytes of a file, unpacked if it is gzipped.

    Raises UnsafeInputError for a bomb, InvalidFileError for what is called .gz and is not.
    """
    try:
        with path.open("rb") as raw:
            if path.suffix != ".gz":
                yield raw
                return
            most = min(MOST_UNPACKED, MOST_RATIO * max(path.stat().st_size, 1 << 16))
            with gzip.GzipFile(fileobj=raw) as unpacked:
                yield cast("IO[bytes]", _Bounded(cast("IO[bytes]", unpacked), path, most))
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise InvalidFileError(
            "this is no whole gzip file", where=str(path), why=str(error)
        ) from None
    except OSError as error:
        raise InputError("the file cannot be read", where=str(path), why=error.strerror) from error


class _Bounded:
    """A stream that ends in an error beyond a number of bytes."""

    def __init__(self, stream: IO[bytes], path: Path, most: int) -> None:
        self._stream, self._path, self._left = stream, path, most

    def read(self, size: int = -1) -> bytes:
        found = self._stream.read(min(size, 1 << 20) if size > 0 else 1 << 20)
        self._left -= len(found)
        if self._left < 0:
            raise UnsafeInputError(
                "it unpacks to far more than it is",
                where=str(self._path),
                why="Such a file may fill the memory",
                do="Unpack it yourself if you trust it",
            )
        return found


def _forget(element: Any) -> None:
    element.clear(keep_tail=False)
    while element.getprevious() is not None:
        del element.getparent()[0]


def local(element: Any) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


CODES = frozenset({"bpt", "ept", "it", "ph", "ut"})
"""Elements of TMX and XLIFF that hold somebody's formatting codes, not text."""


def text_of(element: Any) -> str:
    """All text inside an element; formatting codes, comments and instructions are left out."""
    if element is None:
        return ""
    if not len(element):
        return element.text or ""
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and local(child) not in CODES:
            parts.append(text_of(child))
        parts.append(child.tail or "")
    return "".join(parts)
