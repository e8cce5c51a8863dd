"""No text makes a rule crash, or take longer than its length accounts for.

``make test`` gives rules any texts. ``make test-long`` gives them rows of what they look for: short ones, in a process
that is ended when it takes too long, as a pattern that tries every way does, and long ones, where it compares what half
a row takes.
"""

from __future__ import annotations

import faulthandler
import gc
import os
import time
from collections.abc import Callable, Iterable, Iterator
from inspect import ismodule

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commands import PROJECT, run
from gongbao.archive.filing import publish
from gongbao.checks import registry
from gongbao.checks.case import Case
from gongbao.checks.copies import fingerprints
from gongbao.checks.passages import passages
from gongbao.problems.catalogue import catalogue
from gongbao.problems.problem import Problem
from gongbao.reading.lists import read_lists
from gongbao.records.periods import parse_period
from gongbao.records.record import Record
from gongbao.records.vocabulary import Vocabulary
from small_archives import LISTS, dump

# What rules look for.
# fmt: off
PIECES = (
    "1", "１", "一", "x", "×", "*", "_", "\\_", "#", "`", "~", "(", ")", "[", "]", "（", "【", "】", "{", "<",
    "|", " ", "\t", "\u3000", "\n", "\n\n", "“", "”", '"', "'", "。", "，", "、", ";", ":", "?", "!", "%", "-",
    "@", ".", "/", "&", "□", "口", "烫", "�", "â€", "ï»¿", "锛屽", "某", "待", "年", "月", "元", "人", "王",
    "柳如风", "工", "的", "\U0001f600", "1.", "1、", "（一）", "一、", "一是", "①", "第一，", "- ", "> ", "# ",
    "## \n", "1. \n", "|a|b|\n", "|-|-|\n", "    a\n", "<!--", "<!-- >", "-->", "```\n", "~~~\n", "````\n", "<a ",
    "<a href=", "<img src='", "</a>", "<o:p>", "&nbsp;", "&amp;", "](", "[a](", "![", "![](a)", '](a "', "[]()",
    "{{", "}}", "{{a}}", "http://", "https://a.b/", "a@", "a.", "@a.", "a@a.a", "138", "138 ", "1380000",
    "138-0000-", "0769-", "86", "+86", "1 3 ", "4401011990", "4 4 ", "6222 ", "622202", "粤A", "粤A1",
    "卡号6222 ", "护照E1", "电话0769", "电话：", "幸福路1号", "1号楼1单元", "单元1", "12，", "1,", "1,000",
    "12、2万", "5人", "万", "占1", "率100%", "百分之", "100%", "共5件，", "共5件，其中", "3件、", "共",
    "其中1人、", "分别1、", "5(1+", "5元元", "万万", "职工柳如风患病，", "柳如风，", "职工柳", "困难职工",
    "患病的", "慰问", "为柳如风申请", "同志", "之子", "王王", "欧阳", "20××年", "20  ", "( )年", "第(", "__月",
    "【待补", "此处", "请填写", "小编", "本站", "来源：", "篇一\n", "希望大家", "给大家", "2014年", "上半年",
    "2014年上半年，", "工会", "总工会", "总总", "工会工", "*a*", "**", "_a", "“a", "a”", "”“", '“a"', "'a",
    "?a?", 'HYPERLINK "', "[批注 [", "目录\n", "一……3\n", "TOC \\o ", "编辑：张", "端 ", "l2", "为进一步做好的\n\n",
    "o\t走\n",
)
# fmt: on
WORDS = [{"wrong": "工会", "right": "总工会"}, {"wrong": "总总", "right": "总"}, {"wrong": "1", "right": "11"}]
RULES = catalogue()["problems"]
VOCABULARY: Vocabulary = read_lists(
    {name: dump(value).encode() for name, value in {**LISTS, "wording.yml": WORDS}.items()}, "content"
)[0]
SHORT, LONG = 3_000, 100_000  # characters
ENOUGH = 120  # seconds for all short rows, on the busiest machine; they take three
# As much again, and the time of a machine that is busy elsewhere; what is quadratic takes four times as long.
TWICE_AT_MOST = 3.0
NOTICED = 0.5  # seconds: what takes less is not compared


def record_of(text: str, slug: str = "a") -> Record:
    """A record with a text, as the reader makes it; its fields hold a text too."""
    fields = {name: field.get_default(call_default_factory=True) for name, field in Record.model_fields.items()}
    period = parse_period("2014-h1")
    assert period
    line = text.replace("\n", " ")
    told = {
        **fields,
        **{"title": line[:60] or "题", "summary": line[:500], "unit": "town", "topics": ("aid",), "period": period},
        **{"slug": slug, "text": text, "text_line": 5, "path": f"content/2014/h1/{slug}.md", "attachments": ()},
        **{"source_text": "title: a\nsummary: a\n", "source_line": 2},
    }
    return Record.model_construct(**told)


def rows(length: int) -> Iterator[str]:
    """A row of each piece, and a row of blanks behind each."""
    return (row for piece in PIECES for row in (piece * (length // len(piece)), piece + " " * length))


def look(text: str) -> dict[str, float]:
    """Let every rule look at a text, and at two records with it; return how long each took, in seconds."""
    took: dict[str, float] = {}
    names = {
        function: f"{module.__name__}.{name}"
        for module in filter(ismodule, vars(registry).values())
        for name, function in vars(module).items()
        if name.startswith("check") and callable(function)
    }

    def time_of(check: Callable[..., Iterable[Problem]], *given: object) -> None:
        start = time.process_time()
        for problem in check(*given):
            assert problem.rule in RULES
        took[names[check]] = took.get(names[check], 0.0) + time.process_time() - start

    one, other = record_of(text), record_of(text, "b")
    for check in registry.RECORD_CHECKS:
        time_of(check, one, VOCABULARY)
    for passage in passages(one):
        for look_in in registry.PASSAGE_CHECKS:
            time_of(look_in, passage, VOCABULARY)
    start = time.process_time()
    prints = {record.path: found for record in (one, other) if (found := fingerprints(record))}
    took["fingerprints"] = time.process_time() - start
    case = Case(publish((one, other), VOCABULARY, preview=True), True, prints)
    for compare in registry.ARCHIVE_CHECKS:
        time_of(compare, case)
    return took


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=60).map("".join))
@settings(max_examples=100, deadline=None)
def test_no_text_makes_a_rule_crash(text: str) -> None:
    look(text)


@pytest.mark.slow
def test_short_rows_take_no_time() -> None:
    environment = {"PYTHONPATH": os.pathsep.join(str(PROJECT / name) for name in ("hooks", "tests"))}
    done = run(PROJECT, "-c", f"import {__name__} as speed; speed.look_at_short_rows()", **environment)
    assert done.returncode == 0, done.stdout


def look_at_short_rows() -> None:
    """Look at them all, or tell where the time went and end the process."""
    faulthandler.dump_traceback_later(ENOUGH, exit=True)
    for row in rows(SHORT):
        look(row)


@pytest.mark.slow
@pytest.mark.parametrize("piece", PIECES)
def test_twice_as_much_takes_twice_as_long(piece: str) -> None:
    compared(piece, LONG)


@pytest.mark.slow
@pytest.mark.parametrize(("piece", "count"), [("1", 1_000_000), ("(", 100_000), ("[", 100_000), ("【", 100_000)])
def test_a_megabyte_is_read(piece: str, count: int) -> None:
    compared(piece, count)


def compared(piece: str, length: int) -> None:
    """Compare what a row takes with a row half as long; asking three times tells a rule from a busy machine."""
    assert not (slower(piece, length) and slower(piece, length) and slower(piece, length))


def slower(piece: str, length: int) -> dict[str, tuple[float, float]]:
    """The rules that take more than their due: how long for half a row, and for a row, in seconds."""
    gc.collect()
    gc.disable()  # it looks through all that is kept, again and again
    try:
        half, whole = (look(piece * (size // len(piece))) for size in (length // 2, length))
    finally:
        gc.enable()
    due = {name: max(NOTICED, TWICE_AT_MOST * half.get(name, 0.0)) for name in whole}
    return {name: (half.get(name, 0.0), took) for name, took in whole.items() if took > due[name]}
