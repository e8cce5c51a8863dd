"""Pictures of all kinds: what their metadata tell, and the pictures without them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from .exif import ExifError, FileBytes
from .found import Metadata
from .heic import BRANDS, clean_heic, heic_metadata
from .jpeg import clean_jpeg, jpeg_metadata
from .png import SIGNATURE, clean_png, png_metadata
from .tiff import clean_tiff, tiff_metadata
from .webp import clean_webp, webp_metadata

PICTURES = frozenset((".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".heic", ".heif", ".avif"))  # their endings
CLEANING = "1"  # a part of the key of whatever was cleaned; another way of cleaning needs another
_DAMAGED = (ExifError, IndexError)  # a file that breaks off


class _Format(NamedTuple):
    """What to do with one kind of picture."""

    read: Callable[[FileBytes], Metadata]
    clean: Callable[[bytes], bytes]


_JPEG, _PNG = _Format(jpeg_metadata, clean_jpeg), _Format(png_metadata, clean_png)
_WEBP, _TIFF = _Format(webp_metadata, clean_webp), _Format(tiff_metadata, clean_tiff)
_HEIC = _Format(heic_metadata, clean_heic)


def tells_place(data: FileBytes) -> bool:
    """Whether a picture's metadata say where it was taken. Bytes of anything else say nothing."""
    kind = _kind(data)
    try:
        return bool(kind and kind.read(data).tells_place)
    except _DAMAGED:
        return False


def without_metadata(data: bytes) -> bytes:
    """Return a picture without metadata, turned and coloured as before, and its points unchanged.

    Bytes of anything else are returned as they are.
    """
    kind = _kind(data)
    try:
        return kind.clean(data) if kind else data
    except _DAMAGED:
        return data


def _kind(data: FileBytes) -> _Format | None:
    """Return the kind of a picture, known by its first bytes; None for anything else."""
    if data[:3] == b"\xff\xd8\xff":
        return _JPEG
    if data[:8] == SIGNATURE:
        return _PNG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _WEBP
    if data[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"):
        return _TIFF
    return _HEIC if data[4:8] == b"ftyp" and data[8:12] in BRANDS else None
