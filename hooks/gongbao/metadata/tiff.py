"""TIFF: directories of entries that point to their values. Those of the picture stay at their places."""

from __future__ import annotations

from collections.abc import Iterator

from .exif import (
    EXIF_DIRECTORY,
    GPS_DIRECTORY,
    INTEROPERABILITY,
    ExifError,
    FileBytes,
    Form,
    entries,
    form_of,
    next_directory,
)
from .found import Metadata

_SUB_DIRECTORIES, _XMP = 330, 700
_DIRECTORIES = frozenset({EXIF_DIRECTORY, GPS_DIRECTORY, INTEROPERABILITY})
# Names and descriptions, cameras and programs, days, XMP, IPTC, Photoshop's, what Windows adds, numbers of cameras.
_TAKEN_OUT = _DIRECTORIES | frozenset(
    {
        *(269, 270, 271, 272, 285, 305, 306, 315, 316, _XMP, 33432, 33723, 34377, 37724, 42016, 42032, 42033),
        *(40091, 40092, 40093, 40094, 40095, 50341, 50735, 50708, 51123),
    }
)
_MOST_DIRECTORIES = 1000


def tiff_metadata(data: FileBytes) -> Metadata:
    """Return the file itself, which is an Exif structure, and its XMP."""
    xmp = []
    try:
        form, _ = form_of(data)
        for at in _directories(data, form):
            xmp += [bytes(data[one.start : one.start + one.size]) for one in entries(data, form, at) if one.tag == _XMP]
    except ExifError:
        pass
    return Metadata((data,), tuple(xmp))


def clean_tiff(data: bytes) -> bytes:
    """Return the picture with its metadata written over by zeros. Raises ExifError for a file that can't be read."""
    new = bytearray(data)
    form, _ = form_of(data)
    for at in [*_directories(data, form)]:
        every = [*entries(data, form, at)]
        kept = [entry for entry in every if entry.tag not in _TAKEN_OUT]
        following = next_directory(data, form, at)
        for entry in every:
            if entry.tag in _TAKEN_OUT:
                _wipe(new, data, form, entry.tag, entry.start, entry.size)
        written = len(kept).to_bytes(form.count_size, "little" if form.order == "<" else "big")
        written += b"".join(data[entry.at : entry.at + form.entry_size] for entry in kept)
        written += following.to_bytes(form.offset_size, "little" if form.order == "<" else "big")
        length = form.count_size + len(every) * form.entry_size + form.offset_size
        new[at : at + length] = written.ljust(length, b"\0")
    return bytes(new)


def _directories(data: FileBytes, form: Form) -> Iterator[int]:
    """Yield the places of all directories that hold pictures: those in the chain, and those below them."""
    due, seen = [form_of(data)[1]], set[int]()
    while due and len(seen) < _MOST_DIRECTORIES:
        at = due.pop(0)
        if not at or at in seen:
            continue
        seen.add(at)
        yield at
        due.append(next_directory(data, form, at))
        for entry in entries(data, form, at):
            if entry.tag == _SUB_DIRECTORIES:
                steps = range(entry.start, entry.start + entry.size, form.offset_size)
                due += [form.offset(data, place) for place in steps[:_MOST_DIRECTORIES]]


def _wipe(new: bytearray, data: bytes, form: Form, tag: int, start: int, size: int) -> None:
    """Write zeros over a value; over a directory's entries and their values, too, where the value points to one."""
    if tag in _DIRECTORIES:
        at = form.offset(data, start)
        for entry in entries(data, form, at):
            _wipe(new, data, form, entry.tag, entry.start, entry.size)
        size, start = form.count_size + form.count(data, at) * form.entry_size, at
    end = min(len(new), start + size)
    if start < end:
        new[start:end] = bytes(end - start)
