"""Sentences and other units: exact offsets, blocks first, nothing lost."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from test_split_invariants import check_spans

from aligner.errors import ModelError, UnknownNameError, UsageError
from aligner.model import Block, Document, Segment, Span
from aligner.split import choose, describe, diagnose, split
from aligner.split.cutting import terms
from aligner.split.language import language, parse, read_abbreviations
from aligner.split.rules import RuleSplitter

GOLD = Path(__file__).parent / "gold" / "sentences"


def cut(text: str, lang: str = "en", **options) -> list[str]:
    return [text[a:b] for a, b in RuleSplitter(**options).split(text, lang)]


def gold_cases():
    for path in sorted(GOLD.glob("*.txt")):
        for number, case in enumerate(path.read_text(encoding="utf-8").split("===\n"), 1):
            text, _, sentences = case.partition("---\n")
            yield pytest.param(
                path.stem, text.strip("\n"), sentences.strip("\n").split("\n"),
                id=f"{path.stem}-{number}",
            )  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "sentences"), list(gold_cases()))
def test_gold(lang, text, sentences):
    assert cut(text, lang) == sentences


def document(*parts: tuple[str, str], between: str = "\n\n") -> Document:
    text, blocks = "", []
    for kind, part in parts:
        blocks.append(Block(Span(len(text), len(text) + len(part)), kind))
        text += part + between
    return Document("d.txt", text, tuple(blocks))


def whole(made: Document, lang: str = "en", kinds=("mark", "note")) -> Segment:
    return Segment(lang, tuple(b.span for b in made.blocks if b.kind not in kinds))


def texts(*parts: tuple[str, str], **options) -> list[str]:
    made = document(*parts)
    return list(split(made, whole(made), **options).texts)


def test_blocks_end_units_and_some_are_never_cut():
    parts = [
        ("heading", "Chapter 1. The Start"),
        ("paragraph", "One. Two."),
        ("item", "3. First thing. Then another."),
        ("cell", "a cell"),
        ("cell", "another"),
        ("label", "Keywords:"),
        ("paragraph", "no stop here"),
    ]
    assert texts(*parts) == [
        "Chapter 1. The Start", "One.", "Two.", "3. First thing.", "Then another.", "a cell",
        "another", "Keywords:", "no stop here",
    ]  # fmt: skip


def test_the_number_of_a_clause_stays_with_it():
    clauses = "1.1. Der Mieter zahlt. Die Miete ist fällig.\n\n12.3.4. Er haftet. § 3. Sie gilt."
    assert texts(("paragraph", clauses)) == [
        "1.1. Der Mieter zahlt.", "Die Miete ist fällig.", "12.3.4. Er haftet.", "§ 3. Sie gilt.",
    ]  # fmt: skip
    assert texts(("paragraph", "IV. Results. See 2.1. The end.")) == [
        "IV. Results.", "See 2.1.", "The end.",
    ]  # fmt: skip


def test_references_are_one_unit_an_entry():
    entries = "1. Norwood P. Bridges. London, 1998.\n2. Hale, J. Letters. Paris: 2001. P. 5."
    found = texts(("heading", "REFERENCES"), ("paragraph", entries), ("heading", "End"),
                  ("paragraph", "One. Two."))  # fmt: skip
    assert found == ["REFERENCES", *entries.split("\n"), "End", "One.", "Two."]


PAGE = (
    "The first long paragraph of the page is about rivers and their bridges. Its last sentence"
    " deals with the bridges of"
)


def test_a_page_break_is_mended():
    made = document(("paragraph", PAGE), ("note", "17"), ("paragraph", "the old town. Next."))
    version = split(made, whole(made))
    joined = version.units[1]
    assert joined.joined
    assert [made.text[h.start : h.end] for h in joined.holes] == ["17"]
    assert "17" not in version.texts[1]
    assert version.texts[2] == "Next."
    assert [unit.joined for unit in version.units] == [False, True, False]


def test_a_page_break_before_a_capital():
    going_on = "Lyon-Marseille trains stop there. Nothing else does."
    assert len(texts(("paragraph", PAGE), ("paragraph", going_on))) == 3
    assert len(texts(("paragraph", PAGE + "."), ("paragraph", going_on))) == 4
    assert len(texts(("paragraph", "A title without a stop"), ("paragraph", going_on))) == 3
    assert len(texts(("heading", PAGE), ("paragraph", going_on))) == 3


def test_small_letters_that_go_on_with_nothing():
    assert len(texts(("paragraph", "apples"), ("paragraph", "pears"))) == 2
    assert len(texts(("paragraph", "Jane Poe, Ulm"), ("paragraph", "e-mail: poe@example.org"))) == 2


def test_a_heading_between_stops_the_join():
    parts = (("paragraph", PAGE), ("heading", "Two"), ("paragraph", "the old town."))
    assert len(texts(*parts)) == 4


def test_hard_wraps_are_white_space():
    assert texts(("paragraph", "The mem-\nbers met. They\nleft.")) == [
        "The mem-\nbers met.", "They\nleft.",
    ]  # fmt: skip


def test_terms():
    view = "Keywords: bridges (old, new), stone; river law; tolls."
    assert [view[a:b] for a, b in terms(view)] == [
        "Keywords:", "bridges (old, new), stone", "river law", "tolls",
    ]  # fmt: skip
    assert texts(("paragraph", "bridges, stone, river law."), unit="keyword") == [
        "bridges", "stone", "river law",
    ]  # fmt: skip


def test_paragraphs_and_verses():
    poem = ("paragraph", "One line. And\nanother line")
    assert texts(poem, unit="paragraph") == [poem[1]]
    assert texts(poem, unit="verse") == ["One line. And", "another line"]
    with pytest.raises(UsageError):
        texts(poem, unit="word")


def test_unpunctuated_text_is_one_unit_with_a_warning():
    made = document(("paragraph", "word " * 600 + "end"))
    version = split(made, whole(made))
    assert len(version) == 1
    assert "no sentence punctuation" in diagnose(version)[0]
    forced = split(made, whole(made), max_chars=100)
    assert all(unit.forced and len(unit.span) <= 100 for unit in forced.units)
    assert " ".join(forced.texts) == made.text.strip()
    assert not diagnose(forced)


@given(st.text(st.sampled_from("ab. \n中。，\u00a0"), min_size=1, max_size=80), st.integers(1, 12))
def test_max_chars_loses_nothing(text, most):
    if not text.strip():
        return
    made = Document("d", text, (Block(Span(0, len(text))),))
    plain = split(made, Segment("zh", (Span(0, len(text)),)))
    limited = split(made, Segment("zh", (Span(0, len(text)),)), max_chars=most)
    check_spans(text, [(u.span.start, u.span.end) for u in limited.units])
    starts = {unit.span.start for unit in limited.units}
    assert {unit.span.start for unit in plain.units} <= starts
    for unit in limited.units:
        assert len(unit.span) <= most or not re.search(r"\s", text[unit.span.start :][:most])


def test_marks_inside_a_segment_are_not_lost():
    text = "### Title\n\nOne. **Two.**"
    kinds = ("mark", "heading", "paragraph", "mark")
    places = ((0, 3), (4, 9), (11, 22), (22, 24))
    blocks = tuple(Block(Span(a, b), k) for (a, b), k in zip(places, kinds, strict=True))
    version = split(Document("d", text, blocks), Segment("en", (Span(0, len(text)),)))
    assert version.texts == ("### Title", "One.", "**Two.**")


def test_a_sentence_around_another_language():
    text = "He calls it жизнь and smiles. Good."
    made = Document("d", text, (Block(Span(0, len(text))),))
    version = split(made, Segment("en", (Span(0, 12), Span(18, len(text)))))
    assert version.units[0].holes == (Span(12, 17),)
    assert version.texts[1] == "Good."


def test_user_abbreviations(tmp_path):
    text = "The wibl. Smith is one. Qux. Jones too."
    path = tmp_path / "mine.txt"
    path.write_text("# mine\nwibl.\nqux  # both\n", encoding="utf-8")
    words = read_abbreviations(path)
    assert words == ("wibl.", "qux")
    assert cut(text) == ["The wibl.", "Smith is one.", "Qux.", "Jones too."]
    assert cut(text, abbreviations=words) == ["The wibl. Smith is one.", "Qux. Jones too."]
    with pytest.raises(UsageError):
        read_abbreviations(tmp_path / "none.txt")


def test_policy_switches():
    text = "“Come. Sit,” she said. He sat."
    assert len(cut(text)) == 2
    assert len(cut(text, split_inside_quotes=True)) == 3
    assert len(cut("it rained. we left", caseless=True)) == 2
    assert len(cut("it had 5 pct. of it", "de", caseless=False)) == 1


def test_language_files():
    files = sorted(Path(language.__code__.co_filename).parent.glob("languages/*.txt"))
    assert len(files) > 60
    for path in files:
        assert language(path.stem).known, path.name
    assert language("uz-Latn-UZ") is language("uz")
    assert language("uz-Cyrl") is not language("uz")
    assert language("xx") is language("general")
    with pytest.raises(ValueError, match="nevr"):
        parse("nevr: a b", language("general"))
    assert "dr" not in parse("never: -dr", language("general")).never


def test_every_never_final_abbreviation_holds():
    for path in sorted(Path(language.__code__.co_filename).parent.glob("languages/*.txt")):
        known = language(path.stem)
        for word in sorted(known.never - known.after):
            text = f"Zzzz {word}. Yyyy"
            assert cut(text, path.stem) == [text]


def test_long_text_goes_the_same_way():
    words = "The town of Ulm had (as it says) no bridge. Dr. Brown knew. It was 1910. “Go. Now,” he said. "
    text = (words * 40 + "\n\n") * 5
    parts = [p for p in re.split(r"\n\n", text) if p.strip()]
    expected, start = [], 0
    for part in parts:
        start = text.index(part, start)
        expected += [(start + a, start + b) for a, b in RuleSplitter().split(part, "en")]
        start += len(part)
    assert len(text) > 10_000 > len(parts[0])
    assert RuleSplitter().split(text, "en") == expected


@pytest.mark.parametrize(
    "unit", [".", '"', " ", ". ", "\n", "A. ", ".[3", "“a. ”", "(a. b", "1. A", "i b. Ab "]
)
def test_linear_time(unit):
    from time import process_time

    def seconds(text: str) -> float:
        times = []
        for _ in range(2):
            start = process_time()
            RuleSplitter().split(text, "en")
            times.append(process_time() - start)
        return min(times)

    text = unit * (12_000 // len(unit))
    seconds(text)
    assert seconds(text * 10) < 20 * max(seconds(text), 0.005)


class Spacy:
    def __call__(self, text):
        pieces = re.finditer(r"[^.]+\.?", text)
        return SimpleNamespace(
            sents=[SimpleNamespace(start_char=m.start(), end_char=m.end()) for m in pieces]
        )


class Wtp:
    def split(self, text, threshold=0.5):
        assert threshold == 0.5
        return [piece.strip() + " " for piece in re.findall(r"[^.]+\.", text)]


class Own:
    name = "own"

    def split(self, text, lang):
        assert lang == "en"
        return [(m.start(), m.end()) for m in re.finditer(r"[^. ][^.]*\.?", text)]


@pytest.mark.parametrize(
    "foreign", [Spacy(), Wtp(), Own(), lambda text: re.findall(r"[^.]+\.", text)]
)
def test_foreign_splitters(foreign):
    assert texts(("paragraph", "One is. Two  are."), splitter=foreign) == ["One is.", "Two  are."]


class Wrong:
    def split(self, text, lang):
        return [(0, len(text) + 5)]


def test_bad_splitters_are_named():
    with pytest.raises(UsageError, match="0-8"):
        texts(("paragraph", "One"), splitter=Wrong())
    with pytest.raises(UsageError, match="not in the text"):
        texts(("paragraph", "One."), splitter=lambda _text: ["Two."])
    with pytest.raises(UsageError, match="no splitter"):
        choose(3)
    with pytest.raises(UnknownNameError, match="rules"):
        choose("nonsense")


def test_auto_is_rules_without_a_model(tmp_path, monkeypatch):
    monkeypatch.setenv("STANZA_RESOURCES_DIR", str(tmp_path))
    assert choose("auto", "uz").name == "rules"
    assert describe(None, "en").name == "rules"
    assert describe(RuleSplitter(abbreviations=("x",)), "en").settings == (("abbreviations", "x"),)


def test_the_real_paper(shared):
    from aligner.read import read

    made = read(shared / "seeds" / "002_7abccb2486afce64.txt")
    version = split(made, whole(made))
    assert sum(unit.joined for unit in version.units) == 7
    assert any("(2020 г.) на динамику" in text for text in version.texts)
    assert not any(re.fullmatch(r"\d+\.", text) for text in version.texts)
    references = [text for text in version.texts if re.match(r"[1-7]\. ", text)]
    assert len(references) == 7
    check_spans_of(version, made)


def check_spans_of(version, made):
    covered = sum(len("".join(text.split())) for text in version.texts)
    wanted = sum(len("".join(made.text[s.start : s.end].split())) for s in version.segment.spans)
    assert covered == wanted


def test_the_unpunctuated_seed(shared):
    from aligner.read import read

    made = read(shared / "seeds" / "000_2bf72bf25c56fec4.txt")
    version = split(made, whole(made))
    assert len(version) == 1
    assert diagnose(version)


def test_command(tmp_path):
    from aligner.cli.split import split as command

    path = tmp_path / "a.txt"
    text = "Prof. Ə. Quliyev gəldi. Sonra getdi.\n\nYeni abzas 😀 budur.\n"
    path.write_text(text, encoding="utf-8")
    runner = CliRunner()
    answer = runner.invoke(command, [str(path), "--lang", "az", "--json"])
    rows = json.loads(answer.stdout)
    assert [row["text"] for row in rows] == [text[row["start"] : row["end"]] for row in rows]
    assert [row["text"] for row in rows][:2] == ["Prof. Ə. Quliyev gəldi.", "Sonra getdi."]
    plain = runner.invoke(command, [str(path), "--lang", "az", "--max-chars", "12"])
    assert plain.stdout.startswith("0\t8\tProf. Ə.")


def test_missing_model_names_the_download(tmp_path):
    from importlib.util import find_spec

    from aligner.split.stanza import StanzaSplitter

    if find_spec("stanza") is None:
        pytest.skip("needs the extra stanza")
    with pytest.raises(ModelError, match="aligner models download uz"):
        StanzaSplitter(folder=tmp_path).split("Salom.", "uz-Latn")
