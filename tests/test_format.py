"""Records in canonical form: what changes and what stays, that nothing is lost, and what is left as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from any_archives import BASE, fields
from gongbao.commands.format_records import format_records
from gongbao.commands.misuse import Misuse
from gongbao.problems.names import FIELDS
from gongbao.reading.canonical_files import canonical_file
from gongbao.reading.lists import read_lists
from gongbao.reading.nothings import says_nothing
from gongbao.reading.parsing import ReadRecord, read_record
from gongbao.records.periods import Period
from gongbao.records.record import Header, Record
from small_archives import LISTS, bytes_of, record, write

VOCABULARY, _ = read_lists({name: bytes_of(value) for name, value in BASE.items() if "/" not in name}, "content")
PLACES = {"text_line", "source_text", "source_line", "digest"}

MESSY = """\

-----
# 导入自 总结.docx 3
标题:   "走访困难职工"
草稿: 是   # 待核对
备注甲: {b: 1, a: 2}
主题:
    - 'aid'   # 主要的

    - "activities"
# 数字都核过
数据:
  # 原文：发放慰问金3.10万元
  - {计量单位: 万元, 数值: "3.10", 名目: 慰问金}
  -
    # 全部
    分项: [ {数值: 2, 名目: '米: 油'},
            # 面只有这些
            {名目: 面, 数值: 010} ]
    名目: 慰问品
  # 列完了
# 落实:
#   - {对应计划: 2013-h2/a#b}
摘要: 走访
  困难职工，
  共3.10万元
单位: town
来源: {章节: "第3节。", 标题: "甲, 乙"}
# 完
---

正文  两格。

---
"""
NEAT = """\
---
# 导入自 总结.docx 3
标题: 走访困难职工
单位: town
主题:
  - aid  # 主要的
  - activities
# 落实:
#   - {对应计划: 2013-h2/a#b}
摘要: 走访困难职工，共3.10万元
# 数字都核过
数据:
  # 原文：发放慰问金3.10万元
  - {名目: 慰问金, 数值: 3.10, 计量单位: 万元}
  # 全部
  - 名目: 慰问品
    # 面只有这些
    分项: [{名目: "米: 油", 数值: 2}, {名目: 面, 数值: 010}]
  # 列完了
来源: {标题: "甲, 乙", 章节: "第3节。"}
# 完
草稿: 是  # 待核对
备注甲: {b: 1, a: 2}
---

正文  两格。

---
"""


def formatted(text: str, name: str = "content/2014/h1/a.md") -> str:
    made, faults = canonical_file(text.encode(), name)
    assert made is not None and not faults
    return made.decode()


def test_fields_get_one_order_and_form_and_all_else_stays() -> None:
    made = formatted(MESSY)
    assert formatted(made) == made
    assert made == NEAT


def test_texts_of_several_lines_are_blocks() -> None:
    text = 'body: "第一段。\\n\\n  第二段。\\n"\r\ntitle: >-\r\n  走访\r\n  职工 # 不是注释\r\nunit: town\r\n'
    made = formatted(text, "content/2014/h1/a.yml")
    assert made == 'title: "走访职工 # 不是注释"\r\nunit: town\r\nbody: |\r\n  第一段。\r\n\r\n    第二段。\r\n'
    assert formatted(made, "content/2014/h1/a.yml") == made


def test_the_form_of_a_text_hangs_on_no_version_of_unicode() -> None:
    text = "title: 甲\nunit: town\nbody: |\n  \u0378\U000323b0\u200b\ue000\xa0行\n  二\n"
    assert formatted(text, "content/2014/h1/a.yml") == text


def test_an_item_that_begins_with_brackets_is_no_row_of_fields() -> None:
    text = "---\ntitle: 甲\nfigures:\n  - target: {value: 1, bound: at-most}\n    rank: 3\n---\n"
    assert formatted(text) == text


def read(data: bytes, ending: str) -> ReadRecord:
    return read_record(data, f"content/2014/h1/x{ending}", Period(2014, "h1"), "x", VOCABULARY)


def said(found: ReadRecord) -> Any:
    """All that a record says, or what is wrong with it."""
    record = found.record
    if record is None:
        return {(problem.rule, problem.field) for problem in found.problems}
    return {name: getattr(record, name) for name in Record.model_fields if name not in PLACES}


def in_chinese(value: Any) -> Any:
    if isinstance(value, dict):
        return {FIELDS.get(name, (name,))[0]: in_chinese(inner) for name, inner in value.items()}
    return [*map(in_chinese, value)] if isinstance(value, list) else value


def leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    else:
        for inner in value.values() if isinstance(value, Mapping) else value:
            yield from leaves(inner)


COMMENTS = st.lists(st.sampled_from(["# 注", "#", "# 原文：3.10", "#!x", "# a: b"]), max_size=3)


ANY_RECORD = given(
    fields(Header),
    st.booleans(),
    st.sampled_from([None, '"', "'", "|", ">"]),
    st.sampled_from([None, True, False]),
    st.sampled_from([".md", ".yml"]),
    st.randoms(use_true_random=False),
    COMMENTS,
    st.dictionaries(st.sampled_from(["地点", "Ünknown"]), st.text(max_size=9), max_size=2),
)


def assert_nothing_is_lost(
    written: Mapping[str, Any],
    chinese: bool,
    style: str | None,
    flow: bool | None,
    ending: str,
    random: Any,
    comments: list[str],
    unknown: dict[str, str],
) -> None:
    # The check takes a hyphen alone for nothing, but not in a block, which a text of one line does not stay.
    assume(style not in ("|", ">") or not any(map(says_nothing, leaves(written))))
    shuffled = [*{**written, **unknown}.items()]
    random.shuffle(shuffled)
    value = in_chinese(dict(shuffled)) if chinese else dict(shuffled)
    value.pop("body" if ending == ".md" else "", None)
    options: Any = {"default_style": style, "default_flow_style": flow, "width": random.choice([20, 10_000])}
    dumped = yaml.dump(value, allow_unicode=True, sort_keys=False, **options)
    lines = dumped.split("\n")
    for comment in comments:
        lines.insert(random.choice([0, len(lines) - 1]), comment)
    dumped = "\n".join(lines)
    data = (f"---\n{dumped}---\n\n正文。\n" if ending == ".md" else dumped).encode("utf-8", "replace")

    made, faults = canonical_file(data, f"content/2014/h1/x{ending}")

    if made is None:
        assert faults, data.decode()
        return
    assert said(read(made, ending)) == said(read(data, ending))
    assert canonical_file(made, f"content/2014/h1/x{ending}") == (made, [])
    assert sorted(line for line in made.decode().split("\n") if line in comments) == sorted(comments)


# To make a failing record smaller takes minutes, and tells little more.
IN_MAKE_TEST = settings(deadline=None, max_examples=10, phases=[Phase.explicit, Phase.reuse, Phase.generate])
test_nothing_that_a_record_says_is_lost = IN_MAKE_TEST(ANY_RECORD(assert_nothing_is_lost))
MANY = settings(IN_MAKE_TEST, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
test_nothing_that_many_records_say_is_lost = pytest.mark.slow(MANY(ANY_RECORD(assert_nothing_is_lost)))


FAULTY = "---\n标题：走访\nunit: town\n---\n\n正文。\n"


def test_command_writes_or_tells(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = {"2014/h1/a.md": "---\nunit: town\ntitle: 甲\n---\n", "2014/h1/b.md": record(), "2014/h2/c.md": FAULTY}
    project = write(tmp_path, {**LISTS, **files})
    here = [str(project / "content/2014/h1")]
    assert format_records(project, here, only_check=True) == 1
    assert "content/2014/h1/a.md：字段的次序" in capsys.readouterr().out
    assert format_records(project) == 1, "one record cannot be read"
    told = capsys.readouterr()
    assert "content/2014/h2/c.md 没有动" in told.err and "yaml.colon" in told.err
    assert "已整理：content/2014/h1/a.md" in told.out
    assert (project / "content/2014/h1/a.md").read_text(encoding="utf-8") == "---\ntitle: 甲\nunit: town\n---\n"
    assert (project / "content/2014/h2/c.md").read_text(encoding="utf-8") == FAULTY
    assert format_records(project, here, only_check=True) == 0
    with pytest.raises(Misuse):
        format_records(project, [str(tmp_path / "elsewhere")])
