"""Word documents: they say what their pages say, are sound and set as official papers are, and never stale."""

from __future__ import annotations

import posixpath
import re
import shutil
import struct
import subprocess
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace as replace_fields
from datetime import UTC, datetime
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
import yaml
from docx import Document
from docx.document import Document as Opened
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from pypdf import PdfReader

from commands import BUILD, GONGBAO, PROJECT, STRICT, files_of, replace, run, succeed
from gongbao.archive.filing import publish
from gongbao.importing.imports import import_source
from gongbao.importing.kinds_of_files import read_document
from gongbao.importing.whose import Asked
from gongbao.manuscripts.document_cache import WORD as WORD_KIND
from gongbao.manuscripts.manuscript import document_pages, manuscript_of
from gongbao.pages.missing_in_reports import missing_in_reports
from gongbao.reading.content import read_all
from gongbao.reading.lists import read_lists
from gongbao.word.document import document
from small_archives import LISTS, Built, archive, bytes_of, in_memory, record, tree_of

WORD = (*GONGBAO, "word")
SITE_URL = "https://someone.example.org/bulletins/"
KEPT = ".cache/word"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
SMALL = "2014/h1/bulletin-2014-h1.docx"


def png(width: int, height: int) -> bytes:
    """A grey picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\x80" * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


TEXT = """第一段有**着重**、*强调*、`代码`和[外面的链接](https://www.example.org/a?b=1)，也有<https://www.example.org/bare>。

## 做法

1. 第一步
    - 里面一层
2. 第二步

    第二步的另一段

## 二、自己编了号

### 12.2万元的用途

#### 更深一层

- 甲
- 乙 &lt;丙&gt; & 丁

7. 从七开始

> 引用的一段
>
> - 引用里的一项

| 项目 | 数量 |
| --- | ---: |
| 慰问金 | 1,200 元 |
| 慰问品<br>（米、油） | 30 份 |

<table><caption>并格的表</caption>
<tr><td rowspan="2">上下</td><td colspan="2">左右</td></tr>
<tr><td>一</td><td>二</td></tr></table>

![走访的图](visit.png)

![示意图](plan.webp)![传坏的图](broken.png)和文字在一行

```
第一行
  第二行
```

* * *

水<sub>2</sub>、<del>删去</del>、[另一条](../plan.md)。
"""


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Built, Path]:
    """One half of everything that a record's text may hold, with its folder."""
    folder = tmp_path_factory.mktemp("word")
    figures = [
        {"label": "慰问金", "value": "1200", "unit": "元"},
        {"label": "人次", "value": 30, "unit": "人次", "bound": "over"},
    ]
    waiver = [{"rule": "leftover.numbering", "reason": "试试从七开始的列表"}]
    corrections = [{"date": "2014-08-01", "text": "改正人数", "was": "20", "now": "30"}]
    promise = {"id": "ball", "text": "办一次球赛", "due": "2014-h2"}
    built = archive(
        folder,
        {
            "2014/h1/visit/index.md": record(TEXT, figures=figures, corrections=corrections, allow=waiver),
            "2014/h1/visit/visit.png": png(3000, 1200),
            "2014/h1/visit/plan.webp": b"RIFF\x04\0\0\0WEBP",
            "2014/h1/visit/broken.png": png(9, 9)[:30],
            "2014/h1/plan.md": record(kind="plan", title="下半年打算", commitments=[promise]),
            "2014/h1/old.md": record(title="村里的事", unit="village", kind="overview", summary="一句话"),
            "2014/h2/ball.md": record(outcomes=[{"commitment": "2014-h1/plan#ball", "status": "done"}]),
            "undated/h1/one.md": record(title="年份不详的事"),
        },
    )
    return built, folder


@pytest.fixture(scope="module")
def seed_site() -> Built:
    return in_memory(PROJECT, SITE_URL)


def made(site: Built, content: Path) -> dict[str, tuple[str, bytes]]:
    """Every document by address, with its page's HTML."""

    def read(path: str) -> bytes:
        return (content / path).read_bytes()

    edition = replace_fields(site.edition, site_url=SITE_URL)
    pages = document_pages(edition, WORD_KIND)
    rendered = edition.renderer.render_all([*pages.values()])
    return {
        address: (one.html, document(manuscript_of(page, one, edition, read)))
        for (address, page), one in zip(pages.items(), rendered, strict=True)
    }


@pytest.fixture(scope="module")
def small_ones(small_site: tuple[Built, Path]) -> dict[str, tuple[str, bytes]]:
    return made(small_site[0], small_site[1] / "content")


@pytest.fixture(scope="module")
def ones(seed_site: Built, small_ones: dict[str, tuple[str, bytes]]) -> dict[str, tuple[str, bytes]]:
    """All documents of the project, and the small ones."""
    return {**made(seed_site, PROJECT / "content"), **{f"small/{name}": one for name, one in small_ones.items()}}


@pytest.fixture(scope="module")
def unit_document(small_ones: dict[str, tuple[str, bytes]]) -> Opened:
    """The bulletin of the unit whose record holds everything."""
    return Document(BytesIO(small_ones["units/town/2014-h1/town-2014-h1.docx"][1]))


class OnPaper(HTMLParser):
    """A page's text, without what is for the screen only; a picture that Word can't hold is its description."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.open, self.unseen = "", [""], 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = dict(attrs)
        if tag == "img" and str(about["src"]).endswith((".webp", "broken.png")):
            self.text += str(about["alt"])
        if tag in ("br", "hr", "img"):
            return
        self.open.append(tag)
        if self.unseen or "data-gb-screen" in about or about.get("aria-hidden") == "true":
            self.unseen += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in ("br", "hr", "img"):
            return
        assert self.open.pop() == tag
        self.unseen -= bool(self.unseen)

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.text += data


def said_on_paper(html: str) -> str:
    reader = OnPaper()
    reader.feed(html)
    return "".join(reader.text.split())


def parts_of(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def xml(parts: dict[str, bytes], name: str) -> ElementTree.Element:
    return ElementTree.fromstring(parts[name])


def said_in_word(data: bytes) -> str:
    """The text of a document, read off its XML."""
    texts = xml(parts_of(data), "word/document.xml").iter(f"{W}t")
    return "".join("".join(one.text or "" for one in texts).split())


def test_page_and_document_have_one_text(ones: dict[str, tuple[str, bytes]]) -> None:
    assert len(ones) > 18
    for address, (html, data) in ones.items():
        text = said_in_word(data)
        assert text == said_on_paper(html), address
        assert len(text) > 20
    assert "首页" not in said_in_word(ones[SMALL][1])


def test_every_part_is_sound(ones: dict[str, tuple[str, bytes]]) -> None:
    for address, (_, data) in ones.items():
        parts = parts_of(data)
        assert next(iter(parts)) == "[Content_Types].xml"
        assert [*faults(parts)] == [], address
        Document(BytesIO(data))


def faults(parts: dict[str, bytes]) -> Iterator[str]:
    """What a word processor would have to repair."""
    types = xml(parts, "[Content_Types].xml")
    endings, named = ({one.get(key) for one in types} for key in ("Extension", "PartName"))
    styles = {str(one.get(f"{W}styleId")) for one in xml(parts, "word/styles.xml").iter(f"{W}style")}
    numbers = {str(one.get(f"{W}numId")) for one in xml(parts, "word/numbering.xml").iter(f"{W}num")}
    notes = [one.get(f"{W}id") for one in xml(parts, "word/footnotes.xml").iter(f"{W}footnote")]
    drawings: list[str | None] = []
    for name, data in parts.items():
        if f"/{name}" not in named and name.rpartition(".")[2] not in endings:
            yield f"{name} is of no type"
        if name.endswith(".rels"):
            yield from dead_relations(name, parts)
        if not name.startswith("word/") or not name.endswith(".xml"):
            continue
        folder, _, file = name.rpartition("/")
        relations = f"{folder}/_rels/{file}.rels"
        known = {one.get("Id") for one in xml(parts, relations)} if relations in parts else set()
        for element in ElementTree.fromstring(data).iter():
            tag, value = element.tag.removeprefix(W), str(element.get(f"{W}val"))
            used = {attribute: of for attribute, of in element.items() if attribute.startswith(R)}
            if not set(used.values()) <= known:
                yield f"{name}: {used} leads nowhere"
            if tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next") and value not in styles:
                yield f"{name}: there is no style {value}"
            if tag == "numId" and value not in numbers | {"0"}:
                yield f"{name}: there is no numbering {value}"
            if tag == "footnoteReference" and element.get(f"{W}id") not in notes:
                yield f"{name}: a footnote is missing"
            if tag == "tc" and element[-1].tag != f"{W}p":
                yield f"{name}: a cell ends without a paragraph"
            if tag == "tbl" and {width(row) for row in element.findall(f"{W}tr")} != {
                len(element.find(f"{W}tblGrid") or ())
            }:
                yield f"{name}: a table has rows of several widths"
            if element.tag.endswith("}docPr"):
                drawings.append(element.get("id"))
    for what in (drawings, notes, [*styles]):
        yield from (f"{one} is there {times} times" for one, times in Counter(what).items() if times > 1)


def width(row: ElementTree.Element) -> int:
    spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.findall(f"{W}tc")]
    return sum(int(str(span.get(f"{W}val"))) if span is not None else 1 for span in spans)


def dead_relations(name: str, parts: dict[str, bytes]) -> Iterator[str]:
    folder = posixpath.dirname(posixpath.dirname(name))
    ids = Counter(one.get("Id") for one in xml(parts, name))
    yield from (f"{name}: {one} is there twice" for one, times in ids.items() if times > 1)
    for one in xml(parts, name):
        target = str(one.get("Target"))
        if one.get("TargetMode") == "External":
            if not re.match("https?://|mailto:|tel:", target):
                yield f"{name}: {target} is no address"
        elif posixpath.normpath(posixpath.join(folder, target)).lstrip("/") not in parts:
            yield f"{name}: {target} is missing"


def test_a_fault_would_be_found(ones: dict[str, tuple[str, bytes]]) -> None:
    parts = parts_of(ones[SMALL][1])
    broken = {**parts, "word/document.xml": parts["word/document.xml"].replace(b'"BodyText"', b'"Nothing"')}
    assert {*faults(broken)} == {"word/document.xml: there is no style Nothing"}
    del parts["word/footer2.xml"]
    assert [*faults(parts)] == ["word/_rels/document.xml.rels: footer2.xml is missing"]


# ---- as official papers are set ----


def test_the_page_is_that_of_the_standard(unit_document: Opened) -> None:
    (section,) = unit_document.sections
    text = (
        [section.page_width, section.left_margin, section.right_margin],
        [
            section.page_height,
            section.top_margin,
            section.bottom_margin,
        ],
    )
    across, down = ((whole or 0) - (one or 0) - (other or 0) for whole, one, other in text)
    sizes = [section.page_width, section.page_height, section.left_margin, section.top_margin, across, down]
    assert [round((size or 0) / Mm(1), 1) for size in sizes] == [210.0, 297.0, 28.0, 37.0, 156.0, 225.0]
    body = unit_document.styles["Body Text"].element.pPr.find(qn("w:spacing"))
    assert 22 <= 225 / 25.4 * 1440 / int(body.get(qn("w:line"))) < 23
    closer = int(unit_document.styles["Body Text"].element.rPr.find(qn("w:spacing")).get(qn("w:val")))
    assert 28 <= 156 / 25.4 * 1440 / (16 * 20 + closer) < 29


def test_fonts_are_named_for_both_scripts_and_none_is_embedded(ones: dict[str, tuple[str, bytes]]) -> None:
    opened = Document(BytesIO(ones[SMALL][1]))
    looks = {
        "Body Text": ("仿宋", 16),
        "Title": ("方正小标宋简体", 22),
        "Heading 1": ("黑体", 16),
        "Heading 2": ("楷体", 16),
        "Heading 3": ("仿宋", 16),
        "Footer": ("宋体", 14),
    }
    for name, (font, size) in looks.items():
        style = opened.styles[name]
        fonts = style.element.rPr.rFonts
        assert (fonts.get(qn("w:eastAsia")), fonts.get(qn("w:ascii"))) == (font, "Times New Roman")
        assert style.font.size == Pt(size)
    assert not [name for name in parts_of(ones[SMALL][1]) if "font" in name.lower() and name != "word/fontTable.xml"]


def test_headings_are_numbered_in_the_chinese_order_unless_by_hand(unit_document: Opened) -> None:
    found = [
        (p.style.name, p.text) for p in unit_document.paragraphs if p.style and p.style.name.startswith(("H", "T"))
    ]
    assert found[0] == ("Title", "某镇总工会2014年上半年工作总结和下半年工作计划")
    assert ("Heading 1", "帮扶救助") in found
    assert ("Heading 2", "走访职工") in found
    assert ("Heading 3", "做法") in found
    assert ("Heading 4", "12.2万元的用途") in found
    by_hand = [p.text for p in unit_document.paragraphs if p._p.xpath("./w:pPr/w:numPr[not(w:ilvl)]")]
    assert by_hand == ["二、自己编了号"]
    levels = unit_document.part.numbering_part.element.xpath("./w:abstractNum[@w:abstractNumId=1]/w:lvl")
    texts = [level.find(qn("w:lvlText")).get(qn("w:val")) for level in levels]
    forms = [level.find(qn("w:numFmt")).get(qn("w:val")) for level in levels]
    assert texts == ["%1、", "（%2）", "%3.", "（%4）"]
    assert forms == ["chineseCountingThousand", "chineseCountingThousand", "decimal", "decimal"]


def test_pages_are_numbered_between_dashes_on_the_outer_side(unit_document: Opened) -> None:
    (section,) = unit_document.sections
    assert unit_document.settings.odd_and_even_pages_header_footer
    for footer, side in (
        (section.footer, "right"),
        (section.first_page_footer, "right"),
        (section.even_page_footer, "left"),
    ):
        (line,) = footer.paragraphs
        assert line._p.xpath("string(.//w:fldSimple/@w:instr)").strip() == "PAGE"
        assert "".join(line._p.xpath(".//w:t/text()")) == "— 1 —"
        assert line._p.xpath("string(./w:pPr/w:jc/@w:val)") == side
    assert unit_document.core_properties.identifier == f"{SITE_URL}units/town/2014-h1/"


def test_a_text_keeps_its_shape(unit_document: Opened) -> None:
    lines = {p.text: p.style.name for p in unit_document.paragraphs if p.style}
    assert lines["引用的一段"] == "Quote"
    assert lines["第一步"] == lines["里面一层"] == lines["第二步的另一段"] == "List Paragraph"
    assert lines["第一行\n  第二行"] == "HTML Preformatted"
    assert lines["某镇总工会"] == lines["　　　　年　　月　　日"] == "Signature"
    assert lines["并格的表"] == "Caption"
    starts = unit_document.part.numbering_part.element.xpath("./w:num/w:lvlOverride[@w:ilvl=0]/w:startOverride/@w:val")
    assert starts == ["1", "7"]
    merged = next(table for table in unit_document.tables if "上下" in table.cell(0, 0).text)
    assert [[cell.text for cell in row.cells] for row in merged.rows] == [
        ["上下", "左右", "左右"],
        ["上下", "一", "二"],
    ]
    (picture,) = unit_document.inline_shapes
    assert picture.width <= Mm(156)
    assert picture._inline.docPr.get("descr") == "走访的图"


def test_a_document_is_the_report_that_goes_up(tmp_path: Path) -> None:
    point = {"highlight": True, "summary": "做成了。"}
    promise = {"id": "ball", "text": "办一次球赛", "due": "2014-h2"}
    files = {
        "periods.yml": [{"period": "2014-h1", "unit": "village", "submitted": "2014-07-03"}],
        "2014/h1/start.md": record("半年来做了几件事。\n", unit="village", kind="overview", topics=None, order=1),
        "2014/h1/ball.md": record(
            "办了球赛。\n", unit="village", topics=["activities"], title="办球赛", order=2, **point
        ),
        "2014/h1/visit.md": record("走访了职工。\n", unit="village", title="走访", order=3, **point),
        "2014/h1/plan.md": record(
            "下半年，打算办一次球赛。\n",
            unit="village",
            kind="plan",
            title="办第二次球赛",
            topics=["activities"],
            commitments=[promise],
            order=4,
        ),
        "2014/h1/annex.md": record(
            "附表另报。\n", unit="village", kind="overview", topics=None, title="慰问金一览", order=5
        ),
    }
    ours = made(archive(tmp_path, files), tmp_path / "content")
    lines = [
        (p.style.name, p.text)
        for p in Document(BytesIO(ours["units/village/2014-h1/village-2014-h1.docx"][1])).paragraphs
        if p.style and p.text
    ]
    assert lines[:4] == [
        ("Title", "某村工会2014年上半年工作总结和下半年工作计划"),
        ("Salutation", "某镇总工会："),
        ("Body Text", "现将某村工会2014年上半年工作情况和下半年工作打算报告如下。"),
        ("Body Text", "半年来做了几件事。"),
    ]
    texts = [text for _, text in lines]
    headings = [text for style, text in lines if style.startswith("Heading")]
    work, plan = ["文体活动", "办球赛", "帮扶救助", "走访"], ["下半年工作计划", "办第二次球赛"]
    assert headings == [*work, *plan, "附记", "慰问金一览"], "in the source's order"
    assert texts[-3] == "附表另报。"
    assert texts[-2:] == ["某村工会", "2014年7月3日"]
    assert "R/OL" not in "".join(texts) and "程序" not in "".join(texts)
    site = read_lists({name: bytes_of(value) for name, value in LISTS.items()}, "content")[0]
    data = ours["units/village/2014-h1/village-2014-h1.docx"][1]
    (again,) = import_source(read_document(data, "a.docx"), site, {}, Asked()).reports
    assert (again.whose.period.id, again.whose.unit) == ("2014-h1", "village")
    drafts = {draft.title: (draft.kind, draft.topic, "".join(draft.paragraphs)) for draft in again.drafts}
    assert drafts["办球赛"] == ("done", "activities", "办了球赛。")
    assert drafts["走访"] == ("done", "aid", "走访了职工。")
    assert drafts["办第二次球赛"][0] == "plan" and drafts["办第二次球赛"][2].startswith("下半年，打算办一次球赛。")
    everyone = said_in_word(ours["2014/h1/bulletin-2014-h1.docx"][1])
    assert "办了球赛。" in everyone and "走访了职工。" in everyone, "full texts above too"


def test_what_to_write_for_a_date_of_signing_is_told() -> None:
    files: dict[str, Any] = {
        "periods.yml": [{"period": "2014-h1", "unit": "town", "due": "2014-07-10"}],
        "2013/h2/a.md": record(),
        "2014/h1/a.md": record(),
        "2014/h1/b.md": record(unit="village", kind="plan", date="2014-07-03"),
        "undated/h1/c.md": record(),
    }

    def told() -> list[str]:
        content = read_all(tree_of({**LISTS, **files}))
        return [*missing_in_reports(publish(content.records, content.vocabulary, preview=False))]

    addressees, head, *lines = told()
    assert "1 个：某镇总工会 (town)。" in addressees and "在“slug: town”下面" in addressees
    assert "content/periods.yml" in head and "3 份" in head
    assert [line.strip() for line in lines] == [
        "不加新行，在第 1 行 town 的 2014-h1 那一项里加上：报送日期: 年-月-日",
        "- {期: 2014-h1, 单位: village, 报送日期: 2014-07-03}",
        "- {期: 2013-h2, 单位: town, 报送日期: 年-月-日}",
    ]
    written = yaml.safe_load("\n".join(lines[1:]).replace("年-月-日", "2014-01-04"))
    files["periods.yml"] = [{**files["periods.yml"][0], "submitted": "2014-07-04"}, *written]
    assert told() == [addressees]
    files["units.yml"] = [{"slug": "county", "title": "某县总工会"}, {**LISTS["units.yml"][0], "parent": "county"}]
    files["units.yml"] += LISTS["units.yml"][1:]
    assert told() == [], "a unit without reports needs no addressee"


def test_a_document_loses_no_number_that_its_words_do_not_tell(tmp_path: Path) -> None:
    figures = [
        {"label": "到会", "value": 1200, "unit": "人"},
        {"label": "经费", "value": "3.5", "unit": "万元", "parts": [{"label": "慰问", "value": "3.5"}]},
        {"label": "签到", "value": 7, "unit": "人", "doubt": "签到簿缺一页"},
        {"label": "走访", "value": 8, "unit": "户"},
        {"label": "参赛", "value": 30, "unit": "人", "percent": 15, "of": {"value": 200, "unit": "人"}},
        {"label": "讲座", "value": 4, "unit": "场"},
    ]
    text = "到会1,200人，经费3.5万元，签到7人，参赛30人，讲座{{ 讲座 }}。\n"
    ours = made(archive(tmp_path, {"2014/h1/a.md": record(text, figures=figures)}), tmp_path / "content")
    for name in ("2014/h1/bulletin-2014-h1.docx", "units/town/2014-h1/town-2014-h1.docx"):
        (table,) = Document(BytesIO(ours[name][1])).tables
        rows = ["".join(cell.text for cell in row.cells) for row in table.rows][1:]
        assert [row[:2] for row in rows] == ["签到", "走访", "参赛"]
        assert "签到簿缺一页" in rows[0] and "8" in rows[1] and "15%" in rows[2]


def test_an_address_outside_is_spelled_out_in_a_footnote(small_ones: dict[str, tuple[str, bytes]]) -> None:
    parts = parts_of(small_ones["units/town/2014-h1/town-2014-h1.docx"][1])
    notes = ["".join(one.itertext()).strip() for one in xml(parts, "word/footnotes.xml")]
    assert [note for note in notes if note] == ["https://www.example.org/a?b=1"]
    targets = {one.get("Target") for one in xml(parts, "word/_rels/document.xml.rels")}
    assert f"{SITE_URL}2014/h1/records/plan/" in targets
    assert "https://www.example.org/bare" in targets


def test_properties_are_the_periods(small_ones: dict[str, tuple[str, bytes]]) -> None:
    about = Document(BytesIO(small_ones["units/town/2014-h1/town-2014-h1.docx"][1])).core_properties
    assert (about.title, about.author) == ("某镇总工会2014年上半年工作公报", "某镇总工会")
    assert (about.language, about.created) == ("zh-CN", datetime(2014, 6, 30, tzinfo=UTC))
    assert Document(BytesIO(small_ones["undated/h1/bulletin-undated-h1.docx"][1])).core_properties.created is None
    assert {entry.date_time for entry in ZipFile(BytesIO(small_ones[SMALL][1])).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_an_office_program_opens_it(ones: dict[str, tuple[str, bytes]], tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if not office:
        pytest.skip("no soffice (LibreOffice) on the PATH to open the documents with")
    names = [
        "units/qingzhi-subdistrict/2014-h1/qingzhi-subdistrict-2014-h1.docx",
        "small/units/town/2014-h1/town-2014-h1.docx",
    ]
    for name in names:
        (tmp_path / Path(name).name).write_bytes(ones[name][1])
    command = [office, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, *sorted(tmp_path.glob("*.docx"))], cwd=tmp_path, check=True, capture_output=True)
    for name in names:
        text = "".join(
            "".join(page.extract_text().split()) for page in PdfReader(tmp_path / f"{Path(name).stem}.pdf").pages
        )
        assert "一、" in text and "（一）" in text and "—1—" in text


# ---- the command, and what the pages link to ----


def test_documents_are_kept_linked_and_never_stale(small: Path) -> None:
    record, kept, pages = small / "content/2014/h1/good.md", small / KEPT, small / "site"
    half, village = "2014/h1/bulletin-2014-h1.docx", "units/village/2014-h1/village-2014-h1.docx"
    assert "共 3 份，新做 3 份" in succeed(small, *WORD)
    first = files_of(kept)
    assert files_of(small / "word") == {Path(name).name: data for name, data in first.items() if name != "documents"}
    succeed(small, *BUILD, STRICT)
    for one in (half, village):
        assert (pages / one).read_bytes() == first[one]
        page = (pages / one).with_name("index.html").read_text(encoding="utf-8")
        assert f'href="{Path(one).name}" download' in page
    assert f'href="../{half}" download' in (pages / "latest/index.html").read_text(encoding="utf-8")

    replace(record, "summary: 五一前", "summary: 节前")
    (kept / half).write_bytes(b"PK")
    said = succeed(small, *BUILD, STRICT)
    assert said.count("有缺损") == said.count("有 1 份 Word 文档和网页对不上") == 1
    assert [path.name for path in pages.rglob("*.docx")] == ["town-2014-h1.docx"]
    for one in (half, village):
        assert ".docx" not in (pages / one).with_name("index.html").read_text(encoding="utf-8")

    (small / "word/bulletin-2014-h1.docx").write_bytes(b"edited")
    said = succeed(small, *WORD)
    assert "有缺损" in said and "共 3 份，新做 2 份" in said
    assert said.count("没有动它") == 1 and "word/bulletin-2014-h1.docx 和程序上次做的不一样" in said
    assert (small / "word/bulletin-2014-h1.docx").read_bytes() == b"edited"
    assert (small / "word/village-2014-h1.docx").read_bytes() == (kept / village).read_bytes() != first[village]
    (small / "word/bulletin-2014-h1.docx").unlink()
    assert "没有动它" not in succeed(small, *WORD)
    assert (small / "word/bulletin-2014-h1.docx").read_bytes() == (kept / half).read_bytes()

    replace(record, "summary: 节前", "summary: 五一前")
    (kept / "documents").write_text("{", encoding="utf-8")
    said = succeed(small, *WORD, TZ="Asia/Tokyo", PYTHONHASHSEED="7")
    assert "缓存" not in said and "共 3 份，新做 3 份" in said
    assert files_of(kept) == first


def test_an_error_stops_the_command_and_leaves_what_is_there(small: Path) -> None:
    replace(small / "content/2014/h1/good.md", "title:", "title：")
    done = run(small, *WORD)
    assert (done.returncode, "[yaml.colon]" in done.stdout) == (1, True)
    assert not (small / KEPT).exists()
