"""The order of records: every case of ``orders/`` has records of one topic and their titles in order."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from gongbao.archive.filing import publish
from gongbao.reading.content import read_all
from small_archives import LISTS, in_memory, load, record, tree_of, write

CASES = [case for path in sorted((Path(__file__).parent / "orders").glob("*.yml")) for case in load(path)]


def files(case: Any) -> dict[str, Any]:
    made = {f"2014/h1/{slug}.md": record("正文。", **fields) for slug, fields in case["records"].items()}
    return {**LISTS, **made}


@pytest.mark.parametrize("case", CASES, ids=[case["about"] for case in CASES])
def test_records_stand_in_order(case: Any) -> None:
    content = read_all(tree_of(files(case)))
    assert len(content.records) == len(case["records"]), content.problems
    archive = publish(content.records, content.vocabulary, preview=False)
    assert [one.title for one in archive.by_topic["aid"]] == case["order"]


def test_pages_and_feeds_have_the_same_order(tmp_path: Path) -> None:
    titles: Sequence[str] = CASES[0]["order"]
    built = in_memory(write(tmp_path, files(CASES[0])), "https://a.example.org/")
    for address in ("2014/h1/", "2014/h1/aid/", "topics/aid/", "units/town/2014-h1/"):
        text = built.text(address)
        assert sorted(titles, key=text.index) == titles, address
    feed = json.loads(built.made("feeds")["topics/aid/feed.json"])
    assert [item["title"] for item in feed["items"]] == titles
