"""The detector langdetect: its own profiles and ours, exact sums in place of random sampling.

Shuyo Nakatani's language-detection (2010) in the Python port by Michal Danilák. The stock profiles
lack Uzbek, Azerbaijani, Kazakh, Kyrgyz, Tajik and others; ours are counts from the Universal
Declaration of Human Rights (``data/README.md``).
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from aligner.detect.ranking import among, ranked
from aligner.detect.scripts import main_script
from aligner.detect.tags import tag_of
from aligner.errors import ModelError

if TYPE_CHECKING:
    from aligner.detect.ranking import Ranking

OWN_PROFILES = Path(__file__).parent / "data" / "profiles.json.gz"
_RARE = 0.5 / 10000
_HEAT = 2.5  # makes of exact sums, which count every n-gram as new evidence, honest chances


@dataclass(slots=True)
class LangdetectDetector:
    """Ranks languages with the n-gram profiles of langdetect and a file of more of them."""

    profiles: Path = OWN_PROFILES
    name = "langdetect"
    _factory: Any = field(default=None, repr=False)

    @classmethod
    def from_file(cls, path: Path) -> LangdetectDetector:
        """A detector with the profiles of a file that ``models build-profiles`` made."""
        return cls(path)

    @property
    def version(self) -> str:
        """The version of the langdetect package."""
        from importlib.metadata import version

        return version("langdetect")

    def rank(self, texts: Sequence[str], candidates: Iterable[str] | None = None) -> list[Ranking]:
        """Texts in; per text (tag, probability), best first, summing to 1."""
        wanted = None if candidates is None else tuple(dict.fromkeys(candidates))
        if self._factory is None:
            self._factory = _factory(self.profiles)
        labels = tuple(map(tag_of, self._factory.langlist))
        return [self._rank(text, labels, wanted) for text in texts]

    def _rank(self, text: str, labels: tuple[str, ...], wanted: tuple[str, ...] | None) -> Ranking:
        known = self._factory.word_lang_prob_map
        vectors = [known[gram] for gram in _grams(self._factory, text) if gram in known]
        scores = np.log(np.array(vectors) + _RARE).sum(axis=0) if vectors else np.zeros(len(labels))
        script = main_script(text)
        if wanted is not None:
            return among(scores / _HEAT, text, script, labels, wanted)
        (found,) = ranked(scores[None] / _HEAT, [text], [script], labels)
        return found


def _factory(own: Path) -> Any:
    """A factory of our own: the module's is global, and can be loaded only once."""
    import langdetect
    from langdetect.detector_factory import DetectorFactory

    added = read_profiles(own)
    replaced = {item["name"] for item in added}
    folder = Path(langdetect.__file__).parent / "profiles"
    stock = [path for path in sorted(folder.iterdir()) if path.name[0].isalpha()]
    kept = [path for path in stock if tag_of(path.name) not in replaced]
    factory = DetectorFactory()
    profiles = [path.read_text(encoding="utf-8") for path in kept]
    factory.load_json_profile([*profiles, *map(json.dumps, added)])
    return factory


def read_profiles(path: Path) -> list[dict[str, Any]]:
    """The profiles of a file: name, counts, numbers of n-grams of each length.

    Raises ModelError if the file is missing or holds something else.
    """
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            found = json.load(file)
        return sorted(
            ({key: item[key] for key in ("name", "freq", "n_words")} for item in found),
            key=lambda item: str(item["name"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            "this is no readable file of profiles", where=str(path), why=str(error)
        ) from error


def _grams(factory: Any, text: str) -> Iterable[str]:
    from langdetect.utils.ngram import NGram

    cleaner = factory.create()
    cleaner.append(text)
    cleaner.cleaning_text()
    reader = NGram()
    for char in cleaner.text:
        reader.add_char(char)
        if not reader.capitalword:
            for size in (1, 2, 3):
                gram = reader.get(size)
                if gram:
                    yield gram
