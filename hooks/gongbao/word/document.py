"""A bulletin as a Word document (.docx, ISO/IEC 29500). It is made from its page's HTML, so that both say the same.

The same page makes the same bytes: dates come from the period and never from a clock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.coreprops import CoreProperties
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.opc.parts.coreprops import CorePropertiesPart
from docx.oxml.coreprops import CT_CoreProperties
from docx.oxml.xmlchemy import BaseOxmlElement as Node
from docx.package import Package
from docx.parts.document import DocumentPart
from docx.parts.hdrftr import FooterPart
from docx.parts.numbering import NumberingPart
from docx.parts.settings import SettingsPart
from docx.parts.styles import StylesPart
from docx.shared import Length, Mm

from ..manuscripts.manuscript import Manuscript
from ..rendering.markup import Element
from ..text.roles import OWN
from .elements import w
from .font_table import font_table
from .notes import footer, footnotes
from .numbering import numbering
from .sheet import page_setup, settings
from .styles import styles
from .writer import DocumentWriter, Place

_WIDEST, _HIGHEST = Mm(156), Mm(180)
_LEVEL = 6  # the level of compression


def document(source: Manuscript) -> bytes:
    """Return the document: the bytes of a .docx."""
    package = Package()
    body = w("body")
    part = DocumentPart(PackURI("/word/document.xml"), CT.WML_DOCUMENT_MAIN, w("document", body), package)
    package.relate_to(part, RT.OFFICE_DOCUMENT)
    package.relate_to(_properties(source, package), RT.CORE_PROPERTIES)

    def add(name: str, kind: type[XmlPart], content_type: str, relation: str, element: Node) -> str:
        return part.relate_to(kind(PackURI(f"/word/{name}.xml"), content_type, element, package), relation)

    add("styles", StylesPart, CT.WML_STYLES, RT.STYLES, styles())
    add("settings", SettingsPart, CT.WML_SETTINGS, RT.SETTINGS, settings())
    add("fontTable", XmlPart, CT.WML_FONT_TABLE, RT.FONT_TABLE, font_table())
    writer = DocumentWriter(
        _drawing(part, source.pictures),
        lambda target: part.relate_to(target, RT.HYPERLINK, is_external=True),
        source.home,
    )
    body.extend(writer.blocks(source.content, Place()))
    add("numbering", NumberingPart, CT.WML_NUMBERING, RT.NUMBERING, numbering(source.language, writer.needs.lists))
    add("footnotes", XmlPart, CT.WML_FOOTNOTES, RT.FOOTNOTES, footnotes(writer.needs.notes))
    feet = {
        place: add(f"footer{at}", FooterPart, CT.WML_FOOTER, RT.FOOTER, footer(left=place == "even"))
        for at, place in enumerate(("first", "even", "default"), start=1)
    }
    body.append(page_setup(feet))
    written = BytesIO()
    package.save(written)
    return _without_clock(written)


def _properties(source: Manuscript, package: Package) -> CorePropertiesPart:
    element = CT_CoreProperties.new()
    part = CorePropertiesPart(PackURI("/docProps/core.xml"), CT.OPC_CORE_PROPERTIES, element, package)
    about: CoreProperties = part.core_properties
    about.title, about.subject, about.comments = source.title[:255], source.subject, source.description[:255]
    about.author = about.last_modified_by = source.issuer[:255]
    about.identifier = source.address[:255]
    about.language = "zh-CN" if source.language == "zh" else "en-GB"
    about.category = OWN
    about.revision = 1
    if source.created:
        about.created = about.modified = datetime.combine(source.created, time(), UTC)
    return part


def _drawing(part: DocumentPart, pictures: Mapping[str, bytes]) -> Callable[[Element], Node]:
    """Return a function that makes a picture's drawing with its description, no larger than the page's text."""

    def drawing(element: Element) -> Node:
        data = pictures[element.attributes["src"]]
        _, image = part.get_or_add_image(BytesIO(data))
        scale = min(1.0, _WIDEST / image.width, _HIGHEST / image.height)
        size = Length(int(image.width * scale)), Length(int(image.height * scale))
        inline = part.new_pic_inline(BytesIO(data), *size)
        for side in ("distT", "distB", "distL", "distR"):  # without these, one word processor keeps a distance of 3 mm
            inline.set(side, "0")
        inline.docPr.set("descr", element.attributes.get("alt", ""))
        return w("drawing", inline)

    return drawing


def _without_clock(written: BytesIO) -> bytes:
    """Return the same package with a fixed time in place of the clock's."""
    settled = BytesIO()
    with ZipFile(written) as old, ZipFile(settled, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as new:
        for name in old.namelist():
            entry = ZipInfo(name)  # its time is 1980-01-01, the first that ZIP knows
            entry.compress_type = ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return settled.getvalue()
