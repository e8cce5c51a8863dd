"""The README's badges are files of the repository, and say what is true of it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent


def facts() -> dict[str, str]:
    """What each badge must say, from where it is decided."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    mkdocs = next(need for need in project["dependencies"] if need.startswith("mkdocs=="))
    return {
        "licence": project["license"],
        "python": project["requires-python"].replace(">=", "≥ "),
        "mkdocs": mkdocs.removeprefix("mkdocs=="),
    }


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_badges_are_there_and_true(readme: str) -> None:
    shown = re.findall(
        r"!\[([^\]]+)\]\((docs/images/badge-(\w+)\.svg)\)", (PROJECT / readme).read_text(encoding="utf-8")
    )
    assert {name for _, _, name in shown} == facts().keys()
    for words, path, name in shown:
        picture = (PROJECT / path).read_text(encoding="utf-8")
        assert re.findall(r"<title>(.*?)</title>", picture) == [f"{name}: {facts()[name]}"] == [words]
        assert re.findall(r"<text[^>]*>(.*?)</text>", picture) == [name, facts()[name]]
