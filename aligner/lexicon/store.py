"""The model file: a header in JSON, then plain arrays, so that opening it reads next to nothing.

::

    8 bytes   the magic number (format and its version)
    8 bytes   length of the header, little-endian
    header    JSON: facts about the model; name, type, shape and place of every array
    arrays    each at a multiple of 64 bytes
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aligner.errors import ModelError
from aligner.files import whole_file

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MAGIC = b"ALIGNLX2"
_PAD = 64
"""Arrays begin at multiples of so many bytes."""


def save(
    path: Path,
    facts: Mapping[str, Any],
    arrays: Mapping[str, NDArray[Any]],
    *,
    force: bool = False,
) -> None:
    """Write facts (anything JSON holds) and arrays; the same input gives the same bytes.

    Raises OutputError if ``path`` exists and ``force`` is false, or cannot be written.
    """
    places: dict[str, dict[str, Any]] = {}
    end = 0
    for name in sorted(arrays):
        array = arrays[name]
        places[name] = {"type": array.dtype.str, "shape": list(array.shape), "at": end}
        end += -(-array.nbytes // _PAD) * _PAD
    head = json.dumps({"facts": facts, "arrays": places}, ensure_ascii=False, sort_keys=True)
    raw = head.encode()
    raw += b" " * (-(len(raw) + 16) % _PAD)
    with whole_file(path, force=force) as part, part.open("wb") as out:
        out.write(MAGIC + len(raw).to_bytes(8, "little") + raw)
        for name in sorted(arrays):
            data = arrays[name].tobytes()
            out.write(data + b"\0" * (-len(data) % _PAD))


def load(path: Path) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """The facts and the arrays of a model file; the arrays are mapped, not read.

    Raises ModelError if the file is missing, damaged or of another version.
    """
    import numpy as np

    facts, places, start = _header(path)
    whole = np.memmap(path, dtype=np.uint8, mode="r")
    return facts, {name: _array(whole, start, place, path) for name, place in places.items()}


def _header(path: Path) -> tuple[dict[str, Any], dict[str, dict[str, Any]], int]:
    try:
        with path.open("rb") as file:
            magic, length = file.read(8), int.from_bytes(file.read(8), "little")
            if magic != MAGIC:
                raise ModelError(
                    "this is no word model of this version",
                    where=str(path),
                    do="Make one with: aligner train PARALLEL... -o MODEL",
                )
            if length > os.fstat(file.fileno()).st_size:
                raise _damaged(path)
            head = json.loads(file.read(length))
            return head["facts"], head["arrays"], 16 + length
    except OSError as error:
        raise ModelError(
            "no word model can be read", where=str(path), why=error.strerror
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise _damaged(path) from error


def _array(
    whole: np.memmap[Any, Any], start: int, place: Mapping[str, Any], path: Path
) -> NDArray[Any]:
    import numpy as np

    try:
        kind, shape, at = np.dtype(place["type"]), tuple(place["shape"]), start + place["at"]
        size = int(kind.itemsize * np.prod(shape, dtype=np.int64))
        if at + size > len(whole):
            raise _damaged(path)
        array: NDArray[Any] = np.asarray(whole[at : at + size]).view(kind).reshape(shape)
    except (ValueError, KeyError, TypeError) as error:
        raise _damaged(path) from error
    return array


def _damaged(path: Path) -> ModelError:
    return ModelError("the word model is damaged", where=str(path), do="Make or install it again")
