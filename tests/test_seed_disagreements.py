"""What the checks find in the seed content, waivers apart, is what was counted by hand: no more and no fewer."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from gongbao.archive.filing import publish
from gongbao.checks import registry
from gongbao.checks.case import Case
from gongbao.problems.problem import Problem
from gongbao.project import read
from gongbao.reading.relations import relation_problems
from gongbao.records.reckoning import disagreements
from gongbao.text.display import number
from small_archives import in_memory

PROJECT = Path(__file__).parent.parent
CONTENT = read(PROJECT)
RECORDS = {record.path: record for record in CONTENT.records}


def found() -> list[Problem]:
    """All that the checks say of the seed content, before any waiver."""
    archive = publish(CONTENT.records, CONTENT.vocabulary, preview=True)
    alone = [problem for record in CONTENT.records for problem in registry.of_record(record, CONTENT.vocabulary)]
    between_them = registry.of_archive(Case(archive, complete=True))
    return [*alone, *between_them, *relation_problems(CONTENT.records)]


def test_the_checks_find_what_was_counted_by_hand() -> None:
    counted: list[str] = []
    for path in sorted((Path(__file__).parent / "seed").glob("count-*.csv")):
        for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
            counted += [row["record"]] * int(row["disagreements"])
    assert len(counted) > 4
    assert sorted(RECORDS[problem.path].id for problem in found()) == sorted(counted)


@pytest.mark.parametrize("problem", found(), ids=lambda problem: f"{problem.path}-{problem.rule}")
def test_each_is_waived_by_name_and_shown_on_its_page(problem: Problem) -> None:
    record = RECORDS[problem.path]
    assert [waiver.rule for waiver in record.allow] == [problem.rule]
    site = in_memory(PROJECT)
    address = next(page.address for page in site.edition.pages if page.source == record.path)
    html = site.pages[address]
    if problem.rule == "figure.scale":
        assert "存疑" in html
    elif problem.rule.startswith("figure."):
        index = int(problem.field.partition("[")[2].partition("]")[0])
        sides = next(iter(disagreements(record.figures[index], problem.values["unit"])))
        assert number(sides.reckoned) in html
        assert number(sides.printed) in html
        assert "照录" in html
    else:
        assert record.date and "7月3日" in html
