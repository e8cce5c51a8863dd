"""The preview's first stage: an edited record's own page is there before the rest of the site is built again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread
from urllib.request import urlopen

import pytest
from mkdocs.livereload import LiveReloadServer
from watchdog.observers.polling import PollingObserver

from commands import succeed
from gongbao.host.served import Stages, look_by
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
    found = edited_records(now, before.known, before.vocabulary)
    if expected is None:
        assert found is None
    else:
        assert found and [one.slug for one in found[1]] == expected
        assert {one.slug: one for one in found[0]}["one"] in found[1] and len(found[0]) == 2


# A preview's two builds in one process, as the server's loop calls them; the first stage between them.
_TWO_BUILDS = """
from pathlib import Path
import shutil, sys
sys.path.insert(0, "hooks")
from mkdocs.commands.build import build
from mkdocs.config import load_config
from gongbao.host import events

def built():
    config = load_config(site_dir="site", site_url="http://127.0.0.1:8000/")
    config.plugins.on_startup(command="serve", dirty=False)
    build(config)

record, page = Path("content/2014/h1/good.md"), Path("site/2014/h1/records/good/index.html")
built()
assert not events._show_edited(Path.cwd()), "nothing is edited"
record.write_text(record.read_text(encoding="utf-8") + "\\n又加了一段话。\\n", encoding="utf-8")
before = page.read_bytes()
shutil.rmtree(".cache", ignore_errors=True)  # never needed; the search index is being made in it
assert events._show_edited(Path.cwd())
first = page.read_bytes()
assert "又加了一段话" in first.decode() and first != before
built()
assert page.read_bytes() == first, "the whole build makes another page"
record.write_text(record.read_text(encoding="utf-8") + "\\n再加一段。\\n", encoding="utf-8")
template = Path("hooks/gongbao/rendering/templates/record.html")
template.write_bytes(template.read_bytes() + "{# 记录 #}".encode("gbk"))
assert not events._show_edited(Path.cwd()), "a template that is not UTF-8 is for the whole build to tell"
print("the same")
"""


def test_the_page_that_comes_first_is_the_one_that_stays(small: Path) -> None:
    assert "the same" in succeed(small, "-c", _TWO_BUILDS)


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


def test_what_is_watched_already_is_looked_at_by_another_observer_too(tmp_path: Path) -> None:
    """Such as the theme, where it was asked for."""
    server = LiveReloadServer(lambda: None, "127.0.0.1", 0, str(tmp_path))
    server.watch(str(tmp_path))
    observer = PollingObserver(timeout=0.1)
    look_by(server, observer)
    server.server_close()
    assert server.observer is observer
    assert {emitter.watch.path for emitter in observer.emitters} == {str(tmp_path)}


def test_a_page_is_answered_while_the_rest_is_built_and_not_while_the_site_is_replaced(
    server: LiveReloadServer, tmp_path: Path
) -> None:
    building, replacing, replaced = Event(), Event(), Event()

    def build() -> None:
        building.set()
        assert replacing.wait(20)
        stages.hold()
        (tmp_path / "index.html").write_text("<body>3</body>", encoding="utf-8")
        assert replaced.wait(20)

    def first() -> bool:
        (tmp_path / "index.html").write_text("<body>2</body>", encoding="utf-8")
        return True

    server.builder = build
    stages = Stages(server, first)
    server.watch(str(tmp_path / "watched"))
    (tmp_path / "watched").mkdir()
    Thread(target=server.serve, daemon=True).start()
    until(server.serve_thread.is_alive)
    with server._rebuild_cond:  # as if a file had changed
        server._want_rebuild = True
        server._rebuild_cond.notify_all()
    assert building.wait(20)
    address = f"http://127.0.0.1:{server.server_address[1]}/"

    def ask() -> str:
        with urlopen(address, timeout=20) as answer:
            return str(answer.read().decode())

    assert "2" in ask().partition("<script")[0]  # while all is being built
    replacing.set()
    answers: list[str] = []
    asking = Thread(target=lambda: answers.append(ask()))
    until(lambda: server._visible_epoch != server._wanted_epoch)
    asking.start()
    asking.join(0.3)
    assert not answers  # nothing while the site is being replaced
    replaced.set()
    asking.join(20)
    assert "3" in answers[0].partition("<script")[0]
