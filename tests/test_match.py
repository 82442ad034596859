"""Which passages are versions of one another: every layout, and nothing lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.detect import detect
from aligner.match import Matching, match
from aligner.match.files import pair_by_content
from aligner.match.labels import inline_label, label_role
from aligner.match.lists import in_section_language
from aligner.match.pieces import cut
from aligner.match.references import is_reference_list
from aligner.model import Block, Cell, Document, Segment, Span

EN = (
    "In 1987 Rustam Karimov left Samarkand with 340 letters and a map of the Zarafshan valley.",
    "The archive in Tashkent bought the letters from Maria Weber, a librarian, for 25 roubles.",
    "Doctor Alimov found the map 12 years later in a museum in Vienna, behind a portrait.",
    "Nobody knows who carried the remaining 58 letters to Istanbul during the winter of 1991.",
)
DE = (
    "Im Jahr 1987 verließ Rustam Karimov Samarkand mit 340 Briefen und einer Karte des Zarafshan.",
    "Das Archiv in Taschkent kaufte die Briefe von Maria Weber, einer Bibliothekarin, für 25 Rubel.",
    "Doktor Alimow fand die Karte 12 Jahre später in einem Museum in Wien, hinter einem Porträt.",
    "Niemand weiß, wer die übrigen 58 Briefe im Winter 1991 nach Istanbul gebracht hat.",
)
RU = (
    "В 1987 году Рустам Каримов покинул Самарканд с 340 письмами и картой долины Зарафшан.",
    "Архив в Ташкенте купил письма у Марии Вебер, библиотекаря, за 25 рублей.",
    "Доктор Алимов нашёл карту через 12 лет в музее в Вене, за портретом.",
    "Никто не знает, кто привёз остальные 58 писем в Стамбул зимой 1991 года.",
)
BODY = (
    "Bees need water in summer, and a shallow dish with pebbles is enough for a small garden.",
    "A wooden hive should face the morning sun and stand on legs, safe from ants and damp grass.",
    "Honey is harvested when most cells are closed with wax; the rest is left for the winter.",
)
TITLES = {"en": "The letters of Rustam Karimov", "de": "Die Briefe des Rustam Karimov",
          "ru": "Письма Рустама Каримова"}  # fmt: skip
TEXTS = {"en": EN, "de": DE, "ru": RU}
LABELS = {"en": "Abstract", "de": "Zusammenfassung", "ru": "Аннотация"}
WORDS = {"en": "letters, archive, Samarkand, maps", "de": "Briefe, Archiv, Samarkand, Karten",
         "ru": "письма, архив, Самарканд, карты"}  # fmt: skip


def document(*parts: tuple[str, str, str] | tuple[str, str, str, Cell]) -> tuple[Document, tuple]:
    """A document and its segments from (text, language, kind) blocks."""
    text, blocks, segments = "", [], []
    for part in parts:
        span = Span(len(text), len(text) + len(part[0]))
        text += part[0] + "\n\n"
        level = 1 if part[2] == "heading" else None
        blocks.append(Block(span, part[2], level=level, cell=part[3] if len(part) > 3 else None))
        segments.append(Segment(part[1], (span,), kind=part[2]))
    return Document("made", text, tuple(blocks)), tuple(segments)


def texts(document: Document, found: Matching) -> list[tuple[str, dict[str, str]]]:
    return [
        (
            each.parallel.role,
            {
                s.lang: " ".join(document.text[x.start : x.end] for x in s.spans)
                for s in each.parallel.segments
            },
        )
        for each in found.matches
    ]


def front(*, titles: bool = True, labels: dict[str, str] | None = None, words: bool = False):
    parts = []
    for lang in ("de", "ru", "en"):
        if titles:
            parts.append((TITLES[lang], lang, "heading"))
        if labels:
            parts.append((labels[lang], lang, "label"))
        parts.append((" ".join(TEXTS[lang]), lang, "paragraph"))
        if words:
            parts.append((WORDS[lang], lang, "paragraph"))
    return [*parts, *((" ".join(BODY[::step]), "en", "paragraph") for step in (1, -1, 2))]


@pytest.mark.parametrize("titles", [True, False])
@pytest.mark.parametrize("labels", [None, LABELS, dict.fromkeys(LABELS, "Trelbomi")])
def test_front_matter_with_a_body_in_one_language(titles, labels):
    made, segments = document(*front(titles=titles, labels=labels, words=titles))
    found = dict(texts(made, match([made], [segments])))
    assert found["abstract"] == {lang: " ".join(TEXTS[lang]) for lang in TEXTS}
    if titles:
        assert found["title"] == TITLES
        assert found["keywords"] == WORDS
    assert set(found) <= {"title", "abstract", "keywords"}


def test_a_label_in_another_language_goes_to_the_rest():
    made, segments = document(*front(labels=dict.fromkeys(LABELS, "Аннотация")))
    segments = tuple(
        Segment("ru", s.spans, kind=s.kind) if s.kind == "label" else s for s in segments
    )
    found = match([made], [segments])
    assert [s.lang for _, s in found.rest if s.kind == "label"] == ["ru"] * 3
    assert dict(texts(made, found))["abstract"]["de"] == " ".join(DE)


def test_an_inline_label_is_cut_off():
    parts = [
        (f"{LABELS[lang]}: {' '.join(TEXTS[lang])}", lang, "paragraph") for lang in ("ru", "en")
    ]
    made, segments = document(*parts, *((text, "en", "paragraph") for text in BODY))
    found = match([made], [segments])
    assert dict(texts(made, found))["abstract"] == {"ru": " ".join(RU), "en": " ".join(EN)}
    labels = [made.text[s.span.start : s.span.end] for _, s in found.rest if s.kind == "label"]
    assert labels == ["Аннотация:", "Abstract:"]


def test_whole_texts_with_chapters_have_barriers():
    parts = [
        part
        for lang in ("de", "ru", "en")
        for number, half in enumerate((TEXTS[lang][:2], TEXTS[lang][2:]), 1)
        for part in ((f"{number}. {half[0][:40]}", lang, "heading"), (" ".join(half), lang, "paragraph"))
    ]  # fmt: skip
    made, segments = document(*parts)
    found = match([made], [segments])
    [(role, by_lang)] = texts(made, found)
    assert role == "body"
    assert set(by_lang) == {"de", "ru", "en"}
    assert not found.rest
    assert tuple(made.text.index(t) for t in ("2. Doktor", "2. Доктор", "2. Doctor")) in (
        found.matches[0].barriers
    )


def test_interleaved_paragraphs_are_one_parallel_with_a_barrier_a_round():
    rows = zip(DE, RU, EN, strict=True)
    parts = [(t, g, "paragraph") for row in rows for g, t in zip(TEXTS_ORDER, row, strict=True)]
    made, segments = document(*parts)
    found = match([made], [segments])
    assert texts(made, found) == [("body", {lang: " ".join(TEXTS[lang]) for lang in TEXTS_ORDER})]
    assert found.matches[0].barriers == tuple((made.text.index(text),) * 3 for text in DE[1:])


TEXTS_ORDER = ("de", "ru", "en")


def test_interleaved_sentences_of_one_paragraph():
    text = " ".join(f"{de} {en}" for de, en in zip(DE, EN, strict=True))
    segments = [
        Segment(lang, (Span(text.index(t), text.index(t) + len(t)),))
        for pair in zip(DE, EN, strict=True)
        for lang, t in zip(("de", "en"), pair, strict=True)
    ]
    made = Document("one", text, (Block(Span(0, len(text))),))
    found = match([made], [segments])
    assert texts(made, found) == [("body", {"de": " ".join(DE), "en": " ".join(EN)})]
    assert found.matches[0].barriers == tuple((text.index(each),) * 2 for each in DE[1:])


def test_a_table_with_a_language_per_column():
    parts = [
        (text, lang, "cell", Cell(0, row, column))
        for row, pair in enumerate(zip(RU, EN, strict=True))
        for column, (lang, text) in enumerate(zip(("ru", "en"), pair, strict=True))
    ]
    intro = (" ".join(BODY), "en", "paragraph")
    made, segments = document(intro, *parts)
    found = match([made], [segments])
    assert texts(made, found) == [("body", {"ru": " ".join(RU), "en": " ".join(EN)})]
    assert len(found.matches[0].barriers) == 3
    assert len(found.rest) == 1


def test_separate_files_are_one_parallel():
    pairs = [document((" ".join(TEXTS[lang]), lang, "paragraph")) for lang in ("de", "en")]
    found = match([d for d, _ in pairs], [s for _, s in pairs])
    [one] = found.matches
    assert one.documents == tuple(d for d, _ in pairs)
    assert not found.rest


def test_files_are_paired_by_content():
    pairs = [
        document((" ".join(text), lang, "paragraph"))
        for lang, text in (("en", EN), ("en", BODY), ("de", DE), ("ru", RU))
    ]
    groups = pair_by_content([d for d, _ in pairs], [s for _, s in pairs])
    assert groups == ((0, 2, 3), (1,))


def test_one_language_is_said_clearly():
    made, segments = document(*((text, "en", "paragraph") for text in EN))
    found = match([made], [segments])
    assert not found.matches
    assert found.warnings == ("made: one language, nothing to align.",)


def test_an_abstract_missing_in_one_language():
    parts = [part for part in front(labels=LABELS) if part[0] != " ".join(RU)]
    made, segments = document(*parts)
    found = dict(texts(made, match([made], [segments])))
    assert found["abstract"] == {"de": " ".join(DE), "en": " ".join(EN)}
    assert found["title"] == TITLES


def test_a_quotation_stays_in_its_sentence():
    quote = "Rustam Karimov left"
    german = " ".join(DE).replace("verließ Rustam Karimov", f"„{quote}“ verließ Rustam Karimov")
    made, segments = document((german, "de", "paragraph"), (" ".join(EN), "en", "paragraph"))
    start = german.index(quote)
    parts = (Span(0, start), Span(start, start + len(quote)), Span(start + len(quote), len(german)))
    segments = (Segment("de", (parts[0], parts[2])), Segment("en", (parts[1],)), segments[1])
    found = match([made], [segments])
    [(_, by_lang)] = texts(made, found)
    assert by_lang["de"] == german
    assert not found.rest


def test_labels_are_known_whatever_their_dress():
    assert label_role("**АННОТАЦИЯ.**") == "abstract"
    assert label_role("Kalit soʻzlar:") == label_role("Kalit so'zlar") == "keywords"
    assert label_role("4. References") == "references"
    assert label_role("A summary of what happened") is None
    assert inline_label("Abstract. We show it.") == ("abstract", 10)
    assert inline_label("Abstract art is old.") is None


def test_reference_lists_are_known_without_a_label():
    items = [f"{n}. Doe J., Roe R. Bees and hives. Garden Press, {1990 + n}. – P. {n}–{n + 8}." for n in range(1, 6)]  # fmt: skip
    assert is_reference_list([*BODY, *items]) == 3
    assert is_reference_list(list(BODY)) is None


@st.composite
def papers(draw: st.DrawFn) -> tuple[Document, tuple[Segment, ...]]:
    """Any blocks in any languages, with segments that cut through them."""
    words = st.sampled_from([*EN[:2], *DE[:2], *RU[:2], "Abstract", "Keywords: a, b, c", "7", "–"])
    text, blocks, segments = "", [], []
    for number in range(draw(st.integers(1, 9))):
        part = draw(words)
        span = Span(len(text), len(text) + len(part))
        kind = draw(st.sampled_from(["paragraph", "heading", "item", "cell", "label", "note"]))
        cell = Cell(0, number // 2, number % 2) if kind == "cell" else None
        blocks.append(Block(span, kind, cell=cell))
        text += part + draw(st.sampled_from(["\n\n", "\n", "\n \n"]))
        middle = draw(st.integers(span.start, span.end))
        for a, b in ((span.start, middle), (middle, span.end)):
            if text[a:b].strip():
                lang = draw(st.sampled_from(["en", "de", "ru", "und", "zxx"]))
                segments.append(Segment(lang, (Span(a, b),), kind=kind))
    return Document("any", text, tuple(blocks)), tuple(segments)


@given(st.lists(papers(), min_size=1, max_size=3))
def test_nothing_is_lost_and_nothing_doubled(made):
    found = match([d for d, _ in made], [s for _, s in made])
    given_in = sorted(
        (id(d), i) for d, own in made for s in own for x in s.spans
        for i in range(x.start, x.end) if not d.text[i].isspace()
    )  # fmt: skip
    pairs = [
        *((d, s) for m in found.matches for d, s in zip(m.documents, m.parallel.segments, strict=True)),
        *found.rest,
    ]  # fmt: skip
    out = sorted(
        (id(d), i) for d, s in pairs for x in s.spans
        for i in range(x.start, x.end) if not d.text[i].isspace()
    )  # fmt: skip
    assert out == given_in
    assert found == match([d for d, _ in made], [s for _, s in made])


BEES = {
    "en": (
        "Petra Novak keeps 48 hives above Lake Bled and sells 900 jars of honey every autumn.",
        "In 2014 a bear broke into the garden and destroyed 7 hives within one night.",
        "Her neighbour, Marko Zupan, built an electric fence of 320 metres the following week.",
    ),
    "de": (
        "Petra Novak hält 48 Bienenstöcke über dem Bleder See und verkauft jeden Herbst 900 Gläser.",
        "Im Jahr 2014 brach ein Bär in den Garten ein und zerstörte 7 Stöcke in einer Nacht.",
        "Ihr Nachbar Marko Zupan baute in der Woche darauf einen Elektrozaun von 320 Metern.",
    ),
    "ru": (
        "Петра Новак держит 48 ульев над озером Блед и продаёт каждую осень 900 банок мёда.",
        "В 2014 году в сад забрался медведь и за одну ночь разорил 7 ульев.",
        "Её сосед Марко Зупан за следующую неделю поставил электрический забор в 320 метров.",
    ),
}


def _files(*listed: tuple[str, tuple[str, ...]]) -> tuple[list[Document], list[tuple]]:
    made = [document(*((part, lang, "paragraph") for part in text)) for lang, text in listed]
    return [each[0] for each in made], [each[1] for each in made]


STRANGER = (
    "Ein alter Leuchtturm braucht alle paar Sommer neue Farbe, und das Gerüst ist teurer als sie.",
    "Möwen stört das nicht; sie sitzen auf dem Geländer und sehen den Malern zu.",
)


@pytest.mark.parametrize("turn", range(7))
def test_files_of_two_texts_and_a_stranger_are_grouped(turn):
    listed = [("letters", lang, TEXTS[lang]) for lang in ("en", "de", "ru")]
    listed += [("bees", lang, BEES[lang]) for lang in ("ru", "en", "de")]
    listed.append(("stranger", "de", STRANGER))
    listed = listed[turn:] + listed[:turn]
    names = [name for name, *_ in listed]
    groups = pair_by_content(*_files(*((lang, text) for _, lang, text in listed)))
    wanted = {tuple(n for n, own in enumerate(names) if own == name) for name in names}
    assert set(groups) == wanted
    assert list(groups) == sorted(groups)


def test_two_texts_in_one_language_are_never_one_group():
    groups = pair_by_content(*_files(("en", EN), ("en", EN), ("de", DE)))
    assert sorted(map(len, groups)) == [1, 2]
    assert (0, 1) not in groups


def test_no_file_and_one_file_need_no_counterpart():
    assert pair_by_content([], []) == ()
    assert pair_by_content(*_files(("en", EN))) == ((0,),)


NAMES = {"en": "Samarkand, Vienna, Alimov, Zarafshan", "de": "Samarkand, Wien, Alimow, Serafschan"}


def _named(*langs: str) -> tuple[Document, tuple]:
    """Abstracts in German and English with keywords that were found to be in ``langs``."""
    parts = []
    for lang, taken in zip(("de", "en"), langs, strict=True):
        parts.append((LABELS[lang], lang, "label"))
        parts.append((" ".join(TEXTS[lang]), lang, "paragraph"))
        parts.append(("Keywords:", "en", "label"))
        parts.append((NAMES[lang], taken, "paragraph"))
    return document(*parts, *((text, "en", "paragraph") for text in BODY))


@pytest.mark.parametrize("langs", [("de", "en"), ("de", "de"), ("en", "en"), ("fi", "en")])
def test_a_list_of_names_is_in_the_language_of_its_abstract(langs):
    made, segments = _named(*langs)
    found = dict(texts(made, match([made], [segments])))
    assert found["keywords"] == NAMES


def test_lists_that_stand_together_keep_their_languages():
    parts = [
        (" ".join(DE), "de", "paragraph"),
        (" ".join(EN), "en", "paragraph"),
        ("Keywords:", "en", "label"),
        (NAMES["de"], "de", "paragraph"),
        ("Keywords:", "en", "label"),
        (NAMES["en"], "en", "paragraph"),
    ]
    pieces = in_section_language(cut(0, *document(*parts)))
    assert [piece.lang for piece in pieces if piece.text in NAMES.values()] == ["de", "en"]


def test_a_quoted_title_in_a_heading_is_no_version_of_it():
    title = "„Rustam Karimov“ und die Briefe aus Samarkand"
    parts = [(title, "de", "heading"), (" ".join(DE), "de", "paragraph")]
    parts += [(TITLES["en"], "en", "heading"), (" ".join(EN), "en", "paragraph")]
    made, segments = document(*parts, *((" ".join(BODY), "en", "paragraph") for _ in range(3)))
    end = title.index("“") + 1
    halves = (Segment("en", (Span(0, end),)), Segment("de", (Span(end, len(title)),)))
    found = dict(texts(made, match([made], [(*halves, *segments[1:])])))
    assert found["title"] == {"de": title, "en": TITLES["en"]}


WORD_LISTS = {
    "en": ("house", "window", "to write", "beautiful", "the day after tomorrow", "railway station"),
    "ru": ("дом", "окно", "писать", "красивый", "послезавтра", "железнодорожный вокзал"),
    "uz": ("uy", "deraza", "yozmoq", "chiroyli", "indinga", "temir yo'l vokzali"),
    "de": ("Haus", "Fenster", "schreiben", "schön", "übermorgen", "Bahnhof"),
    "fr": ("maison", "fenêtre", "écrire", "beau", "après-demain", "gare"),
}
CLAUSES = {
    "de": ("Der Vertrag tritt am Tag der Unterzeichnung in Kraft.",
           "Er gilt für die Dauer von fünf Jahren.",
           "Jede Partei kann ihn mit einer Frist von drei Monaten kündigen.",
           "Die Kündigung bedarf der Schriftform."),
    "en": ("The agreement enters into force on the day of signature.",
           "It applies for a period of five years.",
           "Either party may terminate it with three months' notice.",
           "Notice must be given in writing."),
    "ru": ("Договор вступает в силу в день подписания.",
           "Он действует в течение пяти лет.",
           "Каждая сторона может расторгнуть его, предупредив за три месяца.",
           "Уведомление направляется в письменной форме."),
    "uz": ("Shartnoma imzolangan kuni kuchga kiradi.",
           "U besh yil davomida amal qiladi.",
           "Har bir tomon uni uch oy oldin ogohlantirib bekor qilishi mumkin.",
           "Ogohlantirish yozma shaklda beriladi."),
}  # fmt: skip
SHORT = {"de": ("Ja.", "Nein, danke.", "Guten Tag!"), "en": ("Yes.", "No, thanks.", "Hello!"),
         "ru": ("Да.", "Нет, спасибо.", "Добрый день!")}  # fmt: skip


def lines(*listed: str, kind: str = "paragraph") -> Document:
    """A document of one block a line."""
    return document(*((line, "und", kind) for line in listed))[0]


def found_in(made: Document) -> tuple[Matching, list[tuple[str, dict[str, list[str]]]]]:
    """What matching finds in the languages that detection finds: role, and per language texts."""
    found = match([made], [detect(made)])
    listed = [
        (
            each.parallel.role,
            {
                s.lang.partition("-")[0]: [
                    text for x in s.spans for text in made.text[x.start : x.end].split("\n\n")
                ]
                for s in each.parallel.segments
            },
        )
        for each in found.matches
    ]
    return found, listed


@pytest.mark.parametrize("sign", [" — ", " – ", " - ", " = ", " : ", " / ", " | ", "\t"])
@pytest.mark.parametrize("langs", ["en ru", "en de", "de fr", "uz ru", "en ru uz"])
def test_a_list_of_words_is_a_body_of_a_round_a_line(sign, langs):
    words = {lang: WORD_LISTS[lang] for lang in langs.split()}
    rows = [sign.join(row) for row in zip(*words.values(), strict=True)]
    apart = lines(*rows)
    found, listed = found_in(apart)
    assert listed == [("body", {lang: list(own) for lang, own in words.items()})]
    assert found.matches[0].barriers == tuple(
        (block.span.start,) * len(words) for block in apart.blocks[1:]
    )
    assert {segment.lang for _, segment in found.rest} <= {"zxx"}
    _, in_one_block = found_in(lines("\n".join(rows)))
    assert in_one_block == listed


@pytest.mark.parametrize("stroke", [" / ", " // ", " | "])
@pytest.mark.parametrize("langs", ["ru en", "de en", "uz ru en"])
def test_clauses_with_a_stroke_between_the_languages(stroke, langs):
    tags = langs.split()
    heads = {"ru": "2. Арендная плата", "en": "Rent", "de": "2. Miete", "uz": "2. Ijara haqi"}
    rows = [stroke.join(row) for row in zip(*(CLAUSES[tag] for tag in tags), strict=True)]
    rows.insert(2, stroke.join(heads[tag] for tag in tags))
    _, listed = found_in(lines(*rows))
    assert listed == [
        ("body", {tag: [*CLAUSES[tag][:2], heads[tag], *CLAUSES[tag][2:]] for tag in tags})
    ]


def test_a_stroke_in_one_language_is_text():
    made = lines(
        "The trip to Baku / Azerbaijan was paid for by the firm and / or by the ministry.",
        "He drove at 90 km/h through the valley / over the pass, whichever was shorter.",
        "Baku / Azerbaijan",
    )
    assert [segment.lang for segment in detect(made)] == ["en"]


@pytest.mark.parametrize(
    "dress", ["{}: ", "[{}] ", "({}) ", "{} - ", "**{}:** ", "*{}*: ", "{name}: ", "{short}.: "]
)
@pytest.mark.parametrize("texts", [CLAUSES, SHORT])
def test_labels_that_name_a_language_are_no_text(dress, texts):
    names = {"de": ("Deutsch", "Dt"), "en": ("Englisch", "Engl"), "ru": ("Русский", "Рус")}
    labels = {
        tag: dress.format(tag.upper(), name=names[tag][0], short=names[tag][1]) for tag in names
    }
    rows = zip(*(texts[tag] for tag in names), strict=True)
    made = lines(
        *(labels[tag] + text for row in rows for tag, text in zip(names, row, strict=True))
    )
    found, listed = found_in(made)
    assert listed == [("body", {tag: list(texts[tag]) for tag in names})]
    assert {segment.lang for _, segment in found.rest} == {"zxx"}


def test_a_label_may_stand_behind_its_text_or_alone():
    behind = [f"{text} ({tag})" for row in zip(CLAUSES["de"], CLAUSES["en"], strict=True)
              for tag, text in zip(("de", "en"), row, strict=True)]  # fmt: skip
    assert found_in(lines(*behind))[1] == [
        ("body", {tag: list(CLAUSES[tag]) for tag in ("de", "en")})
    ]
    alone = document(
        *((text, "und", kind) for row in zip(SHORT["de"], SHORT["en"], strict=True)
          for name, part in zip(("DE:", "EN:"), row, strict=True)
          for text, kind in ((name, "label"), (part, "paragraph")))
    )[0]  # fmt: skip
    assert found_in(alone)[1] == [("body", {tag: list(SHORT[tag]) for tag in ("de", "en")})]


def test_names_of_countries_before_speeches_are_text():
    made = lines(
        "FR: We support the proposal of the Commission.",
        "DE: We oppose it for reasons of cost.",
        "EN: We have no position yet.",
        "FR: Then let us vote now, please.",
    )
    assert [segment.lang for segment in detect(made)] == ["en"]


@pytest.mark.parametrize("langs", ["de en", "en de", "uz ru en", "ru uz"])
def test_a_short_heading_is_in_the_language_of_what_follows(langs):
    word = {"de": "Kapitel", "en": "Chapter", "ru": "Глава", "uz": "Bob"}
    parts = [
        part
        for number in range(4)
        for tag in langs.split()
        for part in ((f"{word[tag]} {number + 1}", "und", "heading"),
                     (CLAUSES[tag][number], "und", "paragraph"))
    ]  # fmt: skip
    made = document(*parts)[0]
    _, [(role, by_lang)] = found_in(made)
    assert role == "body"
    for tag in langs.split():
        assert [text for text in by_lang[tag] if text.startswith(word[tag])] == [
            f"{word[tag]} {number}" for number in range(1, 5)
        ]


def test_a_list_of_references_is_in_one_piece():
    made = lines(
        *CLAUSES["ru"],
        *(f"{n}. Doe J. Пчёлы и ульи / J. Doe // Garden Press. – {1990 + n}. – P. {n}–{n + 8}."
          for n in range(1, 5)),
    )  # fmt: skip
    langs = [segment.lang for segment in detect(made)]
    assert langs == ["ru"]


def test_a_table_with_a_language_a_row():
    cells = [
        (text, "und", "cell", Cell(0, row, column))
        for row, tag in enumerate(("de", "en", "ru"))
        for column, text in enumerate((tag.upper(), *CLAUSES[tag]))
    ]
    made = document(*cells)[0]
    found, [(role, by_lang)] = found_in(made)
    assert role == "body"
    assert {tag: texts[-4:] for tag, texts in by_lang.items()} == {
        tag: list(CLAUSES[tag]) for tag in ("de", "en", "ru")
    }
    assert len(found.matches[0].barriers) == 4


def test_a_column_of_numbers_and_one_of_remarks_have_no_version():
    remarks = ("new", "see above", "new", "unchanged")
    cells = [
        (text, lang, "cell", Cell(0, row, column))
        for row in range(4)
        for column, (text, lang) in enumerate(
            ((str(row + 1), "zxx"), (CLAUSES["de"][row], "de"), (CLAUSES["en"][row], "en"),
             (remarks[row], "en"))
        )
    ]  # fmt: skip
    made, segments = document(*cells)
    found = match([made], [segments])
    assert texts(made, found) == [("body", {tag: " ".join(CLAUSES[tag]) for tag in ("de", "en")})]


FRONT_LINES = {
    "uz": """O'ZBEK TILIDA SON SO'Z TURKUMI
Annotatsiya. Ushbu maqolada sonlarning tuzilishi va imlosi tahlil qilinadi.
Kalit so'zlar: son, so'z turkumi, imlo, grammatika.""",
    "ru": """ИМЯ ЧИСЛИТЕЛЬНОЕ В УЗБЕКСКОМ ЯЗЫКЕ
Аннотация. В статье анализируются структура и правописание числительных.
Ключевые слова: числительное, часть речи, правописание, грамматика.""",
    "en": """NUMERALS IN THE UZBEK LANGUAGE
Abstract. The article analyses the structure and the spelling of numerals.
Keywords: numeral, part of speech, spelling, grammar.""",
}
UZBEK = (
    "Son narsaning miqdorini va tartibini bildiradi. Sonlar ma'no jihatdan ikki turga bo'linadi.",
    "Bu haqda tilshunoslar o'n yil oldin ham ko'p yozgan, ammo yangi asarlar kam uchraydi.",
    "Miqdor sonlar narsaning sanog'ini, tartib sonlar esa uning tartibini ko'rsatadi.",
)


def test_titles_under_one_another_and_keywords_right_under_the_abstract():
    fronts = {tag: text.split("\n", 1) for tag, text in FRONT_LINES.items()}
    made = document(
        ("\n".join(title for title, _ in fronts.values()), "und", "heading"),
        *((rest, "und", "paragraph") for _, rest in fronts.values()),
        *((text, "und", "paragraph") for text in UZBEK),
    )[0]
    _, listed = found_in(made)
    assert dict(listed)["title"] == {tag: [title] for tag, (title, _) in fronts.items()}
    assert "abstract" in dict(listed)
