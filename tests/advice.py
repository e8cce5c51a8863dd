"""Advice followed to the letter: what a fix does to a content folder, and what a hint without one may not look like."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import yaml

from gongbao.problems.catalogue import is_judged
from gongbao.problems.field_paths import leads_to
from gongbao.problems.mending import mended
from gongbao.problems.problem import Problem
from gongbao.problems.text_report import describe
from gongbao.reading.content import Content, read_all
from gongbao.reading.disk import Tree

REVEALS = {"form.markup": ("form.link",)}  # what becomes a link by a fix may lead nowhere, as it did before
REPLACEMENT = re.compile(r"(?:^|；)写成 |写成：|你是不是想写")


def misleading(tree: Tree, content: Content) -> list[str]:
    """What is wrong with the advice in what was read: a fix that does not mend, or a hint that only looks like one."""
    return [fault for problem in content.problems for fault in _faults(tree, content, problem)]


def _faults(tree: Tree, content: Content, problem: Problem) -> Iterator[str]:
    problems = content.problems
    told = describe(problem, "zh")
    for waiver in filter(None, (problem.waiver("zh"), problem.waiver("en"))):
        (entry,) = yaml.load(waiver, Loader=yaml.CSafeLoader)
        field = entry.get("field") or entry.get("字段")
        if not {problem.rule} <= {*entry.values()} or (field and not leads_to(field, problem.field)):
            yield f"{waiver} does not waive\n{told}"
    if problem.fix is None:
        if REPLACEMENT.search(problem.hint("zh")):
            yield f"shows a replacement, but has no fix:\n{told}"
        return
    name = problem.path.partition("/")[2]
    mended_tree = replace(tree, files={**tree.files, name: mended(tree.files[name], [problem.fix])})
    after = read_all(mended_tree, content.cache).problems
    if _count(problem, after) >= _count(problem, problems):
        yield f"{problem.fix} does not mend\n{told}"
    brought = Counter(map(_likeness, after)) - Counter(map(_likeness, problems))
    unread = any(problem.severity == "error" and not is_judged(problem.rule) for problem in problems)
    for other in after:
        if other.rule in REVEALS.get(problem.rule, ()):
            continue
        hidden = unread and (other.path != problem.path or is_judged(other.rule) or other.severity == "warning")
        if brought[_likeness(other)] > 0 and not hidden:  # what is judged of files that can be read now is no fault
            yield f"{problem.fix} for\n{told}\nbrings\n{describe(other, 'zh')}"


def _count(wanted: Problem, problems: Sequence[Problem]) -> int:
    """How many problems are of the same kind and text."""
    return sum(_likeness(one) == _likeness(wanted) and one.written == wanted.written for one in problems)


def _likeness(problem: Problem) -> tuple[str, ...]:
    """A problem without its item's number, which changes where one item becomes two."""
    return (problem.path, problem.rule, re.sub(r"\[\d+\]", "[]", problem.field))
