"""Every file in ``texts/`` has texts as clerks type them, and what readers see of each.

``html`` is the text as the site shows it, ``plain`` what the search finds, ``markdown`` what the way out gives. Keys
that are left out are not compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands import PROJECT
from gongbao.markdown.plain import to_markdown
from gongbao.problems.mending import mended
from gongbao.text.dialect import as_meant
from gongbao.text.prose import render
from gongbao.text.stripped import plain_text
from small_archives import load, record
from test_rules import corpus, of_rule

TEXTS = Path(__file__).parent / "texts"
PAGE = PROJECT / "docs" / "guide" / "writing.md"
# An example of the guide, and below it what readers see of it, in the Markdown of its own page.
EXAMPLE = re.compile(
    r"^``` \{\.markdown \.typed\}\n(.*?)^```\n+!!! [^\n]*\n\n((?:    [^\n]*\n|\n)+)", re.DOTALL | re.MULTILINE
)


NOTE = re.compile(r"<hr>\s*<ol>\s*<li>([^\n]*)</li>\s*</ol>\s*<p>\{: #(fn:\d) \}</p>")


def cases() -> Iterator[tuple[str, dict[str, str]]]:
    for path in sorted(TEXTS.glob("*.yml")):
        for at, case in enumerate(load(path)):
            yield f"{path.stem}-{at}", case


def shown(text: str) -> str:
    return render(text, lambda link: link)


CASES = [pytest.param(case, id=name) for name, case in cases()]


@pytest.mark.parametrize("case", CASES)
def test_a_text_means_what_it_looks_like(case: dict[str, str]) -> None:
    html = shown(case["text"])
    if "html" in case:
        assert html == case["html"].rstrip("\n")
    if "plain" in case:
        assert plain_text(case["text"]) == case["plain"].rstrip("\n")
    if "markdown" in case:
        assert to_markdown(html, str) == case["markdown"]


def examples() -> list[tuple[str, str]]:
    return EXAMPLE.findall(PAGE.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("typed", "seen"), examples())
def test_the_guide_shows_what_readers_see(typed: str, seen: str) -> None:
    ours, theirs = shown(typed), shown(re.sub("^    ", "", seen, flags=re.MULTILINE))
    # The guide's Markdown has no notes, but a list can be given the place of one.
    theirs = NOTE.sub(r'<div><hr><ol><li id="\2"><p>\1</p></li></ol></div>', theirs)
    assert re.sub(r"\s*\n\s*", "", ours) == re.sub(r"\s*\n\s*", "", theirs)


TABLE = "| a | b |\n| --- | --- |\n| 1 | 2 |"
PIECES = ["甲。", "- 乙", "  - 丙", "1. 丁", TABLE, "> 戊", "## 己", "一、庚", "辛\t壬", "", "   癸"]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("\n".join))
@settings(max_examples=200, deadline=None)
def test_what_is_meant_is_meant_again(text: str) -> None:
    """To read a text as it is meant, and then once more, changes nothing that readers see."""
    assert shown("\n".join(as_meant(text))) == shown(text)


@pytest.mark.parametrize("rule", ["form.markup", "form.table"])
def test_what_is_told_of_signs_mends_them(rule: str) -> None:
    left = []
    for case in corpus(rule, "planted"):
        fields = {"title": "工会工作", "body": "正文。"} | (
            case["fields"] if isinstance(case, dict) else {"body": case}
        )
        written = record(fields.pop("body"), **fields)
        fixes = [problem.fix for problem in of_rule(rule, {"files": {"2014/h1/work.md": written}}) if problem.fix]
        anew = mended(written.encode(), fixes).decode()
        left += [(case, problem.written) for problem in of_rule(rule, {"files": {"2014/h1/work.md": anew}})]
    assert not left
