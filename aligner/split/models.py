"""Where Stanza keeps its models, found without importing it, and its own download."""

from __future__ import annotations

import hashlib
import json
import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from aligner.errors import ModelError

_ALIASES = {
    "no": "nb",
    "zh": "zh-hans",
    "zh-cn": "zh-hans",
    "zh-tw": "zh-hant",
    "sh": "hr",
    "fil": "tl",
}
_OTHER_SCRIPTS = frozenset(
    {"uz-Cyrl", "az-Cyrl", "kk-Latn", "kk-Arab", "ky-Arab", "tg-Arab", "tk-Cyrl"}
)
"""Tags in whose script no model of Stanza was trained."""


def stanza_code(tag: str) -> str:
    """Stanza's name for the language of a BCP 47 tag: ``uz`` for ``uz-Latn``, ``zh-hans``."""
    parts = tag.split("-")
    lang = parts[0].lower()
    if lang == "zh":
        traditional = "Hant" in parts or {"TW", "HK", "MO"} & set(parts)
        return "zh-hant" if traditional else "zh-hans"
    return _ALIASES.get(lang, lang)


def models_folder(given: Path | None = None) -> Path | None:
    """The folder of Stanza's models: the given one, else Stanza's own; None without Stanza."""
    if given is not None:
        return given
    named = os.environ.get("STANZA_RESOURCES_DIR")
    if named:
        return Path(named)
    version = _resources_version()
    if version is None:
        return None
    from platformdirs import user_cache_dir

    return Path(user_cache_dir("stanza", "StanfordNLP", version)) / "resources"


def _resources_version() -> str | None:
    spec = find_spec("stanza")
    if spec is None or spec.origin is None:
        return None
    names: dict[str, Any] = {}
    for line in (Path(spec.origin).parent / "_version.py").read_text(encoding="utf-8").splitlines():
        name, _, value = line.partition("=")
        names[name.strip()] = value.strip().strip("'\"")
    return names.get("__resources_version__")


def model_file(tag: str, folder: Path | None = None) -> Path | None:
    """The file of the default tokenizer model for a tag, if it is on disk."""
    place = models_folder(folder)
    if place is None or tag in _OTHER_SCRIPTS:
        return None
    package = _package(place / "resources.json", stanza_code(tag))
    if package is None:
        return None
    found = place / stanza_code(tag) / "tokenize" / f"{package}.pt"
    return found if found.is_file() else None


def _package(resources: Path, code: str) -> str | None:
    try:
        known = json.loads(resources.read_text(encoding="utf-8"))
        language = known.get(code, {})
        language = known.get(language["alias"], {}) if "alias" in language else language
        default = language.get("packages", {}).get("default", {})
        package = default.get("tokenize") or language.get("default_processors", {}).get("tokenize")
    except (OSError, ValueError, AttributeError):
        return None
    return package if isinstance(package, str) else None


def checksum(path: Path) -> str:
    """The MD5 of a model file, as Stanza's own index gives it."""
    digest = hashlib.md5(usedforsecurity=False)
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def missing(tag: str, folder: Path | None, why: str | None = None) -> ModelError:
    """The error for a model that is not there; it names the command that fetches it."""
    return ModelError(
        f"Stanza has no model for {tag!r} on this machine",
        where=str(folder) if folder is not None else None,
        why=why,
        do=f"Fetch it with: aligner models download {tag.partition('-')[0]} (or use the rules)",
    )
