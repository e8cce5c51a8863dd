"""Collecting from subordinates' sites: what is taken, what is not, what stays, and what is said of it."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from threading import Thread
from typing import Any

import pytest
from click.testing import CliRunner

from federations import (
    DAY,
    INDICATORS,
    changed,
    collect,
    packaged,
    parent_files,
    put,
    site_files,
    states,
    visit,
    vocabulary,
)
from gongbao.archive.collected import Collected, CollectedSite, RefusedIndicator
from gongbao.archive.derived import Derived
from gongbao.archive.filing import publish
from gongbao.collecting.collection import collect_all
from gongbao.collecting.kept_sites import load_collected, save_files, save_site
from gongbao.collecting.site_data import SiteFiles, data_of, read_files
from gongbao.collecting.site_packages import NEEDED, read_package
from gongbao.commands import collect as collecting
from gongbao.git.asking import GitRefuses, ask_git
from gongbao.problems.catalogue import LANGUAGES, label
from gongbao.reading.content import read_all
from gongbao.records.vocabulary import Vocabulary
from small_archives import record, tree_of, write

Files = Mapping[str, bytes]
Spoil = Callable[[Files], Files]


def test_what_a_site_publishes_is_taken(tmp_path: Path) -> None:
    put(tmp_path / "east", site_files("east", url="https://east.example.org/"))
    [site] = collect(tmp_path / "city", parent_files("east")).sites
    assert (site.state, site.since, site.why) == ("fresh", "2014-07-20", None)
    assert site.data and site.data.newest and site.data.newest.id == "2014-h1"
    [point] = site.data.points
    assert (point.title, point.url) == ("走访职工", "https://east.example.org/2014/h1/records/visit/")
    assert [(one.unit, one.indicator, str(one.amount)) for one in site.data.increments] == [("east", "visited", "12")]


EAST = {"name": "east", "id": "https://east.example.org/"}
PLAN = record(title="走访计划", kind="plan", commitments=[{"id": "visit", "text": "走访二十人", "due": "2014-h2"}])
MEMBERS = record(title="发展会员", figures=[{"indicator": "members", "value": 300, "unit": "人"}])


@cache
def sound() -> Files:
    return site_files("east", visit=visit(12), plan=PLAN)


@cache
def newer() -> Files:
    return site_files("east", visit=visit(12), plan=PLAN, more=MEMBERS)


LARGE = 3_000_000_000


def with_resource(**fields: object) -> Spoil:
    """Return a change of what the package says of the figures."""
    return lambda files: packaged(files, lambda package: package["resources"][1].update(fields))


def with_block(**fields: object) -> Spoil:
    return lambda files: packaged(files, lambda package: package["gongbao"].update(fields))


def with_package(**fields: object) -> Spoil:
    return lambda files: packaged(files, lambda package: package.update(fields))


def with_text(file: str, old: str, new: str) -> Spoil:
    """Return a change of a file that the package knows."""

    def spoil(files: Files) -> Files:
        assert old.encode() in files[f"{file}.csv"], files[f"{file}.csv"].decode()
        return changed(files, **{f"{file}_csv": lambda data: data.replace(old.encode(), new.encode())})

    return spoil


def with_rows(file: str, *rows: str) -> Spoil:
    more = "".join(f"{row}\r\n" for row in rows).encode()
    return lambda files: changed(files, **{f"{file}_csv": lambda data: data + more})


def with_records(text: str) -> Spoil:
    return lambda files: changed(files, records_json=text.encode())


SPOILT: dict[str, tuple[Spoil, str]] = {
    "packed": (lambda files: changed(files, figures_csv=gzip.compress(b"0" * 9_000_000)), "hostile collect-packed"),
    "packed by a server": (
        lambda files: {**newer(), "rollup.csv": gzip.compress(files["rollup.csv"])},
        "hostile collect-",
    ),
    "package packed": (lambda files: {**files, "datapackage.json": b"PK\x03\x04..."}, "hostile collect-packed"),
    "compression": (with_resource(compression="gz"), "hostile collect-packed"),
    "more than stated": (lambda files: {**newer(), "figures.csv": files["figures.csv"] * 9}, "hostile collect-large"),
    "stated too large": (with_resource(bytes=LARGE), "hostile collect-large"),
    "large together": (
        lambda files: packaged(files, lambda told: [one.update(bytes=60_000_000) for one in told["resources"]]),
        "hostile collect-large",
    ),
    "package too large": (lambda files: {**files, "datapackage.json": b" " * 1_000_001}, "hostile collect-large"),
    "package deep": (lambda files: {**files, "datapackage.json": b"[" * 100_000}, "hostile collect-deep"),
    "records deep": (with_records('{"records": ' + "[" * 100_000), "hostile collect-deep"),
    "long number": (lambda files: {**files, "datapackage.json": b"9" * 10_000}, "broken collect-read"),
    "not a number": (with_records('{"records": [NaN]}'), "broken collect-read"),
    "no package": (lambda files: {**files, "datapackage.json": b"<html>404</html>"}, "broken collect-read"),
    "a list": (lambda files: {**files, "datapackage.json": b"[]"}, "schema collect-old"),
    "path out": (with_resource(path="../../site.yml"), "hostile collect-path"),
    "path of the system": (with_resource(path="/etc/passwd"), "hostile collect-path"),
    "path elsewhere": (with_resource(path="https://evil.example/figures.csv"), "hostile collect-path"),
    "path a number": (with_resource(path=3), "hostile collect-path"),
    "file twice": (with_resource(path="records.json"), "hostile collect-twice"),
    "no hash": (with_resource(hash="md5:0"), "broken collect-no-hash"),
    "size below zero": (with_resource(bytes=-1), "broken collect-no-hash"),
    "size true": (with_resource(bytes=True), "broken collect-no-hash"),
    "table left out": (lambda files: packaged(files, lambda told: told["resources"].pop()), "broken collect-lacks"),
    "homepage a script": (with_package(homepage="javascript:alert(1)//"), "hostile collect-address"),
    "homepage with quotes": (with_package(homepage='https://x.example/"onclick="'), "hostile collect-address"),
    "markup in the version": (with_package(version="<script>"), "hostile collect-html"),
    "turned around": (with_package(version="\u202e2"), "hostile collect-html"),
    "day of markup": (with_block(as_of="tomorrow"), "broken collect-read"),
    "cut off": (lambda _: {**newer(), "rollup.csv": newer()["rollup.csv"][:-3]}, "broken collect-differs"),
    "of another day": (lambda files: {**newer(), "rollup.csv": files["rollup.csv"]}, "broken collect-differs"),
    "older schema": (with_package(gongbao={}), "schema collect-old"),
    "no schema": (lambda files: packaged(files, lambda told: told.pop("gongbao")), "schema collect-old"),
    "schema zero": (with_block(schema=0), "schema collect-old"),
    "schema true": (with_block(schema=True), "schema collect-old"),
    "newer schema": (with_block(schema=99), "schema collect-new"),
    "its own parent": (with_block(parent="https://east.example.org/"), "hostile collect-circle-of-sites"),
    "data from itself": (with_block(below=["https://east.example.org/"]), "hostile collect-circle-of-sites"),
    "data from here": (with_block(below=["https://city.example.org/"]), "hostile collect-own"),
    "is this site": (with_package(id="https://city.example.org/"), "hostile collect-own"),
    "another site": (with_package(id="https://other.example.org/"), "past collect-other"),
    "markup in a name": (with_text("units", "east工会", "<img src=x onerror=alert(1)>"), "hostile collect-html"),
    "end of markup in a name": (with_text("figures", "走访职工", "</script>"), "hostile collect-html"),
    "bell in a name": (with_text("units", "east工会", "\x07"), "hostile collect-html"),
    "path in an id": (with_text("rollup", "east,visited", "east,../visited"), "hostile collect-id"),
    "path in a unit": (with_text("units", "east,east", "../../east,east"), "hostile collect-id"),
    "path in a record": (with_text("figures", "2014-h1/visit", "2014-h1/../visit"), "hostile collect-id"),
    "id of no period": (with_records('{"records": [{"id": "../x", "period": "2014-h1"}]}'), "hostile collect-id"),
    "record twice": (
        with_records('{"records": [{"id": "2014-h1/x", "period": "2014-h1"}, {"id": "2014-h1/x"}]}'),
        "hostile collect-twice",
    ),
    "unit twice": (with_rows("units", "east,again,,,,,"), "hostile collect-twice"),
    "increment twice": (
        with_rows("rollup", "east/visited/2014-h1,east,visited,2014-h1,12,1,0,12,12,0,0"),
        "hostile collect-twice",
    ),
    "unit above itself": (with_text("units", "east,east工会,,", "east,east工会,east,"), "broken collect-circle"),
    "circle of units": (with_rows("units", "a,a,b,,,,", "b,b,a,,,,"), "broken collect-circle"),
    "unit unknown": (
        with_rows("rollup", "x/visited/2014-h1,x,visited,2014-h1,1,1,0,1,1,0,0"),
        "broken collect-unknown",
    ),
    "not this unit": (lambda _: site_files("west", lists={"site.yml": EAST}), "broken collect-unit"),
    "amount in words": (with_text("rollup", ",12,", ",twelve,"), "broken collect-cell"),
    "amount too long": (with_text("rollup", ",12,", f",{'9' * 19},"), "broken collect-cell"),
    "amount without end": (with_text("rollup", ",12,", ",1e999,"), "broken collect-cell"),
    "count in words": (with_text("rollup", ",12,1,", ",12,one,"), "broken collect-cell"),
    "no count": (with_text("rollup", ",12,1,", ",12,,"), "broken collect-cell"),
    "years ahead": (with_text("rollup", "2014-h1", "2999-h1"), "broken collect-future"),
    "half of a sign": (with_records('{"records": [{"id": "2014-h1/x", "title": "\\ud800"}]}'), "hostile collect-html"),
    "no amount": (with_text("rollup", ",12,", ",,"), "broken collect-cell"),
    "period of no calendar": (with_text("rollup", "visited,2014-h1", "visited,2014-h3"), "broken collect-cell"),
    "no columns": (lambda files: changed(files, rollup_csv=b"unit\r\neast\r\n"), "broken collect-columns"),
    "empty table": (lambda files: changed(files, rollup_csv=b""), "broken collect-columns"),
    "cell too many": (with_rows("rollup", "a,b,c,d,e,f,g,h"), "broken collect-columns"),
    "open quote": (with_rows("rollup", '"a'), "broken collect-read"),
    "cell too long": (with_rows("rollup", "a" * 200_000), "broken collect-"),
    "not UTF-8": (lambda files: changed(files, rollup_csv=b"\xff\xfe\x00"), "broken collect-read"),
    "records no list": (with_records('{"records": {}}'), "broken collect-read"),
    "title no text": (with_records('{"records": [{"id": "2014-h1/x", "title": 3}]}'), "broken collect-read"),
    "title of markup": (with_records('{"records": [{"id": "2014-h1/x", "title": "<b>"}]}'), "hostile collect-html"),
    "changed silently": (lambda _: site_files("east", visit=visit(13), plan=PLAN), "past collect-past"),
    "vanished": (lambda _: site_files("east", other=visit(12)), "past collect-past"),
    "promise taken back": (lambda _: site_files("east", visit=visit(12)), "past collect-past"),
}


@cache
def lists() -> Vocabulary:
    return vocabulary(parent_files("east"))


def kept_files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "east" / "data").iterdir()}


@pytest.mark.parametrize("case", SPOILT)
def test_what_is_wrong_is_named_and_nothing_of_it_is_taken(tmp_path: Path, case: str) -> None:
    spoil, expected = SPOILT[case]
    put(tmp_path / "east", spoil(sound()))
    folder, project = tmp_path / "city" / "collected", tmp_path / "city"
    if not expected.startswith("past"):
        [first] = collect_all(folder, project, lists(), DAY).sites
        assert f"{first.state} {first.why and first.why.label}".startswith(expected) and first.data is None
        assert [path.name for path in folder.rglob("*") if path.is_file()] == ["state.json"]
    before, files = taken_before(folder)
    [after] = collect_all(folder, project, lists(), date(2014, 8, 1)).sites
    assert after.why and f"{after.state} {after.why.label}".startswith(expected)
    assert after.data == before.data and after.since == "2014-08-01" and kept_files(folder) == files
    assert load_collected(folder, lists().sites).sites == (after,), "builds see the same"
    assert all(label(after.why.label, one, **dict(after.why.values)) for one in LANGUAGES)


def taken_before(folder: Path) -> tuple[CollectedSite, dict[str, bytes]]:
    """Lay out a folder as if the sound files had been taken."""
    save_files(folder / "east" / "data", [(name, sound()[name]) for name in ("datapackage.json", *NEEDED)])
    files = read_files(read_package(sound()["datapackage.json"]), sound().__getitem__)
    site = CollectedSite("east", "east", "fresh", "2014-07-20", None, data_of(files, lists().sites[0], lists(), DAY))
    save_site(folder, site)
    return site, kept_files(folder)


def test_a_site_that_is_not_there_is_missing_since_the_first_time(tmp_path: Path) -> None:
    put(tmp_path / "east", sound())
    project = tmp_path / "city"
    collect(project, parent_files("east"))
    shutil.move(tmp_path / "east", tmp_path / "gone")
    [site] = collect(project, parent_files("east"), date(2014, 8, 1)).sites
    assert (site.state, site.since) == ("missing", "2014-08-01") and site.data
    [site] = collect(project, parent_files("east"), date(2014, 9, 1)).sites
    assert (site.state, site.since) == ("missing", "2014-08-01")


def test_a_site_is_late_from_the_day_after_a_half_was_due(tmp_path: Path) -> None:
    put(tmp_path / "east", sound())
    due = [{"period": "2014-h2", "due": "2015-01-15"}, {"period": "2014-h1", "unit": "west", "due": "2014-01-01"}]
    files = {**parent_files("east", "west"), "periods.yml": due}
    on = {day: collect(tmp_path / "city", files, date(2015, 1, day)).sites[0] for day in (15, 16)}
    assert (on[15].state, on[16].state) == ("fresh", "late")
    assert on[16].data and on[16].why and on[16].why.values == (("period", "2014-h2"),)


@pytest.mark.parametrize(
    "again",
    [
        {"visit": visit(13, corrections=[{"date": "2014-07-30", "text": "补报一人", "was": "12", "now": "13"}])},
        {"visit": visit(12), "more": MEMBERS},
        {"more": visit(12, title="走访职工"), "visit": visit(12, withdrawn={"date": "2014-07-30", "reason": "重复"})},
    ],
)
def test_what_is_corrected_withdrawn_or_new_is_taken(tmp_path: Path, again: dict[str, Any]) -> None:
    put(tmp_path / "east", site_files("east", visit=visit(12)))
    collect(tmp_path / "city", parent_files("east"))
    put(tmp_path / "east", site_files("east", **again))
    [site] = collect(tmp_path / "city", parent_files("east")).sites
    assert (
        site.state == "fresh" and site.data and site.data == data_of(files_in(tmp_path), lists().sites[0], lists(), DAY)
    )


def files_in(folder: Path) -> SiteFiles:
    data = folder / "east" / "data"
    return read_files(read_package((data / "datapackage.json").read_bytes()), lambda name: (data / name).read_bytes())


def test_data_of_one_site_are_not_counted_for_two(tmp_path: Path) -> None:
    put(tmp_path / "east", sound())
    west = packaged(site_files("west"), lambda package: package.update(id="https://east.example.org/"))
    put(tmp_path / "west", west)
    collected = collect(tmp_path / "city", parent_files("east", "west"))
    assert states(collected) == {"east": "fresh", "west": "hostile collect-same"}
    assert {one.unit for one in collected.increments} == {"east"}


@pytest.mark.parametrize(
    ("there", "why"),
    [
        ({"unit": "户"}, "measure"),
        ({"basis": "year-to-date"}, "basis"),
        ({"aggregate": "last"}, "aggregate"),
        ({"definition": "上门看望的职工"}, "definition"),
        ({"definition": [{"from": "2014-h1", "text": "上门看望的职工"}]}, "definition"),
        ({"slug": "visits"}, "unknown"),
    ],
)
def test_what_means_something_else_below_is_never_added_and_said(
    tmp_path: Path, there: dict[str, Any], why: str
) -> None:
    other = {**INDICATORS[0], **there}
    slug, unit = other["slug"], other["unit"]
    text = record(figures=[{"indicator": slug, "value": 12, "unit": unit}])
    put(
        tmp_path / "east",
        site_files("east", lists={"indicators.yml": [other, INDICATORS[1]]}, visit=text, more=MEMBERS),
    )
    [site] = collect(tmp_path / "city", parent_files("east")).sites
    assert site.state == "fresh" and site.data
    assert site.data.refused == (RefusedIndicator(slug, why),)
    assert [one.indicator for one in site.data.increments] == ["members"], "what means the same is added"


def test_links_out_of_the_site_lead_nowhere(tmp_path: Path) -> None:
    put(tmp_path / "west", sound())
    put(tmp_path / "east", {name: data for name, data in sound().items() if name != "rollup.csv"})
    (tmp_path / "east" / "data" / "rollup.csv").symlink_to(tmp_path / "west" / "data" / "rollup.csv")
    assert states(collect(tmp_path / "city", parent_files("east"))) == {"east": "missing collect-missing"}
    (tmp_path / "east" / "data" / "rollup.csv").unlink()
    os.mkfifo(tmp_path / "east" / "data" / "rollup.csv")
    assert states(collect(tmp_path / "city", parent_files("east"))) == {"east": "missing collect-missing"}
    put(tmp_path / "south", {})
    (tmp_path / "south" / "data").rmdir()
    (tmp_path / "south" / "data").symlink_to(tmp_path / "west" / "data")
    assert states(collect(tmp_path / "city", parent_files("east", east="../south")))["east"].startswith("missing")


def test_a_commit_in_git_and_a_branch(tmp_path: Path) -> None:
    repository = tmp_path / "repository"
    put(repository / "site", sound())
    for command in (["init", "-qb", "main"], ["add", "."], ["commit", "-qm", "Publish"]):
        git(repository, *command)
    commit = git(repository, "rev-parse", "HEAD")
    where = {"git": "../repository", "commit": commit, "path": "site"}
    collected = collect(tmp_path / "city", parent_files("east", east=where))
    assert states(collected) == {"east": "fresh"}
    put(repository / "site", newer())
    git(repository, "commit", "-qam", "Publish more")
    assert collect(tmp_path / "city", parent_files("east", east=where)) == collected, "a commit stays what it is"
    [site] = collect(tmp_path / "city", parent_files("east", east={**where, "commit": "main"})).sites
    assert site.data and {one.indicator for one in site.data.increments} == {"visited", "members"}
    for wrong in ({"commit": "0" * 40}, {"git": "../nothing"}, {"git": "ext::touch x"}, {"path": "elsewhere"}):
        [site] = collect(tmp_path / "city", parent_files("east", east={**where, **wrong})).sites
        assert site.state == "missing" and not (tmp_path / "city" / "x").exists()
    (repository / "site" / "data" / "rollup.csv").unlink()
    (repository / "site" / "data" / "rollup.csv").symlink_to("/etc/passwd")
    git(repository, "commit", "-qam", "Link")
    [site] = collect(tmp_path / "town", parent_files("east", east={**where, "commit": "main"})).sites
    assert site.state == "broken" and site.data is None


def test_a_commit_may_have_so_many_bytes_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongbao.collecting.fetching.LARGEST_COMMIT", 1_000_000)
    repository, where = tmp_path / "repository", {"git": "../repository", "commit": "main", "path": "site"}
    put(repository / "site", sound())
    for command in (["init", "-qb", "main"], ["add", "."], ["commit", "-qm", "Publish"]):
        git(repository, *command)
    before = collect(tmp_path / "city", parent_files("east", east=where)).sites[0]
    (repository / "bomb").write_bytes(Random(1).randbytes(1_100_000))
    for command in (["add", "."], ["commit", "-qm", "Grow"]):
        git(repository, *command)
    [site] = collect(tmp_path / "city", parent_files("east", east=where)).sites
    assert (before.state, site.state, site.data) == ("fresh", "hostile", before.data)
    assert site.why == ("collect-large-commit", (("commit", "main"), ("megabytes", "1")))


def git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
    return subprocess.run(
        ["git", *who, *arguments], cwd=folder, check=True, capture_output=True, text=True
    ).stdout.strip()


def test_of_a_site_on_the_web_the_package_is_fetched_and_then_what_has_changed(tmp_path: Path) -> None:
    asked: list[str] = []
    put(tmp_path / "site", sound())

    class Handler(SimpleHTTPRequestHandler):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given, directory=str(tmp_path / "site"))

        def do_GET(self) -> None:
            asked.append(self.path.rpartition("/")[2])
            if self.path.startswith("/away/"):
                self.send_response(302)
                self.send_header("Location", f"file://{tmp_path}/site/data/{asked[-1]}")
                self.end_headers()
            else:
                super().do_GET()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        home = f"http://127.0.0.1:{server.server_port}"
        files = parent_files("east", east=f"{home}/")
        assert states(collect(tmp_path / "city", files)) == {"east": "fresh"}
        assert asked == ["datapackage.json", *NEEDED]
        asked.clear()
        collect(tmp_path / "city", files)
        assert asked == ["datapackage.json"], "nothing has changed"
        asked.clear()
        put(tmp_path / "site", newer())
        assert states(collect(tmp_path / "city", files)) == {"east": "fresh"}
        assert {*asked} == {"datapackage.json", "records.json", "figures.csv", "indicators.csv", "rollup.csv"}
        for wrong in (f"{home}/nowhere", f"{home}/away", "http://127.0.0.1:1/"):
            assert states(collect(tmp_path / "city", parent_files("east", east=wrong)))["east"].startswith("missing")
        server.shutdown()


def test_a_signature_is_that_of_the_key_in_the_list(tmp_path: Path) -> None:
    for name in ("key", "other"):
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(tmp_path / name)]
        subprocess.run(command, check=True)
    put(tmp_path / "east", sound())
    package = tmp_path / "east" / "data" / "datapackage.json"
    public = (tmp_path / "key.pub").read_text(encoding="utf-8").strip()
    lists = parent_files("east")
    lists["sites.yml"][0]["key"] = public

    def sign(key: str, namespace: str = "gongbao") -> None:
        package.with_name("datapackage.json.sig").unlink(missing_ok=True)
        command = ["ssh-keygen", "-Y", "sign", "-f", str(tmp_path / key), "-n", namespace, str(package)]
        subprocess.run(command, check=True, capture_output=True)

    assert states(collect(tmp_path / "city", lists)) == {"east": "broken collect-unsigned"}
    for key, namespace in (("other", "gongbao"), ("key", "file")):
        sign(key, namespace)
        assert states(collect(tmp_path / "city", lists)) == {"east": "hostile collect-signature"}
    sign("key")
    assert states(collect(tmp_path / "city", lists)) == {"east": "fresh"}
    put(tmp_path / "east", newer())
    assert states(collect(tmp_path / "city", lists)) == {"east": "hostile collect-signature"}


def test_what_is_kept_and_cant_be_read_counts_as_never_collected(tmp_path: Path) -> None:
    put(tmp_path / "east", sound())
    collect(tmp_path / "city", parent_files("east"))
    state = tmp_path / "city" / "collected" / "east" / "state.json"
    good = state.read_text(encoding="utf-8")
    for bad in ("", "{}", "[]", good[:-9], good.replace('"12"', '"twelve"'), good.replace('"fresh"', '"good"')):
        state.write_text(bad, encoding="utf-8")
        assert load_collected(state.parent.parent, lists().sites).sites == (CollectedSite("east", "east"),)
    state.write_text(good, encoding="utf-8")
    other = vocabulary({**parent_files("east"), "sites.yml": [{"id": "east", "unit": "city", "where": "../east"}]})
    assert load_collected(state.parent.parent, other.sites).sites == (CollectedSite("east", "city"),)


@pytest.mark.slow
def test_of_a_hundred_sites_nine_go_wrong_and_the_sum_is_what_all_of_them_told_last(tmp_path: Path) -> None:
    names = [f"s{at:03}" for at in range(100)]
    files = {name: renamed(compact(sound()), name) for name in names}
    for name in names:
        put(tmp_path / name, files[name])
    total = record(title="全市走访职工", unit="city", figures=[{"indicator": "visited", "value": 1199, "unit": "人"}])
    due = [{"period": "2014-h1", "due": "2014-07-15"}, {"period": "2014-h2", "unit": "s001", "due": "2014-07-31"}]
    city = {**parent_files(*names), "periods.yml": due, "2014/h1/total.md": total}
    first = collect(tmp_path / "city", city)
    assert {*states(first).values()} == {"fresh"} and told(city, first) == (1200, 100)

    shutil.rmtree(tmp_path / "s000")
    for at, case in enumerate(NINE, start=2):
        put(tmp_path / f"s{at:03}", renamed(compact(SPOILT[case][0](sound())), f"s{at:03}"))
    second = collect(tmp_path / "city", city, date(2014, 8, 1))
    wrong = {name: state for name, state in states(second).items() if state != "fresh"}
    assert wrong == {
        "s000": "missing collect-missing",
        "s001": "late collect-late",
        **{f"s{at:03}": SPOILT[case][1] for at, case in enumerate(NINE, start=2)},
    }
    assert told(city, second) == (1200, 100), "the last good state of each is used"
    for name in wrong:
        shutil.rmtree(tmp_path / "city" / "collected" / name)
    third = collect(tmp_path / "city", city, date(2014, 8, 1))
    gap = [one.id for one in third.sites if not one.data]
    assert len(gap) == 7 and told(city, third) == (12 * 93 + 1, 93), "what was changed is new to a folder that is new"


def test_git_is_given_so_much_time_and_no_more(tmp_path: Path) -> None:
    ask_git(tmp_path, "init", "-q")
    with pytest.raises(GitRefuses, match="timed out after"):
        ask_git(tmp_path, "-c", "alias.wait=!exec sleep 5", "wait", seconds=0.2)


NINE = ("packed", "markup in a name", "path in an id", "older schema", "cut off", "changed silently", "increment twice")


def compact(files: Files) -> Files:
    """The same files, with the package as `packaged` writes it."""
    return packaged(files, lambda package: package)


def renamed(files: Files, name: str) -> Files:
    """The data files of a site of another unit; what its package says of them is as right or wrong as before."""
    others = {file: data.replace(b"east", name.encode()) for file, data in files.items()}
    for file, data in files.items():
        digest, now = (hashlib.sha256(one).hexdigest().encode() for one in (data, others[file]))
        size, size_now = (f'"bytes": {len(one)}, "hash": "sha256:'.encode() for one in (data, others[file]))
        package = others["datapackage.json"]
        others["datapackage.json"] = package.replace(size + digest, size_now + now)
    return others


def told(city: Mapping[str, Any], collected: Collected) -> tuple[int, int]:
    """What the city's page says: the sum of the half, and the number of units that told of it."""
    content = read_all(tree_of(city))
    archive = replace(publish(content.records, content.vocabulary, preview=False), collected=collected)
    [row] = [one for one in Derived(archive).rollup if (one.unit, one.indicator) == ("city", "visited")]
    return int(row.amount), row.reported


def test_the_command_says_what_became_of_each_site_and_what_is_not_added(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = [{**INDICATORS[0], "basis": "year-to-date"}, {**INDICATORS[1], "slug": "joined"}]
    put(tmp_path / "east", site_files("east", lists={"indicators.yml": other}))
    project = write(tmp_path / "city", {**parent_files("east", "west"), "2014/h1/a.md": record(unit="city")})
    monkeypatch.chdir(project)
    done = CliRunner().invoke(collecting.command)
    assert done.exit_code == 0, done.output
    east, west = done.output.splitlines()[:2]
    assert (
        east
        == "east: 正常；意思和这里不一样的指标没有加进来：visited (统计口径不同)；这里没有列的指标没有加进来：joined"
    )
    assert west.startswith("west: 收不到；") and west.endswith("；还没有收到过数据")
    (project / "content" / "sites.yml").unlink()
    assert CliRunner().invoke(collecting.command).exit_code == 1
