"""The picture of a bulletin as PNG: its title and its key figures. Chat programs show it beside a link.

Drawing Chinese takes a Chinese font. The program has none of its own, and takes the first known one of the machine.
The picture's bytes depend on that font and on Pillow's version; on one machine they are always the same. Without a font
there is no picture, and no page names one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from ..archive import addresses
from ..archive.bulletins import Bulletin
from ..output import Keys, Output, Put
from ..pages.page import Page
from ..parallel import each
from .publication import Publishing

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 630
FIGURES = 4
_PICTURES = 20  # so many pictures are worth a process: a picture takes as long as ten pages
_MARGIN, _GAP = 80, 40
_COLUMN = (WIDTH - 2 * _MARGIN - _GAP) // 2
# Shades run from the accent (0) through paper (128) to ink (255), so that the edges of letters blend with the paper.
_ACCENT, _PAPER, _INK, _SOFT = 0, 128, 255, 205
_COLOURS = {_ACCENT: (31, 79, 130), _PAPER: (255, 255, 255), _INK: (26, 26, 26)}


@dataclass(frozen=True, slots=True)
class Font:
    """A font file: its path, the place of its Chinese face, and its size in bytes, which tells versions apart."""

    path: str
    face: int = 0
    size: int = 0


# The folders of fonts on usual systems, and the files with a Chinese face, each with the place of that face.
FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "C:/Windows/Fonts")
FACES = {
    "NotoSansCJK-Regular.ttc": 2,
    "NotoSansCJKsc-Regular.otf": 0,
    "SourceHanSansSC-Regular.otf": 0,
    "wqy-microhei.ttc": 0,
    "wqy-zenhei.ttc": 0,
    "Hiragino Sans GB.ttc": 0,
    "msyh.ttc": 0,
    "simhei.ttf": 0,
}


def find_font() -> Font | None:
    """Return the first Chinese font of this machine: in the order of `FACES`, then of folders and paths."""
    there: dict[str, Path] = {}
    for folder in FOLDERS:
        for path in sorted(Path(folder).rglob("*.[ot]t[cf]")):
            there.setdefault(path.name, path)
    return next(
        (Font(str(there[name]), face, there[name].stat().st_size) for name, face in FACES.items() if name in there),
        None,
    )


def is_pictured(page: Page, publishing: Publishing) -> bool:
    """Whether a page has a picture of its own: a period's bulletin has one if the machine has a font."""
    return publishing.pictured and page.pictured


def picture_output(
    pages: Iterable[Page], keys: Mapping[str, bytes], publishing: Publishing, font: Font | None
) -> Output:
    """Return the pictures as an output; ``keys`` are the keys of the pages, by address."""
    if font is None:
        return Output.nothing()
    drawn = {picture_address(page): page for page in pages if is_pictured(page, publishing)}

    def picture_keys() -> Keys:
        return {name: keys[page.address] + repr(font).encode() for name, page in drawn.items()}

    def make(due: Collection[str], put: Put) -> None:
        each(lambda name: put(name, draw_page(drawn[name], publishing, font)), [*due], worth_it=_PICTURES)

    return Output(picture_keys, make)


def picture_address(page: Page) -> str:
    """Return the address of a bulletin's picture."""
    return addresses.picture(page.view["bulletin"].period)


def draw_page(page: Page, publishing: Publishing, font: Font) -> bytes:
    """Return the picture of a period's bulletin as PNG."""
    return draw(page.title, page.view["bulletin"], publishing, font)


def draw(title: str, bulletin: Bulletin, publishing: Publishing, font: Font) -> bytes:
    """Return one bulletin's picture as PNG. A bulletin without key figures shows its main points."""
    from PIL import Image, ImageDraw  # slow to import, and not always needed

    image = Image.new("L", (WIDTH, HEIGHT), _PAPER)
    on = ImageDraw.Draw(image)
    on.rectangle((0, 0, 16, HEIGHT), _ACCENT)
    whole = WIDTH - 2 * _MARGIN
    _write(on, (_MARGIN, 64), publishing.issuer, font, _LineLook(32, whole, _SOFT))
    _write(on, (_MARGIN, 116), title, font, _LineLook(64, whole, _INK))
    several = len({key.record.unit for key in bulletin.figures[:FIGURES]}) > 1
    for place, key in enumerate(bulletin.figures[:FIGURES]):
        left, top = _MARGIN + place % 2 * (_COLUMN + _GAP), 270 + place // 2 * 165
        name = (
            f"{key.figure.name} · {publishing.archive.vocabulary.unit_short(key.record.unit)}"
            if several
            else key.figure.name
        )
        _write(on, (left, top), name, font, _LineLook(28, _COLUMN, _SOFT))
        _write(on, (left, top + 42), str(key.figure.quantity), font, _LineLook(72, _COLUMN, _ACCENT))
    if not bulletin.figures:
        for place, record in enumerate(bulletin.points[:FIGURES]):
            _write(on, (_MARGIN, 270 + place * 76), record.title, font, _LineLook(40, whole, _INK))
    image.putpalette(_palette())
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


@lru_cache(maxsize=64)  # to open it takes as long as to write a line with it
def _opened(font: Font, size: int) -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(font.path, size, font.face)


@dataclass(frozen=True, slots=True)
class _LineLook:
    """The look of a line: the size of its letters and its greatest width in pixels, and its shade."""

    size: int
    width: int
    shade: int


def _write(on: ImageDraw, at: tuple[int, int], text: str, face: Font, look: _LineLook) -> None:
    """Write one line. A line that is too long gets smaller letters, down to half their size, and is then cut off."""
    text = " ".join(text.split())  # a name may have line ends
    font = _opened(face, look.size)
    while font.getlength(text) > look.width and font.size > look.size / 2:
        font = _opened(face, round(font.size) - 4)
    if font.getlength(text) > look.width:
        while text and font.getlength(f"{text}…") > look.width:
            text = text[:-1]
        text += "…"
    on.text(at, text, look.shade, font)


def _palette() -> list[int]:
    """Return the colours of the shades 0 to 255: red, green and blue of each, one after the other."""
    stops = sorted(_COLOURS)
    colours: list[int] = []
    for shade in range(256):
        low = max(stop for stop in stops if stop <= shade)
        high = min(stop for stop in stops if stop >= shade)
        share = (shade - low) / (high - low) if high > low else 0.0
        colours += [round(a + (b - a) * share) for a, b in zip(_COLOURS[low], _COLOURS[high], strict=True)]
    return colours
