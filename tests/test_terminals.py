"""Terminals that lack signs: one in GBK, and Python without its mode for UTF-8. No command ends in a traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from commands import BUILD, GONGBAO, copy_small_project, environment, replace

GBK = {"PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"}
PLAIN = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
COMMANDS = {
    "check": (*GONGBAO, "check"),
    "unknown": (*GONGBAO, "check", "--explain", "🎉"),
    "explain": (*GONGBAO, "check", "--explain", "leftover.blank"),
    "help": (*GONGBAO, "check", "--help"),
    "build": BUILD,
    "word": (*GONGBAO, "word"),
    "serve": (*GONGBAO, "serve", "--dev-addr", "🎉"),
    "published": (*GONGBAO, "published"),
    "verify": (*GONGBAO, "verify", "🎉site"),
    "pages": (*GONGBAO, "pages", "🎉pages"),
    "new-site": (*GONGBAO, "new-site", "🎉site"),
    "elsewhere": (*GONGBAO, "check", "🎉"),
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project below a Chinese name, with an emoji in what is quoted of it."""
    folder = copy_small_project(tmp_path_factory.mktemp("terminals") / "公报🎉")
    replace(folder / "content/2014/h1/good.md", "title: ", "title：🎉")
    return folder


def say(folder: Path, command: tuple[str, ...], surroundings: dict[str, str], encoding: str) -> str:
    kept = {name: value for name, value in environment().items() if name not in ("LANG", "LC_ALL", "LC_CTYPE")}
    done = subprocess.run(
        [sys.executable, *command], cwd=folder, env=kept | surroundings, capture_output=True, check=False
    )
    said = (done.stdout + done.stderr).decode(encoding)
    assert "Traceback" not in said and "UnicodeEncodeError" not in said, said
    return said


QUICK = ("build",)  # the others print by the same way, and are tried in long tests; a check is tried below


@pytest.mark.parametrize(
    "command", [pytest.param(name, marks=[] if name in QUICK else pytest.mark.slow) for name in COMMANDS]
)
def test_no_command_fails_to_say_what_it_has_to_say(command: str, project: Path) -> None:
    say(project, COMMANDS[command], GBK, "gbk")
    say(project, COMMANDS[command], PLAIN, "utf-8")


def test_the_message_is_whole(project: Path) -> None:
    told = say(project, COMMANDS["check"], GBK, "gbk")
    assert "字段名后面的冒号不对" in told and "\\U0001f389" in told
    assert "🎉" in say(project, COMMANDS["check"], PLAIN, "utf-8")


def test_programs_read_utf_8(project: Path) -> None:
    told = json.loads(say(project, (*GONGBAO, "check", "--format", "json"), GBK, "utf-8"))
    assert "🎉" in told[0]["written"]
    assert "🎉" in say(project, (*GONGBAO, "check", "--format", "github"), GBK, "utf-8")
