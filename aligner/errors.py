"""Every exception of the library, in one tree.

::

    AlignerError                    what went wrong, where, why, what to do
    ├── UsageError                  a wrong argument, option or setting (exit 2)
    │   ├── UnknownNameError        a name that no registry row has; lists what exists
    │   └── LanguageTagError        not a well-formed or known BCP 47 tag
    ├── InputError                  something is wrong with the file given
    │   ├── ReadError               no reader takes the file; carries every reader's reason
    │   ├── EncodingError           the bytes are no text in the encoding named or found
    │   └── UnsafeInputError        an entity bomb, a zip bomb, an external entity
    ├── OutputError                 the output cannot be written, or is there already
    ├── InvalidRecordError          a record that would break its own invariant
    ├── InvalidFileError            a corpus file that breaks its schema or its meaning (exit 4)
    ├── LossError                   a format cannot hold the corpus, and --strict was given
    ├── EmbeddingError              vectors of a wrong shape, type or number
    ├── ModelError                  a model file that is missing, damaged or of another version
    └── MissingExtraError           an optional package is not installed; says what to install
"""

from __future__ import annotations


class AlignerError(Exception):
    """Base of every error of this library: what, and where, why and what to do where known.

    ``str(error)`` is the whole message, in one to four short sentences, for people.
    """

    exit_code = 1

    def __init__(
        self, what: str, *, where: str | None = None, why: str | None = None, do: str | None = None
    ) -> None:
        self.what, self.where, self.why, self.do = what, where, why, do
        super().__init__(what)

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        return " ".join(_sentence(part) for part in (head, self.why, self.do) if part)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", ":")) else text + "."


class UsageError(AlignerError):
    """A wrong argument, option or setting."""

    exit_code = 2


class UnknownNameError(UsageError):
    """A name that is not registered; the message lists what exists."""


class LanguageTagError(UsageError):
    """A language tag that is not well-formed BCP 47, or stands for two versions at once."""


class InputError(AlignerError):
    """Something is wrong with the file given."""


class ReadError(InputError):
    """No reader takes the file; the message carries every reader's reason."""


class EncodingError(InputError):
    """The bytes are no text in the encoding named or found."""


class UnsafeInputError(InputError):
    """The file would expand beyond all bounds or reach outside itself."""


class OutputError(AlignerError):
    """The output cannot be written, or exists already."""


class InvalidRecordError(AlignerError):
    """A record that would break its own invariant."""


class InvalidFileError(AlignerError):
    """A corpus file that breaks its schema or its meaning."""

    exit_code = 4


class LossError(AlignerError):
    """A format cannot hold all of the corpus, and loss was forbidden."""


class EmbeddingError(AlignerError):
    """Vectors of a wrong shape, type or number."""


class ModelError(AlignerError):
    """A model file that is missing, damaged or of another version."""


class MissingExtraError(AlignerError):
    """An optional package is not installed."""

    def __init__(self, task: str, *, package: str, extra: str) -> None:
        super().__init__(
            f"{task} needs {package}, which is not installed",
            do=f"Install it with: pip install 'tei-aligner[{extra}]'",
        )
