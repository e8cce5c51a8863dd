"""The rules of the gate against planted faults and near misses: data files in ``rules/``, two for each rule.

``<rule>.blind.yml`` was written from the rule's description alone, before the rule; ``<rule>.yml`` with it. Each holds
``planted`` and ``clean``: lists of cases. A case is the text of a record, or a table: ``fields`` lie over the record's
own (``body`` its text; None leaves one out), ``files`` (text, bytes, or ``size`` in bytes) over the content folder,
``at`` is the text that the first problem shows as written.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from advice import misleading
from gongbao.problems.catalogue import catalogue
from gongbao.problems.problem import Problem
from gongbao.problems.text_report import describe
from gongbao.reading.content import read_all
from small_archives import LISTS, bytes_of, load, record, tree_of

WORD_LISTS = {name: bytes_of(value) for name, value in LISTS.items()}
CORPORA = Path(__file__).parent / "rules"
RULES = sorted(rule for rule, entry in catalogue()["problems"].items() if "about" in entry)


def corpus(rule: str, kind: str) -> Iterator[Any]:
    for name in (f"{rule}.yml", f"{rule}.blind.yml"):
        yield from load(CORPORA / name)[kind]


def problems(case: Any) -> list[Problem]:
    """What the program says of a case."""
    case = {"fields": {"body": case}} if isinstance(case, str) else case
    fields = {"title": "工会工作", "summary": None} | case.get("fields", {})
    body = fields.pop("body", "正文。\n")
    tree = tree_of({**WORD_LISTS, "2014/h1/work.md": record(body, **fields), **case.get("files", {})})
    content = read_all(tree)
    assert misleading(tree, content) == []
    return [*content.problems]


def of_rule(rule: str, case: Any) -> list[Problem]:
    found = problems(case)
    unreadable = [p for p in found if p.severity == "error" and "about" not in catalogue()["problems"][p.rule]]
    assert not unreadable, "\n".join(describe(problem, "zh") for problem in unreadable)
    return [problem for problem in found if problem.rule == rule]


@pytest.mark.parametrize("rule", RULES)
def test_every_planted_fault_is_found(rule: str) -> None:
    planted = list(corpus(rule, "planted"))
    assert len(planted) >= 20
    missed = []
    for case in planted:
        found = of_rule(rule, case)
        at_wanted = case.get("at") if isinstance(case, dict) else None
        if not found or (at_wanted and at_wanted not in found[0].written):
            missed.append((case, [problem.written for problem in found]))
    assert not missed


@pytest.mark.parametrize("rule", RULES)
def test_no_near_miss_is_reported(rule: str) -> None:
    clean = list(corpus(rule, "clean"))
    assert len(clean) >= 20
    reported = []
    for case in clean:
        if found := of_rule(rule, case):
            reported.append((case, [problem.written for problem in found]))
    assert not reported


@pytest.mark.parametrize("rule", RULES)
def test_the_guides_example_breaks_the_rule_and_is_mended(rule: str) -> None:
    entry = catalogue()["problems"][rule]
    assert of_rule(rule, entry["wrong"])
    assert not of_rule(rule, entry["right"])
