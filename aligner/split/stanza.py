"""Stanza as a splitter (extra ``stanza``): models from disk, never from the network.

Qi et al. 2020, "Stanza: A Python Natural Language Processing Toolkit for Many Human Languages".
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

from aligner.errors import MissingExtraError, ModelError
from aligner.model import Step
from aligner.split.covering import covered
from aligner.split.models import checksum, missing, model_file, models_folder, stanza_code
from aligner.split.stretches import paragraphs

_SPACES = {ord(sign): " " for sign in "\n\r\t\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029"}


class StanzaSplitter:
    """Cuts text by a model of Stanza; one pipeline a language, loaded at first use, offline.

    ``folder`` is where the models are, None for Stanza's own place. Only the starts of Stanza's
    sentences are taken: it leaves out some characters, and every one must be in a sentence.
    """

    name = "stanza"

    def __init__(self, *, folder: Path | None = None) -> None:
        self.folder = models_folder(folder)
        self._pipelines: dict[str, Any] = {}
        self._lock = Lock()

    def split(self, text: str, lang: str) -> list[tuple[int, int]]:
        """A text and its tag in; trimmed (start, end) code points out, only white space outside.

        Raises MissingExtraError without the package, ModelError without a model for the tag.
        """
        found = list(paragraphs(text))
        if not found:
            return []
        views = [text[start:end].translate(_SPACES) for start, end in found]
        with self._lock:
            answers = self._pipeline(lang).bulk_process(views)
        spans: list[tuple[int, int]] = []
        for (start, _), view, answer in zip(found, views, answers, strict=True):
            spans.extend((start + a, start + b) for a, b in covered(view, _starts(answer)))
        return spans

    def step(self, lang: str) -> Step:
        """The row of the recipe: version, package and checksum of the model."""
        file = model_file(lang, self.folder)
        if file is None:
            raise missing(lang, self.folder)
        settings = (("model", f"{stanza_code(lang)}/{file.stem}"), ("md5", checksum(file)))
        return Step("stanza", version("stanza"), settings)

    def _pipeline(self, lang: str) -> Any:
        code = stanza_code(lang)
        if code not in self._pipelines:
            self._pipelines[code] = self._loaded(lang, code)
        return self._pipelines[code]

    def _loaded(self, lang: str, code: str) -> Any:
        if find_spec("stanza") is None:
            raise MissingExtraError("--splitter stanza", package="stanza", extra="stanza")
        if model_file(lang, self.folder) is None:
            raise missing(lang, self.folder)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                import stanza

                return stanza.Pipeline(
                    code,
                    dir=str(self.folder),
                    processors="tokenize",
                    download_method=None,
                    use_gpu=False,
                    verbose=False,
                )
        except Exception as error:  # Stanza raises many kinds, of three libraries
            raise missing(lang, self.folder, why=str(error).splitlines()[0][:200]) from error


def _starts(answer: Any) -> Iterator[tuple[int, int]]:
    position = 0
    for sentence in answer.sentences:
        start = sentence.tokens[0].start_char
        if start >= position:
            yield start, start
            position = start


def has_model(lang: str, folder: Path | None = None) -> bool:
    """If Stanza is installed and its model for a tag is on disk."""
    return find_spec("stanza") is not None and model_file(lang, folder) is not None


def download(lang: str, *, folder: Path | None = None) -> Path:
    """Fetch the tokenizer model of a language through Stanza; the only use of the network here.

    A tag in, the path of the model file out. Raises MissingExtraError or ModelError.
    """
    if find_spec("stanza") is None:
        raise MissingExtraError("Downloading a model", package="stanza", extra="stanza")
    place = models_folder(folder)
    try:
        import stanza

        stanza.download(
            stanza_code(lang), model_dir=str(place), processors="tokenize", verbose=False
        )
    except Exception as error:  # of its own, of torch, of the network
        raise ModelError(
            f"the model for {lang!r} could not be fetched",
            why=(str(error).splitlines() or [type(error).__name__])[0][:300],
            do="Check the network, and that Stanza has this language",
        ) from error
    found = model_file(lang, folder)
    if found is None:
        raise ModelError(f"Stanza has no tokenizer for {lang!r}", where=str(place))
    return found
