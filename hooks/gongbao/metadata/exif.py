"""Exif: a structure of directories as in a TIFF file. Source: Exif 2.32 (CIPA DC-008), TIFF 6.0 (Adobe)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from mmap import mmap
from typing import Literal

FileBytes = bytes | bytearray | mmap  # the bytes of a file, of which a map reads only those that are looked at

ORIENTATION, EXIF_DIRECTORY, GPS_DIRECTORY, INTEROPERABILITY = 0x0112, 0x8769, 0x8825, 0xA005
# Latitude, longitude, those of the destination, and the name of an area.
_PLACES = frozenset({2, 4, 20, 22, 28})
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
_MOST_ENTRIES = 4096  # of a directory; more are no picture's


class ExifError(ValueError):
    """The structure can't be read."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a directory: its tag, and where its value lies, ``size`` bytes from ``start``.

    ``at`` is the place of the entry itself.
    """

    tag: int
    at: int
    start: int
    size: int


@dataclass(frozen=True, slots=True)
class Form:
    """How a file writes numbers: the order of bytes, and the sizes of offsets and counts (TIFF, or BigTIFF)."""

    order: Literal["<", ">"]
    big: bool

    @property
    def entry_size(self) -> int:
        return 20 if self.big else 12

    @property
    def offset_size(self) -> int:
        return 8 if self.big else 4

    @property
    def count_size(self) -> int:
        return 8 if self.big else 2

    def offset(self, data: FileBytes, at: int) -> int:
        """Return the offset that stands at a place."""
        return _number(data, at, self.order + ("Q" if self.big else "I"))

    def count(self, data: FileBytes, at: int) -> int:
        """Return the number of a directory's entries, which stands at a place."""
        return _number(data, at, self.order + ("Q" if self.big else "H"))


def form_of(data: FileBytes) -> tuple[Form, int]:
    """Return how a structure is written, and the offset of its first directory. Raises ExifError."""
    order: Literal["<", ">"] | None = {b"II": "<", b"MM": ">"}.get(bytes(data[:2]))  # type: ignore[assignment]
    if order is None:
        raise ExifError("no order of bytes")
    version = _number(data, 2, order + "H")
    if version not in (42, 43):
        raise ExifError("no TIFF")
    form = Form(order, big=version == 43)
    return form, form.offset(data, 8 if form.big else 4)


def entries(data: FileBytes, form: Form, at: int) -> Iterator[Entry]:
    """Yield the entries of the directory at an offset. Raises ExifError."""
    count = form.count(data, at)
    if count > _MOST_ENTRIES:
        raise ExifError("too many entries")
    for number in range(count):
        place = at + form.count_size + number * form.entry_size
        tag, kind = _number(data, place, form.order + "H"), _number(data, place + 2, form.order + "H")
        size = _SIZES.get(kind, 1) * form.offset(data, place + 4)
        inside = place + 4 + form.offset_size
        yield Entry(tag, place, inside if size <= form.offset_size else form.offset(data, inside), size)


def next_directory(data: FileBytes, form: Form, at: int) -> int:
    """Return the offset of the directory after the one at an offset; 0 for none. Raises ExifError."""
    return form.offset(data, at + form.count_size + form.count(data, at) * form.entry_size)


def orientation_in(exif: FileBytes) -> int:
    """Return how a viewer has to turn the picture, 1 to 8. Raises ExifError."""
    form, first = form_of(exif)
    for entry in entries(exif, form, first):
        if entry.tag == ORIENTATION:
            turned = _number(exif, entry.start, form.order + "H")
            return turned if 1 <= turned <= 8 else 1
    return 1


def has_place(exif: FileBytes) -> bool:
    """Whether there is a place on earth in a structure. Raises ExifError."""
    form, first = form_of(exif)
    for entry in entries(exif, form, first):
        if entry.tag == GPS_DIRECTORY:
            return any(one.tag in _PLACES and one.size for one in entries(exif, form, form.offset(exif, entry.start)))
    return False


def exif_of(orientation: int) -> bytes:
    """Return a structure with nothing but an orientation."""
    return b"II*\0" + struct.pack("<IHHHIHHI", 8, 1, ORIENTATION, 3, 1, orientation, 0, 0)


def _number(data: FileBytes, at: int, form: str) -> int:
    try:
        number: int = struct.unpack_from(form, data, at)[0]
    except struct.error as error:
        raise ExifError(str(error)) from error
    return number
