"""The servers' settings in the guide, with the real servers on loopback: pages, search, headers, wrong addresses."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, expect

from commands import PROJECT
from test_site import NEWEST, watch

pytestmark = [pytest.mark.slow, pytest.mark.browser]

GUIDE = (PROJECT / "docs/maintain/serving.md").read_text(encoding="utf-8")


def settings(server: str) -> str:
    """The settings of a server as the guide prints them."""
    found = re.search(rf"^``` {{\.{server}}}\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)
    assert found, server
    return found[1]


def for_nginx(root: Path, folder: Path, port: int, below: str) -> tuple[Path, list[str]]:
    text = settings("nginx").replace("listen 443 ssl", f"listen 127.0.0.1:{port}")
    text = re.sub(r" *ssl_certificate.*\n", "", text).replace("/var/www/bulletins", str(root))
    text = text.replace("/404.html", f"/{below}404.html").replace("^/assets/", f"^/{below}assets/")
    paths = "".join(f"{name}_temp_path {folder};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    file = folder / "nginx.conf"
    file.write_text(
        f"daemon off; worker_processes auto; pid {folder}/pid; error_log {folder}/error.log; user root; events {{}}\n"
        f"http {{ include /etc/nginx/mime.types; access_log off; {paths}\n{text}\n}}",
        encoding="utf-8",
    )
    return file, ["nginx", "-c", str(file), "-e", str(folder / "error.log")]


def for_caddy(root: Path, folder: Path, port: int, below: str) -> tuple[Path, list[str]]:
    text = settings("caddy").replace("www.example.org {", f"http://127.0.0.1:{port} {{")
    text = text.replace("/var/www/bulletins", str(root)).replace("/404.html", f"/{below}404.html")
    file = folder / "Caddyfile"
    file.write_text("{\n admin off\n}\n" + text.replace("/assets/", f"/{below}assets/"), encoding="utf-8")
    return file, ["caddy", "run", "--config", str(file), "--adapter", "caddyfile"]


SERVERS = {"nginx": for_nginx, "caddy": for_caddy}


@contextmanager
def running(server: str, site: Path, folder: Path, below: str) -> Iterator[str]:
    """Run a server of a site with the guide's settings, and give the site's address."""
    if shutil.which(server) is None:
        pytest.skip(f"no {server} on this machine")
    root = folder / "root"
    (root / below).parent.mkdir(parents=True, exist_ok=True)
    (root / below.rstrip("/")).symlink_to(site, target_is_directory=True) if below else root.symlink_to(site)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    _, command = SERVERS[server](root, folder, port, below)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": (folder / "said").open("wb")}
    process = subprocess.Popen(command, env={"HOME": str(folder), "PATH": "/usr/bin:/usr/sbin:/bin"}, **quiet)  # type: ignore[call-overload]
    try:
        for _ in range(100):
            with socket.socket() as asked:
                if asked.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert process.poll() is None, (folder / "said").read_text()
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/{below}"
    finally:
        process.terminate()
        process.wait()


def answer(address: str) -> tuple[int, dict[str, str]]:
    """What a server answers: the status, and the headers by their names in small letters."""
    try:
        response = urlopen(Request(address, headers={"Accept-Encoding": "gzip"}))
    except HTTPError as error:
        response = error
    with response:
        return response.status, {name.lower(): value for name, value in response.headers.items()}


@pytest.mark.parametrize("below", ["", "union/bulletins/"])
@pytest.mark.parametrize("server", SERVERS)
def test_a_site_is_whole_and_safe_behind_the_guides_settings(
    server: str, below: str, site: Path, browser: Browser, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(site, tmp_path / "site"))
    (copy / "picture.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    (copy / ".git").mkdir()
    (copy / ".git/config").write_text("secret", encoding="utf-8")
    with running(server, copy, tmp_path, below) as address:
        status, headers = answer(f"{address}{NEWEST}")
        assert status == 200
        assert headers["content-type"].replace("UTF-8", "utf-8") == "text/html; charset=utf-8"
        assert headers["content-encoding"] == "gzip"
        assert headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'self'" in headers["content-security-policy"]
        assert "sandbox" in answer(f"{address}picture.svg")[1]["content-security-policy"]
        script = next((copy / "assets/javascripts").glob("bundle.*.js")).name
        assert "immutable" in answer(f"{address}assets/javascripts/{script}")[1]["cache-control"]
        assert answer(f"{address}.git/config")[0] == 404
        assert answer(f"{address}nowhere/")[0] == 404
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        page = context.new_page()
        faults = watch(page, address)
        page.goto(f"{address}search/?q=困难职工")
        expect(page.locator(".gb-search a").first).to_be_visible()
        page.goto(f"{address}{NEWEST}")
        expect(page.locator("h1")).to_be_visible()
        assert faults == []
        context.close()
