"""Archives of every shape: what their pages are, in which order things stand on them, and how they are addressed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gongbao.reading.lists import read_lists
from gongbao.records.vocabulary import Vocabulary
from small_archives import LISTS, ONE_UNIT, PNG, archive, record

TOPICS: list[dict[str, Any]] = LISTS["topics.yml"]
LONG = "a-very-long-slug-of-just-sixty-signs-which-is-as-many-as-can"
INFERRED = {"basis": "inferred", "evidence": "文中提到奥运会", "candidates": ["2007", "2008"]}


def test_a_site_of_one_unit_has_no_units_in_its_way(tmp_path: Path) -> None:
    built = archive(tmp_path, {**ONE_UNIT, "2014/h1/visit.md": record(unit=None), "2014/h2/visit.md": record()})
    assert [record.unit for record in built.archive.records] == ["town", "town"]
    assert not [address for address in built.pages if address.startswith("units/")]
    assert not [address for address in built.pages if "某镇总工会" in built.text(address)]
    assert built.faults() == []


def test_a_site_of_one_record_has_every_kind_of_page(tmp_path: Path) -> None:
    built = archive(tmp_path, {"2014/h1/visit.md": record()})
    saying = {"", "latest/", "2014/", "2014/h1/", "2014/h1/aid/", "2014/h1/records/visit/", "topics/aid/"}
    saying |= {"units/town/", "units/town/2014-h1/"}
    assert [address for address in sorted(saying) if "走访职工" not in built.text(address)] == []
    assert {"topics/", "units/", "units/village/"} <= set(built.pages)
    assert built.faults() == []


def test_an_archive_of_which_nothing_is_published_has_a_first_page(tmp_path: Path) -> None:
    built = archive(tmp_path, {"2014/h1/visit.md": record(withdrawn={"date": "2014-09-01", "reason": "有误"})})
    assert "latest/" not in built.pages
    assert "还没有公开的记录" in built.text("")
    assert built.faults() == []


@pytest.mark.parametrize("slug", ["游泳比赛", "fête-du-muguet", "Ärzte", LONG])
def test_slugs_of_any_script_and_length_are_addresses(tmp_path: Path, slug: str) -> None:
    assert len(LONG) == 60
    plan = record(kind="plan", commitments=[{"id": slug, "text": "办比赛", "due": "2014-h2"}])
    shown = record("![赛场](图.png)")
    files = {f"2014/h1/{slug}.md": plan, f"2014/h2/{slug}/index.md": shown, "2014/h1/b.md": record()}
    built = archive(tmp_path, {**files, f"2014/h2/{slug}/图.png": PNG})
    address = f"2014/h1/records/{slug}/"
    assert built.read[address].ids.count(f"gb-c-{slug}") == 1, "the commitment is where its links lead"
    assert f"gb-r-{slug}" in built.read["2014/h1/aid/"].ids
    for page in ("2014/h1/", "2014/h1/aid/", "units/town/2014-h1/", "topics/aid/", "2014/h1/records/b/"):
        assert address in built.leads_from(page)
    assert built.faults() == []


def test_slugs_and_anchors_that_are_words_of_ours_do_not_clash(tmp_path: Path) -> None:
    figures = [{"label": "人数", "value": 3, "unit": "人"}]
    commitments = [{"id": "计划事项", "text": "办比赛", "due": "2014-h2"}]
    text = "## 数据\n\n三人。\n\n## 计划事项\n\n办比赛。\n\n## title\n\n完。\n"
    plan = record(text, kind="plan", figures=figures, commitments=commitments)
    files = {"2014/h1/要点.md": record(), "2014/h1/plan.md": plan, "2014/h1/也涉及这个主题.md": plan}
    built = archive(tmp_path, files, warned={"copy.record"})
    assert built.faults() == []


def test_titles_are_escaped_once_everywhere(tmp_path: Path) -> None:
    title = """“引”与"quotes"、'single' & <b>粗</b> 😀"""
    fields = {"title": title, "summary": title, "figures": [{"label": title, "value": 1, "unit": "家", "doubt": title}]}
    plan = record(title=title, kind="plan", commitments=[{"id": "x", "text": title, "due": "2014-h2"}])
    files = {"2014/h1/a.md": record(**fields), "2014/h1/plan.md": plan, "2014/h2/a.md": record(**fields)}
    files["2014/h1/gone.md"] = record(title=title, withdrawn={"date": "2014-09-01", "reason": title})
    units = [{"slug": "town", "title": title}, {"slug": "village", "title": title}]
    topics = [{"slug": "aid", "title": title, "description": title}]
    lists = {"site.yml": {"name": title}, "units.yml": units, "topics.yml": topics}
    built = archive(tmp_path, {**files, **lists}, warned={"form.title"})
    for address, html in built.pages.items():
        assert title in built.text(address) or "没有这样的计划" in html, address
        assert not [page for page in ("&amp;amp;", "&amp;lt;", "&amp;#", "<b>粗") if page in html], address
    for rendered in built.rendered.values():
        assert not [
            heading.title for heading in rendered.headings if "&amp;" in heading.title or "&lt;" in heading.title
        ]


def test_headings_say_the_title_alone(tmp_path: Path) -> None:
    built = archive(tmp_path, {"2014/h1/plan.md": record(title="下半年打算", kind="plan")})
    headings = built.rendered["2014/h1/aid/"].headings
    assert [heading.title for heading in headings if heading.level > 1] == ["下半年打算"]


def test_topics_stand_in_the_order_of_the_word_list_and_empty_ones_are_left_out(tmp_path: Path) -> None:
    topics = [{"slug": f"t{at}", "title": f"主题{at}"} for at in (7, 3, 11, *range(20, 40))]
    used = [topic["slug"] for topic in topics if topic["slug"] != "t3"][:20]
    files = {f"2014/h1/{slug}-work.md": record(topics=[slug]) for slug in reversed(used)}
    built = archive(tmp_path, {**files, "topics.yml": topics}, warned={"form.highlights"})
    titles = [topic["title"] for topic in topics if topic["slug"] in used]
    assert len(titles) == 20
    assert built.texts_of("2014/h1/", "h3") == titles
    assert [one for one in built.texts_of("units/town/2014-h1/", "h2") if one != "要点"] == titles
    assert [title for title in built.texts_of("topics/", "a") if title.startswith("主题")] == titles
    assert not [address for address in built.pages if "t3/" in address or "主题3 " in f"{built.text(address)} "]


def test_a_half_with_nothing_but_an_overview(tmp_path: Path) -> None:
    built = archive(
        tmp_path, {"2014/h1/whole.md": record("上半年平稳。", title="上半年总述", kind="overview", topics=None)}
    )
    assert "上半年总述" in built.text("2014/h1/")
    assert "上半年平稳。" in built.text("units/town/2014-h1/")
    assert not [address for address in built.pages if address.startswith("topics/") and address != "topics/"]
    assert built.faults() == []


def test_an_archive_without_any_known_year(tmp_path: Path) -> None:
    built = archive(tmp_path, {"undated/h1/a.md": record(date="20XX-03"), "undated/year/b.md": record()})
    assert {"undated/", "undated/h1/", "undated/year/", "undated/h1/records/a/", "latest/"} <= set(built.pages)
    assert "年份不详" in built.text("undated/h1/")
    assert "上一期" not in built.text("undated/year/") + built.text("undated/h1/")
    assert built.faults() == []


def test_the_latest_page_is_the_newest_dated_bulletin(tmp_path: Path) -> None:
    periods = ["2013/h2", "2014/h1", "2013/year", "undated/year"]
    built = archive(tmp_path, {f"{period}/a.md": record(title=f"走访 {period}") for period in periods})
    latest = next(page for page in built.edition.pages if page.address == "latest/")
    assert latest.canonical == "2014/h1/"
    assert built.texts_of("latest/", "h1") == ["2014年上半年工作公报"]
    assert "走访 2014/h1" in built.text("latest/") and "走访 2014/h1" in built.text("")


def test_a_whole_year_comes_after_its_halves(tmp_path: Path) -> None:
    periods = ["2013/h2", "2014/h1", "2014/h2", "2014/year", "undated/h1"]
    built = archive(tmp_path, {f"{period}/a.md": record() for period in periods})
    assert built.texts_of("2014/", "h2") == ["上半年", "下半年", "全年"]
    assert built.texts_of("2014/h2/", "nav")[-1] == "← 上一期2014年上半年下一期 →2014年全年"
    assert built.texts_of("2014/year/", "nav")[-1] == "← 上一期2014年下半年"
    assert built.texts_of("2013/h2/", "nav")[-1] == "下一期 →2014年上半年"


def test_the_records_before_and_after_in_a_topic_go_through_all_periods(tmp_path: Path) -> None:
    places = ["undated/h1/old", "2013/h2/b", "2014/h1/a", "2014/h1/c", "2014/year/z"]
    files = {f"{place}.md": record(title=place) for place in places}
    other = {"2014/h1/b.md": record(title="另一主题", topics=["activities", "aid"])}
    built = archive(tmp_path, files | other)
    expected = zip([None, *places], places, [*places[1:], None], strict=False)
    for before, place, after in expected:
        folder, _, slug = place.rpartition("/")
        turn = (f"← 同主题上一条{before}" if before else "") + (f"同主题下一条 →{after}" if after else "")
        assert built.texts_of(f"{folder}/records/{slug}/", "nav")[1:] == [turn]


def test_an_inferred_date_shows_its_mark_and_evidence(tmp_path: Path) -> None:
    stated = {"basis": "stated"}
    files = {"2008/h1/a.md": record(dating=INFERRED), "2009/h1/b.md": record(dating=stated), "2010/h1/c.md": record()}
    built = archive(tmp_path, files)
    page = built.text("2008/h1/records/a/")
    assert "年份推定" in page and "文中提到奥运会（可能是 2007 或 2008）" in page
    assert "年份推定" in built.text("2008/h1/") and "年份推定" in built.text("units/town/2008-h1/")
    assert [
        address for address in built.pages if address[:4] in ("2009", "2010") and "推定" in built.text(address)
    ] == []


def test_aliases_are_pages_that_lead_on(tmp_path: Path) -> None:
    files = {"2014/h1/visit.md": record(title="走访", aliases=["2013-h2/旧名", "2014-H1/old"])}
    built = archive(tmp_path, files)
    for alias in ("2013/h2/records/旧名/", "2014/h1/records/old/"):
        assert built.leads_from(alias) == {"2014/h1/records/visit/"}
        refresh = next(attributes for tag, attributes in built.read[alias].tags if attributes.get("http-equiv"))
        assert refresh["content"].startswith("0; url=../")
        assert "走访" in built.text(alias)
    assert built.faults() == []


def test_lists_name_each_others_entries_by_alias_or_in_any_case() -> None:
    def lists(unit: str, topic: str) -> Vocabulary:
        found, problems = read_lists(
            {
                "site.yml": b"name: a\n",
                "topics.yml": "- {slug: aid, title: 帮扶救助, aliases: [帮扶]}\n".encode(),
                "units.yml": "- {slug: town, title: 某镇总工会, aliases: [镇总]}\n"
                f"- {{slug: village, title: 某村工会, parent: {unit}}}\n".encode(),
                "indicators.yml": f"- {{slug: visits, title: 走访, unit: 户, topic: {topic}}}\n".encode(),
                "periods.yml": f"- {{period: 2014-h1, unit: {unit}, due: 2014-07-10}}\n".encode(),
                "sites.yml": f"- {{id: town, unit: {unit}, where: {{path: ../town}}}}\n".encode(),
            },
            "content",
        )
        assert not problems
        return replace(found, digest=b"")

    assert lists("镇总", "帮扶") == lists("TOWN", "AID") == lists("town", "aid")
    assert [unit.slug for unit in lists("镇总", "帮扶").children("town")] == ["village"]


def test_an_annex_stands_behind_everything_else_with_its_title(tmp_path: Path) -> None:
    files = {
        "2014/h1/a.md": record("总的情况。", kind="overview", topics=None, title="总述上半年", order=1),
        "2014/h1/b.md": record("走访。", order=2),
        "2014/h1/c.md": record("下一步。", kind="plan", title="下半年打算", order=3),
        "2014/h1/d.md": record(
            "| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |\n", kind="overview", topics=None, title="附表：资金", order=4
        ),
    }
    said = archive(tmp_path, files).text("units/town/2014-h1/")
    places = [said.index(words) for words in ("总的情况。", "走访。", "下一步。", "附记", "附表：资金")]
    assert places == sorted(places)
