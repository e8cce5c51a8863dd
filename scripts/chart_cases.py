"""The hard cases of charts, as a site's files: ``python scripts/chart_cases.py FOLDER`` lays them out."""

from __future__ import annotations

import json
import random
import shutil
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parent.parent
UNITS = 20
Value = str | Mapping[str, Any]  # a number, or a figure's fields

_chance = random.Random(7)
_FORTY = [str(_chance.randint(950, 3200)) for _ in range(40)]
_RISING = [str(1000 + 50 * at) for at in range(40)]
_LONG = [f"{_chance.randint(10**10, 10**11)}.{_chance.randint(10, 99)}" for _ in range(40)]
_BOUNDS = (("300", "about"), ("320", "over"), ("290", "nearly"), ("350", "at-least"), ("310", "at-most"))


def _halves(first: int, values: Sequence[Value]) -> dict[str, list[Value]]:
    """Return values by their halves, from the first half of a year on; an empty text is no value."""
    halves = (f"{first + at // 2}-h{at % 2 + 1}" for at in range(len(values)))
    return {half: [value] for half, value in zip(halves, values, strict=True) if value}


def _targets(*pairs: tuple[str, str]) -> dict[str, list[Value]]:
    return _halves(2020, [{"value": value, "target": target} for value, target in pairs])


# By slug: what the case is, what is counted, and the values of one unit by period. Several of a period are in dispute.
CASES: dict[str, tuple[str, str, Mapping[str, Sequence[Value]]]] = {
    "one": ("只有一个数", "家", _halves(2010, ["7"])),
    "far": (
        "一个数离得很远",
        "家",
        _halves(2005, ["10", "11", "12"]) | _halves(2009, ["17", "18"]) | {"2014-h2": ["30"], "2024-h2": ["49"]},
    ),
    "zero": ("全是零", "件", _halves(2005, ["0"] * 6)),
    "mixed": ("有正有负", "万元", _halves(2010, ["5.5", "-3.2", "0", "-12.75", "8", "-1"])),
    "negative": ("全是负数", "万元", _halves(2010, ["-5", "-3.25", "-7", "-0.5"])),
    "digits": ("十二位数", "元", _halves(2015, ["12345678901.55", "23456789012.1", "34567890123", "99999999999.99"])),
    "long": ("四十个十二位数", "元", _halves(2005, _LONG)),
    "rate": ("百分数", "%", _halves(2005, ["95.5", "116", "230.4", "100", "87"])),
    "forty": ("四十个半年", "人", _halves(2005, _FORTY)),
    "rising": ("一直增长", "人", _halves(2005, _RISING)),
    "bounds": (
        "约数与上下限",
        "人",
        _halves(2005, [*({"value": value, "bound": bound} for value, bound in _BOUNDS), "305"]),
    ),
    "disputed": ("几个数不一致", "人", {**_halves(2005, ["80", "83", "86", "89"]), "2006-h1": ["86", "98"]}),
    "beside": ("最后一期不一致", "人", {**_halves(2005, ["80", "83", "86"]), "2006-h2": ["89", "1203", "44"]}),
    "huge": ("小数挨着大数", "人", _halves(2005, ["3", "1200000", "5", "8", "990000"])),
    "alike": ("几乎一样", "人", _halves(2020, [str(100_000 + 37 * at) for at in range(8)])),
    "target": (
        "有目标",
        "家",
        _targets(("58", "57"), ("60", "62"), ("40", "80"), ("100", "20"), ("50", "50")),
    ),
    "gaps": ("有缺期", "人", _halves(2012, ["12", "", "", "15", "9", "", "22", "", "18"])),
    "changed": ("口径改变", "家", _halves(2012, ["6", "7", "3", "4", "5", "4"])),
    "years": ("按年", "人", {f"{year}-year": [str(300 + 7 * (year % 5))] for year in range(2006, 2016)}),
    "money": ("累计到期末", "元", _halves(2020, ["50772", "79850.5", "48491", "101805", "51731", "96585"])),
}
CHANGED_FROM = "2013-h1"


def files() -> dict[str, Any]:
    """Return the content folder: what each file has, by its path."""
    indicators: list[dict[str, Any]] = [
        {"slug": slug, "title": title, "unit": unit, "basis": "year-to-date" if slug == "money" else "period"}
        for slug, (title, unit, _) in CASES.items()
    ]
    for one in indicators:
        if one["slug"] == "changed":
            one["definition"] = [{"text": "含联合建会"}, {"from": CHANGED_FROM, "text": "只计独立建会"}]
    many = {"slug": "many", "title": "二十个单位", "unit": "家", "aggregate": "sum"}
    towns = [{"slug": f"town-{at}", "title": f"第{at}街道总工会", "parent": "district"} for at in range(1, UNITS + 1)]
    return {
        "site.yml": {"name": "图样"},
        "topics.yml": [{"slug": "work", "title": "工作"}],
        "units.yml": [{"slug": "district", "title": "某区总工会"}, *towns],
        "indicators.yml": [*indicators, many],
        **dict(_records()),
    }


def _records() -> Iterator[tuple[str, str]]:
    figures: dict[tuple[str, str, int], list[dict[str, Any]]] = defaultdict(list)
    for slug, (_, _, by_period) in CASES.items():
        for period, values in by_period.items():
            for at, value in enumerate(values):
                figures[period, "district", at].append({"indicator": slug, **_figure(value)})
    for town in range(1, UNITS + 1):
        for period, values in _halves(2020, [str(_chance.randint(0, 40)) for _ in range(10)]).items():
            if _chance.random() < 0.8:
                figures[period, f"town-{town}", 0].append({"indicator": "many", **_figure(values[0])})
    for (period, unit, at), those in figures.items():
        header = {"title": f"{unit}的数（{at + 1}）", "unit": unit, "topics": ["work"], "figures": those}
        yield (
            f"{period.replace('-', '/')}/{unit}-{at}.md",
            f"---\n{json.dumps(header, ensure_ascii=False)}\n---\n\n正文。\n",
        )


def _figure(value: Value) -> dict[str, Any]:
    return {"value": value} if isinstance(value, str) else dict(value)


def lay_out(folder: Path) -> None:
    """Write the cases as a project that can be built."""
    for name, what in files().items():
        (path := folder / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        path.write_text(what if isinstance(what, str) else json.dumps(what, ensure_ascii=False), encoding="utf-8")
    shutil.copyfile(PROJECT / "mkdocs.yml", folder / "mkdocs.yml")
    (folder / "docs").mkdir(exist_ok=True)
    (folder / "hooks").symlink_to(PROJECT / "hooks")


if __name__ == "__main__":
    lay_out(Path(sys.argv[1]))
