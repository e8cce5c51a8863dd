"""Fixes: what they leave as it was, when they are applied, and that the advice for every example mends it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongbao.commands.group import group
from gongbao.commands.mend import due_repairs, write_repair
from gongbao.problems.mending import mended
from gongbao.problems.problem import Fix, Mark
from gongbao.reading.disk import Tree
from gongbao.reading.repairs import repairs
from test_cases import CASES

VISIT = """---
标题: 走访困难职工
单位: 某村工会
主题: aid
日期: 2014年5月9日至12日
---

正文。
"""
MENDED = VISIT.replace("某村工会", "village").replace("2014年5月9日至12日", "2014-05-09/2014-05-12")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(CASES / "base", tmp_path / "content")
    return tmp_path


def write(project: Path, text: str | bytes = VISIT) -> Path:
    path = project / "content" / "2014" / "h1" / "visit.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def told(project: Path, *arguments: str, code: int = 0) -> str:
    said = StringIO()
    with chdir(project), redirect_stdout(said), redirect_stderr(said), pytest.raises(SystemExit) as ended:
        group(["check", *arguments], prog_name="gongbao")
    assert ended.value.code == code, said.getvalue()
    return said.getvalue()


def files(project: Path) -> Iterator[tuple[str, bytes]]:
    return ((path.name, path.read_bytes()) for path in sorted(project.rglob("content/**/*")) if path.is_file())


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_fix_mends_what_is_safe_and_keeps_the_form_of_the_file(project: Path, bom: bytes, line_end: str) -> None:
    path = write(project, bom + VISIT.replace("\n", line_end).encode())
    path.chmod(0o640)
    assert "visit.md：改好 2 处" in told(project, "--fix")
    assert path.read_bytes() == bom + MENDED.replace("\n", line_end).encode()
    assert path.stat().st_mode & 0o777 == 0o640
    before = list(files(project))
    assert "改好" not in told(project, "--fix")
    assert list(files(project)) == before


def test_diff_shows_the_same_and_changes_nothing(project: Path) -> None:
    write(project)
    before = list(files(project))
    shown = told(project, "--diff", code=1)
    assert "-单位: 某村工会\n+单位: village\n" in shown
    assert list(files(project)) == before
    write(project, MENDED)
    assert told(project, "--diff") == ""


def test_only_the_named_files_are_mended(project: Path) -> None:
    path = write(project)
    (path.parent / "other.md").write_text(VISIT, encoding="utf-8")
    told(project, "--fix", "content/2014/h1/other.md")
    assert path.read_text(encoding="utf-8") == VISIT
    assert (path.parent / "other.md").read_text(encoding="utf-8") == MENDED


def test_a_file_that_changed_meanwhile_is_left_alone(project: Path) -> None:
    path = write(project)
    (repair,) = due_repairs(project, ())
    write(project, "别人刚存的")
    assert not write_repair(project, repair)
    assert path.read_text(encoding="utf-8") == "别人刚存的"


def test_a_link_stays_a_link(project: Path) -> None:
    path = write(project)
    real = path.with_name("real.md")
    path.rename(real)
    path.symlink_to(real.name)
    told(project, "--fix", "content/2014/h1/visit.md")
    assert path.is_symlink() and real.read_text(encoding="utf-8") == MENDED


def test_machines_are_told_the_fixes(project: Path) -> None:
    write(project)
    unit, _ = json.loads(told(project, "--format", "json", code=1))
    assert unit["fix"] == {
        "start": {"line": 3, "column": 5},
        "end": {"line": 3, "column": 9},
        "text": "village",
        "safe": True,
    }
    (run,) = json.loads(told(project, "--format", "sarif", code=1))["runs"]
    (fix,) = run["results"][0]["fixes"]
    (change,) = fix["artifactChanges"]
    assert change["artifactLocation"]["uri"] == "content/2014/h1/visit.md"
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 9},
            "insertedContent": {"text": "village"},
        }
    ]


WELL_FORMED = """---
标题: 走访困难职工
单位: village
主题: [aid, activities]
日期: 2014-05-09
数据:
  - {名目: 参赛队, 数值: 12, 计量单位: 支}
  - 名目: 会员净增
    数值: -5
    计量单位: 人
来源: {标题: 汇编, 章节: 第一部分}
---

走访了困难职工，参加者：12支队。
"""
# What a writer used to Word types in place of each sign that YAML needs.
SLIPS = {
    ": ": ("：", "： ", ":\u3000", "﹕"),
    ", 数值": ("，数值", "、数值", "； 数值"),
    ", 计量单位": ("，计量单位", "，\u3000计量单位"),
    "{": ("｛",),
    "}": ("｝",),
    "  - ": ("\u3000- ", "\t- ", "  －", "  -\u3000"),
    "    计": ("\u3000\u3000计", "\u00a0\u00a0\u00a0\u00a0计"),
    "-5": ("－5", "−5"),
    "12,": ("１２,",),
    "village": ("某村工会", "“village”"),
    "2014-05-09": ("2014.5.9", "2014/5/9", "２０１４－０５－０９", "二〇一四年五月九日"),
    "[aid, activities]": ("[aid，activities]", "【aid，activities】", "aid、activities"),
    "---": ("———", "—"),
}
SLIP = re.compile("|".join(map(re.escape, sorted(SLIPS, key=len, reverse=True))))


@given(st.data())
def test_slips_of_a_chinese_input_method_are_all_mended(data: st.DataObject) -> None:
    fields, _, body = WELL_FORMED.rpartition("---")
    slipped = SLIP.sub(lambda found: data.draw(st.sampled_from([found[0], *SLIPS[found[0]]])), f"{fields}---")
    base = {path.relative_to(CASES / "base").as_posix(): path.read_bytes() for path in (CASES / "base").rglob("*.*")}
    tree = Tree(Path("content"), {**base, "2014/h1/visit.md": f"{slipped}{body}".encode()}, {}, ())
    for repair in (done := repairs(tree, lambda _: True)):
        assert repair.after.decode() == WELL_FORMED
    mended_tree = replace(tree, files={**tree.files, **{repair.name: repair.after for repair in done}})
    assert repairs(mended_tree, lambda _: True) == []


@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n\ufeff"), max_size=5), min_size=1),
    st.sampled_from(["\n", "\r\n"]),
    st.data(),
)
def test_a_fix_changes_its_range_and_nothing_else(lines: list[str], line_end: str, data: st.DataObject) -> None:
    line = data.draw(st.integers(0, len(lines) - 1))
    start = data.draw(st.integers(0, len(lines[line])))
    end = data.draw(st.integers(start, len(lines[line])))
    fix = Fix(Mark(line + 1, start + 1), Mark(line + 1, end + 1), "新\n的")
    wanted = [*lines[:line], f"{lines[line][:start]}新{line_end}的{lines[line][end:]}", *lines[line + 1 :]]
    ends = line_end if len(lines) > 1 else "\n"
    assert mended(line_end.join(lines).encode(), [fix, fix]).decode() == line_end.join(wanted).replace(
        f"新{line_end}的", f"新{ends}的"
    )
