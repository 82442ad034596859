"""``validate``: whether a TEI corpus keeps our profile, and means what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aligner.errors import InputError, InvalidFileError
from aligner.formats.rules import Problem, Report
from aligner.safexml import scan

if TYPE_CHECKING:
    from pathlib import Path

    from aligner.formats.group import GroupCheck
    from aligner.formats.survey import Survey

__all__ = ["Problem", "validate"]


def validate(path: Path, *, most: int = 50) -> tuple[Problem, ...]:
    """Check a TEI file and those it includes: schema, pointers, and the meaning of the links.

    Out: the problems by file and line, at most ``most`` of each rule; empty if there are none.
    A problem that is not ``grave`` leaves the file valid. Raises InputError if the file cannot be
    read, UnsafeInputError if it must not be.
    """
    if path.is_dir() or not path.exists():
        what = "this is a folder" if path.is_dir() else "there is no such file"
        raise InputError(what, where=str(path), do="Name a TEI file")
    report = Report(most)
    try:
        _check(path, report)
    except InvalidFileError as error:
        line = (error.where or "").rpartition(":")[2]
        rule = "xml.form" if "well-formed" in error.what else "pointer.file"
        what = error.what + (f": {error.why}" if error.why else "")
        report.add(rule, path.name, int(line) if line.isdigit() else 1, what.rstrip("."))
    return report.problems


def _check(path: Path, report: Report) -> None:
    from aligner.formats.schema import check_schema
    from aligner.formats.survey import Survey, check_languages

    survey = Survey(report)
    paths = _survey(path, survey)
    if survey.root and not survey.root.startswith(("teiCorpus", "TEI")):
        shown = survey.root.rpartition("}")[2]
        report.add("schema", path.name, 1, f"this is no TEI file: its root is {shown}")
        return
    for each in paths:
        check_schema(each, report)
    check_languages(survey)
    _check_links(paths, survey)


def _survey(path: Path, survey: Survey) -> list[Path]:
    """Look through the file, those it includes, and (quietly) those it only points at."""
    from aligner.formats.survey import SurveyHandler
    from aligner.formats.tei.scan import included

    scan(path, SurveyHandler(survey, path))
    paths = [path]
    for href, line in survey.includes:
        paths.append(included(path, href, line))
        scan(paths[-1], SurveyHandler(survey, paths[-1]))
    for name in sorted(survey.wanted - set(survey.files)):
        other = path.with_name(name)
        if "/" not in name and "\\" not in name and other.is_file():
            scan(other, SurveyHandler(survey, other, quiet=True))
    return paths


def _check_links(paths: list[Path], survey: Survey) -> None:
    from aligner.formats.checks import CheckHandler
    from aligner.formats.group import check_pairs

    groups: list[GroupCheck] = []
    for path in paths:
        handler = CheckHandler(survey, path)
        scan(path, handler, again=True)
        groups += handler.groups
    check_pairs(groups, survey)
