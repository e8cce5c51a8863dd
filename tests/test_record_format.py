"""The editor's script reads and writes records as ``gongbao format`` does: one canonical form, written twice."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, JSHandle

from any_archives import BASE, fields
from gongbao.editing.record_shape import record_shape
from gongbao.problems.names import YES_NO
from gongbao.project import read
from gongbao.reading.canonical_files import canonical_file
from gongbao.reading.lists import read_lists
from gongbao.records.record import Header
from serving import served
from small_archives import PROJECT, bytes_of, dump
from test_format import MESSY, in_chinese, said
from test_format import read as read_file

pytestmark = pytest.mark.browser
SCRIPTS = PROJECT / "hooks" / "gongbao" / "editing" / "assets"
NAME = "content/2014/h1/x.md"
VOCABULARY, _ = read_lists({name: bytes_of(value) for name, value in BASE.items() if "/" not in name}, "content")

# Opens a file as the form does, changes what is to be changed, and writes it: the new file, or why it is refused.
_EDIT = """(format, [file, changes, anew]) => {
    try {
        const { as_written, ...values } = format.fromFile(file);
        return [format.toFile({ ...values, ...changes, ...(anew ? {} : { as_written }) }), null];
    } catch (error) {
        if (!error.reason) throw error;
        return [null, error.reason];
    }
}"""


class Format:
    """The script's format for records of one site."""

    def __init__(self, handle: JSHandle) -> None:
        self.handle = handle

    def edit(self, file: str, changes: Mapping[str, Any] = {}, *, anew: bool = False) -> str | None:
        """Open a file, change some values and write it, as a new record or over the old one. None if it is refused."""
        written, self.reason = self.handle.evaluate(_EDIT, [file, changes, anew])
        made: str | None = written
        return made


@pytest.fixture(scope="module")
def formats(browser: Browser) -> Iterator[Any]:
    """Returns the format for some word lists."""
    with served(SCRIPTS) as address:
        page = browser.new_page()
        page.goto(f"{address}edit.css")

        def make(vocabulary: Any) -> Format:
            shape = json.dumps(record_shape(vocabulary))
            load = f"async (shape) => (await import('{address}record-format.js')).recordFormat(JSON.parse(shape))"
            return Format(page.evaluate_handle(load, shape))

        yield make
        page.close()


@pytest.fixture(scope="module")
def written(formats: Any) -> Format:
    made: Format = formats(VOCABULARY)
    return made


def canonical(text: str) -> str | None:
    made, _ = canonical_file(text.encode(), NAME)
    return None if made is None else made.decode()


def test_the_projects_own_records_are_kept_and_an_edit_changes_its_line_alone(formats: Any) -> None:
    here = formats(read(PROJECT).vocabulary)
    paths = sorted((PROJECT / "content").rglob("*.md"))
    for path in paths[:: len(paths) // 20]:  # the property below tries all that there can be
        file = path.read_text(encoding="utf-8")
        assert here.edit(file) == file, f"{path}: {here.reason}"
        titled = here.edit(file, {"title": "改过的标题"})
        assert titled == "\n".join(["---", "title: 改过的标题", *file.split("\n")[2:]])


CHINESE = """\
---
标题: 走访困难职工
单位: town
主题: 帮扶救助
类别: 工作
数据:
  - 名目: 走访
    数值: 3.10
    计量单位: 万元
    占比: 60
  - {名目: 慰问品, 数值: "5", 分项: [{名目: 米, 数值: 2}, {名目: 面, 数值: 3}]}
地点: 村里
来源: {标题: "甲, 乙"}
---

正文  两格。
"""


def test_a_changed_value_keeps_the_names_and_the_form_around_it(written: Format) -> None:
    figures = [
        {"label": "走访", "value": "3.20", "unit": "万元", "percent": {"value": "60", "bound": "about"}},
        {"label": "慰问品", "value": "5", "parts": [{"label": "米", "value": "2"}, {"label": "面：新", "value": "4"}]},
        {"label": "新的", "value": "1"},
    ]
    file = canonical(CHINESE)
    assert file is not None and written.edit(file) == file
    made = written.edit(file, {"figures": figures, "topics": ["aid", "activities"], "highlight": True, "source": []})
    changed = [line for line in (made or "").split("\n") if line not in file.split("\n")]
    assert changed == [
        "主题: [aid, activities]",
        "要点: 是",
        "    数值: 3.20",
        "    占比: {数值: 60, 界限: 约}",
        '  - {名目: 慰问品, 数值: 5, 分项: [{名目: 米, 数值: 2}, {名目: "面：新", 数值: 4}]}',
        "  - 名目: 新的",
        "    数值: 1",
    ]
    assert canonical(made or "") == made


def test_signs_that_python_or_the_browser_may_not_know_yet_are_kept(written: Format) -> None:
    file = "---\ntitle: 甲\n备注: |-\n  \u0378\U000323b0\u200b\ue000\xa0行\n  二\n---\n"
    assert canonical(file) == file
    assert written.edit(file) == file, written.reason


def test_chosen_files_are_shown_at_the_end_of_the_text_once(written: Format) -> None:
    file = "---\ntitle: 甲\nunit: town\n---\n\n正文。\n"
    chosen = [{"file": "泳池-1.JPG", "text": "职工[出发]"}, {"file": "名单 (a)#1.pdf", "text": "名单"}, {"file": ""}]
    made = written.edit(file, {"files": chosen}) or ""
    assert made == file + "\n![职工\\[出发\\]](泳池-1.JPG)\n\n[名单](名单%20%28a%29%231.pdf)\n"
    assert written.edit(made, {"files": chosen}) == made


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (MESSY, "form"),
        ("---\ntitle: 甲  # 注\nunit: town\n---\n", "comment"),
        ("---\n# 注\ntitle: 甲\n---\n", "comment"),
        ("---\nfigures:\n  # 注\n  - {label: 甲, value: 1}\n---\n", "comment"),
        ("---\ntitle: &a 甲\nsummary: *a\n---\n", "form"),
        ("---\nunit: town\ntitle: 甲\n---\n", "form"),
        ("---\ntitle: 甲\n  乙\n---\n", "form"),
        ("---\ntitle: 甲\ntitle: 乙\n---\n", "form"),
        ("---\ntitle: 甲\n标题: 乙\n---\n", "form"),
        ("---\ntitle：甲\n---\n", "form"),
        ("---\ntitle: 甲\nbody: 乙\n---\n", "form"),
        ("---\ntitle: 甲\nfigures: 58\n---\n", "form"),
        ("---\ntitle: [甲, 乙]\n---\n", "form"),
        ("---\nhighlight: 也许\ntitle: 甲\n---\n", "form"),
        ("---\ntitle: 甲\r\nunit: town\n---\n", "form"),
        ("\ufeff---\ntitle: 甲\n---\n", "form"),
        ("正文。\n", "form"),
    ],
)
def test_a_file_that_cannot_be_kept_whole_is_refused(written: Format, file: str, reason: str) -> None:
    assert written.edit(file, {"title": "乙"}) is None
    assert written.reason == reason or written.reason == "form"


def assert_one_form(
    written: Format, value: Mapping[str, Any], other: Mapping[str, Any], unknown: Mapping[str, str], chinese: bool
) -> None:
    """The script reproduces what Python writes, and Python leaves as it is what the script writes.

    A figure that says only "no" is a row of the form that nobody filled in: in a new record it is not written.
    """
    figures = value.get("figures", ())
    for figure in [figures] if isinstance(figures, Mapping) else figures:
        assume(not isinstance(figure, Mapping) or set(map(str, figure.values())) - {"False", "false", *YES_NO["false"]})
    values = {name: one for name, one in {**value, **unknown}.items() if name != "body"}
    text = f"---\n{dump(in_chinese(values) if chinese else values)}---\n\n正文。\n"
    file = canonical(text)
    assume(file is not None)
    assert file is not None
    kept = written.edit(file)
    # Python keeps all quotes of a record in which a text without them would be taken for a slip beside others.
    if kept is None:
        assert '"' in file or "'" in file, f"{written.reason}: {file}"
        return
    assert kept == file
    anew = written.edit(file, anew=True)
    assert anew is not None
    assert canonical(anew) == anew, canonical_file(anew.encode(), NAME)
    if not unknown:
        assert said(read_file(anew.encode(), ".md")) == said(read_file(file.encode(), ".md"))


ANY = given(
    fields(Header),
    fields(Header),
    st.dictionaries(st.sampled_from(["地点", "Ünknown"]), st.text(max_size=9), max_size=1),
    st.booleans(),
)


@pytest.mark.slow
@settings(
    deadline=None,
    max_examples=400,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much],
)
@ANY
def test_both_write_one_form(
    written: Format, value: Mapping[str, Any], other: Mapping[str, Any], unknown: Mapping[str, str], chinese: bool
) -> None:
    assert_one_form(written, value, other, unknown, chinese)
