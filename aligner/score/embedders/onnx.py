"""ONNX models with a ``tokenizer.json`` beside them (extra ``onnx``)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from aligner.errors import MissingExtraError, ModelError
from aligner.score.embedders import local_folder

if TYPE_CHECKING:
    from numpy.typing import NDArray

BATCH = 32
"""Texts at a time: all of them are padded to the longest."""


class OnnxModel:
    """An ONNX encoder as an Embedder: its sentence output, else the mean over its tokens."""

    def __init__(self, session: Any, tokenizer: Any) -> None:
        self._session, self._tokenizer = session, tokenizer
        self._inputs = [given.name for given in session.get_inputs()]
        outputs = [made.name for made in session.get_outputs()]
        self._output = "sentence_embedding" if "sentence_embedding" in outputs else outputs[0]

    def encode(self, texts: list[str]) -> NDArray[np.float32]:
        """Texts in, float32 (n, d) out. Texts are batched by length to spare padding."""
        order = sorted(range(len(texts)), key=lambda k: (len(texts[k]), k))
        parts = [
            self._batch([texts[k] for k in order[start : start + BATCH]])
            for start in range(0, len(texts), BATCH)
        ]
        if not parts:
            return np.zeros((0, self._batch([" "]).shape[1]), np.float32)
        made = np.concatenate(parts)
        out = np.zeros_like(made)
        out[order] = made
        return out

    def _batch(self, texts: list[str]) -> NDArray[np.float32]:
        encoded = self._tokenizer.encode_batch(texts)
        ids = np.array([line.ids for line in encoded], np.int64)
        mask = np.array([line.attention_mask for line in encoded], np.int64)
        known = {
            "input_ids": ids,
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(ids),
        }
        lacking = [name for name in self._inputs if name not in known]
        if lacking:
            raise ModelError(f"this model wants the inputs {', '.join(lacking)}")
        feed = {name: known[name] for name in self._inputs}
        (made,) = self._session.run([self._output], feed)
        vectors = np.asarray(made, np.float32)
        if vectors.ndim == 3:
            weight = mask[:, :, None].astype(np.float32)
            vectors = (vectors * weight).sum(axis=1) / np.maximum(weight.sum(axis=1), 1e-9)
        return vectors


def open_model(name: str) -> OnnxModel:
    """Open an .onnx file or a folder that holds one; nothing is downloaded.

    Raises MissingExtraError without the extra ``onnx``, ModelError for what is no such model.
    """
    try:
        import onnxruntime
        from tokenizers import Tokenizer
    except ImportError as error:
        raise MissingExtraError(
            "an ONNX model", package="onnxruntime and tokenizers", extra="onnx"
        ) from error
    model, tokens = _files(Path(local_folder(name)))
    try:
        tokenizer = Tokenizer.from_file(str(tokens))
        tokenizer.enable_padding()
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"]
        )
    except Exception as error:  # the runtime has kinds of its own, and shows few of them
        raise ModelError("this is no ONNX model", where=str(model), why=str(error)[:200]) from error
    return OnnxModel(session, tokenizer)


def _files(path: Path) -> tuple[Path, Path]:
    if path.is_file():
        model, folder = path, path.parent
    else:
        found = sorted(
            path.rglob("*.onnx"), key=lambda file: (file.name != "model.onnx", str(file))
        )
        if not found:
            raise ModelError("there is no .onnx file in this folder", where=str(path))
        model, folder = found[0], path
    for place in (model.parent, folder, model.parent.parent):
        if (place / "tokenizer.json").exists():
            return model, place / "tokenizer.json"
    raise ModelError(
        "there is no tokenizer.json beside the model",
        where=str(model),
        do="Copy the tokenizer of the model into its folder",
    )
