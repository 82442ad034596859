"""Records of every shape the model allows, for properties that must hold for all of them."""

from __future__ import annotations

from hypothesis import strategies as st

from aligner.model import (
    FACTS,
    KINDS,
    ROLES,
    SOURCES,
    STATUSES,
    UNIT_KINDS,
    Alignment,
    Bead,
    Block,
    Cell,
    Corpus,
    Document,
    Fact,
    Parallel,
    Segment,
    Sentence,
    Span,
    Step,
    Version,
)

LANGS = ("uz-Latn", "ru", "en", "az-Latn", "az-Cyrl", "ar", "zh-Hant", "de-x-b", "th", "und", "zxx")

_ODD = (
    "]]>", "--", "<!--", "&amp;", "&#13;", "\r", "\r\n", "\t", "\n\n", " ", "  ", "\u00a0", "\u0085",
    "\u2028", "\u200f", "\u061c", "e\u0301\u0323", "\U0001f9d1\u200d\U0001f680", "\U00020000", "\ufeff",
    "\"'", "<s>", "ۋە", "שלום", "\u0e40\u0e01", "中文。", "\u00ad", "a", "B c", "3.5", "\u02bb", "\x7f\x9f",
)  # fmt: skip


def xml_characters() -> st.SearchStrategy[str]:
    """Every character XML 1.0 can carry."""
    allowed = st.characters(exclude_categories=("Cs",), exclude_characters="\ufffe\uffff")
    return allowed.filter(lambda c: c >= " " or c in "\t\n\r")


def texts(max_size: int = 12) -> st.SearchStrategy[str]:
    """Texts that XML can carry, rich in what breaks writers."""
    pieces = st.one_of(st.sampled_from(_ODD), st.text(xml_characters(), max_size=3))
    return st.lists(pieces, max_size=max_size).map("".join)


def spaces() -> st.SearchStrategy[str]:
    """White space as it stands between blocks."""
    return st.sampled_from(["\n\n", "\n", "\r\n\r\n", "", " ", "\n \t\n", "\u2029", "\u3000"])


@st.composite
def blocks(draw: st.DrawFn, span: Span) -> Block:
    """A block of this span: plain more often than not."""
    if draw(st.booleans()):
        return Block(span, draw(st.sampled_from(KINDS)))
    numbers = st.integers(0, 3)
    return Block(
        span,
        draw(st.sampled_from(KINDS)),
        lang_hint=draw(st.none() | st.sampled_from(LANGS) | texts(2)),
        level=draw(st.none() | st.integers(-1, 6)),
        cell=draw(st.none() | st.builds(Cell, numbers, numbers, numbers)),
        page=draw(st.none() | st.integers(0, 4)),
        place=draw(st.none() | st.sampled_from(["p12", "/html/body/p[3]"]) | texts(2)),
        style=draw(st.none() | st.sampled_from(["Body Text", "level-2", " a"]) | texts(2)),
        continues=draw(st.booleans()),
    )


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A document of up to six blocks, empty ones and marks among them."""
    text, made = draw(spaces()), []
    for piece in draw(st.lists(texts(6), max_size=6)):
        made.append(draw(blocks(Span(len(text), len(text) + len(piece)))))
        text += piece + draw(spaces())
    name = draw(st.sampled_from(["paper.md", "002 x.txt", "статья.txt", "a/b$1.html"]) | texts(2))
    return Document(name, text, tuple(made), tuple(draw(st.lists(facts(), max_size=3))))


def facts() -> st.SearchStrategy[Fact]:
    """Metadata of any name and value."""
    values = st.one_of(
        texts(3),
        st.sampled_from(
            ["translation", "unknown", "2024-05-17", "2024", "https://x.org/a b", "ru"]
        ),
        st.just("https://creativecommons.org/licenses/by/4.0/"),
    )
    return st.builds(Fact, st.sampled_from(FACTS), values, st.none() | st.sampled_from(LANGS))


@st.composite
def versions(draw: st.DrawFn, lang: str, document: Document, unit: str | None = None) -> Version:
    """A version whose units lie anywhere in the document, in order."""
    cuts = draw(st.sampled_from(["blocks", "anywhere"]))
    if cuts == "blocks" and document.blocks:
        chosen = draw(st.lists(st.sampled_from(document.blocks), max_size=4))
        spans = sorted({(b.span.start, b.span.end) for b in chosen})
        spans = [pair for span in spans for pair in draw(_halves(document, *span))]
    else:
        edges = sorted(draw(st.lists(st.integers(0, len(document.text)), max_size=10)))
        spans = list(zip(edges[::2], edges[1::2], strict=False))
    units = tuple(draw(_sentence(*span)) for span in spans)
    kind = unit or draw(st.sampled_from(UNIT_KINDS))
    return Version(draw(segments(lang, document)), document, units, kind)


@st.composite
def _halves(draw: st.DrawFn, document: Document, start: int, end: int) -> list[tuple[int, int]]:
    if end - start < 2 or draw(st.booleans()):
        return [(start, end)]
    middle = draw(st.integers(start, end))
    after = middle
    while after < end and document.text[after].isspace():
        after += 1
    return [(start, middle), (after, end)]


@st.composite
def _sentence(draw: st.DrawFn, start: int, end: int) -> Sentence:
    edges: list[int] = []
    if draw(st.integers(0, 5)) == 0:
        edges = sorted(draw(st.lists(st.integers(start, end), max_size=4)))
    holes = tuple(Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False))
    if draw(st.integers(0, 3)):
        return Sentence(Span(start, end), holes)
    names = st.sampled_from(["s1", "Obg.1.1", "paper.en.s1", "resp.aligner", "1:1", "tr"]) | texts(
        2
    )
    flags = st.booleans()
    return Sentence(Span(start, end), holes, draw(flags), draw(flags), draw(st.none() | names))


@st.composite
def segments(draw: st.DrawFn, lang: str, document: Document) -> Segment:
    """A segment of a document, with any confidence, source and alternatives."""
    edges = sorted(draw(st.lists(st.integers(0, len(document.text)), min_size=2, max_size=6)))
    spans = tuple(Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False))
    chance = st.floats(0, 1)
    others = st.lists(st.tuples(st.sampled_from(LANGS), chance), max_size=2)
    return Segment(
        lang,
        spans,
        draw(chance),
        draw(st.sampled_from(SOURCES)),
        tuple(draw(others)),
        draw(st.sampled_from((*KINDS, "references"))),
    )


@st.composite
def alignments(draw: st.DrawFn, pool: list[Document], *, crossing: bool | None = None) -> Alignment:
    """An alignment of one to six versions, of one document or of several."""
    langs = draw(st.lists(st.sampled_from(LANGS), min_size=1, max_size=6, unique=True))
    unit = draw(st.sampled_from(UNIT_KINDS))
    columns = [draw(versions(lang, draw(st.sampled_from(pool)), unit)) for lang in langs]
    sides: list[tuple[range, ...]] = []
    at = [0] * len(columns)
    while any(position < len(c.units) for position, c in zip(at, columns, strict=True)):
        sizes = [draw(st.integers(0, min(3, len(c) - p))) for p, c in zip(at, columns, strict=True)]
        if not any(sizes):
            sizes = [min(1, len(c) - p) for p, c in zip(at, columns, strict=True)]
        sides.append(tuple(range(p, p + n) for p, n in zip(at, sizes, strict=True)))
        at = [p + n for p, n in zip(at, sizes, strict=True)]
    if crossing is None:
        crossing = draw(st.booleans())
    if crossing and sides:
        shuffled = [draw(st.permutations(column)) for column in zip(*sides, strict=True)]
        sides = [side for side in zip(*shuffled, strict=True) if any(side)]
    return Alignment(tuple(columns), tuple(draw(_bead(side)) for side in sides), crossing)


@st.composite
def _bead(draw: st.DrawFn, sides: tuple[range, ...]) -> Bead:
    return Bead(
        sides,
        score=draw(st.floats(-9, 9)),
        confidence=draw(st.floats(0, 1)),
        status=draw(st.sampled_from(STATUSES)),
        resp=draw(st.sampled_from(["aligner", "Reviewer R", "D. Ö. <x>"]) | texts(2)),
    )


def _steps() -> st.SearchStrategy[Step]:
    names = st.sampled_from(["aligner", "py3langid", "rules:uz"]) | texts(2)
    settings = st.lists(st.tuples(texts(2), texts(2)), max_size=2).map(tuple)
    return st.builds(Step, names, st.sampled_from(["0.1.0", "2.0rc1+g1", ""]) | texts(1), settings)


@st.composite
def corpora(draw: st.DrawFn, *, crossing: bool | None = None) -> Corpus:
    """Any corpus: no parallel to three, rest versions, one document or several, metadata."""
    pool = draw(st.lists(documents(), min_size=1, max_size=3))
    aligned = draw(st.lists(alignments(pool, crossing=crossing), max_size=3))
    rest = [
        draw(versions(lang, draw(st.sampled_from(pool))))
        for lang in draw(st.lists(st.sampled_from(LANGS), max_size=3))
    ]
    parallels = tuple(
        Parallel(tuple(v.segment for v in a.versions), draw(st.sampled_from(ROLES)))
        for a in aligned
    )
    return Corpus(
        draw(texts(3)),
        parallels,
        tuple(aligned),
        tuple(rest),
        tuple(draw(st.lists(facts(), max_size=4))),
        tuple(draw(st.lists(_steps(), max_size=3))),
    )


def small_corpus() -> Corpus:
    """A paper of three languages: title, abstract with a 2-1-1 and a 0-0-1 bead, crossing keywords,
    an English paragraph that has no counterpart.
    """
    uz = "# Bog'dagi qushlar\n\nBog'da qushlar ko'p. Ular erta uyg'onadi. Keyin sayraydi.\n\n"
    ru = "# Птицы в саду\n\nВ саду много птиц. Они рано просыпаются и потом поют.\n\n"
    en = "# Birds in the garden\n\nThe garden is full of birds. They wake early and then sing. We like it."
    words = "\n\nqush turlari, bog' hayoti\n\nжизнь сада, виды птиц\n\nbird species, garden life\n\nA body of its own. It stands alone.\n"
    text = uz + ru + en + words
    found = [
        _span(text, piece) for piece in text.replace("# ", "\n\n").split("\n\n") if piece.strip()
    ]
    marks = [Block(Span(i, i + 2), "mark") for i, c in enumerate(text) if c == "#"]
    kinds = ("heading", "paragraph") * 3 + ("paragraph",) * 4
    made = [Block(s, kind) for s, kind in zip(found, kinds, strict=True)] + marks  # type: ignore[arg-type]
    document = Document("garden.md", text, tuple(sorted(made, key=lambda b: b.span.start)))

    def version(lang: str, pieces: list[str], kind: str = "sentence") -> Version:
        units = tuple(Sentence(_span(text, piece)) for piece in pieces)
        spans = (Span(units[0].span.start, units[-1].span.end),)
        return Version(
            Segment(lang, spans, 0.99, "detected", ((lang, 0.99),)), document, units, kind
        )  # type: ignore[arg-type]

    titles = ("Bog'dagi qushlar", "Птицы в саду", "Birds in the garden")
    tags = ("uz-Latn", "ru", "en")
    groups = [
        ([[t] for t in titles], "title", [(1, 1, 1)]),
        (
            [
                ["Bog'da qushlar ko'p.", "Ular erta uyg'onadi.", "Keyin sayraydi."],
                ["В саду много птиц.", "Они рано просыпаются и потом поют."],
                ["The garden is full of birds.", "They wake early and then sing.", "We like it."],
            ],
            "abstract",
            [(1, 1, 1), (2, 1, 1), (0, 0, 1)],
        ),
    ]
    parallels, aligned = [], []
    for pieces, role, shapes in groups:
        columns = tuple(version(tag, part) for tag, part in zip(tags, pieces, strict=True))
        at, beads = [0, 0, 0], []
        for shape in shapes:
            beads.append(
                Bead(tuple(range(p, p + n) for p, n in zip(at, shape, strict=True)), confidence=0.9)
            )
            at = [p + n for p, n in zip(at, shape, strict=True)]
        parallels.append(Parallel(tuple(c.segment for c in columns), role))  # type: ignore[arg-type]
        aligned.append(Alignment(columns, tuple(beads)))
    terms = (
        ["qush turlari", "bog' hayoti"],
        ["жизнь сада", "виды птиц"],
        ["bird species", "garden life"],
    )
    keys = tuple(version(t, ws, "keyword") for t, ws in zip(tags, terms, strict=True))
    crossing = (
        Bead((range(1), range(1, 2), range(1)), confidence=0.8),
        Bead((range(1, 2), range(1), range(1, 2)), status="confirmed", resp="Reviewer R"),
    )
    parallels.append(Parallel(tuple(k.segment for k in keys), "keywords"))
    aligned.append(Alignment(keys, crossing, crossing=True))
    rest = version("en", ["A body of its own.", "It stands alone."])
    recipe = (Step("aligner", "0.1.0", (("method", "lexicon"),)), Step("py3langid", "0.4.0"))
    about = (Fact("author", "N. N."), Fact("direction", "translation", "ru"))
    return Corpus("Birds", tuple(parallels), tuple(aligned), (rest,), about, recipe)


def _span(text: str, piece: str) -> Span:
    return Span(text.index(piece), text.index(piece) + len(piece))
