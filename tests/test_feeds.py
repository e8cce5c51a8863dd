"""The feeds: what a reader's program finds in them, and the rules of both formats."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import feedparser  # type: ignore[import-untyped]
import pytest
from lxml import etree, html  # type: ignore[import-untyped]

import checkers
from gongbao.problems.text_report import report
from small_archives import LISTS, PNG, Files, attached, in_memory, record, write

URL = "https://site.example.org/below/"
ATOM = "{http://www.w3.org/2005/Atom}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
# RFC 4287, 4.1: what may stand in a feed and in an entry, and how often.
ONCE, ONE_OR_NONE, ANY = (1, 1), (0, 1), (0, 10**6)
MAY_STAND: Mapping[str, Mapping[str, tuple[int, int]]] = {
    "feed": {
        **dict.fromkeys(("id", "title", "updated"), ONCE),
        **dict.fromkeys(("generator", "subtitle", "rights", "icon", "logo"), ONE_OR_NONE),
        **dict.fromkeys(("author", "category", "contributor", "link", "entry"), ANY),
    },
    "entry": {
        **dict.fromkeys(("id", "title", "updated"), ONCE),
        **dict.fromkeys(("content", "published", "rights", "source", "summary"), ONE_OR_NONE),
        **dict.fromkeys(("author", "category", "contributor", "link"), ANY),
    },
}


def atom_faults(text: str) -> Iterator[str]:
    """What RFC 4287 would not have."""
    root = etree.fromstring(text.encode())
    yield from stands(root)
    if not [link for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]:
        yield "no link to itself"
    entries = root.findall(f"{ATOM}entry")
    if root.find(f"{ATOM}author") is None and any(entry.find(f"{ATOM}author") is None for entry in entries):
        yield "an author is missing"
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    if len(set(ids)) != len(ids):
        yield "an id is there twice"
    for entry in entries:
        yield from stands(entry)
        if not [link for link in entry.findall(f"{ATOM}link") if link.get("rel", "alternate") == "alternate"]:
            yield "an entry without a page"
    newest = max((entry.findtext(f"{ATOM}updated") for entry in entries), default=None)
    if newest and root.findtext(f"{ATOM}updated") != newest:
        yield "the feed is not of its newest entry's day"
    for element in root.iter():
        name = element.tag.removeprefix(ATOM)
        if name in ("updated", "published") and not MOMENT.fullmatch(element.text):
            yield f"{element.text} is no moment"
        if name == "id" and not urlsplit(element.text).scheme:
            yield f"{element.text} is no absolute address"
        if name == "link" and not element.get("href", "").startswith(URL):
            yield f"{element.get('href')} is not absolute"
        if name == "author" and not element.findtext(f"{ATOM}name"):
            yield "an author without a name"
        if name == "category" and not element.get("term"):
            yield "a category without a term"


def stands(element: Any) -> Iterator[str]:
    allowed = MAY_STAND[element.tag.removeprefix(ATOM)]
    names = [child.tag.removeprefix(ATOM) for child in element]
    yield from (f"{name} in {element.tag}" for name in names if name not in allowed)
    for name, (least, most) in allowed.items():
        if not least <= names.count(name) <= most:
            yield f"{name} is there {names.count(name)} times"


def json_faults(text: str) -> Iterator[str]:
    """What JSON Feed 1.1 would not have."""
    feed = json.loads(text)
    if feed["version"] != "https://jsonfeed.org/version/1.1" or not isinstance(feed["title"], str):
        yield "no version or no title"
    yield from (f"{key} is not absolute" for key in ("home_page_url", "feed_url") if not feed[key].startswith(URL))
    known = {"version", "title", "home_page_url", "feed_url", "description", "language", "authors", "items"}
    yield from (f"{key} is not known" for key in feed.keys() - known)
    ids = [item["id"] for item in feed["items"]]
    if len(set(ids)) != len(ids) or not all(isinstance(one, str) and one for one in ids):
        yield "an id is missing, or there twice"
    for item in feed["items"]:
        if not item["content_html"] or not item["url"].startswith(URL):
            yield "an item without content or page"
        for name in ("date_published", "date_modified"):
            if name in item and not MOMENT.fullmatch(item[name]):
                yield f"{item[name]} is no moment"
        if not all(isinstance(tag, str) for tag in item.get("tags", [])) or not item["authors"][0]["name"]:
            yield "tags or authors of another form"


def files(
    tmp_path: Path, content: Files, changes: Mapping[str, str] | None = None, *, preview: bool = False, url: str = URL
) -> dict[str, str]:
    """The files of a site published at an address."""
    built = in_memory(write(tmp_path, {**LISTS, **content}), url, preview=preview, changes=changes)
    assert not built.build.problems, report(built.build.problems, "en")
    return built.files


def items(written: Mapping[str, str], page: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(written[f"{page}feed.json"])["items"]
    return found


def titles(written: Mapping[str, str], page: str = "") -> list[str]:
    return [item["title"] for item in items(written, page)]


def moment(day: str) -> str:
    return f"{day}T12:00:00+00:00"


PERIODS = [{"period": "2013-h2", "published": "2014-11-20"}, {"period": "2014-h2", "due": "2015-01-10"}]
RECORDS: Files = {
    "periods.yml": PERIODS,
    "2013/h2/late.md": record(title="晚公开的"),
    "2014/h1/b.md": record(title="五月", date="2014-05-09", aliases=["2013-h1/first", "2013-h1/second"]),
    "2014/h1/a.md": record(title="没有日期"),
    "2014/h1/c.md": record(title="六月", date="2014-06", unit="village", topics=["organizing", "aid"]),
    "undated/h1/u.md": record(title="年份不详", topics=["activities"]),
    "2014/h2/early.md": record(title="不可见"),
    "2014/h1/draft.md": record("不可见", title="不可见", draft="true"),
    "2014/h1/gone.md": record(title="不可见", withdrawn={"date": "2014-09-01", "reason": "不可见"}),
}


def test_newest_first_by_publication_then_by_the_records_own_dates(tmp_path: Path) -> None:
    written = files(tmp_path, RECORDS)
    assert titles(written) == ["晚公开的", "六月", "五月", "没有日期", "年份不详"]
    assert titles(written, "topics/organizing/") == titles(written, "units/village/") == ["六月"]
    assert titles(written, "topics/aid/") == ["晚公开的", "六月", "五月", "没有日期"]
    assert "topics/activities/feed.xml" in written
    assert not [name for name, text in written.items() if "feed." in name and "不可见" in text]


def test_a_day_is_the_periods_and_git_tells_the_last_change_alone(tmp_path: Path) -> None:
    changes = {"content/2014/h1/b.md": "2014-07-02", "content/2013/h2/late.md": "2014-01-05"}
    days = {
        one["title"]: (one.get("date_published"), one["date_modified"])
        for one in items(files(tmp_path, RECORDS, changes))
    }
    assert days["晚公开的"] == (moment("2014-11-20"), moment("2014-11-20"))
    assert days["五月"] == (moment("2014-06-30"), moment("2014-07-02"))
    assert days["没有日期"] == (moment("2014-06-30"), moment("2014-06-30"))
    assert days["年份不详"] == (None, moment("2014-11-20"))
    undated = {"undated/h1/u.md": record(), "periods.yml": [{"period": "undated-h1", "published": "2016-01-02"}]}
    (one,) = items(files(tmp_path / "undated", undated))
    assert one["date_published"] == moment("2016-01-02")


def test_both_formats_hold_the_same_and_keep_their_rules(tmp_path: Path) -> None:
    written = files(tmp_path, RECORDS)
    pages = [name.removesuffix("feed.xml") for name in written if name.endswith("feed.xml")]
    assert len(pages) == 6
    for page in pages:
        atom, other = written[f"{page}feed.xml"], items(written, page)
        assert [*atom_faults(atom), *json_faults(written[f"{page}feed.json"])] == []
        read = feedparser.parse(atom.encode())
        assert not read.bozo and read.version == "atom10" and read.feed.language == "zh"
        assert [
            (
                one.id,
                one.link,
                one.title,
                one.author,
                one.get("published"),
                one.updated,
                [tag.label for tag in one.tags],
            )
            for one in read.entries
        ] == [
            (
                one["id"],
                one["url"],
                one["title"],
                one["authors"][0]["name"],
                one.get("date_published"),
                one["date_modified"],
                one["tags"],
            )
            for one in other
        ]
        root = etree.fromstring(atom.encode())
        contents = [entry.findtext(f"{ATOM}content") for entry in root.findall(f"{ATOM}entry")]
        assert contents == [one["content_html"] for one in other]


def test_the_rules_would_be_found_broken(tmp_path: Path) -> None:
    written = files(tmp_path, RECORDS)
    broken = (
        written["feed.xml"].replace("<published>2014-06-30T", "<published>2014-06-30 ").replace(f"{URL}2014", "../2014")
    )
    assert {"2014-06-30 12:00:00+00:00 is no moment", "../2014/h1/records/a/ is not absolute"} <= set(
        atom_faults(broken)
    )
    feed = json.loads(written["feed.json"])
    feed["items"].append(feed["items"][0])
    assert list(json_faults(json.dumps(feed))) == ["an id is missing, or there twice"]


def test_a_records_id_stays_when_it_or_the_site_moves(tmp_path: Path) -> None:
    def ids(**site: str) -> dict[str, str]:
        written = files(
            tmp_path / "".join(site.values())[:5], {**RECORDS, "site.yml": {"name": "工报", **site}}, url=URL
        )
        return {one["title"]: one["id"] for one in items(written)}

    assert ids()["五月"] == f"{URL}2013/h1/records/first/"
    assert ids()["六月"] == f"{URL}2014/h1/records/c/"
    assert ids(id="https://before.example.org/")["六月"] == "https://before.example.org/2014/h1/records/c/"
    assert ids(id="tag:example.org,2014:a")["六月"] == "tag:example.org,2014:a/2014/h1/records/c/"
    assert ids(id="本 网")["六月"] == "urn:gongbao:%E6%9C%AC%20%E7%BD%91/2014/h1/records/c/"


def test_an_entry_holds_the_page_with_absolute_links_and_nothing_of_the_frame(tmp_path: Path) -> None:
    text = """## 小标题

见[计划](../plan.md)、[小标题](#小标题)、[别处](https://other.example.org/)和![会场](图.png)，**甲**乙。

<script>alert(1)</script><p onclick="x()">原样</p>
"""
    fields = {"figures": [{"label": "户数", "value": 7, "unit": "户"}], "summary": "走访7户。"}
    waived = [{"rule": "text.unshown", "reason": "看脚本去了哪里"}]
    notice = [{"date": "2014-09-01", "text": "数字有误"}]
    written = files(
        tmp_path,
        {
            "2014/h1/visit/index.md": record(text, **fields, corrections=notice, allow=waived),
            "2014/h1/visit/图.png": PNG,
            "2014/h1/plan.md": record(kind="plan", title="打算"),
        },
    )
    (one,) = [one for one in items(written) if one["url"].endswith("/visit/")]
    tree = html.fragment_fromstring(one["content_html"], create_parent="div")
    said = " ".join(tree.text_content().split())
    for words in (
        "走访7户。",
        "小标题",
        "户数7户",
        "2014年9月1日 数字有误",
        "某镇总工会 2014年上半年",
        "，甲乙。",
        "原样",
    ):
        assert words in said, words
    assert one["title"] == "走访职工" and "走访职工" not in said and "打算" not in said
    links = {element.get("href") or element.get("src") for element in tree.iter("a", "img")}
    assert f"{URL}2014/h1/records/plan/" in links and f"{URL}2014/h1/records/visit/%E5%9B%BE.png" in links
    assert any(link.startswith(f"{URL}2014/h1/records/visit/#") for link in links)
    assert [link for link in links if not link.startswith((URL, "https://other.example.org/"))] == []
    assert not re.search(r"<(?:script|nav|h1)|onclick|class=|\x0b", one["content_html"])


def test_what_is_attached_is_an_enclosure_with_its_type_and_nothing_else_is(tmp_path: Path) -> None:
    beside = ["名单.pdf", "表.XLSX", "照片.jpg", "原件.tar.gz", "原件.wps"]
    folder = {f"2014/h1/visit/{name}": attached(name) for name in beside}
    text = "".join(f"[附件]({name})" for name in beside)
    written = files(
        tmp_path, {"2014/h1/visit/index.md": record(text), **folder, "2014/h1/bare.md": record(title="附件")}
    )
    assert list(atom_faults(written["feed.xml"])) == []
    read = {one.link: one for one in feedparser.parse(written["feed.xml"].encode()).entries}
    assert {link: [(one.rel, one.type, one.href) for one in read[link].links if one.href == link] for link in read} == {
        link: [("alternate", "text/html", link)] for link in read
    }
    visit, bare = (read[f"{URL}2014/h1/records/{slug}/"] for slug in ("visit", "bare"))
    assert {unquote(one.href).removeprefix(visit.link): one.type for one in visit.enclosures} == {
        "名单.pdf": "application/pdf",
        "表.XLSX": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "照片.jpg": "image/jpeg",
        "原件.tar.gz": "application/octet-stream",
        "原件.wps": "application/octet-stream",
    }
    assert len(visit.links) == 1 + len(beside) and bare.enclosures == [] and len(bare.links) == 1


def test_fifty_are_enough(tmp_path: Path) -> None:
    points = [{"highlight": True, "summary": "办成了。"}] * 2 + [{}] * 58
    many = {f"2014/h1/r{at}.md": record(title=f"第{at}件", **fields) for at, fields in enumerate(points)}
    written = files(tmp_path, many)
    assert len(items(written)) == len(feedparser.parse(written["feed.xml"].encode()).entries) == 50


@pytest.mark.parametrize(("url", "preview"), [("", False), (URL, True)])
def test_there_are_none_without_an_address_and_in_the_preview(url: str, preview: bool, tmp_path: Path) -> None:
    built = in_memory(write(tmp_path, {**LISTS, **RECORDS}), url, preview=preview)
    assert not [name for name in built.files if "feed" in name]
    assert not [address for address, one in built.rendered.items() if "feed." in one.html + one.head]


def test_the_order_of_files_changes_no_byte(tmp_path: Path) -> None:
    assert files(tmp_path / "one", RECORDS) == files(tmp_path / "other", dict(reversed(list(RECORDS.items()))))


def test_the_projects_own_feeds_keep_the_rules(site: Path) -> None:
    found = sorted(path.relative_to(site).as_posix() for path in site.rglob("feed.xml"))
    assert {"feed.xml", "topics/aid/feed.xml", "units/liaobu-town/feed.xml"} <= set(found)
    for name in found:
        text = (site / name).read_text(encoding="utf-8").replace("https://gongbao.example.org/", URL)
        other = (site / name).with_suffix(".json").read_text(encoding="utf-8")
        assert [*atom_faults(text), *json_faults(other.replace("https://gongbao.example.org/", URL))] == [], name
        assert not feedparser.parse(text.encode()).bozo


@pytest.mark.slow
def test_outside_validators_find_nothing_in_the_feeds(site: Path, tmp_path: Path) -> None:
    feeds = sorted(site.rglob("feed.xml"))
    assert len(feeds) > 10
    assert checkers.atom_faults(feeds) == ""
    assert [fault for path in site.rglob("feed.json") for fault in checkers.json_feed_faults(loaded(path))] == []


@pytest.mark.slow
def test_outside_validators_would_find_a_fault(site: Path, tmp_path: Path) -> None:
    broken = tmp_path / "feed.xml"
    broken.write_text((site / "feed.xml").read_text(encoding="utf-8").replace("T12:00:00", " 12:00:00"), "utf-8")
    assert "Bad character content" in checkers.atom_faults([broken])
    feed = loaded(site / "feed.json")
    del feed["items"][0]["id"]
    assert list(checkers.json_feed_faults({**feed, "author": "甲"})) == [
        "'甲' is not of type 'object'",
        "'id' is a required property",
    ]


def loaded(path: Path) -> dict[str, Any]:
    feed: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return feed
