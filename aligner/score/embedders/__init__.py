"""Models that make sentence vectors: a name, a folder or an object in, an Embedder out.

``st:NAME`` a sentence-transformers model, ``m2v:NAME`` a model2vec one, ``onnx:FOLDER`` an ONNX
model with its tokenizer. Without the prefix a folder is recognised by what is in it. Nothing is
downloaded: a name must be on this machine.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aligner.errors import EmbeddingError, ModelError, UnknownNameError
from aligner.registry import lookup, names

if TYPE_CHECKING:
    from aligner.protocols import Embedder

KINDS = {
    "st": "aligner.score.embedders.transformer",
    "m2v": "aligner.score.embedders.static",
    "onnx": "aligner.score.embedders.onnx",
}


def embedder_of(given: Any) -> Embedder:
    """Make an Embedder of what the user gave.

    Raises EmbeddingError for an object without ``.encode``, ModelError for a model that is not
    there, MissingExtraError if its package is not installed, UnknownNameError for other names.
    """
    if not isinstance(given, str | Path):
        if not callable(getattr(given, "encode", None)):
            raise EmbeddingError(
                f"{type(given).__name__} cannot encode texts",
                do="Give an object with .encode(list of str) -> array (n, d), a name, or a path",
            )
        embedder: Embedder = given
        return embedder
    kind, _, name = str(given).partition(":")
    if kind in KINDS and name:
        return _open(kind, name)
    path = Path(given)
    if path.exists():
        return _open(_kind_of(path), str(path))
    try:
        made = lookup("embedders", str(given))
    except UnknownNameError as error:
        raise UnknownNameError(
            f"{str(given)!r} is neither a file, a folder, nor the name of an embedder",
            do="Write st:NAME, m2v:NAME or onnx:FOLDER, the path of a model, .npy or .npz files"
            + (f"; known names: {', '.join(names('embedders'))}" if names("embedders") else ""),
        ) from error
    return made() if isinstance(made, type) else made  # type: ignore[no-any-return]


def _open(kind: str, name: str) -> Embedder:
    embedder: Embedder = import_module(KINDS[kind]).open_model(name)
    return embedder


def _kind_of(path: Path) -> str:
    parts = path / "modules.json"
    if parts.exists() and "StaticEmbedding" in parts.read_text(encoding="utf-8", errors="replace"):
        return "m2v"
    if path.suffix == ".onnx" or (path.is_dir() and any(path.rglob("*.onnx"))):
        return "onnx" if not (path / "modules.json").exists() else "st"
    if (path / "modules.json").exists():
        return "st"
    if (path / "model.safetensors").exists() and (path / "tokenizer.json").exists():
        return "m2v"
    raise ModelError(
        "this is no model that makes sentence vectors",
        where=str(path),
        do="Name its kind: st:, m2v: or onnx: before the path",
    )


def local_folder(name: str) -> str:
    """Find the folder of a model: a path, or a name whose files are on this machine already.

    Raises ModelError if it is neither.
    """
    if Path(name).exists():
        return name
    try:
        from huggingface_hub import snapshot_download

        return str(snapshot_download(name, local_files_only=True))
    except Exception as error:  # missing files and a missing package come in many kinds
        raise ModelError(
            f"the model {name!r} is not on this machine",
            why="nothing is downloaded unasked",
            do=f"Fetch it first (`hf download {name}`), or give the folder of the model",
        ) from error
