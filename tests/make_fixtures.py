"""Makes fixtures/documents from fixtures/paper.md with pandoc and LibreOffice (Debian packages).

    python tests/make_fixtures.py [FOLDER]

Word processors write other bytes from version to version, so the results are kept in the
repository and made again only when paper.md or this file changes.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAPER = ROOT / "fixtures" / "paper.md"
HEAD = "Proceedings of the Orchard Conference, Quva 2024"
NOTES = {
    "dug in the last century.": "The oldest map that shows them was drawn in 1903.",
    "within the reach": "",
    "for weeks.": "Both owners had been told of it twice.",
}
VOWELS = "aeiouаеёиоуыэюяəıöüАЕИОУ"

FLAT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls><style:font-face style:name="S"
 svg:font-family="'Liberation Serif'"/></office:font-face-decls>
<office:styles>
<style:default-style style:family="paragraph"><style:text-properties style:font-name="S"
 fo:font-size="10pt" fo:language="none" fo:country="none"/></style:default-style>
<style:style style:name="Standard" style:family="paragraph"><style:paragraph-properties
 fo:text-align="justify" fo:text-indent="{indent}" fo:orphans="2" fo:widows="2"/></style:style>
<style:style style:name="Heading" style:family="paragraph"><style:paragraph-properties
 fo:text-align="center" fo:margin-top="8pt" fo:margin-bottom="4pt" fo:keep-with-next="always"/>
 <style:text-properties fo:font-size="13pt" fo:font-weight="bold"/></style:style>
<style:style style:name="Plain" style:family="paragraph" style:parent-style-name="Standard">
 <style:paragraph-properties fo:text-indent="0cm" fo:text-align="start"/></style:style>
<style:style style:name="Footnote" style:family="paragraph"><style:text-properties
 fo:font-size="8pt"/></style:style>
<style:style style:name="Small" style:family="paragraph"><style:paragraph-properties
 fo:text-align="center"/><style:text-properties fo:font-size="8pt"/></style:style>
</office:styles>
<office:automatic-styles>
<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="I" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>
<style:style style:name="C" style:family="section"><style:section-properties
 text:dont-balance-text-columns="true"><style:columns
 fo:column-count="{columns}" fo:column-gap="0.7cm"/></style:section-properties></style:style>
<style:page-layout style:name="L"><style:page-layout-properties fo:page-width="21cm"
 fo:page-height="{height}" fo:margin-top="1.5cm" fo:margin-bottom="1.5cm" fo:margin-left="2cm"
 fo:margin-right="2cm"/><style:header-style><style:header-footer-properties
 fo:min-height="0.8cm" fo:margin-bottom="0.4cm"/></style:header-style><style:footer-style>
 <style:header-footer-properties fo:min-height="0.8cm" fo:margin-top="0.4cm"/></style:footer-style>
</style:page-layout>
{changes}
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L">
<style:header><text:p text:style-name="Small">{head}</text:p></style:header>
<style:footer><text:p text:style-name="Small"><text:page-number text:select-page="current">1</text:page-number></text:p></style:footer>
</style:master-page></office:master-styles>
<office:body><office:text>
{body}
</office:text></office:body></office:document>
"""


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "fixtures" / "documents"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        shutil.copy(PAPER, work / "paper.md")
        for ending in ("docx", "odt", "epub", "html"):
            pandoc(work, "paper.md", f"paper.{ending}")
        (work / "one.fodt").write_text(paper(columns=1, height="29.7cm"), encoding="utf-8")
        (work / "two.fodt").write_text(paper(columns=2, height="24cm"), encoding="utf-8")
        (work / "office.fodt").write_text(office(), encoding="utf-8")
        for source in ("one", "two"):
            office_program(work, f"{source}.fodt", "pdf")
            shutil.copy(work / f"{source}.pdf", folder / f"paper-{source}-columns.pdf")
        for ending in ("odt", "docx", "html"):
            office_program(work, "office.fodt", ending)
            shutil.copy(work / f"office.{ending}", folder / f"office.{ending}")
        for ending in ("docx", "odt", "epub", "html"):
            shutil.copy(work / f"paper.{ending}", folder)
        shutil.copy(work / "office.fodt", folder)
    with zipfile.ZipFile(folder / "both.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in (("en.txt", ENGLISH), ("ru.txt", RUSSIAN)):
            archive.writestr(zipfile.ZipInfo(part, (2024, 1, 1, 0, 0, 0)), text)
    (folder / "film.srt").write_text(SUBTITLES, encoding="utf-8")
    (folder / "film.vtt").write_text(WEBVTT, encoding="utf-8")


def pandoc(work, source, target):
    standalone = [] if target.endswith("docx") else ["-s"]
    run(work, "pandoc", *standalone, "-M", "lang=en", source, "-o", target)


def office_program(work, source, ending):
    filters = {"html": "html:HTML (StarWriter)", "docx": "docx:MS Word 2007 XML"}
    run(
        work, "soffice", "--headless", f"-env:UserInstallation=file://{work}/profile",
        "--convert-to", filters.get(ending, ending), source,
    )  # fmt: skip


def run(work, *command):
    subprocess.run(command, cwd=work, check=True, capture_output=True)


def paper(*, columns, height):
    """The paper as a flat ODT: front matter over the whole width, the body in columns."""
    chunks = PAPER.read_text(encoding="utf-8").strip().split("\n\n")
    start = next(n for n, c in enumerate(chunks) if c.startswith("**Introduction"))
    front = "\n".join(paragraph(c, columns) for c in chunks[:start])
    rest = "\n".join(paragraph(c, columns) for c in chunks[start:])
    body = f'{front}\n<text:section text:style-name="C" text:name="Body">{rest}</text:section>'
    return FLAT.format(
        body=body, columns=columns, head=HEAD, indent="0.5cm", height=height, changes=""
    )


def paragraph(chunk, columns):
    if match := re.match(r"(#+) (.*)", chunk):
        inner = inline(match.group(2))
        level = len(match.group(1))
        return f'<text:h text:style-name="Heading" text:outline-level="{level}">{inner}</text:h>'
    lines = chunk.split("\n") if re.match(r"\d+\. ", chunk) else [chunk]
    style = "Plain" if len(lines) > 1 or len(chunk) < 120 else "Standard"
    return "\n".join(
        f'<text:p text:style-name="{style}">{inline(soft(line) if columns > 1 else line)}</text:p>'
        for line in lines
    )


def inline(text):
    text = escape(re.sub(r"<(https?:[^>]*)>", r"\1", text), quote=False)
    text = re.sub(r"\*\*(.+?)\*\*", r'<text:span text:style-name="B">\1</text:span>', text)
    text = re.sub(r"\*(.+?)\*", r'<text:span text:style-name="I">\1</text:span>', text)
    for number, (after, note) in enumerate(NOTES.items(), start=1):
        plain = text.replace("\u00ad", "")
        if note and after in plain:
            at = position(text, after)
            text = text[:at] + footnote(number, note) + text[at:]
    return text


def position(text, after):
    """Where, in a text with soft hyphens, some words end."""
    pattern = "\u00ad?".join(re.escape(c) for c in after)
    return re.search(pattern, text).end()


def footnote(number, note):
    return (
        f'<text:note text:id="ftn{number}" text:note-class="footnote"><text:note-citation>'
        f'{number}</text:note-citation><text:note-body><text:p text:style-name="Footnote">'
        f"{note}</text:p></text:note-body></text:note>"
    )


def soft(line):
    """Soft hyphens between vowel and consonant + vowel, so that lines break inside words."""
    if re.search(r"https?:|@", line):
        return line
    return re.sub(
        rf"(?<=\w\w[{VOWELS}])(?=[^\W\d_{VOWELS}][{VOWELS}]\w)", "\u00ad", line
    )  # fmt: skip


ENGLISH = "The well is deep. Its water is cold in summer and warm in winter.\n"
RUSSIAN = "Колодец глубок. Летом вода в нём холодная, а зимой тёплая.\n"
SUBTITLES = """1
00:00:01,000 --> 00:00:03,500
<i>The well is deep,</i>

2
00:00:03,600 --> 00:00:05,000
and its water is cold
even in summer.

3
00:00:06,000 --> 00:00:08,000
- Who dug it?
- My grandfather.
"""
WEBVTT = """WEBVTT

NOTE made for tests

00:01.000 --> 00:03.500 align:start
The well is deep,

00:03.600 --> 00:05.000
and its water is cold.
"""


def office():
    """One of everything that word processors have: notes, table, list, box, tracked changes."""
    rows = [
        ("English", "Русский"),
        ("The well is deep.", "Колодец глубок."),
        ("Its water is cold in summer.", "Летом вода в нём холодная."),
    ]
    table = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
        + "</table:table-row>"
        for row in rows
    )
    body = f"""<text:tracked-changes><text:changed-region text:id="c1"><text:deletion>
<office:change-info><dc:creator>R</dc:creator><dc:date>2024-01-01T00:00:00</dc:date></office:change-info>
<text:p>shallow</text:p></text:deletion></text:changed-region>
<text:changed-region text:id="c2"><text:insertion><office:change-info><dc:creator>R</dc:creator>
<dc:date>2024-01-01T00:00:00</dc:date></office:change-info></text:insertion></text:changed-region>
</text:tracked-changes>
<text:h text:style-name="Heading" text:outline-level="1">The well</text:h>
<text:p>The well is <text:change text:change-id="c1"/><text:change-start text:change-id="c2"/>deep<text:change-end text:change-id="c2"/>, and it was dug{footnote(1, "By hand, in one winter.")} by my grandfather.</text:p>
<text:p><draw:frame draw:name="F" text:anchor-type="paragraph" svg:width="6cm" svg:height="2cm">
<draw:text-box><text:p>A box beside the text.</text:p></draw:text-box></draw:frame>The second paragraph has a box.</text:p>
<text:list><text:list-item><text:p>A bucket</text:p></text:list-item><text:list-item><text:p>A rope</text:p></text:list-item></text:list>
<table:table table:name="T"><table:table-column table:number-columns-repeated="2"/>{table}</table:table>
<text:p><text:span text:style-name="B">Result:</text:span> nobody is thirsty.</text:p>"""
    return FLAT.format(body=body, columns=1, head=HEAD, indent="0cm", height="29.7cm", changes="")


if __name__ == "__main__":
    main()
