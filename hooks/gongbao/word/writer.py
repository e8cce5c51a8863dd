"""The paragraphs and tables of a Word document from a page's elements: a small function for each kind of element."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from docx.oxml.xmlchemy import BaseOxmlElement as Node

from ..manuscripts.paper import Child, split_by_role, text_without_spaces, with_bold_lead
from ..markdown.plain import BLOCKS
from ..markdown.signs import BREAK
from ..rendering.markup import Element
from ..text.prose import OWN_NUMBER
from ..text.roles import ADDRESSEE, CARDS, CITE, META, NAME, SIGNED
from .elements import w
from .numbering import BULLETS, NUMBERS
from .paragraphs import numbered_item, ruled_paragraph, styled_paragraph
from .pieces import Look, Piece, joined_pieces, line_elements, longest_line, pieces, run, runs, styled
from .tables import Cell, column_widths, table, table_cells, whole_number

_STYLES_OF_ROLES = {CITE: "Citation", ADDRESSEE: "Salutation", SIGNED: "Signature"}
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass
class Needs:
    """The numberings and footnotes that the text needs, gathered while it is written."""

    lists: list[int] = field(default_factory=list)  # the first number of each numbered list
    notes: list[str] = field(default_factory=list)  # the addresses in the footnotes


@dataclass(frozen=True)
class Place:
    """The place of a block: in a list, in a table's cell, in a quotation."""

    style: str = "BodyText"
    depth: int = 0  # how many lists stand around it
    cell: bool = False


@dataclass(frozen=True)
class DocumentWriter:
    """Writes elements as nodes of WordprocessingML (ISO/IEC 29500).

    ``picture`` makes a drawing, and ``relation`` the id of a link's target. ``own`` is the site's address: links to its
    pages get no footnotes.
    """

    picture: Callable[[Element], Node]
    relation: Callable[[str], str]
    own: str
    needs: Needs = field(default_factory=Needs)

    # ---- blocks ----

    def blocks(self, children: Iterable[Child], place: Place, parted: bool = False) -> list[Node]:
        """Return the blocks of some elements: block elements, and paragraphs of what stands between them."""
        made: list[Node] = []
        line: list[Child] = []
        below_title = False
        for child in [*children, None]:
            if isinstance(child, str) or (child is not None and child.tag not in BLOCKS):
                line.append(child)
                continue
            made += self.paragraph(line, place, parted)
            line = []
            if child is not None:
                below_title = child.tag == "h1" or (below_title and META in child.attributes)
                made += self.block(child, replace(place, style="Subtitle") if below_title else place)
        return made

    def block(self, element: Element, place: Place) -> list[Node]:
        """Return the blocks of a block element."""
        tag = element.tag
        if re.fullmatch("h[1-6]", tag):
            return self.heading(element, place)
        if META in element.attributes and place.style == "BodyText":
            place = replace(place, style="Date")
        for role, style in _STYLES_OF_ROLES.items():
            if role in element.attributes:
                place = replace(place, style=style)
        if tag in ("ul", "ol"):
            return self.cards(element) if CARDS in element.attributes else self.items(element, place)
        if tag == "table":
            return self.table(element, place)
        if tag == "pre":
            return [
                styled_paragraph("HtmlPreformatted", [w("r", *line_elements(element.text().strip("\n").split("\n")))])
            ]
        if tag == "hr":
            return [ruled_paragraph()]
        if tag == "blockquote":
            return self.blocks(element.children, replace(place, style="Quote"))
        if tag in ("summary", "dt"):
            return self.blocks([Element("b", {}, element.children)], place)
        if tag == "dd":
            return self.blocks(element.children, replace(place, style="ListParagraph"))
        if tag == "figcaption":
            return self.paragraph(element.children, replace(place, style="Caption"))
        return self.blocks(element.children, place, element.parted)

    def paragraph(self, line: Iterable[Child], place: Place, parted: bool = False) -> list[Node]:
        """Return a paragraph, or nothing. A picture that stands alone gets a paragraph of its own height."""
        found = joined_pieces(pieces(line, parted), BREAK if place.cell else "\u3000")
        if not found:
            return []
        alone = all(piece.picture for piece in found if piece.text.strip() or piece.picture)
        style = "Picture" if alone or (any(piece.picture for piece in found) and not place.cell) else place.style
        return [styled_paragraph(style, self.runs(found), place.depth)]

    def heading(self, element: Element, place: Place) -> list[Node]:
        """Return a title or a heading. A heading that its writer numbered gets no second number."""
        level = int(element.tag[1]) - 1
        found = joined_pieces(pieces(element.children))
        if not found:
            return []
        text = text_without_spaces(element.children)
        by_hand = bool(level and re.match(OWN_NUMBER, text))
        style = f"Heading{level}" if level else "Title"
        if place.cell:
            style, by_hand = "TableHeading", False
        return [styled_paragraph(style, self.runs(found), by_hand=by_hand)]

    def items(self, element: Element, place: Place) -> list[Node]:
        """Return a list: the first paragraph of each item has a sign or number, and the others stand below it."""
        if place.cell:
            return [node for item in element.elements("li") for node in self.blocks(item.children, place)]
        number = BULLETS
        if element.tag == "ol":
            self.needs.lists.append(whole_number(element.attributes.get("start", "")))
            number = NUMBERS + len(self.needs.lists)
        inside = replace(place, style="ListParagraph", depth=place.depth + 1)
        made: list[Node] = []
        for item in element.elements("li"):
            made += numbered_item(
                self.blocks(with_bold_lead(item.children), inside, element.parted), number, place.depth
            )
        return made

    def cards(self, element: Element) -> list[Node]:
        """Return cards of figures as a table: the name of each figure, and its value with the notes on it."""
        rows = [split_by_role(item, NAME) for item in element.elements("li")]
        return self.table_of_rows([([Cell(name), Cell(rest)], False) for name, rest in rows], parted=True)

    # ---- tables ----

    def table(self, element: Element, place: Place) -> list[Node]:
        """Return a table, its caption above it."""
        caption = [
            node
            for one in element.elements("caption")
            for node in self.paragraph(one.children, Place("Caption", cell=place.cell))
        ]
        head = [row for part in element.elements("thead") for row in part.elements("tr")]
        body = [row for part in element.elements("tbody", "tfoot") for row in part.elements("tr")]
        cells = table_cells([*head, *element.elements("tr"), *body])
        return [*caption, *self.table_of_rows([(row, at < len(head)) for at, row in enumerate(cells)], element.parted)]

    def table_of_rows(self, rows: Sequence[tuple[Sequence[Cell], bool]], parted: bool) -> list[Node]:
        """Return a table of rows, each with its cells and whether it is a head.

        ``parted`` tells whether the children of a cell stand apart.
        """
        if not rows:
            return []
        lengths = [
            [longest_line(cell.children, parted) if cell.across == 1 else 0 for cell in row for _ in range(cell.across)]
            for row, _ in rows
        ]
        made = [
            ([(cell, self.cell(cell.children, "TableHeading" if head else "TableText", parted)) for cell in row], head)
            for row, head in rows
        ]
        return table(made, column_widths(lengths))

    def cell(self, children: Sequence[Child], style: str, parted: bool) -> list[Node]:
        """Return the blocks of a cell: WordprocessingML wants one paragraph at least."""
        made = self.blocks(children, Place(style, cell=True), parted)
        return made or [styled_paragraph(style, [])]

    # ---- within a line ----

    def runs(self, line: Sequence[Piece]) -> list[Node]:
        """Return the runs of a line with its links."""
        return runs(line, self.picture, self.link)

    def link(self, target: str, inside: Sequence[Node]) -> list[Node]:
        """Return a link. An address outside of the site that the text does not have becomes a footnote."""
        made = w("hyperlink", *inside, history=1)
        made.set(_RELATION, self.relation(target))
        ours = bool(self.own) and target.startswith(self.own)
        styled(inside, "SiteLink" if ours else "Hyperlink")
        address = target.partition(":")[2] if target.startswith(("mailto:", "tel:")) else target
        if ours or address in "".join(one.text or "" for one in made.iter()):
            return [made]
        self.needs.notes.append(address)
        return [made, run(Look("FootnoteReference"), w("footnoteReference", id=len(self.needs.notes)))]
