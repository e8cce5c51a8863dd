"""HTML made Markdown: two readers of different schools take it for what it was."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import unquote

import markdown
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from gongbao.markdown.plain import to_markdown
from gongbao.text.prose import render

COMMONMARK = MarkdownIt("commonmark").enable("table")
READERS = {
    "Python-Markdown": lambda text: markdown.markdown(text, extensions=["toc", "tables", "fenced_code"]),
    "CommonMark": COMMONMARK.render,
}


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words, self.links = "", list[str]()

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [unquote(value or "").strip() for name, value in attrs if name in ("href", "src")]


def seen(html: str) -> tuple[str, set[str]]:
    """The words of some HTML without white space, and where it leads."""
    parser = _Seen()
    parser.feed(html)
    parser.close()
    return re.sub(r"\s+", "", parser.words), set(parser.links)


def plain(html: str) -> str:
    return to_markdown(html, lambda link: link)


UNDONE = "zzwxh"  # what Python-Markdown leaves of some emphasis, such as *甲**乙*
# Pieces that mean something in Markdown or HTML, and words between them.
PIECES = (
    *("甲", "乙丙", "a", "b c", "1", "58", "（", "）", "。", "，", " ", "  ", "\n", "\n\n", "    ", "\u3000", "\t"),
    *(
        "*",
        "**",
        "_",
        "`",
        "``",
        "~",
        "~~",
        "#",
        "## ",
        "- ",
        "+ ",
        "1. ",
        "1) ",
        "> ",
        "=",
        "---",
        "| ",
        "|",
        "\\",
        "!",
    ),
    *("[", "]", "(", ")", "<", ">", "&", "&amp;", "&lt;", "{", "}", ":", "!!! note", "[x](y)", "![x](y.png)", "[^1]: "),
    *("**粗**", "*斜*", "`码`", "<b>粗</b>", "<i>斜</i>", "<sub>2</sub>", "<br>", "<p>段</p>", "<ul><li>项</li></ul>"),
    *(
        "\n| a | b |\n| --- | --- |\n| 1 | 2 |\n",
        "\n```\n码 *\n```\n",
        "https://example.org/a_b",
        "10:30",
        "$",
        "^",
        '"',
        "'",
    ),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


@pytest.mark.parametrize("reader", READERS)
@settings(max_examples=400, deadline=None)
@given(text=TEXTS)
@example("**（重）**点，好![x](y.png)")
@example("- 甲\n\n1. 乙\n\n> 丙\n\n> 丁")
def test_the_words_and_links_of_a_text_survive(reader: str, text: str) -> None:
    html = render(text, lambda _: None)
    assume(UNDONE not in html)
    assert seen(READERS[reader](plain(html))) == seen(html), plain(html)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<h2>甲<small>3 条</small></h2>", "## 甲 · 3 条"),
        ('<p data-gb-meta><span>甲</span><a href="b/">乙</a></p>', "甲 · [乙](b/)"),
        ('<nav data-gb-screen="here"><a href="../">上</a></nav><p>正文</p>', "正文"),
        ('<form hidden><select><option>甲</option></select></form><p aria-hidden="true">乙</p>', ""),
        ("<p>约<b>58</b>人，<b>（重）</b>的</p>", "约**58**人，<strong>（重）</strong>的"),
        ("<p>1. 甲</p><p>- 乙</p><p># 丙</p><p>=</p>", "1\\. 甲\n\n\\- 乙\n\n\\# 丙\n\n&#61;"),
        ("<p>甲<br>乙</p>", "甲  \n乙"),
        ("<p><code>a|b`c</code></p>", "<code>a&#124;b\\`c</code>"),
        ('<p><a href="a (b)/图.html">甲</a></p>', "[甲](a%20%28b%29/%E5%9B%BE.html)"),
        ("<ul><li>甲<ul><li>乙</li></ul></li></ul>", "-   甲\n\n    -   乙"),
        ('<ol start="3"><li>甲</li><li>乙</li></ol>', "3.  甲\n4.  乙"),
        ("<details><summary>甲</summary><span>乙</span></details>", "**甲**\n\n乙"),
        (
            '<table><tr><th rowspan="2">甲</th><td>1</td></tr>'
            "<tr><td>2<ol><li>乙</li><li>丙</li></ol></td></tr></table>",
            "|  |  |\n| --- | --- |\n| 甲 | 1 |\n| 甲 | 2<br>乙<br>丙 |",
        ),
        (
            "<table><thead><tr><th>甲</th><th>乙</th></tr></thead>"
            '<tbody><tr><td colspan="2">丙|丁</td></tr></tbody></table>',
            "| 甲 | 乙 |\n| --- | --- |\n| 丙&#124;丁 |  |",
        ),
    ],
)
def test_html_becomes(html: str, text: str) -> None:
    assert plain(html).rstrip("\n") == text


def test_anchors_that_something_leads_to_are_kept() -> None:
    html = '<h2 id="a">甲</h2><table><tr id="b"><td>乙</td></tr></table><p id="c"></p><p>丙<span id="d">丁</span></p>'
    kept = to_markdown(html, str, {"a", "b", "c"})
    assert kept.split("\n\n") == [
        '## <a id="a"></a>甲',
        '|  |\n| --- |\n| <a id="b"></a>乙 |',
        '<a id="c"></a>丙丁\n',
    ]
