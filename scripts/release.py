"""The steps of a release, which ``make release`` takes in order; each ends with a line that says what to mend.

``check``  the tree is clean, the version is new and stands in all of its places, the changelog has its section;
``build``  makes the wheel, the source archive and the list of packages (CycloneDX) in ``dist/``, of what is committed
           and of the editor's files, which set-up makes, and has the wheel installed in an empty folder, where it
           lays out, checks and builds a site with the editor;
``tag``    tags the commit. Pushing the tag is left to whoever releases.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory

PROJECT = Path(__file__).resolve().parent.parent
DIST = PROJECT / "dist"
TOOLS = PROJECT / ".cache" / "tools-venv" / "bin"
# setuptools changes the arguments of the process.
_BUILD = "import sys; from setuptools import build_meta as m; to = sys.argv[1]; m.build_sdist(to); m.build_wheel(to)"
_EDITOR = "hooks/gongbao/editing/bundle"
_GUIDE = PROJECT / "docs" / "maintain"
# The wheel's name in the guide.
_WHEEL = re.compile(r"gongbao-(\d[\w.]*)-py3-none-any\.whl")
# A section of the changelog: its version, its day, what it says.
_SECTION = re.compile(r"^## \[([^\]]+)\](?: - (\d{4}-\d\d-\d\d))?\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


def main() -> None:
    """Take one step of a release."""
    version = version_of(PROJECT)
    match sys.argv[1:]:
        case ["check"]:
            if said := unready(version):
                sys.exit(said)
        case ["build"]:
            build(version)
        case ["tag"]:
            _run("git", "tag", "--annotate", f"v{version}", "--message", f"Gongbao {version}")
            print(f"v{version}: git push origin v{version}")
        case _:
            sys.exit(__doc__)


def version_of(project: Path) -> str:
    """Return the version in ``pyproject.toml``."""
    about = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))
    return str(about["project"]["version"])


def unready(version: str) -> str:
    """Return in a line what stands in the way of a release, or nothing."""
    if _told("git", "status", "--porcelain"):
        return "There are changes that are not committed: git status"
    if _told("git", "tag", "--list", f"v{version}"):
        return f"v{version} is released. Write the next version into pyproject.toml and hooks/gongbao/__init__.py"
    if f'__version__ = "{version}"' not in (PROJECT / "hooks/gongbao/__init__.py").read_text(encoding="utf-8"):
        return f"hooks/gongbao/__init__.py has another version than pyproject.toml: {version}"
    for page in sorted(_GUIDE.glob("*.md")):
        if said := unready_page(page.read_text(encoding="utf-8"), version):
            return f"docs/maintain/{page.name}: {said}"
    return unready_changelog((PROJECT / "CHANGELOG.md").read_text(encoding="utf-8"), version)


def unready_page(text: str, version: str) -> str:
    """Return in a line which other version a page of the guide names as the wheel's, or nothing."""
    others = [named for named in _WHEEL.findall(text) if named != version]
    return f"the wheel is gongbao-{version}-py3-none-any.whl, not {others[0]}" if others else ""


def unready_changelog(text: str, version: str) -> str:
    """Return in a line what a changelog lacks for a release, or nothing: its section, with its day, comes first."""
    sections = _SECTION.findall(text)
    if sections and sections[0][0] == "Unreleased" and sections.pop(0)[2].strip():
        return f"CHANGELOG.md: what stands below [Unreleased] belongs below ## [{version}] - YYYY-MM-DD"
    if not sections or sections[0][0] != version or not sections[0][1]:
        return f"CHANGELOG.md has no section ## [{version}] - YYYY-MM-DD below [Unreleased]"
    return ""


def build(version: str) -> None:
    """Make everything that a release consists of, in ``dist/``, and try the wheel."""
    shutil.rmtree(DIST, ignore_errors=True)
    DIST.mkdir()
    with TemporaryDirectory(prefix="gongbao-release-") as name:
        source, empty = Path(name, "source"), Path(name, "empty")
        source.mkdir()
        packed = subprocess.run(["git", "archive", "HEAD"], cwd=PROJECT, check=True, stdout=subprocess.PIPE).stdout
        subprocess.run(["tar", "-x"], cwd=source, input=packed, check=True)
        if not (PROJECT / _EDITOR / "cms.js").is_file():
            sys.exit("The editor is not made: sh scripts/setup.sh editor")
        shutil.copytree(PROJECT / _EDITOR, source / _EDITOR)
        _run(sys.executable, "-c", _BUILD, str(DIST), at=source)
        try_wheel(DIST / f"gongbao-{version}-py3-none-any.whl", version, empty)
    bill = ["requirements", "requirements.txt", "--pyproject", "pyproject.toml", "--output-reproducible"]
    _run(str(TOOLS / "cyclonedx-py"), *bill, "-o", str(DIST / f"gongbao-{version}.cdx.json"))
    print(*sorted(path.name for path in DIST.iterdir()), sep="\n")


def try_wheel(wheel: Path, version: str, empty: Path) -> None:
    """Install a wheel in an empty folder, and have it lay out, check and build a site with the editor there."""
    _run(sys.executable, "-m", "venv", str(empty / ".venv"))
    _run(str(empty / ".venv/bin/python"), "-m", "pip", "install", "--quiet", str(wheel))
    gongbao = str(empty / ".venv/bin/gongbao")
    if (said := _told(gongbao, "--version", at=empty)) != f"gongbao {version}\n":
        sys.exit(f"The wheel calls itself {said}")
    _run(gongbao, "new-site", "site-of-ones-own", at=empty)
    site = empty / "site-of-ones-own"
    with (site / "content" / "site.yml").open("a", encoding="utf-8") as settings:
        settings.write("editor: {host: local}\n")
    for command in ("check", "build"):
        _run(gongbao, command, at=site)
    if not (site / "site/edit/bundle/cms.js").is_file():
        sys.exit("The wheel lacks the editor")


def _run(*command: str, at: Path = PROJECT) -> None:
    if subprocess.run(command, cwd=at, check=False).returncode:
        sys.exit(f"This failed: {' '.join(command)}")


def _told(*command: str, at: Path = PROJECT) -> str:
    return subprocess.run(command, cwd=at, check=True, stdout=subprocess.PIPE, text=True).stdout


if __name__ == "__main__":
    main()
