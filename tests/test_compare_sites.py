"""Every output is byte for byte what the last release makes of the same records, but for what differs on purpose."""

from __future__ import annotations

import subprocess

import pytest

from commands import PROJECT, succeed
from compare_sites import RELEASE


@pytest.mark.slow
def test_every_output_is_that_of_the_last_release() -> None:
    if subprocess.run(["git", "cat-file", "-e", RELEASE], cwd=PROJECT, capture_output=True, check=False).returncode:
        pytest.skip("The last release is not in this copy of the repository.")
    succeed(PROJECT, "tests/compare_sites.py")
