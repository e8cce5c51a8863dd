"""The gate as a command: what counts, what is told, to whom, and with which exit code."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from checkers import checker
from commands import BUILD, CHECK, STRICT, copy_program, environment, replace, run
from gongbao.building import build
from gongbao.commands.gate import judge
from gongbao.commands.group import group
from gongbao.problems import terminal
from gongbao.problems.reporting import sarif
from gongbao.problems.text_report import report
from small_archives import LISTS, archive, dump, record, write
from test_history import CREATED, commit, git

GOOD, PLAN = "content/2014/h1/good.md", "content/2014/h1/plan.md"
BLANK = "五一前，××公司捐赠慰问品。\n"  # leftover.blank, an error
FIGURES = "    unit: 元\n"


@pytest.fixture(scope="module")
def project_once(small_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project in git, of one commit."""
    project = shutil.copytree(small_built, tmp_path_factory.mktemp("gate") / "project")
    (project / ".gitignore").write_text(".cache\nsite\n", encoding="utf-8")
    git(project, "init", "--quiet")
    commit(project, CREATED)
    return project


@pytest.fixture
def project(project_once: Path, tmp_path: Path) -> Path:
    """A copy of it for one test to change."""
    return shutil.copytree(project_once, tmp_path / "project", symlinks=True)


def append(project: Path, name: str, text: str) -> None:
    with (project / name).open("a", encoding="utf-8") as file:
        file.write(text)


def add(project: Path, name: str, text: str) -> None:
    path = project / "content" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def check(project: Path, *arguments: str, code: int, **more: str) -> str:
    """What the command says as a process of its own, which must end with a code and without a traceback."""
    done = run(project, *CHECK, *arguments, **more)
    assert done.returncode == code, done.stdout
    assert "Traceback" not in done.stdout
    return done.stdout


def told(project: Path, *arguments: str, code: int) -> str:
    """What the command says, and the code that it ends with, in this process: one of its own takes long to start."""
    said = StringIO()
    with chdir(project), redirect_stdout(said), redirect_stderr(said), pytest.raises(SystemExit) as ended:
        group(["check", *arguments], prog_name="gongbao")
    assert ended.value.code == code, said.getvalue()
    return said.getvalue()


def rules(said: str) -> list[str]:
    """The rules of the problems told, in order."""
    return re.findall(r"\[([a-z-]+\.[a-z-]+)\]$", said, re.MULTILINE)


# ---- which problems count ----


def test_paths_narrow_what_counts(project: Path) -> None:
    assert check(project, code=0) == "没有问题：2 条记录。\n"
    append(project, GOOD, BLANK)
    append(project, PLAN, "待补充。\n")

    said = told(project, code=1)
    assert rules(said) == ["leftover.blank", "leftover.todo"]
    assert said.endswith("\n     1  leftover.blank\n     1  leftover.todo\n共 2 个错误、0 个提醒。\n")

    said = check(project, PLAN, code=1)
    assert rules(said) == ["leftover.todo"]
    assert said.endswith("共 1 个错误、0 个提醒。\n别的文件里另有 1 个问题。\n")
    assert rules(told(project, "content/2014", code=1)) == ["leftover.blank", "leftover.todo"]
    assert rules(told(project, str(project / GOOD), code=1)) == ["leftover.blank"]
    assert told(project, "content/units.yml", code=0).startswith("没有问题")


def test_warnings_count_only_under_strict(project: Path) -> None:
    append(project, GOOD, "工会主席说：“这一次走访\n")
    replace(project / GOOD, "走访困难职工\nunit", "走访困难职工。\nunit")
    replace(project / GOOD, "“", "")
    said = told(project, code=0)
    assert rules(said) == ["form.title", "leftover.cut"]
    assert ": 提醒: " in said and ": 错误: " not in said
    assert rules(check(project, STRICT, code=1)) == ["form.title", "leftover.cut"]


# What is done to a project whose problems are old, and which problems are new then.
CHANGES: dict[str, tuple[Callable[[Path], object], list[str]]] = {
    "nothing": (lambda _: None, []),
    "a line above": (lambda project: replace(project / GOOD, "\n五一前，村", "\n新加的一段话。\n\n五一前，村"), []),
    "a figure before": (
        lambda project: replace(
            project / GOOD, "figures:\n", "figures:\n  - label: 走访户数\n    value: 9\n    unit: 户\n"
        ),
        [],
    ),
    "renamed": (lambda project: git(project, "mv", GOOD, "content/2014/h1/better.md"), []),
    "renamed folder": (
        lambda project: git(project, "mv", "content/2014/h1", "content/2014/h2"),
        ["date.outside", *["form.period"] * 4, "ref.commitment"],
    ),
    "another": (lambda project: append(project, PLAN, "待补充。\n"), ["leftover.todo"]),
    "the same again": (lambda project: append(project, GOOD, f"\n{BLANK}"), ["leftover.blank"]),
    "elsewhere": (lambda project: append(project, PLAN, BLANK), ["leftover.blank"]),
    "mended": (lambda project: replace(project / GOOD, "××公司", "某公司"), []),
    "plan deleted": (lambda project: (project / PLAN).unlink(), ["ref.commitment"]),
    "word list": (
        lambda project: add(project, "wording.yml", dump([{"wrong": "走访", "right": "看望"}])),
        ["wording.term"] * 3,
    ),
}


@pytest.fixture(scope="module")
def old_once(project_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with old problems: a blank, an odd label in a list of figures; and an outcome of the plan's."""
    project = shutil.copytree(project_once, tmp_path_factory.mktemp("old") / "project", symlinks=True)
    append(project, GOOD, f"\n{BLANK}")
    replace(project / GOOD, FIGURES, f"{FIGURES}  - label: 20××年走访人数\n    value: 8\n    unit: 人\n")
    outcome = {"commitment": "2014-h1/plan#swimming-meet", "status": "done"}
    add(project, "2030/h2/met.md", record(title="游泳比赛", outcomes=[outcome], date="2030-08-08"))
    commit(project, CREATED)
    return project


@pytest.mark.parametrize("change", CHANGES)
def test_only_what_is_new_since_a_revision_counts(change: str, old_once: Path, tmp_path: Path) -> None:
    project = shutil.copytree(old_once, tmp_path / "project", symlinks=True)
    make, wanted = CHANGES[change]
    make(project)

    verdict = judge(project, since="HEAD")

    assert sorted(problem.rule for problem in verdict.problems) == wanted, report(verdict.problems, "zh")
    assert verdict.old == (1 if change == "mended" else 2)
    assert verdict.passes(strict=True) == (not wanted)


def test_since_and_paths_together(old_once: Path, tmp_path: Path) -> None:
    project = shutil.copytree(old_once, tmp_path / "project", symlinks=True)
    (project / PLAN).unlink()
    assert check(project, "--since", "HEAD", GOOD, code=0) == (
        "没有问题：2 条记录。\n另有 2 个以前就有的问题，不计在内。\n别的文件里另有 1 个问题。\n"
    )
    assert rules(told(project, "--since", "HEAD", PLAN, "content/2030", code=1)) == ["ref.commitment"]
    assert rules(told(project, "--since", "HEAD~1", GOOD, code=1)) == ["leftover.year", "leftover.blank"]


# ---- misuse ----


def test_misuse_is_told_in_a_line(project: Path, tmp_path: Path) -> None:
    cases: tuple[tuple[tuple[str, ...], str], ...] = (
        (("docs/about.md",), "docs/about.md"),
        (("..",), "不在 content/ 里"),
        (("content/2014/h1/god.md",), "god.md"),
        (("--since", "no-such-branch"), "no-such-branch"),
        (("--since", "--help"), "--since"),
        (("--explain", "leftover.blanc"), "`leftover.blank`"),
        (("--format", "xml"), "xml"),
    )
    for arguments, words in cases:
        said = told(project, *arguments, code=2)
        assert words in said, said
    arguments, words = cases[0]
    assert words in check(project, *arguments, code=2)

    shutil.rmtree(project / ".git")
    assert "读不到版本" in check(project, "--since", "HEAD", code=2, GIT_CEILING_DIRECTORIES=str(tmp_path))
    assert "读不到版本" in check(project, "--since", "HEAD", code=2, PATH=str(tmp_path))


def test_explain_tells_of_any_rule(project: Path) -> None:
    judged = check(project, "--explain", "leftover.blank", code=0)
    assert judged.startswith("# leftover.blank（错误）\n")
    assert "不对的写法：" in judged and "改好以后：" in judged and "allow:\n  - rule: leftover.blank\n" in judged

    formal = told(project, "--explain", "file.encoding", code=0)
    assert formal.startswith("# file.encoding（错误）\n")
    assert "怎么改：" in formal and "allow:" not in formal and "{" not in formal and "不能改" in formal


# ---- for machines ----


def test_json_holds_all_that_is_told(project: Path) -> None:
    assert json.loads(told(project, "--format", "json", code=0)) == []
    append(project, GOOD, f"\n{BLANK}")
    (one,) = json.loads(check(project, "--format", "json", code=1))
    lines = (project / GOOD).read_text(encoding="utf-8").splitlines()
    assert lines[one["line"] - 1][one["column"] - 1 :].startswith("××公司")
    assert {name: one[name] for name in ("path", "rule", "severity", "field")} == {
        "path": GOOD,
        "rule": "leftover.blank",
        "severity": "error",
        "field": "body",
    }
    assert one["written"] and one["message"] and one["hint"]


def test_sarif_has_what_2_1_0_asks_for(project: Path) -> None:
    shutil.copyfile(project / GOOD, project / "content/2014/h1/走 访.md")
    append(project, GOOD, f"\n{BLANK}\n待补充。\n")
    log = json.loads(check(project, "--format", "sarif", code=1))
    check_sarif(log)
    (one,) = log["runs"]
    found = {result["ruleId"]: result for result in one["results"]}
    place = found["leftover.blank"]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == GOOD
    lines = (project / GOOD).read_text(encoding="utf-8").splitlines()
    assert lines[place["region"]["startLine"] - 1][place["region"]["startColumn"] - 1 :].startswith("××公司")
    assert {rule["id"] for rule in one["tool"]["driver"]["rules"]} == set(found) >= {"leftover.blank", "leftover.todo"}

    check_sarif(json.loads(sarif([], "en")))


@pytest.mark.slow
def test_sarif_fits_its_schema(project: Path) -> None:
    append(project, GOOD, f"\n{BLANK}\n待补充。\n")
    schema = json.loads(checker("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
    for log in (check(project, "--format", "sarif", code=1), sarif([], "en")):
        jsonschema.validate(json.loads(log), schema)


def check_sarif(log: dict[str, Any]) -> None:
    """Section 3 of the standard: what must be there, of which kind."""
    assert log["version"] == "2.1.0"
    for one in log["runs"]:
        driver = one["tool"]["driver"]
        assert driver["name"]
        assert one["columnKind"] in ("utf16CodeUnits", "unicodeCodePoints")
        ids = [rule["id"] for rule in driver["rules"]]
        assert len(set(ids)) == len(ids)
        for rule in driver["rules"]:
            assert rule["defaultConfiguration"]["level"] in ("none", "note", "warning", "error")
            assert rule.get("fullDescription", {"text": "-"})["text"]
        for result in one["results"]:
            assert result["message"]["text"]
            assert result["level"] in ("none", "note", "warning", "error")
            assert ids[result["ruleIndex"]] == result["ruleId"]
            assert all(isinstance(value, str) for value in result["partialFingerprints"].values())
            for location in result["locations"]:
                place = location["physicalLocation"]
                assert re.fullmatch(r"[A-Za-z0-9._~%/-]+", place["artifactLocation"]["uri"])
                assert place["region"]["startLine"] >= 1 and place["region"]["startColumn"] >= 1


def test_github_is_told_in_workflow_commands(project: Path) -> None:
    append(project, GOOD, f"\n{BLANK}")
    first, *rest = check(project, "--format", "github", code=1).splitlines()
    assert re.fullmatch(rf"::error file={re.escape(GOOD)},line=\d+,col=\d+,title=错误 leftover\.blank::.*%0A.*", first)
    assert not any(line.startswith("::") for line in rest)


# ---- in a terminal, and in a pipe ----


def in_terminal(project: Path, *arguments: str, **more: str) -> str:
    """What the command shows in a terminal of 80 columns: both of its outputs."""
    shown, terminal = pty.openpty()
    surroundings = environment(TERM="xterm-256color", COLUMNS="80", **more)
    for name in ("NO_COLOR", "FORCE_COLOR", "CI"):
        surroundings.pop(name, None)
    command = [sys.executable, *CHECK, *arguments]
    running = subprocess.Popen(
        command, cwd=project, env=surroundings | more, stdin=terminal, stdout=terminal, stderr=terminal
    )
    os.close(terminal)
    told = b""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if select.select([shown], [], [], 1)[0]:
            try:
                piece = os.read(shown, 65536)
            except OSError:  # Linux says so of a terminal that the other side has closed
                break
            if not piece:
                break
            told += piece
    running.wait(timeout=10)
    os.close(shown)
    return told.decode()


def test_colour_is_for_terminals(project: Path) -> None:
    append(project, GOOD, f"\n{BLANK}")
    piped = check(project, code=1)
    assert "\x1b" not in piped

    shown = in_terminal(project)
    assert re.search(r"\x1b\[1;31m错误\x1b\[0m", shown)
    without = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown).replace("\r\n", "\n")
    assert without.endswith(piped)

    assert "\x1b[1;31m" not in in_terminal(project, NO_COLOR="1")
    assert json.loads(re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", in_terminal(project, "--format", "json")))


_AT_ONCE = "SHOWN_AFTER, _BAR_EVERY, _LINE_EVERY = 0.0"  # seconds until the copy's program shows a bar


def test_a_bar_is_shown_in_a_terminal_that_waits(project: Path) -> None:
    copy_program(project)
    replace(project / "hooks/gongbao/problems/terminal.py", "SHOWN_AFTER, _BAR_EVERY, _LINE_EVERY = 1.0", _AT_ONCE)
    shutil.rmtree(project / ".cache", ignore_errors=True)
    assert check(project, code=0) == "没有问题：2 条记录。\n"
    shutil.rmtree(project / ".cache")
    assert "检查记录" in in_terminal(project)


def test_a_line_now_and_then_is_written_where_there_is_no_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(terminal, "_LINE_EVERY", 0.0)
    meter = terminal.Meter()
    for done in (1, 2, 3):
        meter("pages", 3, done)
    assert capsys.readouterr().err == "生成网页 1/3\n生成网页 2/3\n"


# ---- waivers ----


def waiver(rule: str, **more: str) -> dict[str, str]:
    return {"rule": rule, "reason": "核对过"} | more


def test_a_waived_error_stops_neither_the_check_nor_the_build(project: Path, tmp_path: Path) -> None:
    append(project, GOOD, f"\n{BLANK}")
    assert rules(told(project, code=1)) == ["leftover.blank"]
    replace(project / GOOD, "source:", "allow: [{rule: leftover.blank, field: body, reason: 原文如此}]\nsource:")
    assert check(project, STRICT, code=0) == "没有问题：2 条记录。\n"
    replace(project / GOOD, "field: body", "field: title")
    assert rules(told(project, code=1)) == ["waiver.unused", "leftover.blank"]

    blank = {**LISTS, "2014/h1/a.md": record(BLANK)}
    assert build(write(tmp_path / "stopped", blank)).edition is None
    archive(tmp_path / "built", {"2014/h1/a.md": record(BLANK, allow=[waiver("leftover.blank")])})


def test_a_period_waives_for_all_its_records_or_for_a_units(tmp_path: Path) -> None:
    files = {
        **LISTS,
        "2014/h1/a.md": record("五一前，××公司捐赠慰问品。\n"),
        "2014/h1/b.md": record("节日前，××公司送来月饼。\n", unit="village"),
        "2014/h2/c.md": record("年底，××公司送来棉衣。\n"),
        "periods.yml": [{"period": "2014-h1", "allow": [waiver("leftover.blank")]}],
    }
    assert rules(told_of(tmp_path / "all", files)) == ["leftover.blank"]

    files["periods.yml"] = [{"period": "2014-h1", "unit": "town", "allow": [waiver("leftover.blank")]}]
    assert re.findall("^content/(.*?):", told_of(tmp_path / "one", files), re.MULTILINE) == [
        "2014/h1/b.md",
        "2014/h2/c.md",
    ]

    files["periods.yml"] = [{"period": "2014-h1", "allow": [waiver("leftover.blank"), waiver("leftover.todo")]}]
    assert rules(told_of(tmp_path / "unused", files)) == ["leftover.blank", "waiver.unused"]


def test_what_a_rule_finds_silences_no_other(tmp_path: Path) -> None:
    """Only a record that can't be read leaves open what the others would be blamed for."""
    blank = {**LISTS, "2014/h1/a.md": record("五一前，××公司捐赠慰问品。见[附表](no.md)。\n")}
    assert rules(told_of(tmp_path / "found", blank)) == ["leftover.blank", "form.link"]
    unread = blank | {"2014/h1/no-title.md": record(title=None)}
    assert rules(told_of(tmp_path / "unread", unread)) == ["leftover.blank", "field.missing"]
    waived = {**LISTS, "2014/h1/a.md": record("待补充。\n", allow=[waiver("leftover.blank")])}
    assert rules(told_of(tmp_path / "waived", waived)) == ["waiver.unused", "leftover.todo"]


def told_of(project: Path, files: dict[str, Any]) -> str:
    """What the command says of a project that is but its content, and that has errors."""
    return told(write(project, files), code=1)


# ---- what is kept from run to run ----


def test_kept_readings_that_are_no_good_are_passed_over(project: Path) -> None:
    append(project, GOOD, f"\n{BLANK}")
    kept = project / ".cache/readings"
    first = check(project, code=1)
    whole = kept.read_bytes()
    assert check(project, code=1) == first
    assert kept.read_bytes() == whole

    changed = bytearray(whole)
    changed[-1] ^= 1
    for data in (whole[:-7], bytes(changed)):
        kept.write_bytes(data)
        said, _, rest = check(project, code=1).partition("\n")
        assert "readings" in said and "不能用" in said
        assert rest == first
    for of_another_program in (b"\0" * 32 + whole[32:], "人写的\n".encode()):
        kept.write_bytes(of_another_program)
        assert check(project, code=1) == first
    (project / ".cache/program").write_bytes(b"\0" * 32)
    assert check(project, code=1).count("缓存重做") == 1
    assert check(project, code=1) == first


def test_known_problems_count_no_more_and_those_that_went_are_told(project: Path) -> None:
    add(project, "2014/h1/old.md", record(BLANK, title="捐赠"))
    check(project, code=1)
    assert "content/baseline.txt" in check(project, "--baseline", "write", code=0)
    assert "1 个旧问题" in check(project, STRICT, code=0)

    add(project, "2014/h1/new.md", record(f"第一段。\n\n{BLANK}", title="捐赠"))
    told = check(project, code=1)
    assert "new.md" in told and "old.md" not in told

    add(project, "2014/h1/old.md", record("正文。\n", title="捐赠"))
    add(project, "2014/h1/new.md", record("正文。\n", title="慰问"))
    assert "baseline.unused" in check(project, code=0)
    check(project, "--baseline", "write", code=0)
    assert not (project / "content" / "baseline.txt").exists()
    add(project, "2014/h1/old.md", record(title="捐赠", unit="nobody"))
    assert "ref.unit" in check(project, "--baseline", "write", code=1), "what cannot be read is no known problem"
    check(project, code=1)


def test_what_is_held_back_is_told_by_the_line_that_holds_it_back(project: Path) -> None:
    (project / "content" / "periods.yml").write_text("- {period: 2013-h2}\n- {period: 2014-h1}\n", encoding="utf-8")
    add(project, "2013/h1/ready.md", record(title="捐赠"))
    add(project, "2013/h1/draft.md", record(title="慰问", draft=True))
    told = check(project, code=0)
    assert re.search(r"2014年上半年（\d+ 条记录）。content/periods.yml 第 2 行", told) and "1 条草稿" in told
    (project / "content/2013/h1/ready.md").unlink()
    shutil.rmtree(project / "content/2013/h2", ignore_errors=True)
    assert "content.unpublished" in check(project, code=1)
    assert "content.unpublished" in run(project, *BUILD).stdout


def test_the_page_of_a_run_has_the_numbers_of_each_rule(project: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n", encoding="utf-8")
    add(project, "2014/h1/old.md", record(f"{BLANK}\n{BLANK}", title="捐赠。"))
    check(project, "--format", "github", code=1, GITHUB_STEP_SUMMARY=str(page))
    text = page.read_text(encoding="utf-8")
    assert (
        text.startswith("before\n") and "| leftover.blank | 错误 | 2 |" in text and "| form.title | 提醒 | 1 |" in text
    )


def test_a_rule_is_explained_with_what_the_site_has_decided_of_it(project: Path) -> None:
    settings = "rules: {rule: form.*, level: off, reason: 旧材料照录}\n"
    append(project, "content/site.yml", settings)
    told = check(project, "--explain", "form.title", code=0)
    assert "级别改为不查" in told and "旧材料照录" in told
    assert "旧材料照录" not in check(project, "--explain", "copy.record", code=0)
