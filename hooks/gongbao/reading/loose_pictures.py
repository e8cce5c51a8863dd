"""Pictures that lie beside no record: to which record each belongs, and what its text needs to show it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from ..checks.targets import escaped
from ..metadata.cleaning import PICTURES
from ..problems.names import english_field
from .placing import RecordPlace

_SHOWN = "照片|图片|相片|截图|附图|配图|插图|图"
# [此处插入照片] 【图片】 （见附图）: a writer's or a template's words for a picture that is to come.
_PLACEHOLDER = re.compile(
    rf"[\[【（(〔](?:(?:此处|在此|这里|请|见|附|插入?|添加|贴|放|配|现场|活动){{0,4}}(?:{_SHOWN})(?:[一二三四五六七八九十\d]{{0,2}})(?:略|待补|说明)?)[\]】）)〕]"
)
# 图1 慰问现场, 照片：慰问现场: a line below a picture.
_CAPTION = re.compile(
    r"^[ \t\u3000]*(?:附?图|图片|照片) ?(?:\d{1,2}|[一二三四五六七八九十]{1,2})?"
    r"(?:[：:、. \t\u3000]+(?P<words>[^。；\n]{2,40})|[ \t]*)$",
    re.MULTILINE,
)
_TITLE = re.compile(r"^([^\s:：]{2,5}) *[:：]\s*(\S.*)$", re.MULTILINE)
_WORDS = re.compile(r"[\u4e00-\u9fff]{2,}")
_NUMBER = re.compile(r"[-_ ]?[(（]?\d{0,3}[)）]?")


class Spot(NamedTuple):
    """Where a picture belongs in a record's text: ``marker`` stands there, and may be a caption or nothing."""

    marker: str
    caption: bool
    words: str


def shows_picture(name: str) -> bool:
    """Whether a file is a picture, by its name."""
    return PurePosixPath(name).suffix.lower() in PICTURES or name.lower().endswith((".gif", ".bmp"))


def owner_of(name: str, near: Sequence[RecordPlace], texts: Mapping[str, bytes]) -> RecordPlace | None:
    """Return the record of a picture's period to which it seems to belong, or None if there is no telling.

    It is the only one with the picture's name in its text or its own name, with room for a picture, or at all.
    """
    stem = unicodedata.normalize("NFC", PurePosixPath(name).stem)
    told = [place for place in near if _WORDS.search(stem) and stem in _text(place, texts)]
    named = [place for place in near if stem.startswith(place.slug) and _NUMBER.fullmatch(stem[len(place.slug) :])]
    awaiting = [place for place in near if _spots(_text(place, texts))]
    return next((found[0] for found in (told, named, awaiting, near) if len(found) == 1), None)


def line_for(name: str, owner: RecordPlace, texts: Mapping[str, bytes], taken: Collection[str]) -> tuple[str, Spot]:
    """Return the line that shows a picture in its record's text, and where it belongs.

    ``taken`` are the markers at which other pictures belong.
    """
    path, text = PurePosixPath(name), _text(owner, texts)
    free = [spot for spot in _spots(text) if spot.marker not in taken]
    spot = next((one for one in free if path.stem in one.words), free[0] if free else Spot("", False, ""))
    words = spot.words or (path.stem if _WORDS.search(path.stem) else "") or _title(text) or owner.slug
    if words in (path.stem, path.name):  # readers who do not see the picture need more than its name
        words = f"照片：{words}"
    return f"![{words}]({escaped(path.name)})", spot


def _text(place: RecordPlace, texts: Mapping[str, bytes]) -> str:
    return texts[place.path].decode("utf-8", "replace")


def _spots(text: str) -> list[Spot]:
    found = [(one.start(), Spot(one[0], False, "")) for one in _PLACEHOLDER.finditer(text)]
    found += [(one.start(), Spot(one[0].strip(), True, one["words"] or "")) for one in _CAPTION.finditer(text)]
    return [spot for _, spot in sorted(found)]


def _title(text: str) -> str:
    return next((one[2].strip().strip("\"'") for one in _TITLE.finditer(text) if english_field(one[1], {"title"})), "")
