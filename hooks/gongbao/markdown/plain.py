"""Plain Markdown from a page's HTML, for any generator: without our classes, with pipe tables as the only extension.

An element without a sign in Markdown stays a simple tag (``<sub>``) or becomes words: a list in a table's cell becomes
lines. Pieces that our style sheet sets apart get a `` · `` between them, or a new line within a cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence

from ..rendering.markup import Element, parse
from .lines import LineWriter
from .signs import BREAK, from_the_start

BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "figcaption"),
    *("figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p"),
    *("pre", "section", "summary", "table", "ul"),
}
_CLOSING = re.compile("#+$")  # Markdown drops these at a heading's end


def to_markdown(html: str, link: Callable[[str], str], anchors: Collection[str] = ()) -> str:
    """Return the Markdown of some HTML.

    ``link`` rewrites an address. ``anchors`` are the ids that some link leads to; other ids are left out.
    """
    return "\n\n".join(_BlockWriter(LineWriter(link, anchors)).blocks(parse(html))) + "\n"


class _BlockWriter:
    """Walks through a page's elements and writes down its blocks."""

    def __init__(self, lines: LineWriter) -> None:
        self.lines = lines
        self.in_list = 0  # how many lists stand around

    def blocks(self, children: Iterable[Element | str], parted: bool = False) -> list[str]:
        """Return the blocks of an element: its block elements, and paragraphs of what stands between them."""
        found: list[str] = []
        line: list[Element | str] = []
        for child in [*children, None]:
            if child is not None and (isinstance(child, str) or child.tag not in BLOCKS):
                line.append(child)
                continue
            if paragraph := self.paragraph(line, parted):
                found.append(paragraph)
            line = []
            if child is not None and not child.left_out:
                for block in self.block(child):
                    if found and _would_join(found[-1], block):
                        found.append("<!-- -->")
                    found.append(block)
        return found

    def block(self, element: Element) -> list[str]:
        """Return the blocks of a block element."""
        self.lines.note_anchor(element)
        tag = element.tag
        if re.fullmatch("h[1-6]", tag):
            title = self.lines.finished(self.lines.inline(element.children).replace(BREAK, " "))
            return ["#" * int(tag[1]) + " " + _CLOSING.sub(lambda signs: "\\#" * len(signs[0]), title)] if title else []
        if tag in ("ul", "ol"):
            return self.items(element)
        if tag == "table":
            return self.table(element)
        if tag == "pre":
            return self.preformatted(element.text().rstrip("\n"))
        if tag == "hr":
            return ["***"]
        if tag == "blockquote" and not self.in_list:  # not every generator knows a quotation within a list
            inner = "\n\n".join(self.blocks(element.children))
            return ["\n".join(f"> {line}".rstrip() for line in inner.split("\n"))] if inner else []
        if tag in ("summary", "dt"):
            return self.blocks([Element("b", {}, element.children)])
        return self.blocks(element.children, element.parted)

    def paragraph(self, line: Sequence[Element | str], parted: bool) -> str:
        """Return a paragraph, or an empty text. No line begins with a sign that would make it another block."""
        text = self.lines.finished(self.lines.inline(line, parted))
        lines = text.replace(BREAK, "\n").split("\n")
        return "  \n".join(from_the_start(one.strip(" ")) for one in lines if one.strip(" "))

    def items(self, element: Element) -> list[str]:
        """Return a list. The content of an item is indented by four spaces, which every reader of Markdown accepts."""
        items: list[list[str]] = []
        self.in_list += 1
        for item in element.elements("li"):
            self.lines.note_anchor(item)
            if blocks := self.blocks(item.children, element.parted):
                items.append(blocks)
        self.in_list -= 1
        first = int(element.attributes.get("start") or 1)
        markers = ["-" if element.tag == "ul" else f"{first + at}." for at in range(len(items))]
        pairs = zip(markers, items, strict=True)
        written = [_indented(f"{marker} ".ljust(4), "\n\n".join(item)) for marker, item in pairs]
        between = "\n\n" if any("\n" in item for item in written) else "\n"
        return [re.sub(r"\n +(?=\n)", "\n", between.join(written))] if written else []

    def preformatted(self, text: str) -> list[str]:
        """Return a block of code."""
        if self.in_list:  # not every generator knows a fence within a list
            return ["\n".join(f"    {line}".rstrip() for line in text.split("\n"))]
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
        return [f"{fence}\n{text}\n{fence}"]

    def table(self, element: Element) -> list[str]:
        """Return a table with pipes, its caption before it. A table without a head gets an empty one."""
        caption = [block for one in element.elements("caption") for block in self.blocks(one.children)]
        head = [row for part in element.elements("thead") for row in part.elements("tr")]
        body = [row for part in element.elements("tbody", "tfoot") for row in part.elements("tr")]
        rows = [*self.rows([*head, *element.elements("tr"), *body], element.parted)]
        if not rows:
            return caption
        width = max(len(row) for row in rows)
        if not head:
            rows.insert(0, [""] * width)
        rows.insert(1, ["---"] * width)
        lines = ["| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in rows]
        return [*caption, "\n".join(lines)]

    def rows(self, rows: Iterable[Element], parted: bool) -> Iterable[list[str]]:
        """Yield the cells of each row. A cell over several rows stands in each; empty cells follow one over columns."""
        reaching: dict[int, tuple[int, str]] = {}  # by column: how many more rows, and the cell
        for row in rows:
            self.lines.note_anchor(row)
            cells: list[str] = []
            for cell in row.elements("td", "th"):
                cells += self.reached(reaching, len(cells))
                self.lines.note_anchor(cell)
                text = "<br>".join(self.cell_lines(cell.children, parted))
                if (more := int(cell.attributes.get("rowspan") or 1) - 1) > 0:
                    reaching[len(cells)] = (more, text)
                cells += [text, *[""] * (int(cell.attributes.get("colspan") or 1) - 1)]
            yield [*cells, *self.reached(reaching, len(cells))]

    def reached(self, reaching: dict[int, tuple[int, str]], column: int) -> list[str]:
        """Return the cells from above that reach into a row at ``column`` and at the columns next to it."""
        cells = []
        while column in reaching:
            more, text = reaching.pop(column)
            if more > 1:
                reaching[column] = (more - 1, text)
            cells.append(text)
            column += 1
        return cells

    def cell_lines(self, children: Iterable[Element | str], parted: bool) -> list[str]:
        """Return the lines of a cell."""
        lines: list[str] = []
        line: list[Element | str] = []
        for child in [*children, None]:
            if child is not None and (isinstance(child, str) or child.tag not in BLOCKS):
                line.append(child)
                continue
            text = self.lines.finished(self.lines.inline(line, parted), gap=BREAK)
            lines += [one.strip(" ") for one in text.split(BREAK) if one.strip(" ")]
            line = []
            if child is not None and not child.left_out:
                self.lines.note_anchor(child)
                lines += self.cell_lines(child.children, child.parted)
        return lines


def _indented(marker: str, text: str) -> str:
    return marker + text.replace("\n", "\n" + " " * len(marker))


def _would_join(before: str, after: str) -> bool:
    """Whether two blocks would be read as one: two lists, or two quotations."""
    begins = re.compile(r"(-   |\d+\. |> ?)")
    found = [begins.match(before), begins.match(after)]
    return all(found) and (before[0] == ">") == (after[0] == ">")
