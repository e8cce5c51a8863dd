"""The page of the maintainers' guide from measurements: goals beside results, and tables of ratios."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TypeVar

from .comparing import Measured
from .searching import Asked, largest

ROWS = {
    "cold": "工报，从头生成",
    "text": "工报，改了一条记录的正文",
    "title": "工报，改了一条记录的标题",
    "topic": "工报，改了一个主题的名称",
    "template": "工报，改了记录页的模板",
    "nothing": "工报，什么也没改",
    "hugo": "Hugo，没有搜索",
    "hugo-pagefind": "Hugo + Pagefind",
    "material": "原样的 Material for MkDocs",
    "zensical": "Zensical",
}
T = TypeVar("T")
HEAD = (
    "做什么",
    "对 Hugo + Pagefind",
    "对 Material",
    "用时（秒）",
    "处理器（秒）",
    "内存（MB）",
    "文件",
    "网页",
    "大小（MB）",
)


@dataclass(frozen=True)
class Goal:
    """A number that is to be at most ``limit``, better at most ``aim``; ``measured`` is None if it was not measured."""

    what: str
    limit: float
    strict: bool  # the number must be under the limit
    aim: float | None
    measured: float | None
    unit: str

    @property
    def met(self) -> str:
        """In words: whether the limit is kept, and whether the aim is reached."""
        if self.measured is None:
            return "未测"
        if self.measured > self.limit or (self.strict and self.measured == self.limit):
            return "**未达到**"
        return "达到，也达到争取的" if self.aim is not None and self.measured <= self.aim else "达到"


def page(results: Sequence[Measured], machine: Mapping[str, str], command: str) -> str:
    """Return the whole page in Markdown."""
    text = Path(__file__).with_name("page.md").read_text(encoding="utf-8")
    return text.format(
        command=command,
        machine="\n".join(f"- {name}：{value}" for name, value in machine.items()),
        goals=_table(("目标", "限度", "争取", "测得", "结果"), map(_goal_row, goals(results))),
        tables="\n\n".join(map(_section, results)),
    )


def goals(results: Sequence[Measured]) -> Iterator[Goal]:
    """Yield the goals for 5,000 and for 20,000 records with their results."""
    thousand, five, twenty = ([result for result in results if result.records == size] for size in (1000, 5000, 20000))
    told = _first(one.preview.told for one in thousand if one.preview)
    seen = _first(one.preview.page for one in five if one.preview)
    nothing = _first(one.costs["nothing"].wall for one in five)
    edited = _first(one.costs["text"].wall - one.index.again for one in five if one.index)
    grown = _first(large.costs["cold"].wall / small.costs["cold"].wall for large in twenty for small in five)
    hugo, material = (_first(_ratio(one, "cold", peer) for one in five) for peer in ("hugo-pagefind", "material"))
    yield Goal("从头生成 5000 条，对 Hugo + Pagefind", 1.5, False, 1.0, hugo, "倍")
    yield Goal("从头生成 5000 条，对 Material", 0.4, False, None, material, "倍")
    yield Goal("20000 条对 5000 条的用时", 4.2, False, None, grown, "倍")
    yield Goal("20000 条的内存", 1500, True, None, _first(one.costs["cold"].memory / 1e6 for one in twenty), "MB")
    yield Goal("5000 条时最大的记录页的 HTML", 25, True, None, _first(one.record_page / 1e3 for one in five), "KB")
    yield Goal("5000 条时从存盘到预览里看见改了的那一页", 2.5, True, 1.0, seen, "秒")
    yield Goal("1000 条时从存盘到编辑页说出检查的结果", 1, True, None, told, "秒")
    yield Goal("5000 条，什么也没改", 3, True, 1.5, nothing, "秒")
    yield Goal("5000 条，改了一条记录的正文（减去重建索引）", 4, True, None, edited, "秒")
    yield Goal("5000 条的搜索索引", 10, True, None, _first(one.index.whole for one in five if one.index), "秒")
    search = _first(one.search for one in five)
    first, later = (search.first, search.later) if search else ((), ())
    yield Goal("5000 条时第一次搜索取的字节", 350, True, 250, _fetched(first), "KB")
    yield Goal("5000 条时以后各次搜索取的字节", 150, True, None, _fetched(later), "KB")
    yield Goal("5000 条时第一次搜索列出结果", 0.5, True, None, _waited(first), "秒")
    yield Goal("5000 条时以后各次搜索列出结果", 0.2, True, None, _waited(later), "秒")


def _fetched(asked: Sequence[Asked]) -> float | None:
    return largest(one.fetched / 1e3 for one in asked) if asked else None


def _waited(asked: Sequence[Asked]) -> float | None:
    return largest(one.waited for one in asked) if asked else None


def _first(values: Iterable[T]) -> T | None:
    return next(iter(values), None)


def _goal_row(goal: Goal) -> tuple[str, ...]:
    limit = f"{'低于' if goal.strict else '至多'} {goal.limit:g} {goal.unit}"
    measured = "" if goal.measured is None else f"{goal.measured:.2f} {goal.unit}"
    return goal.what, limit, "" if goal.aim is None else f"{goal.aim:g} {goal.unit}", measured, goal.met


def _section(result: Measured) -> str:
    rows = [_cost_row(result, name) for name in ROWS if name in result.costs]
    notes = [f"{ROWS[name]}没有测成。" for name in result.failed]
    told = [f"最大的记录页的 HTML：{result.record_page / 1e3:.1f} KB。"]
    if result.index:
        told.append(f"搜索索引单独做：{result.index.whole:.2f} 秒；改了一条，重建一卷：{result.index.again:.2f} 秒。")
    if result.preview is not None:
        wait = result.preview
        told.append(
            f"从存盘到预览里看见那一页：{wait.page:.2f} 秒，整个网站跟上：{wait.site:.2f} 秒；"
            f"到编辑页说出检查的结果：{wait.told:.2f} 秒。"
        )
    if result.search:
        told += [_searched(name, asked) for name, asked in result.search.rows]
    return "\n\n".join([f"## {result.records} 条记录", _table(HEAD, rows), "".join(told), *notes])


def _searched(name: str, asked: Sequence[Asked]) -> str:
    fetched, waited = [one.fetched / 1e3 for one in asked], [one.waited for one in asked]
    return (
        f"{name}搜索：中位数 {median(fetched):.0f} KB、{median(waited):.2f} 秒，"
        f"第 95 百分位 {largest(fetched):.0f} KB、{largest(waited):.2f} 秒。"
    )


def _cost_row(result: Measured, name: str) -> tuple[str, ...]:
    cost, output = result.costs[name], result.outputs.get(name)
    ratios = (_ratio(result, name, peer) for peer in ("hugo-pagefind", "material"))
    written = (f"{output.files}", f"{output.pages}", f"{output.size / 1e6:.1f}") if output else ("", "", "")
    return (
        ROWS[name],
        *("" if ratio is None else f"{ratio:.2f}" for ratio in ratios),
        f"{cost.wall:.2f}",
        f"{cost.cpu:.2f}",
        f"{cost.memory / 1e6:.0f}",
        *written,
    )


def _ratio(result: Measured, name: str, peer: str) -> float | None:
    """Return a build's wall clock as a multiple of the peer's; None if the peer was not measured."""
    return result.costs[name].wall / result.costs[peer].wall if peer in result.costs else None


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
