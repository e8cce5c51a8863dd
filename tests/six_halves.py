"""Six halves of a district with three towns, made by hand: every status, a carried chain, a changed definition.

The district is the parent; all four report. South handed in its report of 2014-h1 late, West none of 2013-h2 and
2014-h2. Every list below reads from 2012-h1 to 2014-h2.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from commands import PROJECT, copy_small_project
from small_archives import LISTS, Files, record, write

HALVES = ("2012-h1", "2012-h2", "2013-h1", "2013-h2", "2014-h1", "2014-h2")
TOWNS = ("east", "west", "south")
NEW_DEFINITION = "只计独立建会的企业"

# By town and half, as printed; None where nothing is reported.
FORMED: dict[str, Sequence[int | None]] = {
    "east": (6, 7, 3, 4, 5, 4),
    "west": (4, 5, 2, None, 3, None),
    "south": (3, 3, 2, 2, 2, 3),
}
MEMBERS: Sequence[tuple[int, str]] = (  # east's, with their bounds
    (1200, "about"),
    (1260, "exact"),
    (1300, "over"),
    (1400, "nearly"),
    (1450, "at-least"),
    (1500, "at-most"),
)
DUES = ("1317.10", "2604.00", "1405.50", "2810", "1500.25", "3000.05")  # east's, 元 from the year's beginning
TRAINED_TARGET = 50

_INDICATORS = [
    {"slug": "formed", "title": "新建工会", "unit": "家", "aggregate": "sum", "topic": "organizing"}
    | {"definition": [{"text": "含联合建会的企业"}, {"from": "2013-h1", "text": NEW_DEFINITION}]},
    {"slug": "members", "title": "会员", "unit": "人", "basis": "cumulative", "aggregate": "last"},
    {"slug": "dues", "title": "收缴经费", "unit": "元", "basis": "year-to-date", "aggregate": "sum"},
    {"slug": "trained", "title": "参加培训", "unit": "人次", "aggregate": "sum", "topic": "aid"},
]
_UNITS = [
    {"slug": "district", "title": "某区总工会", "reports": {"from": "2012-h1"}},
    {"slug": "east", "title": "东镇工会", "parent": "district", "reports": {"from": "2012-h1"}},
    {"slug": "west", "title": "西镇工会", "parent": "district", "reports": {"from": "2012-h1"}},
    {"slug": "south", "title": "南镇工会", "parent": "district", "reports": {"from": "2012-h1"}},
]
_PERIODS = [
    *({"period": half, "due": f"{half[:4]}-{'07-10' if half.endswith('h1') else '12-31'}"} for half in HALVES),
    {"period": "2014-h1", "unit": "south", "submitted": "2014-07-21"},
    {"period": "2014-h1", "unit": "east", "submitted": "2014-07-10"},
]
for _entry in _PERIODS:
    if "unit" not in _entry:
        _entry["published"] = f"{int(_entry['period'][:4]) + 1}-01-15"

# What east promises in 2012-h1 is carried three times and then done: id, text, status in the end.
PROMISES = {
    "2012-h1/plan-east#hall": ("建好职工活动中心", "done"),
    "2012-h1/plan-west#choir": ("办两场歌咏会", "done"),
    "2013-h1/plan-south#fund": ("为十户困难职工建档", "partly"),
    "2013-h1/plan-south#survey": ("做一次女工情况调查", "dropped"),
    "2013-h2/plan-east#library": ("开办流动书屋", "carried"),
    "2014-h1/plan-east#drill": ("组织消防演练", "overdue"),
    "2014-h1/plan-west#visit": ("走访外来务工人员", "no-later-report"),
    "2014-h2/plan-district#games": ("筹办全区职工运动会", "open"),
}


def _plan(unit: str, *commitments: dict[str, Any], topic: str = "activities") -> str:
    return record(title="下一步打算", unit=unit, kind="plan", topics=[topic], commitments=list(commitments))


def _promise(promise_id: str, due: str, **more: Any) -> dict[str, Any]:
    return {"id": promise_id.partition("#")[2], "text": PROMISES[promise_id][0], "due": due, **more}


def _outcome(promise_id: str, status: str, **more: Any) -> dict[str, Any]:
    return {"commitment": promise_id, "status": status, **more}


HALL, CHOIR, FUND, SURVEY, LIBRARY, DRILL, VISIT, GAMES = PROMISES
_THREE_TIMES = [{"rule": "plan.carried", "reason": "工地两次停工，第三次结转已经公示"}]


def _work(town: str, at: int) -> dict[str, Any]:
    """What a town's one record of work says of a half."""
    value = FORMED[town][at]
    figures: list[dict[str, Any]] = [{"indicator": "formed", "value": value, "unit": "家"}]
    outcomes: list[dict[str, Any]] = []
    fields: dict[str, Any] = {}
    if town == "east":
        members, bound = MEMBERS[at]
        figures += [
            {"indicator": "members", "value": members, "unit": "人", "bound": bound},
            {"indicator": "dues", "value": DUES[at], "unit": "元"},
        ]
        if at == 5:
            figures.append({"indicator": "trained", "value": 58, "unit": "人次", "target": TRAINED_TARGET})
        if at in (1, 2, 3):
            outcomes.append(_outcome(HALL, "carried", due=HALVES[at + 1]))
            fields = {"allow": _THREE_TIMES} if at == 3 else {}
        if at == 4:
            outcomes += [_outcome(HALL, "done", note="六月启用"), _outcome(LIBRARY, "carried", due="2014-h2")]
    if town == "west" and at == 1:
        outcomes.append(_outcome(CHOIR, "done", value=2))
    if town == "south" and at == 3:
        outcomes += [_outcome(FUND, "partly", value=6), _outcome(SURVEY, "dropped", note="并入区里的调查")]
    return {"unit": town, "topics": ["organizing"], "figures": figures, "outcomes": outcomes, **fields}


def six_project(to: Path) -> Path:
    """Write them as a project, with pages by hand."""
    copy_small_project(to)
    shutil.rmtree(to / "content")
    shutil.copyfile(PROJECT / "docs" / "readers.md", to / "docs" / "readers.md")
    return write(to, {**LISTS, **files()})


def files() -> Files:
    """The content folder."""
    made: dict[str, Any] = {
        "site.yml": {"name": "六期", "as_of": "2014-12-31"},
        "indicators.yml": _INDICATORS,
        "units.yml": _UNITS,
        "periods.yml": _PERIODS,
        "2012/h1/plan-east.md": _plan("east", _promise(HALL, "2012-h2")),
        "2012/h1/plan-west.md": _plan(
            "west", _promise(CHOIR, "2012-h2", target={"label": "歌咏会", "value": 2, "unit": "场"})
        ),
        "2013/h1/plan-south.md": _plan(
            "south",
            _promise(FUND, "2013-h2", target={"label": "建档", "value": 10, "unit": "户"}),
            _promise(SURVEY, "2013-h2"),
            topic="aid",
        ),
        "2013/h2/plan-east.md": _plan("east", _promise(LIBRARY, "2014-h1")),
        "2014/h1/plan-east.md": _plan("east", _promise(DRILL, "2014-h2")),
        "2014/h1/plan-west.md": _plan("west", _promise(VISIT, "2014-h2"), topic="aid"),
        "2014/h2/plan-district.md": _plan("district", _promise(GAMES, "2015-h1")),
    }
    for at, half in enumerate(HALVES):
        folder = half.replace("-", "/")
        for town in TOWNS:
            if FORMED[town][at] is not None:
                made[f"{folder}/work-{town}.md"] = record(title="新建一批工会", **_work(town, at))
        total = sum(FORMED[town][at] or 0 for town in TOWNS)
        figures = [{"indicator": "formed", "value": total, "unit": "家"}]
        made[f"{folder}/whole.md"] = record(
            "全区情况。\n", title="总的情况", unit="district", kind="overview", topics=None, figures=figures
        )
    return made
