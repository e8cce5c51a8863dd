"""Begin records: ``gongbao new``, from options and answers, ``--from`` an earlier one, or a whole ``--bulletin``."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import localcontext
from pathlib import Path

import click

from ..archive.derived import Derived
from ..archive.filing import Archive
from ..problems.catalogue import both, label
from ..problems.problem import errors
from ..problems.spelling import near
from ..problems.terminal import Meter
from ..problems.visible import visible
from ..project import CONTENT, archive_of, read
from ..reading.disk import Tree, read_content
from ..records.fields import PRECISION
from ..records.record import Record
from ..text.display import period_title
from ..writing.blank_records import BlankRecord, blank_text
from ..writing.layouts import laid_out
from ..writing.new_records import TakenPaths, begun, continued, period_after
from .answers import Answers, period_meant, refused, title_meant, topic_meant, unit_meant
from .misuse import Misuse
from .new_files import put_new_file


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a new record is to be, as far as the options say it; the rest is empty."""

    title: str = ""
    unit: str = ""
    topic: str = ""
    period: str = ""
    kind: str = ""


def new_record(project: Path, wanted: Wanted, *, terminal: bool) -> None:
    """Write a record. What is not ``wanted`` is asked for at a terminal. Raises Misuse and OSError."""
    archive, tree = _read(project)
    lists = archive.vocabulary
    answers = Answers(lists, terminal=terminal)
    one_unit = next(iter(lists.units)).slug if len(lists.units) == 1 else ""
    title = answers.get("title", wanted.title, title_meant)
    kind = answers.kind(wanted.kind)
    unit = answers.get("unit", wanted.unit or one_unit, unit_meant, lists.units)
    topic = wanted.topic
    if kind != "overview":
        topic = answers.get("topic", topic, topic_meant, lists.topics)
    period = answers.get("period", wanted.period, period_meant, default=archive.newest.id if archive.newest else "")
    answers.refuse_missing()
    blank = begun(
        title_meant(lists, title),
        unit_meant(lists, unit),
        topic_meant(lists, topic) if topic else "",
        period_meant(lists, period),
        kind,
        _taken(archive, tree),
    )
    _write(project, archive, [blank])


def continue_record(project: Path, name: str, wanted: Wanted) -> None:
    """Write the record that continues an earlier one, in the period after it if none is wanted.

    Raises Misuse and OSError.
    """
    archive, tree = _read(project)
    lists = archive.vocabulary
    if wanted.unit or wanted.topic or wanted.kind:
        raise refused(lists, "new-from-options")
    earlier = _record(archive, name)
    after = period_after(earlier.period)
    if not wanted.period and after is None:
        raise refused(lists, "new-missing", options="--period")
    title = title_meant(lists, wanted.title) if wanted.title else ""
    period = period_meant(lists, wanted.period) if wanted.period else after
    assert period is not None
    with localcontext(prec=PRECISION):
        blank = continued(earlier, title, period, _taken(archive, tree))
    _write(project, archive, [blank])


def lay_out(project: Path, unit_name: str, period_name: str) -> None:
    """Write all records that a unit's period needs and does not have yet. Raises Misuse and OSError."""
    archive, tree = _read(project)
    unit, period = unit_meant(archive.vocabulary, unit_name), period_meant(archive.vocabulary, period_name)
    folder = f"{period.folder}/".casefold()
    texts = [data.decode("utf-8", "replace") for path, data in tree.files.items() if path.casefold().startswith(folder)]
    with localcontext(prec=PRECISION):
        layout = laid_out(Derived(archive), unit, period, _taken(archive, tree), texts)
    language = archive.vocabulary.language
    if layout.kept or layout.told:
        print(label("new-kept", language, kept=layout.kept, told=layout.told))
    elif not layout.blanks:
        values = {"unit": archive.vocabulary.unit_title(unit), "period": period_title(period, language)}
        print(label("new-nothing", language, **values))
    _write(project, archive, layout.blanks)


def _read(project: Path) -> tuple[Archive, Tree]:
    """Return the archive with drafts and all, and the files. What could not be read is told.

    Raises Misuse if there are no word lists.
    """
    content = read(project, Meter())
    if not content.vocabulary.usable or not content.vocabulary.units:
        raise refused(content.vocabulary, "no-lists", root=CONTENT)
    if unread := {problem.path for problem in errors(content.problems)}:
        print(label("new-unread", content.vocabulary.language, count=len(unread)), file=sys.stderr)
    return archive_of(content, preview=True), read_content(project / CONTENT)


def _taken(archive: Archive, tree: Tree) -> TakenPaths:
    return TakenPaths(archive, {path.casefold() for path in (*tree.files, *tree.others)})


def _write(project: Path, archive: Archive, blanks: Iterable[BlankRecord]) -> None:
    """Write new records, and say which and what to do next."""
    language = archive.vocabulary.language
    wrote = False
    for blank in blanks:
        put_new_file(project / CONTENT / blank.path, blank_text(blank, archive.vocabulary).encode())
        counts = {"figures": len(blank.figures), "outcomes": len(blank.waiting)}
        print(visible(label("new-wrote", language, path=f"{CONTENT}/{blank.path}", title=blank.title, **counts)))
        wrote = True
    if wrote:
        print(label("new-next", language))


def _record(archive: Archive, name: str) -> Record:
    """Return the record with an id, or with the path of its file. Raises Misuse."""
    by_path = {one.path: one for one in archive.records} | {one.content_path: one for one in archive.records}
    found = archive.find(name.strip()) or by_path.get(name.strip())
    if found is None or found.withdrawn:
        raise refused(archive.vocabulary, "new-no-record", near(name, [one.id for one in archive.records]), name=name)
    return found


@click.command(help=both("command-new"))
@click.option("--title", default="", metavar="T", help=both("option-new-title"))
@click.option("--unit", default="", metavar="U", help=both("option-new-unit"))
@click.option("--topic", default="", metavar="T", help=both("option-new-topic"))
@click.option("--period", default="", metavar="P", help=both("option-new-period"))
@click.option("--kind", default="", metavar="K", help=both("option-new-kind"))
@click.option("--from", "earlier", default="", metavar="ID", help=both("option-new-from"))
@click.option("--bulletin", nargs=2, default=None, metavar="UNIT PERIOD", help=both("option-new-bulletin"))
def command(
    title: str, unit: str, topic: str, period: str, kind: str, earlier: str, bulletin: tuple[str, str] | None
) -> None:
    """Begin records in the project of the current folder."""
    wanted = Wanted(title, unit, topic, period, kind)
    try:
        if bulletin and (earlier or wanted != Wanted()):
            raise Misuse(both("new-two-ways"))
        if bulletin:
            lay_out(Path(), *bulletin)
        elif earlier:
            continue_record(Path(), earlier, wanted)
        else:
            new_record(Path(), wanted, terminal=sys.stdin.isatty())
    except Misuse as misuse:
        print(misuse, file=sys.stderr)
        sys.exit(Misuse.exit_code)
