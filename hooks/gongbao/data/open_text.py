"""A record's text and outcomes in the open data: as written, but that no address of a hidden record is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from ..archive.filing import Archive
from ..records.record import Record

_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\(\s*<?([^()<>\s]+)>?[^()\n]*\)")
_HTML = re.compile(r"(<[aA]\b[^<>]*?)\s+href\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\s\"'<>]+))", re.IGNORECASE)


def without_hidden_links(text: str, target: Callable[[str], str | None]) -> str:
    """Return a text with the words alone of links that no reader may follow.

    ``target`` returns an empty text for the path of such a link.
    """

    def hidden(address: str) -> bool:
        try:
            path = unquote(urlsplit(address).path)
        except ValueError:
            return False
        return bool(path) and target(path) == ""

    text = _LINK.sub(lambda link: link[1] if hidden(link[2]) else link[0], text)
    return _HTML.sub(lambda tag: tag[1] if hidden(tag[2] or tag[3] or tag[4] or "") else tag[0], text)


def outcomes_told(record: Record, stated: Mapping[str, Any], archive: Archive) -> Iterator[Mapping[str, Any]]:
    """Yield a record's outcomes as ``stated``, without the names of commitments that are not published."""
    for outcome, told in zip(record.outcomes, stated["outcomes"], strict=True):
        published = archive.promise_key(outcome.commitment) in archive.promises_by_id
        yield told if published else {name: value for name, value in told.items() if name != "commitment"}
