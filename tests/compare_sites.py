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

from commands import BUILD, GONGBAO, PROJECT, environment, files_of, succeed
from compared_sites import SITES, lay_out

RELEASE = "66835cd024ed8e0f4152d01de85dd169f260c957"  # the last one whose differences were looked through
SHOWN = 12  # lines of one file's difference


@dataclass(frozen=True)
class Purpose:
    """A difference that is meant: in which files, why, and what is left out of both before they are compared."""

    files: str
    reason: str
    left_out: bytes  # an expression


# Empty this list when `RELEASE` moves on.
ON_PURPOSE: tuple[Purpose, ...] = ()


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
        succeed(to.parent, "-m", "pip", "install", "-q", "--no-deps", "--target", str(to), *sorted(theirs - ours))
    return str(to)


def outputs(site: Path, program: Path, libraries: str) -> Mapping[str, bytes]:
    """Have a program make everything from a site; return all files, by output and name."""
    work = Path(tempfile.mkdtemp(dir=site))
    project, to = work / "project", work / "made"
    shutil.copytree(site / "start", project)
    for folder in ("hooks", "scripts"):
        shutil.copytree(program / folder, project / folder, ignore=shutil.ignore_patterns("__pycache__", "*.pyc*"))
    path = {"PYTHONPATH": os.pathsep.join(filter(None, (str(project / "hooks"), libraries)))}
    check = (sys.executable, *command(project, "check_records", "check"), "--format", "json")
    said = subprocess.run(check, cwd=project, env=environment(**path), stdout=subprocess.PIPE, check=True).stdout
    succeed(project, *command(project, "write_word", "word"), **path)
    succeed(project, *BUILD, "-q", "--site-dir", str(to / "site"), **path)
    succeed(project, *command(project, "write_pages", "pages"), str(to / "pages"), **path)
    return {**files_of(to), "problems.json": said}


def command(project: Path, script: str, name: str) -> tuple[str, ...]:
    """Tell how a program's command is called: by a script, as it was until the one command `gongbao`."""
    stub = Path("scripts", f"{script}.py")
    return (str(stub),) if (project / stub).exists() else (*GONGBAO, name)


def alike(address: str, data: bytes) -> bytes:
    """Return a file as it is compared: without what differs on purpose, and then an archive as its parts."""
    for one in ON_PURPOSE:
        data = re.sub(one.left_out, b"", parts(data)) if fnmatchcase(address, one.files) else data
    return data


def excerpt(old: bytes, new: bytes) -> str:
    """Return the first lines that differ, a tag a line; of an archive, those of its parts."""
    before, after = (
        parts(data).decode(errors="backslashreplace").replace("><", ">\n<").splitlines() for data in (old, new)
    )
    lines = list(unified_diff(before, after, "before", "after", n=0, lineterm=""))
    return "\n".join(line[:300] for line in lines[:SHOWN])


def parts(data: bytes) -> bytes:
    """Return the parts of an archive, one after another; of any other file all of it."""
    if not is_zipfile(BytesIO(data)):
        return data
    with ZipFile(BytesIO(data)) as packed:
        return b"\n".join(name.encode() + b"\n" + packed.read(name) for name in packed.namelist())


if __name__ == "__main__":
    sys.exit(main())
