"""Passages in another language inside a sentence, without any mark: how many are found.

    python tests/bench/passages.py [--seed N] [--each N] [--show]

Builds sentences of ../shared/langid/dev.tsv with the first or any words of a sentence in another
language of the same script put in, between two sentences of their own, and counts by the number
of words put in: passages of which four letters in five get their language, and sentences that lose
more than three letters in a hundred. Then the sentences alone, six to a document: every span in
another language is one too many. Near twins count as one language. Prints Markdown tables.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from languages import rows, same

from aligner.detect import detect
from aligner.detect.combined import CombinedDetector
from aligner.detect.scripts import main_script
from aligner.detect.tags import twins
from aligner.model import Block, Document, Span

WORDS = (3, 4, 5, 6, 7, 8, 10, 12)
POOLS = {"Latn": 0.65, "Cyrl": 0.25, "Arab": 0.06, "Deva": 0.04}
_MARKS = re.compile(r"[“”«»„\".!?।؟]")


def document(paragraphs: list[str]) -> Document:
    text, blocks = "", []
    for paragraph in paragraphs:
        blocks.append(Block(Span(len(text), len(text) + len(paragraph)), "paragraph"))
        text += paragraph + "\n\n"
    return Document("bench", text, tuple(blocks))


def alike(one: str, other: str) -> bool:
    base = one.partition("-")[0]
    return same(one) == same(other) or base in twins(other)


def found_tags(made: Document, detector: CombinedDetector) -> list[str | None]:
    tags: list[str | None] = [None] * len(made.text)
    for segment in detect(made, detector=detector):
        for span in segment.spans:
            tags[span.start : span.end] = [segment.lang] * len(span)
    return tags


def one(draw: random.Random, by_tag, pools, place: str, count: int):
    """Languages, text before, passage, text after; None for a draw that does not fit."""
    pool = draw.choices(list(pools.values()), [POOLS[script] for script in pools])[0]
    host, guest = draw.sample(pool, 2)
    words, foreign = draw.choice(by_tag[host]).split(), draw.choice(by_tag[guest]).split()
    if alike(host, guest) or len(words) < 10 or len(foreign) < count:
        return None
    start = draw.randint(0, len(foreign) - count) if place == "inside" else 0
    at = draw.randint(3, len(words) - 3) if place == "inside" else 0
    passage = " ".join(_MARKS.sub("", word) for word in foreign[start : start + count]).strip()
    before, after = draw.sample(by_tag[host], 2)
    return (
        (host, guest),
        " ".join([before, *words[:at]]) + " ",
        passage,
        " " + " ".join([*words[at:], after]),
    )


def passages(by_tag, detector, seed: int, each: int) -> None:
    pools = defaultdict(list)
    for tag, sentences in by_tag.items():
        if main_script(sentences[0]) in POOLS:
            pools[main_script(sentences[0])].append(tag)
    print("\n| words put in | " + " | ".join(map(str, WORDS)) + " |")
    print("|---" * (len(WORDS) + 1) + "|")
    for place in ("inside", "before"):
        hits, harmed = [], []
        for count in WORDS:
            draw = random.Random(f"{seed} {place} {count}")
            right = worse = made = 0
            while made < each:
                drawn = one(draw, by_tag, pools, place, count)
                if drawn is None:
                    continue
                made += 1
                (host, guest), before, passage, after = drawn
                text = before + passage + after
                tags = found_tags(document([text]), detector)
                within = range(len(before), len(before) + len(passage))
                own = [alike(tags[i] or "", guest) for i in within if text[i].isalpha()]
                rest = [i for i in range(len(text)) if i not in within and text[i].isalpha()]
                right += sum(own) > 0.8 * len(own)
                worse += sum(not alike(tags[i] or "", host) for i in rest) > 0.03 * len(rest)
            hits.append(f"{100 * right / each:.0f}")
            harmed.append(f"{100 * worse / each:.0f}")
        print(f"| {place} a sentence: found | " + " | ".join(hits) + " |")
        print(f"| {place} a sentence: sentence harmed | " + " | ".join(harmed) + " |", flush=True)


def alone(by_tag, detector, *, show: bool) -> None:
    extra, total = [], 0
    for tag, sentences in by_tag.items():
        for start in range(0, len(sentences), 6):
            part = sentences[start : start + 6]
            made = document([" ".join(part[:3]), " ".join(part[3:])])
            total += len(part)
            for segment in detect(made, detector=detector):
                if segment.lang != "zxx" and not alike(segment.lang, tag):
                    extra += [
                        (tag, segment.lang, made.text[s.start : s.end]) for s in segment.spans
                    ]
    print(f"\nSpans too many in {total} sentences of {len(by_tag)} tags: {len(extra)}")
    for item in extra if show else ():
        print(*item)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--each", type=int, default=200)
    parser.add_argument("--show", action="store_true")
    args = parser.parse_args()
    by_tag = defaultdict(list)
    for tag, text, cut, _ in rows():
        if cut == "full":
            by_tag[tag].append(text)
    detector = CombinedDetector()
    passages(by_tag, detector, args.seed, args.each)
    alone(by_tag, detector, show=args.show)


if __name__ == "__main__":
    main()
