"""What was published stays citable: versions of records and editions of bulletins, made of a small history in git."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands import BUILD, CHECK, GONGBAO, copy_small_project, files_of, succeed
from gongbao.building import Options, build, outputs
from gongbao.commands.published import note_published
from gongbao.output import Output
from gongbao.problems.problem import Problem
from gongbao.project import read
from gongbao.rendering.page_files import NO_FRAME
from gongbao.rendering.template_files import TEMPLATES
from gongbao.text.differences import marked
from small_archives import LISTS, Built, in_memory, record, write
from test_data import faults, rows

HELD, PUBLISHED = {"period": "2014-h1"}, {"period": "2014-h1", "published": "2014-07-20"}
ADDRESS = "2014/h1/records/visits/"
CORRECTION = {"date": "2014-10-01", "text": "人数有误", "was": "15人", "now": "18人"}
MEET = {"title": "办运动会", "topics": ["activities"]}
SECRET = "此句不得外传"


def commit(project: Path, day: str, files: Mapping[str, Any]) -> None:
    """Write files into ``content/``, take away those that are None, and commit."""
    write(project, files)
    for name in (name for name, content in files.items() if content is None):
        (project / "content" / name).unlink()
    git(project, day, "add", "--all")
    git(project, day, "commit", "--quiet", "--message", "Write")


def git(folder: Path, day: str, *arguments: str) -> None:
    # The day differs from that in UTC: the author's own counts.
    when = dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), f"{day}T23:30:00-08:00")
    who = ("-c", "user.name=Writer", "-c", "user.email=writer@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *arguments], cwd=folder, env={**os.environ, **when}, check=True)


def empty(folder: Path) -> Path:
    """A project without records, in git."""
    project = copy_small_project(folder)
    shutil.rmtree(project / "content")
    (project / ".gitignore").write_text(".cache\nsite\n.site.*\n", encoding="utf-8")
    git(project, "2014-06-01", "init", "--quiet")
    return project


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A half that is published at the second commit, with a record that is then changed, spoiled and renamed."""
    project = empty(tmp_path_factory.mktemp("versions") / "project")
    visit = "2014/h1/visit.md"
    number = "440306198001010079"
    commit(
        project,
        "2014-06-30",
        {**LISTS, "periods.yml": [HELD], visit: record("走访 9 人。\n"), "2014/h1/meet.md": record(**MEET)},
    )
    first = record(
        "五一前走访困难职工15人，发放慰问金4500元。\n\n另一段没有变。\n",
        allow=[{"rule": "leftover.year", "reason": "核对过"}],
    )
    commit(project, "2014-07-20", {"periods.yml": [PUBLISHED], visit: first})
    commit(project, "2014-07-21", {visit: first.replace("，发", "，\n发")})  # says the same
    commit(project, "2014-08-01", {visit: first.replace("15人", f"15人（身份证号{number}）")})
    commit(project, "2014-08-02", {visit: first.replace("title: ", "title: [", 1)})
    commit(project, "2014-09-01", {visit: first.replace("15人", "18人")})
    last = record(
        "五一前走访困难职工18人，发放慰问金4500元。\n\n另一段没有变。\n",
        corrections=[CORRECTION],
        aliases=["2014-h1/visit"],
    )
    commit(project, "2014-10-01", {visit: None, "2014/h1/visits.md": last})
    return project


@pytest.fixture(scope="module")
def built(history: Path) -> Built:
    return in_memory(history, "https://example.org/bulletins/")


def changes(html: str) -> list[str]:
    """What a page marks as taken out and put in, in order, with the words for those who hear it."""
    return [re.sub("<.*?>", "", found) for found in re.findall(r"<(?:del|ins)>.*?</(?:del|ins)>", html)]


def test_each_text_that_was_published_is_a_page_of_its_own(built: Built) -> None:
    versions = [address for address in built.pages if address.startswith(f"{ADDRESS}versions/")]
    assert versions == [f"{ADDRESS}versions/{number}/" for number in (1, 2, 3, 4, 5)]
    first = built.pages[versions[0]]
    assert "15人" in first and "9 人" not in first and "2014-07-20" in first
    assert changes(first) == ["删去：15人", "新写：18人"]  # by the next text that is shown
    assert "没有变" not in first.partition('id="changes"')[2]
    assert "个人信息" in built.text(versions[1]) and "440306198001010079" not in "".join(built.pages.values())
    assert "读不出" in built.text(versions[2])
    assert changes(built.pages[versions[3]])[-1].startswith("新写：2014年10月1日 人数有误")
    assert 'http-equiv="refresh"' in built.pages[versions[4]]  # the present text
    assert built.faults() == []
    framed = {page.address for page in built.edition.pages if page.framed}
    assert framed.isdisjoint(versions)  # neither in the sitemap nor in the menus
    assert all('<meta name="robots" content="noindex">' in built.pages[address] for address in versions)
    assert not any("versions" in text for name, text in built.files.items() if name.startswith("feed"))


def test_pages_are_cited_by_their_version(built: Built) -> None:
    def cited(address: str) -> str:
        return str(re.findall(r"<p class=\"gb-cite\".*?</p>", built.pages[address], re.DOTALL)[0])

    assert f'第5版. <a href="https://example.org/bulletins/{ADDRESS}versions/5/">' in cited(ADDRESS)
    assert "/2014/h1/records/meet/versions/1/" in cited("2014/h1/records/meet/")
    for address in ("2014/h1/", "2014/h1/aid/", "units/town/2014-h1/"):
        assert "/2014/h1/versions/5/" in cited(address), address
    assert "第1版 2014-07-20" in built.text(ADDRESS)


def test_a_bulletin_has_editions(built: Built) -> None:
    shown = built.text("2014/h1/").partition("版次")[2]
    assert "第1版 2014-07-20 第2版 2014-08-01：走访职工" in shown and "第5版 2014-10-01" in shown
    first, second = built.text("2014/h1/versions/1/"), built.text("2014/h1/versions/2/")
    assert "办运动会（第1版）" in first and "走访职工（第1版）" in first and "改动" not in first
    assert "这一版改动的记录 走访职工（第2版）" in second


def test_the_open_data_list_every_version(built: Built, tmp_path: Path) -> None:
    listed = rows(built.files["data/versions.csv"])
    visits = [one for one in listed if one["record"] == "2014-h1/visits"]
    assert [(one["version"], one["date"], one["unshown"]) for one in visits] == [
        *(("1", "2014-07-20", ""), ("2", "2014-08-01", "private"), ("3", "2014-08-02", "unreadable")),
        *(("4", "2014-09-01", ""), ("5", "2014-10-01", "")),
    ]
    assert [one["url"] for one in listed if one["record"] == "2014-h1/meet"] == [
        "https://example.org/bulletins/2014/h1/records/meet/versions/1/"
    ]
    assert faults(tmp_path, {name: text for name, text in built.files.items() if name.startswith("data/")}) == []
    assert "versions.csv" in built.text("data/")


def test_git_is_asked_for_a_new_commit_only(history: Path, built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    again = in_memory(history, "https://example.org/bulletins/")
    assert again.edition.keys == built.edition.keys
    asked = history.parent / "asked"
    with monkeypatch.context() as context:
        context.setenv("GIT_TRACE", str(asked))
        read(history)
    assert "rev-parse" in asked.read_text(encoding="utf-8")
    assert not re.findall("git (?:.* )?(?:log|cat-file) .*", asked.read_text(encoding="utf-8"))
    git(history.parent, "2014-10-02", "clone", "--quiet", "--depth", "1", f"file://{history}", "shallow")
    assert "浅克隆" in succeed(history.parent / "shallow", *CHECK)
    shallow = in_memory(history.parent / "shallow", "https://example.org/bulletins/")
    assert shallow.edition.data_key != built.edition.data_key
    assert not any("versions" in address for address in shallow.pages)
    assert "versions" not in shallow.pages[ADDRESS]


def warned(project: Path) -> list[Problem]:
    return [problem for problem in read(project).problems if problem.rule == "correction.missing"]


def test_what_was_published_does_not_change_in_silence(tmp_path: Path) -> None:
    project, name = empty(tmp_path / "project"), "2014/h1/visit.md"
    commit(project, "2014-06-01", {**LISTS, name: record("走访15人。\n")})
    commit(project, "2014-06-02", {name: record("走访16人。\n")})
    assert warned(project) == []  # nobody has said that the half is published
    commit(project, "2014-07-01", {"periods.yml": [PUBLISHED]})
    write(project, {name: record("走访 16人。\n", topics=["activities"])})
    assert warned(project) == []
    write(project, {name: record("走访18人。\n")})
    (problem,) = warned(project)
    assert (problem.severity, problem.values["was"], problem.values["now"]) == ("warning", "16人", "18人")
    commit(
        project,
        "2014-08-01",
        {
            name: record("走访18人。\n"),
            "site.yml": {"name": "工报", "rules": [{"rule": "correction.missing", "level": "error", "reason": "正式"}]},
        },
    )
    assert warned(project)[0].severity == "error"
    commit(project, "2014-08-02", {name: record("走访18人。\n", corrections=[CORRECTION])})
    assert warned(project) == []
    commit(project, "2014-08-03", {name: record("走访19人。\n", corrections=[CORRECTION])})
    assert len(warned(project)) == 1
    write(
        project,
        {
            name: record(
                "走访19人。\n", corrections=[CORRECTION], allow=[{"rule": "correction.missing", "reason": "笔误"}]
            )
        },
    )
    assert warned(project) == []
    commit(project, "2014-08-04", {"periods.yml": [], name: record("走访20人。\n")})
    assert len(warned(project)) == 1  # what was published once was published


def test_an_address_in_the_list_was_published(tmp_path: Path) -> None:
    project, name = empty(tmp_path / "project"), "2014/h1/visit.md"
    commit(project, "2014-06-01", {**LISTS, name: record("走访15人。\n")})
    commit(project, "2014-06-02", {name: record("走访16人。\n"), "published.txt": "/2014/h1/records/visit/\n"})
    assert warned(project) == []
    commit(project, "2014-06-03", {name: record("走访17人。\n")})
    assert [problem.values["was"] for problem in warned(project)] == ["16人"]


HOSTILE = (
    *("<script>alert(1)</script>", '<meta name=">" http-equiv="refresh" content="0;url=https://evil.example/">'),
    *("<p title='>' id='__config'>{}</p>", '<p title=">" id="__config">{}</p>', "<p id=__search>", "<IFRAME src=a>"),
    *('<p/onclick="alert(1)">', '<a href="/" ping="https://evil.example/">甲</a>', "<!-- > --><base href=//x>", "<"),
    *('<math><a href="javascript:alert(1)">甲</a></math>', '<p data-md-component="x">', "<template><p></template>"),
)


def test_a_kept_page_stays_byte_for_byte(history: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    git(tmp_path, "2014-10-02", "clone", "--quiet", f"file://{history}", "project")
    (project / ".cache").mkdir()
    assert note_published(project) == 0
    kept = files_of(project / "content" / "versions")
    names = [f"{ADDRESS}versions/{number}/index.html" for number in (1, 4)]
    assert set(kept) == {*names, *(f"2014/h1/versions/{number}/index.html" for number in (1, 2, 3, 4))}
    upgraded = tmp_path / "templates"
    upgraded.mkdir()
    for name in ("version_old.html", "old.css"):
        (upgraded / name).write_text((TEMPLATES / name).read_text("utf-8") + " ", encoding="utf-8")
    new = build(project, Options(templates=(upgraded,)))
    assert new.problems == ()
    made = outputs(new, NO_FRAME, Output.nothing())
    assert next(iter(made)) == "kept"  # of two outputs with a file of one name, the first counts
    site: dict[str, Any] = {}
    made["pages"].make(names, site.__setitem__)
    assert site[names[0]] != kept[names[0]]
    made["kept"].make(made["kept"].names, site.__setitem__)
    assert {name: site[name] for name in kept} == kept
    for hostile in HOSTILE:
        changed = kept[names[0]].replace(b"</main>", f"{hostile}</main>".encode())
        (project / "content" / "versions" / names[0]).write_bytes(changed)
        assert [problem.rule for problem in read(project).problems] == ["version.kept"], hostile


def texts(data: bytes) -> Iterator[bytes]:
    """A file's bytes, and what is packed in them."""
    yield data
    if data[:2] == b"\x1f\x8b":
        yield gzip.decompress(data)
    if data[:2] == b"PK":
        packed = zipfile.ZipFile(BytesIO(data))
        yield from (packed.read(name) for name in packed.namelist())


def holds_secret(folder: Path) -> list[str]:
    there = (path for path in sorted(folder.rglob("*")) if path.is_file() and ".git" not in path.parts)
    forms = (SECRET.encode(), " ".join(SECRET).encode(), SECRET.encode("unicode_escape"))
    return [
        str(path.relative_to(folder))
        for path in there
        if any(form in text for text in texts(path.read_bytes()) for form in forms)
    ]


def test_a_purged_text_is_nowhere_but_in_git(tmp_path: Path) -> None:
    project, name = empty(tmp_path / "project"), "2014/h1/visit.md"
    fields: dict[str, Any] = {"summary": SECRET, "figures": [{"label": SECRET, "value": 3}], "title": "走访"}
    commit(
        project,
        "2014-07-01",
        {**LISTS, name: record(f"走访。{SECRET}。\n", **fields), "2014/h1/meet.md": record(title="慰问职工")},
    )
    commit(project, "2014-07-02", {name: record(f"又走访。{SECRET}。\n", **fields)})
    note_published(project)
    succeed(project, *GONGBAO, "word")
    succeed(project, *BUILD)
    places = {path.split("/")[0] for path in holds_secret(project)}
    assert places == {"content", "site", ".cache", "word"}
    fields["withdrawn"] = {"date": "2014-08-01", "reason": "误发", "purge": "true"}
    write(project, {name: record(f"又走访。{SECRET}。\n", **fields)})
    succeed(project, *BUILD)
    assert {path.split("/", 2)[1] for path in holds_secret(project) if path.startswith("content/")} == {
        "2014",
        "versions",
    }
    assert [path for path in holds_secret(project) if not path.startswith("content/")] == []
    note_published(project)
    assert holds_secret(project) == [f"content/{name}"]
    tombstone = (project / "site/2014/h1/records/visit/versions/1/index.html").read_text("utf-8")
    assert "已经撤回" in tombstone


WORDS = st.text("工会走访15人 ,.元abc的\n", max_size=40)


@given(WORDS, WORDS)
def test_either_text_can_be_put_together_from_the_pieces(before: str, after: str) -> None:
    made = marked(before, after)
    assert "".join(piece.text for piece in made if piece.kind != "new") == before
    assert "".join(piece.text for piece in made if piece.kind != "gone") == after
    assert marked(before, before) == marked(before, before)[:1]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("走访15人。", "走访18人。", ["-15人", "+18人"]),
        ("新建工会 12.5万元", "新建工会 13万元", ["-12.5万元", "+13万元"]),
        ("举办讲座", "举办两场讲座", ["+两场"]),
        ("The union visited", "The unions visited", ["-union", "+unions"]),
        ("甲乙丙", "丁乙戊", ["-甲乙丙", "+丁乙戊"]),  # no crumbs
    ],
)
def test_words_are_marked_as_readers_take_them(before: str, after: str, expected: list[str]) -> None:
    signs = {"gone": "-", "new": "+"}
    assert [signs[one.kind] + one.text for one in marked(before, after) if one.kind != "same"] == expected
