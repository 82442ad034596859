"""Knowledge of words: training, the model file, the prior, vectors, the commands."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from aligner.cli import cli
from aligner.errors import InputError, LanguageTagError, ModelError, OutputError
from aligner.lexicon import Lexicon, built_in, built_in_path
from aligner.lexicon.families import skeleton
from aligner.lexicon.inventory import translations, vocabulary
from aligner.lexicon.keys import keys
from aligner.lexicon.words import cut, fold, tokens, uzbek_latin
from aligner.pipeline.training import train
from aligner.score.tokens import words

ENGLISH = ["house", "tree", "river", "bread", "book", "road", "moon", "salt", "hand", "door"]
RUSSIAN = ["дом", "дерево", "река", "хлеб", "книга", "дорога", "луна", "соль", "рука", "дверь"]
UZBEK = ["uy", "daraxt", "daryo", "non", "kitob", "yo‘l", "oy", "tuz", "qo‘l", "eshik"]


def rows() -> list[str]:
    """Sentences of two or three words each, in three languages."""
    lines = []
    for n in range(400):
        chosen = [(n * 7 + k * 3 + n // 10) % 10 for k in range(2 + n % 2)]
        for lang, known in (("en", ENGLISH), ("ru", RUSSIAN), ("uz-Latn", UZBEK)):
            lines.append(f"g{n}\t{lang}\t{' '.join(known[k] for k in chosen)}")
    return lines


@pytest.fixture(scope="session")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("lexicon") / "groups.tsv.gz"
    path.write_bytes(gzip.compress("\n".join(rows()).encode(), mtime=0))
    return path


@pytest.fixture(scope="session")
def tiny(table: Path) -> Lexicon:
    path = table.with_name("tiny.alx")
    train([table], path)
    return Lexicon.open(path)


def test_the_same_texts_and_seed_give_the_same_bytes(table: Path, tiny: Lexicon) -> None:
    again = table.with_name("again.alx")
    train([table], again)
    assert again.read_bytes() == table.with_name("tiny.alx").read_bytes()
    assert tiny.langs == ("en", "ru", "uz")
    assert tiny.facts["pivot"] == "en"


def test_every_word_finds_its_counterpart_without_the_pivot(tiny: Lexicon) -> None:
    found = tiny.prior.similarity(UZBEK, "uz", RUSSIAN, "ru")
    assert found is not None
    rows_, cols, values = found
    assert rows_.dtype == cols.dtype == np.int32
    assert values.dtype == np.float32
    assert values.min() > 0
    assert values.max() <= 1
    best = {r: max((v, c) for i, c, v in zip(*found, strict=True) if i == r)[1] for r in range(10)}
    assert best == {r: r for r in range(10)}


def test_an_unknown_language_is_none_and_an_unknown_word_is_silent(tiny: Lexicon) -> None:
    assert tiny.prior.similarity(["kuća"], "hr", ["house"], "en") is None
    assert tiny.text_similarity("kuća", "hr", "house", "en") is None
    assert tiny.explain("kuća", "hr", "house", "en") == []
    assert not tiny.encode(["kuća"], "hr").any()
    found = tiny.prior.similarity(["zzz", "", "42", "!"], "uz", ENGLISH, "en")
    assert found is not None
    assert not len(found[0])
    assert tiny.prior.similarity([], "uz", [], "en") is not None


def test_inflected_and_cyrillic_uzbek_words_are_known_by_their_beginnings(tiny: Lexicon) -> None:
    found = tiny.explain("Китобимизда дарё", "uz-Cyrl", "книга и река", "ru")
    assert [pair[:2] for pair in found] == [("daryo", "река"), ("kitobimizda", "книга")] or [
        pair[:2] for pair in found
    ] == [("kitobimizda", "книга"), ("daryo", "река")]


def learned(path: Path, groups: list[dict[str, str]]) -> Lexicon:
    """A model of groups of texts, one a language, each group ten times."""
    lines = [
        f"g{turn}.{n}\t{lang}\t{text}"
        for turn in range(10)
        for n, group in enumerate(groups)
        for lang, text in group.items()
    ]
    path.with_suffix(".tsv").write_text("\n".join(lines), encoding="utf-8")
    train([path.with_suffix(".tsv")], path)
    return Lexicon.open(path)


def test_a_compound_is_known_by_its_head_and_its_beginning(tmp_path: Path) -> None:
    german = ["Haus", "Baum", "Fluss", "Brot", "Buch", "Weg", "Mond", "Salz", "Hand", "Pforte"]
    groups = [{"de": d, "en": e} for d, e in zip(german, ENGLISH, strict=True)]
    lexicon = learned(tmp_path / "de.alx", [*groups, {"de": "Buche", "en": "beech"}])
    found = lexicon.explain("Handbuch", "de", "book hand tree salt", "en")
    assert {right for _, right, _ in found} == {"book", "hand"}
    assert not lexicon.explain("Kochbuchs", "de", "book", "en")


def test_an_unseen_word_is_looked_up_in_the_languages_of_its_family(tmp_path: Path) -> None:
    turkish = ["ev", "ağaç", "ırmak", "ekmek", "kitap", "yol", "ay", "tuz", "el", "kapı"]
    columns = zip(turkish, UZBEK, ENGLISH, strict=True)
    groups = [{"tr": t, "en": e} | ({} if t == "kitap" else {"uz": u}) for t, u, e in columns]
    lexicon = learned(tmp_path / "tr.alx", groups)
    for word in ("kitob", "китоб"):
        found = lexicon.explain(f"{word} tuz", "uz", "book salt tree", "en")
        assert [pair[:2] for pair in found] == [("kitob", "book"), ("tuz", "salt")] or [
            pair[:2] for pair in found
        ] == [("tuz", "salt"), ("kitob", "book")]


def test_skeletons_of_one_word_are_the_same() -> None:
    for forms in (
        {"uz": "kitob", "tr": "kitap", "az": "kitab", "kk": "кітап", "ky": "китеп"},
        {"uz": "yo'l", "tr": "yol", "az": "yol", "kk": "жол", "ky": "жол"},
        {"uz": "bosh", "tr": "baş", "az": "baş", "kk": "бас"},
        {"tg": "хона", "fa": "خانه"},
        {"tg": "рӯз", "fa": "روز"},
    ):
        assert len({skeleton(word, lang) for lang, word in forms.items()}) == 1
    assert skeleton("книга", "ru") == skeleton("7", "tr") == skeleton("un", "tr") == ""


def test_concepts_for_which_the_same_words_stand_are_near(tmp_path: Path) -> None:
    groups = [
        {"ru": "дорога", "en": "road", "pl": "szosa"},
        {"ru": "дорога", "en": "way", "de": "Weg"},
        {"ru": "соль", "en": "salt", "pl": "sól"},
        {"ru": "луна", "en": "moon", "de": "Mond"},
    ]
    lexicon = learned(tmp_path / "near.alx", groups)
    found = lexicon.explain("Weg Mond", "de", "szosa sól", "pl")
    assert [pair[:2] for pair in found] == [("weg", "szosa")]


def test_similar_texts_are_nearer_than_others(tiny: Lexicon) -> None:
    same = tiny.text_similarity("uy va kitob", "uz", "house and book", "en")
    other = tiny.text_similarity("uy va kitob", "uz", "salt and moon", "en")
    assert same is not None
    assert other is not None
    assert other < 0.3 < same
    ours, theirs = (
        tiny.encode(["uy kitob", "tuz oy", "???"], "uz"),
        tiny.encode(["book house"], "en"),
    )
    assert ours.shape == (3, 256)
    assert ours.dtype == np.float32
    assert ours[0] @ theirs[0] > 0.8 > ours[1] @ theirs[0] + 0.3
    assert not ours[2].any()


@given(st.lists(st.text(max_size=12), max_size=8), st.lists(st.text(max_size=12), max_size=8))
def test_the_prior_stands_any_words(tiny: Lexicon, ours: list[str], theirs: list[str]) -> None:
    found = tiny.prior.similarity(ours, "uz-Cyrl", theirs, "ru")
    assert found is not None
    assert all(0 <= i < len(ours) for i in found[0])
    assert all(0 <= j < len(theirs) for j in found[1])
    assert all(0 < value <= 1 for value in found[2])


@given(st.text(max_size=40), st.sampled_from(["uz", "ru", "ar", "el", "fr", "hi", "zh", "tr"]))
def test_folding_twice_is_folding_once(text: str, lang: str) -> None:
    for word in tokens(text, lang):
        assert word == fold(word, lang) or lang == "ar"
        assert all(word.startswith(key.rstrip("$")) for key in keys(word, lang))


def test_words_are_cut_alike_in_all_scripts() -> None:
    assert tokens("Oʻzbekiston ma’lumot bo`lmasa", "uz") == ["o'zbekiston", "malumot", "bo'lmasa"]
    assert tokens("Ўзбекистон маълумот бўлмаса", "uz") == ["o'zbekiston", "malumot", "bo'lmasa"]
    assert tokens("L’homme d'État", "fr") == ["l", "homme", "d", "état"]
    assert cut("मुख्य ज़मीन है", "hi") == ["मुख्य", "ज़मीन", "है"]
    assert cut("カメラの設定", "ja") == ["カメラ", "の", "設", "定"]
    assert tokens("والكتاب", "ar") == tokens("كتاب", "ar") == ["كتاب"]
    assert uzbek_latin("ецирк") == "yesirk"


def test_the_engine_cuts_words_as_the_lexicon_knows_them() -> None:
    for texts, lang in (
        (["Oʻzbekiston ma’lumot sanʼat bo`lmasa"], "uz"),
        (["П'ять об’єктів"], "uk"),
        (["カメラの設定をひらく"], "ja"),
        (["L’homme d'État"], "fr"),
    ):
        forms = words(texts, lang).forms
        assert [fold(form, lang) for form in forms] == tokens(texts[0], lang)


def test_a_person_can_look_at_the_words(tiny: Lexicon) -> None:
    assert "kitob" in vocabulary(tiny, "uz-Cyrl")
    found = list(translations(tiny, "uz", "ru", best=1))
    assert [pair[1] for pair in found if pair[0] == "daryo"] == ["река"]
    assert next(translations(tiny, "uz", "ru", words=["KITOBDA"]))[1] == "книга"
    with pytest.raises(LanguageTagError, match="en, ru, uz"):
        vocabulary(tiny, "hr")


def test_a_damaged_model_is_an_error_that_says_so(
    tiny: Lexicon, tmp_path: Path, table: Path
) -> None:
    raw = table.with_name("tiny.alx").read_bytes()
    for number, bad in enumerate((b"", b"no model", raw[:1500], raw[:16], raw[: len(raw) // 2])):
        path = tmp_path / f"{number}.alx"
        path.write_bytes(bad)
        with pytest.raises(ModelError):
            Lexicon.open(path)
    with pytest.raises(ModelError):
        Lexicon.open(tmp_path / "missing.alx")


def test_mistakes_in_training_texts_are_told(tmp_path: Path, table: Path) -> None:
    wrong = tmp_path / "wrong.tsv"
    wrong.write_text("a\ten\tone\nb\ttwo\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"wrong\.tsv:2"):
        train([wrong], tmp_path / "model")
    wrong.write_text("a\ten\tone\nb\ten\ttwo\n", encoding="utf-8")
    with pytest.raises(InputError, match="one language"):
        train([wrong], tmp_path / "model")
    with pytest.raises(InputError, match="no such file"):
        train([tmp_path / "missing.tsv"], tmp_path / "model")
    (tmp_path / "bad.tsv.gz").write_bytes(table.read_bytes()[:100])
    with pytest.raises(InputError):
        train([tmp_path / "bad.tsv.gz"], tmp_path / "model")
    assert not (tmp_path / "model").exists()
    with pytest.raises(OutputError):
        train([table], table)


def test_the_commands(table: Path, tmp_path: Path) -> None:
    run = CliRunner().invoke
    model = tmp_path / "own.alx"
    done = run(cli, ["train", str(table), "-o", str(model), "--pivot", "ru", "--licence", "CC0"])
    assert done.exit_code == 0, done.output
    assert "retrieval" in done.output
    shown = run(cli, ["models", "list", "--model", str(model)])
    assert "pivot: ru" in shown.output
    assert "licence: CC0" in shown.output
    pairs = run(cli, ["models", "lexicon", "uz", "en", "kitob", "--model", str(model)])
    assert pairs.output.startswith("kitob\tbook\t")
    assert run(cli, ["models", "path"]).output.strip() == str(built_in_path())


def test_a_corpus_is_training_text_too(tmp_path: Path) -> None:
    import aligner

    units = {"en": ENGLISH * 3, "ru": RUSSIAN * 3}
    path = tmp_path / "corpus.tmx"
    aligner.write(_corpus(aligner.align(units, method="length")), path)
    train([path], tmp_path / "own.alx")
    assert Lexicon.open(tmp_path / "own.alx").langs == ("en", "ru")


def _corpus(alignment: object) -> object:
    from aligner.model import Corpus, Parallel

    parallel = Parallel(tuple(version.segment for version in alignment.versions))
    return Corpus("words", (parallel,), (alignment,))


@pytest.mark.skipif(not built_in_path().exists(), reason="the built-in model is not there")
def test_the_built_in_model_knows_its_languages() -> None:
    lexicon = built_in()
    wanted = "en ru uz az tr kk ky tg uk de fr es it pt pl cs hu ro el ar fa hi zh ja ko"
    assert lexicon.knows(*wanted.split(), "uz-Cyrl")
    assert built_in_path().stat().st_size < 20_000_000
    assert "CC BY-SA" in json.dumps(lexicon.facts)
    near = lexicon.text_similarity("Kitob stolda turibdi.", "uz", "Книга лежит на столе.", "ru")
    far = lexicon.text_similarity("Kitob stolda turibdi.", "uz", "Погода сегодня хорошая.", "ru")
    assert near is not None
    assert far is not None
    assert near > far
