"""Every file in ``cases/`` is a content folder and what the reader must say of it.

A case lays its ``files`` over ``cases/base``; ``problems`` are exactly those expected (keys left out are not
compared, ``says`` are fragments of the Chinese text), ``records`` ids that were read all the same, ``expect``
some of their values. ``pages`` are fragments of the texts of built pages by address, ``pages-lack`` fragments that
they must not have, ``figures`` some cells of the rows of ``figures.csv`` by key.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Mapping, Sequence
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from advice import misleading
from gongbao.problems.problem import Problem
from gongbao.problems.text_report import describe
from gongbao.reading.content import read_all
from gongbao.reading.disk import read_content
from gongbao.records.dates import Date
from gongbao.records.periods import Period
from small_archives import Built, in_memory, load, write

CASES = Path(__file__).parent / "cases"
NAMES = sorted(path for path in CASES.rglob("*.yml") if "base" not in path.parts)


@pytest.mark.parametrize("name", [path.relative_to(CASES).with_suffix("").as_posix() for path in NAMES])
def test_case(name: str, tmp_path: Path) -> None:
    case = load(CASES / f"{name}.yml")
    root = tmp_path / "content"
    lay_out(case, root)

    tree = read_content(root)
    content = read_all(tree)
    assert misleading(tree, content) == []

    left = list(content.problems)
    for expected in case["problems"]:
        found = next((problem for problem in left if matches(problem, expected)), None)
        assert found, f"{expected}\nnot among\n" + "\n".join(describe(problem, "zh") for problem in left)
        left.remove(found)
    assert not left, "\n".join(describe(problem, "zh") for problem in left)
    for problem in content.problems:
        english = describe(problem, "en")
        assert "{" not in problem.message("en") + problem.message("zh") or "{" in problem.written, english
    records = {record.id: record for record in content.records}
    assert set(case.get("records", ())) <= records.keys()
    for record_id, values in case.get("expect", {}).items():
        for field, value in values.items():
            assert_like(getattr(records[record_id], field), value)
    if case.keys() & {"pages", "pages-lack", "figures"}:
        assert_site(case, in_memory(write(tmp_path, {})))


def assert_site(case: Mapping[str, Any], built: Built) -> None:
    """Compare the pages and the data of a case's site."""
    for address, said in case.get("pages", {}).items():
        text = built.text(address)
        assert [one for one in said if one not in text] == [], text
    for address, said in case.get("pages-lack", {}).items():
        assert [one for one in said if one in built.text(address)] == []
    rows = {row["key"]: row for row in csv.DictReader(StringIO(built.files["data/figures.csv"].lstrip("\ufeff")))}
    for key, cells in case.get("figures", {}).items():
        assert {name: rows[key][name] for name in cells} == cells


def lay_out(case: Mapping[str, Any], root: Path) -> None:
    """Write a case's content folder."""
    if case.get("base", True):
        shutil.copytree(CASES / "base", root)
    else:
        root.mkdir()
    for name, content in case.get("files", {}).items():
        path = root / name
        if content is None:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        content = {"text": content} if isinstance(content, str) else content
        if "link" in content:
            path.symlink_to(content["link"])
        elif "hex" in content:
            path.write_bytes(
                bytes.fromhex(content["hex"]) + content.get("repeat", "").encode() * content.get("times", 0)
            )
        else:
            text = content.get("text", "") + content.get("repeat", "") * content.get("times", 0)
            text = text.replace("\n", "\r\n") if content.get("crlf") else text
            path.write_bytes(text.encode(content.get("encoding", "utf-8")))


def matches(problem: Problem, expected: Mapping[str, Any]) -> bool:
    actual = {
        "path": problem.path.removeprefix("content/"),
        "line": problem.mark.line,
        "column": problem.mark.column,
        "rule": problem.rule,
        "field": problem.field,
        "severity": problem.severity,
    }
    text = describe(problem, "zh")
    same = all(actual[key] == value for key, value in expected.items() if key != "says")
    return (
        same
        and all(says in text for says in expected.get("says", ()))
        and problem.severity == expected.get("severity", "error")
    )


def assert_like(actual: Any, expected: Any) -> None:
    """Compare a value with its text in the case; of a mapping only the named keys count."""
    if isinstance(expected, Mapping):
        for key, value in expected.items():
            assert_like(getattr(actual, f"{key}_" if key in ("for", "from") else key), value)
    elif isinstance(expected, Sequence) and not isinstance(expected, str):
        assert len(actual) == len(expected)
        for one, other in zip(actual, expected, strict=True):
            assert_like(one, other)
    elif isinstance(actual, Date):
        assert actual.text == str(expected)
    elif isinstance(actual, Period):
        assert actual.id == str(expected)
    elif isinstance(actual, Decimal | bool):
        assert str(actual).casefold() == str(expected).casefold()
    elif hasattr(actual, "value") and not isinstance(expected, Mapping):
        assert str(actual.value) == str(expected)
    else:
        assert actual == expected


def test_without_a_content_folder_that_alone_is_told(tmp_path: Path) -> None:
    problems = read_all(read_content(tmp_path / "content")).problems
    assert [(problem.path, problem.rule) for problem in problems] == [("content", "content.missing")]
