"""The search: what a match is, that just the matches are found, and how readers meet it."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect

from commands import BUILD, PROJECT, STRICT, files_of, run, succeed
from gongbao.archive import addresses
from gongbao.archive.filing import Archive, publish
from gongbao.project import read
from gongbao.search import index, index_files
from gongbao.search.mirror import mirrored, searched_texts
from gongbao.search.volumes import VOLUME
from gongbao.search.words import common_in, is_chinese, key, keys, words_of
from gongbao.text import prose
from gongbao.text.fills import filled
from gongbao.text.stripped import plain_text
from serving import served
from small_archives import Read, archive, dump, record
from test_site import watch

SAMPLES = {
    "发放5.1服务卡，共１２.２万元": "发 放 5.1 服 务 卡 共 12.2 万 元",
    "“6+1”机制、QC小组（Ｑｃ）": "6+1 机 制 qc 小 组 qc",
    "1,317.31万元；4、5月；12，345": "1317.31 万 元 4 5 月 12 345",
    "总 工\n会——“党建”㈱①": "总 工 会 党 建 株 1",
    "It's STRASSE/Straße 5G·A4 v1.2.": "it s strasse strasse 5g a4 v1.2",
    "のカﾌﾟ한국 Ελλάς 90%以上": "の カ プ 한 국 ελλάσ 90 以 上",
    "2014.5.1至2014-05-09": "2014.5.1 至 2014 05 09",
    "1.+2..3 +5 5+": "1 2 3 5 5",
    "𠮷野家〇三々": "𠮷 野 家 〇 三 々",
    "①20名职工；⑵3家⒈15个": "1 20 名 职 工 2 3 家 1 15 个",
    "1500㎡、50㎏": "1500 m2 50 kg",
    "二○○四年○月，○ 走访": "二 〇 〇 四 年 月 走 访",
    "法国cafe\u0301咖啡，ｶﾞﾗｽ": "法 国 café 咖 啡 ガ ラ ス",
}


# ---- what a match is ----


@pytest.mark.parametrize("text", SAMPLES)
def test_the_words_of_a_text(text: str) -> None:
    assert " ".join(words_of(text)) == SAMPLES[text]


def strange_texts() -> list[str]:
    """Each sign of the first planes in a text of its own, by fifties, and random rows of signs that meddle."""
    assigned = (chr(code) for code in range(0x30000) if unicodedata.category(chr(code))[0] not in "C")
    signs = [sign for sign in assigned if not "\u4e10" < sign < "\u9f00" and not "\uac10" < sign < "\ud700"]
    signs = [sign for sign in signs if sign < "\U00020010"]
    rows = ["，".join(signs[at : at + 50]) for at in range(0, len(signs), 50)]
    draw = random.Random(7)
    meddling = "总工会の가é\u0301ßİΣς012,.+－，、．０１㎡㈱ﬁ½ 　\n~|`!z_aZ𠮷"
    return [*SAMPLES, *rows, *("".join(draw.choices(meddling, k=12)) for _ in range(2000))]


COMMON = "总的工𠮷"


@pytest.mark.browser
def test_browser_and_program_agree_on_words_and_keys(address: str, page: Page) -> None:
    page.goto(address)
    samples = strange_texts()
    assert len(samples) > 2500
    theirs = page.evaluate(
        """async ([module, texts, common]) => {
            const { hits, keys, words } = await import(module);
            return texts.map((text) => {
                const row = words(text);
                return [row, keys(row, new Set(common)), !row.length || hits(text, [row]).length === 1];
            });
        }""",
        [f"{address}assets/gongbao-words.js", samples, COMMON],
    )
    for text, (their_words, their_keys, is_found_in_itself) in zip(samples, theirs, strict=True):
        assert words_of(text) == their_words, text
        assert asked(text, COMMON) == their_keys, text
        assert is_found_in_itself, text


def asked(text: str, common: str) -> list[str]:
    """What is asked for: the keys of a text, less those at either end that the one beside them has in it."""
    row, found = words_of(text), keys(text, common).split()
    if len(row) < 2:
        return [*map(key, row)]
    joined = [one in common or other in common for one, other in pairwise(row)]
    return found[joined[0] and row[0] not in common : len(found) - (joined[-1] and row[-1] not in common)]


# Few letters, so that rows meet.
ROWS = st.lists(st.sampled_from(["的", "工", "会", "5", "qc"]), max_size=9)


@given(ROWS, ROWS.filter(lambda row: len(row) > 1), st.sets(st.sampled_from(["的", "工"])))
def test_the_keys_of_a_phrase_stand_in_a_text_just_where_it_does(
    text: list[str], row: list[str], common: set[str]
) -> None:
    letters = "".join(common)
    wanted = asked(" ".join(row), letters)
    assert wanted
    assert standing(wanted, keys(" ".join(text), letters).split()) == standing(row, text)


def test_common_letters_are_words_of_a_text_in_any_writing() -> None:
    for text in (*strange_texts(), "㈲限", "\uf90a额", "㊒", "了\uf9ba"):
        assert common_in("有金了工", text) == sorted({*words_of(text)} & {*"有金了工"}), text


def standing(part: list[str], whole: list[str]) -> int:
    return sum(whole[at : at + len(part)] == part for at in range(len(whole)))


def test_pagefind_is_given_keys_that_it_does_not_change() -> None:
    """It takes away what is no letter or digit, splits words where their case changes, and Chinese by a dictionary."""
    for text in strange_texts():
        for one in keys(text, COMMON).split():
            assert re.fullmatch("[a-z]+", one) or (len(one) == 1 and is_chinese(one)), one


MARKDOWN = (
    "规格5*3米，`a*b`、``c`d``，<b>5</b>6，5\\*7，**8**9\n",
    "<table><tr><td>511</td><td>622</td></tr></table>\n\n2004<br>2005，5G<br>6G\n",
    "主要做法：\n1. 走访\n2. 慰问\n\n`<b>x</b>`，![看不见的](a.png)\n",
    '<span title="a>b">甲</span>乙<!-- 丙 -->\n\n# 丁 5\n- 6\n- 7\n\n| 1 | 2 |\n| --- | --- |\n| 3 | 4 |\n',
    '# 一级\n\n正文**加粗**和*斜体*，[链接](../a.md "题")，![图](a_b.png)，`代码`。\n\n1. 甲\n2. 乙\n\n- 丙\n',
    "| 地点 | 数量 |\n| --- | ---: |\n| 西山 | 17 |\n\n> 引用\n> 两行\n\n---\n\n```\n原样 5\n```\n",
    "第一行\n第二行\n\n　　缩进的一段<b>粗</b> &amp; 12.2 <https://example.org/x>\n\n#1 不是标题\n\n[注]: 也是正文\n",
)


@pytest.mark.parametrize("sample", MARKDOWN)
def test_a_text_without_its_signs_has_the_words_that_are_seen(sample: str) -> None:
    assert words_of(plain_text(sample)) == words_of(seen(sample))


def test_so_have_the_texts_of_the_seed() -> None:
    archive = published(PROJECT)
    for one in archive.records:
        text = filled(one, archive.vocabulary)
        assert words_of(plain_text(text)) == words_of(seen(text)), one.path
        assert not re.search(r"[\u4e00-\u9fff]\s+[\u4e00-\u9fff]", plain_text(text)), one.path


PIECES = ("1. ", "- ", "# ", "**", "3*2", "| --- |", "<b>", "<br>", "<td>")
SIGNS = st.sampled_from([*"甲乙5x*_`|#-<>&~[]\\\u3000 \n", *PIECES])
ENDS = "<br>|</?(?:p|h[1-6]|li|ul|ol|td|th|tr|table|pre|blockquote|hr)\\b"


@given(st.lists(SIGNS, max_size=25).map("".join))
def test_so_has_any_text(text: str) -> None:
    assert words_of(plain_text(text)) == words_of(seen(text))


def seen(text: str) -> str:
    html = prose.render(text, lambda link: link)
    return Read.of("", re.sub(ENDS, r"。\g<0>", html)).text


@cache
def published(project: Path) -> Archive:
    content = read(project)
    return publish(content.records, content.vocabulary, preview=False)


# ---- what is searched ----


def test_what_nobody_may_see_is_in_no_index_and_no_data(tmp_path: Path) -> None:
    hidden = "不可见的词"
    built = archive(
        tmp_path,
        {
            "2014/h1/seen.md": record("看得见的词。"),
            "2014/h1/draft.md": record(hidden, draft="true"),
            "2014/h1/withdrawn.md": record(hidden, withdrawn={"date": "2014-08-01", "reason": "有误"}),
            "2014/h2/unseen.md": record(hidden),
            "periods.yml": [{"period": "2014-h2", "due": "2015-01-20"}],
        },
    )
    pages = dict(mirrored(built.archive, "的", record) for record in built.archive.records)
    assert list(pages) == ["/2014/h1/records/seen/"]
    assert keys("看得见的词", "的") in pages["/2014/h1/records/seen/"].keys
    assert "看得见的词。" in pages["/2014/h1/records/seen/"].shown
    assert not [name for name, text in built.files.items() if hidden in text or "unseen" in text]
    assert "2014/h1/records/seen" in built.files["data/records.json"]


def test_figures_commitments_and_corrections_are_found_too(tmp_path: Path) -> None:
    built = archive(
        tmp_path,
        {
            "2014/h1/a.md": record(
                kind="plan",
                figures=[{"label": "到场人数", "value": 1200, "unit": "人", "note": "含家属"}],
                commitments=[{"id": "x", "text": "办游泳比赛", "due": "2014-h2"}],
                corrections=[{"date": "2014-09-01", "text": "人数有误"}],
            ),
            "2014/h2/b.md": record(
                outcomes=[{"commitment": "2014-h1/a#x", "status": "done", "note": "八月办成"}], date="2014-08"
            ),
        },
    )
    first, second = (
        " ".join(pages) for pages in (searched_texts(one, built.archive.vocabulary) for one in built.archive.records)
    )
    assert all(text in first for text in ("走访职工", "正文", "到场人数：1,200人", "含家属", "办游泳比赛", "人数有误"))
    assert "八月办成" in second


# ---- the index ----


@dataclass
class Indexed:
    folder: Path
    site: Path
    volumes: index.Volumes
    discarded: bool

    @property
    def files(self) -> dict[str, bytes]:
        return files_of(self.site)


def make(archive: Archive, folder: Path, name: str, volume: int = VOLUME) -> Indexed:
    job = index.Indexing(archive, folder / "cache", size=volume)
    job.begin()
    discarded = job.finish()
    for file, content in index_files.index_files(job).items():
        path = folder / name / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.read_bytes())
    return Indexed(folder / "cache", folder / name, job.volumes, discarded)


def some_of(archive: Archive) -> Archive:
    """An archive of the latest records of another."""
    return Archive(archive.vocabulary, archive.records[-90:])


def test_an_index_is_kept_while_nothing_searched_changes_and_is_the_same_when_made_anew(tmp_path: Path) -> None:
    seed = some_of(published(PROJECT))
    first = make(seed, tmp_path, "1", 20)
    assert len(first.volumes) > 2
    stamps = {path: path.stat().st_ino for path in first.folder.rglob("*.pf_fragment")}
    again = make(seed, tmp_path, "2", 20)
    assert again.files == first.files
    assert {path: path.stat().st_ino for path in first.folder.rglob("*.pf_fragment")} == stamps

    other_words = {"title": "另一个题目", "digest": b"other"}
    changed = tuple(one.model_copy(update=other_words) if one.slug == "service-card" else one for one in seed.records)
    other = make(Archive(seed.vocabulary, changed), tmp_path, "3", 20)
    assert [digest for _, digest in other.volumes][1:] == [digest for _, digest in first.volumes][1:]
    assert other.files != first.files
    # A browser keeps what it has fetched by its name: under no name, but for those asked for anew, is anything else.
    kept = [name for name in first.files.keys() & other.files.keys() if not name.endswith(".json")]
    assert [name for name in kept if first.files[name] != other.files[name]] == []

    anew = tmp_path / "anew"
    assert make(seed, anew, "4", 20).files == first.files
    assert make(seed, tmp_path, "5", 20).files == first.files
    assert not [path for path in (tmp_path / "cache").iterdir() if path.suffix == ".json"]


def test_the_list_of_an_index_files_that_every_reader_fetches_takes_a_few_bytes_a_file(tmp_path: Path) -> None:
    files = make(published(PROJECT), tmp_path, "1").files
    (size,) = [len(content) for name, content in files.items() if name.endswith(".pf_meta")]
    assert size < 10 * len([name for name in files if "/index/" in name or "/fragment/" in name])


@pytest.mark.parametrize(("behind", "more"), [(False, 0), (True, 19)])
def test_an_index_that_nobody_waits_for_leaves_the_processor_to_others(tmp_path: Path, behind: bool, more: int) -> None:
    job = index.Indexing(published(PROJECT), tmp_path, behind=behind)
    job.begin()
    (process,) = job.processes
    assert os.getpriority(os.PRIO_PROCESS, process.pid) == min(19, os.getpriority(os.PRIO_PROCESS, 0) + more)
    job.stop()
    process.communicate()


def test_an_index_that_is_given_up_is_not_written_down_to_the_end(tmp_path: Path) -> None:
    job = index.Indexing(published(PROJECT), tmp_path)
    job.stop()
    with pytest.raises(index.SearchFailed):
        job.begin()
    assert not job.processes and not any(tmp_path.iterdir())


def test_where_the_common_letters_become_others_the_whole_index_is_made_again(tmp_path: Path) -> None:
    seed = some_of(published(PROJECT))
    before = make(seed, tmp_path / "kept", "1", 20).files["pagefind/gongbao.json"].decode()
    oldest = min(seed.records, key=lambda one: one.period.order)
    rare = oldest.model_copy(update={"title": "镝" * 3000, "digest": b"rare"})
    changed = Archive(seed.vocabulary, tuple(rare if one is oldest else one for one in seed.records))
    after = make(changed, tmp_path / "kept", "2", 20)
    assert '"common":"镝' in after.files["pagefind/gongbao.json"].decode() and '"common":"镝' not in before
    assert make(changed, tmp_path / "anew", "1", 20).files == after.files


def test_what_is_shown_of_a_record_has_another_name_when_only_its_punctuation_changes(tmp_path: Path) -> None:
    names = []
    for sign in "，；":
        built = archive(tmp_path / sign, {"2014/h1/a.md": record(f"甲{sign}乙。")})
        files = make(built.archive, tmp_path / sign, "index").files
        names.append({name for name in files if "fragment" in name})
        assert len(names[-1]) == 1
    assert names[0] != names[1]


@pytest.mark.parametrize("damage", ["cut off", "changed", "lost", "counts", "entry", "planted", "state", "foreign"])
def test_an_index_that_is_not_what_was_kept_is_discarded(damage: str, tmp_path: Path) -> None:
    built = archive(tmp_path / "project", {"2014/h1/a.md": record(), "2014/h2/b.md": record("别的。")})
    first = make(built.archive, tmp_path, "1")
    assert "counts.json" not in first.files
    some = next(first.folder.rglob("counts.json" if damage == "counts" else "*.pf_fragment"))
    content = some.read_bytes()
    some.unlink()
    if damage == "cut off":
        some.write_bytes(content[:-3])
    elif damage == "changed":
        some.write_bytes(content[:-3] + b"abc")
    elif damage == "counts":
        some.write_text(dump({"工": 10**6}), encoding="utf-8")
    elif damage == "entry":
        some.write_bytes(content)
        contents = some.parent.parent / "contents.json"
        contents.write_text(re.sub('"fragment[^,]*, ', "", contents.read_text(encoding="utf-8")), encoding="utf-8")
    elif damage == "planted":
        some.write_bytes(content)
        (first.folder / f"{some.parent.parent.name}.json").write_text("{}", encoding="utf-8")
    elif damage != "lost":
        some.write_bytes(content)
        state = first.folder / "search-state"
        state.write_text("{" if damage == "state" else dump({"inputs": 3}), encoding="utf-8")

    second = make(built.archive, tmp_path, "2")

    assert second.discarded == (damage in ("cut off", "changed", "lost", "counts", "entry"))
    assert second.files == first.files


def test_a_discarded_index_is_told_in_one_line_and_the_site_is_the_same(small: Path) -> None:
    succeed(small, *BUILD, STRICT)
    before = files_of(small / "site")
    fragment = next((small / ".cache/search/site").rglob("*.pf_fragment"))
    fragment.unlink()
    fragment.write_bytes(b"")
    said = run(small, *BUILD, STRICT).stdout
    assert said.count(".cache/search") == 1
    after = files_of(small / "site")
    assert after == before
    assert "search/index.html" in after
    assert not [name for name in after if "search_index" in name or "worker" in name.partition("assets/")[0]]


# ---- what is found, in a browser ----


def searched(site: Path, archive: Archive, to: Path, volume: int = VOLUME) -> index.Volumes:
    """Lay out what a search needs: a site's page for it, and an archive's index. Return the index's volumes."""
    for part in ("assets", "search"):
        shutil.copytree(site / part, to / part)
    return make(archive, to.parent, to.name, volume).volumes


@pytest.fixture(scope="module")
def volumes(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the seed's search with its index in several volumes."""
    root = tmp_path_factory.mktemp("volumes") / "root"
    assert len(searched(site, published(PROJECT), root, 60)) > 2
    with served(root) as base:
        yield base


def rows(text: str) -> str:
    return "\n".join(["", *words_of(text), ""])


def truth(archive: Archive, queries: list[list[str]]) -> list[list[str]]:
    """By plain comparison: the addresses of the records that have every phrase of a query in some field."""
    all_fields = {
        f"/{addresses.record(one)}": [rows(text) for text in searched_texts(one, archive.vocabulary)]
        for one in archive.records
    }
    return [
        sorted(
            address
            for address, fields in all_fields.items()
            if all(any(rows(phrase) in field for field in fields) for phrase in phrases)
        )
        for phrases in queries
    ]


def drawn(archive: Archive, count: int) -> list[list[str]]:
    """Queries of one to ten letters from the records' own texts, some of two phrases, and some that are nowhere."""
    draw = random.Random(11)
    all_texts = [text for one in archive.records for text in searched_texts(one, archive.vocabulary) if len(text) > 1]

    def piece() -> str:
        while True:
            text, length = draw.choice(all_texts), draw.randint(1, 10)
            at = draw.randrange(max(1, len(text) - length))
            if words_of(text[at : at + length]) and '"' not in text:
                return text[at : at + length]

    nowhere = [["镝钬铒"], ["9876543.21"], ["zzyzcaz"], ["工会QQQ"], ["会工会工会"]]
    return [*([piece()] for _ in range(count)), *([piece(), piece()] for _ in range(count // 5)), *nowhere]


FOUND = """async ([module, queries]) => {
    const { search } = await import(module);
    return Promise.all(queries.map(async query => {
        const { results } = await search(query);
        return (await Promise.all(results.map(result => result.data()))).map(one => one.raw_url).sort();
    }));
}"""


def as_query(phrases: list[str]) -> str:
    return " ".join(f'"{phrase}"' for phrase in phrases)


@pytest.mark.browser
def test_just_the_matches_are_found_in_one_volume_and_in_several(address: str, volumes: str, page: Page) -> None:
    seed = published(PROJECT)
    queries = [["6+1"], ["5.1服务卡"], ["５.１服务卡"], ["总工会"], ["困难群众"], ["竞赛"], *drawn(seed, 50)]
    expected = truth(seed, queries)
    assert sum(map(bool, expected)) > 40 and not any(expected[-3:-1])
    for base in (address, volumes):
        assert found_by(page, base, queries) == expected


@pytest.mark.slow
@pytest.mark.browser
def test_just_the_matches_are_found_among_many_records(site: Path, tmp_path: Path, page: Page) -> None:
    succeed(PROJECT, "scripts/make_corpus.py", "400", str(tmp_path / "project"))
    many = published(tmp_path / "project")
    queries = drawn(many, 60)
    expected = truth(many, queries)
    assert sum(map(bool, expected)) > 50
    assert len(searched(site, many, tmp_path / "one")) == 1
    assert len(searched(site, many, tmp_path / "four", 120)) == 4
    for name in ("one", "four"):
        with served(tmp_path / name) as base:
            assert found_by(page, base, queries) == expected


def found_by(page: Page, base: str, queries: list[list[str]]) -> list[list[str]]:
    """What a site's search finds for each query, in the form of `truth`."""
    page.goto(f"{base}search/")
    found: list[list[str]]
    found = page.evaluate(FOUND, [f"{base}assets/gongbao-search.js", [as_query(one) for one in queries]])
    return found


@pytest.mark.browser
def test_what_the_first_query_needs_is_asked_for_together_and_nothing_twice(volumes: str, browser: Browser) -> None:
    page = browser.new_page()  # of somebody who was never here
    index, asked = f"{volumes}pagefind/", list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{volumes}search/?q=工会")
    total(page)
    files = [url.removeprefix(index) for url in asked if url.startswith(index)]
    assert len(files) == len(set(files))
    listed = page.request.get(f"{index}gongbao.json").json()["volumes"]
    first = [
        f"{one['folder']}{file}" for one in listed for file in (f"pagefind-entry.json?ts={one['digest']}", one["meta"])
    ]
    assert len(listed) > 2 and {*files[:3]} == {"pagefind.js", "gongbao.json", "wasm.unknown.pagefind"}
    assert files[3 : 3 + len(first)] == first  # Pagefind itself would ask for the other volumes' entries first
    page.close()


def total(page: Page) -> int:
    found = page.locator("#search-results[data-total]")
    found.wait_for(state="attached")
    return int(found.get_attribute("data-total") or "")


@pytest.mark.browser
def test_a_reader_whose_browser_keeps_files_finds_what_was_published_since(small: Path, page: Page) -> None:
    succeed(small, *BUILD, STRICT)
    with served(small / "site", packed=True) as base:
        page.goto(f"{base}search/?q=镝钬铒")
        assert total(page) == 0
        with (small / "content/2014/h1/good.md").open("a", encoding="utf-8") as file:
            file.write("\n又加了镝钬。\n")
        succeed(small, *BUILD, STRICT)
        page.goto(f"{base}search/?q=镝钬")
        assert total(page) == 1


@pytest.mark.browser
def test_the_page_says_how_many_marks_what_was_found_and_filters(address: str, page: Page) -> None:
    seed = published(PROJECT)
    faults = watch(page, address)
    page.goto(f"{address}search/?q=工会")
    every = total(page)
    assert every == len(truth(seed, [["工会"]])[0]) > 20
    expect(page.locator(".gb-search [role=status]")).to_have_text(f"找到 {every} 条记录")
    assert page.locator("#search-results li").count() == 10
    assert page.locator("#search-results mark").first.inner_text() == "工会"
    for text in page.locator(".gb-hit-text").all_text_contents():
        assert not re.search(r"[\u4e00-\u9fff]\s+[\u4e00-\u9fff]", text)
    page.get_by_role("button", name="再显示一些").click()
    expect(page.locator("#search-results li")).to_have_count(20)

    form = page.locator("#gb-search")
    wanted = {"年份": ("year", "2014"), "半年": ("half", "h1"), "类别": ("kind", "done")}
    for label, (_, value) in wanted.items():
        form.get_by_label(label).select_option(value)
    right = [
        one
        for one in seed.records
        if one.period.id == "2014-h1" and one.kind == "done" and truth(Archive(seed.vocabulary, (one,)), [["工会"]])[0]
    ]
    expect(page.locator("#search-results")).to_have_attribute("data-total", str(len(right)))
    assert page.url.endswith("&year=2014&half=h1&kind=done")
    page.reload()
    assert total(page) == len(right)
    topic, unit = right[0].topics[0], right[0].unit
    form.get_by_label("主题").select_option(topic)
    form.get_by_label("单位").select_option(unit)
    of_both = [one for one in right if topic in one.topics and one.unit == unit]
    expect(page.locator("#search-results")).to_have_attribute("data-total", str(len(of_both)))
    page.locator("#search-results a").first.click()
    expect(page.locator("h1")).to_have_text(of_both[0].title)
    assert not faults


@pytest.mark.browser
@pytest.mark.parametrize("width", [pytest.param(390, marks=pytest.mark.slow), 1440])
def test_the_box_works_by_keys_alone(width: int, address: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    faults = watch(page, address)
    page.goto(f"{address}2014/h1/")
    page.locator("body").press("/")
    box = page.locator(".md-search__input")
    expect(box).to_be_focused()
    page.keyboard.insert_text("职工")
    results = page.locator(".md-search .gb-hit")
    expect(results).to_have_count(10)
    expect(page.locator(".md-search [role=status]")).to_contain_text("找到")
    page.keyboard.press("ArrowDown")
    expect(results.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#__search")).not_to_be_checked()
    page.locator("body").press("s")
    expect(box).to_be_focused()
    page.keyboard.press("ArrowDown")
    title = results.first.locator(".gb-hit-title").inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(title)
    assert not faults
    context.close()


@pytest.mark.browser
def test_the_box_opens_by_touch_filters_and_leads_to_the_page(address: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    assert not [url for url in asked if "search" in url or "pagefind" in url]
    page.locator(".md-header__button[for=__search]").tap()
    page.keyboard.insert_text("职工 “工会”")
    page.locator(".md-search .gb-hit").first.wait_for()
    page.get_by_text("筛选").tap()
    page.locator(".md-search").get_by_label("年份").select_option("2008")
    expect(page.locator(".md-search .gb-hit-where").first).to_contain_text("2008年")
    page.locator(".md-search button[type=reset]").tap()
    expect(page.locator(".md-search").get_by_label("年份")).to_have_value("")
    page.keyboard.insert_text("职工 “工会”")
    page.locator(".md-search").get_by_label("年份").select_option("2008")
    expect(page.locator(".md-search .gb-hit-where").first).to_contain_text("2008年")
    page.get_by_role("link", name="打开搜索页").tap()
    expect(page.locator("h1")).to_have_text("搜索")
    assert total(page) > 0
    assert page.locator("#gb-search").get_by_label("年份").input_value() == "2008"
    context.close()


@pytest.mark.browser
def test_without_script_the_page_says_so_and_offers_topics_and_years(address: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}search/?q=职工")
    expect(page.locator("article")).to_contain_text("这个浏览器没有开")
    assert page.locator("article a[href='../topics/aid/']").count() == 1
    assert page.locator("article a[href='../2014/']").count() == 1
    page.goto(f"{address}404.html")
    assert page.locator("form[action$='search/'] input[name=q]").count() == 2
    context.close()


@pytest.mark.browser
def test_the_page_for_wrong_addresses_searches(packed: str, page: Page) -> None:
    page.goto(f"{packed}404.html")
    page.get_by_role("main").get_by_label("搜索记录").fill("工会")
    page.get_by_role("main").get_by_role("button", name="搜索").click()
    expect(page.locator("h1")).to_have_text("搜索")
    assert total(page) > 10


@pytest.mark.browser
def test_an_archive_without_records_is_searched_in_vain(site: Path, tmp_path: Path, page: Page) -> None:
    assert searched(site, Archive(published(PROJECT).vocabulary, ()), tmp_path / "root") == ()
    with served(tmp_path / "root") as base:
        page.goto(f"{base}search/?q=工会的工作总结")
        assert total(page) == 0


@pytest.mark.browser
def test_only_after_single_keys_it_waits_for_more(address: str, page: Page) -> None:
    page.goto(address)
    page.evaluate("""() => {
        window.waits = 0
        const wait = window.setTimeout
        window.setTimeout = (call, time, ...rest) => {
            waits += time === 150
            return wait(call, time, ...rest)
        }
    }""")
    page.locator("body").press("/")
    status = page.locator(".md-search [role=status]")
    page.keyboard.insert_text("职工")  # as an input method does
    expect(status).to_contain_text("找到")
    assert page.evaluate("waits") == 0
    page.keyboard.press("Backspace")
    page.keyboard.press("4")
    assert page.evaluate("waits") == 2
    expect(page.locator(".md-search ol")).to_have_attribute("data-total", "0")


@pytest.mark.browser
@pytest.mark.parametrize("scheme", [pytest.param("light", marks=pytest.mark.slow), "dark"])
def test_nobody_is_shut_out(scheme: Any, address: str, browser: Browser) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    axe = Axe()
    page.goto(f"{address}search/?q=职工")
    assert total(page) > 10
    assert axe.run(page, "#gb-search, .gb-search").response["violations"] == []
    page.locator("body").press("/")
    page.keyboard.insert_text("工会")
    page.locator(".md-search .gb-hit").first.wait_for()
    page.get_by_text("筛选").click()
    page.locator(".md-search__output").evaluate(
        "element => Promise.all(element.getAnimations({subtree: true}).map(one => one.finished))"
    )
    found = axe.run(page, ".md-search").response["violations"]
    assert found == [], json.dumps(found, ensure_ascii=False)[:3000]
    context.close()


@pytest.mark.browser
def test_it_works_in_english_and_with_instant_loading(small: Path, page: Page, tmp_path: Path) -> None:
    site, settings = small / "content" / "site.yml", small / "mkdocs.yml"
    site.write_text(site.read_text(encoding="utf-8").replace("language: zh", "language: en"), encoding="utf-8")
    settings.write_text(
        settings.read_text(encoding="utf-8").replace(
            "    - toc.follow\n", "    - toc.follow\n    - navigation.instant\n"
        ),
        encoding="utf-8",
    )
    with served(small / "site") as base:
        succeed(small, *BUILD, GONGBAO_SITE_URL=base)
        page.goto(base)
        for _ in range(2):
            page.wait_for_timeout(700)  # the theme closes its box when a page has come; a reader takes longer than that
            page.locator("body").press("/")
            page.locator(".md-search__input").fill("计划")
            page.locator(".md-search .gb-hit").first.wait_for()
            expect(page.locator(".md-search [role=status]")).to_contain_text("found")
            page.get_by_role("link", name="Open the search page").click()
            expect(page.locator("h1")).to_have_text("Search")
            assert total(page) > 0
            page.locator("#search-results a").first.click()
            page.locator(".gb-record").wait_for()
            expect(page.locator("#__search")).not_to_be_checked()
