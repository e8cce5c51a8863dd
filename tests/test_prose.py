"""A record's text on its pages: made safe, its links leading where they should, its lines joined."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongbao.building import build
from gongbao.text import prose
from gongbao.text.dialect import as_meant
from gongbao.text.safe_html import safe_html
from gongbao.text.simple_markdown import simple
from gongbao.text.typography import unbroken
from small_archives import LISTS, PNG, Built, archive, record, write

# Where a record's text is found in full.
PLACES = ("2014/h1/records/a/", "2014/h1/aid/", "units/town/2014-h1/")
HOSTILE = """\
<script>alert("偷")</script>

<p onclick="alert(1)" style="position:fixed">点我</p>

<img src="https://example.org/x.png" onerror="alert(1)"> <iframe src="https://example.org/"></iframe>

<svg onload="alert(1)"></svg> <form action="/"><input name="a"></form> <style>body{display:none}</style>

`<script>` 是代码。
"""


def test_raw_html_is_made_safe_everywhere(tmp_path: Path) -> None:
    built = archive(
        tmp_path, {"2014/h1/a.md": record(HOSTILE)}, warned={"form.picture", "text.picture", "text.unshown"}
    )
    for place in PLACES:
        page = built.read[place]
        names = {tag for tag, _ in page.tags}
        assert not names & {"script", "iframe", "svg", "form", "input", "style", "object"}
        attributes = {name for _, row in page.tags for name in row}
        assert not {name for name in attributes if name.startswith("on")} | attributes & {"style", "srcdoc", "action"}
        assert not [link for link in page.links if link.casefold().startswith(("javascript", "data", "vbscript"))]
        assert "偷" not in page.text and "display" not in page.text
        assert "点我" in page.text and "<script> 是代码。" in page.text


@pytest.mark.parametrize(
    ("lists", "fields"),
    [
        ({}, {"source": {"url": "javascript:alert(1)"}}),
        ({"sources.yml": [{"slug": "s", "title": "汇编", "url": "javascript:alert(1)"}]}, {"source": {"ref": "s"}}),
        ({}, {"source": {"url": "http://[x"}}),
    ],
)
def test_an_address_of_a_source_that_runs_a_script_or_is_none_is_refused(
    tmp_path: Path, lists: dict[str, object], fields: dict[str, object]
) -> None:
    built = build(write(tmp_path, {**LISTS, **lists, "2014/h1/a.md": record(**fields)}))
    assert [problem.rule for problem in built.problems] == ["field.url"]


LINKS = {
    "../h2/x.yml": "2014/h2/records/x/",
    "../h2/y.md": "2014/h2/records/y/",
    "b.md": "2014/h1/records/b/",
    "./b.md#数据": "2014/h1/records/b/",
    "../../undated/year/游泳.md": "undated/year/records/游泳/",
    "../h2/%E6%B8%B8%E6%B3%B3.md": "2014/h2/records/游泳/",
    "meet/index.md": "2014/h1/records/meet/",
    "meet/map%201.png": "2014/h1/records/meet/map 1.png",
    "/topics/": "topics/",
}
TARGETS = {
    "2014/h1/b.md": record("## 数据\n\n三人。", figures=[{"label": "人数", "value": 3, "unit": "人"}]),
    "2014/h2/x.yml": {"title": "乙", "unit": "town", "topics": ["aid"], "body": "正文"},
    "2014/h2/y.md": record(),
    "2014/h2/游泳.md": record(),
    "undated/year/游泳.md": record(),
    "2014/h1/meet/index.md": record("![会场](<map 1.png>) [回](../b.md) [后](../../h2/游泳.md)"),
    "2014/h1/meet/map 1.png": PNG,
}


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Built:
    text = "\n".join(f"[甲]({link})" for link in LINKS)
    return archive(tmp_path_factory.mktemp("linked"), {**TARGETS, "2014/h1/a.md": record(f"## 数据\n\n{text}")})


@pytest.mark.parametrize("at", range(len(LINKS)), ids=list(LINKS))
@pytest.mark.parametrize("place", PLACES)
def test_links_between_files_lead_to_addresses(linked: Built, place: str, at: int) -> None:
    found = re.findall(r'<a href="([^"]*)"[^>]*>甲</a>', linked.pages[place])
    link = list(LINKS)[at]
    assert linked.read[place].target(found[at]) == (LINKS[link], link.partition("#")[2])
    assert found[at].partition("#")[0].isascii()


def test_attachments_of_a_folder_record_lie_beside_its_page(tmp_path: Path) -> None:
    built = archive(tmp_path, TARGETS)
    assert dict(built.edition.attachments) == {"2014/h1/records/meet/map 1.png": "2014/h1/meet/map 1.png"}
    for place in ("2014/h1/records/meet/", "2014/h1/aid/", "units/town/2014-h1/"):
        images = [row["src"] for tag, row in built.read[place].tags if tag == "img"]
        assert [built.read[place].target(image) for image in images] == [("2014/h1/records/meet/map 1.png", "")]
        assert {"2014/h1/records/b/", "2014/h2/records/游泳/"} <= built.leads_from(place)
    assert built.faults() == []


def test_what_is_no_address_at_all_is_no_link(capfd: pytest.CaptureFixture[str]) -> None:
    html = prose.render("[甲](//[x/) [乙](http://[x)", lambda link: link)
    assert re.findall("<a ([^>]*)>", html) == ['rel="noopener"'] * 2
    assert capfd.readouterr().err == ""


def test_links_that_lead_out_stay_as_they_are(tmp_path: Path) -> None:
    text = "[外](https://example.org/a?b=c&d#e) [信](mailto:a@example.org) [此](#数据) <https://example.org/>"
    files = {"site.yml": {"name": "工报", "contact": "a@example.org"}, "2014/h1/a.md": record(f"## 数据\n\n{text}")}
    links = archive(tmp_path, files).read["2014/h1/records/a/"].links
    assert {"https://example.org/a?b=c&d#e", "mailto:a@example.org", "#数据", "https://example.org/"} <= set(links)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("第一行\n第二行。", "第一行第二行。"),
        ("逗号，\n句号。\n“引号”\n（括号）", "逗号，句号。“引号”（括号）"),
        ("有**重点**\n的话。", "有重点的话。"),
        ("有\n**重点**的话。", "有重点的话。"),
        ("见[甲](b.md)\n和\n[乙](b.md)", "见甲和乙"),
        ("共\n58\n家。", "共 58 家。"),
        ("Two\nlines.", "Two lines."),
        ("- 一项\n  接着\n- 又一项", "一项接着 又一项"),
        ("| 列 | 数 |\n| --- | --- |\n| 甲 | 1 |", "列 数 甲 1"),
    ],
)
def test_a_line_break_between_chinese_characters_is_no_space(tmp_path: Path, text: str, shown: str) -> None:
    built = archive(tmp_path, {"2014/h1/a.md": record(f"起。\n\n{text}\n\n终。"), "2014/h1/b.md": record()})
    for place in PLACES:
        assert f"起。 {shown} 终。" in built.text(place)


def test_lines_stay_apart_in_code_and_where_a_break_is_meant(tmp_path: Path) -> None:
    html = archive(tmp_path, {"2014/h1/a.md": record("甲  \n乙\n\n```\n第一行\n第二行\n```\n")}).pages["2014/h1/aid/"]
    assert "甲<br>" in html and "第一行\n第二行" in html


def test_a_heading_that_brings_a_number_of_its_own_is_marked(tmp_path: Path) -> None:
    text = "## 二、做法\n\n一。\n\n## 三节慰问\n\n二。\n\n## 12.2万元\n\n三。\n\n## 第三章 结果\n\n四。"
    html = archive(tmp_path, {"2014/h1/a.md": record(text)}).pages["2014/h1/records/a/"]
    assert re.findall('class="gb-numbered"[^>]*>([^<]*)', html) == ["二、做法", "第三章 结果"]


def test_headings_go_below_those_of_the_page(tmp_path: Path) -> None:
    text = "# 经过\n\n一。\n\n## 详情\n\n二。\n\n[上](#经过)"
    built = archive(tmp_path, {"2014/h1/a.md": record(text)}, warned={"form.heading"})
    levels = {
        place: [tag for tag, _ in built.read[place].tags if tag in ("h1", "h2", "h3", "h4", "h5")] for place in PLACES
    }
    assert levels == {PLACES[0]: ["h1", "h2", "h3"], PLACES[1]: ["h1", "h2", "h3", "h4"], PLACES[2]: levels[PLACES[2]]}
    assert levels[PLACES[2]][-3:] == ["h3", "h4", "h5"]
    assert built.faults() == []


SIGNS = ["甲", "工会 ", "12.2万元", "\n", "\n\n", "\n\n\n", " ", "  ", "\u3000", "# ", "1. ", "1)", "1、", "- ", "="]
SIGNS += ["---", "http://x.cn/a", "!", "'", '"', "“", "a@b.cn", "\u2003", "\u2028", "\x85", "\ufeff", "*", "<", "&amp;"]


SIMPLE = ["甲", "5 ", "5. ", "a", " ", "\n", "\n\n", "## ", "# 工会\n\n", "- ", "- 乙\n- 丙\n", "|", "#", ":", "+ "]
SIMPLE += [
    "---\n",
    "| --- | ---: |\n",
    "| 甲 | 乙 |\n|:---|---|\n| 1 | |\n",
    "| 甲 |\n|---|\n| 1 |\n\n",
    "\u3000",
    "工会_1",
]
TEXTS = ("甲。\n乙。\n\n丙。", "## 甲\n\n- 乙\n- 丙\n\n丁\n", "| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |\n")


@given(st.sampled_from([SIGNS, SIMPLE]).flatmap(lambda signs: st.lists(st.sampled_from(signs), max_size=12)))
@settings(max_examples=600, deadline=None)
def test_what_is_simple_is_what_markdown_makes_of_it(signs: list[str]) -> None:
    text = "".join(signs)
    meant = "\n".join(as_meant(text))
    html = simple(meant) if text.strip() else None
    if html is not None:
        assert html == safe_html(prose._converted(meant), lambda link: link)


@pytest.mark.parametrize("text", TEXTS)
def test_most_texts_are_simple(text: str) -> None:
    assert simple(text)


MORE_SIGNS = ["`", "_", "\\", "[x](y)", "|", "a|b", "\n|-|-|\n", "> ", "~~~\n"]


@given(st.lists(st.sampled_from([*SIGNS, *MORE_SIGNS]), max_size=16))
@settings(max_examples=400, deadline=None)
def test_forms_in_lines_are_looked_for_wherever_there_may_be_any(signs: list[str]) -> None:
    text = "\n".join(as_meant("".join(signs)))
    whole = prose._converter(headed="#" in text, in_lines=True, noted="[^" in text)
    assert prose._converted(text) == whole.reset().convert(text)


@pytest.mark.parametrize(
    "text", ["12 户次", "3 家次", "1,200 人次", "8 个百分点", "3.5 万元", "2 万美元", "40 余人", "6 户"]
)
def test_a_number_stays_with_its_whole_unit(text: str) -> None:
    digits, unit = text.split()
    assert unbroken(f"走访{digits}{unit}，") == f'走访{digits}<span class="gb-u">{unit}</span>，'


def test_a_number_that_begins_with_a_word_is_not_broken_before_it() -> None:
    assert unbroken("出第3期和约40人") == '出<span class="gb-n">第3期</span>和<span class="gb-n">约40人</span>'


def test_digits_and_their_sign_need_no_help() -> None:
    assert unbroken("达90.5%，") == "达90.5%，"


def test_a_unit_ends_where_another_word_begins() -> None:
    assert unbroken("走访3人次日返回") == '走访3<span class="gb-u">人</span>次日返回'
