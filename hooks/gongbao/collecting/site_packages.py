"""What a site publishes, read as what a stranger has written: whatever is not exactly as expected is refused.

Source: Frictionless Data Package; `data.package` writes it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..archive.collected import SiteState, StateReason
from ..data.package import PACKAGE_FILE, RECORDS_FILE, SCHEMA
from ..records.links import leads_out, link_address

TABLES_NEEDED = (
    *("figures", "commitments", "units", "indicators", "definitions"),
    *("expectations", "tombstones", "corrections", "rollup"),
)
NEEDED = (RECORDS_FILE, *(f"{name}.csv" for name in TABLES_NEEDED))
LARGEST_PACKAGE, LARGEST_FILE, LARGEST_SITE = 1_000_000, 64_000_000, 128_000_000  # bytes
LONGEST = 20_000  # signs of a text
_HASH = re.compile(r"sha256:[0-9a-f]{64}")
_NAME = re.compile(r"[a-z]{1,40}\.(?:csv|json)")
_DAY = re.compile(r"(?:\d{4}-\d{2}-\d{2})?", re.ASCII)
# Markup, controls, signs that turn the direction of the text around them, and halves of signs.
_ODD = re.compile(r"<[a-zA-Z/!?]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_PACKED = (b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"(\xb5/\xfd")  # beginnings of packed files


class NotTaken(Exception):
    """What a site publishes is not taken. The exception's text is the name of the reason's label."""

    def __init__(self, state: SiteState, label: str, **values: object) -> None:
        super().__init__(label)
        self.state = state
        self.why = StateReason(label, tuple((name, shown(value)) for name, value in values.items()))


@dataclass(frozen=True)
class StatedFile:
    """What a package says of a file: its SHA-256 digest in hexadecimal digits, and its size in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True)
class SitePackage:
    """The description of what a site publishes.

    ``homepage`` is empty, or an address that pages may link. ``parent`` is the address of the site that the site is
    below, as it says itself; ``below`` are the ids of those from which its data come.
    """

    id: str
    version: str
    homepage: str
    parent: str
    as_of: str
    vocabulary: str
    below: tuple[str, ...] = ()
    files: Mapping[str, StatedFile] = field(default_factory=dict)


def read_package(data: bytes) -> SitePackage:
    """Read ``datapackage.json``. Raises NotTaken."""
    told = read_json(data, PACKAGE_FILE)
    about = told.get("gongbao") if isinstance(told, dict) else None
    schema = about.get("schema") if isinstance(about, dict) else None
    if not isinstance(about, dict) or type(schema) is not int or schema < SCHEMA:
        raise NotTaken("schema", "collect-old")
    if schema > SCHEMA:
        raise NotTaken("schema", "collect-new")
    files: dict[str, StatedFile] = {}
    for one in objects_in(told.get("resources"), PACKAGE_FILE):
        name, size, digest = one.get("path"), one.get("bytes"), one.get("hash")
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            raise NotTaken("hostile", "collect-path", file=name)
        if "compression" in one:
            raise NotTaken("hostile", "collect-packed", file=name)
        if name in files:
            raise NotTaken("hostile", "collect-twice", file=PACKAGE_FILE, id=name)
        if type(size) is not int or size < 0 or not isinstance(digest, str) or not _HASH.fullmatch(digest):
            raise NotTaken("broken", "collect-no-hash", file=name)
        if size > LARGEST_FILE:
            raise NotTaken("hostile", "collect-large", file=name)
        files[name] = StatedFile(digest.removeprefix("sha256:"), size)
    if missing := [name for name in NEEDED if name not in files]:
        raise NotTaken("broken", "collect-lacks", file=missing[0])
    if sum(files[name].size for name in NEEDED) > LARGEST_SITE:
        raise NotTaken("hostile", "collect-large", file=PACKAGE_FILE)
    texts = {name: line_in(told.get(name, ""), PACKAGE_FILE) for name in ("id", "version", "homepage")}
    texts |= {name: line_in(about.get(name, ""), PACKAGE_FILE) for name in ("parent", "as_of", "vocabulary")}
    for name in ("homepage", "parent"):
        if texts[name] and not _is_web_address(texts[name]):
            raise NotTaken("hostile", "collect-address", file=PACKAGE_FILE, text=texts[name])
    if not _DAY.fullmatch(texts["as_of"]):
        raise NotTaken("broken", "collect-read", file=PACKAGE_FILE)
    below = about.get("below", [])
    if not isinstance(below, list):
        raise NotTaken("broken", "collect-read", file=PACKAGE_FILE)
    return SitePackage(**texts, below=tuple(line_in(one, PACKAGE_FILE) for one in below), files=files)


def check_file(name: str, data: bytes, stated: StatedFile) -> None:
    """Hold a file against the package. Raises NotTaken."""
    if data.startswith(_PACKED):
        raise NotTaken("hostile", "collect-packed", file=name)
    if not is_as_stated(data, stated):
        raise NotTaken("broken", "collect-differs", file=name)


def is_as_stated(data: bytes, stated: StatedFile) -> bool:
    """Whether a file is the one that a package describes."""
    return len(data) == stated.size and hashlib.sha256(data).hexdigest() == stated.sha256


def read_json(data: bytes, file: str) -> Any:
    """Read a file of JSON. Raises NotTaken."""
    if data.startswith(_PACKED):
        raise NotTaken("hostile", "collect-packed", file=file)
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_no_number)
    except RecursionError as error:
        raise NotTaken("hostile", "collect-deep", file=file) from error
    except ValueError as error:
        raise NotTaken("broken", "collect-read", file=file) from error


def objects_in(value: object, file: str) -> list[dict[str, Any]]:
    """Return a list of objects of JSON. Raises NotTaken for anything else."""
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise NotTaken("broken", "collect-read", file=file)
    return value


def line_in(value: object, file: str) -> str:
    """Return a text that pages may show. Raises NotTaken for markup, controls, and what is no text or too long."""
    if not isinstance(value, str) or len(value) > LONGEST:
        raise NotTaken("broken", "collect-read", file=file)
    if _ODD.search(value):
        raise NotTaken("hostile", "collect-html", file=file, text=value)
    return value


def shown(value: object) -> str:
    """Return the beginning of a stranger's text, with escapes where it has odd signs."""
    text = value if isinstance(value, str) else repr(value)
    return (text if text.isprintable() else ascii(text)[1:-1])[:60]


def _is_web_address(text: str) -> bool:
    return link_address(text) == text and leads_out(text) and text.startswith(("https://", "http://"))


def _no_number(name: str) -> None:
    raise ValueError(name)
