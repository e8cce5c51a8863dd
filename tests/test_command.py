"""The command ``gongbao`` as people type it: in a fork, whose set-up installs it, and where pip has installed it."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

import commands
from commands import (
    PROJECT,
    STRICT,
    copy_program,
    copy_small_project,
    environment,
    files_of,
    replace,
    run,
    run_command,
    succeed,
)
from gongbao import __version__
from installing import lend, must
from previewing import PATIENCE
from test_workflows import lend_packages

GONGBAO = ".venv/bin/gongbao"
GOOD = "没有问题：2 条记录。\n"
SUBCOMMANDS = (
    "check",
    "build",
    "serve",
    "edit",
    "word",
    "pdf",
    "import",
    "finish",
    "new",
    "format",
    "pages",
    "published",
    "collect",
    "shards",
    "verify",
    "timestamp",
    "new-site",
)
OTHER = "raise ImportError('not the program of this fork')\n"


@pytest.fixture(scope="module")
def fork(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fork with two records, and a .venv of before there was the command."""
    folder = copy_program(copy_small_project(tmp_path_factory.mktemp("fork") / "我们的 公报"))
    for name in ("Makefile", "requirements.txt", "pyproject.toml", "LICENSE"):
        shutil.copyfile(PROJECT / name, folder / name)
    lend_packages(folder)
    (folder / GONGBAO).unlink()
    return folder


@pytest.fixture(scope="module")
def own_site(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of one's own with the two records that it begins with, and the program from its wheel."""
    folder = tmp_path_factory.mktemp("own") / "own site"
    must(folder.parent, installed / "bin" / "gongbao", "new-site", folder.name)
    return lend(installed, folder)


LONG = pytest.mark.slow
# What does not depend on how the command was installed; `make test-long` tries it with the other one too.
IN_FORK = pytest.mark.parametrize("set_up", ["fork", pytest.param("wheel", marks=LONG)], indirect=True)
BY_WHEEL = pytest.mark.parametrize("set_up", [pytest.param("fork", marks=LONG), "wheel"], indirect=True)


@pytest.fixture(scope="module")
def set_up(request: pytest.FixtureRequest) -> Path:
    """A fork or a site with the wheel, set up by make."""
    folder: Path = request.getfixturevalue("fork" if request.param == "fork" else "own_site")
    assert must(folder, "make", "--silent", "check") == GOOD
    return folder


@pytest.fixture
def site(set_up: Path) -> Iterator[Path]:
    """The same for one test to change what a writer would: in the end, that is as it was, and nothing is built."""
    before = {path: path.read_bytes() for path in (set_up / "mkdocs.yml", *(set_up / "content").rglob("*.md"))}
    yield set_up
    for path, text in before.items():
        path.write_bytes(text)
    shutil.rmtree(set_up / "site", ignore_errors=True)


@BY_WHEEL
def test_every_subcommand_does_its_work(site: Path, tmp_path: Path) -> None:
    assert must(site, GONGBAO, "--version") == f"gongbao {__version__}\n"
    assert must(site, GONGBAO, "check", STRICT) == GOOD
    assert "Word 文档共 3 份，新做 3 份" in must(site, GONGBAO, "word")
    must(site, GONGBAO, "build")
    assert len([*(site / "site").rglob("*.docx")]) == 3
    (tmp_path / "report.txt").write_text("镇工会2014年上半年总结\n一、走访。走访职工3户。\n", encoding="utf-8")
    imported = must(site, GONGBAO, "import", "--into", tmp_path / "drafts", tmp_path / "report.txt")
    assert "未归入 0 字" in imported and len([*(tmp_path / "drafts").rglob("*.md")]) == 1
    assert str(tmp_path / "pages") in must(site, GONGBAO, "pages", tmp_path / "pages")
    assert (tmp_path / "pages" / "index.md").is_file()
    assert "README.md" in must(site, GONGBAO, "new-site", tmp_path / "another")
    assert (tmp_path / "another" / "requirements.txt").is_file()


@BY_WHEEL
def test_python_runs_it_as_a_module_too(site: Path) -> None:
    assert must(site, ".venv/bin/python", "-m", "gongbao", "check") == GOOD
    assert must(site, ".venv/bin/python", "-m", "gongbao", "--version") == f"gongbao {__version__}\n"


@pytest.mark.slow
def test_python_runs_a_forks_program_where_there_is_no_make(tmp_path: Path) -> None:
    fork = copy_program(copy_small_project(tmp_path / "我们的 公报"))
    assert must(fork, sys.executable, "hooks", "check", PATH="") == GOOD


@IN_FORK
def test_make_builds_what_the_command_builds(site: Path) -> None:
    must(site, GONGBAO, "build")
    by_command = files_of(site / "site")
    shutil.rmtree(site / "site")
    said = must(site, "make", "site")
    assert files_of(site / "site") == by_command
    assert "end of life" not in said and "Deprecat" not in said, "what is for programmers is told to no writer"


@pytest.mark.parametrize(
    ("set_up", "command"),
    [
        ("fork", ("make", "serve")),
        ("wheel", (GONGBAO, "serve")),
        pytest.param("fork", (GONGBAO, "serve"), marks=LONG),
        pytest.param("wheel", ("make", "serve"), marks=LONG),
    ],
    indirect=["set_up"],
)
def test_the_preview_answers(site: Path, command: tuple[str, ...]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    with (site / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write(f"\ndev_addr: {place}\n")
    process = subprocess.Popen(
        command, cwd=site, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, process_group=0
    )
    try:
        wait_until(lambda: answers(f"http://{place}/"))
    finally:
        subprocess.run(["kill", "--", f"-{process.pid}"], check=True)
        process.wait(PATIENCE)


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.1)


def answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=PATIENCE) as answer:
            return bool(answer.status == 200)
    except URLError:
        return False


@IN_FORK
def test_exit_codes_come_through(site: Path) -> None:
    (record,) = (path for path in (site / "content").rglob("*.md") if path.stem in ("good", "spring-visits"))
    text = record.read_text(encoding="utf-8")
    record.write_text(re.sub("^(title|标题): ", r"\1：", text, flags=re.MULTILINE), encoding="utf-8")
    codes = [run_command(site, GONGBAO, name).returncode for name in ("check", "build", "chek")]
    assert codes == [1, 1, 2]


def test_exit_codes_say_what_came_of_it(small: Path, tmp_path: Path) -> None:
    replace(small / "content/2014/h1/good.md", "title: ", "title：")
    failing: tuple[tuple[str | Path, ...], ...]
    failing = (("check",), ("build",), ("word",), ("pages", tmp_path / "pages"), ("new-site", small))
    for words in failing:
        done = run(small, *commands.GONGBAO, *map(str, words))
        assert (done.returncode, "Traceback" in done.stdout) == (1, False), done.stdout
    assert not (small / "site").exists() and not (tmp_path / "pages").exists()
    misused: tuple[tuple[str, ...], ...]
    misused = (("chek",), ("check", "--no"), ("check", "content/no.md"), ("pages",), ("build", "more"))
    for command in misused:
        done = run(small, *commands.GONGBAO, *command)
        assert (done.returncode, "Traceback" in done.stdout) == (2, False), done.stdout


@BY_WHEEL
def test_help_tells_of_every_subcommand_in_both_languages(site: Path) -> None:
    said = must(site, GONGBAO, "--help")
    listed = re.findall(r"^  ([a-z-]+) +(.+) / (.+)$", said.partition("Commands:")[2], re.MULTILINE)
    assert tuple(name for name, _, _ in listed) == SUBCOMMANDS
    assert all(re.search("[\u4e00-\u9fff]", chinese) and re.match("[a-z]", english) for _, chinese, english in listed)


def test_each_subcommand_has_help_of_its_own() -> None:
    for name in SUBCOMMANDS:
        said = succeed(PROJECT, *commands.GONGBAO, name, "--help")
        assert said.startswith(f"Usage: gongbao {name} ") and re.search("[\u4e00-\u9fff].* / [a-z]", said), said


# ---- in a fork ----


def test_a_fork_runs_its_own_program_whatever_else_is_installed(fork: Path, tmp_path: Path) -> None:
    """The last test, as it changes the fork's program."""
    other = tmp_path / "elsewhere" / "gongbao"
    other.mkdir(parents=True)
    (other / "__init__.py").write_text(OTHER, encoding="utf-8")
    replace(fork / "hooks/gongbao/problems/catalogue.yml", "没有问题：", "我们的程序：")
    shutil.rmtree(fork / ".cache")

    said = must(fork, "make", "--silent", "check", PYTHONPATH=str(other.parent))
    assert said == "我们的程序：2 条记录。\n"
    assert must(tmp_path, fork / GONGBAO, "--version", PYTHONPATH=str(other.parent)) == f"gongbao {__version__}\n"

    (fork / GONGBAO).write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")  # as pip would, which installs another
    assert must(fork, "make", "--silent", "check") == said
