"""Where links between records lead, and which of them no reader may follow: those to drafts and held-back periods."""

from __future__ import annotations

import re
from functools import cached_property

from ..records.record import RECORD_ENDINGS
from . import addresses
from .filing import Archive

_PERIOD = r"(?:\d{4}|undated)/(?:h1|h2|year)"
_RECORD_PAGE = re.compile(rf"/{_PERIOD}/records/[^/]+", re.IGNORECASE)
_BESIDE = re.compile(rf"{_PERIOD}/[^/]+/.", re.IGNORECASE)  # a file beside a record


class PublishedTargets:
    """The targets of links in the texts of an archive's records.

    ``files`` has the address of each record and attachment, from the site's root (``/2014/h1/…``), by its path in
    ``content/``; ``pages`` are the addresses of records' pages, also those under earlier ids.
    """

    def __init__(self, archive: Archive) -> None:
        every = (*archive.records, *archive.withdrawn)
        self.files = {record.content_path: f"/{addresses.record(record)}" for record in every}
        for record in archive.records:
            self.files |= {path: f"/{addresses.attachment(record, path)}" for path in record.attachments}
        former = (addresses.former_record(alias) for record in every for alias in record.aliases)
        self.pages = frozenset(f"/{page}".rstrip("/") for page in (*map(addresses.record, every), *former))

    @cached_property
    def known(self) -> str:
        """All that `of` depends on, as a text."""
        return repr((sorted(self.files.items()), sorted(self.pages)))

    def of(self, start: str, link: str) -> str | None:
        """Return the address that a link in the file ``start`` leads to.

        It is empty for a record that readers may not see, and for a place above the site's root: no reader gets such a
        link. It is None for what is no file of ours.
        """
        target = addresses.link_target(start, link)
        if target in self.files:
            return self.files[target]
        if page := _RECORD_PAGE.match(target):
            return None if page[0] in self.pages else ""
        hidden = target.endswith(RECORD_ENDINGS) or target.startswith("..") or _BESIDE.match(target)
        return "" if hidden else None
