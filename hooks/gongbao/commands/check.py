"""The gate before publication as a command: ``gongbao check``, or ``make check``. A hook and CI call it too."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path

import click

from ..archive.held_back import held_back
from ..git.revisions import UnknownRevision
from ..problems.catalogue import Language, both, label, waivable
from ..problems.problem import Problem, errors
from ..problems.reporting import as_json, github_annotations, github_summary, gitlab_code_quality, sarif
from ..problems.terminal import Meter, print_for_programs, print_patch, print_report
from ..problems.text_report import report
from ..project import CONTENT, read
from ..reading.baseline import baseline_of
from ..reading.disk import BASELINE
from .explaining import explain
from .gate import Verdict, judge, place_in
from .mend import difference, due_repairs, write_repair
from .misuse import Misuse

_MACHINES: Mapping[str, Callable[[Iterable[Problem], Language], str]] = {
    "json": as_json,
    "gitlab": gitlab_code_quality,
    "sarif": sarif,
}
FORMATS = ("text", "github", *_MACHINES)


def judged(project: Path, places: Collection[str], since: str) -> Verdict:
    """Return the verdict of `judge`. Raises Misuse for a revision that git does not know."""
    try:
        return judge(project, places, since, Meter())
    except UnknownRevision as unknown:
        missing = label(unknown.missing, "zh") if unknown.missing else ""
        raise Misuse(label("unknown-revision", "zh", revision=since, reason=unknown) + missing) from unknown


def mend(project: Path, places: Collection[str]) -> None:
    """Apply all safe fixes to the files in ``places``, and tell which files were mended. Raises OSError."""
    for repair in due_repairs(project, places):
        told = "mended" if write_repair(project, repair) else "mended-not"
        print(label(told, "zh", path=f"{CONTENT}/{repair.name}", count=repair.count), file=sys.stderr)


def tell(verdict: Verdict, form: str, page: Path | None) -> None:
    """Report every problem that counts, in one of the `FORMATS`.

    On GitHub, the run has a ``page`` to which their numbers are added.
    """
    language = verdict.content.vocabulary.language
    if form in _MACHINES:
        print_for_programs(_MACHINES[form](verdict.problems, language))
        return
    if form == "github":
        if verdict.problems:
            print_for_programs(github_annotations(verdict.problems, language))
        if page:
            with page.open("a", encoding="utf-8", newline="\n") as file:
                file.write(github_summary(verdict.problems, language))
    else:
        print_report(report(verdict.problems, language))
    if not verdict.problems:
        print(label("no-problems", language, records=len(verdict.content.records)))
    if verdict.content.past_missing == "history-shallow":
        print(label("history-unjudged", language))
    counts = {
        "old-problems": verdict.old,
        "problems-elsewhere": verdict.elsewhere,
        "known-problems": len(verdict.content.known),
    }
    for name, count in counts.items():
        if count:
            print(label(name, language, count=count))
    for line in held_back(verdict.content.records, verdict.content.vocabulary):
        print(line)


def write_baseline(project: Path) -> int:
    """Write the list of today's problems, which count no more. Returns 1 where there are some that must be mended."""
    content = read(project, Meter())
    language = content.vocabulary.language
    listed = [problem for problem in (*content.problems, *content.known) if problem.rule != "baseline.unused"]
    file, text = project / CONTENT / BASELINE, baseline_of(listed)
    if text:
        file.write_text(text, encoding="utf-8", newline="\n")
    else:
        file.unlink(missing_ok=True)
    left = errors(problem for problem in listed if not waivable(problem.rule))
    print_report(report(left, language))
    print(label("baseline-written", language, count=sum(waivable(problem.rule) for problem in listed), file=file.name))
    return 1 if left else 0


def show_fixes(project: Path, places: Collection[str]) -> int:
    """Print what all safe fixes would change, as a unified diff. Returns 1 if they would change anything, else 0."""
    due = due_repairs(project, places)
    for repair in due:
        print_patch("\n".join(difference(repair)))
    return 1 if due else 0


def _revision(_: click.Context, option: click.Parameter, value: str) -> str:
    """Refuse an option in the place of a revision: no revision begins with a hyphen."""
    if value.startswith("-"):
        raise click.BadParameter(repr(value), param=option)
    return value


@click.command(help=f"{both('command-check')}\n\nPATH: {both('option-paths')}")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--since", default="", metavar="REV", callback=_revision, help=both("option-since"))
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", help=both("option-format"))
@click.option("--strict", is_flag=True, help=both("option-strict"))
@click.option("--fix", is_flag=True, help=both("option-fix"))
@click.option("--diff", is_flag=True, help=both("option-diff"))
@click.option("--baseline", type=click.Choice(["write"]), help=both("option-baseline"))
@click.option("--page", type=click.Path(path_type=Path), envvar="GITHUB_STEP_SUMMARY", hidden=True)
@click.option("--explain", "rule", default="", metavar="RULE", help=both("option-explain"))
def command(
    paths: tuple[str, ...],
    since: str,
    form: str,
    strict: bool,
    fix: bool,
    diff: bool,
    baseline: str | None,
    rule: str,
    page: Path | None,
) -> None:
    """Check the project of the current folder."""
    project = Path()
    try:
        # With ``since``, the paths may be those of a commit's files: one that is gone is no mistake.
        places = [place_in(path, project, gone=bool(since)) for path in paths]
        if rule:
            explain(project, rule, places)
        elif baseline:
            sys.exit(write_baseline(project))
        elif diff:
            sys.exit(show_fixes(project, places))
        else:
            if fix:
                mend(project, places)
            verdict = judged(project, places, since)
            tell(verdict, form, page)
            sys.exit(0 if verdict.passes(strict=strict) else 1)
    except Misuse as misuse:
        print(misuse, file=sys.stderr)
        sys.exit(Misuse.exit_code)
