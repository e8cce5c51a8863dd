"""Hostile strings: what the check accepts, every output is made of, and no link of any output runs a script."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongbao.building import build
from gongbao.problems.problem import errors
from small_archives import LISTS, Read, in_memory, record, write

URL = "https://site.example.org/"
STRINGS = (
    *(
        "甲\n乙",
        "甲\t乙",
        "甲\x01乙",
        "甲\u2028乙",
        "甲\ufffe乙",
        "甲\u202e乙",
        "甲\u200b乙",
        "甲\U000e0041乙",
        "\x1b[31m甲",
    ),
    *(
        "javascript:alert(1)",
        "　javascript:alert(1)",
        "<script>alert(1)</script>",
        "\ue0f0title\ue0f1",
        "甲]]>乙",
        "{{ 甲 }}",
    ),
)
BODIES = (
    *(
        '<h2 id="__config">{}</h2>',
        "## gb search",
        '<a name="body" href="javascript:alert(1)">甲</a>',
        "<https://a.b/&#1;>",
    ),
    *("[甲](　javascript:alert(1))", "[甲](java&Tab;script:alert(1))", "[甲](http://a/<b>)", "[甲](/\\evil.org)"),
    *(
        '<td colspan="9999999999">甲</td>',
        '<ol start="x"><li>甲</li></ol>',
        "甲&#xFFFE;乙&#1;",
        "![甲](https://a.b/c.png)",
    ),
)
OUTPUTS = ("pages", "data", "feeds")


def tried(folder: Path, text: str, said: str) -> None:
    """Build everything, unless the check refuses it, and look at the links and ids."""
    figures = [{"label": said, "value": 3, "unit": said, "note": said}]
    commitments = [{"id": "a", "text": said, "due": "2014-h2"}]
    fields = {"title": said, "summary": said, "figures": figures, "commitments": commitments}
    site = {"name": said, "issuer": said, "contact": said, "licence": said, "id": said}
    files = {**LISTS, "site.yml": site, "2014/h1/a.md": record(text, **fields)}
    if errors(build(write(folder, files)).problems):
        site, fields = {"name": "工报"}, {}
        files = {**LISTS, "site.yml": site, "2014/h1/a.md": record(text)}
        if errors(build(write(folder, files)).problems):
            return
    built = in_memory(folder, URL)
    for kind in OUTPUTS:
        assert built.made(kind)
    for address, html in built.pages.items():
        page = Read.of(address, html)
        assert not [link for link in page.links if link.strip().lower().startswith(("javascript", "data:", "//"))]
        assert not [one for one in page.ids if one.startswith("__") or one == "gb-search"] or address == "search/"


@pytest.mark.parametrize("text", BODIES)
def test_no_body_runs_or_breaks_anything(text: str, tmp_path: Path) -> None:
    tried(tmp_path, text, "甲")


@pytest.mark.parametrize("said", STRINGS)
def test_no_string_in_a_field_breaks_anything(said: str, tmp_path: Path) -> None:
    tried(tmp_path, "正文。", said)
