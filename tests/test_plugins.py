"""Themes, menus and plugins of others: each works, or is told of in one line before anything is built.

The table of plugins in the maintainers' guide is what is tried here.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from commands import BUILD, PROJECT, STRICT, copy_small_project, replace, run
from shared_folders import once
from test_history import CREATED, commit, git

ROW = re.compile(r"^\| `([\w-]+)` \| (.+?) \| (能|不能) \|", re.MULTILINE)
TABLE = ROW.findall((PROJECT / "docs/maintain/plugins.md").read_text(encoding="utf-8"))
BUILT_IN = [(name, works) for name, package, works in TABLE if package.startswith("Material")]
OTHERS = [(name, package, works) for name, package, works in TABLE if not package.startswith("Material")]
# What they import that is not among our own locked packages.
THEIRS = (
    *("wcmatch", "bracex", "natsort", "gitpython", "gitdb", "smmap", "htmlmin2", "jsmin", "csscompressor", "termcolor"),
    *("hjson", "super-collections", "cachecontrol", "msgpack", "selectolax", "tzdata"),
)
OPTIONS = {"i18n": "{languages: [{locale: zh, name: 中文, default: true}]}"}  # those that a plugin cannot do without


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = copy_small_project(tmp_path / "project")
    git(folder, "init", "--quiet")
    commit(folder, CREATED)
    return folder


def build(project: Path, code: int, **more: str) -> str:
    done = run(project, *BUILD, STRICT, DISABLE_MKDOCS_2_WARNING="true", **more)
    assert done.returncode == code and "Traceback" not in done.stdout, done.stdout
    assert (project / "site" / "index.html").exists() == (code == 0)
    return done.stdout


def use(project: Path, plugin: str) -> None:
    replace(project / "mkdocs.yml", "plugins: []", f"plugins: [{plugin}]")


@pytest.mark.parametrize("theme", ["readthedocs", "mkdocs"])
def test_another_theme_is_told(theme: str, project: Path) -> None:
    replace(project / "mkdocs.yml", "name: material", f"name: {theme}")
    said = build(project, 1)
    assert f"mkdocs.yml:13:9: 错误: 不能用这个主题：{theme} [settings.theme]" in said


def test_a_menu_of_hand_written_pages(project: Path) -> None:
    (project / "docs/more").mkdir()
    (project / "docs/more/help.md").write_text("# 帮助\n", encoding="utf-8")
    nav = "nav: [{关于: about.md}, {更多: [more/help.md, {别处: 'https://site.example.org/'}]}]\n"
    with (project / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write(nav)
    build(project, 0)


def test_a_menu_of_other_pages_is_told(project: Path) -> None:
    with (project / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("nav: [{关于: about.md}, {公报: 2014/h1/}, {半年: [content/2014/h1/good.md]}]\n")
    said = build(project, 1)
    assert "：2014/h1/ [settings.nav]" in said and "：content/2014/h1/good.md [settings.nav]" in said


@pytest.mark.parametrize(("plugin", "works"), BUILT_IN)
def test_a_plugin_that_comes_with_material(plugin: str, works: str, project: Path) -> None:
    use(project, plugin)
    build(project, 0 if works == "能" else 1)


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages of all plugins of the table, in a folder; those that cannot be had are missing."""

    def make(folder: Path) -> None:
        for package in (*(package for _, package, _ in OTHERS), *THEIRS):
            command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder), package]
            subprocess.run(command, check=False)

    return once(tmp_path_factory, "plugins", make)


@pytest.mark.slow
@pytest.mark.parametrize(("plugin", "package", "works"), OTHERS)
def test_the_table_of_plugins_is_true(plugin: str, package: str, works: str, project: Path, packages: Path) -> None:
    if not list(packages.glob(f"{package.replace('-', '_')}-*.dist-info")):
        pytest.skip(f"{package} cannot be had")
    use(project, f"{plugin}: {OPTIONS[plugin]}" if plugin in OPTIONS else plugin)
    said = build(project, 0 if works == "能" else 1, PYTHONPATH=str(packages))
    if works == "不能":
        assert f"插件 {plugin} 不能和工报一起用 [settings.plugin]" in said


def test_a_plugin_that_fails_is_named(project: Path, tmp_path: Path) -> None:
    module = tmp_path / "path" / "broken_plugin.py"
    module.parent.mkdir()
    module.write_text(
        "from mkdocs.plugins import BasePlugin\n\n"
        "class Broken(BasePlugin):\n    def on_files(self, files, config):\n        raise KeyError('menu')\n",
        encoding="utf-8",
    )
    about = tmp_path / "path" / "broken_plugin-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: broken-plugin\nVersion: 1\n", encoding="utf-8")
    entry = "[mkdocs.plugins]\nbroken = broken_plugin:Broken\n"
    (about / "entry_points.txt").write_text(entry, encoding="utf-8")
    use(project, "broken")

    assert "插件 broken 出错，网站没有生成：'menu'" in build(project, 1, PYTHONPATH=str(module.parent))


def test_the_table_has_the_plugins_that_are_refused() -> None:
    refused = {name for name, _, works in TABLE if works == "不能"}
    assert {"awesome-nav", "rss", "i18n", "print-site"} <= refused
