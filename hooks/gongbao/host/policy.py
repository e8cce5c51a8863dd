"""The Content-Security-Policy of each page: what a browser may load and run there (W3C, Content Security Policy 3).

A page carries its policy itself, so that it holds on every server. The few scripts that the theme has within its pages
are named by their digests; no other script within a page runs, whoever put it there.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256

_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_ELSEWHERE = re.compile(r"""(?:<script\b[^>]*\ssrc|<link\b[^>]*\brel="stylesheet"[^>]*\shref)="(https?://[^/"]+)""")
_DATA = re.compile(r"""\btype=["']?application/(?:ld\+)?json""")
_ALIGNED = re.compile(r'<(t[dh]) style="text-align: (left|center|right);">')  # as Markdown aligns a table's cells
_BEGINNING = re.compile(r"<meta charset=[^>]*>", re.IGNORECASE)


def with_policy(html: str, content: str = "") -> str:
    """Return a page with its policy at the beginning of its head, and without the styles that the policy forbids.

    ``content`` is the part of the page that records fill: no script in it is ever allowed.
    """
    html = _ALIGNED.sub(r'<\1 class="gb-to-\2">', html)
    frame = html.replace(content, "") if content else html
    tag = f'<meta http-equiv="Content-Security-Policy" content="{policy_of(frame)}">'
    return _BEGINNING.sub(lambda found: f"{found[0]}\n{tag}", html, count=1)


def policy_of(frame: str) -> str:
    """Return the policy of pages with this frame.

    Files come from the site alone, unless the frame itself names another host. `wasm-unsafe-eval` is for the search,
    which is WebAssembly; `data:` is for the theme's icons.
    """
    others = " ".join(["'self'", *dict.fromkeys(_ELSEWHERE.findall(frame))])
    return "; ".join(
        [
            "default-src 'self'",
            f"script-src {others} 'wasm-unsafe-eval' {' '.join(dict.fromkeys(_digests(frame)))}".rstrip(),
            f"style-src {others}",
            "img-src 'self' data:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
        ]
    )


def _digests(frame: str) -> Iterator[str]:
    """Yield the digests of all scripts within a page, as a policy names them."""
    for attributes, text in _SCRIPT.findall(frame):
        if text and not _DATA.search(attributes):
            yield f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
