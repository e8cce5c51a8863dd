"""Elements of WordprocessingML (ISO/IEC 29500), each made in one line."""

from __future__ import annotations

import re

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Node

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
INDENT = 640  # two characters of the body, in twips
TWIPS_A_MM = 1440 / 25.4  # a twip is a twentieth of a point


def w(name: str, /, *children: Node | None, **attributes: object) -> Node:
    """Return an element ``w:name`` with attributes ``w:…`` and children. None stands for no attribute or no child."""
    element = OxmlElement(f"w:{name}")
    for attribute, value in attributes.items():
        if value is not None:
            element.set(qn(f"w:{attribute}"), str(value))
    element.extend(child for child in children if child is not None)
    return element


def on(name: str, really: bool = True) -> Node | None:
    """Return a switch such as ``w:b``, or None if it is not on."""
    return w(name) if really else None


def text_element(text: str) -> Node:
    """Return a text that keeps its spaces. Characters that XML 1.0 does not allow are left out."""
    element = w("t")
    element.text = _NOT_IN_XML.sub("", text)
    element.set(qn("xml:space"), "preserve")
    return element


def twips(millimetres: float) -> int:
    """Return a length in twips, which are twentieths of a point."""
    return round(millimetres * TWIPS_A_MM)
