"""How long the site of very many units takes, each with one record in a half: the time for one should stay the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from .corpus import copy_program, dump
from .measuring import output_of
from .peers import build_ours

UNITS = (1000, 4000, 10_000)
BELOW = 40  # units directly below one
LISTED = 8  # topics, and indicators


def measure_units() -> Iterator[dict[str, object]]:
    """Yield for each number of units what building their site takes, on all cores."""
    for count in UNITS:
        with TemporaryDirectory() as name:
            folder = Path(name) / "site-of-units"
            _lay_out(folder, count)
            cost, output = build_ours(folder), output_of(folder / "site")
        about = {"processor": round(cost.cpu, 1), "megabytes": cost.memory // 2**20, "pages": output.pages}
        yield {"units": count, **about, "megabytes of pages": output.size // 10**6}


def _lay_out(project: Path, count: int) -> None:
    copy_program(project)
    content = project / "content"
    parents = ("", *(f"u{(at - 1) // BELOW}" for at in range(1, count)))
    lists: dict[str, Any] = {
        "site": {"name": "合成公报"},
        "topics": [{"slug": f"t{at}", "title": f"主题{at}"} for at in range(LISTED)],
        "indicators": [
            {"slug": f"i{at}", "title": f"指标{at}", "unit": "人", "aggregate": "sum"} for at in range(LISTED)
        ],
        "units": [
            {"slug": f"u{at}", "title": f"第{at}工会", "reports": {"from": "2014-h1"}}
            | ({"parent": parent} if parent else {})
            for at, parent in enumerate(parents)
        ],
    }
    folder = content / "2014" / "h1"
    folder.mkdir(parents=True)
    for name, value in lists.items():
        (content / f"{name}.yml").write_text(dump(value), encoding="utf-8")
    for at in range(count):
        (folder / f"r{at}.md").write_text(_record(at), encoding="utf-8")


def _record(at: int) -> str:
    helped = at % 90 + 10
    fields = {
        "title": f"第{at}工会慰问困难职工{helped}人",
        "unit": f"u{at}",
        "topics": [f"t{at % LISTED}"],
        "date": f"2014-0{at % 6 + 1}-1{at % 9}",
        "figures": [{"indicator": f"i{at % LISTED}", "value": helped}],
    }
    text = f"第{at}工会在节日前走访了职工家庭，了解各人的难处，带去了米面油，还请来医生，讲了用药的常识。"
    return f"---\n{dump(fields)}---\n\n{text}\n"
