"""Pages stay short as an archive grows: what is too long for one page is folded or has pages by year."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from commands import BUILD, succeed
from serving import served
from small_archives import LISTS, Built, in_memory, record, write
from speed.corpus import make_corpus

UNITS = ("district", *(f"town-{at}" for at in range(1, 10)))
HALVES = ("2012/h1", "2012/h2", "2013/h1", "2013/h2", "2014/h1", "2014/h2")
EACH = "甲乙丙丁"  # records of work of a unit in a half; the first is a highlight
PROMISED = "戊己"  # what a unit promises in each half but the last, for the next one


def text_of(title: str) -> str:
    """A text that is no copy of another."""
    return "".join(Random(title).choices("东西南北春夏秋冬山水田林路桥村镇街巷厂店学校工会职工走访慰问", k=90)) + "。\n"


def files() -> Mapping[str, Any]:
    """A district with nine towns through three years. Each promises one thing in each half for the next."""
    made: dict[str, Any] = {
        "units.yml": [
            {"slug": unit, "title": f"{unit} 工会", **({"parent": "district"} if at else {})}
            for at, unit in enumerate(UNITS)
        ]
    }
    for half, following in zip(HALVES, (*HALVES[1:], ""), strict=True):
        for unit in UNITS:
            for at, name in enumerate(EACH):
                title = f"{half} {unit} {name}"
                made[f"{half}/{unit}-{at}.md"] = record(
                    text_of(title), title=title, unit=unit, highlight=at == 0, summary=f"{title}要点"
                )
            if following:
                promises = [
                    {"id": f"next-{at}", "text": f"{half} {unit} {name}", "due": following.replace("/", "-")}
                    for at, name in enumerate(PROMISED)
                ]
                plan = record(title=f"{half} {unit} 计划", unit=unit, kind="plan", commitments=promises)
                made[f"{half}/{unit}-plan.md"] = plan
    return made


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return in_memory(write(tmp_path_factory.mktemp("long"), {**LISTS, **files()}))


def named(built: Built, pattern: str, names: str) -> list[str]:
    """What the pages whose addresses match show of records or promises with these names."""
    pages = [built.text(address) for address in built.pages if re.fullmatch(pattern, address)]
    return sorted(re.findall(rf"201\d/h\d \S+ [{names}](?!要点)", "".join(pages)))


def test_every_promise_stands_in_the_ledger_once_by_year_and_once_by_unit(built: Built) -> None:
    promised = sorted(f"{half} {unit} {name}" for half in HALVES[:-1] for unit in UNITS for name in PROMISED)
    assert {"plans/", "plans/2013/", "plans/2012/"} <= set(built.pages)
    assert "plans/2014/" not in built.pages
    assert named(built, r"plans/(\d{4}/)?", PROMISED) == promised
    assert named(built, "plans/units/.*", PROMISED) == promised


def test_every_status_has_a_page_that_leads_to_the_years_before(built: Built) -> None:
    statuses = ("done", "partly", "carried", "dropped", "open", "overdue", "no-later-report")
    assert all(f"plans/{status}/" in built.pages for status in statuses)
    assert 'href="../2012/?status=overdue"' in built.pages["plans/overdue/"]
    assert "现在没有这样的计划" in built.text("plans/done/")


def test_every_record_stands_on_a_page_of_its_topic(built: Built) -> None:
    assert {"topics/aid/", "topics/aid/2013/", "topics/aid/2012/"} <= set(built.pages)
    told = sorted(f"{half} {unit} {name}" for half in HALVES for unit in UNITS for name in EACH)
    assert named(built, r"topics/aid/(\d{4}/)?", EACH) == told


def test_a_parent_chooses_the_main_points_and_those_of_the_units_are_folded(built: Built) -> None:
    own, _, rest = built.pages["2014/h1/"].partition('<details class="gb-fold">')
    assert re.findall(r"2014/h1 (\S+) 甲要点", own) == ["district"]
    assert re.findall(r"2014/h1 (\S+) 甲要点", rest.partition("</details>")[0]) == list(UNITS[1:])


def test_without_a_parents_choice_each_unit_gives_its_first_point(tmp_path: Path) -> None:
    chosen = {name: text for name, text in files().items() if name == "units.yml" or "2014/h1/town" in name}
    own = in_memory(write(tmp_path, {**LISTS, **chosen})).pages["2014/h1/"].partition("<details")[0]
    assert re.findall(r"2014/h1 (\S+) 甲要点", own) == list(UNITS[1:7])


def test_long_texts_are_folded_behind_their_titles(built: Built) -> None:
    page = built.pages["2014/h1/aid/"]
    assert 5 < page.count('<details class="gb-fold">') < len(UNITS) * len(EACH)
    assert all(f'id="gb-r-{unit}-0"' in page for unit in UNITS)


# ---- ten thousand records ----

SCREENS, SCREEN = 12, 844  # of a phone, and its height in pixels
COMPRESSED = 60 * 1024
SHIFT, WAIT = 0.02, 200  # the layout's shift, and milliseconds from an act to what it shows
TRIES = 4  # a busy machine is no fault of the page's
KINDS = (
    *("", "2???/", "2???/h?/", "2???/h?/*/", "2???/h?/records/*/", "topics/", "topics/*/", "topics/*/2???/", "units/"),
    *("units/*/", "units/*/2???-h?/", "figures/", "figures/*/", "plans/", "plans/2???/", "plans/carried/", "plans/*/"),
    *("plans/units/*/", "compare/", "compare/*/", "latest/", "search/", "corrections/", "corrections/*/", "data/"),
    *("about/", "readers/"),
)
MEASURED = """() => {
    window.gb = {shift: 0, wait: 0}
    const observe = (type, use) => new PerformanceObserver(list => list.getEntries().forEach(use)).observe(
        {type, buffered: true, durationThreshold: 16})
    observe("layout-shift", entry => { if (!entry.hadRecentInput) gb.shift += entry.value })
    observe("event", entry => { if (entry.interactionId) gb.wait = Math.max(gb.wait, entry.duration) })
}"""
ACTED = ".gb-fold > summary", "label.md-header__button[for=__drawer], button.md-header__button[for=__drawer]"


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    folder = tmp_path_factory.mktemp("large") / "site"
    make_corpus(10_000, folder, units=60)
    succeed(folder, *BUILD, "-q")
    with served(folder / "site") as address:
        yield folder / "site", address


@pytest.mark.slow
@pytest.mark.browser
def test_no_page_of_ten_thousand_records_is_long_or_slow(large: tuple[Path, str], browser: Browser) -> None:
    site, address = large
    sizes: dict[str, tuple[int, str]] = {}
    for path in site.rglob("index.html"):
        page = f"{path.parent.relative_to(site).as_posix()}/".removeprefix("./")
        kind = next((kind for kind in KINDS if fnmatchcase(page, kind) and page.count("/") == kind.count("/")), "")
        if page and not kind:
            continue
        sizes[kind] = max(sizes.get(kind, (0, "")), (len(gzip.compress(path.read_bytes())), page))
    assert set(sizes) == set(KINDS)
    assert {page: size for size, page in sizes.values() if size > COMPRESSED} == {}
    context = browser.new_context(viewport={"width": 390, "height": SCREEN})
    slow = {}
    for _, page in sizes.values():
        window = context.new_page()
        length, shift, wait = measured(window, address + page)
        for _ in range(TRIES - 1):
            if shift > SHIFT or wait >= WAIT:
                length, shift, wait = measured(window, address + page)
        if length > SCREENS or shift > SHIFT or wait >= WAIT:
            slow[page] = (round(length, 1), shift, wait)
        window.close()
    context.close()
    assert slow == {}


def measured(page: Page, address: str) -> tuple[float, float, float]:
    """Return how many screens a page is long, how far it shifts, and how long the slowest of the acts takes."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(address)
    page.evaluate(MEASURED)
    screens = page.evaluate("document.documentElement.scrollHeight") / SCREEN
    for acted in ACTED:
        for element in page.locator(acted).all()[:2]:
            element.click()
            page.wait_for_timeout(400)
    seen = page.evaluate("gb")
    session.detach()
    return screens, seen["shift"], seen["wait"]
