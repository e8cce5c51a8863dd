"""What ``make bench`` makes of its measurements, and what it measures with; all of it would take too long here."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from commands import PROJECT, run_command
from small_archives import in_memory
from speed.comparing import Measured
from speed.corpus import make_corpus
from speed.editing import edits
from speed.indexing import Indexed
from speed.measuring import Cost, Failed, Output, cost_of
from speed.peers import OURS_ALONE, lay_out_hugo
from speed.preview import Waited
from speed.searching import Asked, Searched, largest
from speed.table import ROWS, page

MB = 1_000_000
FIVE = Measured(
    records=5000,
    costs={
        "cold": Cost(30, 50, 400 * MB),
        "text": Cost(8.5, 9, 300 * MB),
        "nothing": Cost(3, 2, 300 * MB),
        "hugo-pagefind": Cost(24, 40, 500 * MB),
        "material": Cost(60, 60, 900 * MB),
    },
    outputs={"cold": Output(14_000, 13_000, 200 * MB)},
    preview=Waited(0.8, 2.0, 0.7),
    record_page=25_400,
    index=Indexed(9.5, 5),
    search=Searched([Asked(240_000, 0.4)] * 19 + [Asked(900_000, 3)], [Asked(90_000, 0.15), Asked(160_000, 0.3)]),
)
TWENTY = replace(FIVE, records=20_000, costs={"cold": Cost(120, 200, 1400 * MB)})


def rows(text: str) -> dict[str, list[str]]:
    """The cells of every table row by its first one."""
    lines = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return {first: rest for first, *rest in lines}


def test_the_page_sets_goals_beside_what_was_measured() -> None:
    table = rows(page([FIVE, TWENTY], {}, "make bench"))
    assert table["从头生成 5000 条，对 Hugo + Pagefind"] == ["至多 1.5 倍", "1 倍", "1.25 倍", "达到"]
    assert table["从头生成 5000 条，对 Material"][2:] == ["0.50 倍", "**未达到**"]
    assert table["20000 条对 5000 条的用时"][2:] == ["4.00 倍", "达到"]
    assert table["1000 条时从存盘到编辑页说出检查的结果"][2:] == ["", "未测"]
    assert table["20000 条的内存"][2:] == ["1400.00 MB", "达到"]
    assert table["5000 条时最大的记录页的 HTML"][2:] == ["25.40 KB", "**未达到**"]
    assert table["5000 条时从存盘到预览里看见改了的那一页"][2:] == ["0.80 秒", "达到，也达到争取的"]
    assert table["5000 条，改了一条记录的正文（减去重建索引）"][2:] == ["3.50 秒", "达到"]
    assert table["5000 条的搜索索引"][2:] == ["9.50 秒", "达到"]
    assert table["5000 条，什么也没改"][2:] == ["3.00 秒", "**未达到**"], "under three seconds is not three"
    assert table["5000 条时第一次搜索取的字节"] == ["低于 350 KB", "250 KB", "240.00 KB", "达到，也达到争取的"]
    assert table["5000 条时以后各次搜索取的字节"][2:] == ["160.00 KB", "**未达到**"]
    assert table["5000 条时第一次搜索列出结果"][2:] == ["0.40 秒", "达到"]
    assert table["5000 条时以后各次搜索列出结果"][2:] == ["0.30 秒", "**未达到**"]
    assert "以后各次搜索：中位数 125 KB、0.22 秒，第 95 百分位 160 KB、0.30 秒" in page([FIVE], {}, "make bench")


def test_at_most_one_in_twenty_exceeds_the_largest() -> None:
    assert [largest(range(1, count + 1)) for count in (1, 19, 20, 21, 40)] == [1, 19, 19, 20, 38]


def test_what_was_not_measured_is_not_said_to_be_met() -> None:
    table = rows(page([replace(FIVE, records=200)], {}, "make bench"))
    assert [cells[-1] for cells in table.values()].count("未测") == 14


def test_ratios_are_to_each_peer_and_absent_without_them() -> None:
    table = rows(page([FIVE], {"机器": "两核"}, "make bench"))
    assert table[ROWS["cold"]] == ["1.25", "0.50", "30.00", "50.00", "400", "14000", "13000", "200.0"]
    assert table[ROWS["hugo-pagefind"]][:2] == ["1.00", "0.40"]
    assert rows(page([TWENTY], {}, "make bench"))[ROWS["cold"]][:3] == ["", "", "120.00"]
    assert "- 机器：两核" in page([FIVE], {"机器": "两核"}, "make bench")


def test_a_command_costs_what_its_children_cost(tmp_path: Path) -> None:
    child = "data = bytearray(120_000_000); sum(range(3_000_000)); import time; time.sleep(0.4)"
    both = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {child!r}], check=True)"
    cost = cost_of((sys.executable, "-c", both), tmp_path)
    assert cost.memory > 120 * MB
    assert cost.wall > 0.4
    assert cost.cpu > 0


LEAVES_ONE_RUNNING = """
import sys
from subprocess import PIPE, Popen
from speed.measuring import cost_here
before = cost_here(int)[1]
data = "data = bytearray(120_000_000); sum(range(9_000_000)); print(flush=True); input()"
child = Popen((sys.executable, "-c", data), stdin=PIPE, stdout=PIPE)
after = cost_here(child.stdout.readline)[1]
child.communicate(b"0")
print(before.memory, after.memory, after.cpu - before.cpu)
"""


def test_work_costs_what_processes_left_running_cost() -> None:
    before, after, processor = run_command(PROJECT / "scripts", sys.executable, "-c", LEAVES_ONE_RUNNING).stdout.split()
    assert 0 < int(before) < 120 * MB < int(after)
    assert float(processor) > 0.05


def test_a_command_that_fails_says_what_it_said(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="no such thing"):
        cost_of((sys.executable, "-c", "raise SystemExit('no such thing')"), tmp_path)


def test_hugo_is_given_what_becomes_every_page_of_ours(tmp_path: Path) -> None:
    make_corpus(60, tmp_path / "ours")
    lay_out_hugo(60, tmp_path / "ours", tmp_path / "hugo")
    site = in_memory(tmp_path / "ours")
    by_hand = {"about/", "readers/"}
    content = tmp_path / "hugo" / "content"
    files = [path.relative_to(content).with_suffix("").as_posix() for path in content.rglob("*.md")]
    theirs = [file.removesuffix("_index") if file.endswith("_index") else f"{file}/" for file in files]
    ours = {page.address for page in site.edition.pages if not OURS_ALONE.fullmatch(page.address)}
    assert sorted(theirs) == sorted(ours | by_hand)


def test_an_edit_is_of_a_place_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: 走访\n", encoding="utf-8")
    edit = replace(edits(50)["title"], file="a.md")
    edit.make(tmp_path, "改")
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == "---\ntitle: 改走访\n"
    with pytest.raises(Failed, match="has no"):
        replace(edit, behind="单位: ").make(tmp_path, "改")
