"""What made a result: every tool with its version and settings, in the order of the work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

from aligner.model import Step, Version
from aligner.pipeline.options import Options
from aligner.version import __version__


def recipe(
    langs: Sequence[str],
    options: Options,
    versions: Iterable[Version] = (),
    *,
    detected: bool = False,
) -> tuple[Step, ...]:
    """The steps of a run.

    In: the declared languages, the options given, the versions that were split (none if their
    units came as they are), and whether languages were detected. Out: the steps.
    """
    given = {"langs": ",".join(langs), **{name: _shown(value) for name, value in options.items()}}
    settings = tuple((name, value) for name, value in sorted(given.items()) if value)
    steps = [Step("aligner", __version__, settings)]
    if detected:
        from importlib.metadata import version

        steps.append(Step("combined", "1", (("detectors", "ngrams, py3langid"),)))
        steps.append(Step("py3langid", version("py3langid")))
    steps += _splitters(options, versions)
    steps += _words(options)
    return tuple(steps)


def _splitters(options: Options, versions: Iterable[Version]) -> list[Step]:
    tags = dict.fromkeys(version.lang for version in versions)
    if not tags:
        return []
    from aligner.split import describe

    steps = [
        describe(options.get("splitter"), tag, abbreviations=options.get("abbreviations", ()))
        for tag in tags
        if tag not in {"und", "zxx"}
    ]
    return list(dict.fromkeys(steps))


def _words(options: Options) -> list[Step]:
    from aligner.pipeline.aligning import word_knowledge

    lexicon = word_knowledge(options)
    if lexicon is None:
        return []
    chosen = options.get("lexicon")
    path = Path(chosen) if isinstance(chosen, Path) else None
    return [Step("word model", _checksum(path), (("languages", " ".join(lexicon.langs)),))]


@cache
def _checksum(path: Path | None) -> str:
    """The first digits of a model's SHA-256; the built-in one has the version of the package."""
    if path is None:
        return __version__
    with path.open("rb") as stream:
        digest = sha256()
        while piece := stream.read(1 << 20):
            digest.update(piece)
    return f"sha256:{digest.hexdigest()[:16]}"


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple | list):
        return ",".join(_shown(item) for item in value)
    if isinstance(value, Path):
        return value.name
    if isinstance(value, str | int | float | bool):
        return str(value)
    return str(getattr(value, "name", type(value).__name__))
