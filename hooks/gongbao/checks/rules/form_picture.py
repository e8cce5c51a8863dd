"""``form.picture``: a picture without a description."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from ..body import Link, links, plain_words
from ..passages import Hit, Passage, in_passages

_FILE = re.compile(r"[^\s。，；：！？]+\.(?:jpe?g|png|gif|webp|bmp|tiff?|heic|svg)", re.IGNORECASE)
_NOTHING_SAID = re.compile(
    r"(?:微信)?(?:图片|图像|照片|相片|图|插图|配图|截图)(?:说明|描述)?|(?:image|img|picture|pic|photo|dsc|screenshot)",
    re.IGNORECASE,
)
_NUMBER = " 	_-()（）.0123456789"


def find(passage: Passage) -> Iterator[Hit]:
    """Find the pictures of a body with a description that is empty, a file's name or only the word "picture"."""
    if passage.is_body:
        for link in links(passage):
            if link.picture and _says_nothing(link):
                yield Hit(link.start, link.end)


def _says_nothing(link: Link) -> bool:
    words = plain_words(link.words)
    name = posixpath.basename(unquote(link.address))
    if words in ("", name, posixpath.splitext(name)[0]) or _FILE.fullmatch(words):
        return True
    return not (kind := words.rstrip(_NUMBER)) or bool(_NOTHING_SAID.fullmatch(kind))


check = in_passages("form.picture", find)
