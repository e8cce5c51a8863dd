"""The picture of a bulletin, for chat programs that show one beside a link: its title and its key figures, as PNG.

Chinese cannot be drawn without a Chinese font, and none is brought along: the first known one of the machine that
builds is taken. The picture's bytes depend on that font and on Pillow's version; on one machine they are always the
same. Without a font there is no picture, and no page speaks of one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
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
_PICTURES = 20  # that are worth a process: one takes as long as ten pages
_MARGIN, _GAP = 80, 40
_COLUMN = (WIDTH - 2 * _MARGIN - _GAP) // 2
# Shades run from the accent (0) through paper to ink (255): so the edges of letters blend with the paper.
_ACCENT, _PAPER, _INK, _SOFT = 0, 128, 255, 205
_COLOURS = {_ACCENT: (31, 79, 130), _PAPER: (255, 255, 255), _INK: (26, 26, 26)}


@dataclass(frozen=True, slots=True)
class Font:
    """A font file, the place of the face in it that has Chinese forms, and its size in bytes, by which one knows it."""

    path: str
    face: int = 0
    size: int = 0


# Where systems keep fonts, and what those with Chinese forms are called, with the place of the face in the file.
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
    """Return the first Chinese font that this machine has: by the order of `FACES`, then of folders and paths."""
    there: dict[str, Path] = {}
    for folder in FOLDERS:
        for path in sorted(Path(folder).rglob("*.[ot]t[cf]")):
            there.setdefault(path.name, path)
    return next(
        (Font(str(there[name]), face, there[name].stat().st_size) for name, face in FACES.items() if name in there),
        None,
    )


def is_pictured(page: Page, publishing: Publishing) -> bool:
    """Whether a page has a picture of its own: a period's bulletin has one."""
    return publishing.pictured and page.pictured


def picture_output(
    pages: Iterable[Page], keys: Mapping[str, bytes], publishing: Publishing, font: Font | None
) -> Output:
    """Return the pictures as an output; ``keys`` are those of the pages, by address."""
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
    """Draw the picture of a period's bulletin."""
    return draw(page.title, page.view["bulletin"], publishing, font)


def draw(title: str, bulletin: Bulletin, publishing: Publishing, font: Font) -> bytes:
    """Draw one bulletin's picture; where it has no key figures, its main points stand in their place."""
    from PIL import Image, ImageDraw  # slow to import, and not always needed

    image = Image.new("L", (WIDTH, HEIGHT), _PAPER)
    on = ImageDraw.Draw(image)
    fonts = _Fonts(font)
    on.rectangle((0, 0, 16, HEIGHT), _ACCENT)
    whole = WIDTH - 2 * _MARGIN
    _write(on, (_MARGIN, 64), publishing.issuer, fonts, 32, whole, _SOFT)
    _write(on, (_MARGIN, 116), title, fonts, 64, whole, _INK)
    several = len({key.record.unit for key in bulletin.figures[:FIGURES]}) > 1
    for place, key in enumerate(bulletin.figures[:FIGURES]):
        left, top = _MARGIN + place % 2 * (_COLUMN + _GAP), 270 + place // 2 * 165
        name = (
            f"{key.figure.name} · {publishing.archive.vocabulary.unit_short(key.record.unit)}"
            if several
            else key.figure.name
        )
        _write(on, (left, top), name, fonts, 28, _COLUMN, _SOFT)
        _write(on, (left, top + 42), str(key.figure.quantity), fonts, 72, _COLUMN, _ACCENT)
    if not bulletin.figures:
        for place, record in enumerate(bulletin.points[:FIGURES]):
            _write(on, (_MARGIN, 270 + place * 76), record.title, fonts, 40, whole, _INK)
    image.putpalette(_palette())
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


class _Fonts:
    """One font in its sizes, each opened once."""

    def __init__(self, font: Font) -> None:
        self.font = font
        self.sizes: dict[int, FreeTypeFont] = {}

    def of(self, size: int) -> FreeTypeFont:
        from PIL import ImageFont

        if size not in self.sizes:
            self.sizes[size] = ImageFont.truetype(self.font.path, size, self.font.face)
        return self.sizes[size]


def _write(on: ImageDraw, at: tuple[int, int], text: str, fonts: _Fonts, size: int, width: int, shade: int) -> None:
    """Write one line: smaller where it is too long, down to a half; then cut off."""
    font = fonts.of(size)
    while font.getlength(text) > width and font.size > size / 2:
        font = fonts.of(round(font.size) - 4)
    if font.getlength(text) > width:
        while text and font.getlength(f"{text}…") > width:
            text = text[:-1]
        text += "…"
    on.text(at, text, shade, font)


def _palette() -> list[int]:
    """Return the colours of the shades 0 to 255."""
    stops = sorted(_COLOURS)
    colours: list[int] = []
    for shade in range(256):
        low = max(stop for stop in stops if stop <= shade)
        high = min(stop for stop in stops if stop >= shade)
        share = (shade - low) / (high - low) if high > low else 0.0
        colours += [round(a + (b - a) * share) for a, b in zip(_COLOURS[low], _COLOURS[high], strict=True)]
    return colours
