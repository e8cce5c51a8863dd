"""Whatever changes in the program, the next site is byte for byte that of a build from nothing."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from commands import BUILD, copy_program, files_of, replace, succeed
from test_incremental import differences

PROGRAM = {  # a file of the program: what stands in it, and what somebody makes of that
    "hooks/gongbao/problems/catalogue.yml": ('zh: "{year}年上半年"', 'zh: "{year}年头半年"'),
    "hooks/gongbao/text/typography.py": ('<span class="gb-u">', '<span class="gb-unit">'),
    "hooks/gongbao/search/volumes.py": ("COMMON = 12", "COMMON = 3"),
    "hooks/gongbao/rendering/templates/_parts.html": ('class="gb-entries"', 'class="gb-entries gb-more"'),
    "hooks/gongbao/host/theme/partials/footer.html": ("<footer ", '<footer title="工报" '),
    "hooks/gongbao/host/assets/gongbao.css": ("{", "{ --more: 1; "),
}


@pytest.mark.parametrize("at_once", [len(PROGRAM), pytest.param(1, marks=pytest.mark.slow)])
def test_the_site_of_a_program_that_changed_is_that_of_a_build_from_nothing(
    at_once: int, small: Path, tmp_path: Path
) -> None:
    succeed(copy_program(small), *BUILD)
    chance = random.Random(3)
    names = chance.sample([*PROGRAM], len(PROGRAM))
    for at in range(0, len(names), at_once):
        changed = names[at : at + at_once]
        for name in changed:
            replace(small / name, *PROGRAM[name])
        succeed(small, *BUILD)
        shutil.move(small / ".cache", tmp_path / "cache")
        succeed(small, *BUILD, "--site-dir", str(tmp_path / "clean"))
        shutil.rmtree(small / ".cache")
        shutil.move(tmp_path / "cache", small / ".cache")
        ours, clean = files_of(small / "site"), files_of(tmp_path / "clean")
        assert differences(ours, clean) == [], changed
        shutil.rmtree(tmp_path / "clean")
