"""The files beside records, as the site has them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from ..archive import addresses
from ..archive.filing import Archive
from ..archive.succession import moved
from ..metadata.cleaning import CLEANING, without_metadata
from ..output import Keys, Output, Put


def attachment_paths(archive: Archive) -> Mapping[str, str]:
    """Return the path in ``content/`` of every published attachment, by its address.

    What a record's earlier id stood in the address of has that address too, if it was published there.
    """
    paths = {addresses.attachment(record, path): path for record in archive.records for path in record.attachments}
    return paths | {former: paths[now] for former, now in moved(archive, paths.keys())}


def attachment_output(paths: Mapping[str, str], content: Path, on_disk: Mapping[str, str]) -> Output:
    """Return attachments as an output.

    ``paths`` come from `attachment_paths`. ``content`` is the folder that they lie in. ``on_disk`` has the name of each
    on the disk, which may be in another normal form of Unicode. Pictures are published without metadata.
    """
    files = {address: content / on_disk[path] for address, path in paths.items()}

    def keys() -> Keys:
        looks = {address: path.stat() for address, path in files.items()}
        return {address: f"{CLEANING} {look.st_size} {look.st_mtime_ns}".encode() for address, look in looks.items()}

    def make(due: Collection[str], put: Put) -> None:
        for address in due:  # a copy and no link: a program that edits the attachment in place must not edit the site
            put(address, without_metadata(files[address].read_bytes()))

    return Output(keys, make)


def read_attachment(content: Path, on_disk: Mapping[str, str], path: str) -> bytes:
    """Return an attachment as it is published, or no bytes if it can't be read. See `attachment_output`."""
    try:
        return without_metadata((content / on_disk[path]).read_bytes())
    except OSError:
        return b""
