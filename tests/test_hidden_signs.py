"""Signs that nobody sees, in texts and in names of files: no message of any form hands them on."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from gongbao.problems.problem import Mark, Problem
from gongbao.problems.reporting import as_json, github_annotations, gitlab_code_quality, sarif
from gongbao.problems.text_report import report
from gongbao.problems.visible import visible, visible_json
from gongbao.reading.content import read_all
from gongbao.reading.disk import read_content
from small_archives import LISTS, record, write

HIDDEN = "\x00\x07\x08\x1b\x7f\x85\x9b\xad\u061c\u200b\u200e\u202e\u2028\u2066\ufeff\U000e0041\ud800"
NAMES = ("a\x1b[31m.md", "b\nc.md", "d\u202ee.md", "f\u200b.md", "g\u2028.md", "h\x07/index.md", "i/\x1b]0;x\x07.png")
FORMS = (as_json, github_annotations, gitlab_code_quality, sarif)


def hidden_in(text: str) -> set[str]:
    return {sign for sign in text if sign in HIDDEN or (sign != "\n" and ord(sign) < 32)}


def test_no_form_of_a_report_has_them(tmp_path: Path) -> None:
    text = record(
        "红\x1b[31m \u202e反 \u200b", title="\x1b[2J甲", bad="\x9b5m", figures=[{"label": "甲", "value": "\x1b1"}]
    )
    files = {**LISTS, "2014/h1/ok.md": text, **{f"2014/h1/{name}": record() for name in NAMES}}
    problems = read_all(read_content(write(tmp_path, files) / "content")).problems
    assert len(problems) > len(NAMES)
    assert not hidden_in(visible(report(problems, "zh")))
    for form in FORMS:
        assert not hidden_in(form(problems, "en")), form


@given(st.text(st.sampled_from(HIDDEN.replace("\ud800", "") + '"\\甲')))
def test_json_says_the_same_without_them(text: str) -> None:
    written = visible_json([text])
    assert not hidden_in(written)
    assert json.loads(written) == [text]


def test_a_name_with_a_line_end_is_no_command_for_a_workflow() -> None:
    said = github_annotations([Problem("content/a\n::error::x.md", Mark(), "file.empty", written="\r::debug::y")], "zh")
    assert len(said.splitlines()) == 1
