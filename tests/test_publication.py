"""What is not for readers: drafts, periods not yet published, records taken back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gongbao.building import build
from small_archives import LISTS, PNG, Built, archive, in_memory, record, write

SECRET = "草鱼塘"  # stands in the title, the summary, the text and the figures of the record that must not be seen
HELD_BACK = [{"period": "2014-h2", "due": "2015-01-10"}]
PUBLISHED = [{"period": "2014-h2", "published": "2015-01-20"}]
DRAFT_BANNER = "草稿：只在预览里看得见，不会发布。"
PERIOD_BANNER = "这一期还没有发布，只在预览里看得见。"


def secret(**fields: object) -> str:
    figures = [{"label": SECRET, "value": 7, "unit": "人"}]
    merged = {"title": SECRET, "summary": SECRET, "highlight": "true", "figures": figures} | fields
    return record(f"{SECRET}的事。\n", **merged)


def seen_on(built: Built) -> list[str]:
    """The addresses of the pages that say it, in text or in an attribute."""
    return [address for address, html in built.pages.items() if SECRET in html or "records/hidden" in html]


OTHERS = {"2014/h1/b.md": record(), "2014/h2/c.md": record(title="另一条", topics=["activities"])}


def test_a_draft_is_seen_in_the_preview_alone_with_its_banner(tmp_path: Path) -> None:
    files = {**OTHERS, "2014/h1/hidden.md": secret(draft="true", aliases=["2013-h1/hidden"])}
    assert seen_on(archive(tmp_path, files)) == []
    preview = archive(tmp_path, files, preview=True)
    assert DRAFT_BANNER in preview.text("2014/h1/records/hidden/")
    assert f"{SECRET}草稿" in preview.text("2014/h1/")
    assert DRAFT_BANNER not in preview.text("2014/h1/records/b/")
    assert preview.faults() == []


def test_drafts_leave_no_trace_in_topics_units_and_periods(tmp_path: Path) -> None:
    draft = secret(draft="true", topics=["organizing"], unit="village")
    built = archive(tmp_path, {**OTHERS, "2015/h1/hidden.md": draft})
    without = archive(tmp_path / "without", OTHERS)
    assert built.pages == without.pages


def test_an_outcome_in_a_draft_does_not_count(tmp_path: Path) -> None:
    plan = record(kind="plan", commitments=[{"id": "x", "text": "办比赛", "due": "2014-h2"}])
    outcome = secret(draft="true", outcomes=[{"commitment": "2014-h1/plan#x", "status": "done"}])
    built = archive(tmp_path, {**OTHERS, "2014/h1/plan.md": plan, "2014/h2/hidden.md": outcome})
    assert "未到期" in built.text("2014/h1/records/plan/")
    assert seen_on(built) == []


def test_a_period_not_yet_published_is_seen_in_the_preview_alone(tmp_path: Path) -> None:
    files = {**OTHERS, "2014/h2/hidden.md": secret(), "periods.yml": HELD_BACK}
    built = archive(tmp_path, files)
    assert seen_on(built) == []
    assert not [address for address in built.pages if "h2" in address or "另一条" in built.text(address)]
    assert "2014年上半年工作公报" in built.text("latest/")
    preview = archive(tmp_path, files, preview=True)
    for address in ("2014/h2/", "2014/h2/records/hidden/", "units/town/2014-h2/", "latest/"):
        assert PERIOD_BANNER in preview.text(address)
    assert PERIOD_BANNER not in preview.text("2014/h1/")


def test_a_published_period_has_no_banner(tmp_path: Path) -> None:
    files = {**OTHERS, "2014/h2/hidden.md": secret(), "periods.yml": PUBLISHED}
    for preview in (False, True):
        built = archive(tmp_path, files, preview=preview)
        assert "2014/h2/records/hidden/" in seen_on(built)
        assert not [address for address in built.pages if PERIOD_BANNER in built.text(address)]


def test_a_withdrawn_record_is_a_tombstone_and_nothing_else(tmp_path: Path) -> None:
    withdrawn = {"date": "2014-09-01", "reason": "数字有误，另行发布"}
    commitments = [{"id": "x", "text": SECRET, "due": "2014-h2"}]
    corrections = [{"date": "2014-08-01", "text": SECRET}]
    gone = record(
        f"{SECRET}。![](map.png)",
        title="撤回的记录",
        **{"summary": SECRET, "topics": ["organizing"], "highlight": "true", "kind": "plan", "withdrawn": withdrawn},
        commitments=commitments,
        corrections=corrections,
    )
    folder = {"2014/h1/hidden/index.md": gone, "2014/h1/hidden/map.png": PNG}
    built = archive(tmp_path, {**OTHERS, **folder})
    tombstone = built.text("2014/h1/records/hidden/")
    assert "撤回的记录 这条记录已经撤回 撤回日期 2014年9月1日 原因：数字有误，另行发布" in tombstone
    assert SECRET not in " ".join(built.pages.values())
    told = [address for address in built.pages if "撤回的记录" in built.text(address)]
    assert told == ["", "2014/h1/records/hidden/", "corrections/"]  # home: what changed lately
    assert dict(built.edition.attachments) == {}
    assert "topics/organizing/" not in built.pages
    assert built.faults() == []
    again = archive(tmp_path, {**OTHERS, **folder}, preview=True)
    assert again.pages["2014/h1/"] == built.pages["2014/h1/"]


def test_the_former_address_of_a_withdrawn_record_leads_to_its_tombstone(tmp_path: Path) -> None:
    withdrawn = {"date": "2014-09-01", "reason": "有误"}
    built = archive(tmp_path, {**OTHERS, "2014/h1/gone.md": record(withdrawn=withdrawn, aliases=["2014-h1/before"])})
    assert built.leads_from("2014/h1/records/before/") == {"2014/h1/records/gone/"}


@pytest.mark.parametrize("withdrawn", [False, True])
def test_a_period_of_withdrawn_records_only(tmp_path: Path, withdrawn: bool) -> None:
    fields = {"withdrawn": {"date": "2014-09-01", "reason": "有误"}} if withdrawn else {}
    built = archive(tmp_path, {"2014/h1/b.md": record(), "2014/h2/only.md": record(**fields)})
    assert ("2014/h2/" in built.pages) is not withdrawn
    assert "2014/h2/records/only/" in built.pages
    assert built.faults() == []


def test_a_link_to_a_record_that_is_not_seen_is_told_or_left_out(tmp_path: Path) -> None:
    files = {**LISTS, "2014/h1/b.md": record("见[草稿](hidden.md)。"), "2014/h1/hidden.md": secret(draft="true")}
    built = build(write(tmp_path, files))
    assert built.problems or (built.edition and Built(built, built.edition).faults() == [])


WAYS = (
    *("[草稿](hidden.md)", "[草稿](<hidden.md> '题')", "[草稿](../h1/hidden.md#x)", "[草稿](/2014/h1/records/hidden/)"),
    *("[草稿](/2014/h1/records/hidden/#gb-c-x)", "[草稿](/2014/h1/records/hidden/a.pdf)", "![草稿](hidden/a.png)"),
    *("<a href='hidden.md'>草稿</a>", "<A class=x HREF=hidden.md>草稿</A>", "[草稿](%68idden.md)"),
)


def test_no_output_tells_the_address_of_a_draft(tmp_path: Path) -> None:
    outcome = {"commitment": "2014-h1/hidden#x", "status": "done"}
    plan = secret(draft="true", kind="plan", commitments=[{"id": "x", "text": "打算", "due": "2014-h2"}])
    folder: dict[str, str | bytes] = {"index.md": plan, "a.png": PNG, "a.pdf": b"%PDF-"}
    files = {f"2014/h1/hidden/{name}": content for name, content in folder.items()}
    files["2014/h1/b.md"] = record("\n\n".join(WAYS), outcomes=[outcome])
    built = in_memory(write(tmp_path, {**LISTS, **files}), "https://site.example.org/")
    written = {**built.pages, **{name: text for name, text in built.files.items() if not name.endswith(".txt")}}
    for name, text in written.items():
        assert not re.search("hidden/|hidden.md|h1/hidden", text.replace("%68", "h")), name
    assert "草稿" in built.text("2014/h1/records/b/")
    assert '"outcomes": [{"status": "done"}]' in built.files["data/records.json"]
