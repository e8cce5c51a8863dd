"""Pages on paper, as the browser prints them: documents that can be filed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from importlib import resources
from io import BytesIO
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from commands import PROJECT
from gongbao.text.prose import render
from test_site import NEWEST, RECORD

pytestmark = pytest.mark.browser
Printed = Callable[[str], tuple[list[list[str]], PdfReader, list[str]]]

DOCUMENTS = {  # what is printed, with the words that its first page must have
    NEWEST: ("2014年上半年工作公报", "某街道总工会"),
    "2014/h1/activities/": ("文体活动", "2014年上半年"),
    "units/qingzhi-subdistrict/2014-h1/": ("2014年上半年工作公报", "某街道总工会", "2014年1月至6月"),
    RECORD: ("下半年安排夏令营、游泳赛等活动", "某街道总工会", "2014年上半年"),
}
RADICALS = str.maketrans(
    "⺟⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳戶",
    "母民西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟户",
)


@pytest.fixture(scope="module")
def dark(browser: Browser) -> Iterator[Page]:
    """A page of a visitor who reads in the dark, for printing one address after another."""
    context = browser.new_context(color_scheme="dark")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def printed(address: str, dark: Page) -> Printed:
    """The cells of an address' tables, the page as a reader's browser prints it, and its sheets' texts: made once."""

    @cache
    def once(path: str) -> tuple[list[list[str]], PdfReader, list[str]]:
        dark.goto(address + path)
        rows = dark.evaluate(
            """() => [...document.querySelectorAll("article tbody tr")].map(
                row => [...row.children].map(cell => cell.textContent))"""
        )
        pdf = PdfReader(BytesIO(dark.pdf(prefer_css_page_size=True, tagged=True, outline=True)))
        return rows, pdf, [plain(sheet.extract_text()) for sheet in pdf.pages]

    return once


@pytest.mark.parametrize("path", DOCUMENTS)
def test_a_document_on_paper_can_be_filed(path: str, printed: Printed) -> None:
    rows, pdf, texts = printed(path)
    for sheet in pdf.pages:
        assert [round(float(side) / 72 * 25.4) for side in sheet.mediabox[2:]] == [210, 297]
    for number, text in enumerate(texts, start=1):
        assert f"—{number}—" in text, "every page has its number"
    assert not [words for words in DOCUMENTS[path] if plain(words) not in texts[0]]
    whole = "".join(texts)
    for words in ("首页", "搜索", "打印", "复制链接", "修改这一页", "上一期"):
        assert words not in whole, "no navigation"
    assert f"https://gongbao.example.org/{path}" in whole
    headings = re.findall(r"([一二三四五六七八九十]+)、", whole)
    assert "一" in headings
    for cells in rows:
        assert any(all(plain(cell) in text for cell in cells) for text in texts), f"the row {cells} is cut"

    tags = list(structure(pdf))
    assert tags.count("H1") == 1
    assert {"P", "Document"} <= set(tags)
    assert tags.count("TR") >= len(rows)
    assert str(pdf.trailer["/Root"]["/Lang"]) == "zh"  # type: ignore[index]


def plain(text: str) -> str:
    """Text without white space; fonts may give a character as the radical that looks like it, styles add signs."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).translate(RADICALS).replace("△", "")


def structure(pdf: PdfReader) -> Iterator[str]:
    """The names of a document's tags."""
    waiting: list[Any] = [pdf.trailer["/Root"]["/StructTreeRoot"]]  # type: ignore[index]
    while waiting:
        one = waiting.pop()
        one = one.get_object() if isinstance(one, IndirectObject) else one
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, DictionaryObject):
            if name := one.get("/S"):
                yield str(name).removeprefix("/")
            if "/K" in one:
                waiting.append(one["/K"])


def test_headings_on_paper_are_numbered_in_the_chinese_order(printed: Printed) -> None:
    text = "".join(printed("units/qingzhi-subdistrict/2014-h1/")[2])

    topics = ("总述", "要点", "主要数据", "组织建设", "集体协商与劳动关系")
    for number, title in zip("一二三四五", topics, strict=True):
        assert f"{number}、{title}" in text
    assert plain("四、组织建设（一）") in text
    assert plain("五、集体协商与劳动关系（一）") in text, "the lower numbers begin anew"


MONTHS = [f"{month}月" for month in range(1, 13)]
WIDE = {  # tables in texts: what the cells of a row are
    "numbers": [f"{12234.5 + 111 * at:.2f}" for at in range(1, 13)],
    "numbers with units": [f"{12234.5 + 111 * at:.2f}元" for at in range(1, 13)],
    "long numbers": [f"{at}11,000.00万元" for at in range(1, 11)],
    "seven columns": [f"{at}11,000.00万元" for at in range(1, 7)],
}


@pytest.mark.parametrize("kind", WIDE)
def test_every_column_of_a_wide_table_is_on_the_paper(kind: str, dark: Page) -> None:
    cells = WIDE[kind]
    rows = [["单位", *MONTHS[: len(cells)]], ["---"] * (len(cells) + 1), ["第一社区", *cells]]
    table = render("\n".join(f"| {' | '.join(row)} |" for row in rows), str)
    material = resources.files("material").joinpath("templates", "assets", "stylesheets")
    theme = next(sheet for sheet in material.iterdir() if re.fullmatch(r"main\..*\.css", sheet.name))
    assets = PROJECT / "hooks" / "gongbao" / "host" / "assets"
    sheets = [theme.read_text(), *(sheet.read_text(encoding="utf-8") for sheet in sorted(assets.glob("gongbao*.css")))]
    styles = "".join(f"<style>{sheet}</style>" for sheet in sheets)
    inside = f'<div class="md-typeset__scrollwrap"><div class="md-typeset__table">{table}</div></div>'
    dark.goto("about:blank")  # the policy of the page before allows no styles within a page
    dark.set_content(f'{styles}<article class="md-typeset"><div class="gb">{inside}</div></article>')
    sheet = PdfReader(BytesIO(dark.pdf(prefer_css_page_size=True))).pages[0]
    assert plain(sheet.extract_text()).count("月") == len(cells)
    dark.emulate_media(media="print")
    dark.set_viewport_size({"width": 590, "height": 850})  # pixels: the width of the text's area
    assert dark.evaluate("document.querySelector('table').scrollWidth") <= 590
    dark.emulate_media(media="null")
