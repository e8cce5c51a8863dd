"""Copied text as people see it: two columns in the terminal, a quiet line on the unit's bulletin."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongbao.commands.side_by_side import WIDTH, copies_side_by_side
from gongbao.reading.content import read_all
from gongbao.reading.disk import read_content
from gongbao.text.repeats import repeated_share
from small_archives import LISTS, archive, record, write

SAME = (
    "听取职工对加班、食堂和宿舍的意见，当场答复九件，另有三件交由企业在六月底前办理，"
    "走访中还向新入职的职工介绍入会的办法。"
)
OLD = f"工会到十二家企业走访，{SAME}当天有 40 人填写了入会申请，月底前办完手续。"
NEW = f"工会走了八个车间，{SAME}\n\n秋天另外办了 1 场游泳比赛。"


def test_the_columns_are_straight_and_the_same_runs_are_marked(tmp_path: Path) -> None:
    files = {**LISTS, "2013/h1/old.md": record(OLD), "2013/h2/new.md": record(NEW)}
    content = read_all(read_content(write(tmp_path, files) / "content"))
    shown = copies_side_by_side(content, ["content/2013/h2"], "zh")
    rows = [line.partition("|") for line in shown.splitlines()[1:]]
    assert all(len(left.encode("gb18030")) == WIDTH + 1 for left, _, _ in rows), "two bytes where there are two columns"
    for side, text in ((0, NEW), (2, OLD)):
        column = "".join(row[side].strip() for row in rows)
        assert f"【{SAME.rstrip('。')}】" in column
        assert column.replace("【", "").replace("】", "").replace(" ", "").endswith("".join(text.split()))
    assert "content/2013/h1/old.md" in shown and "没有照搬" in copies_side_by_side(content, ["content/2013/h1"], "zh")


def test_a_bulletin_says_how_much_of_it_repeats_the_last_one(tmp_path: Path) -> None:
    files = {"2013/h1/old.md": record(OLD), "2013/h2/new.md": record(NEW), "2014/h1/other.md": record("游泳比赛。")}
    built = archive(tmp_path, files, warned={"copy.record"})
    assert [address for address in built.pages if "沿用上期" in built.text(address)] == ["units/town/2013-h2/"]
    assert "沿用上期 72 %" in built.text("units/town/2013-h2/")


@pytest.mark.parametrize(
    ("texts", "others", "much"),
    [
        (["甲乙丙丁戊己庚辛壬癸子丑"], ["寅，甲乙丙丁戊己庚辛壬癸子丑。卯"], 1.0),  # a run of twelve
        (["甲乙丙丁戊己庚辛壬癸子"], ["甲乙丙丁戊己庚辛壬癸子"], 0.0),  # and of eleven
        (["甲乙丙丁戊己庚辛壬癸子丑", "一二三四五六七八九十百千"], ["甲乙丙丁戊己庚辛壬癸子丑"], 0.5),
        (["甲乙丙丁戊己", "庚辛壬癸子丑"], ["甲乙丙丁戊己庚辛壬癸子丑"], 0.0),  # over the end of a text
        ([], ["甲"], 0.0),
        (["甲"], [], 0.0),
    ],
)
def test_only_runs_of_twelve_count_within_one_text(texts: list[str], others: list[str], much: float) -> None:
    assert repeated_share(texts, others, 0.3) == much
