"""What the guide says to do after an accident, done as written: `docs/maintain/recovery.md`."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from commands import GONGBAO, copy_small_project, files_of, run, succeed
from serving import served
from test_workflows import git

pytestmark = pytest.mark.slow

RECORD = "---\ntitle: 发错了\nunit: town\ntopics: [aid]\n---\n\n正文。\n"
IDENTITY = ("-c", "user.name=Someone", "-c", "user.email=someone@example.org")


def commit(project: Path, message: str) -> None:
    git(project, "add", "--all")
    git(project, *IDENTITY, "commit", "--quiet", "--message", message)


@pytest.fixture
def host(tmp_path: Path) -> Path:
    """A bare repository with a site's sources, of which ``published`` is the site."""
    project = copy_small_project(tmp_path / "project")
    git(project, "init", "--quiet", "--initial-branch=main")
    commit(project, "Records")
    succeed(project, *GONGBAO, "published")
    commit(project, "Note the published addresses")
    succeed(project, *GONGBAO, "build")
    (project / "site").rename(tmp_path / "published")
    git(tmp_path, "clone", "--quiet", "--bare", str(project), "host.git")
    shutil.rmtree(project)
    return tmp_path / "host.git"


def test_after_a_lost_machine_a_clone_makes_the_published_site(host: Path) -> None:
    clone = host.parent / "clone"
    git(host.parent, "clone", "--quiet", str(host), str(clone))
    succeed(clone, *GONGBAO, "build")
    assert files_of(clone / "site") == files_of(host.parent / "published")


def test_after_a_broken_host_a_bundle_and_any_server_are_enough(host: Path) -> None:
    git(host, "bundle", "create", "--quiet", "../bulletins.bundle", "--all")
    git(host.parent, "clone", "--quiet", "--branch", "main", "bulletins.bundle", "clone")
    git(host.parent, "init", "--quiet", "--bare", "new.git")
    git(host.parent / "clone", "push", "--quiet", "--mirror", str(host.parent / "new.git"))
    assert git(host.parent / "new.git", "rev-parse", "main") == git(host, "rev-parse", "main")
    succeed(host.parent / "clone", *GONGBAO, "build")
    with served(host.parent / "clone" / "site") as address:
        assert "个文件都和清单一致" in succeed(host.parent, *GONGBAO, "verify", address)


def test_a_wrong_publication_is_reverted_with_the_addresses_that_were_noted(host: Path) -> None:
    clone = host.parent / "clone"
    git(host.parent, "clone", "--quiet", str(host), str(clone))
    (clone / "content/2014/h1/wrong.md").write_text(RECORD, encoding="utf-8")
    commit(clone, "Wrong")
    succeed(clone, *GONGBAO, "published")
    commit(clone, "Note the published addresses")
    git(clone, *IDENTITY, "revert", "--no-edit", "HEAD~1")
    done = run(clone, *GONGBAO, "check")
    assert (done.returncode, "/2014/h1/records/wrong/" in done.stdout) == (1, True)
    git(clone, *IDENTITY, "revert", "--no-edit", "HEAD~1")
    succeed(clone, *GONGBAO, "build")
    ours, published = files_of(clone / "site"), files_of(host.parent / "published")
    assert ours.pop("manifest.json") != published.pop("manifest.json")  # it names another commit
    assert ours == published
