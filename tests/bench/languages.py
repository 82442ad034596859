"""Languages, measured: snippets, mixed documents, gold papers, speed. Prints Markdown tables.

    python tests/bench/languages.py [--quick] [--seed N]

Reads ../shared/langid and ../shared/gold. Half of the lines were used to fit the few weights of the
default detector; the other half is reported beside the whole.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import time
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import mixed_documents as mixed

import aligner
from aligner.detect import detect, identify
from aligner.detect.combined import CombinedDetector

SHARED = Path(__file__).resolve().parents[3] / "shared"
CUTS = ("full", "c50", "c20", "c10", "w3", "w1")
SAME = {"hr": "hbs", "bs": "hbs", "sr": "hbs", "tl": "fil", "nb": "no", "yue": "zh", "wuu": "zh"}
FOCUS = ("uz", "az", "tr", "kk", "ky", "tg", "tk", "ru", "uk", "en")


def rows():
    text = (SHARED / "langid" / "dev.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.split("\n") if line]


def same(tag: str) -> str:
    base = tag.partition("-")[0]
    return SAME.get(base, base)


def held_out(data) -> set[str]:
    lines = sorted({row[3] for row in data}, key=int)
    random.Random(7).shuffle(lines)
    return set(lines[len(lines) // 2 :])


def macro(data, found, cut, kept=None):
    right = defaultdict(list)
    for (tag, _, its_cut, line), tag_found in zip(data, found, strict=True):
        if its_cut == cut and (kept is None or line in kept):
            right[tag].append(same(tag) == same(tag_found))
    return 100 * sum(sum(r) / len(r) for r in right.values()) / len(right)


def snippets(data) -> None:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    held = held_out(data)
    detector, other = CombinedDetector(), LanguageIdentifier.from_model_file(MODEL_FILE)
    ways = {
        "aligner": lambda texts: [r[0][0] for r in identify(texts, detector=detector)],
        "py3langid": lambda texts: [other.classify(text)[0] for text in texts],
    }
    found = {name: [""] * len(data) for name in ways}
    spent = {}
    for name, way in ways.items():
        way(["warm up"])
        for cut in CUTS:
            numbers = [n for n, row in enumerate(data) if row[2] == cut]
            start = time.process_time()
            tags = way([data[n][1] for n in numbers])
            spent[name, cut] = (time.process_time() - start) / len(numbers)
            for n, tag in zip(numbers, tags, strict=True):
                found[name][n] = tag
    found.update(_pycld2([row[1] for row in data]))
    print("\n| macro accuracy | " + " | ".join(CUTS) + " |")
    print("|---|" + "---|" * len(CUTS))
    for name, tags in found.items():
        for kept, which in ((None, "all"), (held, "held out")):
            cells = [f"{macro(data, tags, cut, kept):.1f}" for cut in CUTS]
            print(f"| {name}, {which} | " + " | ".join(cells) + " |")
    for name in ways:
        cells = [f"{1e6 * spent[name, cut]:.0f}" for cut in CUTS]
        print(f"| {name}, microseconds a text | " + " | ".join(cells) + " |")
    ratio = sum(spent["py3langid", cut] for cut in CUTS) / sum(
        spent["aligner", cut] for cut in CUTS
    )
    print(f"\nSpeed against py3langid, all cuts: {ratio:.2f}")
    print("\n| all cuts | " + " | ".join(FOCUS) + " |\n|---|" + "---|" * len(FOCUS))
    for name, tags in found.items():
        cells = []
        for lang in FOCUS:
            hits = [
                same(row[0]) == same(tag)
                for row, tag in zip(data, tags, strict=True)
                if row[0].split("-")[0] == lang
            ]
            cells.append(f"{100 * sum(hits) / len(hits):.1f}")
        print(f"| {name} | " + " | ".join(cells) + " |")
    declared(data)
    scripts(data, found["aligner"])


def written(tag: str) -> str:
    return (tag.split("-")[1:] or ["Latn"])[0]


def scripts(data, tags) -> None:
    """Where the tag writes the script and the language is right, the script must be, too."""
    pairs = [(row[0], tag) for row, tag in zip(data, tags, strict=True) if "-" in row[0]]
    wrong = [a for a, b in pairs if same(a) == same(b) and written(a) != written(b)]
    print(f"\nScript wrong: {len(wrong)} of {len(pairs)} ({', '.join(sorted(set(wrong)))})")


def declared(data) -> None:
    part = [row for row in data if row[0] in {"uz-Latn", "ru", "en", "az-Latn"}]
    rankings = identify([row[1] for row in part], langs=("uz", "ru", "en", "az"))
    found = [ranking[0][0] for ranking in rankings]
    cells = [f"{cut} {macro(part, found, cut):.1f}" for cut in CUTS]
    print("\nDeclared uz,ru,en,az: " + ", ".join(cells))


def _pycld2(texts):
    try:
        import pycld2
    except ImportError:
        return {}
    names = {"iw": "he", "no": "nb"}
    found = []
    for text in texts:
        try:
            code = pycld2.detect(text, bestEffort=True)[2][0][1]
        except pycld2.error:
            code = "un"
        found.append(names.get(code, code))
    return {"pycld2": found}


def documents(data, seeds: range) -> None:
    sentences = defaultdict(list)
    for tag, text, cut, _ in data:
        if cut == "full":
            sentences[tag].append(text)
    detector = CombinedDetector()
    print("\n| mixed documents | characters | boundary F1 |\n|---|---|---|")
    for kind in mixed.KINDS:
        right = total = hits = gold = found = 0
        for tags in mixed.SETS:
            for seed in seeds:
                draft = mixed.build(kind, tags.split(), sentences, seed)
                counted = _compared(draft, detect(draft.document("bench"), detector=detector))
                right, total = right + counted[0], total + counted[1]
                hits, gold, found = hits + counted[2], gold + counted[3], found + counted[4]
        f1 = 200 * hits / (gold + found)
        print(f"| {kind} | {100 * right / total:.2f} | {f1:.1f} |")


def _compared(draft, segments):
    spans = sorted((span, segment.lang) for segment in segments for span in segment.spans)
    got: list[str | None] = [None] * len(draft.text)
    for span, tag in spans:
        got[span.start : span.end] = [tag] * len(span)
    borders = [b[0].start for a, b in pairwise(spans) if a[1] != b[1]]
    right = total = 0
    for tag, found, char in zip(draft.tags(), got, draft.text, strict=True):
        if tag and not char.isspace():
            total += 1
            right += found is not None and same(tag) == same(found)
    gold = draft.borders()
    open_ = list(gold)
    hits = 0
    for border in borders:
        near = [place for place in open_ if abs(place - border) <= 3]
        if near:
            open_.remove(near[0])
            hits += 1
    return right, total, hits, len(gold), len(borders)


def gold_papers() -> None:
    right = total = 0
    for path in sorted((SHARED / "gold").glob("mixed_*/*.md")):
        document = aligner.read(path)
        got: list[str | None] = [None] * len(document.text)
        for segment in detect(document):
            for span in segment.spans:
                got[span.start : span.end] = [segment.lang] * len(span)
        position = 0
        key = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
        for block in key["blocks"]:
            start = document.text.find(block["text"], position)
            position = start + len(block["text"])
            if block["kind"] in {"label", "note"}:
                continue
            for i in range(start, position):
                if not document.text[i].isspace():
                    total += 1
                    right += (got[i] or "").split("-")[0] == block["lang"].split("-")[0]
    print(f"\ngold/mixed_*: language right in {100 * right / total:.2f} % of characters")


if __name__ == "__main__":
    everything = rows()
    if "--quick" not in sys.argv:
        snippets(everything)
        gold_papers()
    first = int(sys.argv[sys.argv.index("--seed") + 1]) if "--seed" in sys.argv else 0
    documents(everything, range(first, first + (1 if "--quick" in sys.argv else 2)))
    print(f"\nPeak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
