"""Published addresses stay: what `gongbao published` has noted is never lost in silence, and a rename can keep it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from gongbao.commands.published import note_published
from gongbao.project import read
from gongbao.reading.disk import PUBLISHED
from small_archives import LISTS, dump, in_memory, record, write

INDICATORS = [{"slug": "visits", "title": "走访", "unit": "户", "basis": "period", "aggregate": "sum"}]
FIGURE = {"indicator": "visits", "value": 6, "unit": "户"}
ARCHIVE: Mapping[str, Any] = {
    **LISTS,
    "indicators.yml": INDICATORS,
    "2014/h1/visit/index.md": record("走访 6 户。[照片](photo.png)\n", figures=[FIGURE]),
    "2014/h1/visit/photo.png": b"\x89PNG\r\n\x1a\n",
    "2014/h2/meet.md": record(topics=["activities"], unit="village"),
}
# What is renamed, the addresses that this takes away, and what keeps them.
RENAMES: Mapping[str, tuple[dict[str, Any], list[str], dict[str, Any]]] = {
    "a record": (
        {"2014/h2/meet.md": None, "2014/h2/games.md": ARCHIVE["2014/h2/meet.md"]},
        ["/2014/h2/records/meet/"],
        {"2014/h2/games.md": record(topics=["activities"], unit="village", aliases=["2014-h2/meet"])},
    ),
    "a record with a file, into another half": (
        {
            "2014/h1/visit/index.md": None,
            "2014/h1/visit/photo.png": None,
            "2014/h2/visits/index.md": ARCHIVE["2014/h1/visit/index.md"],
            "2014/h2/visits/photo.png": ARCHIVE["2014/h1/visit/photo.png"],
            "2014/h1/other.md": record(),
        },
        ["/2014/h1/records/visit/", "/2014/h1/records/visit/photo.png"],
        {
            "2014/h2/visits/index.md": record(
                "走访 6 户。[照片](photo.png)\n", figures=[FIGURE], aliases=["2014-h1/visit"]
            )
        },
    ),
    "a topic": (
        {
            "topics.yml": [LISTS["topics.yml"][0], {"slug": "sport", "title": "文体"}, LISTS["topics.yml"][1]],
            "2014/h2/meet.md": record(topics=["sport"], unit="village"),
        },
        ["/2014/h2/activities/", "/topics/activities/"],
        {
            "topics.yml": [
                LISTS["topics.yml"][0],
                {"slug": "sport", "title": "文体", "aliases": ["activities"]},
                LISTS["topics.yml"][1],
            ]
        },
    ),
    "a unit": (
        {
            "units.yml": [LISTS["units.yml"][0], {"slug": "hamlet", "title": "某村工会", "parent": "town"}],
            "2014/h2/meet.md": record(topics=["activities"], unit="hamlet"),
        },
        ["/units/village/", "/units/village/2014-h2/"],
        {
            "units.yml": [
                LISTS["units.yml"][0],
                {"slug": "hamlet", "title": "某村工会", "parent": "town", "aliases": ["village"]},
            ]
        },
    ),
    "an indicator": (
        {
            "indicators.yml": [INDICATORS[0] | {"slug": "households"}],
            "2014/h1/visit/index.md": record(
                "走访 6 户。[照片](photo.png)\n", figures=[FIGURE | {"indicator": "households"}]
            ),
        },
        ["/figures/visits/"],
        {"indicators.yml": [INDICATORS[0] | {"slug": "households", "aliases": ["visits"]}]},
    ),
}


def lost(project: Path) -> list[str]:
    return [problem.written for problem in read(project).problems if problem.rule.startswith("address.")]


@pytest.mark.parametrize("renamed", RENAMES)
def test_a_rename_loses_no_published_address(renamed: str, tmp_path: Path) -> None:
    changed, gone, kept = RENAMES[renamed]
    project = write(tmp_path, ARCHIVE)
    assert note_published(project) == 0
    assert lost(project) == []
    for name, content in changed.items():
        if content is None:
            (project / "content" / name).unlink()
    write(project, {name: content for name, content in changed.items() if content is not None})
    assert lost(project) == gone
    assert note_published(project) == 1  # an address is never dropped from the list by the program
    write(project, kept)
    assert lost(project) == []
    built = in_memory(project)
    assert built.faults() == []
    there = {page.address for page in built.edition.pages} | {*built.edition.attachments}
    assert {address.removeprefix("/") for address in gone} <= there
    listed = (project / "content" / PUBLISHED).read_text(encoding="utf-8")
    assert note_published(project) == 0
    now = (project / "content" / PUBLISHED).read_text(encoding="utf-8")
    assert set(listed.splitlines()) < set(now.splitlines())  # the new addresses are published too


def test_each_lost_address_names_its_line_and_what_keeps_it(tmp_path: Path) -> None:
    project = write(tmp_path, ARCHIVE)
    addresses = ["/2014/h1/records/gone/", "/units/gone/", "/2013/", "/2014/h1/records/visit/plan.pdf"]
    (project / "content" / PUBLISHED).write_text("\n".join(["# 网址", "", "/", *addresses, "/"]), encoding="utf-8")
    found = [problem for problem in read(project).problems if problem.rule.startswith("address.")]
    assert [(problem.path, problem.mark.line, problem.written, problem.rule) for problem in found] == [
        (f"content/{PUBLISHED}", 4, "/2014/h1/records/gone/", "address.record"),
        (f"content/{PUBLISHED}", 5, "/units/gone/", "address.entry"),
        (f"content/{PUBLISHED}", 6, "/2013/", "address.lost"),
        (f"content/{PUBLISHED}", 7, "/2014/h1/records/visit/plan.pdf", "address.lost"),
    ]
    assert found[0].values == {"id": "2014-h1/gone"}
    assert all(problem.severity == "error" for problem in found)


def test_a_draft_that_was_published_is_lost_and_a_withdrawn_record_is_not(tmp_path: Path) -> None:
    project = write(tmp_path, ARCHIVE)
    assert note_published(project) == 0
    write(project, {"2014/h2/meet.md": record(topics=["activities"], unit="village", draft=True)})
    assert "/2014/h2/records/meet/" in lost(project)
    withdrawn = {"date": "2014-12-31", "reason": "重复"}
    write(project, {"2014/h2/meet.md": record(topics=["activities"], unit="village", withdrawn=withdrawn)})
    assert "/2014/h2/records/meet/" not in lost(project)


def test_the_list_is_the_same_whoever_writes_it_first(tmp_path: Path) -> None:
    first, second = write(tmp_path / "a", ARCHIVE), write(tmp_path / "b", ARCHIVE)
    for project in (first, second, second):
        assert note_published(project) == 0
    texts = [(project / "content" / PUBLISHED).read_bytes() for project in (first, second)]
    assert texts[0] == texts[1]
    lines = texts[0].decode().splitlines()[2:]
    assert lines == sorted(lines)
    assert dump(lines).count("/2014/h1/records/visit/photo.png") == 1
