"""Compare every output with that of the last release: ``python tests/compare_sites.py [COMMIT]``.

Both programs get the same three sites: the seed, a synthetic archive, and a small one in English that has what the
others lack. What a program makes of them (the site, its Word documents, its Markdown, what its check says) must be the
same to the byte, but for what `ON_PURPOSE` lists. Prints what differs, and exits with 1 if anything does.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from difflib import unified_diff
from fnmatch import fnmatchcase
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile, is_zipfile

from commands import PROJECT, environment, files_of, replace

sys.path.insert(0, str(PROJECT / "hooks"))

from six_halves import files as six_halves
from small_archives import LISTS, Files, record, write

RELEASE = "62aa5f5f66dc84c8f0a0ca1c3fcb2f747b6d1122"  # before the modules were put into packages
SITES = ("seed", "corpus", "english")
RECORDS = 200
SHOWN = 12  # lines of one file's difference
CORRECTION = {"date": "2015-03-01", "text": "人数有误", "was": "8 人", "now": "9 人"}
SEEN = "![图](图.png)，[附件](list.pdf)，<b>原样</b>。\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n"
PICTURE = b"\x89PNG\r\n\x1a\nnot for looking at"
GIT = ("git", "-c", "user.name=Someone", "-c", "user.email=someone@example.org", "-c", "commit.gpgsign=false")


@dataclass(frozen=True)
class Purpose:
    """A difference that is meant: in which files, why, and what is left out of both before they are compared."""

    files: str
    reason: str
    left_out: bytes  # an expression


# Empty this list when `RELEASE` moves on.
ON_PURPOSE = (
    Purpose(
        "*/site/*feed.xml",
        "Links of entries have rel and type, and attachments are links of their own.",
        rb' rel="alternate" type="text/html"|<link [^>]*rel="enclosure"[^>]*/>\n?',
    ),
    Purpose(
        "*.html",
        "What Word, Markdown and feeds read stands in roles. Needless classes and white space no browser shows went.",
        rb' data-gb-(?:parted|apart|mark|meta|cite|cards|name|chart)(?=[ >])|(?<= data-gb-screen)="here"'
        rb'| class="gb-(?:way|caption|address)"|(?<=class=")gb-soft (?=gb-by")|(?<=class="gb-note) gb-soft(?=")'
        rb"|\s+(?=<)|(?<=>)\s+",
    ),
    Purpose("*/assets/gongbao*.css", "Three classes that nothing needed are no more.", rb"(?s).*"),
    Purpose("*/chart-*.svg", "A class of ours means nothing elsewhere.", rb' class="gb-chart"'),
    Purpose(
        "*/feed.*",
        "No space comes between two elements of a record's own text, nor before a trail of outcomes.",
        rb" (?=(?:&lt;|<)(?:span|strong|b|em|ol|li)(?:&gt;|>))",
    ),
)


def main() -> int:
    """Build everything with both programs, print what differs; return 1 if anything does."""
    parser = argparse.ArgumentParser(description="Compare every output with that of an earlier commit.")
    parser.add_argument("commit", metavar="COMMIT", nargs="?", default=RELEASE, help="default: the last release")
    commit = parser.parse_args().commit
    with tempfile.TemporaryDirectory(prefix="gongbao-compare-") as name:
        found = list(differences(commit, Path(name)))
    print(*found, f"{len(found)} files differ from {commit[:8]}.", sep="\n")
    return 1 if found else 0


def differences(commit: str, work: Path) -> Iterator[str]:
    """Yield what differs between a commit's outputs and this tree's, a file at a time."""
    (earlier := work / "earlier").mkdir()
    packed = subprocess.run(["git", "archive", commit], cwd=PROJECT, check=True, stdout=subprocess.PIPE).stdout
    subprocess.run(["tar", "-x"], cwd=earlier, input=packed, check=True)
    libraries = other_libraries(earlier, work / "libraries")
    for site in SITES:
        lay_out(site, earlier, work / site / "start", libraries)
    jobs = [job for site in SITES for job in ((work / site, earlier, libraries), (work / site, PROJECT, ""))]
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(lambda job: outputs(*job), jobs))
    for site, before, after in zip(SITES, made[::2], made[1::2], strict=True):
        print(f"{site}: {len(before)} files before, {len(after)} after", flush=True)
        for name in sorted({*before, *after}):
            address = f"{site}/{name}"
            old, new = (alike(address, files.get(name, b"(no such file)")) for files in (before, after))
            if old != new:
                yield f"{address} differs:\n{excerpt(old, new)}"


def other_libraries(earlier: Path, to: Path) -> str:
    """Install what an earlier program locked and this one has no more, or in another version; return its folder."""
    ours, theirs = (
        set(re.findall(r"^([\w.-]+==\S+)", (tree / "requirements.txt").read_text("utf-8"), re.MULTILINE))
        for tree in (PROJECT, earlier)
    )
    if theirs - ours:
        run(to.parent, "-m", "pip", "install", "-q", "--no-deps", "--target", str(to), *sorted(theirs - ours))
    return str(to)


def lay_out(site: str, earlier: Path, to: Path, libraries: str) -> None:
    """Write a site's content and settings as the earlier program has them, in a repository of one commit."""
    if site == "corpus":
        run(earlier, "scripts/make_corpus.py", str(RECORDS), str(to), PYTHONPATH=libraries)
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


def outputs(site: Path, program: Path, libraries: str) -> Mapping[str, bytes]:
    """Have a program make everything from a site; return all files, by output and name."""
    work = Path(tempfile.mkdtemp(dir=site))
    project, to = work / "project", work / "made"
    shutil.copytree(site / "start", project)
    for folder in ("hooks", "scripts"):
        shutil.copytree(program / folder, project / folder, ignore=shutil.ignore_patterns("__pycache__", "*.pyc*"))
    path = {"PYTHONPATH": os.pathsep.join(filter(None, (str(project / "hooks"), libraries)))}
    said = run(project, *command(project, "check_records", "check"), "--format", "json", **path)
    run(project, *command(project, "write_word", "word"), **path)
    run(project, "-m", "mkdocs", "build", "-q", "--site-dir", str(to / "site"), **path)
    run(project, *command(project, "write_pages", "pages"), str(to / "pages"), **path)
    return {**files_of(to), "problems.json": said.encode()}


def command(project: Path, script: str, name: str) -> tuple[str, ...]:
    """Tell how a program's command is called: by a script, as it was until the one command `gongbao`."""
    stub = Path("scripts", f"{script}.py")
    return (str(stub),) if (project / stub).exists() else ("-m", "gongbao", name)


def run(folder: Path, *arguments: str, **more: str) -> str:
    """Run Python in a folder and return what it prints; a failure ends everything and shows why."""
    done = subprocess.run([sys.executable, *arguments], cwd=folder, env=environment(**more), capture_output=True)
    if done.returncode:
        sys.exit(f"{' '.join(arguments)} in {folder} failed:\n{(done.stdout + done.stderr).decode()}")
    return done.stdout.decode()


def alike(address: str, data: bytes) -> bytes:
    """Return a file as it is compared: without what differs on purpose."""
    for one in ON_PURPOSE:
        data = re.sub(one.left_out, b"", data) if fnmatchcase(address, one.files) else data
    return data


def excerpt(old: bytes, new: bytes) -> str:
    """Return the first lines that differ; of an archive, those of its parts."""
    before, after = readable(old).splitlines(), readable(new).splitlines()
    lines = list(unified_diff(before, after, "before", "after", n=0, lineterm=""))
    return "\n".join(line[:300] for line in lines[:SHOWN])


def readable(data: bytes) -> str:
    """Return a file as text, a tag a line."""
    if is_zipfile(BytesIO(data)):
        with ZipFile(BytesIO(data)) as packed:
            data = b"\n".join(name.encode() + b"\n" + packed.read(name) for name in packed.namelist())
    return data.decode(errors="backslashreplace").replace("><", ">\n<")


if __name__ == "__main__":
    sys.exit(main())
