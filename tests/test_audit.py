"""``make audit``, which the hosts run each week, against a PyPI that this test makes up: it can pass, and it can fail.

The answers come from 127.0.0.1, through a proxy that says that it is pypi.org. The commands are those of the Makefile.
"""

from __future__ import annotations

import json
import ssl
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from commands import PROJECT, run_command

pytestmark = pytest.mark.slow  # set-up fetches the tools

KNOWN = "PYSEC-0000-1"
ANSWER = {"id": KNOWN, "aliases": [], "summary": "made up", "details": "", "fixed_in": ["999"]}


@pytest.fixture
def pypi(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a command to which a server of ours is pypi.org; its ``VULNERABLE`` package is a file."""
    certificate, key = tmp_path / "pypi.pem", tmp_path / "pypi.key"
    named = ("-subj", "/CN=pypi.org", "-addext", "subjectAltName=DNS:pypi.org", "-days", "2")
    made = ("-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    where = ("-keyout", str(key), "-out", str(certificate))
    subprocess.run(["openssl", "req", *made, *named, *where], check=True, capture_output=True)
    encrypted = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    encrypted.load_cert_chain(certificate, key)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_CONNECT(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.connection = encrypted.wrap_socket(self.connection, server_side=True)
            self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb")
            self.close_connection = False  # although clients ask by HTTP 1.0

        def do_GET(self) -> None:
            _, place, name, _, _ = self.path.split("/")
            known = [ANSWER] if name == (tmp_path / "vulnerable").read_text() else []
            body = json.dumps({"vulnerabilities": known}).encode()
            self.send_response(200 if place == "pypi" else 404)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            self.wfile.flush()

        def log_message(self, format: str, *args: object) -> None:
            pass

    (tmp_path / "vulnerable").write_text("")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    caches = {name: str(tmp_path / "cache") for name in ("PIP_CACHE_DIR", "XDG_CACHE_HOME", "HOME")}
    proxy = dict.fromkeys(("HTTPS_PROXY", "https_proxy"), f"http://127.0.0.1:{server.server_port}")
    yield {**caches, **proxy, "NO_PROXY": "", "no_proxy": "", "REQUESTS_CA_BUNDLE": str(certificate)}
    server.shutdown()
    server.server_close()


def test_the_audit_passes_without_a_known_fault_and_fails_for_one(pypi: dict[str, str], tmp_path: Path) -> None:
    assert run_command(PROJECT, "sh", "scripts/setup.sh", "tools").returncode == 0
    (PROJECT / "build/sbom.json").unlink(missing_ok=True)
    fine = run_command(PROJECT, "make", "audit", **pypi)
    assert fine.returncode == 0, fine.stdout
    listed = json.loads((PROJECT / "build/sbom.json").read_text(encoding="utf-8"))
    assert {"mkdocs", "nh3"} <= {one["name"] for one in listed["components"]}

    (tmp_path / "vulnerable").write_text("nh3")
    found = run_command(PROJECT, "make", "audit", **pypi)
    assert found.returncode != 0
    assert "nh3" in found.stdout and KNOWN in found.stdout


def test_an_audit_without_answers_is_no_passed_audit(pypi: dict[str, str]) -> None:
    assert run_command(PROJECT, "sh", "scripts/setup.sh", "tools").returncode == 0
    unreached = run_command(
        PROJECT, "make", "audit", **{**pypi, "HTTPS_PROXY": "", "https_proxy": "http://127.0.0.1:9"}
    )
    assert unreached.returncode != 0
