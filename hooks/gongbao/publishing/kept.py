"""The pages of old versions that a site keeps in ``content/versions/``, as they were when they were published.

``gongbao published`` writes them. They are published byte for byte, whatever later programs make of the same text. Each
begins with a policy by which nothing in it can run (see the template ``_old.html``).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from ..archive import addresses
from ..archive.filing import Archive
from ..output import Output, Put, file_name
from ..problems.problem import Mark, Problem
from ..records.record import Record

_PLACE = re.compile(r"(\d{4}|undated)/(h1|h2|year)/(?:records/([^/]+)/)?versions/([1-9]\d{0,5})/index\.html")
_STYLE = "style-src 'sha256-[A-Za-z0-9+/=]{44}'"
_POLICY = f"default-src 'none'; img-src 'self'; {_STYLE}; base-uri 'none'; form-action 'none'"
_BEGINNING = re.compile(
    r'<!doctype html>\n<html lang="(?:zh|en)">\n<head>\n<meta charset="utf-8">\n'
    rf'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'.encode()
)
# The tags that the program writes, all with their attributes in double quotes: no browser reads them in another way.
_TAG = re.compile(rb'</?([a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*/?>')
_ATTRIBUTE = re.compile(rb'([a-z-]+)(?:="([^"]*)")?')
# What a browser obeys in spite of a policy, and what the scripts of other pages look for.
_TAGS_NEVER = frozenset(b"script iframe object embed form base link frame frameset svg math template".split())
_ATTRIBUTES_NEVER = re.compile(rb"on.*|http-equiv|data-md-.*|srcdoc|ping|target")


def kept_problems(kept: Mapping[str, bytes], root: str) -> Iterator[Problem]:
    """Yield a problem for each file in the folder of kept pages that is none. ``kept`` has the files by their names."""
    for name, data in kept.items():
        found = _BEGINNING.match(data)
        if not _PLACE.fullmatch(name) or not found or not _is_harmless(data[found.end() :]):
            yield Problem(f"{root}/{addresses.VERSIONS}{name}", Mark(), "version.kept", written=name)


def _is_harmless(html: bytes) -> bool:
    """Whether HTML has the tags alone that a page of the program may have, and nothing that could be another tag."""
    if b"<" in _TAG.sub(b"", html):
        return False
    for name, attributes in _TAG.findall(html):
        if name in _TAGS_NEVER:
            return False
        for attribute, value in _ATTRIBUTE.findall(attributes):
            if _ATTRIBUTES_NEVER.fullmatch(attribute) or (attribute in (b"id", b"name") and value.startswith(b"__")):
                return False
    return True


def publishable(archive: Archive, kept: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Return the kept pages that may be published, by address: none with the text of a withdrawn record.

    The pages of a bulletin's editions have titles; they are made anew where a record was withdrawn for good.
    """
    purged = {addresses.bulletin(record.period) for record in archive.withdrawn if record.is_purged}
    found = {}
    for name, data in kept.items():
        place = _PLACE.fullmatch(name)
        if place is None:
            continue
        year, part, slug, number = place.groups()
        record = archive.find(f"{year}-{part}/{slug}") if slug else None
        if (not record or _may_be_shown(archive, record, int(number))) and (slug or f"{year}/{part}/" not in purged):
            found[name.removesuffix("index.html")] = data
    return found


def _may_be_shown(archive: Archive, record: Record, number: int) -> bool:
    """Whether the text of a version may be public by the rules of today. What is only unreadable today may."""
    known = {one.number: one.unshown for one in archive.versions.get(record.path, ())}
    return not record.withdrawn and known.get(number, "") in ("", "unreadable")


def kept_output(kept: Mapping[str, bytes]) -> Output:
    """Return the kept pages, by address, as an output."""
    files = {file_name(address): data for address, data in kept.items()}

    def make(due: Collection[str], put: Put) -> None:
        for name in due:
            put(name, files[name])

    return Output(lambda: {name: hashlib.sha256(data).digest() for name, data in files.items()}, make)


def kept_path(content: Path, address: str) -> Path:
    """Return the file in ``content/`` that keeps the page at an address."""
    return content / addresses.VERSIONS / file_name(address)
