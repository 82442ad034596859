"""Documents of every layout, made from the texts in ../shared by a seeded program.

``documents(layout, ...)`` yields ``Sample``s: Markdown text, and for every block its language and
the part it plays. Nothing of these texts is kept in the repository.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

SHARED = Path(__file__).parents[3] / "shared"

LABELS = {
    "de": ("Zusammenfassung", "Schlüsselwörter"),
    "fr": ("Résumé", "Mots-clés"),
    "en": ("Abstract", "Keywords"),
    "az": ("Xülasə", "Açar sözlər"),
    "az-Latn": ("Annotasiya", "Açar sözlər"),
    "tr": ("Özet", "Anahtar kelimeler"),
    "ru": ("Аннотация", "Ключевые слова"),
    "uz-Latn": ("Annotatsiya", "Kalit so'zlar"),
    "uz-Cyrl": ("Аннотация", "Калит сўзлар"),
    "kk": ("Аңдатпа", "Түйін сөздер"),
    "ky": ("Аннотация", "Ачкыч сөздөр"),
    "tg": ("Аннотатсия", "Калидвожаҳо"),
    "uk": ("Анотація", "Ключові слова"),
    "pl": ("Streszczenie", "Słowa kluczowe"),
    "es": ("Resumen", "Palabras clave"),
    "ar": ("الملخص", "الكلمات المفتاحية"),
    "hi": ("सारांश", "मुख्य शब्द"),
    "zh": ("摘要", "关键词"),
    "zh-Hans": ("摘要", "关键词"),
    "ja": ("要旨", "キーワード"),
    "ka": ("რეზიუმე", "საკვანძო სიტყვები"),
    "hy": ("Ամփոփում", "Բանալի բառեր"),
}
CHAPTER = {
    "de": "Kapitel {}", "fr": "Chapitre {}", "en": "Chapter {}", "az": "Fəsil {}",
    "az-Latn": "Fəsil {}", "tr": "Bölüm {}", "ru": "Глава {}", "uz-Latn": "Bob {}",
    "uz-Cyrl": "Боб {}", "kk": "Тарау {}", "uk": "Розділ {}", "pl": "Rozdział {}", "ar": "الفصل {}",
    "hi": "अध्याय {}", "zh": "第{}章", "zh-Hans": "第{}章", "ja": "第{}章", "ka": "თავი {}",
    "hy": "Գլուխ {}",
}  # fmt: skip
UNLISTED = ("Vukšna", "Trelbomi", "Ospérna", "Kwendaro", "Brilta", "Мундова", "Šeltira")
"""Words of no language, for labels that nobody can have listed."""


@dataclass
class Sample:
    """One document: text, and (start, end, lang, part) of its blocks without Markdown marks.

    Parts: title, abstract, keywords, body, label, rest. ``parallel`` parts have versions.
    """

    name: str
    langs: tuple[str, ...]
    text: str = ""
    blocks: list[tuple[int, int, str, str, str]] = field(default_factory=list)

    def add(self, text: str, lang: str, part: str, kind: str = "paragraph", lead: str = "") -> None:
        """Append a block of its own."""
        if self.text:
            self.text += "\n\n"
        self.inline(text, lang, part, kind, lead)

    def inline(
        self, text: str, lang: str, part: str, kind: str = "paragraph", lead: str = " "
    ) -> None:
        """Append to the last block."""
        self.text += lead
        self.blocks.append((len(self.text), len(self.text) + len(text), lang, part, kind))
        self.text += text


Story = list[dict[str, list[str]]]
"""Aligned beads: sentences by language."""


@cache
def stories(source: str) -> tuple[Story, ...]:
    """Aligned stories of a gold set (``nway_*`` or ``ntrex_long_*``) or of dev.tsv (``dev:a,b``)."""
    if source.startswith("dev:"):
        return _dev(tuple(source[4:].split(",")))
    folder = SHARED / "gold" / source
    if source.startswith("nway"):
        return tuple(_nway(each) for each in sorted(folder.iterdir()))
    tags = source.rsplit("_", 1)[1].split("-")
    lines = [(folder / name).read_text("utf-8").splitlines() for name in ("src.txt", "tgt.txt")]
    beads: Story = []
    for row in (folder / "gold.txt").read_text("utf-8").splitlines():
        sides = [json.loads(side) for side in row.split(":")]
        beads.append(
            {
                tag: [text[i] for i in side]
                for tag, side, text in zip(tags, sides, lines, strict=True)
            }
        )
    return tuple(beads[start : start + 16] for start in range(0, len(beads) - 16, 16))


def _nway(folder: Path) -> Story:
    rows = [json.loads(row) for row in (folder / "gold.jsonl").read_text("utf-8").splitlines()]
    texts = {lang: (folder / f"{lang}.txt").read_text("utf-8").splitlines() for lang in rows[0]}
    return [{lang: [texts[lang][i] for i in side] for lang, side in row.items()} for row in rows]


def _dev(tags: tuple[str, ...]) -> tuple[Story, ...]:
    found: dict[str, dict[int, str]] = {}
    for row in (SHARED / "langid" / "dev.tsv").read_text("utf-8").splitlines():
        tag, text, cut, line = row.split("\t")
        if cut == "full" and tag in tags:
            found.setdefault(tag, {})[int(line)] = text
    common = sorted(set.intersection(*(set(each) for each in found.values())))
    beads = [{tag: [found[tag][line]] for tag in tags} for line in common]
    return tuple(beads[start : start + 16] for start in range(0, len(beads) - 15, 8))


@cache
def terms() -> tuple[dict[str, str], ...]:
    """Names and words in many languages, for lists of keywords."""
    groups: dict[str, dict[str, str]] = {}
    with gzip.open(SHARED / "training" / "cldr.tsv.gz", "rt", encoding="utf-8") as file:
        for row in file:
            group, lang, text = row.rstrip("\n").split("\t")
            if len(text) < 30 and "," not in text:
                groups.setdefault(group, {}).setdefault(lang, text)
    return tuple(groups[group] for group in sorted(groups))


def _known(langs: tuple[str, ...]) -> list[dict[str, str]]:
    """The terms that have all languages, by their tags."""
    short = {lang: lang.removesuffix("-Latn").removesuffix("-Hans") for lang in langs}
    fits = [group for group in terms() if all(tag in group for tag in short.values())]
    return [{lang: group[tag] for lang, tag in short.items()} for group in fits]


def keywords(rng: random.Random, langs: tuple[str, ...]) -> dict[str, str] | None:
    """A list of five to seven keywords in each language, if the terms have them all."""
    fits = _known(langs)
    if len(fits) < 20:
        return None
    chosen = rng.sample(fits, rng.randint(5, 7))
    return {lang: ", ".join(group[lang] for group in chosen) for lang in langs}


def _text(beads: Story, lang: str) -> str:
    return " ".join(sentence for bead in beads for sentence in bead[lang])


def _paragraphs(rng: random.Random, story: Story, low: int = 2, high: int = 5) -> list[Story]:
    """The story cut into runs of beads in which every language says something."""
    found: list[Story] = []
    position = 0
    while position < len(story):
        size = rng.randint(low, high)
        part = story[position : position + size]
        position += size
        if found and any(not _text(part, lang) for lang in part[0]):
            found[-1] = found[-1] + part
        else:
            found.append(part)
    return found


def documents(
    layout: str, source: str, *, count: int, seed: int = 0, labels: str = "own"
) -> Iterator[Sample]:
    """Samples of a layout; ``labels``: own, other, unlisted or none (no headings either)."""
    rng = random.Random(f"{layout}{source}{seed}{labels}")
    all_stories = [s for s in stories(source) if len(s) >= 6]
    for number in range(count):
        story, other = _unlike(rng, all_stories)
        langs = tuple(rng.sample(sorted(story[0]), len(story[0])))
        sample = Sample(f"{layout}-{source}-{labels}-{number}", langs)
        MAKERS[layout](sample, rng, story, other, labels)
        yield sample


def _unlike(rng: random.Random, known: list[Story]) -> list[Story]:
    """Two stories that share no sentence, both from where every language says something."""
    while True:
        story, other = rng.sample(known, 2)
        said = {sentence for bead in other for side in bead.values() for sentence in side}
        if not any(said.intersection(side) for bead in story for side in bead.values()):
            return [_opened(story), _opened(other)]


def _opened(story: Story) -> Story:
    first = next(n for n, bead in enumerate(story) if all(bead.values()))
    return story[first:]


def _label(rng: random.Random, lang: str, langs: tuple[str, ...], which: int, labels: str) -> str:
    if labels == "unlisted":
        return UNLISTED[(langs.index(lang) * 2 + which) % len(UNLISTED)]
    return LABELS[rng.choice(langs) if labels == "other" else lang][which]


def _front(sample: Sample, rng: random.Random, story: Story, other: Story, labels: str) -> None:
    """Title, abstract, keywords in every language (one may lack its abstract), body in the last."""
    body_lang = rng.choice(sample.langs)
    sample.add("UDC: 81.25:004", "und", "rest", "note")
    if labels != "none":
        sample.add(f"author{rng.randint(0, 99)}@example.org", "und", "rest", "note")
    abstract = story[1 : rng.randint(5, 11)]
    cuts = rng.random() < 0.2 and len(abstract) >= 5
    words = keywords(rng, sample.langs) if rng.random() < 0.6 else None
    missing = rng.choice(sample.langs) if len(sample.langs) > 2 and rng.random() < 0.15 else None
    for lang in sample.langs:
        if labels != "none":
            sample.add(
                _text(story[:1], lang) or _text(story[1:2], lang), lang, "title", "heading", "### "
            )
        if lang != missing:
            if labels != "none":
                sample.add(_label(rng, lang, sample.langs, 0, labels), lang, "label", "label")
            parts = [abstract[:3], abstract[3:]] if cuts and lang != sample.langs[0] else [abstract]
            for part in parts:
                if _text(part, lang):
                    sample.add(_text(part, lang), lang, "abstract")
        if words and labels != "none":
            sample.add(_label(rng, lang, sample.langs, 1, labels) + ":", lang, "label", "label")
            sample.inline(words[lang], lang, "keywords")
    for paragraph in _paragraphs(rng, other[: rng.randint(4, 16)], 2, 4):
        sample.add(_text(paragraph, body_lang), body_lang, "rest")
    if rng.random() < 0.3 and labels != "none":
        sample.add("REFERENCES", "en", "label", "heading", "#### ")
        for item in range(1, rng.randint(4, 8)):
            sample.add(
                f"{item}. Doe J., Roe R. {_text(other[:1], body_lang)[:60]} // Journal, {1990 + item}. – № {item}. – P. {item}–{item + 9}.",
                "en",
                "rest",
                "item",
            )


def _front_late(
    sample: Sample, rng: random.Random, story: Story, other: Story, labels: str
) -> None:
    """Title, abstract and body in one language; the other abstracts at the end."""
    abstract = story[1 : rng.randint(5, 11)]
    for number, lang in enumerate(sample.langs):
        if labels != "none":
            sample.add(
                _text(story[:1], lang) or _text(story[1:2], lang), lang, "title", "heading", "## "
            )
            sample.add(_label(rng, lang, sample.langs, 0, labels), lang, "label", "label")
        sample.add(_text(abstract, lang), lang, "abstract")
        if number == 0:
            for paragraph in _paragraphs(rng, other, 2, 4):
                sample.add(_text(paragraph, lang), lang, "rest")


def _chapters(rng: random.Random, story: Story, other: Story) -> list[list[Story]]:
    """Two to four chapters of paragraphs; the first bead of each is its heading."""
    paragraphs = _paragraphs(rng, story + other)
    count = rng.randint(2, 4)
    step = -(-len(paragraphs) // count)
    return [paragraphs[start : start + step] for start in range(0, len(paragraphs), step)]


def _chapter(
    sample: Sample, rng: random.Random, chapter: list[Story], lang: str, labels: str, number: int
) -> None:
    if labels == "own":
        sample.add(f"{number}. {_text(chapter[0][:1], lang)[:70]}", lang, "body", "heading", "## ")
    for paragraph in chapter:
        text = _text(paragraph, lang)
        if rng.random() < 0.04 and len(chapter) > 2:
            continue
        halves = [paragraph[:2], paragraph[2:]] if rng.random() < 0.1 else [paragraph]
        for half in halves:
            text = _text(half, lang)
            if text:
                sample.add(text, lang, "body")


def _sequence(sample: Sample, rng: random.Random, story: Story, other: Story, labels: str) -> None:
    """Whole texts one after another, with chapters; paragraphs are missing or cut here and there."""
    chapters = _chapters(rng, story, other)
    for lang in sample.langs:
        for number, chapter in enumerate(chapters, 1):
            _chapter(sample, rng, chapter, lang, labels, number)


def _alternating(
    sample: Sample, rng: random.Random, story: Story, other: Story, labels: str
) -> None:
    """Chapter by chapter."""
    for number, chapter in enumerate(_chapters(rng, story, other), 1):
        for lang in sample.langs:
            _chapter(sample, rng, chapter, lang, labels, number)


def _by_paragraph(
    sample: Sample, rng: random.Random, story: Story, other: Story, labels: str
) -> None:
    """Paragraph by paragraph; some are missing in a language."""
    if labels == "own":
        for lang in sample.langs:
            sample.add(
                _text(story[:1], lang) or _text(story[1:2], lang), lang, "title", "heading", "# "
            )
    for paragraph in _paragraphs(rng, story[1:] + other):
        missing = rng.choice(sample.langs) if rng.random() < 0.08 else None
        for lang in sample.langs:
            if lang != missing and _text(paragraph, lang):
                sample.add(_text(paragraph, lang), lang, "body")


def _by_sentence(
    sample: Sample, rng: random.Random, story: Story, other: Story, labels: str
) -> None:
    """Sentence by sentence, each a block of its own."""
    for bead in story:
        for lang in sample.langs:
            if bead[lang]:
                sample.add(" ".join(bead[lang]), lang, "body")


def _in_paragraph(
    sample: Sample, rng: random.Random, story: Story, other: Story, labels: str
) -> None:
    """Sentence by sentence inside paragraphs."""
    for paragraph in _paragraphs(rng, story):
        sample.text += "\n\n" if sample.text else ""
        first = True
        for bead in paragraph:
            for lang in sample.langs:
                if bead[lang]:
                    sample.inline(
                        " ".join(bead[lang]), lang, "body", "paragraph", "" if first else " "
                    )
                    first = False


def _table(sample: Sample, rng: random.Random, story: Story, other: Story, labels: str) -> None:
    """A table with a language per column; an introduction in one of them above it."""
    if rng.random() < 0.5:
        sample.add(_text(other[:3], sample.langs[0]), sample.langs[0], "rest")
    rows: list[Story | None] = [None, *_paragraphs(rng, story, 1, 3)]
    sample.text += "\n\n" if sample.text else ""
    for row in rows:
        for column, lang in enumerate(sample.langs):
            text = lang.upper() if row is None else _text(row, lang).replace("|", "/")
            sample.inline(
                text,
                lang,
                "head" if row is None else "body",
                "cell",
                "| " if column == 0 else " | ",
            )
        sample.text += " |\n"
        if row is None:
            sample.text += "|" + " --- |" * len(sample.langs) + "\n"
    if rng.random() < 0.3:
        sample.add(_text(other[3:6], sample.langs[-1]), sample.langs[-1], "rest")


def _short_chapters(
    sample: Sample, rng: random.Random, story: Story, other: Story, labels: str
) -> None:
    """Chapter by chapter, under headings of one word and a number."""
    for number, chapter in enumerate(_chapters(rng, story, other), 1):
        for lang in sample.langs:
            sample.add(CHAPTER[lang].format(number), lang, "body", "heading", "# ")
            for paragraph in chapter:
                if _text(paragraph, lang):
                    sample.add(_text(paragraph, lang), lang, "body")


def _side_by_side(
    sample: Sample, rng: random.Random, story: Story, other: Story, labels: str
) -> None:
    """Clauses and headings that hold the text in all languages, a stroke between."""
    stroke = rng.choice([" / ", " // ", " | "])
    for number, bead in enumerate(bead for bead in story if all(bead.values())):
        heading = number % 4 == 0
        for place, lang in enumerate(sample.langs):
            text = " ".join(bead[lang])[: 60 if heading else None].strip()
            kind = "heading" if heading else "paragraph"
            if place:
                sample.inline(text, lang, "body", kind, stroke)
            else:
                sample.add(f"{number + 1}. {text}", lang, "body", kind, "## " if heading else "")


def _labelled(sample: Sample, rng: random.Random, story: Story, other: Story, labels: str) -> None:
    """A line a language, each under the tag of its language."""
    dress = rng.choice(["**{}:** ", "{}: ", "[{}] ", "{} - "])
    for bead in story:
        for lang in sample.langs:
            if bead[lang]:
                tag = dress.format(lang.partition("-")[0].upper())
                sample.add(" ".join(bead[lang]), lang, "body", "paragraph", tag)


def _words(sample: Sample, rng: random.Random, story: Story, other: Story, labels: str) -> None:
    """A list of words, the same one in every language a line."""
    sign = rng.choice([" — ", " – ", " - ", " = ", " / ", " | "])
    fits = _known(sample.langs)
    for row, group in enumerate(rng.sample(fits, min(12, len(fits)))):
        for place, lang in enumerate(sample.langs):
            lead = sign if place else "\n" * (row > 0)
            sample.inline(group[lang], lang, "body", "paragraph", lead)


def _alone(sample: Sample, rng: random.Random, story: Story, other: Story, labels: str) -> None:
    """One language only."""
    lang = sample.langs[0]
    for paragraph in _paragraphs(rng, story):
        sample.add(_text(paragraph, lang), lang, "rest")


def _unrelated(sample: Sample, rng: random.Random, story: Story, other: Story, labels: str) -> None:
    """Two languages, two stories: nothing to match."""
    for lang, own in zip(sample.langs[:2], (story, other), strict=True):
        for paragraph in _paragraphs(rng, own):
            sample.add(_text(paragraph, lang), lang, "rest")


def _in_turn(sample: Sample, rng: random.Random, story: Story, other: Story, labels: str) -> None:
    """Two stories in two languages whose paragraphs take turns: quotations and what is said of them."""
    one, two = sample.langs[:2]
    rounds = zip(_paragraphs(rng, story, 1, 3), _paragraphs(rng, other, 1, 2), strict=False)
    for quoted, said in rounds:
        sample.add(_text(quoted, one), one, "rest")
        sample.add(_text(said, two), two, "rest")


MAKERS = {
    "front": _front,
    "front-late": _front_late,
    "sequence": _sequence,
    "alternating": _alternating,
    "by-paragraph": _by_paragraph,
    "by-sentence": _by_sentence,
    "in-paragraph": _in_paragraph,
    "table": _table,
    "short-chapters": _short_chapters,
    "side-by-side": _side_by_side,
    "labelled": _labelled,
    "words": _words,
    "alone": _alone,
    "unrelated": _unrelated,
    "unrelated-in-turn": _in_turn,
}


def mixed(name: str) -> Iterator[tuple[Sample, dict]]:
    """The papers of a gold set ``mixed_*``, as samples."""
    for path in sorted((SHARED / "gold" / name).glob("*.md")):
        text = path.read_text("utf-8")
        gold = json.loads(path.with_suffix("").with_suffix(".gold.json").read_text("utf-8"))
        sample = Sample(f"{name}/{path.stem}", tuple(gold["languages"]), text)
        position = 0
        parts = {"note": "rest", "body": "rest"}
        kinds = {"title": "heading", "note": "note", "label": "label"}
        for block in gold["blocks"]:
            start = text.index(block["text"], position)
            position = start + len(block["text"])
            part = parts.get(block["kind"], block["kind"])
            kind = kinds.get(block["kind"], "paragraph")
            sample.blocks.append((start, position, block["lang"], part, kind))
        yield sample, gold


def bare(sample: Sample) -> Sample:
    """The same document without its headings and labels."""
    made = Sample(sample.name + "-bare", sample.langs)
    for start, end, lang, part, kind in sample.blocks:
        if part not in {"title", "label"}:
            made.add(sample.text[start:end], lang, part, kind)
    return made


def relabelled(sample: Sample) -> Sample:
    """The same document with labels that nobody listed."""
    made = Sample(sample.name + "-unlisted", sample.langs)
    number = 0
    for start, end, lang, part, kind in sample.blocks:
        text = sample.text[start:end]
        if part == "label":
            text, number = UNLISTED[number % len(UNLISTED)], number + 1
        made.add(text, lang, part, kind, "### " if kind == "heading" else "")
    return made
