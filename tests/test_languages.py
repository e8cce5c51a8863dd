"""A site in English: its Chinese parts are marked, and nothing of it is too wide for a small window."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from commands import BUILD, replace, succeed
from gongbao.host.chinese_parts import with_chinese_marked
from serving import served
from six_halves import six_project

PAGES = ("", "2014/h1/", "2014/h1/records/work-east/", "plans/", "figures/formed/", "register/", "units/east/", "data/")
# What WCAG 1.4.12 asks a page to bear.
SPACED = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }"""
UNMARKED = """() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = []
    while (texts.nextNode()) {
        const {data, parentElement: element} = texts.currentNode
        if (/\\p{Script=Han}/u.test(data) && !element.closest("script, style, svg") &&
            element.closest("[lang]").lang !== "zh") found.push(data.trim())
    }
    return found
}"""
# Chinese runs within a title, or within a link, that look unlike what is around them.
UNLIKE = """() => [...document.querySelectorAll("figcaption b [lang], .gb-turn a > span + [lang]")]
    .filter(one => getComputedStyle(one).fontSize !== getComputedStyle(one.parentElement).fontSize)
    .map(one => one.textContent)"""


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        ("<p>新建工会</p>", '<p lang="zh">新建工会</p>'),
        ("<p>新建 3 家，共 1,200 人。</p>", '<p lang="zh">新建 3 家，共 1,200 人。</p>'),
        (
            "<p>Topic 组织建设 and 帮扶</p>",
            '<p>Topic <span lang="zh">组织建设</span> and <span lang="zh">帮扶</span></p>',
        ),
        (
            "<a title=\"a > b\" href='x'>帮扶<b>3</b></a>",
            '<a title="a > b" href=\'x\'><span lang="zh">帮扶</span><b>3</b></a>',
        ),
        ('<p lang="zh">帮扶</p>', '<p lang="zh"><span lang="zh">帮扶</span></p>'),
        ("<option value=x>镇 East</option>", '<option value=x lang="zh">镇 East</option>'),
        ("<title>工报</title><script>'工报'</script><svg><text>工报</text></svg><!-- 工报 -->", None),
        ("<p>Work &amp; plans</p>", None),
        ("工报<br>Work", '<span lang="zh">工报</span><br>Work'),
        ("<p>1 < 2 工报</p>", '<p>1 < 2 <span lang="zh">工报</span></p>'),
    ],
)
def test_chinese_parts_are_marked(html: str, marked: str | None) -> None:
    assert with_chinese_marked(html, "en") == (html if marked is None else marked)
    assert with_chinese_marked(html, "zh") == html


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = six_project(tmp_path_factory.mktemp("english") / "site")
    replace(folder / "content" / "site.yml", "name: 六期", "name: Six halves\nlanguage: en")
    replace(folder / "mkdocs.yml", "language: zh", "language: en")
    succeed(folder, *BUILD, "-q")
    with served(folder / "site") as address:
        yield address


@pytest.mark.slow
@pytest.mark.browser
def test_an_english_site_is_marked_and_fits_a_small_window(english: str, browser: Browser) -> None:
    page = browser.new_context(viewport={"width": 320, "height": 640}, bypass_csp=True).new_page()
    faults = {}
    for path in PAGES:
        page.goto(english + path)
        unmarked = page.evaluate(UNMARKED)
        widths = [page.evaluate("document.documentElement.scrollWidth")]
        page.add_style_tag(content=SPACED)
        widths.append(page.evaluate("document.documentElement.scrollWidth"))
        named = re.findall(r'title="(切换[^"]*)"', page.content())
        unlike = page.evaluate(UNLIKE)
        if unmarked or named or unlike or max(widths) > 320:
            faults[path] = (unmarked[:5], named, unlike, widths)
    page.context.close()
    assert faults == {}
