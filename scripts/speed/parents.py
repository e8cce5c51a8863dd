"""How long the pages of a superior's site take, by the number of sites below it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from gongbao.archive.collected import CollectedSite, SiteData
from gongbao.archive.increments import Increment
from gongbao.building import Options, build
from gongbao.collecting.kept_sites import COLLECTED, save_site
from gongbao.records.periods import Period

SITES = (31, 100)
INDICATORS, YEARS = 45, 20


def measure_parents() -> Iterator[dict[str, object]]:
    """Yield for each number of sites what the pages of their superior take, each with 45 indicators in 40 halves."""
    for count in SITES:
        with TemporaryDirectory() as name:
            project = Path(name)
            lay_out_parent(project, count)
            before = time.process_time()
            edition = build(project, Options()).edition
            assert edition
            pages = sum(1 for _ in edition.renderer.render_all(edition.pages))
            seconds = round(time.process_time() - before, 1)
            yield {"sites": count, "increments": count * INDICATORS * YEARS * 2, "pages": pages, "processor": seconds}


def lay_out_parent(project: Path, count: int) -> None:
    """Write the project of a site that has collected from a number of sites."""
    units = [{"slug": "top", "title": "上级工会"}]
    units += [{"slug": f"u{at}", "title": f"第{at}工会", "parent": "top"} for at in range(count)]
    lists = {
        "site": {"name": "上级工会"},
        "topics": [{"slug": "work", "title": "工作"}],
        "units": units,
        "indicators": [
            {"slug": f"i{at}", "title": f"指标{at}", "unit": "人", "aggregate": "sum"} for at in range(INDICATORS)
        ],
        "sites": [{"id": f"u{at}", "unit": f"u{at}", "where": f"https://u{at}.example.org/"} for at in range(count)],
    }
    (project / "content").mkdir()
    for name, value in lists.items():
        text = yaml.safe_dump(value, allow_unicode=True, sort_keys=False)
        (project / "content" / f"{name}.yml").write_text(text, encoding="utf-8")
    halves = [Period(1995 + year, part) for year in range(YEARS) for part in ("h1", "h2")]
    for at in range(count):
        rows = tuple(
            Increment(f"u{at}", f"i{one}", half, amount := Decimal(at * one + 9), 70, 0, amount, amount, 0, 0)
            for one in range(INDICATORS)
            for half in halves
        )
        home = f"https://u{at}.example.org/"
        data = SiteData(home, home, "1", "2014-12-31", "", halves[-1], rows, (), (), (), (), 0)
        save_site(project / COLLECTED, CollectedSite(f"u{at}", f"u{at}", "fresh", "2015-01-01", None, data))
