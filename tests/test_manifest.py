"""The manifest lists every file of a site as it is, and `gongbao verify` finds what differs from it."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from commands import BUILD, GONGBAO, copy_small_project, files_of, replace, run, run_command, succeed
from gongbao import __version__
from gongbao.site.files import link
from serving import served
from shared_folders import once

VERIFY = (*GONGBAO, "verify")
RECORD = Path("content/2014/h1/good.md")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project under git, with its site."""

    def make(folder: Path) -> None:
        project = copy_small_project(folder / "project")
        (project / ".gitignore").write_text("/site/\n/.site.next*/\n/.cache/\n__pycache__/\n", encoding="utf-8")
        commit(project)
        succeed(project, *BUILD, "--quiet")

    return once(tmp_path_factory, "manifest", make) / "project"


@pytest.fixture
def copy(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built / "site", tmp_path / "copy"))


def commit(project: Path) -> str:
    identity = ("-c", "user.name=Someone", "-c", "user.email=someone@example.org")
    for arguments in (["init", "--quiet"], ["add", "--all"], [*identity, "commit", "--quiet", "-m", "Records"]):
        subprocess.run(["git", *arguments], cwd=project, check=True)
    return subprocess.run(["git", "rev-parse", "HEAD"], cwd=project, check=True, capture_output=True, text=True).stdout


def sound(site: Path) -> bool:
    """Whether a manifest lists each file of a site but itself, with what it holds."""
    listed = {one["path"]: one for one in json.loads((site / "manifest.json").read_bytes())["files"]}
    there = {
        name: {"path": name, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
        for name, data in files_of(site).items()
        if name != "manifest.json"
    }
    return listed == there and [*listed] == sorted(listed)


def test_it_lists_every_file_and_names_its_source(built: Path) -> None:
    assert sound(built / "site")
    said = json.loads((built / "site/manifest.json").read_bytes())
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=built, check=True, capture_output=True, text=True).stdout
    assert (said["generator"], said["commit"], "changed" in said) == (f"Gongbao {__version__}", head.strip(), False)
    home, records = ((built / "site" / name).read_text("utf-8") for name in ("index.html", "data/records.json"))
    assert f'<meta name="generator" content="Gongbao {__version__}">' in home
    assert json.loads(records)["generator"] == f"Gongbao {__version__}"
    package = json.loads((built / "site/data/datapackage.json").read_bytes())
    for resource in package["resources"]:
        data = (built / "site/data" / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert resource["bytes"] == len(data)


def test_it_follows_each_build_and_is_that_of_a_build_from_nothing(built: Path, tmp_path: Path) -> None:
    project = Path(shutil.copytree(built, tmp_path / "project"))
    replace(project / RECORD, "title: ", "title: 又一次")
    succeed(project, *BUILD, "--quiet")
    assert sound(project / "site")
    assert json.loads((project / "site/manifest.json").read_bytes())["changed"] is True
    (project / "site/404.html").write_bytes(b"meddled with")
    succeed(project, *BUILD, "--quiet")
    assert sound(project / "site")
    commit(project)
    succeed(project, *BUILD, "--quiet")
    made = files_of(project / "site")
    again = tmp_path / "again"
    subprocess.run(["git", "clone", "--quiet", str(project), str(again)], check=True, umask=0o077)
    assert run_command(again, "sh", "-c", 'umask 077 && "$0" "$@"', sys.executable, *BUILD, "--quiet").returncode == 0
    assert files_of(again / "site") == made
    for site in (project / "site", again / "site"):
        modes = {(path.is_dir(), path.stat().st_mode & 0o777) for path in [site, *site.rglob("*")]}
        assert modes == {(False, 0o644), (True, 0o755)}


def test_a_file_that_not_everybody_could_read_is_published_for_everybody(tmp_path: Path) -> None:
    (tmp_path / "document").write_bytes(b"x")
    for mode in (0o600, 0o755, 0o644):
        (tmp_path / "document").chmod(mode)
        link(tmp_path / "document", str(tmp_path / f"published{mode}"))
        assert (tmp_path / f"published{mode}").stat().st_mode & 0o777 == 0o644
        assert (tmp_path / "document").stat().st_mode & 0o777 == mode


def flip(site: Path) -> None:
    page = site / "2014/h1/index.html"
    data = bytearray(page.read_bytes())
    data[len(data) // 2] ^= 1
    page.write_bytes(data)


def put_a_folder(site: Path) -> None:
    (site / "404.html").unlink()
    (site / "404.html").mkdir()


def lead_out(site: Path) -> None:
    manifest = json.loads((site / "manifest.json").read_bytes())
    manifest["files"][0]["path"] = "../../etc/passwd"
    (site / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


FAULTS: dict[str, tuple[Callable[[Path], object], str]] = {
    "one bit": (flip, "内容不一致：2014/h1/index.html"),
    "a file less": (lambda site: (site / "topics/index.html").unlink(), "缺少：topics/index.html"),
    "a folder in place of a file": (put_a_folder, "读不出来：404.html"),
    "a way out": (lead_out, "清单里的路径不在网站里：../../etc/passwd"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_copy_with_a_fault_is_told(fault: str, copy: Path) -> None:
    assert "个文件都和清单一致" in succeed(copy, *VERIFY, str(copy))
    spoil, said = FAULTS[fault]
    spoil(copy)
    done = run(copy, *VERIFY, str(copy))
    assert (done.returncode, said in done.stdout) == (1, True), done.stdout
    assert "Traceback" not in done.stdout


def test_a_file_more_is_told(copy: Path) -> None:
    (copy / "more.html").write_bytes(b"")
    done = run(copy, *VERIFY, str(copy))
    assert (done.returncode, "清单里没有：more.html" in done.stdout) == (1, True)


def test_a_copy_on_the_web_is_verified_too(copy: Path) -> None:
    with served(copy) as base:
        assert "个文件都和清单一致" in succeed(copy, *VERIFY, base)
        flip(copy)
        (copy / "topics/index.html").unlink()
        done = run(copy, *VERIFY, base)
    assert done.returncode == 1
    assert "内容不一致：2014/h1/index.html" in done.stdout and "缺少：topics/index.html" in done.stdout


@pytest.mark.parametrize("text", [b"", b"[]", b'{"files": [{"path": 1}]}', b"\xff"])
def test_what_is_no_manifest_is_told_in_a_line(text: bytes, copy: Path) -> None:
    (copy / "manifest.json").write_bytes(text)
    done = run(copy, *VERIFY, str(copy))
    assert done.returncode == 1 and "读不到清单" in done.stdout and "Traceback" not in done.stdout


def test_a_server_that_is_not_there_is_told_in_a_line(copy: Path) -> None:
    done = run(copy, *VERIFY, "http://127.0.0.1:9/")
    assert done.returncode == 1 and "读不到清单" in done.stdout and "Traceback" not in done.stdout
