"""What chat programs and search engines find: heads, pictures, structured data, sitemap, robots."""

from __future__ import annotations

import json
import re
from dataclasses import replace as changed
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from PIL import Image

from commands import BUILD, STRICT, replace, succeed
from gongbao.pages.page import Page
from gongbao.publishing.pictures import Font, draw_page, find_font
from small_archives import LISTS, Built, Files, Read, in_memory, record, write

URL = "https://site.example.org/"
FIGURES = [{"indicator": "visits", "value": 7, "unit": "户"}]
FILES: Files = {
    **LISTS,
    "site.yml": {"name": "工报", "issuer": "某区总工会", "licence": "https://licence.example.org/"},
    "indicators.yml": [{"slug": "visits", "title": "走访户数", "unit": "户", "definition": "上门的户数"}],
    "periods.yml": [{"period": "2014-h1", "published": "2014-07-20", "number": "总第12期"}],
    "2014/h1/a.md": record(title="甲</script><b>", summary="一句“话”。", figures=FIGURES, highlight="true"),
    "2014/h2/b.md": record(title="乙"),
    "undated/h1/u.md": record(title="丙", unit="village"),
    "2014/h1/gone.md": record(title="撤回的", withdrawn={"date": "2014-09-01", "reason": "有误"}),
}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Built:
    project = write(tmp_path_factory.mktemp("sharing"), FILES)
    return in_memory(project, URL, changes={"content/2014/h1/a.md": "2014-08-09"})


def page(site: Built, address: str) -> Page:
    return next(one for one in site.edition.pages if one.address == address)


def tags(site: Built, address: str) -> dict[str, str]:
    """The properties that a page's head states."""
    read = Read.of(address, site.rendered[address].head)
    metas = [attributes for tag, attributes in read.tags if tag == "meta"]
    return {one.get("property") or one["name"]: one["content"] for one in metas}


def stated(site: Built, address: str) -> dict[str, Any]:
    """What a page says in the words of schema.org."""
    said = re.findall(r'<script type="application/ld\+json">(.*?)</script>', site.rendered[address].head, re.DOTALL)
    found: dict[str, Any] = json.loads(said[0]) if said else {}
    return found


def test_a_page_says_what_it_is_and_shows_its_period(published: Built) -> None:
    assert tags(published, "2014/h1/records/a/") == {
        "og:type": "article",
        "og:title": "甲</script><b>",
        "og:description": "一句“话”。",
        "og:site_name": "工报",
        "og:locale": "zh_CN",
        "og:url": f"{URL}2014/h1/records/a/",
        "og:image": f"{URL}2014/h1/card.png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "2014年上半年工作公报：主要数据",
        "twitter:card": "summary_large_image",
    }
    assert tags(published, "latest/")["og:url"] == f"{URL}2014/h2/"
    shown = {
        address: tags(published, address)["og:image"]
        for address in ("2014/h1/aid/", "units/town/2014-h1/", "", "topics/")
    }
    assert list(shown.values()) == [f"{URL}2014/h1/card.png"] * 2 + [f"{URL}2014/h2/card.png"] * 2
    assert [address for address in published.pages if not tags(published, address)["og:description"]] == []


def test_a_unit_says_how_much_it_has_and_from_when_to_when(published: Built) -> None:
    said = {unit: tags(published, f"units/{unit}/")["og:description"] for unit in ("town", "village")}
    assert said["town"] == "某镇总工会的工作公报：2014年上半年至2014年下半年，记录 2 条。多为帮扶救助。"
    assert said["village"].endswith("：年份不详，记录 1 条。多为帮扶救助。")


def test_reports_and_datasets_are_stated(published: Built) -> None:
    one = stated(published, "2014/h1/records/a/")
    assert (one["@context"], one["@type"], one["headline"]) == ("https://schema.org", "Report", "甲</script><b>")
    assert (one["datePublished"], one["dateModified"]) == ("2014-07-20", "2014-08-09")
    assert (one["author"]["name"], one["publisher"]["name"]) == ("某镇总工会", "某区总工会")
    assert one["isPartOf"]["url"] == f"{URL}2014/h1/" and one["temporalCoverage"] == "2014-01-01/2014-06-30"
    whole, own = stated(published, "2014/h1/"), stated(published, "units/town/2014-h1/")
    assert (whole["reportNumber"], whole["author"]["name"]) == ("总第12期", "某区总工会")
    assert "reportNumber" not in own and own["author"]["name"] == "某镇总工会"
    assert stated(published, "latest/")["url"] == f"{URL}2014/h2/"
    undated = stated(published, "undated/h1/records/u/")
    assert not {"datePublished", "dateModified", "temporalCoverage"} & set(undated)
    data, visits = stated(published, "data/"), stated(published, "figures/visits/")
    assert {data["@type"], visits["@type"]} == {"Dataset"}
    assert data["license"] == "https://licence.example.org/" and data["temporalCoverage"] == "2014-01-01/2014-12-31"
    files = {one["contentUrl"].removeprefix(URL) for one in data["distribution"]}
    assert files <= set(published.files) and "data/figures.csv" in files
    assert visits["variableMeasured"]["unitText"] == "户"
    assert not stated(published, "2014/h1/records/gone/") and not stated(published, "topics/")


def test_feeds_are_named_in_the_heads_of_their_pages(published: Built) -> None:
    for address in ("", "topics/aid/", "units/village/"):
        links = Read.of(address, published.rendered[address].head).links
        assert links == [f"{URL}{address}feed.xml", f"{URL}{address}feed.json"]
        assert {urlsplit(link).path.removeprefix("/") for link in links} <= set(published.files)
        assert 'href="feed.xml"' in published.rendered[address].html
    assert "feed.xml" not in published.rendered["2014/h1/"].head


def test_a_picture_of_each_period_the_same_each_time(published: Built) -> None:
    assert list(published.made("pictures")) == ["undated/h1/card.png", "2014/h1/card.png", "2014/h2/card.png"]
    for data in published.made("pictures").values():
        with Image.open(BytesIO(data)) as image:
            assert (image.format, image.size) == ("PNG", (1200, 630))
            assert len(image.getcolors(256) or ()) > 20
        assert len(data) < 60_000
    assert len(set(published.made("pictures").values())) == 3
    bulletin, font = page(published, "2014/h1/"), find_font()
    assert font
    assert draw_page(bulletin, published.edition.publishing, font) == published.made("pictures")["2014/h1/card.png"]
    with pytest.raises(OSError, match="cannot open"):
        draw_page(bulletin, published.edition.publishing, Font("/no/such/font.ttc"))


def test_a_title_too_long_for_its_picture_is_cut(published: Built) -> None:
    bulletin = page(published, "2014/h1/")
    font = find_font()
    assert font
    drawn = [
        draw_page(changed(bulletin, title="长" * many), published.edition.publishing, font) for many in (16, 60, 61, 62)
    ]
    assert drawn[0] != drawn[1] and drawn[1] == drawn[2] == drawn[3]


@pytest.mark.parametrize(("url", "preview"), [("", False), (URL, True)])
def test_without_an_address_and_in_the_preview_nothing_absolute_is_said(
    url: str, preview: bool, tmp_path: Path
) -> None:
    site = in_memory(write(tmp_path, FILES), url, preview=preview)
    assert not site.outputs["pictures"].names and "robots.txt" not in site.files
    assert [address for address, one in site.rendered.items() if URL in one.head or "ld+json" in one.head] == []
    assert tags(site, "2014/h1/")["og:title"] == "2014年上半年工作公报"


@pytest.mark.parametrize("url", [URL, URL[:-1], f"{URL}below/"])
def test_robots_txt_is_there_where_robots_ask_for_it(url: str, tmp_path: Path) -> None:
    site = in_memory(write(tmp_path, FILES), url)
    expected = None if "below" in url else f"User-agent: *\nAllow: /\n\nSitemap: {URL}sitemap.xml\n"
    assert site.files.get("robots.txt") == expected


def test_every_page_of_the_project_has_a_title_a_description_and_its_own_address(site: Path) -> None:
    pages = {
        path.parent.relative_to(site).as_posix(): path.read_text(encoding="utf-8")
        for path in site.rglob("index.html")
        if "versions" not in path.parts  # what was published before is for those who cite it
    }
    addresses = set()
    for address, text in pages.items():
        head = text.partition("</head>")[0]
        read = Read.of("", head.partition("<head>")[2].replace("<noscript>", "").replace("</noscript>", ""))
        said = {one.get("name") or one.get("property"): one.get("content") for tag, one in read.tags if tag == "meta"}
        assert said["description"] == said["og:description"] and said["description"], address
        assert said["og:title"] and re.search("<title>[^<]+</title>", head), address
        canonical = [one["href"] for tag, one in read.tags if tag == "link" and one.get("rel") == "canonical"]
        assert canonical == [said["og:url"]], address
        addresses.add(canonical[0])
        if image := said.get("og:image"):
            assert (site / urlsplit(str(image)).path.removeprefix("/")).is_file()
    sitemap = ElementTree.parse(site / "sitemap.xml").getroot()
    listed = [one.findtext("{*}loc") for one in sitemap]
    assert set(listed) == addresses and len(listed) == len(addresses) == len(pages) - 1  # /latest/ repeats a bulletin
    missing = (site / "404.html").read_text(encoding="utf-8")
    assert "<title>没有这一页 - 工报</title>" in missing and '<meta name="robots" content="noindex">' in missing


def test_what_a_site_brings_of_its_own_goes_before(small: Path) -> None:
    (small / "docs/robots.txt").write_text("User-agent: *\nDisallow: /\n", encoding="utf-8")
    text = "---\ndescription: 自己写的\n---\n\n# 题\n\n第一段。\n"
    (small / "docs/own.md").write_text(text, encoding="utf-8")
    about = f"# 关于\n\n!!! note\n    注意。\n\n- 一项\n\n见[**本站**](own.md)的`说明`，{'很长' * 80}。\n"
    (small / "docs/about.md").write_text(about, encoding="utf-8")
    replace(small / "content/site.yml", "language: zh", "language: zh\nissuer: 某区总工会")

    succeed(small, *BUILD, STRICT, GONGBAO_SITE_URL=URL, GIT_CEILING_DIRECTORIES=str(small.parent))

    assert "Disallow" in (small / "site/robots.txt").read_text(encoding="utf-8")
    heads = {name: (small / "site" / name / "index.html").read_text(encoding="utf-8") for name in ("own", "about")}
    assert '<meta name="description" content="自己写的">' in heads["own"]
    assert '<meta property="og:description" content="自己写的">' in heads["own"]
    assert '<meta property="og:title" content="题">' in heads["own"]
    (described,) = re.findall('<meta name="description" content="([^"]*)">', heads["about"])
    assert described.startswith("见本站的说明，很长") and len(described) == 120 and described.endswith("…")
    sitemap = (small / "site/sitemap.xml").read_text(encoding="utf-8")
    assert "<loc>" in sitemap and "<lastmod>" not in sitemap  # where git knows nothing, no day is made up
