"""Vectors for the units of all versions: from files made beforehand, or from a model.

Nothing is ever made up: a missing vector is an error that says which.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from aligner.errors import EmbeddingError
from aligner.score.embedders import embedder_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aligner.protocols import Embedder

HOW = "Make them with numpy.save: float32, one row per unit, in the order of the units"


def vectors_of(
    embedder: str | Path | Embedder, texts: Sequence[Sequence[str]], *, langs: Sequence[str]
) -> list[NDArray[Any]]:
    """Give an array (units, d) of floats for every version.

    ``embedder`` is an object with ``.encode``; an ``.npz`` file with an array per language tag; a
    ``.npy`` file per version, joined by commas; or the name or folder of a model (see
    ``embedders``). Raises EmbeddingError where shape, type or number of rows are wrong.
    """
    files = _files(embedder)
    if files is not None:
        found, names = _loaded(files, langs)
    else:
        model = embedder_of(embedder)
        found = [np.asarray(model.encode(list(units))) for units in texts]
        names = [f"the vectors made for {lang}" for lang in langs]
    for vectors, units, name in zip(found, texts, names, strict=True):
        _check(vectors, len(units), name)
    widths = {vectors.shape[1] for vectors in found if len(vectors)}
    if len(widths) > 1:
        raise EmbeddingError(
            f"the versions' vectors have {' and '.join(map(str, sorted(widths)))} dimensions",
            why="vectors can be compared only if one model made them",
            do="Encode all versions with the same multilingual model",
        )
    return found


def _files(embedder: Any) -> list[Path] | None:
    if not isinstance(embedder, str | Path):
        return None
    parts = [Path(part.strip()) for part in str(embedder).split(",")]
    return parts if all(part.suffix in {".npy", ".npz"} for part in parts) else None


def _loaded(files: list[Path], langs: Sequence[str]) -> tuple[list[NDArray[Any]], list[str]]:
    if len(files) == 1 and files[0].suffix == ".npz":
        return _from_npz(files[0], langs)
    if len(files) != len(langs):
        raise EmbeddingError(
            f"{len(files)} files of vectors for {len(langs)} versions",
            do="Give one .npy file per version in the order of the texts: A.npy,B.npy",
        )
    return [_load(path) for path in files], [str(path) for path in files]


def _from_npz(path: Path, langs: Sequence[str]) -> tuple[list[NDArray[Any]], list[str]]:
    archive = _load(path)
    names = list(archive.files)
    if all(lang in names for lang in langs):
        chosen = list(langs)
    elif len(names) == len(langs) and all(name.startswith("arr_") for name in names):
        chosen = sorted(names)
    else:
        lacking = [lang for lang in langs if lang not in names]
        raise EmbeddingError(
            f"there are no vectors for {', '.join(lacking)}",
            where=str(path),
            why=f"the file holds {', '.join(names) or 'nothing'}",
            do="Name the arrays after the languages: numpy.savez(file, de=..., fr=...)",
        )
    try:
        return [archive[name] for name in chosen], [f"{path}, {name}" for name in chosen]
    except ValueError as error:
        raise _unreadable(path, error) from error


def _load(path: Path) -> Any:
    try:
        return np.load(path, mmap_mode="r" if path.suffix == ".npy" else None, allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> EmbeddingError:
    if not path.exists():
        return EmbeddingError("there is no such file", where=str(path), do=HOW)
    return EmbeddingError(
        "this is no file of numpy",
        where=str(path),
        why=f"a raw dump of numbers has no shape and no type ({str(error)[:80]})",
        do=HOW,
    )


def _check(vectors: NDArray[Any], units: int, name: str) -> None:
    if vectors.ndim != 2:
        raise EmbeddingError(
            f"vectors are a table of units by dimensions, this has the shape {vectors.shape}",
            where=name,
            do=HOW,
        )
    if vectors.dtype.kind != "f":
        raise EmbeddingError(f"these are {vectors.dtype}, not floats", where=name, do=HOW)
    if len(vectors) != units:
        raise EmbeddingError(
            f"there are {len(vectors)} vectors for {units} units",
            where=name,
            why=_why(len(vectors), units),
            do="Encode exactly the units that are aligned (see `aligner split`), one row each",
        )
    for start in range(0, units, 4096):
        good = np.isfinite(vectors[start : start + 4096]).all(axis=1)
        if not good.all():
            raise EmbeddingError(
                f"the vector of unit {start + int(np.argmin(good))} is not finite",
                where=name,
                do="Encode that unit again; leave no vector empty",
            )


def _why(rows: int, units: int) -> str | None:
    if units and rows > units and rows % units == 0:
        return f"it looks as if {rows // units} overlaps of each unit were encoded"
    if rows == units + 1:
        return "perhaps an empty line at the end was encoded"
    return None
