"""The rules of the gate on the source documents, read as if they were records: how much each finds there.

``GONGBAO_SOURCES`` names the folder with the source documents; without it all is skipped. No sentence of theirs is
kept, only the counts in ``rules/sources.yml``, which ``.venv/bin/python tests/test_rules_on_sources.py``
writes anew.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import yaml

from gongbao.problems.problem import Problem
from gongbao.problems.rule_texts import explained_rules
from gongbao.reading.content import read_all
from gongbao.reading.disk import read_content
from small_archives import LISTS, record, write

SOURCES = os.environ.get("GONGBAO_SOURCES", "")
COUNTS = Path(__file__).parent / "rules" / "sources.yml"
PART = re.compile(r"^.{0,20}篇([一二三四五六七八九])[ \t]*$", re.MULTILINE)  # the heading of a part of the compilation

pytestmark = pytest.mark.skipif(not SOURCES, reason="GONGBAO_SOURCES is not set")


@cache
def found() -> tuple[Problem, ...]:
    """What the rules say of the parts, each a record of the same unit and period."""
    (source,) = Path(SOURCES).glob("000*.txt")
    _, *parts = PART.split(source.read_text(encoding="utf-8-sig"))
    names, texts = parts[::2], parts[1::2]
    assert len(names) == 9
    files = {
        f"2014/h1/part-{at}.md": record(text.strip() + "\n", title=f"篇{name}")
        for at, (name, text) in enumerate(zip(names, texts, strict=True), start=1)
    }
    with TemporaryDirectory() as folder:
        write(Path(folder), {**LISTS, **files})
        problems = read_all(read_content(Path(folder) / "content")).problems
    return tuple(problem for problem in problems if problem.rule in explained_rules())


def counts() -> dict[str, int]:
    return dict(Counter(problem.rule for problem in found()))


def test_each_rule_finds_what_it_found() -> None:
    assert counts() == yaml.safe_load(COUNTS.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("rule", "written", "least"),
    [
        ("leftover.year", "xx", 5),
        ("leftover.quotes", "", 5),
        ("prose.decimal", "、", 1),
        ("private.person", "*", 1),
    ],
)
def test_the_faults_of_a_web_compilation_are_found(rule: str, written: str, least: int) -> None:
    assert sum(problem.rule == rule and written in problem.written for problem in found()) >= least


def test_the_parts_that_are_copies_are_found() -> None:
    copies = {Path(p.path).stem: Path(p.values["other"]).stem for p in found() if p.rule == "copy.record"}
    assert {"part-4", "part-8"} <= copies.keys()
    assert {copies["part-4"], copies["part-8"]} <= {"part-3", "part-4"}


if __name__ == "__main__":
    heading = "# What each rule finds in the source documents: see tests/test_rules_on_sources.py.\n"
    COUNTS.write_text(heading + yaml.safe_dump(counts()), encoding="utf-8")
