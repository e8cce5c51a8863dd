"""Drafts become records: which do, which stay and why, and that nothing but one line goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongbao.commands.finish_drafts import finish_drafts
from gongbao.commands.misuse import Misuse
from small_archives import LISTS, record, write

NOTE = "\n<!-- 待核: 数据：请核对 -->\n"
DRAFTS = {
    "2014/h1/read.md": record(draft=True),
    "2014/h1/chinese.md": "---\r\n标题: 走访\r\n单位: town\r\n主题: aid\r\n草稿: 是\r\n---\r\n\r\n草稿: 是\r\n",
    "2014/h1/last.yml": "标题: 慰问\n单位: town\n主题: aid\n正文: 慰问。\n草稿: 是",
    "2014/h1/open.md": record(draft=True) + NOTE,
    "2014/h1/wrong.md": record(draft=True, topics=["none-such"]),
    "2014/h1/braces.yml": "{标题: 座谈, 单位: town, 主题: aid, 正文: 座谈。, 草稿: 是}\n",
    "2014/h1/remark.md": "---\n标题: 走访\n单位: town\n主题: aid\n草稿: 是  # 等主席看过\n---\n\n正文。\n",
    "2014/h1/unread.md": "标题 走访\n",
    "2014/h2/elsewhere.md": record(draft=True),
}


def test_only_what_has_been_read_becomes_a_record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = write(tmp_path, {**LISTS, **DRAFTS})
    before = {name: (project / "content" / name).read_bytes() for name in DRAFTS}
    finish_drafts(project, [str(project / "content/2014/h1")])
    told = capsys.readouterr().out
    after = {name: (project / "content" / name).read_bytes() for name in DRAFTS}
    finished = {name for name in DRAFTS if after[name] != before[name]}
    assert finished == {"2014/h1/read.md", "2014/h1/chinese.md", "2014/h1/last.yml"}
    assert after["2014/h1/chinese.md"].decode() == DRAFTS["2014/h1/chinese.md"].replace("草稿: 是\r\n---", "---")
    assert after["2014/h1/last.yml"].decode() == DRAFTS["2014/h1/last.yml"].removesuffix("草稿: 是")
    assert before["2014/h1/read.md"].replace(b"draft: true\n", b"") == after["2014/h1/read.md"]
    assert "核对完的草稿：3 条" in told and "还是草稿的：5 条" in told
    for name, line, words in (
        ("open.md", 11, "还有 1 处“待核”"),
        ("unread.md", 1, "文件开头没有记录的字段"),
        ("wrong.md", 5, "none-such"),
        ("braces.yml", 1, "这一行还写着别的"),
        ("remark.md", 5, "这一行还写着别的"),
    ):
        assert any(f"content/2014/h1/{name}:{line}: " in one and words in one for one in told.split("\n")), name
    (project / "content/2014/h1/open.md").write_text(record(draft=True), encoding="utf-8")
    finish_drafts(project, [str(project / "content/2014/h1/open.md")])
    assert "draft" not in (project / "content/2014/h1/open.md").read_text(encoding="utf-8")
    finish_drafts(project, [str(project / "content")])
    told = capsys.readouterr().out
    assert "不再是草稿：content/2014/h2/elsewhere.md" in told and "还是草稿的：4 条" in told
    with pytest.raises(Misuse):
        finish_drafts(project, [str(tmp_path / "elsewhere")])
