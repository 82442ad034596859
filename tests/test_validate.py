"""Every check has a file that only it rejects: one valid corpus, changed in one place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from strategies import small_corpus

import aligner
from aligner.cli.validate import validate as command
from aligner.errors import AlignerError, UnsafeInputError
from aligner.formats.rules import LIGHT, MEND
from aligner.formats.validate import validate

EN3 = '<s xml:id="garden.en.s3" source="d1:202,232">They wake early and then sing.</s>'
EN4 = '<s xml:id="garden.en.s4" source="d1:233,244">We like it.</s>'
LINK1 = 'type="1-1-1" target="#garden.uz.s2 #garden.ru.s2 #garden.en.s2"'
LINK2 = 'type="2-1-1" target="#garden.uz.s3 #garden.uz.s4 #garden.ru.s3 #garden.en.s3"'
NULL = '<ptr xml:id="garden.al2.3" type="0-0-1" target="#garden.en.s4" cert="0.9" resp="#resp.aligner"/>\n'
ZONES = 'domains="#garden.uz.abstract #garden.ru.abstract #garden.en.abstract"'


def swap_lines(text: str) -> str:
    first = re.search(r'<link xml:id="garden.al2.1" .*\n', text)[0]
    second = re.search(r'<link xml:id="garden.al2.2" .*\n', text)[0]
    return text.replace(first + second, second + first)


def change(old: str, new: str, count: int = 1):
    def mutate(text: str) -> str:
        assert text.count(old) == count, f"{old} is there {text.count(old)} times"
        return text.replace(old, new)

    return mutate


MUTANTS = [
    ("schema", change("<authority>not stated</authority>\n<idno", "<aut>not stated</aut>\n<idno", 3)),
    ("schema", change('cert="0.8"', 'cert="1.99"')),
    ("schema", change('cert="0.8"', 'cert="NaN"')),
    ("id.duplicate", change('xml:id="garden.ru.front"', 'xml:id="garden.uz.front"')),
    ("id.prefix", change('xml:id="garden.ru.front"', 'xml:id="other.ru.front"')),
    ("pointer.dangling", change('<s xml:id="garden.en.s5"', '<s corresp="#garden.en.s99" xml:id="garden.en.s5"')),
    ("pointer.dangling", change('"0-0-1" target="#garden.en.s4" cert="0.9" resp="#resp.aligner"', '"0-0-1" target="#garden.en.s4" cert="0.9" resp="#resp.nobody"')),
    ("pointer.file", change('<s xml:id="garden.en.s5"', '<s corresp="gone.xml#a" xml:id="garden.en.s5"')),
    ("pointer.prefix", change('<p source="d1:323,359">', '<p source="d7:323,359">')),
    ("lang.undeclared", change('<s xml:id="garden.en.s5"', '<s xml:lang="fr" xml:id="garden.en.s5"')),
    ("lang.tag", lambda t: t.replace('ident="en"', 'ident="en-a-b-1"').replace('xml:lang="en"', 'xml:lang="en-a-b-1"')),
    ("group.domains", change('domains="#garden.uz.title #garden.ru.title #garden.en.title"', 'domains="#garden.uz.title #garden.uz.title"')),
    ("link.outside", change(NULL, NULL.replace("en.s4", "en.s5"))),
    ("link.unit", change(LINK1, LINK1.replace("#garden.en.s2", "#garden.en.abstract"))),
    ("link.language", change('<s xml:id="garden.en.s3"', '<s xml:lang="ru" xml:id="garden.en.s3"')),
    ("link.repeat", change(LINK1, LINK1.replace("#garden.ru.s2", "#garden.ru.s2 #garden.ru.s2"))),
    ("link.self", change(LINK1, LINK1.replace('target="', 'target="#garden.al2.1 '))),
    ("link.type", change(LINK1, LINK1.replace("1-1-1", "1-2-1"))),
    ("link.order", change(LINK1, LINK1.replace("#garden.uz.s2 #garden.ru.s2", "#garden.ru.s2 #garden.uz.s2"))),
    ("link.sequence", change(LINK2, LINK2.replace("#garden.uz.s3 #garden.uz.s4", "#garden.uz.s4 #garden.uz.s3"))),
    ("link.crossing", swap_lines),
    ("link.arity", change(NULL, NULL.replace("<ptr", "<link"))),
    ("unit.empty", change(EN4, '<s xml:id="garden.en.s4"> </s>')),
    ("unit.nested", lambda t: t.replace("It stands", "It <s>stands</s>").replace('unit="s" quantity="6"', 'unit="s" quantity="7"')),
    ("unit.id", lambda t: t.replace(NULL, "").replace(EN4, EN4.replace(' xml:id="garden.en.s4"', ""))),
    ("unit.twice", change(NULL, NULL + NULL.replace("al2.3", "al2.4"))),
    ("unit.unlinked", change(NULL, "")),
    ("unit.source", change("We like it.", "We liked it.")),
    ("extent.count", change('unit="s" quantity="6"', 'unit="s" quantity="7"')),
    ("link.gap", lambda t: t.replace(LINK1, LINK1.replace("1-1-1", "2-1-1").replace("uz.s2", "uz.s2 #garden.uz.s4")).replace(LINK2, LINK2.replace("2-1-1", "1-1-1").replace(" #garden.uz.s4", ""))),
    ("group.projection", change('<link xml:id="garden.al1.uz-ru.1" type="1-1" target="#garden.uz.s1 #garden.ru.s1" cert="0.9" resp="#resp.aligner"/>', '<ptr xml:id="garden.al1.uz-ru.1" type="1-0" target="#garden.uz.s1" cert="0.9" resp="#resp.aligner"/>\n<ptr xml:id="garden.al1.uz-ru.2" type="0-1" target="#garden.ru.s1" cert="0.9" resp="#resp.aligner"/>')),
    ("text.control", change("We like it.", "We like i\x80.")),
    ("text.direction", change("We like it.", "We like i\u202e.")),
    ("xml.form", change("</teiCorpus>", "</teiCorpu>")),
]  # fmt: skip


@pytest.fixture(scope="module")
def valid(tmp_path_factory) -> str:
    path = tmp_path_factory.mktemp("valid") / "garden.xml"
    aligner.write(small_corpus(), path, pairs=True)
    assert validate(path) == ()
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("rule", "mutate"), MUTANTS, ids=[rule for rule, _ in MUTANTS])
def test_a_file_that_only_this_check_rejects(rule, mutate, valid, tmp_path):
    path = tmp_path / "garden.xml"
    text = valid if rule == "group.projection" else _without_pairs(valid)
    path.write_text(mutate(text), encoding="utf-8")
    problems = validate(path)
    assert {problem.rule for problem in problems} == {rule}, problems
    assert all(problem.line > 1 and problem.file == "garden.xml" for problem in problems)
    assert any(problem.grave for problem in problems) == (rule not in LIGHT)


def _without_pairs(text: str) -> str:
    return re.sub(r'<linkGrp xml:id="garden.al\d\.(?s:.*?)</linkGrp>\n', "", text)


def test_every_rule_has_a_mutant():
    assert {rule for rule, _ in MUTANTS} == set(MEND)


def test_exit_codes_and_messages(valid, tmp_path):
    good, bad = tmp_path / "good.xml", tmp_path / "bad.xml"
    good.write_text(valid, encoding="utf-8")
    bad.write_text(valid.replace(LINK1, LINK1.replace("1-1-1", "3-1-1"), 1), encoding="utf-8")
    assert CliRunner().invoke(command, [str(good)]).exit_code == 0
    result = CliRunner().invoke(command, [str(bad)])
    assert result.exit_code == 4
    assert re.search(r"bad\.xml:\d+: link\.type: .*says 3-1-1 and is 1-1-1\. .*\.", result.output)
    listed = CliRunner().invoke(command, ["--json", str(bad)])
    assert '"rule": "link.type"' in listed.output


def test_standoff_sets_and_their_parts_are_valid(tmp_path):
    path = tmp_path / "garden.corpus.xml"
    aligner.write(small_corpus(), path, tei="standoff", pairs=True)
    for each in sorted(tmp_path.iterdir()):
        assert validate(each) == (), each
    (tmp_path / "garden.ru.xml").unlink()
    assert {problem.rule for problem in validate(path)} == {"pointer.file"}


def test_duplicate_ids_are_seen_across_files(tmp_path):
    path = tmp_path / "garden.corpus.xml"
    aligner.write(small_corpus(), path, tei="standoff")
    russian = tmp_path / "garden.ru.xml"
    text = russian.read_text(encoding="utf-8")
    russian.write_text(text.replace('"garden.ru.front"', '"garden.uz.front"'), encoding="utf-8")
    assert [problem.rule for problem in validate(path)] == ["id.duplicate"]


def test_the_samples_of_the_format_are_valid(shared: Path):
    for path in sorted((shared / "tei-samples").rglob("*.xml")):
        assert validate(path) == (), path


def test_long_files_are_checked_in_batches(tmp_path, monkeypatch):
    monkeypatch.setattr("aligner.formats.schema._BATCH", 7)
    monkeypatch.setattr("aligner.formats.schema._WHOLE", 0)
    links = "".join(f'<ptr target="#s{i}"/>' for i in range(100))
    texts = "\n".join(f'<p><s xml:id="s{i}">A.</s></p>' for i in range(100))
    head = "<fileDesc><titleStmt><title/></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc>"
    text = (
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader>{head}</teiHeader>'
        f"<text><body>\n<div>{texts}</div></body></text><standOff><linkGrp>{links}</linkGrp></standOff></TEI>"
    )
    listed = "".join(f"<bibl>{i}</bibl>" for i in range(30))
    path = tmp_path / "long.xml"
    path.write_text(text.replace("</div>", f"<listBibl>{listed}</listBibl></div>"))
    assert validate(path) == ()
    path.write_text(text)
    assert validate(path) == ()
    path.write_text(text.replace('<s xml:id="s57">', '<s xml:id="s57" bad="1">'))
    assert [(p.rule, p.line) for p in validate(path)] == [("schema", 59)]


BOMB = """<?xml version="1.0"?>
<!DOCTYPE TEI [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>
<TEI xmlns="http://www.tei-c.org/ns/1.0"><text>&c;</text></TEI>"""
OUTSIDE = """<!DOCTYPE TEI [<!ENTITY x SYSTEM "file:///etc/hostname">]>
<TEI xmlns="http://www.tei-c.org/ns/1.0"><text>&x;</text></TEI>"""


@pytest.mark.parametrize(
    "text", [BOMB, OUTSIDE, "<a>" * 100_000, '<TEI a="' + "x" * 20_000_000 + '"/>']
)
def test_hostile_files_are_refused(text, tmp_path):
    path = tmp_path / "bad.xml"
    path.write_text(text)
    for door in (validate, aligner.load):
        with pytest.raises(UnsafeInputError):
            door(path)


@pytest.mark.parametrize(
    "href", ["http://example.org/a.xml", "../x.xml", "/etc/passwd", "corpus.xml", "", "no.xml"]
)
def test_includes_reach_nowhere_else(href, tmp_path):
    path = tmp_path / "corpus.xml"
    path.write_text(
        '<teiCorpus xmlns="http://www.tei-c.org/ns/1.0" xmlns:xi="http://www.w3.org/2001/XInclude">'
        f'<xi:include href="{href}"/></teiCorpus>'
    )
    with pytest.raises(AlignerError):
        aligner.load(path)
