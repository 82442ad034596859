"""Sentence vectors: from files, objects and models; found fast, never made up."""

from __future__ import annotations

import json
import time

import numpy as np
import pytest

import aligner
from aligner.align.guided import guided
from aligner.errors import EmbeddingError, ModelError, UnknownNameError, UsageError
from aligner.score.embedding import similarity
from aligner.score.vectors import vectors_of


def planted(count, *, seed=0, width=128, cosine=0.7, merge=0.1, cut=range(0)):
    """Vectors of two versions whose pairs have that cosine; merges are sums; beads as gold."""
    make = np.random.default_rng(seed)
    left = make.standard_normal((count, width)).astype(np.float32)
    left /= np.linalg.norm(left, axis=1, keepdims=True)
    noise = make.standard_normal((count, width)).astype(np.float32)
    noise /= np.linalg.norm(noise, axis=1, keepdims=True)
    right = cosine * left + np.sqrt(1 - cosine**2) * noise
    a, b, gold, i = [], [], [], 0
    while i < count:
        size = 2 if make.random() < merge and i + 1 < count and i not in cut else 1
        at = (len(a), len(b))
        if i in cut:
            a.append(left[i])
        elif size == 2 and make.random() < 0.5:
            a.append(left[i] + left[i + 1])
            b += [right[i], right[i + 1]]
        else:
            a += list(left[i : i + size])
            b.append(right[i : i + size].sum(axis=0))
        gold.append((range(at[0], len(a)), range(at[1], len(b))))
        i += size
    return np.array(a), np.array(b), [bead for bead in gold if bead[0] and bead[1]]


def found_share(beads, gold):
    known = set(beads)
    return sum(bead in known for bead in gold) / len(gold)


def test_planted_beads_are_found():
    a, b, gold = planted(300)
    assert found_share(guided(similarity(a, b)).beads, gold) >= 0.99


def test_long_texts_and_missing_chapters():
    a, b, gold = planted(3000, cut=range(1200, 1600))
    guided(similarity(a[:50], b[:50]))
    start = time.process_time()
    found = guided(similarity(a, b))
    assert time.process_time() - start < 5
    assert found_share(found.beads, gold) >= 0.99


def test_length_of_vectors_and_a_shared_part_change_nothing():
    a, b, gold = planted(120)
    scaled = similarity(a * 7 + 2, (b * np.linspace(1, 5, len(b))[:, None]).astype(np.float64))
    assert found_share(guided(scaled).beads, gold) > 0.9
    assert found_share(guided(similarity(a.astype(np.float16), b)).beads, gold) >= 0.99


def test_barriers_hold():
    a, b, _ = planted(40, merge=0.0)
    found = guided(similarity(a, b), barriers=[(10, 12)])
    assert any((x.stop, y.stop) == (10, 12) for x, y in found.beads)


def test_no_units_on_a_side():
    a, b, _ = planted(4)
    assert len(guided(similarity(a[:0], b)).beads) == len(b)


class Letters:
    """An encoder of the test's own: how often every letter stands in a text."""

    def encode(self, texts):
        return np.array([[t.count(chr(c)) for c in range(97, 123)] for t in texts], np.float32)


TEXTS = {
    "xa": ["Jakob liked bumblebees.", "Zoe quizzed the vixen.", "Mammoths hum."],
    "xb": ["bumblebees, liked Jakob", "vixen quizzed Zoe", "hum mammoths"],
}


@pytest.mark.parametrize("method", ["embedding", "auto"])
def test_an_object_that_encodes(method):
    alignment = aligner.align(TEXTS, method=method, embedder=Letters(), lexicon=False)
    assert [bead.shape for bead in alignment.beads] == ["1-1"] * 3


def test_vectors_beside_words_in_three_versions():
    texts = {**TEXTS, "xc": ["Jakob's liked bumblebees", "Zoe's vixen quizzed", "hum, mammoths"]}
    alignment = aligner.align(texts, embedder=Letters(), lexicon=False)
    assert [bead.shape for bead in alignment.beads] == ["1-1-1"] * 3


def test_files_of_vectors(tmp_path):
    a, b = (Letters().encode(units) for units in TEXTS.values())
    np.save(tmp_path / "a.npy", a)
    np.save(tmp_path / "b.npy", b)
    np.savez(tmp_path / "named.npz", xb=b, xa=a)
    np.savez(tmp_path / "plain.npz", a, b)
    for given in (
        f"{tmp_path}/a.npy,{tmp_path}/b.npy",
        tmp_path / "named.npz",
        tmp_path / "plain.npz",
    ):
        read = vectors_of(given, list(TEXTS.values()), langs=["xa", "xb"])
        assert np.array_equal(read[0], a)
        assert np.array_equal(read[1], b)


def bad_files(tmp_path):
    good = np.ones((3, 4), np.float32)
    empty = good.copy()
    empty[1] = np.nan
    np.save(tmp_path / "good.npy", good)
    (tmp_path / "raw.npy").write_bytes(good.tobytes())
    for name, made in {
        "short": good[:2], "overlaps": np.ones((12, 4), np.float32), "flat": np.ones(12, np.float32),
        "ints": np.ones((3, 4), int), "empty": empty, "wide": np.ones((3, 5), np.float32),
    }.items():  # fmt: skip
        np.save(tmp_path / f"{name}.npy", made)
    np.savez(tmp_path / "wrong.npz", de=good, fr=good)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("short.npy", "2 vectors for 3 units"),
        ("overlaps.npy", "4 overlaps"),
        ("flat.npy", r"shape \(12,\)"),
        ("ints.npy", "not floats"),
        ("empty.npy", "unit 1 is not finite"),
        ("wide.npy", "4 and 5 dimensions"),
        ("raw.npy", "no file of numpy"),
        ("none.npy", "no such file"),
    ],
)
def test_bad_vectors_are_told(tmp_path, name, message):
    bad_files(tmp_path)
    with pytest.raises(EmbeddingError, match=message):
        vectors_of(
            f"{tmp_path}/good.npy,{tmp_path}/{name}", list(TEXTS.values()), langs=["xa", "xb"]
        )


def test_wrong_names_and_numbers_are_told(tmp_path):
    bad_files(tmp_path)
    texts = list(TEXTS.values())
    with pytest.raises(EmbeddingError, match="no vectors for xa, xb"):
        vectors_of(tmp_path / "wrong.npz", texts, langs=["xa", "xb"])
    with pytest.raises(EmbeddingError, match="1 files of vectors for 2 versions"):
        vectors_of(tmp_path / "good.npy", texts, langs=["xa", "xb"])
    with pytest.raises(EmbeddingError, match="cannot encode"):
        vectors_of(object(), texts, langs=["xa", "xb"])
    with pytest.raises(UnknownNameError, match="neither"):
        vectors_of("nothing-of-that-name", texts, langs=["xa", "xb"])
    with pytest.raises(ModelError, match="no model"):
        vectors_of(tmp_path, texts, langs=["xa", "xb"])
    with pytest.raises(UsageError, match="needs vectors"):
        aligner.align(TEXTS, method="embedding")


def tiny_tokenizer():
    tokenizers = pytest.importorskip("tokenizers")
    words = [
        "[PAD]",
        "[UNK]",
        *sorted({w for units in TEXTS.values() for u in units for w in split(u)}),
    ]
    made = tokenizers.Tokenizer(
        tokenizers.models.WordLevel({word: n for n, word in enumerate(words)}, unk_token="[UNK]")
    )
    made.normalizer = tokenizers.normalizers.Lowercase()
    made.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    return made, len(words)


def split(text):
    return "".join(c if c.isalpha() else " " for c in text.lower()).split()


def aligned_by(embedder):
    alignment = aligner.align(TEXTS, method="embedding", embedder=embedder)
    return [bead.shape for bead in alignment.beads]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_static_model_of_ones_own(tmp_path):
    model2vec = pytest.importorskip("model2vec")
    tokenizer, size = tiny_tokenizer()
    table = np.random.default_rng(0).standard_normal((size, 32)).astype(np.float32)
    model2vec.StaticModel(table, tokenizer, config={}).save_pretrained(str(tmp_path / "model"))
    assert aligned_by(f"m2v:{tmp_path}/model") == ["1-1"] * 3
    assert aligned_by(str(tmp_path / "model")) == ["1-1"] * 3
    with pytest.raises(ModelError, match="not on this machine"):
        vectors_of("m2v:nobody/has-this-model", list(TEXTS.values()), langs=["xa", "xb"])


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_an_onnx_model_of_ones_own(tmp_path):
    onnx = pytest.importorskip("onnx")
    pytest.importorskip("onnxruntime")
    tokenizer, size = tiny_tokenizer()
    table = np.random.default_rng(0).standard_normal((size, 32)).astype(np.float32)
    helper = onnx.helper
    graph = helper.make_graph(
        [helper.make_node("Gather", ["table", "input_ids"], ["last_hidden_state"])],
        "tiny",
        [helper.make_tensor_value_info("input_ids", onnx.TensorProto.INT64, ["batch", "length"])],
        [helper.make_tensor_value_info("last_hidden_state", onnx.TensorProto.FLOAT, ["batch", "length", 32])],
        [onnx.numpy_helper.from_array(table, "table")],
    )  # fmt: skip
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    (tmp_path / "model").mkdir()
    onnx.save(model, str(tmp_path / "model" / "model.onnx"))
    with pytest.raises(ModelError, match=r"no tokenizer\.json"):
        aligned_by(f"onnx:{tmp_path}/model")
    tokenizer.save(str(tmp_path / "model" / "tokenizer.json"))
    assert aligned_by(f"onnx:{tmp_path}/model") == ["1-1"] * 3
    assert aligned_by(str(tmp_path / "model")) == ["1-1"] * 3


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_transformer_of_ones_own(tmp_path):
    sentence_transformers = pytest.importorskip("sentence_transformers")
    transformers = pytest.importorskip("transformers")
    from sentence_transformers import models

    tokenizer, size = tiny_tokenizer()
    fast = transformers.PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", model_max_length=64
    )
    config = transformers.BertConfig(
        vocab_size=size,
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
    )
    fast.save_pretrained(str(tmp_path / "bert"))
    transformers.BertModel(config).save_pretrained(str(tmp_path / "bert"))
    word = models.Transformer(str(tmp_path / "bert"))
    pooling = models.Pooling(32)
    made = sentence_transformers.SentenceTransformer(modules=[word, pooling], device="cpu")
    made.save(str(tmp_path / "model"))
    assert json.loads((tmp_path / "model" / "modules.json").read_text(encoding="utf-8"))
    read = vectors_of(str(tmp_path / "model"), list(TEXTS.values()), langs=["xa", "xb"])
    assert [len(part) for part in read] == [3, 3]
    assert vectors_of(f"st:{tmp_path}/model", [[], ["hum"]], langs=["xa", "xb"])[0].shape == (0, 32)
