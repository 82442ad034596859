"""The corridor: read > detect > match > split > align; the only room that opens several doors."""

from aligner.pipeline.aligning import align, align_versions
from aligner.pipeline.converting import convert
from aligner.pipeline.doors import abbreviations_from, detect, load, read, split, write, write_terms
from aligner.pipeline.grouping import FileGroup, groups
from aligner.pipeline.metadata import facts_from_toml
from aligner.pipeline.options import Options, Progress
from aligner.pipeline.revising import add, realign
from aligner.pipeline.running import run
from aligner.pipeline.separate import align_files, lines_version
from aligner.pipeline.together import Task, run_together

__all__ = [
    "FileGroup",
    "Options",
    "Progress",
    "Task",
    "abbreviations_from",
    "add",
    "align",
    "align_files",
    "align_versions",
    "convert",
    "detect",
    "facts_from_toml",
    "groups",
    "lines_version",
    "load",
    "read",
    "realign",
    "run",
    "run_together",
    "split",
    "write",
    "write_terms",
]
