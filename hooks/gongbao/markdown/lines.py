"""Lines of Markdown from a page's HTML: words, links, pictures, emphasis, and anchors."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from ..rendering.markup import Element
from .signs import BREAK, GAP, code, emphasised, escape, escape_attribute, link_destination, parted_by

_KEPT = {"del", "ins", "kbd", "rp", "rt", "ruby", "s", "strike", "sub", "sup", "u"}
_STRONG, _EMPHASIS = {"strong", "b"}, {"em", "i"}
_BESIDE = ("prev", "next")  # links to the pages before and after


class LineWriter:
    """Writes lines, and keeps the anchors that wait for the next words.

    ``link`` rewrites an address; ``anchors`` are the ids that some link leads to.
    """

    def __init__(self, link: Callable[[str], str], anchors: Collection[str]) -> None:
        self.link, self.anchors = link, anchors
        self.pending = ""  # anchors that the next words take

    def inline(self, children: Iterable[Element | str], parted: bool = False) -> str:
        """Return Markdown for the elements of a line; `finished` puts its spaces and gaps right."""
        text = ""
        for child in children:
            if isinstance(child, str):
                text += escape(child)
            elif not child.left_out:
                apart = parted or child.apart or child.attributes.get("rel") in _BESIDE
                text += GAP if apart else ""
                text += self.anchor(child) + self.element_markdown(child, text) + (GAP if parted else "")
        return text

    def element_markdown(self, element: Element, before: str) -> str:
        """Return Markdown for one element of a line; ``before`` is the Markdown before it."""
        tag = element.tag
        if tag == "br":
            return BREAK
        if tag == "code":
            return code(element.text(), before)
        if tag == "img":
            target = self.link(element.attributes.get("src", ""))
            return f"![{escape(element.attributes.get('alt', ''))}]({link_destination(target)})" if target else ""
        beside = element.attributes.get("rel") in _BESIDE  # a word above a title
        inner = self.inline(element.children, beside)
        if tag == "a" and "href" in element.attributes:
            target = self.link(element.attributes["href"])
            words = parted_by(inner, " · ").replace(BREAK, " ").strip(" ")
            return f"[{words}]({link_destination(target)})" if target and words else inner
        if tag in _STRONG | _EMPHASIS:
            return emphasised(inner, "strong" if tag in _STRONG else "em", before)
        return f"<{tag}>{inner}</{tag}>" if tag in _KEPT else inner

    def finished(self, text: str, gap: str = " · ") -> str:
        """Put the spaces and gaps of a line right, and put the waiting anchors before it."""
        text = parted_by(text, gap).strip(" ")
        if text:
            text, self.pending = self.pending + text, ""
        return text

    def note_anchor(self, element: Element) -> None:
        """Keep an element's anchor for the next words. Most elements have no sign of their own to hold it."""
        self.pending += self.anchor(element)

    def anchor(self, element: Element) -> str:
        """Return the anchor of an element, if a link leads to it, else an empty text."""
        identity = element.attributes.get("id", "")
        return f'<a id="{escape_attribute(identity)}"></a>' if identity in self.anchors else ""
