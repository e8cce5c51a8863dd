"""Lighthouse, with its settings for a phone: what it finds wrong is mended; how fast it is, is only told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from checkers import lighthouse
from commands import PROJECT
from test_site import NEWEST, RECORD

pytestmark = [pytest.mark.slow, pytest.mark.browser]

ASSERTED = ("accessibility", "best-practices", "seo")


@pytest.mark.parametrize("path", ["", NEWEST, RECORD, "search/", "topics/activities/", "data/"])
def test_nothing_costs_a_point(path: str, packed: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    browser = (PROJECT / ".venv" / "browser").read_text(encoding="utf-8").strip()
    lighthouse(packed + path, browser, tmp_path / "report.json")
    report: dict[str, Any] = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    scores = {name: round(100 * category["score"]) for name, category in report["categories"].items()}
    with capsys.disabled():
        print(f"\nLighthouse /{path}: {scores}")
    audits = report["audits"]
    lost = [
        f"{name}: {audits[ref['id']]['title']}"
        for name in ASSERTED
        for ref in report["categories"][name]["auditRefs"]
        if ref["weight"] and audits[ref["id"]]["score"] not in (None, 1)
    ]
    assert not lost
    assert {scores[name] for name in ASSERTED} == {100}
