"""Pictures lose what cameras wrote into them, and nothing else: no point, no colour profile, no turn."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageOps, PngImagePlugin

from gongbao.host.host_files import host_output
from gongbao.metadata.cleaning import tells_place, without_metadata
from gongbao.output import FileContent
from gongbao.publishing.attachments import read_attachment
from small_archives import archive, record

GPS = {1: "N", 2: (34.0, 15.0, 30.5), 3: "E", 4: (108.0, 56.0, 1.0)}
CAMERA = "Camera 4711"
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf exif:GPSLatitude="34,15.5N" dc:creator="4711"/></x:xmpmeta>'
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "AVIF")


def picture() -> Image.Image:
    image = Image.new("RGB", (24, 16))
    image.putdata([(x * 10, y * 15, (x * y) % 256) for y in range(16) for x in range(24)])
    return image


def exif(orientation: int = 6, *, place: bool = True) -> Image.Exif:
    made = Image.Exif()
    made[0x0112], made[0x010F], made[0x013B] = orientation, CAMERA, CAMERA
    made.get_ifd(0x8769)[0x9286] = CAMERA.encode()
    if place:
        made.get_ifd(0x8825).update(GPS)
    return made


def saved(form: str, **more: Any) -> bytes:
    file = io.BytesIO()
    lossless = {"lossless": True} if form == "WEBP" else {}
    options: dict[str, Any] = {"exif": exif(), "icc_profile": PROFILE, **lossless, **more}
    options["exif"] = options["exif"].tobytes() if options["exif"] else b""
    picture().save(file, form, **options)
    return file.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


CASES: dict[str, Callable[[], bytes]] = {
    **{form: partial(saved, form) for form in FORMATS},
    "progressive": lambda: saved("JPEG", progressive=True),
    "JPEG with XMP": lambda: saved("JPEG", exif=exif(place=False), xmp=XMP),
    "WEBP with XMP": lambda: saved("WEBP", exif=exif(place=False), xmp=XMP),
    "PNG with a text": lambda: saved("PNG", exif=exif(place=False), pnginfo=texts("XML:com.adobe.xmp", XMP.decode())),
    "PNG with a packed text": lambda: saved(
        "PNG", exif=exif(place=False), pnginfo=texts("XML:com.adobe.xmp", XMP.decode(), packed=True)
    ),
    "PNG with a raw profile": lambda: saved("PNG", exif=None, pnginfo=texts("Raw profile type exif", raw_profile())),
    "big TIFF": lambda: saved("TIFF", big_tiff=True),
}


def texts(name: str, text: str, *, packed: bool = False) -> PngImagePlugin.PngInfo:
    made = PngImagePlugin.PngInfo()
    made.add_itxt(name, text, zip=packed) if name.startswith("XML") else made.add_text(name, text, zip=True)
    return made


def raw_profile() -> str:
    data = exif().tobytes()
    return f"\nexif\n{len(data):8}\n{data.hex()}\n"


@pytest.mark.parametrize("case", CASES)
def test_a_place_is_found_and_taken_out(case: str) -> None:
    data = CASES[case]()
    before = opened(data)
    assert tells_place(data)

    cleaned = without_metadata(data)

    after = opened(cleaned)
    assert not tells_place(cleaned) and CAMERA.encode() not in cleaned and b"4711" not in cleaned
    assert not after.getexif().get_ifd(0x8825)
    assert before.tobytes() == after.tobytes(), "no point changes"
    assert after.info.get("icc_profile") == PROFILE
    if "raw" not in case:  # Pillow does not turn by these
        turned = ImageOps.exif_transpose(after)
        assert turned.size == ImageOps.exif_transpose(before).size
    assert without_metadata(cleaned) == cleaned


@pytest.mark.parametrize("form", FORMATS)
def test_a_picture_without_a_place_tells_none(form: str) -> None:
    assert not tells_place(saved(form, exif=exif(place=False)))
    assert not tells_place(saved(form, exif=None))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_it_stays_turned(orientation: int) -> None:
    for form in ("JPEG", "PNG", "WEBP", "TIFF"):
        cleaned = Image.open(io.BytesIO(without_metadata(saved(form, exif=exif(orientation)))))
        assert cleaned.getexif().get(0x0112, 1) == orientation, form


def test_every_page_of_a_tiff_is_cleaned() -> None:
    named = Image.Exif()
    named[0x010F] = CAMERA
    pages = saved("TIFF", save_all=True, append_images=[picture()], exif=named)
    assert pages.count(CAMERA.encode()) == 2
    cleaned = without_metadata(pages)
    assert CAMERA.encode() not in cleaned
    assert getattr(opened(cleaned), "n_frames", 1) == 2


def test_what_follows_the_end_of_a_picture_goes() -> None:
    for form in ("JPEG", "PNG"):
        assert b"film" not in without_metadata(saved(form) + b"film")


def test_big_endian_exif() -> None:
    gps = struct.pack(">HHHI4s", 1, 1, 2, 2, b"N\0\0\0") + struct.pack(">HHII", 2, 5, 3, 80) + struct.pack(">I", 0)
    gps = struct.pack(">H", 2) + gps[2:]
    data = b"MM\0*" + struct.pack(">IHHHIII", 8, 1, 0x8825, 4, 1, 26, 0) + gps
    segment = b"Exif\0\0" + data
    plain = saved("JPEG", exif=None)
    assert tells_place(plain[:2] + b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + plain[2:])


def test_other_files_stay_as_they_are() -> None:
    for data in (
        b"",
        b"%PDF-1.7 GPSLatitude",
        b"GIF89a",
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\n",
        b"II*\0",
        b"MM\0*\0\0\0\x08",
    ):
        assert not tells_place(data)
        without_metadata(data)
    assert without_metadata(b"%PDF-1.7") == b"%PDF-1.7"


WHOLE = {form: saved(form) for form in FORMATS}


@given(st.sampled_from(FORMATS), st.data())
def test_damaged_files_do_no_harm(form: str, data: st.DataObject) -> None:
    whole = bytearray(WHOLE[form])
    for _ in range(data.draw(st.integers(0, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    damaged = bytes(whole[: data.draw(st.integers(0, len(whole)))])
    tells_place(damaged)
    assert len(without_metadata(damaged)) <= len(damaged) + 64


def test_a_site_publishes_pictures_without_metadata(tmp_path: Path) -> None:
    photo = saved("JPEG")
    text = "合影：![队员站成一排](photo.jpg)\n"
    built = archive(
        tmp_path, {"2014/h1/meet/index.md": record(text), "2014/h1/meet/photo.jpg": photo}, warned={"private.place"}
    )

    (published,) = built.made("attachments").values()
    assert published == without_metadata(photo) != photo
    on_disk = built.build.content.on_disk
    assert read_attachment(tmp_path / "content", on_disk, "2014/h1/meet/photo.jpg") == published
    (told,) = built.build.problems
    assert (told.path, told.written) == ("content/2014/h1/meet/index.md", "photo.jpg")


def test_a_picture_of_a_hand_written_page_loses_them_too(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "images/photo.JPG").write_bytes(saved("JPEG"))
    (tmp_path / "about.html").write_bytes(b"<p>")
    output, made = host_output(tmp_path), dict[str, FileContent]()
    output.make(output.names, made.__setitem__)
    assert made["images/photo.JPG"] == without_metadata(saved("JPEG"))
    assert made["about.html"] == tmp_path / "about.html"
