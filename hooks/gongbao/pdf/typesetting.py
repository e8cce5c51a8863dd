"""A bulletin as PDF, made from its page's HTML, so that both say the same.

It is an archive's file (PDF/A-2a, ISO 19005-2) and one for screen readers (PDF/UA-1, ISO 14289-1): fonts are embedded,
every piece of text is tagged, headings are bookmarks. The same page makes the same bytes on a machine with the same
fonts: dates come from the period and never from a clock.
"""

from __future__ import annotations

from importlib import resources

import pydyf  # type: ignore[import-untyped]
from markupsafe import Markup
from weasyprint import HTML, Document  # type: ignore[import-untyped]
from weasyprint.urls import URLFetcher  # type: ignore[import-untyped]

from .. import GENERATOR
from ..manuscripts.manuscript import Manuscript
from .html import html_of

_PAGE = Markup(
    '<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title><style>{sheet}</style>'
    '<meta name="author" content="{issuer}"><meta name="description" content="{description}">'
    '<meta name="generator" content="{generator}">{created}</head><body>{content}</body></html>'
)
_CREATED = Markup('<meta name="dcterms.created" content="{day}"><meta name="dcterms.modified" content="{day}">')
# What PDF/UA-1 (5) wants in the metadata, with the description of it that PDF/A-2 (6.6.2.3.3) wants beside.
_ACCESSIBLE = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part>
</rdf:Description><rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


def typeset(source: Manuscript) -> bytes:
    """Return the document: the bytes of a .pdf."""
    page = _PAGE.format(
        language="zh-CN" if source.language == "zh" else "en-GB",
        title=source.title,
        sheet=Markup(resources.files(__package__).joinpath("paper.css").read_text("utf-8")),
        issuer=source.issuer,
        description=source.description,
        generator=GENERATOR,
        created=_CREATED.format(day=source.created.isoformat()) if source.created else "",
        content=Markup(html_of(source.content, source.pictures)),
    )
    html = HTML(string=page, base_url=source.address or None, url_fetcher=URLFetcher(allowed_protocols={"data"}))
    made: bytes = html.write_pdf(pdf_variant="pdf/a-2a", finisher=_accessible)
    return made


def _accessible(document: Document, pdf: pydyf.PDF) -> None:
    """Say in the metadata that the file is accessible too, and leave them uncompressed, as archives want them."""
    del document
    metadata = next(one for one in pdf.objects if getattr(one, "extra", {}).get("Type") == "/Metadata")
    metadata.stream = [b"".join(metadata.stream).replace(b"</rdf:RDF>", _ACCESSIBLE + b"</rdf:RDF>")]
    metadata.compress = False
