"""Archives that nobody wrote for this program are published as they are, by a few lines of settings."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from commands import BUILD, CHECK, copy_small_project, run, succeed
from foreign_archives import DOMAIN, project_goals, status_reports
from small_archives import Files, write

AS_THEY_ARE = {"level": "off", "reason": "Reports of many years stay as they were written"}
RULES: list[dict[str, Any]] = [
    {**AS_THEY_ARE, "rule": "form.*"},
    {**AS_THEY_ARE, "rule": "leftover.*"},
    {**AS_THEY_ARE, "rule": "copy.*"},
]
CONTACTS = [
    {"rule": "private.contact", "allowed": [f"@{DOMAIN}"], "reason": "Working groups that anybody may write to"}
]


def published(project: Path, files: Files, rules: list[dict[str, Any]]) -> Path:
    """Publish an archive, which does not pass the check without these settings, and return the site."""
    copy_small_project(project)
    shutil.rmtree(project / "content")
    write(project, files)
    refused = run(project, *CHECK)
    assert refused.returncode == 1 and "Traceback" not in refused.stdout
    write(project, {"site.yml": {**files["site.yml"], "rules": rules}})
    said = succeed(project, *CHECK, "--strict")
    assert "No problems: " in said, said[-2000:]
    succeed(project, *BUILD)
    return project / "site"


@pytest.mark.slow
def test_quarterly_reports_of_a_software_project_are_published(tmp_path: Path) -> None:
    files = status_reports(entries=589, addresses=1044)
    assert sum(str(text).count(f"@{DOMAIN}>") for text in files.values()) == 1044
    site = published(tmp_path / "reports", files, RULES + CONTACTS)
    pages = [path.read_text(encoding="utf-8") for path in site.glob("*/*/records/*/index.html")]
    assert len(pages) == 589
    assert sum(page.count(f"@{DOMAIN}<") for page in pages) == 1044, "every contact is there to be read"
    (first,) = (page for page in pages if f"group-0-0@{DOMAIN}" in page)
    assert f'href="https://wiki.{DOMAIN}/0"' in first and "net.inet.0=1 # TODO: document" in re.sub(
        "<[^>]+>", "", first
    )
    bulletins = {path.parent.name: path.read_text(encoding="utf-8") for path in site.glob("2019/h?/index.html")}
    assert bulletins.keys() == {"h1", "h2"} and all("Driver " in html for html in bulletins.values())


@pytest.mark.slow
def test_goals_of_a_software_project_are_published(tmp_path: Path) -> None:
    site = published(tmp_path / "goals", project_goals(40), RULES)
    pages = [path.read_text(encoding="utf-8") for path in site.glob("*/*/records/*/index.html")]
    assert len(pages) == 40 and all("Point of contact" in page and "TBD" in page for page in pages)
    assert all("todo!()" in re.sub("<[^>]+>", "", page) for page in pages)
    assert {path.name for path in site.glob("202?/*") if (path / "index.html").is_file()} >= {"h1", "h2"}
