"""What several test files share: one strict build of the project, served under a sub-path, and one browser."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from commands import BUILD, PROJECT, STRICT, copy_small_project, succeed


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's own site, built strictly as ``make site`` builds it."""
    folder = tmp_path_factory.mktemp("built") / "site"
    succeed(PROJECT, *BUILD, STRICT, "--site-dir", str(folder))
    return folder


@pytest.fixture(scope="session")
def address(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The absolute address of the site, served below ``/some/where/``."""
    root = tmp_path_factory.mktemp("served")
    (root / "some").mkdir()
    (root / "some" / "where").symlink_to(site, target_is_directory=True)
    with _Server(("127.0.0.1", 0), partial(_Handler, directory=str(root))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/some/where/"
        server.shutdown()


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a browser that has left a page before all of it was sent."""


class _Handler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing of each request."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser that ``make test`` has found or fetched."""
    executable = (PROJECT / ".venv" / "browser").read_text(encoding="utf-8").strip()
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=executable, args=arguments)
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a fresh visitor, on a desk."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A copy of the project with two records."""
    return copy_small_project(tmp_path / "project")
