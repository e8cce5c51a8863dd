"""``tests/load.py`` offers the rate that it says, to a site behind the guide's nginx, and would tell an error."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from load import offer, paths_of
from test_serving import running


@pytest.mark.slow
def test_readers_at_a_steady_rate_are_all_answered(site: Path, tmp_path: Path) -> None:
    with running("nginx", site, tmp_path, "") as address:
        load = asyncio.run(offer(address, paths_of(site), 100, 3))
        assert (load.errors, len(load.took)) == ({}, 300) and 2.9 < load.sent_in < 6
        assert asyncio.run(offer(address, ["/nowhere/"], 10, 1)).errors == {"404": 10}
