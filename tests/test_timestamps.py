"""A time stamp of a manifest, by an authority that this test runs itself: made, verified offline, and found broken."""

from __future__ import annotations

import hashlib
import json
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from commands import GONGBAO, run, succeed
from gongbao.site.timestamps import STAMP, WrongStamp, request_of, stamped_at
from serving import served

VERIFY, TIMESTAMP = ((*GONGBAO, name) for name in ("verify", "timestamp"))
SETTINGS = """
[req]
distinguished_name = name
prompt = no
[name]
CN = An authority of this test's own
[root]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
[stamping]
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = own
[own]
serial = serial
signer_cert = signer.pem
signer_key = signer.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
"""
KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-config", "settings")


def openssl(folder: Path, *arguments: str) -> bytes:
    return subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True).stdout


def make_authority(folder: Path) -> Path:
    (folder / "settings").write_text(SETTINGS, encoding="utf-8")
    (folder / "serial").write_text("01\n", encoding="utf-8")
    root = ("-x509", "-days", "3650", "-extensions", "root", "-keyout", "root.key", "-out", "root.pem")
    openssl(folder, "req", *KEY, *root)
    openssl(folder, "req", *KEY, "-subj", "/CN=Signer", "-keyout", "signer.key", "-out", "signer.csr")
    signed = ("-req", "-in", "signer.csr", "-CA", "root.pem", "-CAkey", "root.key", "-set_serial", "2", "-days", "3650")
    openssl(folder, "x509", *signed, "-extfile", "settings", "-extensions", "stamping", "-out", "signer.pem")
    return folder


def answer_to(request: bytes, authority: Path) -> bytes:
    (authority / "query").write_bytes(request)
    return openssl(authority, "ts", "-reply", "-config", "settings", "-queryfile", "query")


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def address(authority: Path) -> Iterator[str]:
    """The authority's address; below ``/refuses`` it answers what is no stamp."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<html>" if self.path == "/refuses" else answer_to(request, authority))

        def log_message(self, format: str, *arguments: object) -> None:
            """Stay silent about requests."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of one page, with its manifest."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "index.html").write_bytes(b"<p>")
    listed = {"path": "index.html", "sha256": hashlib.sha256(b"<p>").hexdigest(), "bytes": 3}
    (folder / "manifest.json").write_text(json.dumps({"files": [listed]}), encoding="utf-8")
    return folder


def test_a_stamp_is_made_and_verified_from_a_folder_and_from_the_web(site: Path, authority: Path, address: str) -> None:
    root = ("--root", str(authority / "root.pem"))
    said = succeed(site, *TIMESTAMP, str(site), "--url", address, *root)
    assert STAMP in said and "UTC" in said
    for place in (str(site), None):
        with served(site) as base:
            said = succeed(site, *VERIFY, place or base, *root)
        assert "1 个文件都和清单一致" in said and "时间戳证明：20" in said
    assert "时间戳" not in succeed(site, *VERIFY, str(site))  # who gives no root certificate asks for no stamp
    by_variable = {"GONGBAO_TSA_ROOT": str(authority / "root.pem")}
    assert "时间戳证明" in succeed(site, *VERIFY, str(site), **by_variable)
    openssl(site, "ts", "-verify", "-data", "manifest.json", "-in", STAMP, "-CAfile", str(authority / "root.pem"))


def other_root(site: Path) -> Path:
    (site.parent / "other").mkdir()
    return make_authority(site.parent / "other") / "root.pem"


def change_manifest(site: Path) -> None:
    path = site / "manifest.json"
    path.write_bytes(path.read_bytes() + b" ")


FAULTS: dict[str, Callable[[Path], object]] = {
    "no stamp": lambda site: (site / STAMP).unlink(),
    "no stamp at all": lambda site: (site / STAMP).write_bytes(b""),
    "another manifest": change_manifest,
    "another authority": other_root,
    "no certificate": lambda site: site / "manifest.json",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_stamp_that_does_not_hold_is_told_in_a_line(fault: str, site: Path, authority: Path) -> None:
    (site / STAMP).write_bytes(answer_to(request_of((site / "manifest.json").read_bytes()), authority))
    root = FAULTS[fault](site)
    done = run(site, *VERIFY, str(site), "--root", str(root if isinstance(root, Path) else authority / "root.pem"))
    assert (done.returncode, f"时间戳 {STAMP} 不成立" in done.stdout) == (1, True), done.stdout
    assert "Traceback" not in done.stdout


@pytest.mark.parametrize("path", ["/refuses", ":9/"])
def test_where_no_stamp_is_got_none_is_written(path: str, site: Path, authority: Path, address: str) -> None:
    url = f"http://127.0.0.1{path}" if path.startswith(":") else address + path
    done = run(site, *TIMESTAMP, str(site), "--url", url, "--root", str(authority / "root.pem"))
    assert (done.returncode, "没有得到时间戳" in done.stdout, "Traceback" in done.stdout) == (1, True, False)
    assert not (site / STAMP).exists()


def test_whatever_bit_is_flipped_the_time_is_the_same_or_the_stamp_is_wrong(site: Path, authority: Path) -> None:
    manifest = (site / "manifest.json").read_bytes()
    stamp = answer_to(request_of(manifest), authority)
    roots = (authority / "root.pem").read_bytes()
    time = stamped_at(stamp, manifest, roots)
    held = 0
    for at in range(len(stamp)):
        flipped = bytearray(stamp)
        flipped[at] ^= 1 << at % 8
        try:
            assert stamped_at(bytes(flipped), manifest, roots) == time
            held += 1
        except WrongStamp:
            pass
    assert held < len(stamp) / 20  # what the signature does not cover: numbers of versions, unsigned parts


def test_without_the_library_one_line_says_how_to_get_it(site: Path, tmp_path: Path, authority: Path) -> None:
    blocked = tmp_path / "blocked/rfc3161_client"
    blocked.mkdir(parents=True)
    (blocked / "__init__.py").write_text("raise ImportError\n", encoding="utf-8")
    (site / STAMP).write_bytes(b"")
    done = run(site, *VERIFY, str(site), "--root", str(authority / "root.pem"), PYTHONPATH=str(blocked.parent))
    assert (done.returncode, "sh scripts/setup.sh timestamp" in done.stdout) == (1, True), done.stdout
