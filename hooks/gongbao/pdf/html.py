"""The HTML that a PDF is set from: a page's elements for paper, in the form that makes sound tags of them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping

from markupsafe import escape

from ..manuscripts.paper import Child
from ..rendering.markup import Element

_VOID = {"br", "hr", "img", "wbr"}
_TURNED = 8  # from so many columns on, a table stands on a turned sheet
_OTHER_TAGS = {"details": "div", "summary": "p"}  # all is open on paper
_KEPT = ("alt", "class", "colspan", "href", "id", "lang", "rowspan", "scope", "src")


def html_of(children: Iterable[Child], pictures: Mapping[str, bytes]) -> str:
    """Return some elements as HTML; ``pictures`` has their pictures by address."""
    return "".join(_html(child, pictures) for child in children)


def _html(child: Child, pictures: Mapping[str, bytes]) -> str:
    if isinstance(child, str):
        return escape(child)
    tag = _OTHER_TAGS.get(child.tag, child.tag)
    inner = html_of(child.children, pictures)
    if tag == "a":
        if not child.attributes.get("href"):  # it leads to another page of a site whose address is not known
            return inner
        # Each element within a link would be a link of its own, and none of them be tagged as one.
        inner = escape(child.text())
    attributes = {name: child.attributes[name] for name in _KEPT if name in child.attributes} | _more(child, pictures)
    written = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    return f"<{tag}{written}>" if tag in _VOID else f"<{tag}{written}>{inner}</{tag}>"


def _more(element: Element, pictures: Mapping[str, bytes]) -> dict[str, str]:
    """Return what an element has in a PDF alone."""
    given = element.attributes
    if element.tag == "table":
        columns = _column_count(element)
        turned = " turned" if columns >= _TURNED else ""
        return {"class": f"{given.get('class', '')} columns-{columns}{turned}"}
    if element.tag == "ol":
        return {"style": f"counter-reset: item {int(given.get('start') or 1) - 1}"}
    if element.tag == "img":
        return {
            "src": "data:;base64," + b64encode(pictures[given["src"]]).decode(),
            "alt": given.get("alt") or given["src"],
        }
    return {}


def _column_count(table: Element) -> int:
    """Return how many columns a table has."""
    return max((sum(int(cell.attributes.get("colspan") or 1) for cell in row) for row in _rows(table)), default=0)


def _rows(element: Element) -> Iterable[list[Element]]:
    for part in element.elements("thead", "tbody", "tfoot", "tr"):
        yield from [part.elements("th", "td")] if part.tag == "tr" else _rows(part)
