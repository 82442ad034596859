"""Languages: every character has one, and it is the right one."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import documents

import aligner
from aligner.cli import cli
from aligner.detect import detect, identify
from aligner.detect.cleaning import cleaned
from aligner.detect.scripts import main_script, with_script
from aligner.errors import LanguageTagError, ModelError, UnknownNameError, UsageError
from aligner.model import Block, Cell, Document, Span

ENGLISH = "The river rose quickly in the night, and nobody in the village had expected it."
RUSSIAN = "Ночью река быстро поднялась, и никто в деревне этого не ожидал."
UZBEK = "Kechasi daryo tez ko'tarildi, qishloqda hech kim buni kutmagan edi."
UZBEK_CYRILLIC = "Кечаси дарё тез кўтарилди, қишлоқда ҳеч ким буни кутмаган эди."
AZERBAIJANI = "Gecə çay sürətlə qalxdı və kənddə heç kim bunu gözləmirdi."
GERMAN = "In der Nacht stieg der Fluss schnell, und niemand im Dorf hatte damit gerechnet."


def of_lines(*lines: str, kinds: dict[int, str] | None = None, hints=None) -> Document:
    text, blocks = "", []
    for number, line in enumerate(lines):
        span = Span(len(text), len(text) + len(line))
        blocks.append(
            Block(span, (kinds or {}).get(number, "paragraph"), lang_hint=(hints or {}).get(number))
        )
        text += line + "\n"
    return Document("lines", text, tuple(blocks))


def langs(document: Document, **options) -> list[str]:
    found = {}
    for segment in detect(document, **options):
        for span in segment.spans:
            found.update(dict.fromkeys(range(span.start, span.end), segment.lang))
    return [found[block.span.start] for block in document.blocks if block.kind != "mark"]


def test_four_languages_and_two_scripts_of_one():
    document = of_lines(ENGLISH, RUSSIAN, UZBEK, UZBEK_CYRILLIC, AZERBAIJANI, GERMAN)
    assert langs(document) == ["en", "ru", "uz-Latn", "uz-Cyrl", "az-Latn", "de"]


def test_a_label_keeps_its_own_language_above_an_abstract():
    found = langs(
        of_lines(UZBEK.upper(), "Аннотация", UZBEK, RUSSIAN.upper(), "Аннотация", RUSSIAN)
    )
    assert found == ["uz-Latn", "ru", "uz-Latn", "ru", "ru", "ru"]


def test_numbers_and_addresses_are_no_language():
    document = of_lines(
        "UDC 81'25:004.9",
        ENGLISH,
        "https://example.org/a/b",
        "2019, 12-17",
        "me@example.org",
        ENGLISH,
    )
    assert langs(document) == ["zxx", "en", "zxx", "zxx", "zxx", "en"]


def test_a_quotation_is_cut_out_of_its_sentence():
    quoted = "«никто в деревне этого не ожидал ночью»"
    line = f"The old man only said {quoted} and went home before the rain began to fall."
    found = [(s.lang, len(s.spans)) for s in detect(of_lines(ENGLISH, line, RUSSIAN))]
    assert [lang for lang, _ in found] == ["en", "ru", "en", "ru"]


def test_a_short_line_inherits_and_says_so():
    segments = detect(of_lines(GERMAN, "Ja, so.", GERMAN))
    assert [segment.lang for segment in segments] == ["de"]
    segments = detect(of_lines("Ja, so.", hints={0: "de"}))
    assert [(s.lang, s.source) for s in segments] == [("de", "declared")]


def test_columns_of_a_table_are_read_downwards():
    text, blocks = "", []
    for row, pair in enumerate([("Haus", "house"), ("Wasser", "water"), (GERMAN, ENGLISH)] * 2):
        for column, words in enumerate(pair):
            blocks.append(
                Block(Span(len(text), len(text) + len(words)), "cell", cell=Cell(0, row, column))
            )
            text += words + " | "
            blocks.append(Block(Span(len(text) - 2, len(text) - 1), "mark"))
    assert langs(Document("table", text, tuple(blocks))) == ["de", "en"] * 6


def test_notes_are_segments_of_their_own():
    document = of_lines(ENGLISH, "Journal of Rivers, vol. 3", ENGLISH, kinds={1: "note"})
    first, note = sorted(detect(document), key=lambda segment: segment.spans)
    assert note.kind == "note"
    assert len(first.spans) == 2


def test_near_twins_come_with_alternatives():
    (ranking,) = identify(["Grad je lijep i star."])
    group = {tag.split("-")[0] for tag, chance in ranking if chance > 0.01}
    assert {"hr", "bs"} <= group
    assert ranking[0][1] < 0.99


@pytest.mark.parametrize("name", ["combined", "ngrams", "py3langid", "langdetect"])
def test_every_detector_ranks_and_sums_to_one(name):
    rankings = identify([ENGLISH, RUSSIAN, UZBEK, UZBEK_CYRILLIC], detector=name)
    assert [ranking[0][0][:2] for ranking in rankings] == ["en", "ru", "uz", "uz"]
    for ranking in rankings:
        assert sum(chance for _, chance in ranking) == pytest.approx(1.0, abs=1e-4)
        assert [c for _, c in ranking] == sorted((c for _, c in ranking), reverse=True)


def test_declared_languages_are_a_prior_and_no_limit():
    (short,) = identify(["kitob va qalam"], langs=("uz", "tr"))
    assert short[0][0] == "uz"
    (other,) = identify([GERMAN], langs=("uz", "ru"))
    assert other[0][0] == "de"
    with pytest.raises(LanguageTagError):
        detect(of_lines(ENGLISH), langs=("english!",))


def test_unknown_detectors_and_files_are_named():
    with pytest.raises(UnknownNameError, match="combined"):
        identify([ENGLISH], detector="nonsense")
    with pytest.raises(UsageError):
        identify([ENGLISH], detector="combined:file")
    with pytest.raises(ModelError):
        identify([ENGLISH], detector="ngrams:/no/such/file")


@settings(max_examples=30)
@given(documents())
def test_every_character_is_in_one_segment(document):
    found = Counter(
        position
        for segment in detect(document, detector="ngrams")
        for span in segment.spans
        for position in range(span.start, span.end)
        if not document.text[position].isspace()
    )
    wanted = {
        position
        for block in document.blocks
        if block.kind != "mark"
        for position in range(block.span.start, block.span.end)
        if not document.text[position].isspace()
    }
    assert set(found) == wanted
    assert all(number == 1 for number in found.values())


@given(st.text(max_size=30))
def test_any_text_has_a_tag(text):
    (ranking,) = identify([text], detector="ngrams")
    assert ranking[0][0]
    assert isinstance(cleaned(text), str)
    assert with_script("uz", text) in {"uz-Latn", "uz-Cyrl", "uz-Arab"}
    assert main_script(text) is not None


def test_same_result_in_any_company():
    alone = [identify([text])[0] for text in (ENGLISH, "река", "su")]
    together = identify([ENGLISH, "река", "su"])
    assert [r[0] for r in alone] == [(t, pytest.approx(c)) for t, c in (x[0] for x in together)]


def test_json_covers_every_character_once(tmp_path):
    path = tmp_path / "paper.md"
    path.write_text(
        f"# {ENGLISH}\n\n**Words:** {RUSSIAN}\n\n| a | b |\n|---|---|\n| {UZBEK} | 1 |\n"
    )
    result = CliRunner().invoke(cli, ["detect", str(path), "--json"])
    text = aligner.read(path).text
    found = Counter(i for o in json.loads(result.stdout) for i in range(o["start"], o["end"]))
    assert {i for i, char in enumerate(text) if not char.isspace()} <= set(found)
    assert all(number == 1 for i, number in found.items() if not text[i].isspace())
    assert all(o["text"] == text[o["start"] : o["end"]] for o in json.loads(result.stdout))


def test_lines_are_texts_of_their_own(tmp_path):
    path = tmp_path / "lines.txt"
    path.write_text(f"{ENGLISH}\n{RUSSIAN}\n\n12 345\n", encoding="utf-8")
    result = CliRunner().invoke(cli, ["detect", str(path), "--json", "--lines"])
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["lang"] for row in rows] == ["en", "ru", "und", "zxx"]
    assert rows[1]["text"] == RUSSIAN
    people = CliRunner().invoke(cli, ["detect", str(path)])
    assert "characters" in people.stdout


def test_profiles_of_ones_own(tmp_path):
    for tag, text in (("en", ENGLISH), ("x-river", "blub blab blubber blabla blub")):
        (tmp_path / f"{tag}.txt").write_text(text * 20, encoding="utf-8")
    for kind in ("ngrams", "langdetect"):
        out = tmp_path / f"{kind}.model"
        result = CliRunner().invoke(
            cli, ["models", "build-profiles", str(tmp_path), "-o", str(out), "--kind", kind]
        )
        assert result.exit_code == 0, result.output
        (ranking,) = identify(["blub blabla blubber"], detector=f"{kind}:{out}")
        assert ranking[0][0].startswith("x")


def test_the_real_paper(shared):
    (path,) = (shared / "seeds").glob("002*")
    document = aligner.read(path)
    found: list[str | None] = [None] * len(document.text)
    for segment in detect(document):
        for span in segment.spans:
            found[span.start : span.end] = [segment.lang] * len(span)
    rows = (shared / "langid" / "paper-labels.tsv").read_text(encoding="utf-8").splitlines()[1:]
    for row in rows:
        line, start, end, tag, _ = row.split("\t")
        if tag not in {"und", "mul"}:
            held = Counter(lang for lang in found[int(start) : int(end)] if lang)
            assert held.most_common(1)[0][0] == tag, line


def _parts(line: str) -> dict[str, str]:
    """The text of a line by language."""
    found: dict[str, str] = {}
    for segment in detect(of_lines(line)):
        text = " ".join(line[span.start : span.end] for span in segment.spans)
        found[segment.lang] = f"{found.get(segment.lang, '')} {text}".strip()
    return found


def test_digits_take_no_east_asian_letters_with_them():
    assert "河水上涨" in cleaned("2018年夜里河水上涨了。")
    assert cleaned("A12b-7") == ""


def test_a_short_chinese_sentence_is_no_part_of_the_english_one():
    long, short = "夜里河水上涨得很快，村里没有人料到会这样。", "桥还在河边。"
    assert _parts(f"{ENGLISH} {long} {ENGLISH} {short}")["zh-Hans"] == f"{long} {short}"


def test_a_word_of_one_small_letter_ends_a_sentence():
    uzbek = f"{UZBEK[:-1]}, dedi u."
    assert _parts(f"{uzbek} {ENGLISH}") == {"uz-Latn": uzbek, "en": ENGLISH}


def test_a_passage_without_marks_inside_a_sentence():
    german = "Als Beispiel dafür nennt der Verfasser den Satz"
    passage = "nobody in the village had expected it in the night"
    rest = "und niemand im Dorf hatte damit gerechnet."
    found = _parts(f"{german} {passage} {rest}")
    assert found == {"de": f"{german} {rest}", "en": passage}


def test_a_headline_without_a_stop_before_a_sentence():
    headline = "Niemand im Dorf hatte mit dem Fluss gerechnet"
    assert _parts(f"{headline} {ENGLISH}") == {"de": headline, "en": ENGLISH}
    assert _parts(f"{ENGLISH} {headline}") == {"en": ENGLISH, "de": headline}


@pytest.mark.parametrize(
    "sentence",
    [
        "The letter to Ильдар Хабибуллин and Алишер Навоий Street was lost in the river.",
        "In 1998 wurde Nursultan Nazarbayev von Emomali Rahmon und Shavkat Mirziyoyev empfangen.",
        "Er las die “Guiyang Evening News” und das Select Committee on Artificial Intelligence.",
        "Газету Guiyang Evening News и компанию Fox News Channel в деревне никто не знал.",
        "夜里 Kavadarkov 说，河水上涨得很快，村里没有人料到会这样。",
    ],
)
def test_names_are_no_passages(sentence):
    assert len(_parts(sentence)) == 1


def test_a_list_of_words_in_two_scripts():
    pairs = "house - дом\nriver - река\nbread - хлеб\nfriend - друг\nmorning - утро\nto speak - говорить"
    document = Document("list", pairs, (Block(Span(0, len(pairs)), "paragraph"),))
    found: dict[str, set[str]] = {}
    for segment in detect(document):
        found.setdefault(segment.lang, set()).update(pairs[s.start : s.end] for s in segment.spans)
    assert found["en"] == {line.split(" - ")[0] for line in pairs.split("\n")}
    assert found["ru"] == {line.split(" - ")[1] for line in pairs.split("\n")}
    assert found["zxx"] == {"-"}


def test_letters_that_look_alike_do_not_change_the_language():
    assert _parts("Тhе rivеr rоsе quiсkly in thе night аnd nоbоdy hаd ехресtеd it.").keys() == {
        "en"
    }
    assert _parts("Пpивeт, кaк дeлa у вac ceгoдня в гopoдe?").keys() == {"ru"}


def test_a_script_of_no_known_language_is_not_guessed():
    (ranking,) = identify(["ᐃᓄᐃᑦ ᓄᓇᖓᓐᓂ ᐅᖃᐅᓯᖅ"])
    assert ranking == [("und", 1.0)]
    assert identify(["Тошкент", "12-соли", "6-фут-6"])[0][0][0] != "zxx"


def test_both_sets_of_chinese_characters_where_none_tells():
    (ranking,) = identify(["政府"])
    assert {tag for tag, _ in ranking[:2]} == {"zh-Hans", "zh-Hant"}
    assert identify(["國家政策"], langs=("zh-Hans", "zh-Hant"))[0][0][0] == "zh-Hant"


def test_many_texts_at_once_score_as_py3langid_does_alone():
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    from aligner.detect.py3langid import byte_ngrams

    texts = [ENGLISH, RUSSIAN, "su", "", "¡", UZBEK_CYRILLIC.upper(), "河", "Cafe\u0301", "İ"]
    model, alone = byte_ngrams(), LanguageIdentifier.from_model_file(MODEL_FILE)
    for text, row in zip(texts, model.scores(texts), strict=True):
        wanted = dict(alone.rank(text))
        scores = dict(zip(model.labels, row.tolist(), strict=True))
        best = max(wanted.values())
        if best > -1e30:
            assert scores == pytest.approx(wanted, rel=1e-3, abs=0.01)
        else:
            assert set(scores.values()) == {0.0}


@pytest.mark.parametrize("text", ["a" * 200_000, ". " * 20_000, '"' * 20_000, "слово " * 20_000])
def test_a_long_line_takes_no_long_time(text):
    import time

    started = time.process_time()
    detect(of_lines(text), detector="ngrams")
    assert time.process_time() - started < 10
