"""``form.link-text``: a link that does not say where it leads."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..body import links, plain_words
from ..passages import Hit, Passage, in_passages

_NOTHING_SAID = re.compile(
    r"(?:请?(?:点击|点|单击)?(?:这里|此处|这儿|链接|此链接|该链接)|点此|点我|网址"
    r"|(?:click )?(?:here|link|this))?[。.!！>》]*",
    re.IGNORECASE,
)


def find(passage: Passage) -> Iterator[Hit]:
    """Find the links of a body with a text that is empty or only says "click"."""
    if not passage.is_body:
        return
    for link in links(passage):
        if not link.picture and "<img" not in link.words and hides_target(plain_words(link.words)):
            yield Hit(link.start, link.end)


def hides_target(words: str) -> bool:
    """Whether a link's words do not tell where it leads."""
    return _NOTHING_SAID.fullmatch(words) is not None


check = in_passages("form.link-text", find)
