"""JPEG: a row of segments. Those with the picture stay. Source: ITU-T T.81, Exif 2.32, ICC.1."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .exif import FileBytes, exif_of
from .found import Metadata

_START, _SCAN, _END, _COMMENT, _APP0, _APP15 = 0xD8, 0xDA, 0xD9, 0xFE, 0xE0, 0xEF
_EXIF = b"Exif\0\0"
_XMP = (b"http://ns.adobe.com/xap/1.0/\0", b"http://ns.adobe.com/xmp/extension/\0")
# What a viewer needs: the picture's measures, its colours, and how these are coded.
_KEPT = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
_AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def jpeg_metadata(data: FileBytes) -> Metadata:
    """Return the metadata before the picture's first scan."""
    exif, xmp = [], []
    for marker, start, end in _segments(data):
        if marker == _SCAN:
            break
        payload = bytes(data[start:end]) if marker == 0xE1 else b""
        if payload.startswith(_EXIF):
            exif.append(payload[len(_EXIF) :])
        elif payload.startswith(_XMP):
            xmp.append(payload)
    return Metadata(tuple(exif), tuple(xmp))


def clean_jpeg(data: bytes) -> bytes:
    """Return the picture alone, turned as it was. What follows its end, such as a film of the moment, goes too."""
    orientation = jpeg_metadata(data).orientation
    parts = [data[:2]]
    if orientation != 1:
        payload = _EXIF + exif_of(orientation)
        parts.append(b"\xff\xe1" + (len(payload) + 2).to_bytes(2, "big") + payload)
    for marker, start, end in _segments(data):
        payload = data[start:end]
        is_app = _APP0 <= marker <= _APP15
        if marker == _COMMENT or (is_app and not payload.startswith(_KEPT.get(marker, b"\0\0"))):
            continue
        parts.append(
            bytes((0xFF, marker)) + (b"" if marker == _END else (len(payload) + 2).to_bytes(2, "big")) + payload
        )
        if marker == _SCAN:
            parts.append(data[end : _scan_end(data, end)])
    return b"".join(parts)


def _segments(data: FileBytes) -> Iterator[tuple[int, int, int]]:
    """Yield the marker of each segment, and the start and the end of its payload, up to the end of the picture."""
    at = 2
    while at + 2 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:  # a byte that fills up
            at += 1
            continue
        if marker == _END:
            yield marker, at + 2, at + 2
            return
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        yield marker, at + 4, max(at + 4, end)
        at = _scan_end(data, end) if marker == _SCAN else max(at + 4, end)


def _scan_end(data: FileBytes, at: int) -> int:
    """Return where a scan that begins at a place ends: before the next marker, or at the end of a file cut short."""
    found = _AFTER_SCAN.search(data, at)
    return found.start() if found else len(data)
