"""The preview's first stage: an edited record's own page is there before the rest of the site is built again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread
from urllib.request import urlopen

import pytest
from mkdocs.livereload import LiveReloadServer

from gongbao.host.preview import Stages
from gongbao.reading.content import edited_records, read_all
from gongbao.reading.disk import Tree, read_content
from small_archives import LISTS, Files, record, write

FILES: Files = {**LISTS, "2014/h1/one.md": record("第一条。\n"), "2014/h1/two.md": record("第二条。\n", title="另一条")}
SAID = record("改过的第一条。\n")
CHANGES: dict[str, tuple[Files, list[str] | None]] = {
    "a text": ({"2014/h1/one.md": SAID}, ["one"]),
    "two titles": ({"2014/h1/one.md": record(title="甲"), "2014/h1/two.md": record(title="乙")}, ["one", "two"]),
    "nothing": ({}, None),
    "a word list as well": ({"2014/h1/one.md": SAID, "site.yml": {"name": "别的名称"}}, None),
    "a new record": ({"2014/h1/three.md": record(title="第三条")}, None),
    "a record less": ({"2014/h1/two.md": None}, None),
    "another name": ({"2014/h1/two.md": None, "2014/h1/three.md": record("第二条。\n", title="另一条")}, None),
    "an error": ({"2014/h1/one.md": record(topics=["aidd"])}, None),
    "a mark left to be filled in": ({"2014/h1/one.md": record("正文待补，【此处填写】。\n")}, None),
    "a warning": ({"2014/h1/one.md": record(f"{'这一段很长。' * 80}\n")}, ["one"]),
}


def read(project: Path, files: Files) -> Tree:
    return read_content(write(project, {name: value for name, value in files.items() if value is not None}) / "content")


@pytest.mark.parametrize("what", CHANGES)
def test_only_what_is_edited_by_itself_comes_first(what: str, tmp_path: Path) -> None:
    changed, expected = CHANGES[what]
    before = read_all(read(tmp_path / "before", FILES))
    now = read(tmp_path / "now", {**FILES, **changed})
    assert any(problem.severity == "warning" for problem in read_all(now).problems) == (what == "a warning")
    found = edited_records(now, before.cache, before.vocabulary)
    if expected is None:
        assert found is None
    else:
        assert found and [one.slug for one in found[1]] == expected
        assert {one.slug: one for one in found[0]}["one"] in found[1] and len(found[0]) == 2


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[LiveReloadServer]:
    (tmp_path / "index.html").write_text("<body>1</body>", encoding="utf-8")
    running = LiveReloadServer(lambda: None, "127.0.0.1", 0, str(tmp_path))
    yield running
    running.shutdown(wait=True)


def test_an_edited_page_is_answered_before_everything_is_built(server: LiveReloadServer, tmp_path: Path) -> None:
    building, asked = Event(), Event()

    def show_edited() -> bool:
        (tmp_path / "index.html").write_text("<body>2</body>", encoding="utf-8")
        return True

    def build() -> None:
        building.set()
        assert asked.wait(20), "nobody could ask for the page before everything is built"
        (tmp_path / "index.html").write_text("<body>3</body>", encoding="utf-8")

    watched = tmp_path / "watched"
    watched.mkdir()
    server.watch(str(watched))
    Stages(server, show_edited, build)
    Thread(target=server.serve, daemon=True).start()
    until(server.serve_thread.is_alive)
    address = f"http://127.0.0.1:{server.server_address[1]}/"

    def shown() -> str:
        with urlopen(address, timeout=20) as answer:
            return str(answer.read().decode()).partition("<script")[0]

    time.sleep(0.6)  # the server has looked at what is there
    (watched / "record.md").write_text("edited", encoding="utf-8")
    until(lambda: "2" in shown())
    asked.set()
    assert building.wait(20)
    until(lambda: "3" in shown())
