"""A server in a thread of its own. The tests and the measuring of the search read built sites from it."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


@contextmanager
def served(root: Path, *, packed: bool = False) -> Iterator[str]:
    """Serve a folder, and give its address. With ``packed``, texts are compressed and browsers cache, as with hosts."""
    handler = _Packing if packed else _Handler
    with _Server(("127.0.0.1", 0), partial(handler, directory=str(root))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Stay silent about a browser that leaves a page before all of it was sent."""


class _Handler(SimpleHTTPRequestHandler):
    # Connections stay open and answers are sent at once, as with every host.
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, format: str, *arguments: object) -> None:
        """Stay silent about requests."""


class _Packing(_Handler):
    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        content, kind = path.read_bytes(), self.guess_type(path)
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "max-age=600")  # as GitHub Pages has it
        if kind.startswith("text/") or kind.endswith(("json", "javascript", "xml")):
            content = gzip.compress(content, 9, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
