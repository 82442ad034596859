"""How often the right passages are found to be versions of one another; prints a table.

    python tests/bench/matching.py [--detect] [--errors] [--only LAYOUT]

Without ``--detect`` the languages of the blocks are taken from the key, so that what is measured is
the matching; with it the documents are read and their languages detected as a user's would be.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import layouts
from layouts import Sample

from aligner.lexicon import built_in
from aligner.match import Matching, match
from aligner.model import Block, Cell, Document, Segment, Span


def gold_document(sample: Sample) -> tuple[Document, tuple[Segment, ...]]:
    """The document and segments that perfect reading and detection would give."""
    blocks: list[Block] = []
    segments: list[Segment] = []
    position = 0
    for start, end, kind in _gaps(sample):
        for s, e in _marks(sample.text, position, start):
            blocks.append(Block(Span(s, e), "mark"))
        cell = None
        if kind == "cell":
            column = sum(
                1 for b in blocks if b.cell and sample.text.count("\n", b.span.start, start) == 0
            )
            cell = Cell(0, sample.text.count("\n", 0, start), column)
        level = 3 if kind == "heading" else None
        blocks.append(Block(Span(start, end), kind, level=level, cell=cell))  # type: ignore[arg-type]
        position = end
    for s, e in _marks(sample.text, position, len(sample.text)):
        blocks.append(Block(Span(s, e), "mark"))
    for start, end, lang, _, kind in sample.blocks:
        segments.append(Segment(lang, (Span(start, end),), kind=kind))  # type: ignore[arg-type]
    return Document(sample.name, sample.text, tuple(blocks)), tuple(segments)


def _gaps(sample: Sample) -> Iterator[tuple[int, int, str]]:
    """Blocks: neighbours on one line (sentences of a paragraph) are one, unless label or cell."""
    merged: list[list] = []
    for start, end, _, _, kind in sample.blocks:
        if (
            merged
            and kind == merged[-1][2] == "paragraph"
            and not sample.text[merged[-1][1] : start].strip(" ")
        ):
            merged[-1][1] = end
        else:
            merged.append([start, end, kind])
    for start, end, kind in merged:
        yield start, end, kind


def _marks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    gap = text[start:end]
    if gap.strip():
        lead = len(gap) - len(gap.lstrip())
        yield start + lead, start + len(gap.rstrip())


def detected(sample: Sample) -> tuple[Document, tuple[Segment, ...]]:
    """The document as read from a Markdown file, its languages as detected."""
    from aligner.detect import detect
    from aligner.read import read

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "paper.md")
        path.write_text(sample.text, encoding="utf-8")
        document = read(path)
    return document, detect(document)


def letters(text: str, spans: Iterable[tuple[int, int]]) -> set[int]:
    return {i for start, end in spans for i in range(start, end) if text[i].isalnum()}


def judge(sample: Sample, found: Matching) -> dict[str, bool]:
    """Per part: one match has all of it in every language and nothing else."""
    verdicts = {}
    for part in ("title", "abstract", "keywords", "body"):
        gold = gold_of(sample, part)
        if len(gold) < 2:
            continue
        verdicts[part] = any(fits(sample, gold, each, part) for each in found.matches)
    if not any(b[3] in {"title", "abstract", "keywords", "body"} for b in sample.blocks):
        verdicts["nothing"] = not found.matches
    return verdicts


def plain(tag: str) -> str:
    """The language, with its script where two scripts are two versions."""
    base, _, script = tag.partition("-")
    return f"{base}-{script or 'Latn'}" if base in {"uz", "az", "sr"} else base


def gold_of(sample: Sample, part: str) -> dict[str, set[int]]:
    gold: dict[str, set[int]] = defaultdict(set)
    for start, end, lang, own, _ in sample.blocks:
        if own == part:
            gold[plain(lang)] |= letters(sample.text, [(start, end)])
    return gold


def fits(sample: Sample, gold: dict[str, set[int]], each, part: str) -> bool:
    """Abstracts, titles, keywords exactly (2 % for detection); bodies to 90 % and nothing foreign."""
    own = {
        plain(s.lang): letters(sample.text, [(x.start, x.end) for x in s.spans])
        for s in each.parallel.segments
    }
    if set(own) != set(gold):
        return False
    if part != "body":
        return all(len(own[k] ^ gold[k]) <= 0.02 * len(gold[k]) for k in gold)
    allowed = {
        k: v | gold_of(sample, "title").get(k, set()) | gold_of(sample, "head").get(k, set())
        for k, v in gold.items()
    }
    return all(
        len(own[k] & gold[k]) >= 0.9 * len(gold[k])
        and len(own[k] - allowed[k]) <= 0.02 * len(own[k])
        for k in gold
    )


SETS = ("nway_de-fr-en", "nway_az-tr-en", "ntrex_long_ar-en", "ntrex_long_hi-en", "ntrex_long_zh-en",
        "dev:uz-Latn,ru,en", "dev:kk,ru,en", "dev:uz-Latn,uz-Cyrl,ru,en", "dev:ja,en", "dev:uk,pl", "dev:ka,hy,en")  # fmt: skip


SINGLE = ("by-sentence", "in-paragraph", "table", "short-chapters", "side-by-side", "labelled",
          "words", "alone", "unrelated", "unrelated-in-turn")  # fmt: skip


def sets(count: int, seed: int) -> Iterator[tuple[str, str, Iterable[Sample]]]:
    """(layout, labels, samples)."""
    for name in ("mixed_de-fr-en", "mixed_az-tr-en"):
        samples = [sample for sample, _ in layouts.mixed(name)]
        yield name, "own", samples
        yield name, "none", [layouts.bare(sample) for sample in samples]
        yield name, "unlisted", [layouts.relabelled(sample) for sample in samples]
    for layout in ("front", "front-late"):
        for labels in ("own", "other", "unlisted", "none"):
            yield layout, labels, _many(layout, labels, count, seed)
    for layout in ("sequence", "alternating", "by-paragraph"):
        for labels in ("own", "none"):
            yield layout, labels, _many(layout, labels, count, seed)
    for layout in SINGLE:
        yield layout, "none", _many(layout, "none", count, seed)


def _many(layout: str, labels: str, count: int, seed: int) -> Iterator[Sample]:
    for source in SETS:
        yield from layouts.documents(layout, source, count=count, labels=labels, seed=seed)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--detect", action="store_true")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--bare", action="store_true", help="without a lexicon")
    parser.add_argument("--only", default="")
    parser.add_argument("--count", type=int, default=6)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    print("| layout | labels | documents | title | abstract | keywords | body | none |")
    print("|---|---|---|---|---|---|---|---|")
    spent = 0.0
    lexicon = None if args.bare else built_in()
    for layout, labels, samples in sets(args.count, args.seed):
        if args.only not in layout:
            continue
        tally: dict[str, list[bool]] = defaultdict(list)
        total = 0
        for sample in samples:
            document, segments = detected(sample) if args.detect else gold_document(sample)
            started = time.process_time()
            found = match([document], [segments], lexicon=lexicon)
            spent += time.process_time() - started
            total += 1
            for part, right in judge(sample, found).items():
                tally[part].append(right)
                if args.errors and not right:
                    show(sample, found, part)
        cells = [
            share(tally.get(part)) for part in ("title", "abstract", "keywords", "body", "nothing")
        ]
        print(f"| {layout} | {labels} | {total} | " + " | ".join(cells) + " |", flush=True)
    print(f"\n{spent:.1f} CPU seconds in match.")


def share(rights: list[bool] | None) -> str:
    return f"{100 * sum(rights) / len(rights):.1f}" if rights else ""


def show(sample: Sample, found: Matching, part: str) -> None:
    print(f"--- {sample.name} {part}")
    gold = {b[0]: b for b in sample.blocks}
    marks: dict[int, str] = {}
    for number, each in enumerate(found.matches):
        for segment in each.parallel.segments:
            for start, (_, end, *_r) in gold.items():
                if any(s.start < end and start < s.end for s in segment.spans):
                    marks[start] = (
                        marks.get(start, "") + f" {number}:{each.parallel.role}:{segment.lang}"
                    )
    for start, end, lang, own, kind in sample.blocks:
        print(
            f"   {lang:8}{own:9}{kind:10}{end - start:5} {sample.text[start:end][:40]!r:44}{marks.get(start, '-')}"
        )


if __name__ == "__main__":
    main()
