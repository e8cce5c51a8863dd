"""The gate before publication, as a command: ``make check``, or ``gongbao-check``. The same in a hook and in CI."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path

from ..building import CONTENT, read
from ..git.revisions import UnknownRevision
from ..problems.catalogue import Language, catalogue, label
from ..problems.names import near
from ..problems.problem import Problem, report
from ..problems.reporting import as_json, github_annotations, gitlab_code_quality, sarif
from ..problems.rule_texts import explanation
from ..problems.terminal import Meter, print_report
from .gate import Verdict, judge
from .side_by_side import copies_side_by_side

MISUSE = 2
_MACHINES: Mapping[str, Callable[[Iterable[Problem], Language], str]] = {
    "json": as_json,
    "gitlab": gitlab_code_quality,
    "sarif": sarif,
}


def main(project: Path = Path(), arguments: Sequence[str] | None = None) -> int:
    """Report every problem that counts.

    Returns 0 where nothing stands in the way, 1 for errors (and for warnings under ``--strict``), 2 where the command
    was given something that there is not: a path, a revision, a rule.
    """
    options = _parser().parse_args(arguments)
    try:
        # A path that is gone is no mistake where it may come from the names of a commit's files.
        paths = [_from_project(path, project, gone=bool(options.since)) for path in options.paths]
        if options.explain:
            _explain(options.explain, project, paths)
            return 0
        verdict = judge(project, paths, options.since, Meter())
    except _Misuse as misuse:
        print(misuse, file=sys.stderr)
        return MISUSE
    except UnknownRevision as unknown:
        print(label("unknown-revision", "zh", revision=options.since, reason=unknown), file=sys.stderr)
        return MISUSE
    _tell(verdict, options.format)
    return 0 if verdict.passes(strict=options.strict) else 1


class _Misuse(Exception):
    """The command was given something that there is not; the text says what."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="检查 content/ 里的记录。Check the records in content/.")
    parser.add_argument("paths", nargs="*", metavar="PATH", help="只看这些文件或文件夹 / only these files or folders")
    parser.add_argument("--since", default="", metavar="REV", help="只算这个版本之后新出的问题 / only what is new")
    formats = ("text", "github", *_MACHINES)
    parser.add_argument("--format", choices=formats, default="text", help="给谁看 / who reads it")
    parser.add_argument("--strict", action="store_true", help="提醒也算错误 / warnings fail the check too")
    parser.add_argument("--explain", default="", metavar="RULE", help="说明一条规则 / tell what a rule is about")
    return parser


def _explain(rule: str, project: Path, paths: Collection[str]) -> None:
    """Print what a rule is about; of copies also those that there are, beside what they repeat."""
    rules = catalogue()["problems"]
    if rule not in rules:
        meant = near(rule, rules)
        suggestion = label("did-you-mean", "zh", suggestion=meant) if meant else ""
        raise _Misuse(label("unknown-rule", "zh", rule=rule) + suggestion)
    print(explanation(rule, "zh"), end="")
    if rule == "copy.record":
        print("\n" + copies_side_by_side(read(project), paths, "zh"), end="")


def _from_project(path: str, project: Path, *, gone: bool) -> str:
    """Return a path as problems name it; raise where it lies elsewhere, or is not there and may not be ``gone``."""
    # Without following links: a record may be one.
    from_project = os.path.relpath(Path(path).absolute(), project.absolute())
    inside = from_project == os.curdir or CONTENT in Path(from_project).parts[:1]
    if inside and (gone or os.path.lexists(path)):
        return Path(from_project).as_posix()
    raise _Misuse(label("path-elsewhere", "zh", path=path))


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


if __name__ == "__main__":
    sys.exit(main())
