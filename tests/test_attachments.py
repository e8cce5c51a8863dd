"""Hostile attachments: each is refused, or runs nothing when a reader opens it, whatever the server says of it."""

from __future__ import annotations

import gzip
import threading
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from urllib.parse import quote
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Error

from gongbao.problems.problem import errors
from gongbao.reading.content import read_all
from gongbao.reading.disk import read_content
from gongbao.records.file_kinds import BEGINNINGS, HEAD
from small_archives import LISTS, Files, in_memory, record, tree_of, write

SCRIPT = b"<script>pwn()</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="pwn()"><script>pwn()</script></svg>'
PDF = (
    b"%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>endobj\ntrailer<</Root 1 0 R>>"
)


def packed(**files: bytes) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as parts:
        for name, content in files.items():
            parts.writestr(name.replace("__", "."), content)
    return made.getvalue()


def starting(*beginnings: bytes) -> Iterator[bytes]:
    """Pages that begin as other kinds of files do."""
    for beginning in beginnings:
        yield beginning.replace(b".", b"\0") + b"\n" + SCRIPT
        yield beginning.replace(b"....", b"<!--") + b"-->" + SCRIPT


CONTENTS = (
    *(SCRIPT, b"", b" \n\t\f" + SCRIPT, b"\xef\xbb\xbf" + SCRIPT, "\ufeff<script>pwn()</script>".encode("utf-16-le")),
    *("\ufeff<script>pwn()</script>".encode("utf-16-be"), "<script>pwn()</script>".encode("utf-16-le")),
    *(b"\0" + SCRIPT,),
    *(
        "<script>pwn()</script>".encode("utf-32"),
        b"<!doctype html>" + SCRIPT,
        b"<!-- a --><html>" + SCRIPT,
        b"<a>" + SCRIPT,
    ),
    *(
        b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>" + SCRIPT + b"</html>",
        b"plain text " + SCRIPT,
    ),
    *(SVG, b"<?xml version='1.0'?>" + SVG, gzip.compress(SVG), gzip.compress(SCRIPT), zlib.compress(SCRIPT)),
    *(b'<svg xmlns="http://www.w3.org/2000/svg"><foreignObject><body xmlns="http://www.w3.org/1999/xhtml">' + SCRIPT,),
    *(),
    *(b'<svg xmlns="http://www.w3.org/2000/svg"><use href="data:image/svg+xml,<svg id=x onload=pwn() />#x"/></svg>',),
    *(
        b"MIME-Version: 1.0\nContent-Type: text/html\n\n" + SCRIPT,
        b"Content-Type: text/html\n\n" + SCRIPT,
        b"+ADw-script+AD4-pwn()",
    ),
    *(
        b"[InternetShortcut]\nURL=javascript:pwn()",
        b"pwn()//",
        b"<?php echo 1 ?>" + SCRIPT,
        b"\x1b$B" + SCRIPT,
        PDF,
        PDF + SCRIPT,
    ),
    *(
        packed(index__html=SCRIPT),
        packed(word_vbaProject__bin=b"x"),
        packed(a=SCRIPT) + SCRIPT,
        SCRIPT + packed(a=SCRIPT),
    ),
    *(b"A" * 3000 + SCRIPT, b"\n" * 3000 + SCRIPT, b'{"a": "' + SCRIPT + b'"}'),
    *(b"=cmd|'/C calc'!A0,1", b"\xff" * 4096),
    *starting(*{one for ones in BEGINNINGS.values() for one in ones}),
)
HARMLESS = (
    *("javascript:pwn().txt", "a:b.txt", "a'b.txt", 'a"b.txt', "<img src=x onerror=pwn()>.txt", "&amp;.txt"),
    *("a.html%00.txt", "a\u3000b.txt", "=1.txt", "-rf.txt", "$(id).txt"),
)
ALLOWED = tuple(f"a.{ending}" for ending in BEGINNINGS)
RUNNING = (
    *(
        "html",
        "htm",
        "xhtml",
        "xht",
        "xhtm",
        "shtml",
        "shtm",
        "stm",
        "svg",
        "svgz",
        "mht",
        "mhtml",
        "hta",
        "url",
        "xml",
    ),
    *(
        "xsl",
        "xslt",
        "js",
        "mjs",
        "php",
        "phtml",
        "asp",
        "jsp",
        "asis",
        "swf",
        "wasm",
        "htc",
        "rdf",
        "atom",
        "rss",
        "xbl",
    ),
)
NAMES = (
    *ALLOWED,
    *(f"a.{ending}" for ending in RUNNING),
    *(f"A.{ending.upper()}" for ending in RUNNING),
    *(f"a.{ending}.txt" for ending in RUNNING),
    *(
        "a.html.",
        "a.html ",
        "a.html .txt",
        "a.html..txt",
        "a.txt.html.",
        "a.ｈｔｍｌ",
        "a．html.txt",
        "a․html.txt",
        "a.ﬁle",
    ),
    *(
        "a\u202etxt.html",
        "a\u202elmth.txt",
        "a.ht\u200bml",
        "a.html\u200b.txt",
        "a.htm\u00adl.txt",
        "a\x1b[31m.txt",
        "a\n.txt",
    ),
    *("a%2ehtml", "a.txt;x.html", "a.txt?x.html", "a.txt#x.html", ".html", ".htaccess"),
    *(
        "web.config",
        "_headers",
        "CNAME",
        "index.html",
        "sitemap.xml",
        "feed.xml",
        "manifest.webmanifest",
        "sw.js",
        "a",
        "a.",
    ),
    *("a\\b.html", "a\u2028b.txt", *HARMLESS),
    *(
        "a.docm",
        "a.xlsm",
        "a.pptm",
        "a.dotm",
        "a.xlam",
        "a.iqy",
        "a.slk",
        "a.lnk",
        "a.scf",
        "a.library-ms",
        "a.ics",
        "a.eml",
    ),
)


def named(names: Iterable[str], contents: Iterable[bytes]) -> dict[str, bytes]:
    """A record with files of all these names, each with all these contents."""
    return {f"2014/h1/x/{at}/{name}": content for at, content in enumerate(contents) for name in names}


def accepted(files: dict[str, bytes], project: Path | None = None) -> dict[str, bytes]:
    """The files that the check lets pass, in memory, or on the disk, which has rules for names too."""
    whole: Files = {**LISTS, "2014/h1/x/index.md": record(), **files}
    heads = {path: content[:HEAD] for path, content in files.items()}
    tree = read_content(write(project, whole) / "content") if project else replace(tree_of(whole), heads=heads)
    wrong = {problem.path.removeprefix("content/") for problem in errors(read_all(tree).problems)}
    return {path: content for path, content in files.items() if path in tree.others and path not in wrong}


def test_no_attachment_has_a_name_that_somebody_takes_for_a_page(tmp_path: Path) -> None:
    kept = accepted(named(NAMES, [b"plain"]), tmp_path)
    assert {path.partition("/x/0/")[2] for path in kept} == {"a.txt", "a.csv", "a.tsv", "a.json", *HARMLESS}


def test_no_attachment_begins_as_a_page() -> None:
    kept = accepted(named(ALLOWED, CONTENTS))
    assert len(kept) > len(BEGINNINGS)
    assert not [path for path, content in kept.items() if content.lstrip(b"\xef\xbb\xbf \n\t\f").startswith(b"<")]
    texts = [content for path, content in kept.items() if path.endswith((".txt", ".csv", ".tsv", ".json"))]
    assert not [content for content in texts if content.startswith((b"%PDF", b"PK", b"RIFF", b"GIF8", b"\x89PNG"))]


class _Server(SimpleHTTPRequestHandler):
    """Says what the machine knows of each file, or nothing, as some servers do with endings that they do not know."""

    def __init__(self, *arguments: object, typed: bool, **more: object) -> None:
        self.typed = typed
        super().__init__(*arguments, **more)  # type: ignore[arg-type]

    def send_header(self, keyword: str, value: str) -> None:
        if self.typed or keyword != "Content-type":
            super().send_header(keyword, value)

    def log_message(self, format: str, *arguments: object) -> None:
        """Stay silent about requests."""


@contextmanager
def served(root: Path, *, typed: bool) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Server, directory=str(root), typed=typed)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("typed", [True, False])
def test_no_attachment_runs_when_it_is_opened(typed: bool, browser: Browser, tmp_path: Path) -> None:
    kept = accepted(named(ALLOWED, CONTENTS)) | accepted(named(NAMES, [b"plain" + SCRIPT]), tmp_path / "names")
    built = in_memory(write(tmp_path / "project", {**LISTS, "2014/h1/x/index.md": record(), **kept}))
    root = tmp_path / "site"
    for address, content in built.made("attachments").items():
        (root / address).parent.mkdir(parents=True, exist_ok=True)
        (root / address).write_bytes(content)
    ran: list[str] = []
    context = browser.new_context()
    context.expose_binding("pwn", lambda source, *_: ran.append(source["page"].url))
    page = context.new_page()
    with served(root, typed=typed) as base:
        for address in sorted(built.outputs["attachments"].names):
            try:
                page.goto(base + quote(address))
            except Error as error:
                assert "Download is starting" in str(error) or "ERR_ABORTED" in str(error), (address, error)
    assert not ran
