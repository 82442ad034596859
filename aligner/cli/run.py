"""``aligner run``: documents in, one corpus file (or a folder of them) out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import click

from aligner import pipeline
from aligner.cli import Command, options, settings
from aligner.cli.output import check_free, deliver
from aligner.cli.progress import progress_bar
from aligner.cli.streams import given_file
from aligner.cli.tags import tags
from aligner.errors import AlignerError, InputError, OutputError
from aligner.model import Fact


@dataclass(frozen=True, slots=True)
class Job:
    """One corpus to make: its source files, their tags where the names say them, its output."""

    sources: tuple[Path, ...]
    langs: tuple[str, ...]
    output: Path


@click.command(cls=Command)
@click.argument("documents", nargs=-1, required=True, type=options.A_PATH)
@click.option(
    "-o",
    "--output",
    required=True,
    type=options.A_PATH,
    help="The file to make; for several documents, a folder.",
)
@click.option(
    "--langs",
    type=tags,
    default="",
    help="Languages to expect, as in uz,ru,en; any language otherwise.",
)
@click.option(
    "--to",
    "target",
    shell_complete=options.formats,
    help="The format; else by OUTPUT's ending, TEI in a folder.",
)
@options.SPLITTER
@click.option("--reader", help="How to read, as in web (main text of a page); else by content.")
@click.option(
    "--max-chars", type=int, help="Cut longer sentences at white space; else none is cut."
)
@options.ABBREVIATIONS
@options.UNIT
@options.METADATA
@click.option(
    "--tei",
    type=click.Choice(["embedded", "standoff"]),
    default="embedded",
    show_default=True,
    help="One TEI file, or one per version and alignment.",
)
@click.option(
    "--pair-by",
    type=click.Choice(["name", "content"]),
    default="name",
    show_default=True,
    help="How to find the files that are versions of one another.",
)
@options.LEXICON
@options.STRICT
@click.pass_context
def run(
    context: click.Context,
    /,
    documents: tuple[Path, ...],
    output: Path,
    langs: tuple[str, ...],
    target: str | None,
    metadata: Path | None,
    pair_by: Literal["name", "content"],
    abbreviations: Path | None,
    tei: str,
    strict: bool,
    **given: Any,
) -> None:
    """Read DOCUMENTS, find their languages, match, split, align, and write OUTPUT.

    Several documents in the same languages teach each other's words.
    """
    if abbreviations is not None:
        given["abbreviations"] = pipeline.abbreviations_from(abbreviations)
    facts = pipeline.facts_from_toml(metadata) if metadata else ()
    writing = {"format": target, "strict": strict, "tei": tei}
    if len(documents) == 1 and not documents[0].is_dir():
        job = Job(documents, langs, output)
        _make(context, job, facts, writing, given)
        return
    jobs = _jobs(context, documents, output, pair_by, langs, target)
    failures = _make_all(context, jobs, facts, writing, given)
    for complaint in failures:
        click.echo(f"aligner: {complaint}", err=True)
    if failures:
        click.echo(f"{len(failures)} of {len(jobs)} failed; the others are done.", err=True)
        context.exit(3)


def _jobs(
    context: click.Context,
    documents: tuple[Path, ...],
    folder: Path,
    pair_by: Literal["name", "content"],
    langs: tuple[str, ...],
    target: str | None,
) -> list[Job]:
    """Group the files, show the groups, and give each an output in the folder."""
    groups = pipeline.groups(documents, by=pair_by, langs=langs)
    if not groups:
        raise InputError(
            "there is no file to read",
            where=", ".join(map(str, documents)),
            do="Name files, or a folder that holds texts, Word, LibreOffice, HTML or PDF files",
        )
    if folder.exists() and not folder.is_dir():
        raise OutputError(
            "several documents need a folder to go to, and this is a file", where=str(folder)
        )
    folder.mkdir(parents=True, exist_ok=True)
    ending = f".{target}" if target and target != "tei" else ".xml"
    jobs = [Job(g.paths, g.langs or langs, folder / f"{g.name}{ending}") for g in groups]
    if settings(context).verbosity >= 0:
        for job in jobs:
            files = " + ".join(str(path) for path in job.sources)
            named = f" ({', '.join(job.langs)})" if job.langs else ""
            click.echo(f"{files}{named} -> {job.output}", err=True)
    return jobs


def _make_all(
    context: click.Context,
    jobs: list[Job],
    facts: tuple[Fact, ...],
    writing: dict[str, Any],
    given: dict[str, Any],
) -> list[str]:
    """Do several jobs; the complaints of those that failed, so that the others go on."""
    chosen = settings(context)
    complaints = []
    todo = []
    for job in jobs:
        try:
            check_free(job.output, chosen)
            todo.append(job)
        except AlignerError as error:
            complaints.append(str(error))
    tasks = [pipeline.Task(job.sources, job.langs) for job in todo]
    with progress_bar(shown=chosen.verbosity >= 0) as report:
        made = pipeline.run_together(tasks, metadata=facts, progress=report, **given)
        for job, corpus in zip(todo, made, strict=True):
            if isinstance(corpus, AlignerError):
                complaints.append(str(corpus))
                continue
            try:
                deliver(corpus, job.output, chosen, **_for(job.output, writing))
            except AlignerError as error:
                complaints.append(str(error))
    return complaints


def _make(
    context: click.Context,
    job: Job,
    facts: tuple[Fact, ...],
    writing: dict[str, Any],
    given: dict[str, Any],
) -> None:
    chosen = settings(context)
    check_free(job.output, chosen)
    with (
        given_file(job.sources) as sources,
        progress_bar(shown=chosen.verbosity >= 0) as report,
    ):
        source = sources[0] if len(sources) == 1 else sources
        corpus = pipeline.run(source, langs=job.langs, metadata=facts, progress=report, **given)
    deliver(corpus, job.output, chosen, **_for(job.output, writing))


def _for(output: Path, writing: dict[str, Any]) -> dict[str, Any]:
    """The options of writing that the format of an output knows."""
    if (writing["format"] or output.suffix) in {"tei", ".xml"}:
        return writing
    return {name: value for name, value in writing.items() if name != "tei"}
