"""The package as others install it: its wheel, the MkDocs plugin in it, and the empty site that it lays out."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
import yaml
from packaging.requirements import Requirement

from commands import (
    BUILD,
    HOOK,
    OWN_HOOK,
    PROJECT,
    STRICT,
    copy_program,
    copy_project,
    copy_small_project,
    files_of,
    replace,
    succeed,
)
from commands import run_command as run
from gongbao import __version__
from installing import lend, must
from six_halves import six_project

PACKAGE = PROJECT / "hooks" / "gongbao"
SKELETON = PACKAGE / "commands" / "skeleton"
HOOKS = f"hooks:\n{HOOK}"
OWN_HOOKS = f"hooks:\n{OWN_HOOK}"
NO_PLUGINS = "\nplugins: []\n"  # in mkdocs.yml
WORKFLOWS = (".github/workflows/publish.yml", ".gitlab-ci.yml")
INFO = f"gongbao-{__version__}.dist-info/"
DAY = "2020-02-02T12:00:00+08:00"


def commit(project: Path) -> Path:
    """Make a project a repository whose files all changed on one day."""
    who = ("-c", "user.name=Tests", "-c", "user.email=tests@example.org")
    must(project, "git", "init", "--quiet")
    must(project, "git", "add", ".")
    must(project, "git", *who, "commit", "--quiet", "-m", "All", GIT_AUTHOR_DATE=DAY, GIT_COMMITTER_DATE=DAY)
    return project


def add_plugin(settings: Path) -> None:
    replace(settings, NO_PLUGINS, "\nplugins:\n  - gongbao\n")


def test_the_wheel_carries_the_whole_package(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        carried = {name: archive.read(name) for name in archive.namelist() if name.startswith("gongbao/")}
    of_package = {f"gongbao/{name}": data for name, data in files_of(PACKAGE).items() if "__pycache__" not in name}
    assert carried.keys() == of_package.keys()
    assert carried == of_package
    assert wheel.name.startswith(f"gongbao-{__version__}-")


def test_a_new_site_has_our_guide_for_readers() -> None:
    assert (SKELETON / "docs" / "readers.md").read_bytes() == (PROJECT / "docs" / "readers.md").read_bytes()


@pytest.mark.parametrize("project", [six_project, pytest.param(copy_project, marks=pytest.mark.slow)])
def test_plugin_and_hook_make_the_same_site(project: Callable[[Path], Path], installed: Path, tmp_path: Path) -> None:
    fork, own = project(tmp_path / "fork"), tmp_path / "own"
    for name in ("content", "docs"):
        shutil.copytree(fork / name, own / name)
    shutil.copyfile(fork / "mkdocs.yml", own / "mkdocs.yml")
    replace(own / "mkdocs.yml", HOOKS, "")
    add_plugin(own / "mkdocs.yml")

    succeed(commit(fork), *BUILD)
    must(commit(own), installed / "bin" / "python", *BUILD)

    by_hook, by_plugin = files_of(fork / "site"), files_of(own / "site")
    assert by_hook.keys() == by_plugin.keys()
    assert [name for name, data in by_hook.items() if by_plugin[name] != data] == ["manifest.json"]  # of other commits
    records = [page.decode() for name, page in by_plugin.items() if re.search(r"/records/[^/]+/index\.html$", name)]
    assert len(records) > 20 and all("最后修改 2020-02-02" in page for page in records)


@pytest.mark.parametrize(
    ("first", "hook_stands"),
    [
        ("installed", "above"),
        ("own", "below"),
        pytest.param("installed", "below", marks=pytest.mark.slow),
        pytest.param("own", "above", marks=pytest.mark.slow),
    ],
)
def test_plugin_and_hook_together_are_one_clear_error(
    first: str, hook_stands: str, installed: Path, tmp_path: Path
) -> None:
    fork = copy_program(copy_small_project(tmp_path / "fork"))
    settings = fork / "mkdocs.yml"
    add_plugin(settings)
    if hook_stands == "below":
        replace(settings, OWN_HOOKS, "")
        settings.write_text(settings.read_text(encoding="utf-8") + OWN_HOOKS, encoding="utf-8")
    (fork / "site").mkdir()
    (fork / "site" / "old.html").write_text("old", encoding="utf-8")
    before = {name: data for name, data in files_of(fork).items() if not name.startswith(".cache/")}

    loaded = {"PYTHONPATH": str(fork / "hooks")} if first == "own" else {}
    done = run(fork, installed / "bin" / "python", *BUILD, PYTHONDONTWRITEBYTECODE="1", **loaded)

    line = settings.read_text(encoding="utf-8").splitlines().index("  - hooks/gongbao_hook.py") + 1
    assert done.returncode == 1
    assert (
        f"mkdocs.yml:{line}:5: 错误: 工报启用了不止一次：gongbao + hooks/gongbao_hook.py [settings.twice]"
        in done.stdout
    )
    assert done.stdout.endswith("共 1 个错误、0 个提醒。\n")
    assert done.stdout.count("错误:") == 1
    assert "Traceback" not in done.stdout
    assert {name: data for name, data in files_of(fork).items() if not name.startswith(".cache/")} == before


def test_the_error_is_told_in_the_language_of_the_site(installed: Path, tmp_path: Path) -> None:
    fork = copy_program(copy_small_project(tmp_path / "fork"))
    add_plugin(fork / "mkdocs.yml")
    replace(fork / "content" / "site.yml", "language: zh", "language: en")

    said = run(fork, installed / "bin" / "python", *BUILD).stdout

    assert "error: Gongbao is switched on more than once: gongbao + hooks/gongbao_hook.py [settings.twice]" in said
    assert said.endswith("1 error(s), 0 warning(s).\n")


def test_a_fork_runs_its_own_program_beside_an_installed_one(installed: Path, tmp_path: Path) -> None:
    fork = copy_program(copy_small_project(tmp_path / "fork"))
    replace(fork / "hooks" / "gongbao" / "problems" / "catalogue.yml", "zh: 最新公报", "zh: 我们改过的公报")

    must(fork, installed / "bin" / "python", *BUILD, STRICT)

    assert "我们改过的公报" in (fork / "site" / "index.html").read_text(encoding="utf-8")


def test_a_fork_is_told_when_another_copy_would_run(installed: Path, tmp_path: Path) -> None:
    """MkDocs loads a plugin also where it is switched off, and so the installed copy before the fork's."""
    fork = copy_program(copy_small_project(tmp_path / "fork"))
    replace(fork / "mkdocs.yml", NO_PLUGINS, "\nplugins:\n  - gongbao: {enabled: false}\n")

    done = run(fork, installed / "bin" / "python", *BUILD)

    assert done.returncode == 1
    assert "[settings.copy]" in done.stdout
    assert str(installed) in done.stdout
    assert "Traceback" not in done.stdout
    assert not (fork / "site").exists()


@pytest.fixture(scope="module")
def laid_out(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new site in a new repository, with the installed program as its ``.venv``."""
    folder = tmp_path_factory.mktemp("new") / "我的 网站"
    folder.mkdir()
    must(folder, "git", "init", "--quiet")
    said = must(folder.parent, installed / "bin" / "gongbao", "new-site", folder)
    assert said.splitlines() == [
        f"网站建好了：{folder}。先读里面的 README.md。",
        f"The site is laid out in {folder}. Read its README.md first.",
    ]
    return lend(installed, folder)


@pytest.fixture
def new_site(laid_out: Path, installed: Path, tmp_path: Path) -> Path:
    """A copy of it for one test to change."""
    return lend(installed, shutil.copytree(laid_out, tmp_path / laid_out.name, symlinks=True))


def test_a_new_site_is_checked_and_built(new_site: Path) -> None:
    assert must(new_site, "make", "check") == "没有问题：2 条记录。\n"
    assert must(new_site, "make", "--silent", "check", "FORMAT=gitlab") == "[]\n"
    assert "Word 文档共 3 份，新做 3 份" in must(new_site, "make", "word")
    must(new_site, "make", "site")

    home = (new_site / "site" / "index.html").read_text(encoding="utf-8")
    record = (new_site / "site" / "2026" / "h1" / "records" / "spring-visits" / "index.html").read_text(
        encoding="utf-8"
    )
    assert ">某镇总工会工作公报</h1>" in home
    assert "春节前走访困难职工" in home
    assert "6,000" in record
    replace(new_site / "content" / "2026" / "h1" / "spring-visits.md", "标题: ", "标题: 二〇二六年")
    must(new_site, "make", "site")
    assert [*(new_site / ".site.next").iterdir()], "the previous site waits there for the next build"
    assert must(new_site, "git", "status", "--short", "site", ".site.next", ".cache") == ""


def test_the_record_in_its_readme_answers_its_plan(new_site: Path) -> None:
    readme = (new_site / "README.md").read_text(encoding="utf-8")
    (record,) = re.findall(r"```markdown\n(.*?)```", readme, re.DOTALL)
    (name,) = re.findall(r"例如 `(content/[\w/-]+\.md)`", readme)
    (new_site / name).parent.mkdir(parents=True)
    (new_site / name).write_text(record, encoding="utf-8")

    assert must(new_site, new_site / ".venv" / "bin" / "gongbao", "check", STRICT) == "没有问题：3 条记录。\n"
    must(new_site, "make", "site")

    assert "完成" in (new_site / "site" / "2026" / "h1" / "records" / "second-half-plan" / "index.html").read_text(
        "utf-8"
    )


def test_its_check_fails_for_a_broken_record(new_site: Path) -> None:
    replace(new_site / "content" / "2026" / "h1" / "spring-visits.md", "标题: ", "标题：")

    for command in (("make", "check"), ("make", "site")):
        done = run(new_site, *command)
        assert done.returncode != 0
        assert "content/2026/h1/spring-visits.md:2:3: 错误: 字段名后面的冒号不对 [yaml.colon]" in done.stdout
        assert "Traceback" not in done.stdout


def test_a_fork_lays_out_the_same_with_the_wheel_that_a_build_makes(
    new_site: Path, wheel: Path, tmp_path: Path
) -> None:
    must(tmp_path, PROJECT / ".venv" / "bin" / "gongbao", "new-site", "new/site")

    ours = {name: data for name, data in files_of(new_site).items() if not name.startswith((".git/", ".venv/"))}
    theirs = files_of(tmp_path / "new" / "site")
    name = f"gongbao-{__version__}-py3-none-any.whl"
    by_pip, by_fork = (parts(files.pop(name)) for files in (ours, theirs))
    assert theirs == ours
    assert ours["requirements.txt"].decode().splitlines()[-1] == f"./{name}"
    built = parts(wheel.read_bytes())
    assert by_pip == by_fork == {part: text for part, text in built.items() if part in by_fork}
    assert built.keys() - by_fork.keys() == {"top_level.txt"}


def parts(wheel: bytes) -> dict[str, object]:
    """What is in a wheel: the files of the package, and what its other files say, whatever the order of their lines."""
    with ZipFile(BytesIO(wheel)) as archive:
        files = {name.removeprefix(INFO): archive.read(name) for name in archive.namelist()}
    said = {name: sorted(files.pop(name).decode().split("\n\n")[0].splitlines()) for name in ("METADATA", "WHEEL")}
    entries = sorted(line for line in files.pop("entry_points.txt").decode().splitlines() if line)
    del files["RECORD"]  # has the digests of the others, and pip looks at it
    said["METADATA"] = [line.replace("'", '"') for line in said["METADATA"] if line.startswith(("Requires", "Version"))]
    return {**files, "METADATA": set(map(spelled, said["METADATA"])), "entry_points.txt": entries}


def spelled(requirement: str) -> str:
    """A line of METADATA without what its spelling is free in."""
    name, _, text = requirement.partition(": ")
    return str(Requirement(text)) if name == "Requires-Dist" else requirement


@pytest.mark.slow
def test_the_wheel_of_a_new_site_is_installed_as_it_lies_there_and_asks_no_index(new_site: Path) -> None:
    pip = (sys.executable, "-m", "pip", "--quiet", "install", "--no-index", "--no-deps")
    must(new_site, *pip, "--target", "there", "-r", "requirements.txt")
    assert files_of(new_site / "there" / "gongbao").keys() >= {"__init__.py", "commands/skeleton/.gitignore"}


def test_a_forks_command_in_it_says_in_a_line_whose_command_to_use(new_site: Path) -> None:
    for command in ("build", "word"):
        done = run(new_site, PROJECT / ".venv" / "bin" / "gongbao", command)
        assert (done.returncode, done.stdout.count("\n")) == (1, 1)
        assert done.stdout.startswith("mkdocs.yml 用的是装在 .venv 里的工报") and "make site" in done.stdout


def test_a_folder_with_files_is_left_alone(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("mine", encoding="utf-8")

    done = run(tmp_path, installed / "bin" / "gongbao", "new-site", ".")

    assert done.returncode == 1
    assert done.stdout.splitlines() == [
        ". 不是空文件夹，没有动它。请换一个新的文件夹。",
        ". is not an empty folder; nothing was changed. Choose a new one.",
    ]
    assert files_of(tmp_path) == {"mkdocs.yml": b"mine"}


def test_a_new_site_is_set_up_like_this_one() -> None:
    ours, theirs = (
        yaml.load((folder / "mkdocs.yml").read_text(encoding="utf-8"), yaml.BaseLoader)
        for folder in (PROJECT, SKELETON)
    )
    del ours["hooks"]
    ours["plugins"].append("gongbao")
    of_its_own = {"site_name", "site_url", "repo_url"}
    assert ours.keys() == theirs.keys()
    assert {name for name in ours if ours[name] != theirs[name]} <= of_its_own


@pytest.mark.parametrize("name", WORKFLOWS)
def test_its_workflow_does_what_ours_does(name: str) -> None:
    ours, theirs = ((folder / name).read_text(encoding="utf-8") for folder in (PROJECT, SKELETON))
    for what in (r"uses: .+", r"run: .+", r"^ +- make .+", r"\bGONGBAO_\w+: \$.+", r"permissions: .*"):
        assert set(re.findall(what, theirs, re.MULTILINE)) <= set(re.findall(what, ours, re.MULTILINE))
    assert "make check" in theirs and theirs.index("make word") < theirs.index("make site")


@pytest.mark.parametrize(("name", "schema"), [(WORKFLOWS[0], "github-workflows"), (WORKFLOWS[1], "gitlab-ci")])
def test_its_workflow_keeps_to_the_schema(name: str, schema: str) -> None:
    data = ("--data-transform", "gitlab-ci") if schema == "gitlab-ci" else ()
    succeed(PROJECT, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", *data, str(SKELETON / name))
