"""New records: what is written for each of the three forms, that it passes the check, and what is refused."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from gongbao.commands.misuse import Misuse
from gongbao.commands.new_record import Wanted, command, continue_record, lay_out, new_record
from gongbao.problems.disk_errors import disk_line
from gongbao.problems.text_report import report
from gongbao.reading.canonical_files import canonical_file
from gongbao.reading.content import read_all
from gongbao.reading.disk import read_content
from small_archives import LISTS, Files, record, write

INDICATORS = [
    {"slug": "visited", "title": "走访职工", "unit": "人", "basis": "period", "aggregate": "sum"},
    {"slug": "unions", "title": "新建工会", "unit": "家", "basis": "period", "aggregate": "sum"},
]
VISIT = {
    "title": "走访困难职工",
    "unit": "village",
    "figures": [
        {"indicator": "visited", "value": 58, "bound": "about"},
        {"label": "米: 油", "value": 12, "unit": "份", "among": [{"label": "油", "value": 5}]},
        {"label": "全县名次", "rank": 6, "unit": "名"},
    ],
    "commitments": [
        {
            "id": "study",
            "text": "助学\n--> 20人",
            "due": "2014-h1",
            "target": {"label": "资助", "value": 20, "unit": "人"},
        },
        {"id": "studyhall", "text": "开办职工书屋", "due": "2014-h2", "topic": "activities"},
        {"id": "done", "text": "修缮会议室", "due": "2014-h1"},
    ],
}
FILES: Files = {
    **LISTS,
    "indicators.yml": INDICATORS,
    "2013/h1/unions.md": record(
        "建会。\n",
        title="新建工会",
        unit="village",
        topics=["organizing"],
        figures=[{"indicator": "unions", "value": 3}],
    ),
    "2013/h2/visit.md": record("走访职工约58人。\n", **VISIT),
    "2013/h2/plan.md": record(
        "办赛。\n",
        title="明年办赛",
        unit="village",
        kind="plan",
        topics=["activities"],
        commitments=[{"id": "chess", "text": "办棋赛", "due": "2014-03"}],
    ),
    "2013/h2/other.md": record("镇里的工作。\n", topics=["organizing"], title="镇里建会"),
    "2014/h1/room.md": record(
        "修好了。\n",
        title="修缮会议室",
        unit="village",
        topics=["organizing"],
        outcomes=[{"commitment": "2013-h2/visit#done", "status": "done"}],
    ),
}
NOTE = "<!-- 待核: 把正文写在这一行下面，写好后删去这一行 -->\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write(tmp_path, FILES)


def written(project: Path) -> dict[str, str]:
    """The files that are new, by path, once the check has found no more in all than that notes are open."""
    tree = read_content(project / "content")
    content = read_all(tree)
    of_new = [one for one in content.problems if one.path.removeprefix("content/") not in FILES]
    assert {one.rule for one in of_new} <= {"note.open"}, report(of_new, "zh")
    new = {path: data.decode() for path, data in tree.files.items() if path not in FILES}
    assert {one.content_path for one in content.records} >= {*new}
    assert [path for path, text in new.items() if canonical_file(text.encode(), path) != (text.encode(), [])] == []
    return new


def filled_in(text: str, values: Mapping[str, str]) -> str:
    """A file as a writer finishes it: comments made fields, values put in, notes and the mark of a draft deleted."""
    text = re.sub("^# ", "", text, flags=re.MULTILINE)
    text = re.sub(r"<!-- 待核.*-->\n|草稿: 是\n", "", text) + "\n正文写好了，困难职工都走到了。\n"
    for name, value in values.items():
        text = re.sub(rf"{name}: (?=[,}}])", f"{name}: {value}", text)
    return text


def test_record_from_options(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        new_record(project, Wanted("秋季走访：困难职工", "某村工会", "帮扶救助", "2014年下半年"), terminal=False)
    new = written(project)
    assert [*new] == ["2014/h2/qiuji-zoufang-kunnan-2.md", "2014/h2/qiuji-zoufang-kunnan.md"]
    header = "---\n标题: 秋季走访：困难职工\n单位: village\n主题: aid\n草稿: 是\n---\n\n"
    assert new["2014/h2/qiuji-zoufang-kunnan.md"] == header + NOTE
    assert "content/2014/h2/qiuji-zoufang-kunnan.md  秋季走访" in capsys.readouterr().out


def test_what_is_missing_is_asked_for_with_the_codes(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("办好下半年的事\n计划\nvilage\nvillage\nactivities\n2014-h1\n"))
    new_record(project, Wanted(), terminal=True)
    (text,) = written(project).values()
    assert "类别: 计划\n# 计划事项:\n#   - {编号: , 内容: , 期限: 2014-h2}\n" in text
    said = capsys.readouterr()
    assert (
        "  village  某村工会" in said.out
        and "units.yml 里没有单位“vilage”。你是不是想写 `village`？" in said.out + said.err
    )


CONTINUED = """\
---
标题: 走访困难职工
单位: village
主题: aid
# 数据:
#   - {指标: visited, 数值: , 计量单位: 人}  # 上期 约58人（2013年下半年）
#   - {名目: "米: 油", 数值: , 计量单位: 份, 其中: [{名目: 油, 数值: }], 上期: 12}  # 上期 12份；油 5份（2013年下半年）
#   - {名目: 全县名次, 名次: , 计量单位: 名}  # 上期 6名（2013年下半年）
# 落实:
#   - {对应计划: 2013-h2/visit#study, 状态: , 数值: , 计量单位: 人}  # 助学 --> 20人；期限 2014年上半年；目标 20人
#   - {对应计划: 2013-h2/visit#studyhall, 状态: }  # 开办职工书屋；期限 2014年下半年
草稿: 是
---
"""


def test_record_that_continues_an_earlier_one(project: Path) -> None:
    continue_record(project, "2013-h2/visit", Wanted())
    new = written(project)
    text = new["2014/h1/visit.md"]
    assert text.startswith(CONTINUED + "\n" + NOTE) and text.count("<!-- 待核") == text.count("-->\n") == 3
    done = filled_in(text, {"数值": "20", "名次": "3", "状态": "完成"})
    (project / "content/2014/h1/visit.md").write_text(done, encoding="utf-8")
    content = read_all(read_content(project / "content"))
    assert [
        one.rule for one in content.problems if one.path == "content/2014/h1/visit.md" and one.rule != "figure.among"
    ] == []
    found = next(one for one in content.records if one.id == "2014-h1/visit")
    assert (len(found.figures), len(found.outcomes), found.draft) == (3, 2, False)


def test_bulletin_lays_out_what_is_usual_and_due_and_nothing_twice(project: Path) -> None:
    (project / "content/2014/h1/room.md").unlink()
    lay_out(project, "village", "2014-h1")
    new = written(project)
    assert [*new] == [
        f"2014/h1/village-{name}.md"
        for name in ("activities-plan", "activities-work-outcomes", "aid-work", "organizing-work")
    ]
    aid, unions = new["2014/h1/village-aid-work.md"], new["2014/h1/village-organizing-work.md"]
    assert "#   - {指标: visited, 数值: , 计量单位: 人}  # 上期 约58人（2013年下半年）\n" in aid
    assert "{对应计划: 2013-h2/visit#study, " in aid and "visit#studyhall" not in "".join(new.values())
    assert "#   - {指标: unions, 数值: , 计量单位: 家}  # 上期 3家（2013年上半年）\n" in unions
    assert "2013-h2/plan#chess, 状态: }  # 办棋赛；期限 2014年3月" in new["2014/h1/village-activities-work-outcomes.md"]
    lay_out(project, "village", "2014-h1")
    assert written(project) == new


def test_files_and_outcomes_that_are_there_are_left_alone(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "content/2014/h1/village-aid-work.md").write_text("一点字", encoding="utf-8")
    lay_out(project, "village", "2014-h1")
    assert "有 1 个文件有错误" in capsys.readouterr().err
    names = {path.name for path in (project / "content/2014/h1").iterdir()}
    assert names == {"room.md"} | {
        f"village-{one}.md" for one in ("aid-work", "aid-work-outcomes", "activities-plan", "activities-work-outcomes")
    }
    assert (project / "content/2014/h1/village-aid-work.md").read_text(encoding="utf-8") == "一点字"


def test_english_site_has_english_fields(tmp_path: Path) -> None:
    files = {
        "site.yml": {"name": "Gongbao", "language": "en"},
        "2013/h2/visit.md": record(
            "Visits.\n", title="Visits", unit="village", topics=["aid"], figures=[{"label": "visited", "value": 58}]
        ),
    }
    project = write(tmp_path, {**FILES, **files})
    continue_record(project, "content/2013/h2/visit.md", Wanted())
    text = (project / "content/2014/h1/visit.md").read_text(encoding="utf-8")
    assert "#   - {label: visited, value: , previous: 58}  # before: 58 (" in text and "draft: true\n" in text
    assert not re.search("[\u4e00-\u9fff]", text.replace("待核", ""))


REFUSED = [
    (Wanted(), "还缺 --title --unit --topic --period"),
    (Wanted("走访", "vilage", "aid", "2014-h1"), "units.yml 里没有单位“vilage”。你是不是想写 `village`？"),
    (Wanted("走访", "village", "养生", "2014-h1"), "topics.yml 里没有主题“养生”。"),
    (Wanted("走访", "village", "aid", "2014-h3"), "“2014-h3”不是一期"),
    (Wanted("走访", "village", "aid", "2014-h1", "流水账"), "没有类别“流水账”"),
    (Wanted("长" * 61, "village", "aid", "2014-h1"), "标题要有 1 到 60 个字"),
    (Wanted("走\u200b访", "village", "aid", "2014-h1"), "标题要有"),
    (Wanted(" ", "village", "aid", "2014-h1"), "标题要有"),
]


def test_what_is_wrong_is_told_in_one_line(project: Path) -> None:
    for wanted, said in REFUSED:
        with pytest.raises(Misuse) as refused:
            new_record(project, wanted, terminal=False)
        assert str(refused.value).startswith(said) and "\n" not in str(refused.value)
    assert written(project) == {}


def test_unknown_records_and_units_are_told_in_one_line(project: Path) -> None:
    with pytest.raises(Misuse, match="没有编号是“2013-h2/vist”的记录可以接着写。你是不是想写 `2013-h2/visit`"):
        continue_record(project, "2013-h2/vist", Wanted())
    with pytest.raises(Misuse, match="--from 照旧用"):
        continue_record(project, "2013-h2/visit", Wanted(topic="aid"))
    with pytest.raises(Misuse, match="没有单位“city”"):
        lay_out(project, "city", "2014-h1")
    with pytest.raises(Misuse, match="“下半年”不是一期"):
        lay_out(project, "village", "下半年")
    with pytest.raises(Misuse, match="读不到 content/ 里的词表"):
        lay_out(project / "content", "village", "2014-h1")
    (project / "content" / "units.yml").write_text("- 乱: [", encoding="utf-8")
    with pytest.raises(Misuse, match="读不到 content/ 里的词表"):
        lay_out(project, "village", "2014-h1")


def test_command_ends_in_one_line_where_the_disk_takes_nothing(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "content" / "2015").write_text("no folder", encoding="utf-8")
    with pytest.raises(OSError) as error:
        continue_record(project, "2013-h2/visit", Wanted(period="2015-h1"))
    assert disk_line(error.value, "zh").count("\n") == 0 < len(disk_line(error.value, "zh"))
    monkeypatch.chdir(project)
    with pytest.raises(SystemExit) as ended:
        command.main(["--bulletin", "village", "2014-h1", "--title", "走访"])
    assert ended.value.code == 2
