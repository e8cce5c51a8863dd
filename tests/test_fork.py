"""A site of one's own by nothing but the maintainers' guide: its blocks are done in order, as its reader would.

A block of ``docs/maintain/`` with braces is done in the fork's folder:

    ``` {.sh}                                   commands, each typed in turn; what the last one says may follow in
    ``` {.output}                               its own block, as the last line
    ``` {.yaml data-file=content/site.yml}      the whole of this file, or with ``.append`` its new end
    ``` {.diff data-file=mkdocs.yml}            lines taken out and put in

``.install``, ``.new-site``, ``.from-git``, ``.new-program`` and ``.upgrade`` belong to the way with pip. ``` {.text}
is only read.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from commands import PROJECT, files_of, replace, run_command
from gongbao import __version__
from test_workflows import (
    PUBLISH,
    REPO_URL,
    SITE_URL,
    git,
    github_commands,
    gitlab_commands,
    lend_packages,
    run_as_runner,
)
from test_workflows import clone as clone

MAINTAIN = PROJECT / "docs" / "maintain"
BLOCK = re.compile(r"^``` \{(?P<about>[^}\n]+)\}\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
WITH_PIP = {".no-make", ".no-make-installed", ".install", ".new-site", ".from-git", ".new-program", ".upgrade"}
NOBODY = 65534
Do = tuple[str, dict[str, str]]


class Newcomer:
    """Someone with a folder, an empty home and the guide."""

    def __init__(self, folder: Path, home: Path, *, as_nobody: bool = False) -> None:
        self.folder, self.home, self.as_nobody = folder, home, as_nobody
        home.mkdir(exist_ok=True)
        if as_nobody:
            for path in (home, folder, *folder.rglob("*")):
                os.chown(path, NOBODY, NOBODY, follow_symlinks=False)

    def told(self, *commands: Do) -> tuple[int, str]:
        """Type commands, or let a host's runner do so."""
        if self.as_nobody:
            other = f"setpriv --reuid={NOBODY} --regid={NOBODY} --clear-groups bash -e -o pipefail -c "
            commands = tuple((other + shlex.quote(command), variables) for command, variables in commands)
        return run_as_runner(self.folder, self.home, list(commands))

    def must(self, *commands: Do) -> str:
        status, said = self.told(*commands)
        assert status == 0, said
        return said

    def follow(self, page: str, of_pip: str = "") -> str:
        """Do every block of a page of the guide, or only those of one part of the way with pip."""
        said = ""
        for found in BLOCK.finditer((MAINTAIN / page).read_text(encoding="utf-8")):
            words, text = found["about"].split(), found["text"]
            if set(words) & WITH_PIP != ({of_pip} if of_pip else set()):
                continue
            target = next((self.folder / word[10:] for word in words if word.startswith("data-file=")), None)
            if ".sh" in words:
                said += self.must(*((line, {}) for line in text.splitlines()))
            elif ".output" in words:
                assert said.splitlines()[-1] == text.rstrip("\n")
            elif target and ".diff" in words:
                old, new = (
                    "".join(line[1:] + "\n" for line in text.splitlines() if line[0] in f" {sign}") for sign in "-+"
                )
                replace(target, old, new)
            elif target:
                above = target.read_text(encoding="utf-8") if ".append" in words else ""
                target.write_text(above + text, encoding="utf-8")
        return said


def copy_of(upstream: Path, folder: Path) -> Path:
    """Fork a repository, which is then known as ``upstream``, and say who commits."""
    git(upstream, "clone", "--quiet", "--origin", "upstream", ".", str(folder))
    git(folder, "checkout", "--quiet", "-B", "main")
    git(folder, "config", "user.name", "Someone")
    git(folder, "config", "user.email", "someone@example.org")
    return folder


@pytest.fixture(scope="module")
def upstream(clone: Path) -> Path:
    """The program's repository, as it would be on a host."""
    git(clone, "checkout", "--quiet", "-B", "main")
    return clone


@pytest.fixture(scope="module")
def begun(upstream: Path, tmp_path_factory: pytest.TempPathFactory) -> Newcomer:
    """One whose fork has its own content, on a machine that had the locked packages already."""
    folder = tmp_path_factory.mktemp("begun")
    fork = copy_of(upstream, folder / "我们的 公报")
    lend_packages(fork)
    someone = Newcomer(fork, folder / "home")
    someone.follow("index.md")
    return someone


def another(begun: Newcomer, folder: Path) -> Newcomer:
    """Somebody who has done the same in another folder."""
    for part in (begun.folder, begun.home):
        shutil.copytree(part, folder / part.name, symlinks=True)
    lend_packages(folder / begun.folder.name)
    return Newcomer(folder / begun.folder.name, folder / begun.home.name)


@pytest.fixture(scope="module")
def settled(begun: Newcomer, tmp_path_factory: pytest.TempPathFactory) -> Newcomer:
    """One who goes on from there, test by test."""
    return another(begun, tmp_path_factory.mktemp("settled"))


# ---- a fork ----


def assert_published_by_both_hosts(newcomer: Newcomer) -> None:
    """Run what either host runs on the main branch, and hold the sites against the fork's own name and addresses.

    The first has no cache, the second that of the first.
    """
    newcomer.must(("rm -rf site .cache", {}), *github_commands(PUBLISH["jobs"]["site"]))
    github = files_of(newcomer.folder / "site")
    newcomer.must(("rm -r site", {}), *gitlab_commands("check"), *gitlab_commands("pages"))
    gitlab = files_of(newcomer.folder / "public")
    edited = {name: page.replace(b"/-/edit/main/", b"/edit/main/") for name, page in gitlab.items()}
    assert edited.keys() == github.keys()
    manifest = ["manifest.json"]  # has the digests of the files that differ
    assert [name for name in github if github[name] != edited[name]] == manifest
    home, record = github["index.html"].decode(), github["2026/h1/records/spring-visits/index.html"].decode()
    assert "某街道总工会工作公报" in home and f'<link rel="canonical" href="{SITE_URL}">' in home
    assert f'href="{REPO_URL}/edit/main/content/2026/h1/spring-visits.md"' in record
    assert "最后修改" in record
    bulletin, sitemap = github["2026/h1/index.html"].decode(), github["sitemap.xml"].decode()
    assert f'<link rel="canonical" href="{SITE_URL}2026/h1/">' in bulletin
    assert f"<loc>{SITE_URL}2026/h1/</loc>" in sitemap
    assert 'href="bulletin-2026-h1.docx"' in bulletin and "2026/h1/bulletin-2026-h1.docx" in github
    foreign = re.compile(rb"gongbao\.example\.org|git\.example\.org/gongbao")
    assert not [name for name, page in github.items() if foreign.search(page)]
    assert not [name for name in github if name.startswith(("2014/", "undated/"))]


def test_a_fork_by_the_guide_is_published_with_its_own_name_and_looks(settled: Newcomer) -> None:
    (settled.folder / "docs" / "images").mkdir(exist_ok=True)
    (settled.folder / "docs" / "images" / "logo.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", "utf-8")
    settled.follow("looks.md")
    settled.must(("git add --all", {}), ("git commit --quiet --message 样子", {}))
    assert_published_by_both_hosts(settled)
    page = (settled.folder / "public" / "2026/h1/records/spring-visits/index.html").read_text(encoding="utf-8")
    assert all(text in page for text in ('data-md-color-primary="teal"', "images/logo.svg", "某ICP备00000000号"))
    assert page.index("assets/gongbao.css") < page.index("own.css")
    assert page.count("<p>转载请注明出处。</p>") == 1
    assert not (settled.folder / "public" / "maintain").exists(), "ours"
    assert [path.name for path in (settled.folder / "public" / "images").iterdir()] == ["logo.svg"]
    assert git(settled.folder, "status", "--porcelain", "--", ".", ":!public") == ""


@pytest.mark.slow
def test_a_fork_by_the_guide_is_published_from_a_machine_with_nothing_on_it(upstream: Path) -> None:
    """As another user too, where we may become one; its folders then lie outside of ours."""
    as_nobody = os.geteuid() == 0 and shutil.which("setpriv") is not None
    with tempfile.TemporaryDirectory(prefix="fork ") as folder:
        Path(folder).chmod(0o755)
        someone = Newcomer(copy_of(upstream, Path(folder) / "我们的 公报"), Path(folder) / "home", as_nobody=as_nobody)
        someone.follow("index.md")
        assert_published_by_both_hosts(someone)
        assert {path.name for path in someone.home.iterdir()} <= {".cache"}


# ---- with pip ----


@pytest.mark.slow
@pytest.mark.parametrize("source", ["", ".from-git"])
def test_a_site_with_the_program_installed_by_the_guide_is_built(source: str, upstream: Path, tmp_path: Path) -> None:
    program = Newcomer(copy_of(upstream, tmp_path / "工报 程序"), tmp_path / "home")
    program.follow("index.md", ".install")
    site = Newcomer(tmp_path / "bulletins", tmp_path / "home")
    if source:
        site.follow("index.md", source)
        next(site.folder.glob("*.whl")).unlink()
    line = (site.folder / "requirements.txt").read_text(encoding="utf-8")
    commit = git(upstream, "rev-parse", "HEAD").strip()
    line = line.replace("代码库的网址", "code.example.org").replace("提交号", commit)
    (site.folder / "requirements.txt").write_text(line, encoding="utf-8")
    there = f'[url "{upstream.as_uri()}"]\ninsteadOf = https://code.example.org/gongbao.git\n'
    (site.home / ".gitconfig").write_text(there, encoding="utf-8")
    assert "没有问题：2 条记录。" in site.follow("index.md", ".new-site")
    assert "春节前走访困难职工" in (site.folder / "site" / "2026" / "h1" / "index.html").read_text(encoding="utf-8")


def test_the_wheel_in_the_guide_has_the_name_that_it_will_have() -> None:
    assert f"./gongbao-{__version__}-py3-none-any.whl\n" in (MAINTAIN / "index.md").read_text(encoding="utf-8")


@pytest.mark.slow
def test_without_make_the_commands_in_the_guide_build_both_kinds_of_site(upstream: Path, tmp_path: Path) -> None:
    fork = Newcomer(copy_of(upstream, tmp_path / "我们的 公报"), tmp_path / "home")
    site = Newcomer(tmp_path / "bulletins", tmp_path / "home")
    run_command(tmp_path, sys.executable, fork.folder / "hooks", "new-site", site.folder)
    only = tmp_path / "only"
    only.mkdir()
    for tool in ("bash", "git"):
        (only / tool).symlink_to(str(shutil.which(tool)))
    for one, block in ((fork, ".no-make"), (site, ".no-make-installed")):
        one.must((f"{shlex.quote(sys.executable)} -m venv .venv", {}))
        one.must(*((line, {"PATH": str(only)}) for line in lines_of("index.md", block)))
        assert (one.folder / "site" / "index.html").is_file()


def lines_of(page: str, block: str) -> list[str]:
    """The commands in the blocks of one kind of a page of the guide."""
    found = BLOCK.finditer((MAINTAIN / page).read_text(encoding="utf-8"))
    return [line for one in found if block in one["about"].split() for line in one["text"].splitlines()]


# ---- upgrade ----


def test_an_upgrade_by_the_guide_meets_no_conflict_and_leaves_ones_own_alone(
    begun: Newcomer, upstream: Path, tmp_path: Path
) -> None:
    newcomer = another(begun, tmp_path)
    own, settings = newcomer.folder / "overrides" / "gongbao" / "moved.html", newcomer.folder / "mkdocs.yml"
    own.parent.mkdir(parents=True)
    shutil.copy(PROJECT / "hooks" / "gongbao" / "rendering" / "templates" / "moved.html", own)
    replace(settings, "primary: white", "primary: teal")
    git(newcomer.folder, "add", "--all")
    git(newcomer.folder, "commit", "--quiet", "--message", "Ours")
    before = files_of(newcomer.folder)
    newer = copy_of(upstream, newcomer.folder.parent / "newer")
    move_on(newer)
    git(newcomer.folder, "remote", "set-url", "upstream", str(newer))

    said = newcomer.follow("upgrade.md")

    after = files_of(newcomer.folder)
    assert "CONFLICT" not in said
    assert "+      primary: red" in said, "what upstream changed in mkdocs.yml is shown"
    for name in ("mkdocs.yml", "docs/about.md", "README.md", "overrides/gongbao/moved.html"):
        assert after[name] == before[name]
    for folder in ("content/", "overrides/"):
        assert {n for n in after if n.startswith(folder)} == {n for n in before if n.startswith(folder)}
    assert after["docs/guide/index.md"].endswith("新的一句。\n".encode())
    assert after["hooks/gongbao/problems/names.py"].endswith(b"# newer\n") and "NEWS.md" in after
    assert "hooks/gongbao/commands/new_site.py" not in after
    assert git(newcomer.folder, "rev-list", "--count", "HEAD..upstream/main") == "0\n"
    assert git(newcomer.folder, "status", "--porcelain") == ""


@pytest.mark.slow
def test_an_upgrade_of_an_installed_site_by_the_guide_installs_the_new_release(upstream: Path, tmp_path: Path) -> None:
    """And one with the same version, which pip alone would take for installed; and the way back."""
    program = Newcomer(copy_of(upstream, tmp_path / "program"), tmp_path / "home")
    program.follow("index.md", ".install")
    site = Newcomer(tmp_path / "bulletins", tmp_path / "home")
    site.follow("index.md", ".new-site")
    (first,), line = site.folder.glob("*.whl"), site.folder / "requirements.txt"
    kept, old = first.read_bytes(), f"gongbao {__version__}\n"
    for text, version in (("第二版没有问题：", __version__), ("第三版没有问题：", "9.0.0")):
        replace(program.folder / "hooks/gongbao/problems/catalogue.yml", "没有问题：", text)
        for file in ("pyproject.toml", "hooks/gongbao/__init__.py"):
            path = program.folder / file
            path.write_text(path.read_text("utf-8").replace(f'"{__version__}"', f'"{version}"'), encoding="utf-8")
        first.unlink(missing_ok=True)
        program.follow("upgrade.md", ".new-program")
        line.write_text(f"./gongbao-{version}-py3-none-any.whl\n", encoding="utf-8")
        said = site.follow("upgrade.md", ".upgrade") if version == __version__ else site.must(("make check site", {}))
        assert f"{text}2 条记录。" in said and said.count("缓存重做") == 1, said
        assert site.must((".venv/bin/gongbao --version", {})) == f"gongbao {version}\n"
        assert "缓存重做" not in site.must(("make check site", {})), "said once"
    first.write_bytes(kept)
    line.write_text(f"./{first.name}\n", encoding="utf-8")
    upgrade_of_the_system = "ln -sfn /nowhere/python3.10 .venv/bin/python"
    for before in ("true", upgrade_of_the_system):
        assert "\n没有问题：2 条记录。" in site.must((before, {}), ("make check", {}))
        assert site.must((".venv/bin/gongbao --version", {})) == old


def move_on(upstream: Path) -> None:
    """Change upstream whatever could get in a fork's way: what it has deleted, changed or never had."""
    (record,) = upstream.glob("content/2014/h1/medical-aid.md")
    shutil.copy(record, record.with_name("new-record.md"))
    for path, more in {
        record: "又一句。\n",
        upstream / "docs" / "about.md": "又一句。\n",
        upstream / "README.md": "More.\n",
        upstream / "docs" / "guide" / "index.md": "新的一句。\n",
        upstream / "hooks" / "gongbao" / "problems" / "names.py": "# newer\n",
        upstream / "NEWS.md": "News\n",
    }.items():
        path.write_text((path.read_text(encoding="utf-8") if path.exists() else "") + more, encoding="utf-8")
    replace(upstream / "mkdocs.yml", "primary: white", "primary: red")
    (upstream / "hooks" / "gongbao" / "commands" / "new_site.py").unlink()
    git(upstream, "add", "--all")
    git(upstream, "commit", "--quiet", "--message", "Newer")


# ---- elsewhere ----


def test_the_page_for_lost_readers_knows_the_path_that_the_guide_names(settled: Newcomer) -> None:
    settled.follow("publish.md")
    lost = (settled.folder / "site" / "404.html").read_text(encoding="utf-8")
    assert 'href="/union/bulletins/assets/gongbao.css"' in lost


class Mirror(BaseHTTPRequestHandler):
    """An index that has nothing, and remembers what it was asked for."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_error(404)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing of each request."""


@pytest.fixture
def mirror() -> Iterator[tuple[str, list[str]]]:
    Mirror.asked = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Mirror) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/simple", Mirror.asked
        server.shutdown()


@pytest.mark.slow
def test_packages_come_from_the_mirror_that_the_variable_names(
    upstream: Path, tmp_path: Path, mirror: tuple[str, list[str]]
) -> None:
    address, asked = mirror
    newcomer = Newcomer(copy_of(upstream, tmp_path / "fork"), tmp_path / "home")
    alone = {"PIP_CONFIG_FILE": os.devnull, "PIP_FIND_LINKS": "", "PIP_EXTRA_INDEX_URL": "", "PIP_RETRIES": "0"}
    command = f"make check PYTHON={shlex.quote(sys.executable)}"
    status, said = newcomer.told((command, alone | {"PIP_INDEX_URL": address}))
    assert status != 0
    assert "安装失败。请检查网络（或所用的镜像），再重试：" in said
    assert asked and all(path.startswith("/simple/") for path in asked)
