"""Bulletins as PDF: archives take them, screen readers read them, text copies out exactly, and nothing is cut."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from page import validate_pdf_bytes
from pypdf import PdfReader

from commands import BUILD, GONGBAO, PROJECT, STRICT, succeed
from gongbao.manuscripts.document_cache import PDF
from gongbao.manuscripts.manuscript import Manuscript, document_pages, manuscript_of
from gongbao.manuscripts.paper import Child, text_without_spaces
from gongbao.rendering.markup import Element
from small_archives import Built, archive, in_memory, record
from test_paper import structure
from test_word import TEXT, png

AMOUNTS = [f"{12_345_678.9 + 1_111_111 * month:,.2f}" for month in range(1, 13)]
WIDE = "\n".join(
    f"| {' | '.join(row)} |"
    for row in (["单位", *(f"{month}月（万元）" for month in range(1, 13))], ["---"] * 13, ["第一社区", *AMOUNTS])
)


def typeset(manuscript: Manuscript) -> bytes:
    """Return a manuscript as PDF. WeasyPrint loads for a second, and every process of the tests reads this file."""
    from gongbao.pdf.typesetting import typeset

    return typeset(manuscript)


@pytest.fixture(scope="module")
def unit_bulletin(tmp_path_factory: pytest.TempPathFactory) -> tuple[Manuscript, bytes]:
    """The bulletin of a unit whose records hold everything that a text may hold, and a table of 13 columns."""
    folder = tmp_path_factory.mktemp("pdf")
    waiver = [{"rule": "leftover.numbering", "reason": "试试从七开始的列表"}]
    promise = {"id": "ball", "text": "办一次球赛", "due": "2014-h2"}
    built = archive(
        folder,
        {
            "2014/h1/visit/index.md": record(
                TEXT, figures=[{"label": "慰问金", "value": "1200", "unit": "元"}], allow=waiver
            ),
            "2014/h1/visit/visit.png": png(300, 120),
            "2014/h1/visit/plan.webp": b"RIFF\x04\0\0\0WEBP",
            "2014/h1/visit/broken.png": png(9, 9)[:30],
            "2014/h1/wide.md": record(WIDE, title="十二个月的会费"),
            "2014/h1/plan.md": record(kind="plan", title="下半年打算", commitments=[promise]),
        },
    )
    made = manuscripts(built, folder / "content")
    source = made["units/town/2014-h1/town-2014-h1.pdf"]
    return source, typeset(source)


def manuscripts(built: Built, content: Path) -> dict[str, Manuscript]:
    """The manuscript of every document, by its address."""
    pages = document_pages(built.edition, PDF)
    rendered = built.edition.renderer.render_all([*pages.values()])
    return {
        address: manuscript_of(page, one, built.edition, lambda path: (content / path).read_bytes())
        for (address, page), one in zip(pages.items(), rendered, strict=True)
    }


def faults(pdf: bytes) -> list[str]:
    """What PDF/A-2a and PDF/UA-1 forbid and a document has."""
    return [
        f"{one.rule_id}: {one.message}"
        for profile in ("2a", "ua1")
        for one in validate_pdf_bytes(pdf, profile=profile).failures
    ]


def blocks(children: list[Child]) -> Iterator[str]:
    """The text, without white space, of every paragraph, heading and cell."""
    for child in children:
        if isinstance(child, Element):
            if child.tag in ("p", "h1", "h2", "h3", "h4", "h5", "th", "td", "caption", "pre"):
                yield from filter(None, [text_without_spaces([one]) for one in child.children])
            else:
                yield from blocks(child.children)


def text_of(pdf: bytes) -> str:
    """A document's text without white space, as one copies it from one page after another, without their numbers."""
    pages = [re.sub(r"\s", "", sheet.extract_text()) for sheet in PdfReader(BytesIO(pdf)).pages]
    return "".join(re.sub(f"—{number}—", "", text) for number, text in enumerate(pages, start=1))


def test_a_document_is_an_archives_and_for_screen_readers(unit_bulletin: tuple[Manuscript, bytes]) -> None:
    source, pdf = unit_bulletin
    assert faults(pdf) == []
    read = PdfReader(BytesIO(pdf))
    assert (read.metadata.title, read.metadata.author) == (source.title, source.issuer)  # type: ignore[union-attr]
    tags = [*structure(read)]
    assert tags.count("H1") == 1 and {"H2", "H3", "Table", "TH", "TD", "LBody", "Link", "Figure", "P"} <= {*tags}
    marks = [re.sub(r"\s", "", str(one["/Title"])) for one in read.outline if isinstance(one, dict)]
    assert marks[0] == source.title.replace(" ", "")


def test_its_text_copies_out_exactly(unit_bulletin: tuple[Manuscript, bytes]) -> None:
    source, pdf = unit_bulletin
    text = text_of(pdf)
    assert [block for block in blocks([*source.content]) if block not in text] == []
    assert "一、" in text and "（一）" in text, "headings have their numbers"


def test_a_table_of_thirteen_columns_is_whole_on_a_turned_sheet(unit_bulletin: tuple[Manuscript, bytes]) -> None:
    sheet = next(one for one in PdfReader(BytesIO(unit_bulletin[1])).pages if AMOUNTS[0] in one.extract_text())
    width, height = (float(side) for side in sheet.mediabox[2:])
    assert width > height
    ends: dict[str, float] = {}

    def see(text: str, matrix: list[float], place: list[float], font: object, size: float) -> None:
        if text.strip() in AMOUNTS:
            ends[text.strip()] = (place[4] * matrix[0] + matrix[4]) + 0.6 * abs(size * matrix[0]) * len(text.strip())

    sheet.extract_text(visitor_text=see)
    assert set(ends) == set(AMOUNTS), "no amount is parted"
    assert max(ends.values()) < width


@pytest.mark.slow
def test_the_same_page_makes_the_same_bytes(unit_bulletin: tuple[Manuscript, bytes]) -> None:
    assert typeset(unit_bulletin[0]) == unit_bulletin[1]


@pytest.mark.slow
def test_every_bulletin_of_the_project_is_sound_and_says_what_its_page_says() -> None:
    for address, source in manuscripts(in_memory(PROJECT), PROJECT / "content").items():
        pdf = typeset(source)
        assert faults(pdf) == [], address
        text = text_of(pdf)
        assert [block for block in blocks([*source.content]) if block not in text] == [], address


@pytest.mark.slow
def test_the_command_makes_them_once_and_the_site_links_them(small: Path) -> None:
    assert "PDF 文档共 3 份，新做 3 份" in succeed(small, *GONGBAO, "pdf")
    assert "新做 0 份" in succeed(small, *GONGBAO, "pdf")
    succeed(small, *BUILD, STRICT)
    pages = small / "site"
    assert [path.name for path in sorted(pages.rglob("*.pdf"))] == [
        "bulletin-2014-h1.pdf",
        "town-2014-h1.pdf",
        "village-2014-h1.pdf",
    ]
    page = (pages / "units/village/2014-h1/index.html").read_text(encoding="utf-8")
    assert 'href="village-2014-h1.pdf" download' in page and ".docx" not in page
