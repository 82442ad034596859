"""Files that are ZIP archives of XML (DOCX, ODT, EPUB), opened without trust."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Self

from aligner.errors import ReadError, UnsafeInputError
from aligner.read.source import check

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_FILES = 20_000
"""Members of an archive."""

MAX_MEMBER = 64_000_000
"""Bytes of one member, unpacked: fifty times the text of a thick novel."""

MAX_TOTAL = 400_000_000
"""Bytes of all members that are read, unpacked."""

MAX_RATIO = 250
"""How much smaller than its content a member may be."""

_CHUNK = 1 << 20

FACTS = {name: name for name in ("title", "language", "publisher", "identifier")}
"""Metadata that office files and e-books all name as our facts are named (Dublin Core)."""


def local_name(element: _Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


class Package:
    """A ZIP archive whose members are read with limits on their unpacked size."""

    def __init__(self, path: Path) -> None:
        self.where = str(path)
        self._left = MAX_TOTAL
        check(path)
        try:
            self._zip = zipfile.ZipFile(path)
            self._infos = {info.filename: info for info in self._zip.infolist()}
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as error:
            raise ReadError(
                "a damaged or truncated ZIP archive",
                where=self.where,
                why=str(error) or type(error).__name__,
                do="Get the file again, or open it in its program and save it anew",
            ) from error
        if len(self._infos) > MAX_FILES:
            self._zip.close()
            raise UnsafeInputError(f"more than {MAX_FILES} files are in it", where=self.where)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._zip.close()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all members, in the order of the archive."""
        return tuple(self._infos)

    def content(self, name: str) -> bytes:
        """The content of a member.

        Raises ReadError if it is missing, encrypted or damaged, UnsafeInputError if it would
        expand beyond bounds.
        """
        info = self._infos.get(name)
        if info is None:
            raise ReadError(f"it holds no {name}", where=self.where)
        if info.flag_bits & 0x1:
            raise ReadError(
                "it is protected by a password", where=self.where, do="Save it without the password"
            )
        try:
            with self._zip.open(info) as member:
                return self._bounded(member, info)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
            raise ReadError(
                f"{name} in it is damaged", where=self.where, why=str(error),
                do="Get the file again",
            ) from error  # fmt: skip
        except (RuntimeError, OSError) as error:
            raise ReadError(
                f"{name} in it cannot be read", where=self.where, why=str(error)
            ) from error

    def _bounded(self, member: IO[bytes], info: zipfile.ZipInfo) -> bytes:
        packed = max(info.compress_size, 1)
        chunks: list[bytes] = []
        size = 0
        while chunk := member.read(_CHUNK):
            size += len(chunk)
            self._left -= len(chunk)
            bomb = size > 4 * _CHUNK and size > MAX_RATIO * packed
            if size > MAX_MEMBER or self._left < 0 or bomb:
                raise UnsafeInputError(
                    f"{info.filename} in it unpacks to {'far ' if bomb else ''}more than is safe",
                    where=self.where,
                    why=f"A file is read up to {MAX_MEMBER // 1_000_000} MB"
                    f" and {MAX_RATIO} times its packed size",
                )
            chunks.append(chunk)
        return b"".join(chunks)

    def tree(self, name: str) -> _Element:
        """The root of a member that is XML."""
        return tree(self.content(name), f"{self.where}: {name}")


def tree(data: bytes, where: str) -> _Element:
    """Parse XML that nobody vouches for: no entities, no network, bounded depth.

    Raises UnsafeInputError if entities are declared, ReadError if it is not well-formed.
    """
    from lxml import etree

    if _declares("<!ENTITY", data):
        raise _entities(where)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True,
        # without ids, doubled ones do no harm; but libxml2 then loads the DTD that a file names
        remove_comments=True, collect_ids=_declares("<!DOCTYPE", data),
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(
            "its XML is damaged", where=where, why=str(error).split(", line")[0], do="Save it anew"
        ) from error
    return root


def _declares(what: str, data: bytes) -> bool:
    return any(what.encode(code) in data for code in ("ascii", "utf-16-le", "utf-16-be"))


def _entities(where: str) -> UnsafeInputError:
    return UnsafeInputError(
        "it declares entities of its own",
        where=where,
        why="They can blow up a file beyond all bounds or reach outside it",
        do="Save it without them",
    )
