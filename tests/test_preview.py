"""The live preview: what is saved shows by itself, what is broken is told on the page, and the preview goes on."""

from __future__ import annotations

import shutil
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from commands import BUILD, GONGBAO, STRICT, copy_program, files_of, replace, run, succeed
from previewing import PATIENCE, Preview

pytestmark = pytest.mark.browser
RECORD = "2014/h1/records/good/"


@pytest.fixture(scope="module")
def preview(small_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """One preview for all tests; each leaves the files as they were."""
    folder = tmp_path_factory.mktemp("preview")
    project = copy_program(shutil.copytree(small_built, folder / "project"))
    running = Preview(project, folder / "surroundings")
    yield running
    running.stop()


@pytest.fixture(autouse=True)
def _patience() -> Iterator[None]:
    """Let every expectation wait: a rebuild takes a while."""
    expect.set_options(timeout=PATIENCE * 1000)
    yield
    expect.set_options(timeout=5000)


def shows(element: Locator, words: str, what: str) -> None:
    """Wait until the open page shows some words by itself, and print how long that took."""
    start = time.perf_counter()
    expect(element).to_contain_text(words)
    print(f"\n{what}: seen {time.perf_counter() - start:.2f} s after it was saved")


def everything_is_built(said: str) -> bool:
    """Whether a whole build has ended. How long it took is no sign: MkDocs says no sentence twice."""
    _, begun, since = said.rpartition("Building documentation")
    return bool(begun) and "Reloading browsers" in since


@dataclass(frozen=True)
class Edit:
    """A place in a file, a page on which it shows, and what a writer makes of it: first right, then wrong."""

    file: str
    text: str
    changed: str
    broken: str
    rule: str
    address: str
    heading: str  # of the page once the text is changed


EDITS = {
    "a record": Edit(
        "content/2014/h1/good.md",
        "title: 五一走访困难职工",
        "title: 改过的标题",
        "title：改坏的标题",
        "yaml.colon",
        RECORD,
        "改过的标题",
    ),
    "a word list": Edit(
        "content/topics.yml",
        "title: {zh: 文体活动,",
        "title: {zh: 改过的主题,",
        "titel: {zh: 改坏的主题,",
        "field.unknown",
        "topics/activities/",
        "改过的主题",
    ),
    "a template": Edit(
        "hooks/gongbao/rendering/templates/record.html",
        '<h1 id="gb-top">{{ record.title | unbroken }}</h1>',
        '<h1 id="gb-top">改过的模板</h1>',
        '<h1 id="gb-top">改坏的模板{{</h1>',
        "template.broken",
        RECORD,
        "改过的模板",
    ),
}


@pytest.mark.parametrize("what", ["a record", pytest.param("a word list", marks=pytest.mark.slow), "a template"])
def test_what_is_saved_shows_and_what_is_broken_is_told(what: str, preview: Preview, page: Page) -> None:
    edit = EDITS[what]
    file = preview.project / edit.file
    page.goto(preview.address + edit.address)
    heading, problems = page.locator("h1"), page.locator(".gb-problems")
    before = heading.inner_text()
    assert before != edit.heading
    start = len(preview.said())

    replace(file, edit.text, edit.changed)
    shows(heading, edit.heading, f"{what} changed")
    expect(problems).to_have_count(0)
    preview.until(lambda: everything_is_built(preview.said()[start:]))  # the page comes before the site does

    replace(file, edit.changed, edit.broken)
    shows(problems, f"[{edit.rule}]", f"{what} broken")
    expect(problems).to_be_visible()
    expect(problems).to_contain_text(f"{edit.file}:")
    expect(heading).to_have_text(edit.heading)
    assert f"[{edit.rule}]" in preview.said()[start:]
    for other, words in (("", "最新公报"), ("2014/h1/", "上半年工作公报"), (edit.address, edit.heading)):
        html = preview.answers(other)
        assert f"[{edit.rule}]" in html
        assert words in html

    replace(file, edit.broken, edit.text)
    shows(heading, before, f"{what} mended")
    expect(problems).to_have_count(0)
    assert "Traceback" not in preview.said()


DRAFT = """---
title: 还没写完的记录
unit: village
topics: [activities]
draft: true
---

草稿里的一句话。
"""


def test_a_draft_shows_here_and_nowhere_else(preview: Preview, page: Page, tmp_path: Path) -> None:
    page.goto(f"{preview.address}2014/h1/activities/")
    path = preview.project / "content/2014/h1/unfinished.md"

    path.write_text(DRAFT, encoding="utf-8")
    shows(page.locator("article"), "还没写完的记录", "a new draft")
    page.goto(f"{preview.address}2014/h1/records/unfinished/")
    expect(page.locator(".gb-banner")).to_have_text("草稿：只在预览里看得见，不会发布。")
    expect(page.locator("article")).to_contain_text("草稿里的一句话。")
    succeed(preview.project, *BUILD, STRICT, "--site-dir", str(tmp_path))
    path.unlink()

    published = files_of(tmp_path)
    assert "2014/h1/index.html" in published
    assert not [name for name in published if "unfinished" in name]
    assert not [name for name, content in published.items() if "还没写完".encode() in content]
    page.goto(f"{preview.address}2014/h1/activities/")
    expect(page.locator("article")).not_to_contain_text("还没写完的记录")


def test_a_preview_that_starts_broken_waits_to_be_mended(small: Path, page: Page, tmp_path: Path) -> None:
    replace(small / "content/2014/h1/good.md", "topics: [aid]", "topics: [aidd]")
    preview = Preview(small, tmp_path / "surroundings")
    try:
        page.goto(preview.address)
        expect(page.locator(".gb-problems")).to_contain_text("content/2014/h1/good.md:4:10: 错误")
        expect(page.locator(".gb-problems")).to_contain_text("你是不是想写 `aid`？")
        assert "[ref.topic]" in preview.said()

        replace(small / "content/2014/h1/good.md", "topics: [aidd]", "topics: [aid]")

        shows(page.locator("article"), "五一走访困难职工", "a broken start mended")
        expect(page.locator(".gb-problems")).to_have_count(0)

        replace(
            small / "content/2014/h1/good.md",
            "topics: [aid]",
            "topics: [aid]\nallow: [{rule: leftover.blank, reason: 核对过}]",
        )
        expect(page.locator(".gb-problems summary")).to_have_text("有 1 处提醒，不妨碍生成网站。")
        expect(page.locator(".gb-problems pre")).to_be_hidden()
    finally:
        preview.stop()


def test_a_second_preview_is_told_in_a_sentence(small: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with (small / "mkdocs.yml").open("a", encoding="utf-8") as file:
            file.write(f"\ndev_addr: 127.0.0.1:{taken.getsockname()[1]}\n")
        done = run(small, *GONGBAO, "serve")
    assert (done.returncode, "Traceback" in done.stdout) == (1, False)
    assert "在浏览器里刷新就行" in done.stdout
