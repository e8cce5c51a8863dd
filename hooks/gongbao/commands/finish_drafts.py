"""Take the mark of a draft off records that a person has read: ``gongbao finish PATH…``."""

from __future__ import annotations

import re
import sys
from collections.abc import Collection
from pathlib import Path

import click

from ..problems.catalogue import both, label
from ..problems.names import english_field
from ..problems.problem import Problem
from ..problems.terminal import Meter
from ..problems.visible import visible
from ..project import CONTENT
from ..reading.disk import read_content
from ..reading.placing import find_places
from ..reading.repairs import Repair
from ..records.record import Record
from .gate import judge, lies_in, place_in
from .mend import write_repair
from .misuse import Misuse

_LINE = re.compile(r"(?P<name>\w+) *: *[^\s#{}\[\],]+ *")  # a field alone on its line, without a remark


def finish_drafts(project: Path, paths: Collection[str]) -> None:
    """Delete the field ``draft`` of the drafts in some files or folders, and tell what became of each.

    A draft with an error or an open note stays one, as its record could not be published. Raises Misuse and OSError.
    """
    places = [place_in(path, project, gone=False) for path in paths]
    verdict = judge(project, places, progress=Meter())
    language = verdict.content.vocabulary.language
    files = read_content(project / CONTENT).files
    names = [f"{CONTENT}/{place.path}" for place in find_places(files, CONTENT)[0]]
    records = {record.path: record for record in verdict.content.records}
    in_the_way: dict[str, Problem] = {}
    for found in verdict.problems:
        if found.severity == "error" or found.rule == "note.open":
            in_the_way.setdefault(found.path, found)
    finished, stays = 0, []
    for path in sorted(path for path in names if lies_in(path, places)):
        record = records.get(path)
        if record and not record.draft:
            continue
        if problem := in_the_way.get(path):
            stays.append(f"{path}:{problem.mark.line}: {problem.message(language)}")
        elif record is None:
            continue
        elif reason := _finish(project, record, files[record.content_path]):
            stays.append(label(reason, language, path=path, line=record.mark("draft").line))
        else:
            finished += 1
            print(visible(label("finish-done", language, path=path)))
    print(label("finish-count", language, count=finished))
    if stays:
        print(label("finish-stays", language, count=len(stays)))
        print(visible("\n".join(f"  {line}" for line in stays)))
    print(label("finish-again" if stays else "finish-next", language))


def _finish(project: Path, record: Record, data: bytes) -> str:
    """Delete the line that makes a record a draft. Returns the catalogue's name of the reason if it stays one."""
    lines = data.splitlines(keepends=True)
    at = record.mark("draft").line - 1
    found = _LINE.fullmatch(lines[at].decode().rstrip("\r\n"))
    if not found or english_field(found["name"], ["draft"]) is None:
        return "finish-by-hand"
    without = b"".join([*lines[:at], *lines[at + 1 :]])
    return "" if write_repair(project, Repair(record.content_path, data, without, 1)) else "mended-not"


@click.command(help=f"{both('command-finish')}\n\nPATH: {both('option-finish-paths')}")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
def command(paths: tuple[str, ...]) -> None:
    """Finish drafts of the project of the current folder."""
    try:
        finish_drafts(Path(), paths)
    except Misuse as misuse:
        print(misuse, file=sys.stderr)
        sys.exit(Misuse.exit_code)
