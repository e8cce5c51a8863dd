"""WebP: a RIFF file of chunks. Source: WebP Container Specification (Google)."""

from __future__ import annotations

from collections.abc import Iterator

from .exif import FileBytes, exif_of
from .found import Metadata

_KEPT = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
_HAS_EXIF, _HAS_XMP = 0x08, 0x04  # bits of the first byte of VP8X


def webp_metadata(data: FileBytes) -> Metadata:
    """Return the metadata in the chunks for them."""
    chunks = [*_chunks(data)]
    return Metadata(
        tuple(payload.removeprefix(b"Exif\0\0") for name, payload in chunks if name == b"EXIF"),
        tuple(payload for name, payload in chunks if name == b"XMP "),
    )


def clean_webp(data: bytes) -> bytes:
    """Return the picture alone, turned as it was."""
    orientation = webp_metadata(data).orientation
    parts = [b"WEBP"]
    for name, payload in _chunks(data):
        if name == b"VP8X" and payload:
            flags = payload[0] & ~(_HAS_EXIF | _HAS_XMP) | (_HAS_EXIF if orientation != 1 else 0)
            parts.append(_chunk(name, bytes((flags,)) + payload[1:]))
        elif name in _KEPT:
            parts.append(_chunk(name, payload))
    if orientation != 1:
        parts.append(_chunk(b"EXIF", exif_of(orientation)))
    whole = b"".join(parts)
    return b"RIFF" + len(whole).to_bytes(4, "little") + whole


def _chunks(data: FileBytes) -> Iterator[tuple[bytes, bytes]]:
    at, end = 12, min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    while at + 8 <= end:
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        yield bytes(data[at : at + 4]), bytes(data[at + 8 : at + 8 + size])
        at += 8 + size + size % 2


def _chunk(name: bytes, payload: bytes) -> bytes:
    return name + len(payload).to_bytes(4, "little") + payload + b"\0" * (len(payload) % 2)
