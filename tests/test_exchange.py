"""Whoever reads ``site/`` gets a whole old or a whole new site at any moment, whatever becomes of a build."""

from __future__ import annotations

import random
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest

from commands import (
    BUILD,
    GONGBAO,
    STRICT,
    add_hook,
    environment,
    files_of,
    replace,
    run,
    run_command,
    succeed,
)
from serving import served
from site_reader import NOTE, NUMBER, RECORD, Reader, has, is_whole


def edit(project: Path, number: int) -> None:
    """Write the number of the next build into every page; add and delete pages."""
    mark = f"第{number:04}版"
    good = project / "content/2014/h1/good.md"
    text = re.sub("^title: .*", f"title: 走访困难职工{mark}", good.read_text(encoding="utf-8"), flags=re.MULTILINE)
    good.write_text(text, encoding="utf-8")
    (project / "content/site.yml").write_text(f"name: 工报{mark}\nlanguage: zh\n", encoding="utf-8")
    (project / "docs/about.md").write_text(f"# 关于{mark}\n", encoding="utf-8")
    pages = {
        RECORD: ("content/2014/h1/more.md", "---\ntitle: 又一条\nunit: town\ntopics: [aid]\n---\n\n正文。\n"),
        NOTE: ("docs/note.md", "# 说明\n"),
    }
    for path, (name, content) in pages.items():
        if has(path, number):
            (project / name).write_text(content, encoding="utf-8")
        else:
            (project / name).unlink(missing_ok=True)


# ---- what is wrong with a build ----


def broken_record(project: Path) -> None:
    replace(project / "content/2014/h1/good.md", "title: ", "titel: ")


def broken_template(project: Path) -> None:
    own(project, "gongbao/record.html", "{% if %}\n")


def broken_frame(project: Path) -> None:
    own(project, "partials/copyright.html", "{{ nothing.at.all }}\n")


def raising_in_a_page(project: Path) -> None:
    hook(project, "def on_post_page(output, page, config):\n    raise ValueError\n")


def raising_at_the_end(project: Path) -> None:
    hook(project, "def on_post_build(config):\n    raise ValueError\n")


def warned_of_and_strict(project: Path) -> None:
    (project / "docs/about.md").write_text("# 关于\n\n[没有](none.md)\n", encoding="utf-8")


def own(project: Path, name: str, text: str) -> None:
    path = project / "own" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    replace(project / "mkdocs.yml", "  name: material\n", "  name: material\n  custom_dir: own\n")


def hook(project: Path, text: str) -> None:
    add_hook(project, "trouble.py", text)


TROUBLES: tuple[Callable[[Path], None], ...] = (
    broken_record,
    broken_template,
    broken_frame,
    raising_in_a_page,
    raising_at_the_end,
    warned_of_and_strict,
)


@contextmanager
def trouble(project: Path, what: Callable[[Path], None]) -> Iterator[None]:
    """Break something, and mend it in the end."""
    broken = [project / name for name in ("mkdocs.yml", "content/2014/h1/good.md", "docs/about.md")]
    before = [path.read_bytes() for path in broken]
    what(project)
    yield
    for path, data in zip(broken, before, strict=True):
        path.write_bytes(data)
    for folder in ("own", "__pycache__"):
        shutil.rmtree(project / folder, ignore_errors=True)
    (project / "trouble.py").unlink(missing_ok=True)


# ---- builds one after another ----

KILLS = 200
LIMITED = """
import resource, sys
sys.dont_write_bytecode = True  # Python would cut short what it keeps of our modules, and run that in the next test
resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
from mkdocs.__main__ import cli
cli(["build", "--quiet"])
"""


@dataclass
class Site:
    """A project that is built again and again, with what is published now and what must never be."""

    project: Path
    beside: dict[str, set[str]] = field(default_factory=dict)  # what stands beside the site, and in the cache
    number: int = 2  # of the last build
    never: set[int] = field(default_factory=set)  # builds that failed
    seconds: float = 0.0  # of a build

    def first(self) -> None:
        """Build twice: what stands beside the site then, stands there after every build."""
        edit(self.project, 1)
        succeed(self.project, *BUILD)
        edit(self.project, self.number)
        began = time.monotonic()
        done = run_command(self.project, sys.executable, *GONGBAO, "build")  # as `killed` starts it
        assert done.returncode == 0, done.stdout
        self.seconds, self.beside = time.monotonic() - began, self.stands_beside()

    def stands_beside(self) -> dict[str, set[str]]:
        return {name: {path.name for path in (self.project / name).iterdir()} for name in ("", ".cache")}

    def good(self) -> None:
        self.number += 1
        edit(self.project, self.number)
        succeed(self.project, *BUILD)
        assert self.published() == self.number
        assert self.stands_beside() == self.beside

    def bad(self, what: Callable[[Path], None]) -> None:
        self.number += 1
        self.never.add(self.number)
        edit(self.project, self.number)
        before = files_of(self.project / "site")
        with trouble(self.project, what):
            done = run(self.project, *BUILD, *([STRICT] if what is warned_of_and_strict else []))
        assert done.returncode != 0, what.__name__
        assert self.changed(before) == [], what.__name__

    def killed(self, after: float, number: signal.Signals = signal.SIGKILL) -> None:
        """Build, and kill the build, or ask it to end, after a part of the time that a build takes."""
        self.number += 1
        edit(self.project, self.number)
        before, last = files_of(self.project / "site"), self.published()
        quiet = subprocess.DEVNULL
        command = [sys.executable, *GONGBAO, "build"]
        with subprocess.Popen(command, cwd=self.project, env=environment(), stdout=quiet, stderr=quiet) as process:
            time.sleep(after * self.seconds)
            process.send_signal(number)
        self.is_old_or_new(before, last)

    def short_of_room(self, limit: int) -> None:
        """Build while no file may be larger than so many bytes."""
        self.number += 1
        edit(self.project, self.number)
        before, last = files_of(self.project / "site"), self.published()
        done = run(self.project, "-c", LIMITED.format(limit=limit))
        assert (self.published() == last) == (done.returncode != 0)
        self.is_old_or_new(before, last)

    def is_old_or_new(self, before: dict[str, bytes], last: int) -> None:
        if self.published() == last:
            assert self.changed(before) == []
            self.never.add(self.number)

    def changed(self, before: dict[str, bytes]) -> list[str]:
        """The files of the site that are not as they were."""
        now = files_of(self.project / "site")
        return [name for name in sorted({*before, *now}) if before.get(name) != now.get(name)]

    def published(self) -> int:
        """The number that all pages have."""
        pages = [data.decode() for name, data in files_of(self.project / "site").items() if name.endswith(".html")]
        numbers = {number for text in pages for number in NUMBER.findall(text)}
        assert len(numbers) == 1 and all(is_whole("", text) for text in pages), numbers
        return int(numbers.pop())


@contextmanager
def read_meanwhile(project: Path) -> Iterator[tuple[Site, Reader]]:
    """Build a project once, and have somebody read it until the end; nothing that was read may have been wrong."""
    site, reader = Site(project), Reader()
    site.first()
    with served(project / "site") as address:
        thread = threading.Thread(target=reader.read, args=(address,), daemon=True)
        thread.start()
        yield site, reader
        reader.ends.set()
        thread.join()
    assert not (wrong := reader.wrong(site.never)), "\n".join([f"{len(wrong)} answers", *wrong[:20]])
    assert len(reader.answers) > 10 * site.number


def build_in_turn(project: Path, kinds: Sequence[Callable[[Site], None]]) -> tuple[Site, Reader]:
    """Build in all these ways, and well in the end, which must give what a build from nothing gives."""
    with read_meanwhile(project) as (site, reader):
        for kind in kinds:
            kind(site)
        site.good()
    made = files_of(project / "site")
    clean = shutil.copytree(project, project.parent / "clean")
    for folder in [clean / "site", *(path for path in clean.glob(".*") if path.is_dir())]:
        shutil.rmtree(folder)
    succeed(clean, *BUILD)
    assert files_of(clean / "site") == made
    return site, reader


def some(chance: random.Random, count: int) -> list[Callable[[Site], None]]:
    """Builds of all kinds: of four one is good, one fails, one has no room, and one is killed."""
    kinds: list[Callable[[Site], None]] = []
    for at in range(count // 4):
        failing = partial(Site.bad, what=TROUBLES[at % len(TROUBLES)])
        no_room = partial(Site.short_of_room, limit=chance.choice([2_000, 10_000, 20_000, 50_000, 100_000]))
        kinds += [Site.good, failing, no_room, partial(Site.killed, after=chance.uniform(0.05, 1.1))]
    chance.shuffle(kinds)
    return kinds


def test_a_reader_gets_a_whole_site_through_a_few_builds(small: Path) -> None:
    kinds: list[Callable[[Site], None]] = [
        partial(Site.killed, after=0.8),
        partial(Site.bad, what=raising_at_the_end),
        partial(Site.short_of_room, limit=4_000),
    ]
    build_in_turn(small, kinds)


@pytest.mark.slow
def test_a_reader_gets_a_whole_site_through_fifty_builds(small: Path) -> None:
    build_in_turn(small, some(random.Random(50), 48))


@pytest.mark.slow
def test_a_reader_gets_a_whole_site_through_two_hundred_kills(small: Path) -> None:
    chance = random.Random(200)
    signals = [signal.SIGKILL, signal.SIGTERM, signal.SIGINT]
    kills = [partial(Site.killed, after=chance.uniform(0.02, 1.1), number=chance.choice(signals)) for _ in range(KILLS)]
    site, reader = build_in_turn(small, kills)
    print(f"{KILLS} kills, {KILLS - len(site.never)} after the new site was there; {len(reader.answers)} pages read")
