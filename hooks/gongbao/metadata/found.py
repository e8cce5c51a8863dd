"""The metadata that a picture's file holds."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .exif import ExifError, FileBytes, has_place, orientation_in

_XMP_PLACE = re.compile(rb"GPS(?:Dest)?(?:Latitude|Longitude)")


@dataclass(frozen=True, slots=True)
class Metadata:
    """The blocks of metadata in a file: ``exif`` are structures as in a TIFF file, ``xmp`` packets of XML."""

    exif: tuple[FileBytes, ...] = ()
    xmp: tuple[bytes, ...] = ()

    @property
    def orientation(self) -> int:
        """How a viewer has to turn the picture, 1 to 8 (Exif 2.32, tag 0x0112); 1 is as it is."""
        return next(filter(lambda turned: turned != 1, map(_orientation, self.exif)), 1)

    @property
    def tells_place(self) -> bool:
        """Whether they say where on earth the picture was taken."""
        return any(map(_place, self.exif)) or any(map(_XMP_PLACE.search, self.xmp))


def _orientation(exif: FileBytes) -> int:
    try:
        return orientation_in(exif)
    except ExifError:
        return 1


def _place(exif: FileBytes) -> bool:
    try:
        return has_place(exif)
    except ExifError:
        return False
