"""Documents for the tests of the importer, made of a few lines of XML each: Word and OpenDocument."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ODF = "urn:oasis:names:tc:opendocument:xmlns"


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    into = BytesIO()
    with ZipFile(into, "w", ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(name, part)
    return into.getvalue()


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def paragraph(text: str, *, style: str = "", numbered: int | None = None) -> str:
    """A paragraph; a line end in its text is a soft break. ``numbered`` is its level in the one numbering."""
    number = f'<w:numPr><w:ilvl w:val="{numbered}"/><w:numId w:val="1"/></w:numPr>' if numbered is not None else ""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    runs = "<w:br/>".join(f'<w:t xml:space="preserve">{escaped(line)}</w:t>' for line in text.split("\n"))
    return f"<w:p><w:pPr>{named}{number}</w:pPr><w:r>{runs}</w:r></w:p>"


def table(rows: Sequence[Sequence[str]]) -> str:
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def picture(identity: str = "p1") -> str:
    drawing = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    return (
        f'<w:p><w:r><w:drawing><a:blip {drawing} xmlns:r="{RELATIONS}" r:embed="{identity}"/></w:drawing></w:r></w:p>'
    )


def word(
    body: str, *, levels: Sequence[tuple[str, str]] = (), start: str = "1", styles: str = "", image: bytes = b""
) -> bytes:
    """A Word document. ``levels`` are the formats and texts of its numbering's levels, each counted from ``start``."""
    numbering = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations({"officeDocument": "word/document.xml"}),
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relations(
            {"numbering": "numbering.xml", "styles": "styles.xml"},
            f'<Relationship Id="p1" Type="{RELATIONS}/image" Target="media/a.png"/>',
        ),
        "word/media/a.png": image,
        "word/numbering.xml": (
            f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{numbering}</w:abstractNum>'
            f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
        ),
        "word/styles.xml": f"<w:styles {W}>{styles}</w:styles>",
    }
    return packed(parts)


def relations(targets: Mapping[str, str], more: str = "") -> str:
    items = (
        f'<Relationship Id="r{at}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets.items())
    )
    return f"<Relationships>{''.join(items)}{more}</Relationships>"


def open_document(body: str, styles: str = "") -> bytes:
    """An OpenDocument text."""
    names = f'xmlns:office="{ODF}:office:1.0" xmlns:text="{ODF}:text:1.0" xmlns:table="{ODF}:table:1.0"'
    content = (
        f'<office:document-content {names} xmlns:style="{ODF}:style:1.0">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})
