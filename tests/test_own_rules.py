"""Rules of one's own without a fork: packages with entry points, as the maintainers' guide shows, and patterns."""

from __future__ import annotations

import re
import shutil
import sys
import tomllib
from pathlib import Path

import pytest

from commands import GONGBAO, PROJECT, replace, run_command
from installing import must
from small_archives import LISTS, record, write

BLOCK = re.compile(r"^``` \{\.\w+ \.package data-file=(\S+)\}\n(.*?)^```$", re.DOTALL | re.MULTILINE)
FILES = {
    "2014/h1/a.md": record(title="进一步走访职工"),
    "2014/h1/b.md": record(title="下半年计划", kind="plan"),
    "2014/h1/c.md": record(title="下一年计划", kind="plan"),
}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """The guide's package, in a folder with what pip would write about it."""
    folder = tmp_path / "town-rules"
    for name, text in BLOCK.findall((PROJECT / "docs/maintain/gate.md").read_text(encoding="utf-8")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    about = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    entries = "".join(f"{name} = {value}\n" for name, value in about["entry-points"]["gongbao.rules"].items())
    info = folder / "town_rules-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: town-rules\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(f"[gongbao.rules]\n{entries}", encoding="utf-8")
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write(tmp_path / "project", {**LISTS, **FILES})


def said(project: Path, package: Path, *arguments: str) -> str:
    """What the command says where the package is installed."""
    path = f"{PROJECT / 'hooks'}:{package}"
    done = run_command(project, sys.executable, *GONGBAO, "check", *arguments, PYTHONPATH=path)
    assert "Traceback" not in done.stdout
    return done.stdout


def test_the_rules_of_the_guides_package_are_rules_as_ours_are(project: Path, package: Path) -> None:
    told = said(project, package)
    assert "content/2014/h1/a.md:2:8: 提醒: 标题里不写“进一步” [town.further]" in told
    assert told.count("这项计划没有计划事项 [town.plan]") == 2 and told.endswith("共 2 个错误、1 个提醒。\n")
    rules = [
        {"rule": "town.*", "level": "error", "reason": "严"},
        {"rule": "town.plan", "level": "off", "reason": "旧"},
    ]
    write(project, {"site.yml": {"name": "工报", "rules": rules}})
    allow = [{"rule": "town.further", "reason": "原题"}]
    write(project, {"2014/h1/a.md": record(title="进一步走访职工", allow=allow)})
    assert said(project, package) == "没有问题：3 条记录。\n"


FAULTS = {
    "texts": ("town_rules/town_plan.yml", "about:", "abuot:", "包里没有它的文字"),
    "module": ("town_rules/rules.py", "import re\n", "import rre\n", "ModuleNotFoundError: No module named 'rre'"),
    "kind": ("town_rules/rules.py", "RecordRule(look_at_plan)", "look_at_plan", "指的不是 PassageRule"),
    "name": ("town_rules-1.0.dist-info/entry_points.txt", "town.plan =", "TownPlan =", "名称要像 town.leaders 这样"),
    "raises": ("town_rules/rules.py", "record.commitments", "record.promises", "AttributeError: "),
    "answer": ("town_rules/rules.py", '"town.plan", (', '"form.title", (', "给出的不是这条规则（town.plan）的问题"),
    "placeholder": (
        "town_rules/town_plan.yml",
        "{message: 这项计划没有计划事项}",
        '{message: "这项{plan.x}"}',
        "AttributeError: ",
    ),
}


@pytest.mark.parametrize(
    "what", [pytest.param(one, marks=[] if one == "raises" else pytest.mark.slow) for one in FAULTS]
)
def test_a_faulty_package_is_one_clear_error_and_stops_no_other_rule(what: str, project: Path, package: Path) -> None:
    name, old, new, reason = FAULTS[what]
    replace(package / name, old, new)
    told = said(project, package)
    lines = [line for line in told.splitlines() if "[rule.f" in line]
    assert len(lines) == (2 if what == "module" else 1), told
    assert "软件包 town-rules 1.0 的规则" in lines[0] and reason in lines[0], told
    assert what == "module" or "[town.further]" in told


@pytest.mark.slow
def test_a_rule_of_our_own_name_is_refused(project: Path, package: Path) -> None:
    replace(package / "town_rules-1.0.dist-info/entry_points.txt", "town.plan =", "form.title =")
    text = (package / "town_rules/town_plan.yml").read_text(encoding="utf-8")
    (package / "town_rules/form_title.yml").write_text(text.replace("town.plan", "form.title"), encoding="utf-8")
    assert "工报自己已有 form.title 这条规则，换个名称" in said(project, package)


@pytest.mark.slow
def test_the_package_is_installed_by_pip_as_the_guide_says(project: Path, package: Path, tmp_path: Path) -> None:
    shutil.rmtree(package / "town_rules-1.0.dist-info")
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-build-isolation", "--no-deps")
    must(tmp_path, *pip, "--target", tmp_path / "there", package)
    assert said(project, tmp_path / "there").endswith("共 2 个错误、1 个提醒。\n")
    assert "标题说做了什么" in said(project, tmp_path / "there", "--explain", "town.further")
