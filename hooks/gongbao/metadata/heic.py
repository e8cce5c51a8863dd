"""HEIC and AVIF: a file of boxes, whose ``meta`` box lists items. Source: ISO/IEC 14496-12 and 23008-12."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, cycle, islice

from .exif import FileBytes
from .found import Metadata

BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"})
_EXIF, _XMP_TYPE = b"Exif", b"application/rdf+xml"
_EMPTY = bytes(4) + b"II*\0" + (8).to_bytes(4, "little")  # viewers refuse a structure without a beginning
_Spans = list[tuple[int, int]]


def heic_metadata(data: FileBytes) -> Metadata:
    """Return the metadata that are items of the file."""
    items = _items(data)
    contents = [(kind, b"".join(data[start:end] for start, end in spans)) for kind, spans in items]
    return Metadata(
        tuple(_structure(one) for kind, one in contents if kind == _EXIF),
        tuple(one for kind, one in contents if kind != _EXIF),
    )


def clean_heic(data: bytes) -> bytes:
    """Return the picture with its metadata written over: by an empty Exif structure, and by blanks for XMP.

    How the picture is turned stands elsewhere, and stays.
    """
    new = bytearray(data)
    for kind, spans in _items(data):
        blank = b"\0" if kind == _EXIF else b" "
        filled = chain(_EMPTY if kind == _EXIF else b"", cycle(blank))
        for start, end in spans:
            new[start:end] = bytes(islice(filled, end - start))
    return bytes(new)


def _structure(item: bytes) -> bytes:
    """Return the Exif structure of an item, which begins with its distance from there."""
    start = 4 + int.from_bytes(item[:4], "big")
    return item[start:].removeprefix(b"Exif\0\0")


def _items(data: FileBytes) -> list[tuple[bytes, _Spans]]:
    """Return the kind of each item of metadata, and the parts of the file that it consists of."""
    for name, start, end in _boxes(data, 0, len(data)):
        if name == b"meta":
            boxes = {name: (start, end) for name, start, end in _boxes(data, start + 4, end)}
            if b"iinf" in boxes and b"iloc" in boxes:
                kinds = dict(_kinds(data, *boxes[b"iinf"]))
                places = _places(data, *boxes[b"iloc"], boxes.get(b"idat", (0, 0))[0])
                return [(kind, places[item]) for item, kind in kinds.items() if item in places]
    return []


def _kinds(data: FileBytes, start: int, end: int) -> Iterator[tuple[int, bytes]]:
    """Yield the number and the kind of each item of metadata."""
    first = start + (6 if data[start] == 0 else 8)
    for name, at, stop in _boxes(data, first, end):
        if name != b"infe" or data[at] < 2:
            continue
        width = 2 if data[at] == 2 else 4
        item, kind_at = int.from_bytes(data[at + 4 : at + 4 + width], "big"), at + 6 + width
        kind = bytes(data[kind_at : kind_at + 4])
        if kind == _EXIF or (kind == b"mime" and _XMP_TYPE in data[kind_at + 4 : stop]):
            yield item, kind


def _places(data: FileBytes, start: int, end: int, items_start: int) -> Mapping[int, _Spans]:
    """Return the parts of the file that each item consists of. ``items_start`` is the place of data in ``idat``."""
    version = data[start]
    offset_size, length_size = data[start + 4] >> 4, data[start + 4] & 15
    base_size, index_size = data[start + 5] >> 4, data[start + 5] & 15 if version else 0
    at = start + 6

    def number(size: int) -> int:
        nonlocal at
        at += size
        return int.from_bytes(data[at - size : at], "big")

    found: dict[int, _Spans] = {}
    for _ in range(number(2 if version < 2 else 4)):
        if at >= end:
            break
        item = number(2 if version < 2 else 4)
        within = number(2) & 15 if version else 0
        number(2)  # the file that it lies in: this one
        base = number(base_size) + (items_start if within == 1 else 0)
        spans = []
        for _ in range(number(2)):
            if at >= end:
                break
            number(index_size)
            begin = base + number(offset_size)
            spans.append((min(begin, len(data)), min(begin + number(length_size), len(data))))
        if within < 2:
            found[item] = spans
    return found


def _boxes(data: FileBytes, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield the name of each box, and the start and the end of what is in it."""
    while at + 8 <= end:
        size, name, start = int.from_bytes(data[at : at + 4], "big"), bytes(data[at + 4 : at + 8]), at + 8
        if size == 1:
            size, start = int.from_bytes(data[start : start + 8], "big"), start + 8
        stop = min(end, at + size) if size else end
        if stop < start:
            return
        yield name, start, stop
        at = stop
