"""The parts around the text of a Word document: footnotes, and page numbers as footers."""

from __future__ import annotations

from collections.abc import Sequence

from docx.oxml.xmlchemy import BaseOxmlElement as Node

from .elements import INDENT, text_element, w
from .pieces import Look, run


def footnotes(addresses: Sequence[str]) -> Node:
    """Return the footnotes: the two lines that separate them from the text, then the addresses, from number 1 on."""
    lines = [
        w("footnote", w("p", w("r", w(kind))), type=name, id=number)
        for number, (kind, name) in enumerate(
            (("separator", "separator"), ("continuationSeparator", "continuationSeparator")), start=-1
        )
    ]
    notes = [
        w(
            "footnote",
            w(
                "p",
                w("pPr", w("pStyle", val="FootnoteText")),
                run(Look("FootnoteReference"), w("footnoteRef")),
                run(Look(), text_element(f" {address}")),
            ),
            id=number,
        )
        for number, address in enumerate(addresses, start=1)
    ]
    return w("footnotes", *lines, *notes)


def footer(left: bool) -> Node:
    """Return the footer of a page after GB/T 9704-2012: its number between dashes, one character from the edge.

    ``left`` puts it on the left, for even pages.
    """
    number = w("fldSimple", run(Look(), text_element("1")), instr=" PAGE ")
    side = {"left": INDENT // 2} if left else {"right": INDENT // 2}
    about = w("pPr", w("pStyle", val="Footer"), w("ind", **side), w("jc", val="left" if left else "right"))
    return w("ftr", w("p", about, run(Look(), text_element("— ")), number, run(Look(), text_element(" —"))))
