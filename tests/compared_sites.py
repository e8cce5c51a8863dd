"""The three sites that two programs are compared on: the seed, a synthetic archive, and one in English."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from commands import environment, replace, succeed
from six_halves import files as six_halves
from small_archives import LISTS, Files, record, write

SITES = ("seed", "corpus", "english")
RECORDS = 200
CORRECTION = {"date": "2015-03-01", "text": "人数有误", "was": "8 人", "now": "9 人"}
SEEN = "![图](图.png)，[附件](list.pdf)，<b>原样</b>。\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n"
PICTURE = b"\x89PNG\r\n\x1a\nnot for looking at"
GIT = ("git", "-c", "user.name=Someone", "-c", "user.email=someone@example.org", "-c", "commit.gpgsign=false")


def lay_out(site: str, earlier: Path, to: Path, libraries: str) -> None:
    """Write a site's content and settings as the earlier program has them, in a repository of one commit."""
    if site == "corpus":
        succeed(earlier, "scripts/make_corpus.py", str(RECORDS), str(to), PYTHONPATH=libraries)
    else:
        to.mkdir(parents=True)
        shutil.copyfile(earlier / "mkdocs.yml", to / "mkdocs.yml")
        for folder in ("content", "docs"):
            shutil.copytree(earlier / folder, to / folder)
    if site == "english":
        shutil.rmtree(to / "content")
        write(to, english())
        replace(to / "mkdocs.yml", "language: zh", "language: en")
        replace(to / "mkdocs.yml", "https://gongbao.example.org/", "https://union.example.org/some/where/")
    for name in ("hooks", "scripts", ".cache"):
        shutil.rmtree(to / name, ignore_errors=True)
    when = {"GIT_AUTHOR_DATE": "2016-01-02T03:04:05Z", "GIT_COMMITTER_DATE": "2016-01-02T03:04:05Z"}
    for command in (["init", "-q"], ["add", "content", "docs", "mkdocs.yml"], ["commit", "-qm", "Start"]):
        subprocess.run([*GIT, *command], cwd=to, env=environment(**when), check=True)


def english() -> Files:
    """Six halves in English with many units, a draft, a withdrawn and a corrected record, attachments, a held half."""
    made = {**LISTS, **six_halves()}
    many = [{"slug": f"branch-{at}", "title": f"第{at}分会", "parent": "east"} for at in range(40)]
    half = "2014/h2"
    return made | {
        "site.yml": {"name": "Six halves", "language": "en", "as_of": "2014-12-31", "licence": "CC-BY-4.0"},
        "units.yml": [*made["units.yml"], *many],
        "periods.yml": [*made["periods.yml"], {"period": "2015-h1", "due": "2015-07-10"}],
        "2015/h1/early.md": record(unit="east"),
        **{f"{half}/{one['slug']}.md": record(f"{one['title']}走访。\n", unit=one["slug"]) for one in many},
        f"{half}/draft.md": record(unit="east", draft=True),
        f"{half}/gone.md": record(unit="east", withdrawn={"date": "2015-03-01", "reason": "重复"}),
        f"{half}/mended.md": record(unit="west", aliases=["2014-h2/before"], corrections=[CORRECTION]),
        f"{half}/seen/index.md": record(SEEN, unit="south"),
        f"{half}/seen/图.png": PICTURE,
        f"{half}/seen/list.pdf": b"%PDF-1.4 no document",
        "undated/h1/old.md": record(unit="district", date="20XX-03"),
        "2013/year/whole.md": record("全年。\n", unit="district", kind="overview", topics=None),
    }
