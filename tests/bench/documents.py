"""CPU time and memory of every reader on a book of 300 pages, and the order of characters in PDF.

    python tests/bench/documents.py [FOLDER]

The book is made of the paragraphs of fixtures/paper.md with pandoc and LibreOffice, in FOLDER
(default: a temporary one); times are those of whole processes, imports included.
"""

from __future__ import annotations

import difflib
import random
import re
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ROOT / "fixtures" / "documents"
PAGES, CHARACTERS = 300, 3_000
ASKED = {"docx": 2.0, "pdf": 15.0}
READ = (
    "import resource, sys; from aligner.read import read; d = read(sys.argv[1]);"
    "u = resource.getrusage(resource.RUSAGE_SELF);"
    "print(len(d.text), len(d.blocks), round(u.ru_utime + u.ru_stime, 2), u.ru_maxrss // 1024)"
)


def book(folder: Path) -> None:
    """Write book.md, .docx, .odt, .epub, .html, .pdf where they are missing."""
    paragraphs = (ROOT / "fixtures" / "paper.md").read_text(encoding="utf-8").split("\n\n")
    long = [text for text in paragraphs if len(text) > 200]
    rng, parts, size = random.Random(1), [], 0
    while size < PAGES * CHARACTERS:
        if len(parts) % 12 == 0:
            parts.append(f"## Chapter {len(parts)}")
        parts.append(rng.choice(long))
        size += len(parts[-1])
    (folder / "book.md").write_text("\n\n".join(parts), encoding="utf-8")
    for ending in ("docx", "epub", "html"):
        run(folder, "pandoc", "-s", "-M", "title=Book", "book.md", "-o", f"book.{ending}")
    for ending in ("odt", "pdf"):
        profile = f"-env:UserInstallation=file://{folder}/profile"
        run(folder, "soffice", "--headless", profile, "--convert-to", ending, "book.docx")


def run(folder: Path, *command: str) -> None:
    if not (folder / command[-1]).exists() or command[0] == "soffice":
        subprocess.run(command, cwd=folder, check=True, capture_output=True)


def speeds(folder: Path) -> None:
    print("| file | characters | blocks | CPU s | asked | MB |\n|---|---|---|---|---|---|")
    for ending in ("md", "docx", "odt", "epub", "html", "pdf"):
        command = [sys.executable, "-c", READ, str(folder / f"book.{ending}")]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        characters, blocks, seconds, memory = done.stdout.split()
        asked = ASKED.get(ending, "")
        print(f"| book.{ending} | {characters} | {blocks} | {seconds} | {asked} | {memory} |")


def orders() -> None:
    from aligner.read import read

    def body(path: Path) -> str:
        document = read(path)
        kinds = ("heading", "label", "paragraph", "item")
        text = "".join(
            document.text[b.span.start : b.span.end] for b in document.blocks if b.kind in kinds
        )
        return re.sub(r"[*<>\s]", "", text)

    expected = body(ROOT / "fixtures" / "paper.md")
    print("\n| file | characters in the right order |\n|---|---|")
    for name in ("paper-one-columns.pdf", "paper-two-columns.pdf"):
        matcher = difflib.SequenceMatcher(None, expected, body(DOCUMENTS / name), autojunk=False)
        same = sum(block.size for block in matcher.get_matching_blocks())
        print(f"| {name} | {100 * same / len(expected):.2f} % |")


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if len(sys.argv) > 1:
        folder = Path(sys.argv[1])
        folder.mkdir(parents=True, exist_ok=True)
        book(folder)
        speeds(folder)
    else:
        with tempfile.TemporaryDirectory() as name:
            book(Path(name))
            speeds(Path(name))
    orders()


if __name__ == "__main__":
    main()
