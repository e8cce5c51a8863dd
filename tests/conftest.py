"""What several test files share: one strict build of the project, served under a sub-path, and one browser."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Error, Page, expect

from commands import BUILD, PROJECT, STRICT, copy_small_project, succeed
from installing import installed, wheel  # noqa: F401 (fixtures of every test)
from serving import served
from shared_folders import once
from six_halves import six_project
from speed import browsing

# A busy machine is no fault of the page's, nor of a function's.
expect.set_options(timeout=30_000)
# ``make test-long`` tries as many inputs as the library does by itself.
settings.register_profile("thorough", deadline=None)
settings.register_profile("quick", deadline=None, max_examples=25)
settings.load_profile("quick")

# The files that take longest come first, so that no process is left alone with one of them in the end.
LONGEST = (
    *("look", "search", "command", "package", "fork", "workflows", "search_trouble", "preview", "figures_and_plans"),
    *("cache", "growth", "incremental", "reading", "paper", "failures", "cases", "rules", "hosts", "data", "frame"),
    *("gate", "theme_styles", "program_changed", "strangers", "site", "exchange", "access", "settings", "manifest"),
    *("word", "policy", "terminals", "stopping", "roles", "catalogue", "guide", "plugins", "outputs"),
)

# A disk takes long to delete thousands of small files; memory that is laid out as a folder does not.
MEMORY, ROOM = Path("/dev/shm"), 2 << 30
if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def pytest_xdist_auto_num_workers() -> int:
    """Return one worker more than there are cores: most tests wait for a browser or for a build in a process."""
    return (os.cpu_count() or 1) + 1


def pytest_collection() -> None:
    gc.disable()


def pytest_collection_finish() -> None:
    """Keep Python from looking again and again through what was imported and collected: none of it is garbage."""
    gc.freeze()
    gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    ranks = {f"test_{name}.py": rank for rank, name in enumerate(LONGEST)}
    items.sort(key=lambda item: ranks.get(item.path.name, len(ranks)))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's own site, built strictly as ``make site`` builds it."""

    def make(folder: Path) -> None:
        succeed(PROJECT, *BUILD, STRICT, "--site-dir", str(folder / "site"))

    return once(tmp_path_factory, "built", make) / "site"


@pytest.fixture(scope="session")
def address(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The absolute address of the site, served below ``/some/where/``."""
    root = tmp_path_factory.mktemp("served")
    (root / "some").mkdir()
    (root / "some" / "where").symlink_to(site, target_is_directory=True)
    with served(root) as base:
        yield f"{base}some/where/"


@pytest.fixture(scope="session")
def packed(site: Path) -> Iterator[str]:
    """The address of the site as a host serves it that compresses what it sends."""
    with served(site, packed=True) as base:
        yield base


@pytest.fixture(scope="session")
def six_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of six halves, which has pages of every kind."""

    def make(folder: Path) -> None:
        succeed(six_project(folder), *BUILD)

    return once(tmp_path_factory, "six", make) / "site"


@pytest.fixture(scope="session")
def six(six_site: Path) -> Iterator[str]:
    """The address of the site of six halves."""
    with served(six_site) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser that ``make test`` has found or fetched."""
    with browsing.browser() as running:
        yield running


@pytest.fixture(scope="session")
def window(browser: Browser) -> Iterator[Page]:
    """A window on a desk: to open one takes longer than most tests do in it."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def page(window: Page) -> Iterator[Page]:
    """The window for one visitor, of whom nothing stays in it but copies of files."""
    yield window
    window.unroute_all()
    with suppress(Error):  # of a page that did not come nothing is kept
        window.evaluate("localStorage.clear(), sessionStorage.clear()")
    window.goto("about:blank")


@pytest.fixture(scope="session")
def small_built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with two records and its site, for copies."""

    def make(folder: Path) -> None:
        succeed(copy_small_project(folder), *BUILD)

    return once(tmp_path_factory, "small", make)


@pytest.fixture
def built(small_built: Path, tmp_path: Path) -> Path:
    """A copy of the project with two records, for one test to break, and its site."""
    return shutil.copytree(small_built, tmp_path / "project")


@pytest.fixture
def small(built: Path) -> Path:
    """A copy of the project with two records that was never built, but that its cache is there already."""
    shutil.rmtree(built / "site")
    (built / ".cache" / "site").unlink()
    return built
