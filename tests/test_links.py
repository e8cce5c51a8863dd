"""Every link of every page leads somewhere, every id is there once; the order of files changes nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkers import follow_links
from gongbao.archive.filing import publish
from gongbao.pages.navigation import Item, navigation
from gongbao.reading.content import read_all
from gongbao.reading.disk import Tree, read_content
from serving import served
from small_archives import LISTS, PNG, Built, archive, in_memory, pages_of, record, tree_of, write

PROJECT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def seed() -> Built:
    return in_memory(PROJECT)


def test_every_link_of_the_site_leads_to_a_page_and_an_id(seed: Built) -> None:
    assert sum(len(page.links) for page in seed.read.values()) > 3000
    assert seed.faults() == []


def in_menus(items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        yield item.address
        yield from in_menus(item.below)


def test_every_page_is_reached_from_the_first_one_and_the_menus(seed: Built) -> None:
    seen = {"", *in_menus(navigation(seed.archive))}
    ahead = sorted(seen)
    while ahead:
        for address in seed.leads_from(ahead.pop()) - seen:
            seen.add(address)
            ahead += [address] if address in seed.read else []
    assert set(seed.read) - seen == set()


def test_a_dead_link_a_lost_id_and_a_doubled_one_would_be_found(tmp_path: Path) -> None:
    built = archive(tmp_path, {"2014/h1/a.md": record("[甲](../b/) [乙](#lost)")}, warned={"form.link"})
    page = built.read["2014/h1/records/a/"]
    page.ids += ["twice", "twice"]
    said = " ".join(built.faults())
    assert all(fault in said for fault in ("../b/ leads nowhere", "lost leads to no id", "id twice is there 2 times"))


@pytest.mark.slow
@pytest.mark.parametrize("below", ["", "some/where/"])
def test_an_outside_program_finds_no_dead_link(below: str, site: Path, tmp_path: Path) -> None:
    (tmp_path / "some").mkdir()
    (tmp_path / "some" / "where").symlink_to(site, target_is_directory=True)
    with served(tmp_path if below else site) as base:
        said = follow_links(base + below)
    assert [(link["url"], link["status"], link.get("parent")) for link in said if link["state"] == "BROKEN"] == []
    pages = {link["url"].partition("#")[0] for link in said if link["state"] == "OK"}
    assert len(pages) > 400


@pytest.mark.slow
def test_an_outside_program_would_find_a_dead_link_and_a_lost_anchor(tmp_path: Path) -> None:
    page = '<!doctype html><title>a</title><a href="b/">b</a> <a href="#lost">c</a> <img src="d.png" alt="">'
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    with served(tmp_path) as base:
        said = follow_links(base)
    broken = {link["url"].removeprefix(base) for link in said if link["state"] == "BROKEN"}
    assert broken == {"b/", "#lost", "d.png"}


# Records that only the last rule of their order tells apart, in several units, kinds, months and periods.
KINDS: dict[str, dict[str, Any]] = {
    "b": {},
    "a": {},
    "C": {"unit": "village"},
    "d": {"topics": ["aid", "activities"], "highlight": "true", "summary": "办了活动。"},
    "f": {"topics": ["aid", "activities"], "highlight": "true", "summary": "办了活动。"},
    "e": {"figures": [{"label": "人数", "value": 3, "unit": "人"}], "topics": ["activities"]},
}
RECORDS = {
    f"{folder}/{slug}.md": record(f"{slug}。", title=f"活动 {slug}", **fields)
    for folder in ("2014/h1", "2014/h2", "undated/h1")
    for slug, fields in KINDS.items()
}
PLAN = record(kind="plan", commitments=[{"id": "x", "text": "办一件事", "due": "2014-h2"}])
FILES = {
    **LISTS,
    **RECORDS,
    "2014/h1/plan.md": PLAN,
    "2014/h1/meet/index.md": record("![会场](a.png)"),
    "2014/h1/meet/a.png": PNG,
}
orders = settings(max_examples=6, deadline=None)


def pages_in(tree: Tree) -> dict[str, str]:
    content = read_all(tree)
    assert not content.problems
    return pages_of(publish(content.records, content.vocabulary, preview=False))


@pytest.fixture(scope="module")
def in_one_order(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return pages_in(read_content(write(tmp_path_factory.mktemp("order"), FILES) / "content"))


@orders
@given(st.permutations(list(FILES)))
def test_files_created_in_any_order_give_the_same_pages(in_one_order: dict[str, str], names: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), {name: FILES[name] for name in names})
        tree = read_content(Path(folder) / "content")
    assert pages_in(tree) == in_one_order


@orders
@given(st.permutations([name for name in FILES if not name.endswith(".png")]))
def test_records_handed_over_in_any_order_give_the_same_pages(in_one_order: dict[str, str], names: list[str]) -> None:
    tree = tree_of(FILES)
    shuffled = Tree(tree.root, {name: tree.files[name] for name in names}, tree.others, tree.problems)
    assert pages_in(shuffled) == in_one_order
