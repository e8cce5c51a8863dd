"""The day after Material: ProperDocs with the maintained fork of the theme shows the seed as today's host does.

The guide (docs/maintain/upgrade.md) says what to change on that day; this test does just that.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser

from commands import BUILD, PROJECT, copy_project, files_of, replace, run_command, succeed
from installing import must
from serving import served
from test_hosts import PROPERDOCS

THEME = "mkdocs-materialx==10.2.2 --hash=sha256:887fd8a7dede53882dd3e00f2be3db94ee531aad0c361cf8f97990bf3c57cd1b\n"
MAIN = re.compile(rb"<article class=\"md-content__inner[^>]*>(.*?)</article>", re.DOTALL)
SHOWN = (
    "",
    "2014/h1/",
    "2014/h1/records/medical-aid/",
    "figures/",
    "plans/",
    "units/",
    "search/",
    "guide/",
    "404.html",
)


def mains(site: Path) -> dict[str, list[bytes]]:
    """The main part of every page, without the space around its lines."""
    pages = {name: data for name, data in files_of(site).items() if name.endswith(".html")}
    return {name: [re.sub(rb"\s+", b" ", one) for one in MAIN.findall(data)] for name, data in pages.items()}


@pytest.mark.slow
def test_the_seed_looks_the_same_under_the_host_and_the_theme_that_are_maintained(
    tmp_path: Path, browser: Browser
) -> None:
    (tmp_path / "theme.txt").write_text(THEME, encoding="utf-8")
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes", "--no-deps")
    must(tmp_path, *pip, "--target", tmp_path / "theme", "-r", "theme.txt")
    project = copy_project(tmp_path / "project")
    succeed(project, *BUILD, "--site-dir", str(tmp_path / "before"))
    replace(project / "mkdocs.yml", "name: material\n", "name: materialx\n")
    for host in (PROPERDOCS, BUILD):  # `gongbao build` calls MkDocs, which the theme still brings
        done = run_command(
            project, sys.executable, *host, "--site-dir", tmp_path / "after", PYTHONPATH=str(tmp_path / "theme")
        )
        assert done.returncode == 0 and "Traceback" not in done.stdout, done.stdout
        before, after = mains(tmp_path / "before"), mains(tmp_path / "after")
        assert before.keys() == after.keys() and len(before) > 300
        assert [name for name in before if before[name] != after[name]] == []
        assert b"mkdocs-materialx-10.2.2" in (tmp_path / "after" / "index.html").read_bytes()
    with served(tmp_path / "after") as address:
        page = browser.new_context().new_page()
        for shown in SHOWN:
            page.goto(address + shown)
            assert page.locator("h1").count() == 1
            assert Axe().run(page).response["violations"] == [], shown


def test_the_guide_names_the_release_that_was_tried() -> None:
    guide = (PROJECT / "docs/maintain/upgrade.md").read_text(encoding="utf-8")
    assert f'"{THEME.partition(" ")[0]}"' in guide and "`name: materialx`" in guide and "2027-05-05" in guide
