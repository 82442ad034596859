"""XML files element by element, in memory that does not grow, and read without trust."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from aligner.errors import InvalidFileError
from aligner.safexml import check


def elements(path: Path, names: tuple[str, ...], *, root: str | None) -> Iterator[Any]:
    """Yield every element of these local names, in document order, and forget it afterwards.

    Raises UnsafeInputError for entities and absurd sizes, InvalidFileError if the file is not
    well-formed or its outermost element is not ``root`` (None: any).
    """
    from lxml import etree

    if path.suffix != ".gz":
        check(path)
    wanted = {f"{{*}}{name}" for name in names}
    with _opened(path) as stream:
        walk = etree.iterparse(
            stream,
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        )
        try:
            _, top = next(iter(walk))
            if root is not None and etree.QName(top).localname != root:
                raise InvalidFileError(
                    f"the outermost element is {etree.QName(top).localname}, not {root}",
                    where=str(path),
                    do="Check the format of the file, or name it with --from",
                )
            for event, element in walk:
                if event == "end" and f"{{*}}{etree.QName(element).localname}" in wanted:
                    yield element
                    _forget(element)
        except etree.XMLSyntaxError as error:
            raise InvalidFileError(
                "not well-formed XML", where=f"{path}:{error.lineno}", why=error.msg
            ) from error


def _opened(path: Path) -> IO[bytes]:
    return gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")  # type: ignore[return-value]


def _forget(element: Any) -> None:
    element.clear(keep_tail=False)
    while element.getprevious() is not None:
        del element.getparent()[0]


def local(element: Any) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def text_of(element: Any) -> str:
    """All text inside an element, marks inside it left out."""
    return "".join(element.itertext()) if element is not None else ""
