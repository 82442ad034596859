"""What holds for every text, whatever the splitter: the rules and Stanza alike."""

from __future__ import annotations

import hashlib
import json
import random
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.split.rules import RuleSplitter
from aligner.split.signs import BLANK

PIECES = (
    "Dr.", "г.", ". ", "! ", "…", "«", "»", "“", "”", "[1]", "1.", "\n", "\n\n", "\u00a0", "\u2028",
    "\r\n", " ", "a", "B", "я", "Ж", "ا", "।", "。", "？", "😀", "e\u0301", "\u200b", "。」", ".)", '"',
    "U.S.", "3.14", "ʻ", "https://a.org/b.c", "\ufeff", "\x00", "\x85", "\x92", "(", "word", "Word", "–",
)  # fmt: skip
LANGS = ("en", "ru", "uz", "az", "de", "hy", "ka", "el", "zh", "ja", "ar", "hi", "und")

texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=25).map("".join)


def check_spans(text: str, spans: list[tuple[int, int]]) -> None:
    """Ordered, trimmed, inside the text, and every character that is not white space in one."""
    position = 0
    for start, end in spans:
        assert position <= start < end <= len(text)
        assert not text[position:start].strip()
        assert text[start:end] == text[start:end].strip()
        position = end
    assert not text[position:].strip()


def check_all(splitter, text: str, lang: str) -> list[tuple[int, int]]:
    spans = list(splitter.split(text, lang))
    check_spans(text, spans)
    assert spans == list(splitter.split(text, lang))
    for start, end in spans:
        assert BLANK.search(text, start, end) is None
    if BLANK.search(text.strip()) is None:
        wrapped = re.sub(r"(?<=\S) (?=\S)", "\n", text)
        assert list(splitter.split(wrapped, lang)) == spans
    return spans


@given(texts, st.sampled_from(LANGS))
@settings(max_examples=300)
def test_rules(text, lang):
    splitter = RuleSplitter()
    spans = check_all(splitter, text, lang)
    for start, end in spans:
        assert splitter.split(text[start:end], lang) == [(0, end - start)]


@given(texts, texts, st.sampled_from(LANGS))
@settings(max_examples=100)
def test_what_follows_a_blank_line_changes_nothing_before(text, more, lang):
    if not text.strip():
        return
    spans = RuleSplitter().split(text, lang)
    assert RuleSplitter().split(text.rstrip() + "\n\n" + more, lang)[: len(spans)] == spans


@given(st.lists(st.sampled_from((*PIECES, "Some more words are here. ", "another one")), max_size=30),
       st.sampled_from(LANGS))  # fmt: skip
@settings(max_examples=30)
def test_rules_on_long_text(pieces, lang):
    check_spans(text := "".join(pieces) * 200, RuleSplitter().split(text, lang))


def test_threads():
    text = "One is here. Dr. Two is (not. Yet) there! " * 30
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: RuleSplitter().split(text, "en"), range(16)))
    assert all(answer == answers[0] for answer in answers)


WORDS = [
    "the",
    "cat",
    "sees",
    "a",
    "dog",
    "author",
    "writes",
    "text",
    "reader",
    "finds",
    "book",
    "child",
    "draws",
    "house",
    "city",
    "river",
    "old",
    "new",
    "small",
    "red",
]


def labelled(count: int, seed: int) -> tuple[str, str]:
    """Paragraphs of made sentences, and per character 1 for a token's end, 2 for a sentence's."""
    chance = random.Random(seed)
    paragraphs, labels = [], []
    for _ in range(count):
        sentences = [[chance.choice(WORDS) for _ in range(chance.randint(3, 7))] for _ in range(3)]
        paragraphs.append(
            " ".join(" ".join(s).capitalize() + chance.choice(".?!") for s in sentences)
        )
        labels.append(
            "0".join("0".join("0" * (len(w) - 1) + "1" for w in s) + "2" for s in sentences)
        )
    return "\n\n".join(paragraphs) + "\n\n", "\n\n".join(labels) + "\n\n"


@pytest.fixture(scope="session")
def micro(tmp_path_factory):
    """A folder with a tokenizer trained in seconds, in Stanza's own layout."""
    pytest.importorskip("stanza")
    import logging
    import os
    import warnings

    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    out = tmp_path_factory.mktemp("stanza")
    options = {}
    for part, count in (("", 200), ("dev_", 20)):
        for name, data in zip(("txt", "label"), labelled(count, seed=count), strict=True):
            path = out / f"{part}{name}"
            path.write_text(data, encoding="utf-8")
            options[f"--{part}{name}_file"] = str(path)
    (out / "mwt.json").write_text("[]", encoding="utf-8")
    options |= {
        "--mwt_json_file": str(out / "mwt.json"),
        "--save_dir": str(out / "en" / "tokenize"),
    }
    options |= dict(
        pair.split("=")
        for pair in [
            "--lang=en",
            "--shorthand=en_micro",
            "--save_name=micro.pt",
            "--steps=60",
            "--eval_steps=20",
            "--report_steps=20",
            "--shuffle_steps=0",
            "--emb_dim=8",
            "--hidden_dim=16",
            "--batch_size=16",
            "--max_seqlen=80",
            "--lr0=0.02",
            "--dropout=0",
            "--unit_dropout=0",
            "--feat_dropout=0",
            "--feat_unit_dropout=0",
            "--tok_noise=0",
            "--device=cpu",
        ]
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import torch
        from stanza.models import tokenizer

        threads = torch.get_num_threads()
        torch.set_num_threads(1)
        logging.getLogger("stanza").setLevel(logging.ERROR)
        tokenizer.main([word for pair in options.items() for word in pair] + ["--no_use_mwt"])
        torch.set_num_threads(threads)
    model = (out / "en" / "tokenize" / "micro.pt").read_bytes()
    known = {
        "lang_name": "English",
        "tokenize": {"micro": {"md5": hashlib.md5(model).hexdigest()}},
        "packages": {"default": {"tokenize": "micro"}},
        "default_processors": {"tokenize": "micro"},
    }
    index = {"url": "http://invalid.invalid/{resources_version}/{lang}/{filename}", "en": known}
    (out / "resources.json").write_text(json.dumps(index), encoding="utf-8")
    return out


@pytest.fixture(scope="session")
def stanza_splitter(micro):
    from aligner.split.stanza import StanzaSplitter

    return StanzaSplitter(folder=micro)


@pytest.mark.stanza
def test_stanza_cuts(stanza_splitter, micro, monkeypatch):
    from aligner.split import choose, describe

    text = "The cat sees a dog. The author \x92 writes a text!\nA reader finds a book?\n\nThe city"
    found = [text[a:b] for a, b in stanza_splitter.split(text, "en")]
    assert found == [
        "The cat sees a dog.", "The author \x92 writes a text!", "A reader finds a book?", "The city",
    ]  # fmt: skip
    step = describe(stanza_splitter, "en")
    assert step.name == "stanza"
    assert step.version
    assert dict(step.settings)["model"] == "en/micro"
    assert len(dict(step.settings)["md5"]) == 32
    monkeypatch.setenv("STANZA_RESOURCES_DIR", str(micro))
    assert choose("auto", "en").name == "stanza"
    assert choose("auto", "ru").name == "rules"


@pytest.mark.stanza
def test_stanza_invariants(stanza_splitter):
    @given(texts)
    def holds(text):
        check_all(stanza_splitter, text, "en")

    holds()


@pytest.mark.stanza
def test_stanza_blank_line(stanza_splitter):
    @given(texts, texts)
    @settings(max_examples=20)
    def holds(text, more):
        if not text.strip():
            return
        spans = stanza_splitter.split(text, "en")
        longer = stanza_splitter.split(text.rstrip() + "\n\n" + more, "en")
        assert longer[: len(spans)] == spans

    holds()


@pytest.mark.stanza
def test_stanza_in_threads(stanza_splitter):
    text = "The cat sees a dog. The author writes a text! " * 5
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: stanza_splitter.split(text, "en"), range(8)))
    assert all(answer == answers[0] for answer in answers)
