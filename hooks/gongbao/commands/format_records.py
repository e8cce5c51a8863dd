"""Write records in canonical form: ``gongbao format``. Nothing but the layout of their fields changes."""

from __future__ import annotations

import sys
from collections.abc import Collection
from pathlib import Path

import click

from ..problems.catalogue import both, label
from ..problems.text_report import report
from ..project import CONTENT
from ..reading.canonical_files import canonical_file
from ..reading.disk import read_content
from ..reading.lists import read_lists
from ..reading.placing import find_places
from ..reading.repairs import Repair
from .gate import lies_in, place_in
from .mend import write_repair
from .misuse import Misuse


def format_records(project: Path, paths: Collection[str] = (), *, only_check: bool = False) -> int:
    """Write the records in some files or folders (none means all) in canonical form, and tell what became of them.

    With ``only_check`` nothing is written. Returns 1 if a record cannot be read as it stands, or if ``only_check``
    finds one in another form. Raises Misuse and OSError.
    """
    places = [place_in(path, project, gone=False) for path in paths]
    tree = read_content(project / CONTENT)
    language = read_lists(tree.files, CONTENT)[0].language
    records, _ = find_places(tree.files, CONTENT)
    due: list[Repair] = []
    failed = False
    for name in (record.path for record in records if lies_in(f"{CONTENT}/{record.path}", places)):
        data = tree.files[name]
        made, faults = canonical_file(data, f"{CONTENT}/{name}")
        if made is None:
            failed = True
            print(label("format-unread", language, path=f"{CONTENT}/{name}"), file=sys.stderr)
            print(report(faults, language) if faults else label("format-kept", language), file=sys.stderr)
        elif made != data:
            due.append(Repair(name, data, made, 1))
    for repair in due:
        done = only_check or write_repair(project, repair)
        told = "format-differs" if only_check else "format-written" if done else "mended-not"
        print(label(told, language, path=f"{CONTENT}/{repair.name}"))
    print(label("format-none" if not due else "format-due" if only_check else "format-done", language, count=len(due)))
    return 1 if failed or (only_check and due) else 0


@click.command(help=both("command-format"))
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--check", "only_check", is_flag=True, help=both("option-format-check"))
def command(paths: tuple[str, ...], only_check: bool) -> None:
    """Write the records of the project of the current folder."""
    try:
        sys.exit(format_records(Path(), paths, only_check=only_check))
    except Misuse as misuse:
        print(misuse, file=sys.stderr)
        sys.exit(Misuse.exit_code)
