"""The content of a document: a page's elements without those for the screen only.

Page and document have the same text, in the same order, apart from white space. A picture that Word can't hold becomes
its description in every kind of document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from struct import error as StructError

from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.image.image import Image

from ..rendering.markup import Element
from ..text.roles import SCREEN

_UNREADABLE = (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError, StructError, ValueError)

Child = Element | str


def for_paper(children: Iterable[Child], link: Callable[[str], str], pictures: Mapping[str, bytes]) -> Sequence[Child]:
    """Return the elements for paper.

    ``link`` makes an address absolute, or empty if it can't. Pictures that ``pictures`` lacks become their description.
    """
    return [child for one in children for child in _for_paper(one, link, pictures)]


def _for_paper(child: Child, link: Callable[[str], str], pictures: Mapping[str, bytes]) -> Iterator[Child]:
    if isinstance(child, str):
        yield child
    elif child.tag == "img":
        known = child.attributes.get("src", "") in pictures
        yield child if known else child.attributes.get("alt", "")
    elif not (child.left_out or child.tag in ("svg", "button") or SCREEN in child.attributes):
        attributes = dict(child.attributes)
        if "href" in attributes:
            attributes["href"] = link(attributes["href"])
        yield replace(child, attributes=attributes, children=list(for_paper(child.children, link, pictures)))


def pictures_of(children: Iterable[Child]) -> Iterator[str]:
    """Yield the addresses of the pictures in some elements, as the elements have them."""
    for child in children:
        if isinstance(child, Element):
            if child.tag == "img":
                yield child.attributes.get("src", "")
            yield from pictures_of(child.children)


def is_picture(data: bytes) -> bool:
    """Whether a file is a picture that Word can hold: PNG, JPEG, GIF, TIFF or BMP."""
    try:
        image = Image.from_blob(data)
        return image.px_width > 0 and image.px_height > 0
    except _UNREADABLE:
        return False


def text_without_spaces(children: Iterable[Child]) -> str:
    """Return the text of some elements without white space."""
    return "".join(
        "".join(child if isinstance(child, str) else text_without_spaces(child.children) for child in children).split()
    )


def split_by_role(element: Element, role: str) -> tuple[list[Child], list[Child]]:
    """Return two parts of an element's children: those that have a role, at any depth, and those that are left."""
    taken: list[Child] = []
    left: list[Child] = []
    for child in element.children:
        if isinstance(child, str):
            left.append(child)
        elif role in child.attributes:
            taken.append(child)
        else:
            ours, theirs = split_by_role(child, role)
            taken += ours
            left.append(replace(child, children=theirs))
    return taken, left


def with_bold_lead(children: Sequence[Child]) -> list[Child]:
    """Make bold the link that begins an item of a list: a record's title stands there, and a summary follows it."""
    first = children[0] if children else ""
    leads = isinstance(first, Element) and first.tag == "a"
    return [Element("b", {}, [first]), *children[1:]] if leads else list(children)
