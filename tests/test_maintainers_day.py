"""A maintainer's day: an old archive taken over, a unit's warning, a rule set, a second site, an upgrade of both."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from commands import replace, run_command
from gongbao import __version__
from installing import build_wheel, copy_source, install, lend, must
from small_archives import bytes_of, record
from test_workflows import git

WHO = ("-c", "user.name=Someone", "-c", "user.email=someone@example.org")
# What an archive that nobody here wrote is full of: addresses, notes of what is to do, bold headings, long paragraphs.
OLD = "联系 office@union.cn。TODO: 补数字\n\n**小标题**\n\n" + "这一段很长。" * 200 + "\n"
FIVE_LINES = [
    {"rule": "form.*", "level": "off", "reason": "旧档案照录"},
    {"rule": "leftover.*", "level": "warning", "reason": "旧档案照录"},
    {"rule": "private.*", "level": "warning", "reason": "旧档案照录"},
    {"rule": "private.contact", "level": "off", "reason": "公开的办公邮箱"},
    {"rule": "copy.*", "level": "off", "reason": "每期相似"},
]


def write_old(site: Path, count: int) -> None:
    for number in range(count):
        half = site / "content" / str(2010 + number % 5) / ("h1" if number % 2 else "h2")
        half.mkdir(parents=True, exist_ok=True)
        text = record(f"第{number}件事。{OLD}", title=f"第{number}件旧事", unit="town", topics=["activities"])
        (half / f"old-{number}.md").write_text(text, encoding="utf-8")


@pytest.mark.slow
def test_a_day(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    install(wheel, installed)
    gongbao = installed / "bin" / "gongbao"
    county, town = tmp_path / "县", tmp_path / "镇"
    must(tmp_path, gongbao, "new-site", town)
    install(wheel, town / ".venv")
    lend(town / ".venv", town)
    git(town, "init", "--quiet", "--initial-branch=main")

    # An old archive: its problems are many, and nothing of it is wrong for its readers. Five lines publish it.
    write_old(town, 60)
    settings = {"name": "某镇旧档", "language": "zh"}
    (town / "content/site.yml").write_bytes(bytes_of(settings))
    before = run_command(town, gongbao, "check")
    assert before.returncode == 1 and "Traceback" not in before.stdout
    (town / "content/site.yml").write_bytes(bytes_of({**settings, "rules": FIVE_LINES}))
    assert " 0 个错误" in must(town, gongbao, "check")
    must(town, "make", "site")
    assert len([*(town / "site").glob("*/*/records/old-*/index.html")]) == 60

    # Or a baseline: today's problems are noted, and only new ones count.
    git(town, "add", "--all")
    git(town, *WHO, "commit", "--quiet", "--message", "旧档")
    must(town, gongbao, "check", "--baseline", "write")
    assert must(town, gongbao, "check").startswith("没有问题：62 条记录。")

    # A unit's new record has a warning: it is told, and stops neither the unit nor anybody else.
    fresh = town / "content/2026/h1/fresh.md"
    fresh.write_text(record("走访职工，送去慰问品。\n", title="走访职工。", unit="village"), encoding="utf-8")
    write_rules = [*FIVE_LINES, {"rule": "form.title", "level": "warning", "units": ["village"], "reason": "新写的"}]
    (town / "content/site.yml").write_bytes(bytes_of({**settings, "rules": write_rules}))
    assert "[form.title]" in must(town, gongbao, "check") and "提醒" in must(town, "make", "site")
    assert run_command(town, gongbao, "check", "--strict").returncode == 1

    # A second site, of the county, whose settings both share from now on.
    must(tmp_path, gongbao, "new-site", county)
    install(wheel, county / ".venv")
    lend(county / ".venv", county)
    (tmp_path / "共用").mkdir()
    (tmp_path / "共用/site.yml").write_bytes(bytes_of({"rules": write_rules}))
    for site, name in ((town, "某镇旧档"), (county, "某县公报")):
        (site / "content/site.yml").write_bytes(bytes_of({"name": name, "extends": "../共用"}))
    assert "[form.title]" in must(town, gongbao, "check")
    must(county, "make", "site")
    assert "某县公报" in (county / "site/index.html").read_text(encoding="utf-8")

    # A release, and the upgrade of both sites: the new file, its name, make.
    (newer := tmp_path / "newer").mkdir()
    copy_source(newer)
    for name in ("pyproject.toml", "hooks/gongbao/__init__.py"):
        replace(newer / name, f'"{__version__}"', '"9.9.9"')
    release = build_wheel(newer)
    for site in (town, county):
        (site / wheel.name).unlink()
        shutil.copy(release, site)
        replace(site / "requirements.txt", wheel.name, release.name)
        said = must(site, "make", "check")
        assert ("重新安装" in said and "[form.title]" in said) or site == county, said
        must(site, "make", "site")
        assert must(site, ".venv/bin/gongbao", "--version") == "gongbao 9.9.9\n"
        assert 'content="Gongbao 9.9.9"' in (site / "site/index.html").read_text(encoding="utf-8")
        assert must(site, "make", "--silent", "check").count("重新安装") == 0, "once"
