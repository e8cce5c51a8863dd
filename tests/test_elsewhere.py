"""What a text asks pages to fetch from other sites, and what it hides from readers, is told however it is written."""

from __future__ import annotations

import re

import pytest

from gongbao.checks.fetched import fetched
from gongbao.problems.problem import Problem
from gongbao.reading.content import read_all
from gongbao.text.prose import render
from hostile import FETCHING
from small_archives import LISTS, record, tree_of

ELSEWHERE = (
    *("https://evil.example/x.png", "HTTP://evil.example/x", "//evil.example/x.png", "https:evil.example/x.png"),
    *("\\\\evil.example\\x.png", "/\\evil.example/x.png", "&#104;ttps://evil.example/x", "ht&Tab;tps://evil.example/x"),
    *("data:image/png;base64,AAAA", "DATA:image/svg+xml,x", "ftp://evil.example/x", "blob:https://evil.example/x"),
)
OURS = ("a.png", "./a.png", "../a/b.png", "/topics/", "a%20b.png", "图/一.png", "a.png?x=1#y")
TAGS = "address article br del desc dialog font form frameset iframe math mi noembed noscript object plaintext script"
MORE_TAGS = "select style svg template textarea title video xmp annotation-xml mtext table caption button option p"


def problems(body: str, **fields: object) -> list[Problem]:
    """The problems of a record with a body."""
    return [*read_all(tree_of({**LISTS, "2014/h1/a.md": record(body + "\n", **fields)})).problems]


def html_of(text: str) -> str:
    return render(text, dict[str, str]().get)


@pytest.mark.parametrize("way", FETCHING)
def test_every_way_to_fetch_from_elsewhere_is_told(way: str) -> None:
    assert [address for address in ELSEWHERE if not fetched(way.replace("@", address))] == []
    assert [address for address in OURS if fetched(way.replace("@", address))] == []
    body, line = way.replace("@", ELSEWHERE[0]), way.replace("@", ELSEWHERE[0]).replace("\n", " ")
    assert {"text.picture", "text.link"} & {one.rule for one in problems(body)}
    if re.search("<[a-zA-Z]", way):
        assert "field.picture" in {one.rule for one in problems("正文。", summary=line)}
    assert not re.search(r"<(?!a |/a)[^>]*evil", html_of(body))


def test_what_only_looks_like_it_is_not_told() -> None:
    fine = "`<img src='https://a.b/'>`、<https://a.b/?src=https://c.d/>、[甲](https://a.b/x.png)、![图三]、![图四][四]、a//b"
    assert fetched(f"{fine}\n\n[甲]: https://a.b/\n\n```\n![甲](https://a.b/)\n```\n<!-- <img src=//a.b/> -->") == []


@pytest.mark.parametrize("tag", f"{TAGS} {MORE_TAGS}".split())
@pytest.mark.parametrize("form", ["前<{0}>中</{0}>后", "前<{0}>中\n\n后", "前\n\n<{0}>\n\n中\n\n</{0}>\n\n后"])
def test_no_tag_hides_words_without_a_problem(tag: str, form: str) -> None:
    text = form.format(tag)
    told = {"text.unshown", "text.unclosed"} & {one.rule for one in problems(text)}
    assert told or {*"前中后"} <= {*html_of(text)}
