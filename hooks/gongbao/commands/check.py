"""The gate before publication, as a command: ``gongbao check``, or ``make check``. The same in a hook and in CI."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path

import click

from ..building import CONTENT, read
from ..git.revisions import UnknownRevision
from ..problems.catalogue import Language, both, catalogue, label
from ..problems.names import near
from ..problems.problem import Problem, report
from ..problems.reporting import as_json, github_annotations, gitlab_code_quality, sarif
from ..problems.rule_texts import explanation
from ..problems.terminal import Meter, print_report
from .gate import Verdict, judge
from .side_by_side import copies_side_by_side

_MACHINES: Mapping[str, Callable[[Iterable[Problem], Language], str]] = {
    "json": as_json,
    "gitlab": gitlab_code_quality,
    "sarif": sarif,
}
FORMATS = ("text", "github", *_MACHINES)


class Misuse(Exception):
    """The command was given something that there is not: a path, a revision, a rule. The text says what."""

    exit_code = 2


def check(
    project: Path, paths: Collection[str] = (), *, since: str = "", form: str = "text", strict: bool = False
) -> int:
    """Report every problem that counts, in one of the `FORMATS`.

    Returns 0 where nothing stands in the way, 1 for errors (and for warnings where ``strict``). Raises Misuse.
    """
    # A path that is gone is no mistake where it may come from the names of a commit's files.
    places = [_from_project(path, project, gone=bool(since)) for path in paths]
    try:
        verdict = judge(project, places, since, Meter())
    except UnknownRevision as unknown:
        raise Misuse(label("unknown-revision", "zh", revision=since, reason=unknown)) from unknown
    _tell(verdict, form)
    return 0 if verdict.passes(strict=strict) else 1


def explain(project: Path, rule: str, paths: Collection[str] = ()) -> None:
    """Print what a rule is about; of copies also those that there are, beside what they repeat. Raises Misuse."""
    places = [_from_project(path, project, gone=False) for path in paths]
    rules = catalogue()["problems"]
    if rule not in rules:
        meant = near(rule, rules)
        suggestion = label("did-you-mean", "zh", suggestion=meant) if meant else ""
        raise Misuse(label("unknown-rule", "zh", rule=rule) + suggestion)
    print(explanation(rule, "zh"), end="")
    if rule == "copy.record":
        print("\n" + copies_side_by_side(read(project), places, "zh"), end="")


def _revision(_: click.Context, option: click.Parameter, value: str) -> str:
    """Refuse an option in a revision's place, which no revision looks like."""
    if value.startswith("-"):
        raise click.BadParameter(repr(value), param=option)
    return value


@click.command(help=f"{both('command-check')}\n\nPATH: {both('option-paths')}")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--since", default="", metavar="REV", callback=_revision, help=both("option-since"))
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", help=both("option-format"))
@click.option("--strict", is_flag=True, help=both("option-strict"))
@click.option("--explain", "rule", default="", metavar="RULE", help=both("option-explain"))
def command(paths: tuple[str, ...], since: str, form: str, strict: bool, rule: str) -> None:
    """Check the project of the current folder."""
    try:
        if rule:
            explain(Path(), rule, paths)
        else:
            sys.exit(check(Path(), paths, since=since, form=form, strict=strict))
    except Misuse as misuse:
        print(misuse, file=sys.stderr)
        sys.exit(Misuse.exit_code)


def _from_project(path: str, project: Path, *, gone: bool) -> str:
    """Return a path as problems name it; raise where it lies elsewhere, or is not there and may not be ``gone``."""
    # Without following links: a record may be one.
    from_project = os.path.relpath(Path(path).absolute(), project.absolute())
    inside = from_project == os.curdir or CONTENT in Path(from_project).parts[:1]
    if inside and (gone or os.path.lexists(path)):
        return Path(from_project).as_posix()
    raise Misuse(label("path-elsewhere", "zh", path=path))


def _tell(verdict: Verdict, form: str) -> None:
    language = verdict.content.vocabulary.language
    if form in _MACHINES:
        print(_MACHINES[form](verdict.problems, language))
        return
    if form == "github":
        if verdict.problems:
            print(github_annotations(verdict.problems, language))
    else:
        print_report(report(verdict.problems, language))
    if not verdict.problems:
        print(label("no-problems", language, records=len(verdict.content.records)))
    for name, count in (("old-problems", verdict.old), ("problems-elsewhere", verdict.elsewhere)):
        if count:
            print(label(name, language, count=count))
