"""PNG: a row of chunks. Those that a viewer needs stay. Source: Portable Network Graphics, third edition (W3C)."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from .exif import FileBytes, exif_of
from .found import Metadata

SIGNATURE = b"\x89PNG\r\n\x1a\n"
# Besides critical chunks, whose names begin with a capital: colours, measures, transparency, the frames of a film.
_KEPT = frozenset(
    {
        *(b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV", b"cLLI", b"bKGD", b"hIST", b"tRNS", b"pHYs"),
        *(b"sPLT", b"acTL", b"fcTL", b"fdAT"),
    }
)
_TEXTS = frozenset({b"tEXt", b"zTXt", b"iTXt"})
_RAW_PROFILE = re.compile(rb"Raw profile type (?:exif|APP1)\0\s*\w+\s+\d+\s+([0-9a-fA-F\s]+)")
_MOST = 1 << 20  # bytes of a compressed text that are looked at


def png_metadata(data: FileBytes) -> Metadata:
    """Return the metadata in chunks of their own, and those that programs put into chunks of text."""
    exif, texts = [], []
    for name, start, end in _chunks(data):
        if name == b"eXIf":
            exif.append(data[start + 8 : end - 4])
        elif name in _TEXTS:
            texts.append(_text(name, bytes(data[start + 8 : end - 4])))
    for text in texts:
        if found := _RAW_PROFILE.match(text):
            digits = b"".join(found[1].split())
            exif.append(bytes.fromhex(digits[: len(digits) // 2 * 2].decode()).removeprefix(b"Exif\0\0"))
    return Metadata(tuple(exif), tuple(texts))


def clean_png(data: bytes) -> bytes:
    """Return the picture alone, turned as it was. What follows its end goes too."""
    orientation = png_metadata(data).orientation
    parts = [SIGNATURE]
    for name, start, end in _chunks(data):
        if name[:1].isupper() or name in _KEPT:
            parts.append(data[start:end])
        if name == b"IHDR" and orientation != 1:
            parts.append(_chunk(b"eXIf", exif_of(orientation)))
    return b"".join(parts)


def _chunks(data: FileBytes) -> Iterator[tuple[bytes, int, int]]:
    """Yield the name of each chunk, and its start and its end, up to the end of the picture."""
    at = len(SIGNATURE)
    while at + 12 <= len(data):
        name = bytes(data[at + 4 : at + 8])
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        yield name, at, end
        if name == b"IEND":
            return
        at = end


def _text(name: bytes, payload: bytes) -> bytes:
    """Return a chunk's keyword and text, the text as it was before it was compressed."""
    keyword, _, rest = payload.partition(b"\0")
    packed = rest[1:] if name == b"zTXt" else b""
    if name == b"iTXt":
        is_packed, rest = rest[:1] == b"\1", rest[2:].split(b"\0", 2)[-1]
        packed = rest if is_packed else b""
    if packed:
        try:
            rest = zlib.decompressobj().decompress(packed, _MOST)
        except zlib.error:
            rest = b""
    return keyword + b"\0" + rest


def _chunk(name: bytes, payload: bytes) -> bytes:
    return len(payload).to_bytes(4, "big") + name + payload + zlib.crc32(name + payload).to_bytes(4, "big")
